"""What to ask a source, and what its answers mean for next time.

A poll asks 'has it changed?' with the validators the server gave, and its outcome sets
when the source is asked again, how it is doing, and where it has moved. Whose turn it is
is for `stages.queueing`, how long waits are for `stages.waits`; asking is for a fetcher,
reading feeds for `stages.parse`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from newsdesk.model.feed import (
    Feed,
    Health,
    Hop,
    Refusal,
    Reply,
    Request,
    SourceState,
    Subscription,
    Validators,
)
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching, Schedule
from newsdesk.stages import habit, waits, websub, websub_leaving

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, "
    "application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.5"
)
NOT_MODIFIED = 304
PERMANENT = (301, 308)
BUSY = (429, 503)
BLOCKING = (401, 402, 403, 451)
BLOCKING_KINDS = ("challenge", "login", "robots")

# A permanent redirect is believed after this many sightings over this time: sites under
# repair redirect everything 'permanently' for an afternoon.
MOVES_SEEN = 3
MOVED_FOR = timedelta(hours=24)

# A source is quiet when it has been silent for this many of its usual gaps, and at least
# for these days.
QUIET_GAPS = 5
QUIET_DAYS = 14
QUIET_BLIND_DAYS = 30  # where 'not modified' leaves us without dates to tell a habit

MEANINGS = {
    400: "the server does not understand the request",
    401: "it asks for a login",
    402: "it asks for payment",
    403: "the server refuses us",
    404: "there is nothing at this address",
    410: "the server says it is gone for good",
    429: "the server says we ask too often",
    451: "it is withheld for legal reasons",
    503: "the server is overloaded or under repair",
}

NOT_ASKED = "told to wait"
"""The kind of failure of a request that was never made, for its domain's sake."""


def request(state: SourceState, fetching: Fetching) -> Request:
    """What to ask a source: its address, or where it has moved for good.

    robots.txt is for crawlers; a feed that a person subscribed to is asked regardless.
    """
    return Request(
        key=state.source.id,
        url=address(state),
        accept=ACCEPT,
        validators=state.validators,
        max_bytes=fetching.max_feed_bytes,
        obey_robots=False,
    )


def address(state: SourceState) -> str:
    """Where a source is asked: its address, or where it has moved for good."""
    moved = state.moved_to if has_moved(state) else None
    return moved or state.source.url


def has_moved(state: SourceState) -> bool:
    """Whether a permanent redirect has been seen often and long enough to follow it."""
    if not state.moved_to or state.moved_first_at is None or state.ok_at is None:
        return False
    lasting = state.ok_at - state.moved_first_at >= MOVED_FOR
    return lasting and state.moved_count >= MOVES_SEEN


def after_reply(
    state: SourceState,
    reply: Reply,
    feed: Feed | Refusal | None,
    new_entry_count: int,
    last_instants: Sequence[datetime],
    schedule: Schedule,
    now: datetime,
) -> SourceState:
    """The state after a server answered, whatever it answered.

    `feed`: what the body was read as, or why it was not; None where it was not tried
    (304 and errors). `last_instants`: when the source's last items were published.
    """
    if reply.is_delivered:
        return _delivered(state, feed, new_entry_count, last_instants, now)
    if reply.status == NOT_MODIFIED:
        return _answered(state, reply, None, 0, last_instants, schedule, now)
    if not 200 <= reply.status < 300:
        wall = feed if isinstance(feed, Refusal) else None
        return _turned_away(state, reply, wall, now)
    if isinstance(feed, Feed):
        instants = (*last_instants, *_dates(feed))
        return _answered(state, reply, feed, new_entry_count, instants, schedule, now)
    reason = feed.reason if feed else "the answer could not be read as a feed"
    return _failed(state, reply.status, reason, feed.kind if feed else "", now)


def after_failure(
    state: SourceState, failed: Failed, schedule: Schedule, now: datetime
) -> SourceState:
    """The state after no answer could be had: exponential waits, nothing forgotten. A
    source that was not asked, its domain having told us to wait, did not fail."""
    if failed.kind == NOT_ASKED:
        soon = waits.next_poll(state, schedule.shortest_m * 60, None, now)
        return replace(state, next_poll_at=soon)
    after = _failed(state, None, failed.reason, failed.kind, now)
    if not failed.is_final:
        return after
    # An address that cannot be asked at all: look again when it may have been mended.
    wait = max(schedule.longest_m * 60, waits.DAY_S)
    return replace(after, next_poll_at=waits.next_poll(state, wait, None, now))


