from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from makers import NOW, article, at
from newsdesk.model.article import ArticleType
from newsdesk.model.story import Story
from newsdesk.stages import stories as stage

QUAKE = "Strong earthquake shakes Valdoria, hundreds leave their homes in the capital"
COURT = "Court fines chipmaker Orbane over export licences for graphics processors"
QUAKES = (
    ("Earthquake in Valdoria drives hundreds from homes", "a.example"),
    ("Hundreds flee homes as strong earthquake hits Valdoria capital", "b.example"),
)
COURTS = (
    ("Orbane fined by court over graphics processor export licences", "a.example"),
    ("Chipmaker Orbane must pay after export licence ruling, court says", "c.example"),
)


def grouped(*given, **more) -> tuple[Story, ...]:
    return stage.grouped(*given, **more).stories


def covering() -> list:
    rows = [*((t, d, QUAKE) for t, d in QUAKES), *((t, d, COURT) for t, d in COURTS)]
    return [
        article(f"n{place}", domain, title=title, text=text)
        for place, (title, domain, text) in enumerate(rows)
    ]


def together(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(story.members) for story in stories}


def test_coverage_of_one_event_makes_one_story_and_of_another_another():
    stories = grouped(covering(), (), story_hours=96)
    assert together(stories) == {frozenset({"n0", "n1"}), frozenset({"n2", "n3"})}


@given(st.permutations(covering()))
@settings(max_examples=20)
def test_stories_are_a_partition_whatever_the_order_given(articles):
    stories = grouped(articles, (), story_hours=96)
    assert stories == grouped(covering(), (), story_hours=96)
    members = [member for story in stories for member in story.members]
    assert sorted(members) == ["n0", "n1", "n2", "n3"]


def test_a_story_keeps_its_id_when_coverage_joins_it_later():
    first, second, *_ = covering()
    before = grouped([first], (), story_hours=96)
    later = at(second, 5)
    after = grouped([first, later], before, story_hours=96)
    assert [story.id for story in after] == [story.id for story in before]
    assert after[0].members == ("n0", "n1")
    assert after[0].changed_at == later.first_seen_at


def test_nothing_new_changes_no_story():
    articles = covering()
    stories = grouped(articles, (), story_hours=96)
    assert grouped(articles, stories, story_hours=96) == ()


def test_the_same_words_too_far_apart_are_another_event():
    first, second, *_ = covering()
    stories = grouped([first, at(second, 97)], (), story_hours=96)
    assert len(stories) == 2


def test_another_language_is_another_story():
    first, second, *_ = covering()
    other = replace(second, reading=replace(second.reading, language="de"))
    assert len(grouped([first, other], (), story_hours=96)) == 2


def test_a_duplicate_joins_no_story():
    first, second, *_ = covering()
    stories = grouped(
        [first, replace(second, duplicate_of=first.id)], (), story_hours=96
    )
    assert together(stories) == {frozenset({"n0"})}


def test_articles_without_words_stay_alone():
    empty = [article(n, title="", text="", excerpt="") for n in "ab"]
    assert len(grouped(empty, (), story_hours=96)) == 2
    assert grouped(empty, (), story_hours=96)[0].first_at == NOW


def test_a_page_of_unknown_time_is_a_story_of_its_own():
    first, second, *_ = covering()
    second = replace(second, is_timeless=True)
    before = grouped([first, second], (), story_hours=96)
    assert together(before) == {frozenset({"n0"}), frozenset({"n1"})}
    third = replace(first, id="n9")
    after = grouped([first, second, third], before, story_hours=96)
    assert together(after) == {frozenset({"n0", "n9"})}


def test_a_live_blog_is_a_story_of_its_own_whatever_it_tells_of():
    one, two, *rest = covering()
    live = replace(one, reading=replace(one.reading, type=ArticleType.LIVE_BLOG))
    found = grouped([live, two, *rest], (), story_hours=96)
    assert frozenset({"n0"}) in together(found)
    later = at(article("n9", "d.example", title=two.reading.title, text=QUAKE), 1)
    grown = grouped([live, two, *rest, later], found, story_hours=96)
    assert [one.members for one in grown if "n9" in one.members] == [("n1", "n9")]
