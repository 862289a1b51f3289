"""How sources are doing, and what a person is told to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makers import source
from newsdesk.config import sources
from newsdesk.model.feed import Health, Reply, SourceKind, SourceState
from newsdesk.model.site import Schedule
from newsdesk.stages import health, poll, schedule
from newsdesk.stages.health import Block

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def state(health: Health = Health.FRESH, **more: object) -> SourceState:
    given: dict[str, object] = {
        "source": source("a"), "health": health, "since_at": NOW - 2 * DAY,
        "next_poll_at": NOW + HOUR, "ok_at": NOW, "entries_seen": 20, "status": 200,
    }  # fmt: skip
    return SourceState(**(given | more))  # type: ignore[arg-type]


def every(gap: timedelta, count: int = 30, *, until: datetime = NOW) -> list[datetime]:
    return [until - gap * number for number in range(count)]


def test_a_source_with_news_is_fresh_and_needs_nothing() -> None:
    one = health.assess(state(), every(5 * HOUR), NOW)
    assert (one.health, one.says, one.todo) == (Health.FRESH, None, None)
    assert one.next_at == NOW + HOUR
    assert one.since_at == NOW - 2 * DAY


def test_a_source_that_answers_and_brings_nothing_is_silent() -> None:
    last = NOW - 10 * DAY
    one = health.assess(state(), every(5 * HOUR, until=last), NOW)
    assert one.is_silent
    assert one.health is Health.QUIET
    assert one.since_at == last
    assert one.says and "10 days" in one.says and "5 h" in one.says
    assert one.todo and "newsdesk add --dry-run" in one.todo


def test_silence_is_measured_by_the_long_gaps_of_the_habit() -> None:
    # Five pieces a day, Monday to Friday: only one gap in 25 is a weekend.
    friday = NOW - timedelta(days=6)
    assert friday.weekday() == 4
    days = [friday - day * DAY for day in range(60)]
    weekdays = [day for day in days if day.weekday() < 5]
    instants = [day - 2 * HOUR * piece for day in weekdays for piece in range(5)]
    a_long_weekend = timedelta(days=3, hours=22)
    assert not health.assess(state(), instants, friday + a_long_weekend).is_silent
    assert health.assess(state(), instants, friday + 7 * DAY).is_silent


def test_one_wrong_date_does_not_excuse_a_silence() -> None:
    instants = [*every(5 * HOUR, until=NOW - 10 * DAY), NOW - 4000 * DAY]
    assert health.assess(state(), instants, NOW).is_silent


def test_a_weekly_letter_may_be_late() -> None:
    instants = every(7 * DAY, until=NOW - 20 * DAY)
    assert not health.assess(state(), instants, NOW).is_silent
    assert health.assess(state(), instants, NOW + 30 * DAY).is_silent


def test_a_busy_source_is_given_days_before_it_counts_as_silent() -> None:
    instants = every(timedelta(minutes=10), until=NOW - 2 * DAY)
    assert not health.assess(state(), instants, NOW).is_silent
    assert health.assess(state(), instants, NOW + 2 * DAY).is_silent


def test_few_entries_and_one_burst_are_no_habit() -> None:
    assert health.silence(every(HOUR, 5, until=NOW - 90 * DAY), NOW) is None
    assert health.silence([NOW - 90 * DAY] * 50, NOW) is None


def test_a_source_that_never_listed_anything_is_silent_after_some_days() -> None:
    empty = state(Health.QUIET, entries_seen=0, since_at=NOW - 4 * DAY)
    assert health.assess(empty, [], NOW).is_silent
    assert not health.assess(replace(empty, since_at=NOW - DAY), [], NOW).is_silent


def test_a_date_in_the_future_does_not_hide_a_silence() -> None:
    instants = [*every(5 * HOUR, until=NOW - 10 * DAY), NOW + 300 * DAY]
    assert health.assess(state(), instants, NOW).is_silent


def test_a_quiet_source_says_since_when_and_raises_no_flag() -> None:
    one = health.assess(state(Health.QUIET), [NOW - 40 * DAY], NOW)
    assert (one.health, one.is_silent, one.todo) == (Health.QUIET, False, None)
    assert one.since_at == NOW - 40 * DAY


def polled(body: bytes, status: int = 200) -> SourceState:
    """What a poll leaves behind."""
    reply = Reply(
        key="a", url="https://a.example/feed", final_url="https://a.example/feed",
        status=status, headers=(), body=body, fetched_at=NOW,
    )  # fmt: skip
    answer = poll.answered(reply)
    assert isinstance(answer, poll.Answer)
    return schedule.after_reply(
        SourceState(source=source("a")), reply, answer.feed, new_entry_count=0,
        last_instants=(), schedule=Schedule(), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status", "block"),
    [
        (b"<!doctype html><title>Just a moment...</title>", 200, Block.BOT_WALL),
        (b"<html><title>Log in</title><input type=password>", 200, Block.LOGIN),
        (b"<!doctype html><title>Just a moment...</title>", 403, Block.BOT_WALL),
        (b"<!doctype html><title>Just a moment...</title>", 503, Block.BOT_WALL),
        (b"<!doctype html><title>No</title>", 403, Block.REFUSAL),
        (b"", 401, Block.LOGIN),
        (b"", 402, Block.PAYWALL),
        (b"", 403, Block.REFUSAL),
        (b"", 451, Block.LAW),
    ],
)
def test_what_blocks_a_source_is_named(body: bytes, status: int, block: Block) -> None:
    one = health.assess(polled(body, status), [], NOW)
    assert (one.health, one.block) == (Health.BLOCKED, block)
    assert one.todo
    assert one.next_at and one.next_at > NOW


def test_a_failure_that_may_pass_asks_for_nothing_and_a_long_one_does() -> None:
    broken = state(Health.FAILING, reason="no such host", status=None)
    one = health.assess(broken, [], NOW)
    assert one.todo == "nothing yet: it is tried again by itself"
    assert one.says == "no such host"
    one = health.assess(broken, [], NOW + 8 * DAY)
    assert one.todo and "sources.toml" in one.todo


def test_a_feed_that_is_not_there_any_more_is_looked_for_at_once() -> None:
    lost = state(Health.FAILING, status=404, home_url="https://a.example/blog")
    one = health.assess(lost, [], NOW)
    assert one.todo and "newsdesk add --dry-run https://a.example/blog" in one.todo


def test_a_source_that_is_gone_is_not_asked_any_more() -> None:
    one = health.assess(polled(b"", 410), [], NOW)
    assert (one.health, one.next_at) == (Health.GONE, None)
    assert one.todo and "take it out of sources.toml" in one.todo


def moved(to: str, **more: object) -> SourceState:
    return state(
        Health.MOVED,
        moved_to=to,
        moved_count=3,
        moved_first_at=NOW - 2 * DAY,
        **more,
    )


def test_a_move_says_which_lines_to_write() -> None:
    one = health.assess(moved("https://b.example/new"), every(HOUR), NOW)
    assert one.health is Health.MOVED
    assert one.new_url == "https://b.example/new"
    assert one.change == (
        'url = "https://b.example/new"',
        'was = "https://a.example/feed"',
    )
    assert one.todo and all(line in one.todo for line in one.change)


def test_the_lines_of_a_move_keep_the_id() -> None:
    before = sources.make("https://a.example/feed")
    one = health.assess(moved("https://b.example/new", source=before), [], NOW)
    text = "[[source]]\n" + "\n".join(one.change)
    (after,) = sources.parse(text, ()).sources
    assert after.id == before.id
    assert after.url == "https://b.example/new"
    again = health.assess(moved("https://c.example/", source=after), [], NOW)
    (last,) = sources.parse("[[source]]\n" + "\n".join(again.change), ()).sources
    assert last.id == before.id
    assert sources.parse(sources.block(last), ()).sources == (last,)


def test_a_move_that_was_written_down_is_over() -> None:
    there = source("a", url="https://b.example/new", was="https://a.example/feed")
    one = health.assess(moved("https://b.example/new", source=there), every(HOUR), NOW)
    assert (one.health, one.change, one.todo) == (Health.FRESH, (), None)


def test_a_redirect_that_is_not_yet_believed_is_told() -> None:
    young = replace(moved("https://b.example/new"), moved_count=1, health=Health.FRESH)
    one = health.assess(young, every(HOUR), NOW)
    assert one.health is Health.FRESH
    assert one.says and "https://b.example/new" in one.says


def test_a_list_of_pages_is_as_its_state_says() -> None:
    pages = source("a", url="pages/a.txt", kind=SourceKind.PAGES)
    one = health.assess(state(Health.QUIET, source=pages), [NOW - 300 * DAY], NOW)
    assert (one.health, one.is_silent) == (Health.QUIET, False)


def test_the_worst_come_first() -> None:
    old = every(5 * HOUR, until=NOW - 30 * DAY)
    states = [
        (state(Health.FRESH), every(HOUR)),
        (state(Health.NEW), []),
        (state(Health.QUIET), [NOW - 40 * DAY]),
        (moved("https://b.example/"), every(HOUR)),
        (state(Health.FRESH), old),
        (state(Health.FAILING), []),
        (state(Health.BLOCKED), []),
        (state(Health.GONE), []),
    ]
    ordered = health.worst_first(health.assess(s, at, NOW) for s, at in states)
    assert [("silent" if one.is_silent else str(one.health)) for one in ordered] == [
        "gone", "blocked", "failing", "silent", "moved", "quiet", "new", "fresh",
    ]  # fmt: skip


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=30),
    st.sampled_from(list(Health)),
    st.datetimes(timezones=st.just(UTC)),
)
def test_any_state_is_assessed_and_only_answering_sources_are_silent(
    instants: list[datetime], doing: Health, now: datetime
) -> None:
    one = health.assess(state(doing), instants, now)
    assert one.source_id == "source-a"
    if one.is_silent:
        assert doing in (Health.FRESH, Health.QUIET, Health.MOVED)
        assert one.health is Health.QUIET
