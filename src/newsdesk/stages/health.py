"""How a source is doing as of now, since when, and what a person can do about it.

Polls leave a state behind; here it is read once more at the instant of asking, since a
source that answers and brings nothing grows worse with every hour without a poll that
says so. What polls do to states is `stages.schedule`'s.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from newsdesk.model.feed import Health, SourceId, SourceKind, SourceState
from newsdesk.stages import schedule
from newsdesk.text import urls

# Silent zero: a source that answers, but has been silent for so many times the longest
# of its usual gaps (all but one in twenty are shorter), for so many times the longest
# but one of all (which knows of weekends), and for at least these days.
SILENT_TIMES = 5
SILENT_SHARE = 0.95
SILENT_TIMES_LONGEST = 1.5
SILENT_LEAST = timedelta(days=3)
LEAST_GAPS = 8
"""Gaps that make a habit; with fewer, silence says nothing."""
LONG_FAILING = timedelta(days=7)
"""From here on a failure does not look like one that passes."""
DAY = timedelta(days=1)

_BOT_WALL = re.compile(r"bot check|captcha|challenge|bot wall", re.I)
_LOGIN = re.compile(r"log ?in|sign ?in|password", re.I)


class Block(StrEnum):
    """What keeps us out."""

    BOT_WALL = "bot wall"
    LOGIN = "login"
    PAYWALL = "paywall"
    LAW = "law"
    ROBOTS = "robots.txt"
    REFUSAL = "refusal"
    """The server says no and not why; mostly to programs, or to the network we are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How one source is doing."""

    source_id: SourceId
    health: Health
    since_at: datetime | None
    next_at: datetime | None
    """When it is asked again; None: at the next run, or, where it is gone, never."""
    says: str | None = None
    """What is the matter, for a person; None: nothing is."""
    todo: str | None = None
    """What a person can do about it; None: nothing need be done."""
    is_silent: bool = False
    """It answers, but has brought nothing new for far longer than its habit."""
    block: Block | None = None
    """What keeps us out, where it is blocked."""
    new_url: str | None = None
    """Where it has moved for good."""
    change: tuple[str, ...] = ()
    """The lines for sources.toml that take the place of its `url`, where it moved."""


def assess(
    state: SourceState, instants: Sequence[datetime], now: datetime
) -> Assessment:
    """How a source is doing at `now`.

    `instants`: when its entries came out, as far as is known, in any order. A source
    that is not asked (a list, a push source) is as its state says.
    """
    if state.source.kind is not SourceKind.FEED:
        return _plain(state, state.health)
    if state.health is Health.GONE:
        return _gone(state)
    if state.health is Health.BLOCKED:
        return _blocked(state)
    if state.health is Health.FAILING:
        return _failing(state, now)
    if state.health is Health.NEW:
        return _plain(state, Health.NEW)
    if _has_moved_away(state):
        return _moved(state)
    return _answering(state, instants, now)


def worst_first(assessed: Iterable[Assessment]) -> list[Assessment]:
    """In the order in which a person should look at them; the longest-standing first."""
    return sorted(assessed, key=_urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How long a source has been silent, against its habit."""

    lasting: timedelta
    usual: timedelta
    """All but one in twenty of its gaps are shorter."""
    most: timedelta
    """From here on it is no habit any more."""


def silence(instants: Iterable[datetime], now: datetime) -> Silence | None:
    """The silence of a source; None where too little is known of its habit.

    Entries that came out at one instant count once: a first poll brings many.
    """
    known = sorted({at for at in instants if at <= now})
    gaps = sorted(later - earlier for earlier, later in pairwise(known))
    if len(gaps) < LEAST_GAPS:
        return None
    usual = gaps[min(int(SILENT_SHARE * len(gaps)), len(gaps) - 1)]
    longest = gaps[-2]  # the longest may be a wrong date, or a post pinned for years
    most = max(SILENT_TIMES * usual, SILENT_TIMES_LONGEST * longest, SILENT_LEAST)
    return Silence(lasting=now - known[-1], usual=usual, most=most)


def _plain(state: SourceState, health: Health) -> Assessment:
    return Assessment(
        source_id=state.source.id,
        health=health,
        since_at=state.since_at,
        next_at=state.next_poll_at,
        says=state.reason,
    )


def _gone(state: SourceState) -> Assessment:
    return Assessment(
        source_id=state.source.id,
        health=Health.GONE,
        since_at=state.since_at,
        next_at=None,
        says=state.reason,
        todo=f"it is not asked any more; {_elsewhere(state)}, or take it out of "
        "sources.toml",
    )


def _blocked(state: SourceState) -> Assessment:
    block = _block(state)
    return Assessment(
        source_id=state.source.id,
        health=Health.BLOCKED,
        since_at=state.since_at,
        next_at=state.next_poll_at,
        says=state.reason,
        todo=_BLOCK_ADVICE[block],
        block=block,
    )


