"""Which earlier story a later one carries on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from makers import NOW, article, at, hours
from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import follows
from newsdesk.stages.follows import TextsAtHand
from newsdesk.stages.weighing import Vector

ASKED = 0.3


@dataclass(frozen=True)
class Text:
    """An article with what it is about."""

    article: Article
    vector: Vector
    names: frozenset[str] = frozenset()


def at_hand(*texts: Text) -> TextsAtHand:
    return TextsAtHand(
        {t.article.id: (t.vector, t.article.reading.language) for t in texts},
        {t.article.id: t.names for t in texts},
    )


def text(name: str, after: float, vector: Vector, **more) -> Text:
    return Text(article=at(article(name, **more), after), vector=vector)


def story(text: Text, **more) -> Story:
    given = {
        "id": StoryId(f"s{text.article.id}"),
        "members": (text.article.id,),
        "first_at": text.article.instant,
        "changed_at": text.article.first_seen_at,
    }
    return Story(**(given | more))


def vector(*rare: str, common: float = 0.0) -> Vector:
    """Rare terms of weight .3 each, and one that everybody has."""
    return dict.fromkeys(rare, 0.3) | ({"court": common} if common else {})


TRIAL = text("t", 0, vector("orbane", "valdori", "licence", "marlo"))
VERDICT = text("v", 20, vector("orbane", "valdori", "licence", "appeal"))
OTHERS = [text(f"o{n}", 1, {f"word{n}": 1.0}) for n in range(200)]


def followed(later: Text, earlier: Text, **more):
    texts = at_hand(later, earlier, *OTHERS)
    known, changed = [story(earlier)], [story(later, **more)]
    return follows.followed(changed, known, texts, ASKED, NOW + hours(20))


def test_a_later_story_of_the_same_rare_things_carries_the_earlier_on():
    made = followed(VERDICT, TRIAL)
    (later,) = made.stories
    assert (later.id, later.follows) == ("sv", "st")
    (event,) = made.events
    assert (event.story, event.kind) == ("sv", "follows")
    assert event.why.startswith("it carries st on")


def test_what_begins_together_is_no_continuation():
    soon = replace(VERDICT, article=at(VERDICT.article, 5))
    assert followed(soon, TRIAL).stories[0].follows is None


def test_an_earlier_story_does_not_follow_a_later_one():
    assert followed(TRIAL, VERDICT).stories[0].follows is None


def test_too_little_in_common_is_another_matter():
    other = replace(VERDICT, vector=vector("orbane", "trade", "tax", "vote"))
    assert followed(other, TRIAL).stories[0].follows is None


def test_what_everybody_speaks_of_links_nothing():
    first = text("t", 0, {"summit": 0.5, "leader": 0.5, "talk": 0.5, "marlo": 0.5})
    second = text("v", 20, {"summit": 0.5, "leader": 0.5, "talk": 0.5, "orbane": 0.5})
    alike = [
        text(f"a{n}", 1, {"summit": 0.5, "leader": 0.5, "talk": 0.5, f"x{n}": 0.5})
        for n in range(20)
    ]
    texts = at_hand(first, second, *OTHERS, *alike)
    known = [story(first), *map(story, alike)]
    made = follows.followed([story(second)], known, texts, ASKED, NOW)
    assert made.stories[0].follows is None


def test_another_language_is_not_followed():
    german = article("v", reading=replace(VERDICT.article.reading, language="de"))
    other = Text(article=at(german, 20), vector=VERDICT.vector)
    assert followed(other, TRIAL).stories[0].follows is None


def test_a_link_once_made_stays_and_is_made_once():
    made = followed(VERDICT, TRIAL, follows=StoryId("sother"))
    assert made.stories[0].follows == "sother"
    assert made.events == ()


def test_a_link_goes_on_to_what_its_story_was_merged_into():
    gone = story(TRIAL, members=(), merged_into=StoryId("so0"))
    into, later = story(OTHERS[0]), story(VERDICT, follows=gone.id)
    texts = at_hand(VERDICT, *OTHERS)
    made = follows.followed([gone], [into, later], texts, ASKED, NOW)
    assert {one.id: one.follows for one in made.stories} == {"st": None, "sv": "so0"}


def test_stories_never_follow_each_other_in_a_ring():
    one, two, three = (
        text(name, after, vector("orbane", "valdori", "licence", "appeal"))
        for name, after in (("a", 0), ("b", 10), ("c", 20))
    )
    texts = at_hand(one, two, three, *OTHERS)
    first = story(one, follows=StoryId("sc"))
    made = follows.followed(
        [story(two), story(three)], [first], texts, ASKED, NOW + hours(20)
    )
    links = {each.id: each.follows for each in (first, *made.stories)}
    for start in links:
        seen, at_story = [], start
        while at_story is not None:
            assert at_story not in seen
            seen.append(at_story)
            at_story = links.get(at_story)


def test_a_story_that_became_part_of_what_followed_it_is_followed_no_more():
    gone = story(TRIAL, members=(), merged_into=StoryId("sv"))
    later = story(VERDICT, follows=gone.id, members=(ArticleId("v"), ArticleId("t")))
    texts = at_hand(VERDICT, TRIAL, *OTHERS)
    made = follows.followed([gone, later], [], texts, ASKED, NOW)
    assert {one.id: one.follows for one in made.stories} == {"st": None, "sv": None}


def test_two_reports_alike_in_all_but_whom_they_name_do_not_follow_each_other():
    def naming(one: Text, *names: str) -> Text:
        return replace(one, names=frozenset(names))

    same = followed(naming(VERDICT, "orbane", "dover"), naming(TRIAL, "orbane"))
    other = followed(naming(VERDICT, "corvanta"), naming(TRIAL, "pellucid"))
    assert [one.follows for one in same.stories if one.follows] == [StoryId("st")]
    assert [one.follows for one in other.stories if one.follows] == []


def test_a_name_that_everybody_names_leads_nowhere():
    often = [text(f"c{n}", 1, {"orbane": 1.0}) for n in range(20)]
    later = replace(VERDICT, names=frozenset({"orbane"}))
    earlier = replace(TRIAL, names=frozenset({"orbane"}))
    everywhere = [*OTHERS, *often]
    texts = at_hand(later, earlier, *everywhere)
    known = [story(earlier), *map(story, often)]
    found = follows.followed([story(later)], known, texts, ASKED, NOW + hours(20))
    assert [one.follows for one in found.stories if one.follows] == []
