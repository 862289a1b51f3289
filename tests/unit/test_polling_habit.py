"""What is remembered of when a source publishes, and what wait follows from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.stages import habit

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = 60, 3_600, 86_400
LEAST, MOST = 15 * MINUTE, DAY


def ago(*hours: float) -> list[datetime]:
    return [NOW - timedelta(hours=hour) for hour in hours]


def memory(*hours: float) -> tuple[int, ...]:
    return habit.remembered((), ago(*hours), 0, None, NOW)


def wait(*hours: float, now: datetime = NOW) -> float:
    return habit.wait_s(memory(*hours), now, least_s=LEAST, most_s=MOST)


# --- what is remembered ---


def test_dates_come_back_newest_first_each_once_to_the_minute() -> None:
    assert habit.instants(memory(5, 1, 3, 1)) == tuple(ago(1, 3, 5))


def test_a_burst_counts_as_one_and_the_future_for_nothing() -> None:
    assert habit.instants(memory(0, 0.02, 0.05, 1, -3)) == tuple(ago(0, 1))


def test_memory_is_bounded() -> None:
    found = memory(*range(1_000))
    assert len(found) == habit.MEMORY
    assert habit.instants(found)[0] == NOW


def test_new_items_add_to_what_is_remembered() -> None:
    before = memory(2, 3)
    after = habit.remembered(before, ago(0.5, 2, 3), 1, ago(1)[0], NOW)
    assert habit.instants(after) == tuple(ago(0.5, 2, 3))
    assert habit.remembered(before, ago(2, 3), 0, ago(1)[0], NOW) == before


def test_new_items_without_a_new_date_came_out_since_the_last_poll() -> None:
    before, polled_at = memory(30, 54), ago(4)[0]
    for dates in ([], ago(6), ago(6, 6.5)):
        after = habit.remembered(before, dates, 2, polled_at, NOW)
        assert habit.instants(after) == tuple(ago(1, 3, 30, 54))


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=20),
    st.integers(0, 10**6),
    st.none() | st.datetimes(timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(UTC)),
)
def test_whatever_the_dates_memory_is_in_order_and_the_wait_in_bounds(
    dates: list[datetime], new: int, ok_at: datetime | None, now: datetime
) -> None:
    found = habit.remembered((), dates, new, ok_at, now)
    assert list(found) == sorted(set(found), reverse=True)
    assert len(found) <= habit.MEMORY
    if found:
        assert LEAST <= habit.wait_s(found, now, least_s=LEAST, most_s=MOST) <= MOST


# --- what follows ---


def test_the_rarer_the_news_the_longer_the_wait_and_less_than_in_proportion() -> None:
    gaps = (0.5, 2, 8, 32, 128)
    waits = [wait(*(n * n * gap / 19 for n in range(20))) for gap in gaps]
    assert waits == sorted(waits)
    ratios = [later / earlier for earlier, later in pairwise(waits)]
    assert all(ratio < 4 for ratio in ratios)


def test_a_clockwork_is_asked_shortly_after_it_strikes() -> None:
    hourly = [n + 0.25 for n in range(100)]
    assert 45 * MINUTE < wait(*hourly) < 60 * MINUTE
    assert wait(*(n + 0.9 for n in range(100))) == LEAST


def test_a_night_is_slept_through_and_its_end_is_not() -> None:
    """Twenty a day from 6 to 16 o'clock."""
    hours = [24 * day + n / 2 + 14 for day in range(8) for n in range(20)]
    evening = [hour - 13 for hour in hours]
    morning = [hour + 0.4 for hour in hours]  # the night takes 14.5 hours
    by_day = [hour - 19 for hour in hours if hour >= 19]
    assert wait(*evening) > 1.5 * wait(*by_day)
    assert wait(*evening) > 2 * wait(*morning)


@pytest.mark.parametrize("days", [400, 4_000, 40_000])
def test_a_source_asleep_for_longer_than_ever_is_asked_once_a_day(days: int) -> None:
    asleep = [24 * (days + 7 * n) for n in range(20)]
    assert wait(*asleep) == MOST


def test_a_single_item_says_little_and_ever_less() -> None:
    waits = [wait(hours) for hours in (0, 1, 10, 100, 1_000, 10_000)]
    assert waits == sorted(waits)
    assert waits[0] < 2 * HOUR
    assert waits[-1] == MOST


def test_one_absurd_date_does_not_spoil_a_habit() -> None:
    daily = [24 * n for n in range(20)]
    with_absurd = wait(*daily, 24 * 365 * 1_500)
    assert abs(with_absurd - wait(*daily)) < wait(*daily) / 2
