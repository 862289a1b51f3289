"""What editors say that readers see, put together for each story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from makers import NOW, article, hours
from newsdesk.model.article import TopicHit
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.site import Topic
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import rulings, topics_said
from newsdesk.stages.rulings import Rulings

A1, A2, B1 = (article(name) for name in ("a1", "a2", "b1"))
STORY = Story(id=StoryId("sa"), members=("a1", "a2"), first_at=NOW, changed_at=NOW)
OTHER = Story(id=StoryId("sb"), members=("b1",), first_at=NOW, changed_at=NOW)
GONE = Story(
    id=StoryId("sc"), members=(), first_at=NOW, changed_at=NOW, merged_into="sb"
)
TOPICS = (
    Topic(id="ai", name="AI"),
    Topic(id="chips", name="Chips", parent="AI"),
    Topic(id="labs", name="Labs", parent="AI"),
)


def said(
    kind: str, *, after: float = 0, lasts: float | None = None, **more
) -> Decision:
    at = NOW + hours(after)
    given = {
        "id": f"{kind}-{after:g}",
        "kind": DecisionKind(kind),
        "story": StoryId("sa"),
        "by": "Ada",
        "at": at,
        "why": "It is so.",
        "expires_at": at + hours(lasts) if lasts is not None else None,
    }
    return Decision(**(given | more))


def found(*decisions: Decision, at: float = 9) -> Rulings:
    return rulings.rulings(
        decisions, [STORY, OTHER, GONE], [A1, A2, B1], NOW + hours(at),
        topics=[topic.id for topic in TOPICS],
    )  # fmt: skip


def ruling(*decisions: Decision, at: float = 9):
    return found(*decisions, at=at).by_story[STORY.id]


def kind_of(*decisions: Decision, at: float = 9) -> str | None:
    verdict = ruling(*decisions, at=at).verdict
    return verdict.kind if verdict else None


def test_of_two_verdicts_the_later_holds_and_the_other_is_told():
    one = ruling(said("hold", after=1), said("approve", after=2))
    assert one.verdict is not None
    assert one.verdict.kind == "approve"
    assert [each.decision for each in one.said] == ["approve-2"]
    assert [each.decision for each in one.overruled] == ["hold-1"]
    assert ruling(said("approve", after=2), said("hold", after=1)) == one


def test_when_the_later_is_over_the_earlier_holds_again():
    both = said("hold"), said("approve", after=1, lasts=2)
    assert kind_of(*both, at=0) == "hold"
    assert kind_of(*both, at=1) == "approve"
    assert kind_of(*both, at=3) == "hold"


def test_a_decision_about_a_merged_story_is_about_what_it_became():
    assert [*found(said("hold", story="sc")).by_story] == ["sb"]


def test_a_pin_publishes_until_it_is_over_and_a_later_hold_undoes_it():
    pin = said("pin", lasts=4, place=2)
    assert (ruling(pin, at=3).place, kind_of(pin, at=3)) == (2, "pin")
    assert ruling(said("pin")).place == 1
    assert found(pin, at=4).by_story == {}
    held = ruling(pin, said("hold", after=1), at=3)
    assert (held.place, held.verdict.kind) == (0, "hold")


def test_an_expired_story_leaves_its_place_and_stays_published():
    one = ruling(said("pin"), said("expire", after=1))
    assert (one.is_expired, one.place, one.verdict.kind) == (True, 0, "pin")
    assert not ruling(said("expire"), said("pin", after=1)).is_expired


def test_headline_and_excerpt_are_edited_apart():
    first = said("edit", title="One", excerpt="What is known.")
    one = ruling(first, said("edit", after=1, title="Two"))
    assert (one.title, one.excerpt) == ("Two", "What is known.")
    assert len(one.said) == 2
    assert not one.overruled
    again = ruling(first, said("edit", after=1, title="Two", excerpt="More."))
    assert [each.decision for each in again.overruled] == ["edit-0"]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (said("hold", story="sx"), "there is no story sx"),
        (said("topic", story="", articles=("x",), add=("ai",)), "x is no article"),
        (said("topic", add=("magic",)), "the site has no topic magic"),
    ],
)
def test_what_nobody_knows_is_told_of(decision, reason):
    (trouble,) = found(decision).troubles
    assert trouble.reason.startswith(reason)
    assert trouble.subject == f"{decision.id}.yaml"
    assert not any(one.topics for one in found(decision).by_story.values())


def test_stories_of_which_something_else_is_said_are_judged_anew():
    pin = said("pin", lasts=2)
    before, after = found(pin, at=1).by_story, found(pin, at=2).by_story
    assert rulings.stale(before, {}) == {"sa"}
    assert rulings.stale(before, before) == frozenset()
    assert rulings.stale(after, before) == {"sa"}


def test_what_editors_say_is_an_event_of_the_story():
    (event,) = rulings.events(found(said("hold", lasts=12)).by_story)
    assert (event.story, event.at, event.kind) == ("sa", NOW, "hold")
    assert event.why == "Ada: It is so. (until 2026-02-19 18:00 UTC)"


# --- topics --------------------------------------------------------------------------


def topics_of(one, *decisions: Decision) -> list[str]:
    there = found(*decisions).by_story
    (made,) = topics_said.applied([one], [STORY, OTHER], there, TOPICS)
    return [hit.topic for hit in made.topics]


def hit(topic: str, *evidence: str) -> TopicHit:
    return TopicHit(topic=topic, strength=0.5, evidence=evidence)


def test_a_topic_that_an_editor_gives_brings_its_parents():
    add = said("topic", add=("chips",))
    assert topics_of(A1, add) == ["chips", "ai"]
    assert topics_of(A2, add) == ["chips", "ai"]
    assert topics_of(B1, add) == []


def test_a_topic_may_be_said_of_one_article_only():
    add = said("topic", story="", articles=("https://a.example/a2",), add=("chips",))
    assert topics_of(A2, add) == ["chips", "ai"]
    assert topics_of(A1, add) == []


def test_a_topic_that_is_taken_away_takes_along_what_is_below_and_what_it_implied():
    one = replace(A1, topics=(hit("chips", "wafer"), hit("ai", "child: chips")))
    assert topics_of(one, said("topic", remove=("chips",))) == []
    assert topics_of(one, said("topic", remove=("ai",))) == []
    both = replace(one, topics=(hit("labs", "lab"), *one.topics))
    assert topics_of(both, said("topic", remove=("chips",))) == ["labs", "ai"]
    known = replace(A1, topics=(hit("chips", "wafer"), hit("ai", "AI")))
    assert topics_of(known, said("topic", remove=("chips",))) == ["ai"]


def test_of_two_on_one_topic_the_later_holds():
    give, take = said("topic", add=("labs",)), said("topic", after=1, remove=("labs",))
    assert topics_of(A1, give, take) == []
    again = said("topic", after=2, articles=("a1",), add=("labs",))
    assert topics_of(A1, give, take, again) == ["labs", "ai"]
    assert topics_of(A2, give, take, again) == []
    assert [one.decision for one in ruling(give, take).overruled] == ["topic-0"]