def body_hash(reply: Reply) -> str:
    """Identity of a body, to tell a feed that did not change from one that did."""
    return hashlib.sha256(reply.body).hexdigest()


def _answered(
    state: SourceState,
    reply: Reply,
    feed: Feed | None,
    new_entry_count: int,
    instants: Sequence[datetime],
    schedule: Schedule,
    now: datetime,
) -> SourceState:
    """A feed, or 'not modified'."""
    recent = habit.remembered(state.recent, instants, new_entry_count, state.ok_at, now)
    interval_s = waits.interval(
        state,
        recent=recent,
        has_validators=_validators(state, reply) is not None,
        schedule=schedule,
        now=now,
    )
    kept_s = state.max_age_s if reply.status == NOT_MODIFIED else 0
    subscription = state.subscription
    if not reply.truncated:
        subscription = websub.noticed(subscription, reply, feed)
    wait = max(
        interval_s,
        waits.asked_s(state, feed),
        waits.wished(reply, now, kept_s),
        waits.retry_after(reply, now) or 0,
        _covered_s(subscription, now),
    )
    told = _told(state, feed) if feed else state
    after = replace(
        _watch_move(told, reply, now),
        next_poll_at=waits.next_poll(state, wait, feed, now),
        polled_at=now,
        ok_at=now,
        new_at=now if new_entry_count else state.new_at,
        failures=0,
        interval_s=interval_s,
        status=reply.status,
        validators=_validators(state, reply),
        body_hash=body_hash(reply) if _is_whole(reply) else state.body_hash,
        entries_seen=state.entries_seen + new_entry_count,
        recent=recent,
        subscription=subscription,
        leaving=websub_leaving.after_change(state, subscription),
        max_age_s=waits.max_age_s(reply, kept_s),
    )
    return _judge(after, feed, habit.instants(recent), now)


def _told(state: SourceState, feed: Feed) -> SourceState:
    """The state with what a feed says of itself."""
    return replace(
        state,
        title=feed.title or state.title,
        home_url=feed.home_url or state.home_url,
        logo=feed.logo or state.logo,
        ttl_s=feed.ttl_s or 0,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
    )


def _delivered(
    state: SourceState,
    feed: Feed | Refusal | None,
    new_entry_count: int,
    last_instants: Sequence[datetime],
    now: datetime,
) -> SourceState:
    """A hub sent items. It says nothing of the source's own server: what we know of
    that, and when we ask it, stays. What cannot be read is left to the next poll."""
    if not isinstance(feed, Feed) or not new_entry_count:
        return state
    instants = (*last_instants, *_dates(feed))
    last = max(filter(None, (state.ok_at, state.new_at)), default=None)
    return replace(
        state,
        new_at=now,
        entries_seen=state.entries_seen + new_entry_count,
        recent=habit.remembered(state.recent, instants, new_entry_count, last, now),
    )


def _covered_s(subscription: Subscription | None, now: datetime) -> float:
    """Seconds for which a hub saves us the asking: a day, or the rest of its lease."""
    if subscription is None or subscription.live_until is None:
        return 0.0
    left = (subscription.live_until - now).total_seconds()
    return min(max(left, 0.0), waits.DAY_S)


def _validators(state: SourceState, reply: Reply) -> Validators | None:
    """What to ask by next time: from a whole answer, or kept and refreshed by a 304."""
    if reply.truncated:
        return state.validators
    etag = _plain(reply.header("etag"))
    modified = _plain(reply.header("last-modified"))
    if reply.status == NOT_MODIFIED:
        before = state.validators
        return before and replace(
            before,
            etag=etag or before.etag,
            last_modified=modified or before.last_modified,
        )
    if etag is None and modified is None:
        return None
    return Validators(url=reply.final_url, etag=etag, last_modified=modified)


def _is_whole(reply: Reply) -> bool:
    return reply.status != NOT_MODIFIED and not reply.truncated


def _plain(value: str | None) -> str | None:
    """A validator that can be sent back byte for byte; others are better left out."""
    return value if value and value.isascii() and value.isprintable() else None


