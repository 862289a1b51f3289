"""`newsdesk add --dry-run`: what would come in from an address, before it is added."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk import config, embed, wiring
from newsdesk.cli import finding, source_health
from newsdesk.cli.finding import Found
from newsdesk.model.feed import SourceState
from newsdesk.model.site import Site
from newsdesk.stages import discover_preview
from newsdesk.stages.discover_preview import Preview
from newsdesk.stages.discover_ranking import Offered


def show(
    site_folder: Path,
    given: Sequence[str],
    now: datetime,
    *,
    topics: Sequence[str],
    as_json: bool,
) -> None:
    """Look at the given addresses and print what would come in. Exit code 1: nothing."""
    site = config.load(site_folder)
    unknown = frozenset[str]()  # what the site has already is looked at all the same
    looked = finding.look(site, given, now, known=unknown)
    states = _states(site)
    vectors = embed.found()
    previews = [
        [
            discover_preview.preview(
                one, site, now, topics=topics, known=states, vectors=vectors
            )
            for one in found.feeds
        ]
        for found in looked
    ]
    if as_json:
        rows = [_row(found, seen) for found, seen in zip(looked, previews, strict=True)]
        click.echo(json.dumps({"given": rows}, ensure_ascii=False))
    else:
        console = Console()
        for found, seen in zip(looked, previews, strict=True):
            _tell(console, found, seen, site, now)
    if not any(previews):
        raise click.exceptions.Exit(1)


def _states(site: Site) -> tuple[SourceState, ...]:
    """What is remembered of the site's sources; the store is not made for this."""
    if not site.state_folder.is_dir():
        return source_health.of_site(site, ())
    with wiring.look_up(site) as opened:
        return source_health.of_site(site, opened.store.sources())


def _row(found: Found, previews: Sequence[Preview]) -> dict[str, Any]:
    told = finding.resolved([found])
    problems = [*told.refused, *(told.notes if not found.feeds else ())]
    return {
        "given": found.given,
        "feeds": [_plain(dataclasses.asdict(preview)) for preview in previews],
        "problem": problems[0] if problems else None,
    }


def _plain(value: Any) -> Any:
    """Instants as text; the rest as JSON has it."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _tell(
    console: Console,
    found: Found,
    previews: Sequence[Preview],
    site: Site,
    now: datetime,
) -> None:
    if not previews:
        told = finding.resolved([found])
        for line in (*told.refused, *told.notes):
            console.print(escape(line), highlight=False, soft_wrap=True)
        if found.search is None:
            console.print(
                f"{escape(found.given)}: a file or a list; nothing to look at"
            )
        return
    best, *others = previews
    _tell_feed(console, best, site, now)
    _tell_others(console, found.feeds[1:], others)


def _tell_feed(console: Console, feed: Preview, site: Site, now: datetime) -> None:
    def say(label: str, text: str) -> None:
        console.print(f"  [dim]{label:<9}[/dim] {escape(text)}", highlight=False)

    console.print(f"[bold]{escape(feed.title or feed.url)}[/bold]", highlight=False)
    say("address", f"{feed.url} ({feed.found_by})")
    size = f"{feed.bytes / 1000:,.0f} kB"
    spoken = feed.language or "language unknown"
    say("form", f"{feed.format}, {feed.text}, {spoken}, {size}")
    say("rhythm", _rhythm(feed))
    fresh = feed.entry_count - feed.archived_count
    days = site.window.new_source_days
    say(
        "at once",
        f"{fresh} of {feed.entry_count} entries would come in; "
        f"{feed.archived_count} are older than {days} days and would be archived",
    )
    if site.topics:
        named = ", ".join(f"{topic} {count}" for topic, count in feed.topics) or "none"
        say(
            "topics", f"{named}; {feed.off_topic_count} off topic (by the feed's words)"
        )
    for fault in feed.faults:
        say("mind", fault)
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
    for entry in feed.newest:
        at = entry.at.strftime("%Y-%m-%d %H:%M") if entry.at else "no date"
        mark = "archived" if entry.is_archived else entry.topic or "–"
        table.add_row(at, mark, escape(entry.title))
    console.print(table)


def _rhythm(feed: Preview) -> str:
    if feed.newest_at is None or feed.age_h is None:
        return "unknown: no entry has a date"
    newest = f"the newest is {_span(feed.age_h)} old"
    if feed.gap_h is None or feed.per_week is None:
        return newest
    return f"{feed.per_week:g} a week, mostly {_span(feed.gap_h)} apart; {newest}"


def _span(hours: float) -> str:
    if hours < 2:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def _tell_others(
    console: Console, feeds: Sequence[Offered], previews: Sequence[Preview]
) -> None:
    for one, preview in zip(feeds, previews, strict=True):
        rest = f" ({preview.faults[0]})" if preview.faults else ""
        told = f"  also there: {finding.described(one)}{rest}"
        console.print(escape(told), highlight=False, soft_wrap=True)
