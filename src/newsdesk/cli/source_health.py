"""The part of `newsdesk status` that is about sources: worst first, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from newsdesk.cli import hubs
from newsdesk.model.feed import Health, SourceId, SourceState
from newsdesk.model.site import Site
from newsdesk.stages import habit, health, versions
from newsdesk.stages.health import Assessment

MOST_SHOWN = 40
"""Sources told of on a screen; JSON has all."""
REWRITES = "rewrites all it lists; changes are not kept"

Assessed = tuple[SourceState, Assessment]


def assessed(states: Sequence[SourceState], now: datetime) -> list[Assessed]:
    """Every source and how it is doing at `now`, worst first."""
    by_id: dict[SourceId, SourceState] = {s.source.id: s for s in states}
    found = [
        health.assess(state, habit.instants(state.recent), now)
        for state in by_id.values()
    ]
    return [(by_id[one.source_id], one) for one in health.worst_first(found)]


def of_site(site: Site, kept: Sequence[SourceState]) -> tuple[SourceState, ...]:
    """The sources that stand in the site folder now, with what is remembered of them:
    one that was just written down is there, though no run has seen it yet."""
    known = {state.source.id: state for state in kept}
    return tuple(
        replace(known.get(source.id, SourceState(source=source)), source=source)
        for source in site.sources
    )


def headline(sources: Sequence[Assessed]) -> str:
    """How many sources are doing how, most first."""
    names = Counter(
        "silent" if one.is_silent else str(one.health) for _, one in sources
    )
    told = ", ".join(f"{count} {name}" for name, count in names.most_common())
    return f"{len(sources)} sources" + (f", {told}" if told else "")


def tell(console: Console, sources: Sequence[Assessed]) -> None:
    """The sources that need a look, worst first, each with why and what to do."""
    ailing = [pair for pair in sources if _is_ailing(*pair)]
    if not ailing:
        return
    console.print("[italic]Sources that need a look[/italic]")
    for state, one in ailing[:MOST_SHOWN]:
        _tell(console, state, one)
    if len(ailing) > MOST_SHOWN:
        console.print(f"… and {len(ailing) - MOST_SHOWN} more; --json lists all.")


def row(state: SourceState, one: Assessment, now: datetime) -> dict[str, object]:
    """One source for machines."""
    return {
        "id": state.source.id,
        "url": state.source.url,
        "title": state.source.title or state.title,
        "health": str(one.health),
        "since": _iso(one.since_at),
        "reason": one.says,
        "todo": one.todo,
        "silent": one.is_silent,
        "block": str(one.block) if one.block else None,
        "moved_to": one.new_url,
        "change": list(one.change),
        "asked": _iso(state.polled_at),
        "answered": _iso(state.ok_at),
        "last_new": _iso(state.new_at),
        "next": _iso(one.next_at),
        "status": state.status,
        "failures": state.failures,
        "entries": state.entries_seen,
        "rewrites": versions.rewrites_always(state),
        "hub": hubs.row(state, now),
    }


def _is_ailing(state: SourceState, one: Assessment) -> bool:
    """Quiet sources are counted, not listed: there are many, and nothing is wrong."""
    is_telling = one.says is not None and one.health is not Health.QUIET
    return one.todo is not None or is_telling or versions.rewrites_always(state)


def _tell(console: Console, state: SourceState, one: Assessment) -> None:
    """Addresses are never broken over lines, so that they can be copied."""
    name = "silent" if one.is_silent else str(one.health)
    if one.block:
        name += f" ({one.block})"
    since = f" since {_day(one.since_at)}" if one.since_at else ""
    tried = f", next try {_minute(one.next_at)}" if one.next_at else ""
    if one.health is Health.GONE:
        tried = ", not asked any more"
    why = one.says or (REWRITES if versions.rewrites_always(state) else "")
    lines = [f"[bold]{name}[/bold]{since}{tried}: {escape(state.source.url)}"]
    lines += [f"    {escape(why)}"] if why else []
    lines += [f"    → {escape(one.todo)}"] if one.todo else []
    for line in lines:
        console.print(line, highlight=False, soft_wrap=True)


def _day(at: datetime) -> str:
    return at.strftime("%Y-%m-%d")


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
