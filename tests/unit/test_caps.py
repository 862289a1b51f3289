"""What a full day holds back, and in which order places are taken."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, hours
from newsdesk.model.site import Rules
from newsdesk.model.story import StoryId, Verdict
from newsdesk.stages import caps
from newsdesk.stages.caps import Contender


def contender(name: str, quality: int = 80, **more) -> Contender:
    given = {
        "story": StoryId(name),
        "day": NOW.date(),
        "provider": "a.example",
        "quality": quality,
        "first_at": NOW,
    }
    return Contender(**(given | more))


TWO_A_DAY = Rules(provider_a_day=2)


def test_the_best_of_a_provider_take_the_places_of_a_day():
    day = [contender("s1", 71), contender("s2", 90), contender("s3", 80)]
    held = caps.held(day, TWO_A_DAY)
    assert [*held] == ["s1"]
    assert held["s1"].rule == "provider_a_day"
    assert held["s1"].why == (
        "a.example leads 2 stories of 2026-02-19 already, the most a day"
    )


def test_other_providers_and_other_days_have_places_of_their_own():
    day = [
        contender("s1"),
        contender("s2"),
        contender("s3", provider="b.example"),
        contender("s4", day=(NOW + hours(24)).date()),
    ]
    assert caps.held(day, TWO_A_DAY) == {}


def test_what_readers_see_is_not_pushed_out_by_a_better_story():
    seen = [contender(f"s{n}", 70, is_shown=True) for n in (1, 2)]
    assert [*caps.held([*seen, contender("s3", 99)], TWO_A_DAY)] == ["s3"]


def test_an_editors_story_takes_a_place_and_is_never_held():
    fixed = [contender(f"s{n}", 10, is_fixed=True) for n in (1, 2, 3)]
    assert [*caps.held([*fixed, contender("s4", 99)], TWO_A_DAY)] == ["s4"]


def test_a_topic_has_a_cap_and_what_a_provider_cap_holds_takes_none_of_it():
    rules = Rules(provider_a_day=1, topic_a_day=(("ai", 2),))
    day = [
        contender("s1", 90, topics=("ai",)),
        contender("s2", 85, topics=("ai",)),
        contender("s3", 80, topics=("ai",), provider="b.example"),
        contender("s4", 75, topics=("ai", "law"), provider="c.example"),
        contender("s5", 70, topics=("law",), provider="d.example"),
    ]
    held = caps.held(day, rules)
    assert {of: one.rule for of, one in held.items()} == {
        "s2": "provider_a_day",
        "s4": "topic_a_day",
    }


contenders = st.lists(
    st.builds(
        contender,
        st.uuids().map(str),
        st.integers(0, 3),
        provider=st.sampled_from("ab"),
        topics=st.sampled_from([(), ("x",), ("x", "y")]),
        is_shown=st.booleans(),
        is_fixed=st.booleans(),
    ),
    max_size=12,
)


@given(contenders, st.integers(1, 3), st.integers(1, 3), st.randoms())
def test_the_order_in_which_stories_come_makes_no_difference(day, a, b, random):
    rules = Rules(provider_a_day=a, topic_a_day=(("x", b),))
    shuffled = [*day]
    random.shuffle(shuffled)
    held = caps.held(day, rules)
    assert caps.held(shuffled, rules) == held
    # What was shown by that answer is shown again by it.
    shown = [replace(one, is_shown=one.story not in held) for one in day]
    assert caps.held(shown, rules).keys() == held.keys()
    passed = [one for one in day if one.story not in held and not one.is_fixed]
    fixed = [one for one in day if one.is_fixed]
    for provider in "ab":
        room = max(0, a - sum(one.provider == provider for one in fixed))
        assert sum(one.provider == provider for one in passed) <= room


def test_a_capped_verdict_keeps_its_threshold_and_names_the_cap():
    passed = Verdict(is_published=True, threshold=70, reason="good", rule="threshold")
    cap = caps.held([contender(f"s{n}") for n in (1, 2, 3)], TWO_A_DAY)["s3"]
    verdict = caps.capped(passed, cap)
    assert (verdict.is_published, verdict.threshold) == (False, 70)
    assert (verdict.rule, verdict.objections) == ("provider_a_day", (cap,))
