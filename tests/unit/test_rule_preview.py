"""Before rules go live: what they would have published, dropped and put elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from makers import NOW, article, at, good_article, hours, site
from newsdesk.model.article import Article, TopicHit
from newsdesk.model.preview import Preview
from newsdesk.model.receipt import RuleSet
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.site import Rules, Topic
from newsdesk.model.story import JudgedStory, Story, StoryId
from newsdesk.stages import judge, rule_preview

SITE = site(topics=(Topic(id="ai", name="AI"),))
ON_TOPIC = (TopicHit(topic="ai", strength=1.0, evidence=("AI",)),)


def story(name: str, *articles: Article, **more: Any) -> JudgedStory:
    on_topic = [replace(a, topics=ON_TOPIC) for a in articles]
    seen = [a.first_seen_at for a in on_topic]
    bare = Story(
        id=StoryId(name),
        members=tuple(a.id for a in on_topic),
        first_at=min(seen),
        changed_at=max(seen),
    )
    by_id = {a.id: a for a in on_topic}
    (found,) = judge.judged([bare], by_id, Rules(), has_topics=True, **more).stories
    return found


def good(name: str, domain: str = "a.example", after_h: float = 0) -> JudgedStory:
    return story(name, at(good_article(f"{name}-1", domain), after_h))


def rules(**wishes: Any) -> RuleSet:
    return RuleSet(rules=Rules(**wishes), has_topics=True)


def preview(stories: Sequence[JudgedStory], before: RuleSet, after: RuleSet) -> Preview:
    return rule_preview.preview(
        stories, before, after, SITE,
        since=NOW - timedelta(days=3), until=NOW + hours(12), now=NOW + hours(12),
    )  # fmt: skip


def names(of: Sequence[Any]) -> list[str]:
    return [one.story for one in of]


def test_the_same_rules_change_nothing() -> None:
    found = preview([good("s1"), good("s2", after_h=3)], rules(), rules())
    assert (found.both, found.neither, found.options) == (2, 0, ())
    assert (found.published, found.dropped, found.fronts) == ((), (), ())


def test_a_higher_threshold_drops_a_story_and_says_why() -> None:
    one = good("s1")
    points = one.quality.value
    found = preview([one], rules(threshold=points), rules(threshold=points + 1))
    (gone,) = found.dropped
    assert gone.before.verdict.is_published
    assert (gone.after.verdict.rule, gone.after.verdict.reason) == (
        "threshold",
        f"quality {points} is below the threshold of {points + 1}",
    )
    assert found.options == (("threshold", str(points), str(points + 1)),)


def test_a_lower_threshold_publishes_what_was_held() -> None:
    thin = story("s1", article("1", text="word " * 200))
    found = preview([thin], rules(threshold=100), rules(threshold=0))
    assert names(found.published) == ["s1"]
    assert found.neither == 0


def test_a_story_all_of_whose_articles_are_blocked_is_dropped() -> None:
    both = story("s1", good_article("1", "a.example"), good_article("2", "b.example"))
    found = preview(
        [both, good("s2")],
        rules(threshold=0),
        rules(threshold=0, blocked=("a.example",)),
    )
    assert [(o.story, o.after.verdict.rule) for o in found.dropped] == [
        ("s2", "blocked")
    ]
    assert names(found.led_otherwise) in ([], ["s1"])  # who led is for `lead` to say
    led = both.lead.provider.domain == "a.example"
    assert bool(found.led_otherwise) is led


def test_a_cap_drops_the_weakest_of_a_day() -> None:
    thin = at(good_article("s3-1", "a.example", authors=()), 2)
    stories = [good("s1"), good("s2", after_h=1), story("s3", thin)]
    found = preview(stories, rules(threshold=0), rules(threshold=0, provider_a_day=2))
    assert [(o.story, o.after.verdict.rule) for o in found.dropped] == [
        ("s3", "provider_a_day")
    ]


def test_what_an_editor_said_stands_under_any_rules() -> None:
    said = Said(decision="d", kind="approve", by="Ada", at=NOW, why="it matters")
    ruled = {StoryId("s1"): Ruling(verdict=said, said=(said,))}
    one = story("s1", good_article("1", "a.example"), rulings=ruled)
    found = preview([one], rules(), rules(threshold=100))
    assert (names(found.dropped), found.both) == ([], 1)


def test_a_front_page_tells_who_enters_leaves_and_moves() -> None:
    old = story(
        "old",
        *(at(good_article(f"o{n}", f"{n}.example"), 0) for n in range(6)),
    )
    new = good("new", "z.example", after_h=12)
    weak = story("weak", at(article("w", "y.example", text="word " * 90), 12))
    found = preview(
        [old, new, weak],
        rules(threshold=weak.quality.value, half_life_h=200.0),
        rules(threshold=weak.quality.value + 1, half_life_h=3.0),
    )
    newest = found.fronts[0]
    assert newest.at == NOW + hours(12)
    assert names(newest.left) == ["weak"]
    assert [(m.story, m.before, m.after) for m in newest.moved] == [
        ("new", 2, 1),
        ("old", 1, 2),
    ]
    # A day before, there was only what was there.
    assert all(one.at >= NOW - hours(12) for one in found.fronts)


def test_who_moves_up_for_one_that_left_has_not_moved() -> None:
    top = story("top", *(good_article(f"t{n}", f"{n}.example") for n in range(3)))
    rest = [good("s1", "x.example", 1), good("s2", "y.example", 0)]
    found = preview(
        [top, *rest],
        rules(threshold=0),
        rules(threshold=0, blocked=tuple(f"{n}.example" for n in range(3))),
    )
    newest = found.fronts[0]
    assert (names(newest.left), newest.moved, newest.stayed) == (["top"], (), 2)


def test_the_order_of_stories_makes_no_difference() -> None:
    stories = [good(f"s{n}", f"{n % 3}.example", n) for n in range(6)]
    wishes = rules(threshold=0), rules(threshold=0, provider_a_day=1, half_life_h=2.0)
    one, other = preview(stories, *wishes), preview(stories[::-1], *wishes)
    assert one.fronts == other.fronts
    assert sorted(names(one.dropped)) == sorted(names(other.dropped))
