"""What a source's answer makes of its state: the wishes that a feed has of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from makers import NOW, source
from newsdesk.model.feed import Feed, Reply, SourceState
from newsdesk.model.site import Schedule
from newsdesk.stages import poll

URL = "https://a.example/feed"


def asked(
    state: SourceState, status: int, body: bytes = b"", hours: float = 0
) -> SourceState:
    """The state after an answer so many hours after `NOW`."""
    now = NOW + timedelta(hours=hours)
    reply = Reply(
        key=state.source.id,
        url=URL,
        final_url=URL,
        status=status,
        headers=(("etag", '"1"'),),
        body=body,
        fetched_at=now,
    )
    answer = poll.answered(reply)
    assert isinstance(answer, poll.Answer)
    return poll.state_after(state, answer, (), frozenset(), Schedule(), now)


def wait(state: SourceState, hours: float = 0) -> timedelta:
    assert state.next_poll_at is not None
    return state.next_poll_at - NOW - timedelta(hours=hours)


def rss(inside: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>A</title>{inside}</channel></rss>".encode()
    )


@pytest.mark.parametrize("status", [304, 500, 404])
def test_a_wait_that_the_feed_asked_for_holds_while_it_does_not_change(
    status: int,
) -> None:
    hourly = "".join(
        f"<item><guid>{n}</guid><pubDate>{NOW - timedelta(hours=n):%d %b %Y %H:%M} GMT"
        "</pubDate></item>"
        for n in range(20)
    )
    body = rss(f"<ttl>1200</ttl>{hourly}")
    first = asked(SourceState(source=source()), 200, body)
    assert wait(first) >= timedelta(hours=20)
    again = asked(first, status, hours=22)
    assert wait(again, 22) >= timedelta(hours=20)
    changed = asked(again, 200, rss(hourly), hours=44)
    after = asked(changed, 304, hours=46)
    assert after.ttl_s == 0
    assert wait(after, 46) < timedelta(hours=12)


def test_a_wait_of_years_is_cut_to_a_day() -> None:
    first = asked(SourceState(source=source()), 200, rss("<ttl>9999999</ttl>"))
    for status in (304, 304):
        first = asked(first, status)
        assert timedelta(hours=24) <= wait(first) <= timedelta(hours=27)


def test_hours_to_skip_are_skipped_after_not_modified_too() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24) if hour != 3)
    body = rss(f"<skipHours>{hours}</skipHours>")
    state = asked(SourceState(source=source()), 200, body)
    for number, status in enumerate((304, 304, 503, 304)):
        state = asked(state, status, hours=number)
        assert state.next_poll_at is not None
        assert state.next_poll_at.hour == 3
        assert state.next_poll_at > NOW


def test_days_to_skip_are_skipped_after_not_modified_too() -> None:
    days = ("thursday", "friday", "saturday")
    body = rss(f"<skipDays>{''.join(f'<day>{day}</day>' for day in days)}</skipDays>")
    state = asked(asked(SourceState(source=source()), 200, body), 304)
    assert state.next_poll_at is not None
    assert state.next_poll_at.strftime("%A %H") == "Sunday 00"


def test_a_feed_that_is_gone_gets_no_next_poll() -> None:
    state = asked(SourceState(source=source()), 200, rss("<ttl>60</ttl>"))
    assert asked(state, 410).next_poll_at is None


def test_a_delivery_says_nothing_of_when_to_ask() -> None:
    state = asked(SourceState(source=source()), 200, rss("<ttl>1200</ttl>"))
    reply = Reply(
        key=state.source.id,
        url=URL,
        final_url=URL,
        status=200,
        headers=(),
        body=rss("<ttl>5</ttl>"),
        fetched_at=NOW,
        is_delivered=True,
    )
    answer = poll.answered(reply)
    assert isinstance(answer, poll.Answer) and isinstance(answer.feed, Feed)
    after = poll.state_after(state, answer, (), frozenset(), Schedule(), NOW)
    assert (after.ttl_s, after.next_poll_at) == (state.ttl_s, state.next_poll_at)
