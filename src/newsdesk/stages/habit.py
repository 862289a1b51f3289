"""When a source publishes, as far as we saw, and when it is worth asking again.

What is remembered are the minutes at which its last items came out. From them follows
how much waiting a poll would end: the next poll is made when the items expected by then
have probably waited `PATIENCE_S` together. What hosts wish for is for `stages.waits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

# Tuned with benchmarks/quality/polling.py; more patience means fewer requests.
PATIENCE_S = 7 * 60
MEMORY = 200  # items: about three days of a large newsroom, years of a blog
ONE_BURST_M = 5  # minutes within which items count as one
# The gaps seen are weighed against this many that nobody saw, of every length alike: a
# habit of few gaps is not to be relied on, and even a sure one is broken at times.
UNSEEN_GAPS = 5
NEAR_S = 30.0  # exact enough
# A longer gap is a wrong date, or as good as one.
LONGEST_GAP_S = 365 * 86_400.0
HOUR_S = 3_600.0  # the usual gap where there is none
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def remembered(
    memory: Sequence[int],
    instants: Iterable[datetime],
    new_count: int,
    ok_at: datetime | None,
    now: datetime,
) -> tuple[int, ...]:
    """The minutes since 1970 at which the last items came out, newest first.

    `memory` is what was remembered before, `instants` the dates that the feed gives,
    `ok_at` the last good poll. An item that is new to us but dated before that poll, or
    not at all, came out since, whatever it says: these are spread over the time between.
    """
    known = set(memory)
    dates = {at for at in instants if at <= now}
    if ok_at is None or not memory:
        known.update(_minute(at) for at in dates)
    if ok_at is not None and new_count:
        since = {at for at in dates if at > ok_at}
        known.update(_minute(at) for at in since)
        rest = new_count - len(since)
        step = (now - ok_at) / max(rest, 1)
        shown = min(rest, MEMORY)
        known.update(_minute(now - step * (place + 0.5)) for place in range(shown))
    return _apart(known)


def wait_s(
    memory: Sequence[int], now: datetime, *, least_s: float, most_s: float
) -> float:
    """Seconds until it is worth asking again, between the two bounds.

    The gaps between items that were longer than the present silence say when the next
    one may come; after it, more follow at the usual rate.
    """
    idle = max((now - (EPOCH + memory[0] * MINUTE)).total_seconds(), 0.0)
    gaps = [
        min((later - earlier) * 60.0, LONGEST_GAP_S)
        for later, earlier in pairwise(memory)
    ]
    # Without the longest: one wrong date, or one long pause, is no habit.
    usual = (sum(sorted(gaps)[:-1]) + idle) / max(len(gaps), 1) or HOUR_S
    ahead = sorted(gap - idle for gap in gaps if gap > idle)
    low, high = least_s, most_s
    if _waited(low, ahead, idle, usual) >= PATIENCE_S:
        return low
    while high - low > NEAR_S:
        middle = (low + high) / 2
        if _waited(middle, ahead, idle, usual) < PATIENCE_S:
            low = middle
        else:
            high = middle
    return high


def instants(memory: Sequence[int]) -> tuple[datetime, ...]:
    """What is remembered as instants, newest first."""
    return tuple(EPOCH + minute * MINUTE for minute in memory)


def _waited(after: float, ahead: Sequence[float], idle: float, usual: float) -> float:
    """Seconds that items out by then are expected to have waited together.

    Where the next item comes x seconds before, it has waited x, and those that follow
    it at one every `usual` seconds x² / 2 `usual`; likewise for the gaps nobody saw.
    """
    total = UNSEEN_GAPS * after * after / (2 * (idle + usual))
    for gap in ahead:
        if gap >= after:
            break
        left = after - gap
        total += left + left * left / (2 * usual)
    return total / (len(ahead) + UNSEEN_GAPS)


def _apart(minutes: Iterable[int]) -> tuple[int, ...]:
    """Newest first, a burst by its last item, as many as are remembered."""
    kept: list[int] = []
    for minute in sorted(minutes, reverse=True):
        if not kept or kept[-1] - minute >= ONE_BURST_M:
            kept.append(minute)
    return tuple(kept[:MEMORY])


def _minute(at: datetime) -> int:
    return (at - EPOCH) // MINUTE
