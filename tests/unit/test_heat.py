"""How hot a story is, where that is going, and what must never change it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, adds_up, article, at, hours
from newsdesk.model.article import Article
from newsdesk.model.story import Origin, Score, Trend
from newsdesk.stages import heat

ages = st.floats(-200, 0)
weights = st.floats(0.3, 1.1)
voices = st.lists(st.tuples(ages, weights), max_size=12)


def score(articles: list[Article], hours_later: float = 0, **more) -> Score:
    return heat.scored(articles, NOW + hours(hours_later), half_life_h=24, **more)


def told(spoken: list[tuple[float, float]]) -> tuple[list[Article], dict[str, float]]:
    """An article a voice, and what each voice weighs."""
    articles = [
        at(article(f"{n:02}", f"{n}.example"), age) for n, (age, _) in enumerate(spoken)
    ]
    return articles, {f"{n}.example": weight for n, (_, weight) in enumerate(spoken)}


@given(voices, ages, weights)
def test_another_independent_origin_never_lowers_heat(spoken, age, weight):
    covering, weighed = told(spoken)
    more = [*covering, at(article("x", "x.example"), age)]
    before = score(covering, voices=weighed)
    after = score(more, voices={**weighed, "x.example": weight})
    assert 0 <= before.value <= after.value <= 100
    assert heat.exact(before) <= heat.exact(after) + 1e-9
    assert adds_up(after)


@given(voices, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(spoken, random):
    covering, weighed = told(spoken)
    shuffled = [*covering]
    random.shuffle(shuffled)
    assert score(shuffled, voices=weighed) == score(covering, voices=weighed)


@given(voices.filter(bool), voices.filter(bool), st.floats(0, 100))
def test_waiting_changes_the_order_of_no_two_stories(spoken, others, wait):
    stories = [told(spoken), told(others)]
    now, later = (
        [
            heat.exact(score(articles, h, voices=weighed, carries_on=not place))
            for place, (articles, weighed) in enumerate(stories)
        ]
        for h in (0.0, wait)
    )
    # Receipts are in hundredths: closer than what rounding makes is a tie.
    slack = 0.04
    if now[0] > now[1]:
        assert later[0] >= later[1] - slack


@given(st.integers(1, 12), st.integers(1, 30))
def test_copies_add_nothing(own, copies):
    covering = [at(article(f"{n:02}", f"{n}.example"), -n) for n in range(own)]
    copied = [at(article(f"c{n:02}", f"c{n}.example"), -n / 9) for n in range(copies)]
    alone = [
        Origin(source=a.provider.domain, articles=(a.id,), own=1) for a in covering
    ]
    first = replace(alone[0], articles=(covering[0].id, *(a.id for a in copied)))
    bare = score(covering, origins=alone)
    with_copies = score([*covering, *copied], origins=[first, *alone[1:]])
    assert with_copies.value == bare.value
    assert f"copies add nothing: {copies}" in str(with_copies.parts)
    assert heat.news_at([*covering, *copied], [first, *alone[1:]]) == (
        heat.news_at(covering, alone)
    )


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 10**6)), max_size=20))
def test_visits_add_a_bounded_part_and_never_take_any_away(seen):
    covering = [at(article(str(n), f"{n}.example"), -n) for n in range(30)]
    visits = [(NOW - hours(ago), many) for ago, many in seen]
    counted = score(covering, visits=visits)
    assert score(covering).value <= counted.value <= 100
    gain = heat.exact(counted) - heat.exact(score(covering))
    assert 0 <= gain <= heat.VISITS + 1e-9


def test_heat_halves_in_a_half_life():
    one = [article("1")]
    weighed = {"a.example": 1.0}
    fresh, stale = score(one, voices=weighed), score(one, 24, voices=weighed)
    assert (fresh.value, stale.value) == (15, 8)
    assert heat.exact(stale) * 2 == pytest.approx(heat.exact(fresh))


def test_a_provider_with_a_poor_record_counts_for_less_and_never_for_nothing():
    one = [article("1")]
    good, unknown, poor, none = (
        heat.exact(score(one, voices=given))
        for given in ({"a.example": 1.0}, {}, {"a.example": 0.6}, {"a.example": 0.0})
    )
    assert good > unknown > poor > none > 0


def test_the_same_voices_are_hotter_when_they_come_fast():
    slowly = [at(article(str(n), f"{n}.example"), -7 * n) for n in range(4)]
    fast = [*slowly[:1], *(at(article(str(n), f"{n}.example"), 0) for n in (1, 2, 3))]
    parts = {part.name: part.points for part in score(fast).parts}
    assert parts["velocity"] > 5
    assert {p.name: p.points for p in score(slowly).parts}["velocity"] == 0


def test_one_provider_counts_once_and_a_little_for_coming_back():
    first = at(article("1"), -5)
    same_hour = at(article("2"), -4.5)
    back = at(article("3"), -2)
    assert score([first, same_hour]).value == score([first]).value
    more = [at(article(str(n)), -2 + n / 10) for n in range(4, 20)]
    once, often = score([first, back]), score([first, back, *more])
    assert heat.exact(once) > heat.exact(score([first]))
    assert once == often


def test_a_story_that_carries_another_on_is_a_little_hotter():
    gain = heat.exact(score([article("1")], carries_on=True)) - heat.exact(
        score([article("1")])
    )
    assert gain == heat.CARRIES_ON


def test_what_is_of_no_known_time_has_no_heat():
    timeless = replace(article("1", published_at=None), is_timeless=True)
    receipt = score([timeless], carries_on=True)
    assert receipt.value == 0
    assert "no known time" in receipt.parts[0].why


def test_what_comes_later_has_not_happened_yet():
    early, late = at(article("1"), -30), at(article("2", "b.example"), 0)
    assert score([early, late], -10) == score([early], -10)


@given(voices.filter(bool), st.floats(0, 300))
def test_what_is_left_of_a_score_is_what_it_would_be_worked_out_anew(spoken, wait):
    covering, weighed = told(spoken)
    then = heat.news_at(covering)
    before = heat.scored(covering, then, half_life_h=24, voices=weighed)
    later = then + hours(wait)
    anew = heat.scored(covering, later, half_life_h=24, voices=weighed)
    left = heat.faded(before, then, later, half_life_h=24)
    assert left == pytest.approx(heat.exact(anew), abs=0.03)


@given(voices.filter(bool), st.floats(6.001, 300), st.sampled_from([8.0, 24.0, 99.0]))
def test_a_trend_without_news_needs_no_looking(spoken, wait, half_life_h):
    covering, _ = told(spoken)
    since = heat.news_at(covering)
    later = since + hours(wait)
    looked = heat.trend(covering, later, half_life_h=half_life_h)
    spared = heat.trend(covering, later, half_life_h=half_life_h, since=since)
    assert looked is spared


@pytest.mark.parametrize(
    ("instants", "expected"),
    [
        ([-2, -1], Trend.NEW),
        ([-30, -2, -1], Trend.RISING),
        ([-30, -20], Trend.FALLING),
        ([-12, -5.5], Trend.RISING),
        ([-20, -19, -18, -17, -5], Trend.STEADY),
    ],
)
def test_a_trend_holds_heat_against_six_hours_before(instants, expected):
    covering = [at(article(str(n), f"{n}.example"), h) for n, h in enumerate(instants)]
    assert heat.trend(covering, NOW, half_life_h=24) is expected
