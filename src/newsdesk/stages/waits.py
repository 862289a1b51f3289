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
    ttl_s: int,
    schedule: Schedule,
    now: datetime,
) -> int:
    """Seconds to the next poll by the source's habit, ever longer where it has none.

    `recent`: the minutes at which its items came out, as `habit.remembered`. `ttl_s`:
    what the feed itself asks for, 0 for nothing.
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
    bounded = min(max(wanted, least), most)
    return round(max(bounded, min(ttl_s, HINT_CAP_S)))


def next_poll(
    state: SourceState, wait_s: float, feed: Feed | None, now: datetime
) -> datetime:
    """The instant of the next poll: never before `wait_s`, and past hours to skip."""
    at = now + timedelta(seconds=round(wait_s * (1 + JITTER * _share(state))))
    return _past_skipped(at, feed) if feed else at


def wished(reply: Reply, now: datetime) -> int:
    """Seconds that max-age (less Age) or Expires ask us to wait, at most a day.

    0 where they say nothing, or that the answer must be checked each time. RFC 9111.
    """
    directives = _directives(reply.header("cache-control") or "")
    if "no-store" in directives or "no-cache" in directives:
        return 0
    if "max-age" in directives:
        age = http_time.seconds(reply.header("age")) or 0
        return _capped(
            (http_time.seconds(directives["max-age"]) or 0) - age, HINT_CAP_S
        )
    expires = http_time.instant(reply.header("expires"))
    if expires is None:
        return 0
    dated = http_time.instant(reply.header("date")) or now
    return _capped(int((expires - dated).total_seconds()), HINT_CAP_S)


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


def _past_skipped(at: datetime, feed: Feed) -> datetime:
    """The first instant from `at` on that lies in no hour or day the feed skips (GMT)."""
    for _ in range(7 * 24):
        if not _is_skipped(at, feed):
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at  # it skips the whole week


def _is_skipped(at: datetime, feed: Feed) -> bool:
    utc = at.astimezone(UTC)
    return utc.hour in feed.skip_hours or DAYS[utc.weekday()] in feed.skip_days


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _directives(value: str) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in value.lower().split(","))
    return {name.strip(): argument.strip(' "') for name, _, argument in parts}


def _capped(seconds: int, most: int) -> int:
    return min(max(seconds, 0), most)
