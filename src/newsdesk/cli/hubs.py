"""The part of `newsdesk status` that is about WebSub: which hubs deliver, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.model.feed import SourceState, Subscription
from newsdesk.stages import websub


def row(state: SourceState, now: datetime) -> dict[str, object] | None:
    """A source's subscription for machines; None: it announces no hub."""
    one = state.subscription
    if one is None:
        return None
    return {
        "url": one.hub,
        "topic": one.topic,
        "state": websub.standing(one, now),
        "lease_ends": _iso(one.live_until),
        "next_request": _iso(one.next_ask_at),
        "reason": one.note,
    }


def ending(state: SourceState) -> list[dict[str, object]]:
    """A source's subscriptions that are being ended, for machines."""
    return [
        {"url": one.hub, "topic": one.topic, "lease_ends": _iso(one.live_until)}
        for one in state.leaving
    ]


def tell(console: Console, states: Sequence[SourceState], now: datetime) -> None:
    """Hubs and how subscriptions stand there; nothing where none was ever asked for."""
    rows = sorted(
        (one.hub, websub.standing(one, now), _lease(one), one.note or "")
        for state in states
        if (one := state.subscription)
    )
    leaving = sorted(
        (one.hub, "ending", _lease(one), "")
        for state in states
        for one in state.leaving
    )
    if not leaving and all(row[1] == "announced" for row in rows):
        return
    table = Table(
        *("hub", "state", "how many", "lease ends", "why"),
        title="WebSub subscriptions",
        title_justify="left",
    )
    for (hub, standing), found in groupby(
        sorted((*rows, *leaving)), key=lambda row: row[:2]
    ):
        group = list(found)
        why = next((note for *_, note in group if note), "")
        first = min(lease for _, _, lease, _ in group)
        table.add_row(escape(hub), standing, str(len(group)), first or "–", escape(why))
    console.print(table)


def _lease(one: Subscription) -> str:
    """The end of the lease for a person; empty: there is none."""
    return one.live_until.strftime("%Y-%m-%d %H:%M") if one.live_until else ""


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
