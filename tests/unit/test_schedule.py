"""When sources are asked again, what they are asked, and how they are said to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model.feed import (
    Feed,
    FeedEntry,
    Health,
    Hop,
    Refusal,
    Reply,
    Source,
    SourceId,
    SourceKind,
    SourceState,
    Validators,
)
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching, Schedule
from newsdesk.stages import parse, queueing, schedule, waits

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)  # a Thursday
URL = "https://daily.example/feed"
ETAG = (("etag", '"1"'),)
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def a_state(**options: Any) -> SourceState:
    source = Source(id=SourceId(options.pop("id", "a")), url=options.pop("url", URL))
    return replace(SourceState(source=source), **options)


def a_polled_state(**options: Any) -> SourceState:
    """A source in good health that gave an ETag an hour ago."""
    given: dict[str, Any] = {
        "health": Health.FRESH,
        "since_at": NOW - timedelta(days=9),
        "polled_at": NOW - timedelta(hours=1),
        "next_poll_at": NOW,
        "ok_at": NOW - timedelta(hours=1),
        "new_at": NOW - timedelta(hours=1),
        "interval_s": HOUR,
        "status": 200,
        "validators": Validators(url=URL, etag='"0"', last_modified="Mon"),
        "body_hash": "0",
        "entries_seen": 5,
    }
    return a_state(**{**given, **options})


def a_reply(status: int = 200, headers: Any = ETAG, **options: Any) -> Reply:
    given: dict[str, Any] = {
        "key": "a",
        "url": URL,
        "final_url": URL,
        "status": status,
        "headers": headers,
        "body": b"<rss/>",
        "fetched_at": NOW,
    }
    return Reply(**{**given, **options})


def a_feed(*hours_ago: float, **options: Any) -> Feed:
    entries = tuple(
        FeedEntry(published_at=NOW - timedelta(hours=hours)) for hours in hours_ago
    )
    return Feed(format="rss 2.0", entries=entries, **options)


HOURLY = a_feed(*range(1, 20))
UNDATED = a_feed()  # no habit: half as long again after every poll


def polled(
    state: SourceState,
    reply: Reply,
    feed: Feed | Refusal | None = None,
    new: int = 0,
    **options: Any,
) -> SourceState:
    at = options.pop("now", NOW)
    plan = Schedule(**options)
    return schedule.after_reply(state, reply, feed, new, (), plan, at)


def wait_s(state: SourceState, now: datetime = NOW) -> float:
    """The wait that was decided, without the jitter that is added to it."""
    assert state.next_poll_at is not None
    share = waits._share(state)
    return round((state.next_poll_at - now).total_seconds() / (1 + 0.1 * share))


def fails(state: SourceState, kind: str = "timeout", **options: Any) -> SourceState:
    given = {"stage": "fetch", "key": "a", "subject": URL, "reason": "it failed"}
    failed = Failed(**{**given, "kind": kind, **options})
    return schedule.after_failure(state, failed, Schedule(), NOW)


# --- who is due ---


def test_a_source_never_asked_is_due_and_a_later_one_is_not() -> None:
    never = a_state(id="never")
    due = a_state(id="due", next_poll_at=NOW)
    longer = a_state(id="longer", next_poll_at=NOW - timedelta(hours=1))
    early = a_state(id="early", next_poll_at=NOW + timedelta(seconds=1))
    states = [early, due, longer, never]
    assert queueing.due(states, NOW) == (never, longer, due)


def test_lists_of_pages_and_sources_that_are_gone_are_not_asked() -> None:
    pages = Source(id=SourceId("p"), url="list.txt", kind=SourceKind.PAGES)
    gone = a_state(health=Health.GONE)
    assert queueing.due([SourceState(source=pages), gone], NOW) == ()


def test_a_domain_that_told_us_to_slow_down_is_left_alone() -> None:
    slowed = a_state(id="x", url="https://a.big.example/1", status=429)
    slowed = replace(slowed, next_poll_at=NOW + timedelta(hours=1))
    sibling = a_state(id="y", url="https://b.big.example/2", next_poll_at=NOW)
    other = a_state(id="z", url="https://small.example/", next_poll_at=NOW)
    assert queueing.due([slowed, sibling, other], NOW) == (other,)
    later = NOW + timedelta(hours=1)
    assert len(queueing.due([slowed, sibling, other], later)) == 3


def test_a_private_host_slows_down_no_sibling() -> None:
    slowed = a_state(id="x", url="http://127.0.0.1:81/1", status=429)
    slowed = replace(slowed, next_poll_at=NOW + timedelta(hours=1))
    sibling = a_state(id="y", url="http://127.0.0.1:82/", next_poll_at=NOW)
    assert queueing.due([slowed, sibling], NOW) == (sibling,)


def test_many_feeds_of_one_domain_share_its_budget_and_none_starves() -> None:
    url = "https://www.reddit.com/r/{}/.rss"
    states = {str(n): a_state(id=str(n), url=url.format(n)) for n in range(337)}
    states["other"] = a_state(id="other", url="https://small.example/feed")
    asked: dict[str, list[datetime]] = {name: [] for name in states}
    for minute in range(24 * 60):
        now = NOW + timedelta(minutes=minute)
        due = queueing.due(list(states.values()), now)
        shared = [state for state in due if state.source.id != "other"]
        assert len(shared) <= (queueing.A_DOMAIN if minute == 0 else 1)
        for state in due:
            name = state.source.id
            asked[name].append(now)
            states[name] = replace(
                state, polled_at=now, next_poll_at=now + timedelta(minutes=15)
            )
    assert len(asked.pop("other")) == 24 * 4
    counts = [len(times) for times in asked.values()]
    assert (min(counts), max(counts)) == (4, 5)


def test_feeds_beyond_a_domain_s_share_are_put_off_and_said_to_be() -> None:
    states = [a_state(id=f"{n:03}", url=f"https://x.example/{n}") for n in range(100)]
    other = a_state(id="other", url="https://small.example/feed")
    found = queueing.sorted_out([*states, other], NOW)
    assert len(found.due) == queueing.A_DOMAIN + 1
    assert other in found.due
    assert found.put_off == tuple(states[queueing.A_DOMAIN :])


def test_a_feed_that_moved_draws_on_the_budget_of_where_it_is_asked() -> None:
    moved = a_polled_state(
        id="moved",
        url="https://old.example/feed",
        moved_to="https://big.example/feed",
        moved_count=schedule.MOVES_SEEN,
        moved_first_at=NOW - timedelta(days=9),
    )
    held = replace(moved, status=429, next_poll_at=NOW + timedelta(hours=1))
    sibling = a_state(id="y", url="https://big.example/2")
    at_home = a_state(id="z", url="https://old.example/2")
    assert queueing.due([held, sibling, at_home], NOW) == (at_home,)


def test_a_domain_earns_a_request_a_minute_while_it_is_left_alone() -> None:
    states = [a_state(id=str(n), url=f"https://x.example/{n}") for n in range(100)]
    states[0] = replace(states[0], polled_at=NOW, next_poll_at=NOW + timedelta(days=1))
    later = [timedelta(0), timedelta(seconds=59), timedelta(minutes=7), timedelta(9)]
    found = [len(queueing.due(states, NOW + after)) for after in later]
    assert found == [0, 0, 7, queueing.A_DOMAIN]


def test_feeds_on_private_hosts_have_no_common_budget() -> None:
    states = [a_state(id=str(n), url=f"http://10.0.0.1/{n}") for n in range(100)]
    assert len(queueing.due(states, NOW)) == 100


# --- what is asked ---


def test_what_an_atom_feed_calls_its_own_address_never_changes_the_one_asked() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>"
        b"<link rel='self' href='https://elsewhere.example/atom'/></feed>"
    )
    feed = parse.feed(body, url=URL)
    assert isinstance(feed, Feed)
    assert feed.feed_url == "https://elsewhere.example/atom"
    state = a_state()
    for day in range(5):
        at = NOW + timedelta(days=day)
        state = polled(state, a_reply(body=body), feed, now=at)
        asked = schedule.request(state, Fetching())
        assert asked.url == URL
        assert asked.validators is not None and asked.validators.url == URL
    assert (state.moved_to, state.health) == (None, Health.QUIET)


def test_a_feed_is_asked_as_it_was_written_down_without_robots() -> None:
    asked = schedule.request(a_polled_state(), Fetching(max_feed_bytes=7))
    assert asked.key == "a"
    assert asked.url == URL
    assert asked.validators == Validators(url=URL, etag='"0"', last_modified="Mon")
    assert asked.max_bytes == 7
    assert not asked.obey_robots
    assert "application/atom+xml" in asked.accept


# --- validators ---


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (ETAG, Validators(url=URL, etag='"1"')),
        ((("last-modified", "Tue"),), Validators(url=URL, last_modified="Tue")),
        (
            (("etag", 'W/"a,b"'), ("last-modified", "Tue")),
            Validators(url=URL, etag='W/"a,b"', last_modified="Tue"),
        ),
        ((), None),
        ((("etag", ""),), None),
        ((("etag", '"é"'),), None),
    ],
)
def test_a_whole_feed_replaces_the_validators(
    headers: Any, expected: Validators | None
) -> None:
    assert (
        expected
        == polled(a_polled_state(), a_reply(headers=headers), HOURLY).validators
    )


def test_validators_belong_to_the_address_that_answered() -> None:
    reply = a_reply(
        final_url="https://cdn.example/f",
        hops=(Hop(status=302, url="https://cdn.example/f"),),
    )
    expected = Validators(url="https://cdn.example/f", etag='"1"')
    assert expected == polled(a_state(), reply, HOURLY).validators


@pytest.mark.parametrize(
    ("headers", "etag", "modified"),
    [
        ((), '"0"', "Mon"),
        (ETAG, '"1"', "Mon"),
        ((("last-modified", "Tue"),), '"0"', "Tue"),
    ],
)
def test_not_modified_keeps_and_refreshes_the_validators(
    headers: Any, etag: str, modified: str
) -> None:
    after = polled(a_polled_state(), a_reply(304, headers, body=b""))
    assert Validators(url=URL, etag=etag, last_modified=modified) == after.validators
    assert after.body_hash == "0"
    assert after.health is Health.FRESH
    assert after.ok_at == NOW


@pytest.mark.parametrize(
    ("reply", "feed"),
    [
        (a_reply(404), None),
        (a_reply(410), None),
        (a_reply(429), None),
        (a_reply(500), None),
        (a_reply(200), Refusal(reason="a web page", kind="html")),
        (a_reply(200), Refusal(reason="a wall", kind="challenge")),
        (a_reply(200), None),
        (a_reply(200, truncated=True), HOURLY),
    ],
)
def test_no_error_and_no_half_answer_changes_the_validators(
    reply: Reply, feed: Any
) -> None:
    before = a_polled_state()
    after = polled(before, reply, feed)
    assert before.validators == after.validators
    assert before.body_hash == after.body_hash


# --- how long to wait ---


@pytest.mark.parametrize(
    ("feed", "least_m", "most_m"),
    [
        (a_feed(*(n / 30 for n in range(60))), 15, 20),  # thirty an hour
        (a_feed(*range(20)), 60, 75),
        (a_feed(*range(0, 24 * 20, 24)), 2 * 60, 6 * 60),
        (a_feed(*range(0, 24 * 140, 24 * 7)), 6 * 60, 14 * 60),
        (a_feed(24 * 500, 24 * 507, 24 * 514), 24 * 60, 24 * 60),  # long silent
    ],
)
def test_the_interval_follows_the_habit(feed: Feed, least_m: int, most_m: int) -> None:
    for before in (a_state(), a_polled_state()):
        after = polled(before, a_reply(), feed)
        assert least_m * MINUTE <= after.interval_s <= most_m * MINUTE
        assert abs(wait_s(after) - after.interval_s) <= 1


def test_the_interval_keeps_the_bounds_of_the_site() -> None:
    busy = a_feed(*(n / 30 for n in range(60)))
    assert polled(a_state(), a_reply(), busy, shortest_m=90).interval_s == 90 * MINUTE
    asleep = a_feed(24 * 500, 24 * 507)
    assert polled(a_state(), a_reply(), asleep, longest_m=90).interval_s == 90 * MINUTE


@pytest.mark.parametrize("feed", [a_feed(), a_feed(-1, -5)])
def test_a_source_without_dates_is_asked_ever_more_rarely(feed: Feed) -> None:
    state = polled(a_state(), a_reply(), feed, 3, first_m=90)
    seen = [state.interval_s]
    for _ in range(8):
        state = polled(state, a_reply(304))
        seen.append(state.interval_s)
    hours = [1.5, 2.25, 3.375, 5.0625]
    assert seen[:4] == [hour * HOUR for hour in hours]
    assert seen[-1] == DAY


def test_a_source_without_dates_has_the_habit_that_its_news_shows() -> None:
    state, now = polled(a_state(), a_reply(), UNDATED, 9), NOW
    for _ in range(50):
        now += timedelta(hours=1)
        state = polled(state, a_reply(), UNDATED, 2, now=now)
    assert 15 * MINUTE <= state.interval_s <= 45 * MINUTE
    assert len(state.recent) == 100
    for _ in range(30):
        now += timedelta(seconds=state.interval_s)
        state = polled(state, a_reply(304), now=now)
    assert state.interval_s > 3 * HOUR


def test_the_habit_outlives_answers_that_list_nothing() -> None:
    state = polled(a_state(), a_reply(), HOURLY, 19)
    again = polled(state, a_reply(304), now=NOW + timedelta(minutes=1))
    assert state.recent == again.recent
    assert len(again.recent) == 19
    failed = fails(again)
    assert failed.recent == again.recent


def test_a_known_habit_tells_quiet_from_monthly() -> None:
    known = [NOW - timedelta(days=days) for days in (40, 70, 100)]
    before = a_polled_state(new_at=NOW - timedelta(days=31))
    reply, plan = a_reply(304), Schedule()
    after = schedule.after_reply(before, reply, None, 0, known, plan, NOW)
    assert after.health is Health.FRESH
    blind = schedule.after_reply(before, reply, None, 0, (), plan, NOW)
    assert blind.health is Health.QUIET
    monthly = replace(before, new_at=NOW - timedelta(days=29))
    assert polled(monthly, reply).health is Health.FRESH


def test_without_validators_an_hour_is_the_shortest_wait() -> None:
    busy = a_feed(0, 0.1, 0.2)
    before = a_polled_state(interval_s=20 * MINUTE)
    assert polled(before, a_reply(headers=()), busy, 1).interval_s == HOUR
    assert polled(before, a_reply(), busy, 1).interval_s == 15 * MINUTE


@pytest.mark.parametrize(
    ("headers", "expected_s"),
    [
        ((("cache-control", "max-age=7200"),), 2 * HOUR),
        ((("cache-control", "public, MAX-AGE = 7200 , x"),), 2 * HOUR),
        ((("cache-control", 'max-age="7200"'),), 2 * HOUR),
        ((("cache-control", "max-age=7200"), ("age", "600")), 2 * HOUR - 600),
        ((("cache-control", "max-age=60"),), HOUR),
        ((("cache-control", "max-age=31536000"),), DAY),
        ((("cache-control", "max-age=" + "9" * 5000),), DAY),
        ((("cache-control", "max-age=-5"),), HOUR),
        ((("cache-control", "no-cache, max-age=7200"),), HOUR),
        ((("cache-control", "no-store"), ("expires", "x")), HOUR),
        ((("expires", "Thu, 19 Feb 2026 09:00:00 GMT"),), 3 * HOUR),
        ((("expires", "0"),), HOUR),
        ((("expires", "Wed, 18 Feb 2026 09:00:00 GMT"),), HOUR),
        (
            (
                ("date", "Thu, 19 Feb 2026 05:00:00 GMT"),
                ("expires", "Thu, 19 Feb 2026 09:00:00 GMT"),
            ),
            4 * HOUR,
        ),
        (
            (
                ("cache-control", "max-age=7200"),
                ("expires", "Thu, 19 Feb 2026 20:00:00 GMT"),
            ),
            2 * HOUR,
        ),
        ((("retry-after", "10800"),), 3 * HOUR),
    ],
)
@pytest.mark.parametrize("status", [200, 304])
def test_a_host_can_ask_for_a_longer_wait_never_a_shorter(
    headers: Any, expected_s: float, status: int
) -> None:
    before = a_polled_state(interval_s=40 * MINUTE)
    after = polled(before, a_reply(status, headers + ETAG), UNDATED)
    assert expected_s == wait_s(after)
    assert after.interval_s == HOUR


@pytest.mark.parametrize(
    ("ttl_s", "expected_s"), [(60, HOUR), (3 * HOUR, 3 * HOUR), (9 * DAY, DAY)]
)
def test_a_feed_can_ask_for_a_longer_wait(ttl_s: int, expected_s: int) -> None:
    before = a_polled_state(interval_s=40 * MINUTE)
    feed = replace(UNDATED, ttl_s=ttl_s)
    assert expected_s == wait_s(polled(before, a_reply(), feed))


CACHED = (("cache-control", "max-age=36000"),)


def test_a_304_without_cache_control_keeps_the_max_age_of_the_answer_it_confirms() -> (
    None
):
    first = polled(a_polled_state(), a_reply(headers=CACHED + ETAG), UNDATED)
    again = polled(first, a_reply(304, headers=ETAG))
    aged = polled(again, a_reply(304, headers=(*ETAG, ("age", "3600"))))
    expired = polled(aged, a_reply(304, headers=(("expires", "0"), *ETAG)))
    waits_s = [wait_s(state) for state in (first, again, aged, expired)]
    assert waits_s == [10 * HOUR, 10 * HOUR, 9 * HOUR, 10 * HOUR]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, ()),
        (200, (("cache-control", "public"),)),
        (304, (("cache-control", "no-cache"),)),
        (304, (("cache-control", "max-age=60"),)),
    ],
)
def test_a_max_age_is_forgotten_with_the_answer_or_the_header_that_takes_its_place(
    status: int, headers: Any
) -> None:
    first = polled(a_polled_state(), a_reply(headers=CACHED + ETAG), HOURLY)
    after = polled(first, a_reply(status, headers + ETAG), HOURLY)
    last = polled(after, a_reply(304, ETAG))
    assert wait_s(after) < 3 * HOUR
    assert wait_s(last) < 3 * HOUR


def test_a_failure_keeps_no_max_age_and_loses_none() -> None:
    first = polled(a_polled_state(), a_reply(headers=CACHED + ETAG), HOURLY)
    down = polled(first, a_reply(500, headers=(("cache-control", "max-age=9"),)))
    assert wait_s(polled(down, a_reply(304, ETAG))) == 10 * HOUR


def test_cache_control_may_come_in_several_headers() -> None:
    spread = (("cache-control", "public"), ("cache-control", "max-age=36000"))
    after = polled(a_polled_state(), a_reply(headers=spread + ETAG), HOURLY)
    assert wait_s(after) == 10 * HOUR


def test_a_wait_that_an_undated_feed_asked_for_ends_with_the_asking() -> None:
    state = a_polled_state(interval_s=HOUR)
    state = polled(state, a_reply(), replace(UNDATED, ttl_s=20 * HOUR))
    assert wait_s(state) == 20 * HOUR
    after = polled(state, a_reply(), UNDATED)
    assert wait_s(after) < 3 * HOUR


@pytest.mark.parametrize("kind", ["timeout", "dns", schedule.NOT_ASKED])
def test_a_failure_without_an_answer_keeps_the_hours_and_days_to_skip(
    kind: str,
) -> None:
    state = a_polled_state(skip_hours=(6, 7, 8, 9), skip_days=("friday",))
    after = fails(state, kind)
    assert after.next_poll_at == datetime(2026, 2, 19, 10, tzinfo=UTC)
    late = replace(state, skip_hours=tuple(range(6, 24)))
    assert fails(late, kind).next_poll_at == datetime(2026, 2, 21, tzinfo=UTC)


def test_a_failure_without_an_answer_keeps_the_wait_that_the_feed_asked_for() -> None:
    assert wait_s(fails(a_polled_state(ttl_s=20 * HOUR))) == 20 * HOUR


@pytest.mark.parametrize(
    ("skips", "expected"),
    [
        ({"skip_hours": (3, 4)}, None),
        ({"skip_hours": (7, 8)}, datetime(2026, 2, 19, 9, tzinfo=UTC)),
        ({"skip_days": ("thursday", "friday")}, datetime(2026, 2, 21, tzinfo=UTC)),
        (
            {"skip_hours": (0,), "skip_days": ("thursday",)},
            datetime(2026, 2, 20, 1, tzinfo=UTC),
        ),
    ],
)
def test_hours_and_days_to_skip_are_skipped(
    skips: Any, expected: datetime | None
) -> None:
    before = a_polled_state(interval_s=40 * MINUTE)
    plain = polled(before, a_reply(), UNDATED)
    after = polled(before, a_reply(), replace(UNDATED, **skips))
    assert (expected or plain.next_poll_at) == after.next_poll_at


def test_a_feed_that_skips_the_whole_week_is_asked_all_the_same() -> None:
    feed = replace(HOURLY, skip_hours=tuple(range(24)))
    after = polled(a_polled_state(), a_reply(), feed)
    assert after.next_poll_at is not None
    assert after.next_poll_at <= NOW + timedelta(days=8)


@given(st.text(min_size=1), st.integers(60, DAY))
def test_jitter_only_adds_and_is_the_same_each_time(name: str, wait: int) -> None:
    state = a_state(id=name)
    at = waits.next_poll(state, wait, None, NOW)
    assert wait <= (at - NOW).total_seconds() <= round(wait * 1.1)
    assert at == waits.next_poll(state, wait, None, NOW)


def test_jitter_spreads_sources_that_start_together() -> None:
    ats = {waits.next_poll(a_state(id=str(n)), DAY, None, NOW) for n in range(100)}
    assert len(ats) > 95


# --- failures ---


def test_trouble_doubles_the_wait_up_to_a_day_and_then_a_week() -> None:
    state = a_polled_state(interval_s=0)
    seen = []
    for _ in range(16):
        state = fails(state)
        seen.append(wait_s(state) / HOUR)
    assert seen == [0.5, 1, 2, 4, 8, 16] + [24] * 8 + [168] * 2
    assert state.failures == 16


def test_trouble_never_shortens_a_wait() -> None:
    assert wait_s(fails(a_polled_state(interval_s=5 * HOUR))) == 5 * HOUR


def test_answers_that_blame_us_are_repeated_ever_more_rarely() -> None:
    state = a_polled_state(interval_s=0)
    seen = []
    for _ in range(10):
        state = polled(state, a_reply(404))
        seen.append(wait_s(state) / HOUR)
    assert seen == [6, 24, 24, 24, 168, 168, 168, 168, 720, 720]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "expected_s"),
    [
        ("7200", 2 * HOUR),
        ("Thu, 19 Feb 2026 10:00:00 GMT", 4 * HOUR),
        ("1", HOUR / 2),
        ("99999999", 7 * DAY),
        ("soon", HOUR),
        ("Thu, 19 Feb 2020 10:00:00 GMT", HOUR / 2),
    ],
)
def test_retry_after_is_kept(status: int, value: str, expected_s: float) -> None:
    before = a_polled_state(interval_s=20 * MINUTE)
    after = polled(before, a_reply(status, (("retry-after", value),)))
    assert expected_s == wait_s(after)


def test_a_busy_host_that_names_no_time_is_left_an_hour_then_two() -> None:
    state = a_polled_state(interval_s=0)
    first = polled(state, a_reply(429, ()))
    second = polled(first, a_reply(503, ()))
    assert (wait_s(first), wait_s(second)) == (HOUR, 2 * HOUR)


def test_success_forgives_every_failure() -> None:
    state = polled(fails(fails(a_polled_state())), a_reply(), HOURLY)
    assert (state.failures, state.reason, state.health) == (0, None, Health.FRESH)


def test_an_address_that_can_never_be_asked_waits_a_day() -> None:
    after = fails(a_state(), kind="bad address", is_final=True)
    assert wait_s(after) == DAY


# --- health ---


@pytest.mark.parametrize(
    ("status", "health"),
    [
        *[(400, Health.FAILING), (404, Health.FAILING), (500, Health.FAILING)],
        *[(401, Health.BLOCKED), (402, Health.BLOCKED), (403, Health.BLOCKED)],
        *[(451, Health.BLOCKED), (410, Health.GONE), (301, Health.FAILING)],
        *[(429, Health.FAILING), (503, Health.FAILING), (799, Health.FAILING)],
    ],
)
def test_a_status_says_how_a_source_is_doing(status: int, health: Health) -> None:
    after = polled(a_polled_state(), a_reply(status))
    assert health is after.health
    assert after.since_at == NOW
    assert str(status) in (after.reason or "")
    assert after.status == status


@pytest.mark.parametrize(
    ("kind", "health"),
    [
        ("html", Health.FAILING),
        ("empty", Health.FAILING),
        ("challenge", Health.BLOCKED),
        ("login", Health.BLOCKED),
    ],
)
def test_what_is_no_feed_is_an_error_with_its_reason(kind: str, health: Health) -> None:
    before = a_polled_state()
    after = polled(before, a_reply(), Refusal(reason="a page about us", kind=kind))
    assert (health, "a page about us") == (after.health, after.reason)
    assert after.failures == 1
    assert before.ok_at == after.ok_at
    assert before.entries_seen == after.entries_seen


def test_a_feed_that_is_gone_is_never_due_again() -> None:
    for after in (
        polled(a_polled_state(), a_reply(410)),
        polled(a_polled_state(), a_reply(), replace(HOURLY, expired=True), 1),
    ):
        assert after.health is Health.GONE
        assert after.reason
        assert queueing.due([after], NOW + timedelta(days=999)) == ()


@pytest.mark.parametrize(
    ("feed", "health"),
    [
        (a_feed(1, 2), Health.FRESH),
        (a_feed(13 * 24, 13 * 24 + 1), Health.FRESH),
        (a_feed(15 * 24, 15 * 24 + 1), Health.QUIET),
        (a_feed(40 * 24, 70 * 24, 100 * 24), Health.FRESH),  # monthly, as ever
        (a_feed(160 * 24, 190 * 24, 220 * 24), Health.QUIET),
        (a_feed(), Health.QUIET),
    ],
)
def test_a_source_silent_beyond_its_habit_is_quiet(feed: Feed, health: Health) -> None:
    before = a_state(entries_seen=len(feed.entries))
    assert health is polled(before, a_reply(), feed).health


def test_since_when_is_kept_while_health_stays() -> None:
    before = a_polled_state()
    assert polled(before, a_reply(), HOURLY).since_at == before.since_at
    failing = fails(before)
    assert failing.since_at == NOW
    assert fails(replace(failing, since_at=before.since_at)).since_at == before.since_at


def test_an_answer_is_remembered() -> None:
    feed = replace(HOURLY, title="Daily", home_url="https://daily.example/")
    after = polled(a_state(), a_reply(), feed, 7)
    assert (after.polled_at, after.ok_at, after.new_at) == (NOW, NOW, NOW)
    assert (after.title, after.home_url) == ("Daily", "https://daily.example/")
    assert (after.entries_seen, after.status) == (7, 200)
    assert after.body_hash == schedule.body_hash(a_reply())
    again = polled(after, a_reply(304), None, now=NOW + timedelta(hours=1))
    assert (again.title, again.new_at, again.entries_seen) == ("Daily", NOW, 7)


# --- moving ---

NEW = "https://new.example/feed"


def moved_reply(*hops: tuple[int, str]) -> Reply:
    return a_reply(
        final_url=hops[-1][1], hops=tuple(Hop(status=s, url=u) for s, u in hops)
    )


def sightings(reply: Reply, *hours: float) -> SourceState:
    state = a_polled_state()
    for hour in hours:
        state = polled(state, reply, HOURLY, now=NOW + timedelta(hours=hour))
    return state


@pytest.mark.parametrize(
    ("hours", "is_adopted"),
    [
        ((0,), False),
        ((0, 24), False),
        ((0, 1, 2), False),
        ((0, 1, 2, 23.9), False),
        ((0, 12, 24), True),
        ((0, 1, 2, 24), True),
    ],
)
@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_is_believed_after_three_sightings_and_a_day(
    hours: tuple[float, ...], is_adopted: bool, status: int
) -> None:
    state = sightings(moved_reply((status, NEW)), *hours)
    expected = NEW if is_adopted else URL
    assert expected == schedule.request(state, Fetching()).url
    assert is_adopted == (state.health is Health.MOVED)
    assert state.source.url == URL


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_is_never_believed(status: int) -> None:
    state = sightings(moved_reply((status, NEW)), 0, 12, 24, 36, 48)
    assert schedule.request(state, Fetching()).url == URL
    assert state.moved_to is None


def test_only_the_permanent_start_of_a_chain_counts() -> None:
    reply = moved_reply((301, NEW), (302, "https://cdn.example/1"))
    state = sightings(reply, 0, 12, 24)
    assert schedule.request(state, Fetching()).url == NEW


def test_another_target_or_none_starts_the_count_anew() -> None:
    state = sightings(moved_reply((301, NEW)), 0, 12)
    later = NOW + timedelta(hours=24)
    other = polled(state, moved_reply((301, "https://x.example/")), HOURLY, now=later)
    assert (other.moved_count, other.moved_first_at) == (1, later)
    back = polled(state, a_reply(), HOURLY, now=later)
    assert (back.moved_to, back.moved_count) == (None, 0)


def test_a_redirect_to_what_is_no_feed_counts_for_nothing() -> None:
    state = a_polled_state()
    page = Refusal(reason="a web page", kind="html")
    for hour in (0, 12, 24, 36):
        state = polled(
            state, moved_reply((301, NEW)), page, now=NOW + timedelta(hours=hour)
        )
    assert schedule.request(state, Fetching()).url == URL


def test_an_adopted_address_stays_while_it_answers() -> None:
    state = sightings(moved_reply((301, NEW)), 0, 12, 24)
    direct = a_reply(url=NEW, final_url=NEW)
    state = polled(state, direct, HOURLY, now=NOW + timedelta(hours=36))
    assert schedule.request(state, Fetching()).url == NEW
    assert state.health is Health.MOVED
    assert NEW in (state.reason or "")


def test_an_adopted_address_that_dies_gives_the_old_one_another_chance() -> None:
    state = sightings(moved_reply((301, NEW)), 0, 12, 24)
    for _ in range(2):
        state = fails(state, kind="dns")
        assert schedule.request(state, Fetching()).url == NEW
    assert schedule.request(fails(state, kind="dns"), Fetching()).url == URL


# --- whatever happens ---

HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["cache-control", "expires", "age", "retry-after", "etag", "date"]
        ),
        st.text(max_size=20) | st.sampled_from(["max-age=1", "0", "-1", "99999999999"]),
    ),
    max_size=4,
).map(tuple)


@given(
    status=st.integers(100, 999),
    headers=HEADERS,
    dates=st.lists(st.datetimes(timezones=st.just(UTC)), max_size=4),
    new=st.integers(0, 3),
)
def test_no_answer_is_ever_followed_by_a_tight_retry(
    status: int, headers: Any, dates: list[datetime], new: int
) -> None:
    entries = tuple(FeedEntry(published_at=at) for at in dates)
    feed = Feed(format="rss 2.0", entries=entries)
    for before in (a_state(), a_polled_state()):
        after = polled(before, a_reply(status, headers), feed, new)
        if after.health is not Health.GONE:
            assert after.next_poll_at is not None
            wait = after.next_poll_at - NOW
            assert timedelta(minutes=15) <= wait <= timedelta(days=8)


def test_a_source_that_was_not_asked_for_its_domains_sake_has_not_failed() -> None:
    state, now = polled(a_state(), a_reply(), a_feed(1, 5, 9), 3), NOW
    held = Failed(
        stage="poll", key="a", subject="u", reason="told to wait", kind="told to wait"
    )
    after = schedule.after_failure(state, held, Schedule(), now)
    assert (after.health, after.failures) == (state.health, state.failures)
    assert after.reason == state.reason
    assert after.next_poll_at is not None
    assert now < after.next_poll_at <= now + timedelta(hours=1)
