from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, adds_up, article, at, hours
from newsdesk.stages import heat

instants = st.lists(st.floats(-200, 0), min_size=0, max_size=12)


@given(instants, st.floats(-200, 0))
def test_another_provider_never_lowers_heat(ages, age):
    covering = [at(article(str(n), f"{n}.example"), h) for n, h in enumerate(ages)]
    more = [*covering, at(article("x", "x.example"), age)]
    before = heat.scored(covering, NOW, half_life_h=24)
    after = heat.scored(more, NOW, half_life_h=24)
    assert before.value <= after.value <= 100
    assert adds_up(after)


def test_heat_halves_in_a_half_life():
    fresh = heat.scored([article("1")], NOW, half_life_h=24)
    stale = heat.scored([article("1")], NOW + hours(24), half_life_h=24)
    assert (fresh.value, stale.value) == (20, 10)


def test_one_provider_counts_once_however_much_it_publishes():
    once = heat.scored([article("1")], NOW, half_life_h=24)
    assert heat.scored([article("1"), article("2")], NOW, half_life_h=24) == once


def test_what_is_of_no_known_time_has_no_heat():
    timeless = replace(article("1", published_at=None), is_timeless=True)
    receipt = heat.scored([timeless], NOW, half_life_h=24)
    assert receipt.value == 0
    assert "no known time" in receipt.parts[0].why
