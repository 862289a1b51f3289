"""What stories are called and who is in them, over many runs of real texts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from makers import article, at
from newsdesk.model.article import Article, ArticleType
from newsdesk.model.story import Story
from newsdesk.stages import stories as stage

EVENTS = {
    "court": "Court fines chipmaker Orbane over export licences for graphics processors",
    "quake": "Strong earthquake shakes Valdoria, hundreds leave homes in the capital",
    "match": "Striker Lindqvist scores twice as Marlo United beats Tessen in the final",
    "bank": "Central bank of Perrin lifts its rate to four per cent against inflation",
}
TURNS = (
    "the company said on Monday",
    "officials told reporters",
    "witnesses recalled hours later",
)


def coverage(event: str, number: int, hours: float) -> Article:
    title = f"{EVENTS[event]}, {TURNS[number % len(TURNS)]}"
    text = f"{EVENTS[event]}. {EVENTS[event]}, {TURNS[(number + 1) % len(TURNS)]}."
    made = article(f"{event}{number}", f"{number}.example", title=title, text=text)
    return at(made, hours)


def run(articles, known: tuple[Story, ...] = ()) -> tuple[Story, ...]:
    """Every story there is after a run."""
    made = stage.grouped(articles, known, story_hours=96)
    there = {one.id: one for one in known} | {one.id: one for one in made.stories}
    return tuple(there[of] for of in sorted(there))


def alive(stories: tuple[Story, ...]) -> dict[str, set[str]]:
    return {one.id: set(one.members) for one in stories if one.is_alive}


def kept(article: Article, **more) -> Article:
    return replace(article, reading=replace(article.reading, **more))


def test_a_story_without_news_for_as_long_as_it_may_last_is_frozen():
    old = [coverage("court", n, n) for n in range(3)]
    known = run(old)
    # Published in its time, but met a week later.
    late = replace(coverage("court", 4, 4), first_seen_at=at(old[0], 150).first_seen_at)
    found = run([*old, late], known)
    assert found[0] == known[0]
    assert alive(found)["scourt4"] == {"court4"}


def test_news_of_anything_freezes_and_what_is_frozen_stays_so():
    old = [coverage("court", n, n) for n in range(2)]
    other = coverage("quake", 0, 150)
    copy = replace(other, duplicate_of="elsewhere")
    known = run([*old, other], run(old))
    soon = coverage("court", 5, 10)
    assert alive(run([*old, copy, soon], known))["scourt0"] == {"court0", "court1"}


def test_a_member_that_turns_out_a_duplicate_goes_where_its_original_is():
    one, two = coverage("court", 0, 0), coverage("quake", 0, 1)
    known = run([one, two])
    copy = replace(two, duplicate_of=one.id)
    found = run([one, copy], known)
    assert alive(found) == {"scourt0": {"court0", "quake0"}}
    gone = [story for story in found if not story.is_alive]
    assert [(story.id, story.merged_into) for story in gone] == [("squake0", "scourt0")]
    assert run([one, copy], found) == found


def test_a_duplicate_whose_original_is_not_at_hand_stays():
    one = coverage("court", 0, 0)
    known = run([one])
    assert run([replace(one, duplicate_of="elsewhere")], known) == known


def test_a_member_that_became_a_live_blog_stands_alone_from_then_on():
    articles = [coverage("court", n, n) for n in range(3)]
    known = run(articles)
    live = kept(articles[1], type=ArticleType.LIVE_BLOG)
    found = run([articles[0], live, articles[2]], known)
    assert alive(found) == {"scourt0": {"court0", "court2"}, "scourt1": {"court1"}}
    assert run([articles[0], live, articles[2]], found) == found


def test_an_early_wrong_guess_is_repaired_when_more_comes_in():
    first, last = coverage("court", 0, 0), coverage("quake", 0, 1)
    wrong = Story(
        id="scourt0",
        members=(first.id, last.id),
        first_at=first.instant,
        changed_at=last.first_seen_at,
    )
    more = [coverage("court", 1, 2), coverage("quake", 1, 2)]
    found = run([first, last, *more], (wrong,))
    assert alive(found) == {
        "scourt0": {"court0", "court1"},
        "squake0": {"quake0", "quake1"},
    }


def test_stories_that_turn_out_to_be_one_are_one_when_more_comes_in():
    pieces = [coverage("court", n, n) for n in range(2)]
    apart = tuple(
        Story(
            id=f"s{one.id}",
            members=(one.id,),
            first_at=one.instant,
            changed_at=one.first_seen_at,
        )
        for one in pieces
    )
    found = run([*pieces, coverage("court", 2, 3)], apart)
    assert alive(found) == {"scourt0": {"court0", "court1", "court2"}}


arrivals = st.lists(
    st.tuples(
        st.sampled_from(sorted(EVENTS)),
        st.integers(0, 5),
        st.floats(0, 300, allow_nan=False),
        st.sampled_from(["article", "article", "article", "live blog", "copy"]),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda one: (one[0], one[1]),
)


def arrived(rows) -> list[Article]:
    """Articles in the order in which they came in."""
    found: list[Article] = []
    for event, number, hours, kind in sorted(rows, key=lambda row: row[2]):
        one = coverage(event, number, hours)
        if kind == "live blog":
            one = kept(one, type=ArticleType.LIVE_BLOG)
        if kind == "copy" and found:
            one = replace(one, duplicate_of=found[0].duplicate_of or found[0].id)
        found.append(one)
    return found


@given(arrivals, st.integers(1, 4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_over_many_runs_articles_are_in_one_story_and_names_last(rows, step, dice):
    articles = arrived(rows)
    stories: tuple[Story, ...] = ()
    for end in range(step, len(articles) + step, step):
        here = articles[:end]
        before = {one.id: one for one in stories}
        mixed = dice.sample(here, len(here))
        assert run(mixed, stories) == run(here, stories)
        stories = run(here, stories)
        members = [of for one in stories if one.is_alive for of in one.members]
        assert len(members) == len(set(members))
        assert set(members) >= {one.id for one in here if one.duplicate_of is None}
        living = alive(stories)
        assert all(living.values())
        assert all(one.is_alive or one.merged_into in living for one in stories)
        assert before.keys() <= {one.id for one in stories}
        newest = max(one.first_seen_at for one in here)
        for one in before.values():
            if one.is_alive and (newest - one.changed_at).total_seconds() > 96 * 3600:
                assert living[one.id] == set(one.members)
        assert run(here, stories) == stories


@given(arrivals)
@settings(max_examples=40, deadline=None)
def test_one_by_one_or_all_at_once_events_of_a_day_end_as_the_same_stories(rows):
    articles = arrived([(e, n, hours / 20, "article") for e, n, hours, _ in rows])
    stories: tuple[Story, ...] = ()
    for end in range(1, len(articles) + 1):
        stories = run(articles[:end], stories)
    at_once = alive(run(articles))
    assert sorted(map(sorted, alive(stories).values())) == sorted(
        map(sorted, at_once.values())
    )
