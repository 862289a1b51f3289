"""Which sources are asked in this round, and which wait for their domain's turn.

All feeds of a registrable domain share one budget of requests, since the limits of large
hosts do. What is asked, and what answers mean for next time, is for `stages.schedule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from newsdesk.model.feed import Health, SourceKind, SourceState
from newsdesk.stages import schedule
from newsdesk.text import urls

# Most requests to one domain in a round, and in an hour: what Reddit bears, which answers
# about one a minute. With the gap between two requests a round of sixty takes a minute.
A_DOMAIN = 60
TOO_OFTEN = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The feeds whose time has come."""

    due: tuple[SourceState, ...]
    """To be asked now, those that waited longest first."""
    put_off: tuple[SourceState, ...] = ()
    """Their domain has had its share, or told us to slow down; they keep their place."""


def sorted_out(states: Sequence[SourceState], now: datetime) -> Round:
    """The feeds to ask now, and those that have to wait for their domain's sake.

    A domain may get one request a minute since it was last asked, `A_DOMAIN` at most.
    One told to slow down (429) makes its siblings wait. A private host has neither.
    """
    slowed = {
        _domain(state)
        for state in states
        if state.status == TOO_OFTEN and state.next_poll_at and state.next_poll_at > now
    }
    budgets = _budgets(states, now)
    chosen: list[SourceState] = []
    put_off: list[SourceState] = []
    ready = (state for state in states if _is_due(state, now))
    for state in sorted(ready, key=_waited_longest):
        domain = _domain(state)
        if domain is None:
            chosen.append(state)
        elif domain in slowed or not budgets[domain]:
            put_off.append(state)
        else:
            budgets[domain] -= 1
            chosen.append(state)
    return Round(due=tuple(chosen), put_off=tuple(put_off))


def due(states: Sequence[SourceState], now: datetime) -> tuple[SourceState, ...]:
    """The feeds to ask now, those that waited longest first."""
    return sorted_out(states, now).due


def _is_due(state: SourceState, now: datetime) -> bool:
    if state.source.kind is not SourceKind.FEED or state.health is Health.GONE:
        return False
    return state.next_poll_at is None or state.next_poll_at <= now


def _budgets(states: Sequence[SourceState], now: datetime) -> dict[str, int]:
    """How many requests each domain may get now."""
    budgets: dict[str, int] = {}
    for state in states:
        domain = _domain(state)
        if domain is None:
            continue
        earned = A_DOMAIN
        if state.polled_at is not None:
            earned = max(
                min((now - state.polled_at) // timedelta(minutes=1), earned), 0
            )
        budgets[domain] = min(budgets.get(domain, A_DOMAIN), earned)
    return budgets


def _waited_longest(state: SourceState) -> tuple[bool, float, str]:
    at = state.next_poll_at
    return (at is not None, at.timestamp() if at else 0.0, state.source.id)


def _domain(state: SourceState) -> str | None:
    """What one request budget covers; None for a private host: only itself."""
    return _public_domain(schedule.address(state))


@lru_cache(maxsize=50_000)
def _public_domain(url: str) -> str | None:
    domain = urls.registrable(url)
    return domain if domain and urls.is_public(domain) else None
