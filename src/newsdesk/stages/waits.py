"""How long to wait before a source is asked again: bounds, its host's wishes, failures.

Pure arithmetic on instants and headers; what becomes of a source's state is for
`stages.schedule`, when it publishes for `stages.habit`. A host's wish only ever
lengthens a wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from newsdesk.model.feed import Feed, Reply, SourceState
from newsdesk.model.site import Schedule
from newsdesk.stages import habit
from newsdesk.text import http_time, urls

HABIT_ITEMS = 20  # items that make a usual gap
GROW = 1.5  # after a poll of a source that never showed when its items come out

UNCONDITIONAL_S = (
    3_600  # least wait where the server gives nothing to ask 'changed?' by
)
HINT_CAP_S = 24 * 3_600  # of max-age, Expires and ttl: some say a year
RETRY_CAP_S = 7 * 24 * 3_600  # of Retry-After
JITTER = 0.1  # of the wait, added

HOUR_S = 3_600
DAY_S = 24 * HOUR_S
TROUBLE_S = HOUR_S // 2  # first wait after a server error or timeout, then doubled
BUSY_S = HOUR_S  # first wait after 429 or 503 without Retry-After, then doubled
TROUBLE_CAP_S = DAY_S
DEAD_AFTER = 14  # failures in a row, with daily waits about ten days
DEAD_S = 7 * DAY_S
# After the first, second, … answer that blames us (4xx); the last holds from then on.
REFUSED_S = (6 * HOUR_S, *(DAY_S,) * 3, *(7 * DAY_S,) * 4, 30 * DAY_S)


def interval(
    state: SourceState,
    *,
    recent: Sequence[int],
    has_validators: bool,
    schedule: Schedule,
    now: datetime,
) -> int:
    """Seconds to the next poll by the source's habit, ever longer where it has none.

    `recent`: the minutes at which its items came out, as `habit.remembered`. What the
    feed or its server wish for is no habit, and must not outlive the wish.
    """
    least = schedule.shortest_m * 60
    if not has_validators:
        least = max(least, UNCONDITIONAL_S)
    most = max(schedule.longest_m * 60, least)
    if recent:
        wanted = habit.wait_s(recent, now, least_s=least, most_s=most)
    elif state.ok_at is None:
        wanted = state.interval_s or schedule.first_m * 60
    else:
        wanted = GROW * (state.interval_s or schedule.first_m * 60)
    return round(min(max(wanted, least), most))


def next_poll(
    state: SourceState, wait_s: float, feed: Feed | None, now: datetime
) -> datetime:
    """The instant of the next poll: never before `wait_s`, and past the hours and days
    that the feed skips; without a feed, those it asked to skip when last read."""
    at = now + timedelta(seconds=round(wait_s * (1 + JITTER * _share(state))))
    asks = feed or state
    return _past_skipped(at, asks.skip_hours, asks.skip_days)


def asked_s(state: SourceState, feed: Feed | None) -> int:
    """Seconds that the feed itself asks us to wait, at most a day; without a feed, what
    it asked when last read."""
    return min((feed.ttl_s or 0) if feed else state.ttl_s, HINT_CAP_S)


def wished(reply: Reply, now: datetime, kept_s: int = 0) -> int:
    """Seconds that max-age (less Age) or Expires ask us to wait, at most a day.

    0 where they say nothing, or that the answer must be checked each time. RFC 9111.
    `kept_s`: the max-age of the answer that a 304 without one confirms (section 4.3.4).
    """
    directives = _directives(reply)
    if "no-store" in directives or "no-cache" in directives:
        return 0
    fresh_s = http_time.seconds(directives.get("max-age")) or 0
    if not directives:
        fresh_s = kept_s
    if fresh_s or "max-age" in directives:
        age = http_time.seconds(reply.header("age")) or 0
        return _capped(fresh_s - age, HINT_CAP_S)
    expires = http_time.instant(reply.header("expires"))
    if expires is None:
        return 0
    dated = http_time.instant(reply.header("date")) or now
    return _capped(int((expires - dated).total_seconds()), HINT_CAP_S)


def max_age_s(reply: Reply, kept_s: int = 0) -> int:
    """The max-age to keep after an answer, for a 304 that names none; 0: there is none.
    `kept_s`: what was kept before, of the answer that a 304 confirms."""
    directives = _directives(reply)
    if not directives:
        return kept_s
    if "no-store" in directives or "no-cache" in directives:
        return 0
    return _capped(http_time.seconds(directives.get("max-age")) or 0, HINT_CAP_S)


def retry_after(reply: Reply, now: datetime) -> int | None:
    """Seconds that Retry-After asks for, at most a week; None where it says nothing."""
    return http_time.until(reply.header("retry-after"), now, RETRY_CAP_S)


def after_trouble(failures: int, first_s: int = TROUBLE_S) -> int:
    """Seconds to wait after the nth failure in a row that may pass by itself."""
    if failures > DEAD_AFTER:
        return DEAD_S
    return min(first_s << min(failures - 1, 20), TROUBLE_CAP_S)


def after_refusal(failures: int) -> int:
    """Seconds to wait after the nth answer in a row that blames the request (4xx)."""
    return REFUSED_S[min(failures, len(REFUSED_S)) - 1]


def median_gap(instants: Iterable[datetime], now: datetime) -> float:
    """The median of the seconds between the last items; 0 where there is no telling."""
    known = sorted({at for at in instants if at <= now}, reverse=True)[:HABIT_ITEMS]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(known)]
    return median(gaps) if gaps else 0.0


def _share(state: SourceState) -> float:
    """0–1, the same for a source each time: spreads sources that start together."""
    return int(urls.identity(state.source.id)[:8], 16) / 0xFFFFFFFF


def _past_skipped(at: datetime, hours: Sequence[int], days: Sequence[str]) -> datetime:
    """The first instant from `at` on that lies in no hour or day to skip (GMT)."""
    for _ in range(7 * 24):
        utc = at.astimezone(UTC)
        if utc.hour not in hours and DAYS[utc.weekday()] not in days:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at  # it skips the whole week


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _directives(reply: Reply) -> dict[str, str]:
    """Those of Cache-Control, which may be spread over several headers."""
    values = [value for name, value in reply.headers if name == "cache-control"]
    parts = (
        part.strip().partition("=") for part in ",".join(values).lower().split(",")
    )
    return {
        name.strip(): argument.strip(' "')
        for name, _, argument in parts
        if name.strip()
    }


def _capped(seconds: int, most: int) -> int:
    return min(max(seconds, 0), most)