def _block(state: SourceState) -> Block:
    reason = state.reason or ""
    if _BOT_WALL.search(reason):
        return Block.BOT_WALL
    if "robots.txt" in reason:
        return Block.ROBOTS
    known = {401: Block.LOGIN, 402: Block.PAYWALL, 451: Block.LAW}
    if state.status in known:
        return known[state.status]
    return Block.LOGIN if _LOGIN.search(reason) else Block.REFUSAL


_BLOCK_ADVICE = {
    Block.BOT_WALL: "ask the publisher to let feed readers through; a contact under "
    "[fetching] in site.toml helps them to tell you from others",
    Block.LOGIN: "newsdesk never logs in; look for a public feed of the same news",
    Block.PAYWALL: "newsdesk never pays; look for a public feed of the same news",
    Block.LAW: "it is withheld where you are; take it out of sources.toml",
    Block.ROBOTS: "robots.txt asks us to stay away; take it out of sources.toml",
    Block.REFUSAL: "open it in a browser: if it shows, programs are turned away; ask "
    "the publisher, or look for another of its feeds",
}


def _failing(state: SourceState, now: datetime) -> Assessment:
    is_long = state.since_at is not None and now - state.since_at >= LONG_FAILING
    is_lost = state.status == 404
    todo = f"{_elsewhere(state)}, or take it out of sources.toml"
    return Assessment(
        source_id=state.source.id,
        health=Health.FAILING,
        since_at=state.since_at,
        next_at=state.next_poll_at,
        says=state.reason,
        todo=todo if is_long or is_lost else "nothing yet: it is tried again by itself",
    )


def _elsewhere(state: SourceState) -> str:
    home = state.home_url or urls.absolute(state.source.url, "/") or state.source.url
    return f"look for its feed anew: newsdesk add --dry-run {home}"


def _has_moved_away(state: SourceState) -> bool:
    """Whether it has moved for good, and sources.toml still has the old address."""
    if not state.moved_to or not schedule.has_moved(state):
        return False
    return urls.canonical(state.moved_to) != urls.canonical(state.source.url)


def _moved(state: SourceState) -> Assessment:
    new = state.moved_to or ""
    change = (
        f"url = {_quoted(new)}",
        f"was = {_quoted(state.source.was or state.source.url)}",
    )
    return Assessment(
        source_id=state.source.id,
        health=Health.MOVED,
        since_at=state.moved_first_at or state.since_at,
        next_at=state.next_poll_at,
        says=f"moved for good to {new}, which is asked now; its history goes on",
        todo=f"in sources.toml, in place of url = {_quoted(state.source.url)}, write "
        + " and ".join(change),
        new_url=new,
        change=change,
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _answering(
    state: SourceState, instants: Sequence[datetime], now: datetime
) -> Assessment:
    """A source that answers with a feed, or with 'not modified'."""
    newest = max((at for at in instants if at <= now), default=state.new_at)
    silent = silence(instants, now)
    if silent and newest and now - newest > silent.most:
        says = (
            f"answers, but brought nothing new for {_span(now - newest)}; it was rarely "
            f"silent for longer than {_span(silent.usual)}"
        )
        return _silent(state, newest, says)
    is_empty = state.entries_seen == 0 and newest is None and state.since_at is not None
    if is_empty and state.since_at and now - state.since_at >= SILENT_LEAST:
        return _silent(state, state.since_at, "answers, but never listed anything")
    if state.health is Health.QUIET:
        since = newest or state.since_at
        says = f"nothing new since {since:%Y-%m-%d}" if since else "nothing new so far"
        return Assessment(
            source_id=state.source.id,
            health=Health.QUIET,
            since_at=since,
            next_at=state.next_poll_at,
            says=says,
        )
    return Assessment(
        source_id=state.source.id,
        health=Health.FRESH,
        since_at=state.since_at,
        next_at=state.next_poll_at,
        says=_moving(state),
    )


def _silent(state: SourceState, since: datetime, says: str) -> Assessment:
    return Assessment(
        source_id=state.source.id,
        health=Health.QUIET,
        since_at=since,
        next_at=state.next_poll_at,
        says=says,
        todo=f"the feed may be frozen or left behind; {_elsewhere(state)}",
        is_silent=True,
    )


def _moving(state: SourceState) -> str | None:
    """A redirect that says it is for good, and is not believed yet."""
    if not state.moved_to or schedule.has_moved(state):
        return None
    return f"redirects to {state.moved_to}; believed when it lasts"


def _span(lasting: timedelta) -> str:
    hours = lasting / timedelta(hours=1)
    if hours < 1:
        return f"{max(hours * 60, 1):.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{lasting / DAY:.0f} days"


_ORDER = (
    Health.GONE,
    Health.BLOCKED,
    Health.FAILING,
    Health.MOVED,
    Health.QUIET,
    Health.NEW,
    Health.FRESH,
)
_SILENT_PLACE = _ORDER.index(Health.MOVED) - 0.5
"""A silent source is worse than a moved one, which takes care of itself."""


def _urgency(one: Assessment) -> tuple[float, bool, float, str]:
    place: float = _SILENT_PLACE if one.is_silent else _ORDER.index(one.health)
    since = one.since_at.timestamp() if one.since_at else 0.0
    return (place, one.todo is None, since, one.source_id)
