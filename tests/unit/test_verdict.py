"""What the rules of site.toml let readers see, each held story with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from makers import NOW, article, hours
from newsdesk.model.article import TopicHit
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.site import Rules
from newsdesk.model.story import Score, Verdict
from newsdesk.stages import verdict

GOOD = Score(value=80, rule="quality/2", parts=())
AI = TopicHit(topic="ai", strength=1.0, evidence=("AI",))
ONE = replace(article("1", text="word " * 100), topics=(AI,))


def of(first=ONE, quality: int = 80, **given) -> Verdict:
    rules = Rules(**{
        name: given.pop(name) for name in list(given)
        if name in Rules.__dataclass_fields__
    })  # fmt: skip
    score = replace(GOOD, value=quality)
    return verdict.of(first, score, rules, **({"has_topics": False} | given))


def test_what_is_good_enough_is_published_by_the_threshold():
    said = of()
    assert (said.state, said.rule, said.objections) == ("published", "threshold", ())
    assert said.reason == "quality 80 reaches the threshold of 70"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"threshold": 81}, "quality 80 is below the threshold of 81"),
        ({"min_words": 101}, "100 words, fewer than the 101 asked for"),
        ({"min_origins": 2}, "1 of the 2 independent origins asked for tell it"),
        ({"languages": ("de", "fr")}, "is in en, not de, fr"),
        ({"required": ("b.example",)}, "none of b.example covers it"),
        (
            {
                "max_age_h": 24,
                "first": replace(ONE, first_seen_at=NOW + timedelta(hours=30)),
            },
            "was 30 hours old when first seen, more than 24",
        ),
        (
            {"only_on_topic": True, "has_topics": True, "first": article("1")},
            "belongs to no topic of the site",
        ),
        (
            {"embargoes": (("a.example", NOW + hours(1)),), "as_of": NOW},
            "a.example is under embargo until 2026-02-19 07:00 UTC",
        ),
        (
            {"embargoes": (("ai", NOW + hours(1)),), "as_of": NOW},
            "ai is under embargo until 2026-02-19 07:00 UTC",
        ),
    ],
)
def test_each_rule_holds_with_its_reason_in_one_sentence(given, reason):
    said = of(**given)
    assert (said.state, said.reason) == ("held", reason)
    assert said.objections[0].why == reason
    rule = next(name for name in given if name in Rules.__dataclass_fields__)
    assert said.rule == rule
    assert 0 <= said.objections[0].gap <= 1


@pytest.mark.parametrize(
    "given",
    [
        {"min_words": 100},
        {"min_origins": 2, "origin_count": 2},
        {"languages": ("de", "en")},
        {"required": ("b.example",), "covering": (ONE, article("2", "b.example"))},
        {"required": ("source-a",)},
        {"max_age_h": 24},
        {"embargoes": (("a.example", NOW),), "as_of": NOW},
        {"embargoes": (("b.example", NOW + hours(1)),), "as_of": NOW},
        {"threshold": 100, "thresholds": (("ai", 80),)},
        {"reject_below": 80},
    ],
)
def test_a_rule_that_is_kept_holds_nothing(given):
    assert of(**given).is_published


def test_a_lead_in_a_language_that_nobody_could_tell_is_held():
    unknown = article("1", language=None)
    assert "language that nobody could tell" in of(unknown, languages=("en",)).reason


def test_a_held_story_tells_all_that_it_lacks():
    said = of(quality=60, min_words=200, min_origins=2)
    rules = ["min_words", "min_origins", "threshold"]
    assert [one.rule for one in said.objections] == rules
    assert [one.gap for one in said.objections] == pytest.approx([0.5, 0.5, 0.1])
    assert said.lacks == "; ".join(one.why for one in said.objections)
    assert of().lacks == of().reason


def test_what_an_embargo_holds_readers_are_not_to_hear_of():
    said = of(quality=10, embargoes=(("ai", NOW + hours(1)),), as_of=NOW)
    assert said.is_confidential
    assert not of(quality=10).is_confidential


def test_below_the_least_that_is_looked_at_a_story_is_rejected():
    said = of(quality=19, reject_below=20)
    assert (said.state, said.rule) == ("rejected", "reject_below")
    assert said.reason == "quality 19 is below 20, the least looked at"


@pytest.mark.parametrize("name", ["a.example", "source-a"])
def test_what_a_blocked_outlet_or_source_leads_is_rejected(name):
    said = of(blocked=(name,))
    assert (said.state, said.reason) == ("rejected", "a.example is blocked")
    assert of(blocked=("b.example",)).is_published


def ruling(kind: str, **more) -> Ruling:
    given = {"decision": "d", "kind": kind, "by": "Ada", "at": NOW, "why": "So."}
    return Ruling(verdict=Said(**(given | more)))


@pytest.mark.parametrize("kind", ["approve", "pin"])
def test_an_editor_publishes_what_every_rule_would_hold(kind):
    said = of(quality=1, reject_below=50, ruling=ruling(kind))
    assert (said.state, said.rule) == ("published", "decision")
    assert said.reason.endswith("by Ada: So")


@pytest.mark.parametrize(
    ("kind", "state"),
    [("hold", "held"), ("reject", "rejected"), ("withdraw", "rejected")],
)
def test_an_editor_keeps_back_what_every_rule_would_publish(kind, state):
    said = of(ruling=ruling(kind, until=NOW))
    assert (said.state, said.is_confidential) == (state, True)
    assert ", until 2026-02-19 06:00 UTC: So" in said.reason