def _watch_move(state: SourceState, reply: Reply, now: datetime) -> SourceState:
    """Count sightings of a permanent redirect; forget it when it is no longer there."""
    lasting: list[Hop] = list(takewhile(lambda h: h.status in PERMANENT, reply.hops))
    if not lasting:
        if has_moved(state) and reply.url == state.moved_to:
            return state
        return replace(state, moved_to=None, moved_count=0, moved_first_at=None)
    target = lasting[-1].url
    if target == state.moved_to and not has_moved(state):
        return replace(state, moved_count=state.moved_count + 1)
    return replace(state, moved_to=target, moved_count=1, moved_first_at=now)


def _judge(
    state: SourceState, feed: Feed | None, instants: Sequence[datetime], now: datetime
) -> SourceState:
    """How a source that answered is doing."""
    if feed and feed.expired:
        gone = _in_health(state, Health.GONE, "the feed says that it has ended", now)
        return replace(gone, next_poll_at=None)
    if has_moved(state):
        reason = f"moved for good to {state.moved_to}; that address is asked now"
        return _in_health(state, Health.MOVED, reason, now)
    if _is_quiet(state, instants, now):
        return _in_health(state, Health.QUIET, "nothing new for long", now)
    return _in_health(state, Health.FRESH, None, now)


def _is_quiet(state: SourceState, instants: Sequence[datetime], now: datetime) -> bool:
    known = [at for at in (*instants, state.new_at) if at and at <= now]
    if not known:
        return state.entries_seen == 0
    silence = (now - max(known)).total_seconds()
    usual = QUIET_GAPS * waits.median_gap(instants, now)
    days = QUIET_DAYS if instants else QUIET_BLIND_DAYS
    return silence > max(usual, days * waits.DAY_S)


def _turned_away(
    state: SourceState, reply: Reply, wall: Refusal | None, now: datetime
) -> SourceState:
    """An answer that is no feed by its status; `wall`: what its page says it is."""
    meaning = MEANINGS.get(reply.status, "the server failed")
    if reply.status < 500:
        meaning = MEANINGS.get(reply.status, "the server turned the request down")
    reason = f"{wall.reason if wall else meaning} (status {reply.status})"
    after = _failed(state, reply.status, reason, wall.kind if wall else "", now)
    if reply.status == 410:
        gone = _in_health(after, Health.GONE, reason, now)
        return replace(gone, next_poll_at=None)
    wait: float = waits.after_trouble(after.failures)
    if reply.status in BUSY:
        wait = waits.after_trouble(after.failures, waits.BUSY_S)
    elif reply.status < 500:
        wait = waits.after_refusal(after.failures)
    asked = waits.retry_after(reply, now)
    if asked is not None:
        floor = waits.TROUBLE_S if reply.status in BUSY else wait
        wait = max(asked, floor)
    wait = max(wait, state.interval_s, waits.asked_s(state, None))
    return replace(after, next_poll_at=waits.next_poll(state, wait, None, now))


def _failed(
    state: SourceState, status: int | None, reason: str, kind: str, now: datetime
) -> SourceState:
    """No feed this time. Validators, entries and the address's history are kept."""
    failures = state.failures + 1
    wait = max(
        waits.after_trouble(failures), state.interval_s, waits.asked_s(state, None)
    )
    is_blocked = status in BLOCKING or kind in BLOCKING_KINDS
    after = replace(
        state,
        next_poll_at=waits.next_poll(state, wait, None, now),
        polled_at=now,
        failures=failures,
        status=status,
    )
    if has_moved(state) and failures >= MOVES_SEEN:
        # The new address does not answer after all: ask the one in the site's folder.
        after = replace(after, moved_to=None, moved_count=0, moved_first_at=None)
    health = Health.BLOCKED if is_blocked else Health.FAILING
    return _in_health(after, health, reason, now)


def _in_health(
    state: SourceState, health: Health, reason: str | None, now: datetime
) -> SourceState:
    since = state.since_at if state.health is health else now
    return replace(state, health=health, reason=reason, since_at=since or now)


def _dates(feed: Feed) -> tuple[datetime, ...]:
    return tuple(item.published_at for item in feed.entries if item.published_at)
