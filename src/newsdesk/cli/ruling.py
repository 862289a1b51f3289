"""`newsdesk rules diff`: what other rules would have made of the last weeks' news, before
they go live."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk import config, wiring
from newsdesk.cli import options
from newsdesk.config import rules_file
from newsdesk.model.preview import FrontChange, Move, Outcome, Preview, Side
from newsdesk.model.receipt import RuleSet
from newsdesk.model.site import Site
from newsdesk.stages import rule_preview, rule_sets

SHOWN = 20
"""Stories of a kind that are told to a person; `--json` tells all."""
_UNITS = {"h": 1, "d": 24, "w": 168}


class Since(options.Instant):
    """An instant, or a time before the newest news: `30d`, `12h`, `2w`."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """A span of time, or an instant in UTC."""
        found = re.fullmatch(r"(\d{1,5})([hdw])", str(value).strip())
        if found:
            return timedelta(hours=int(found[1]) * _UNITS[found[2]])
        if isinstance(value, timedelta):
            return value
        return super().convert(value, param, ctx)


@click.group()
def rules() -> None:
    """Try rules out before they go live."""


@rules.command()
@click.option(
    "--since",
    type=Since(),
    default="30d",
    show_default=True,
    help="How far back from the newest news, or since which instant.",
)
@click.option(
    "--rules",
    "other",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Rules to try, [rules] of another site.toml; else those of site.toml are held "
    "against the last run's.",
)
@click.option("--now", type=options.Instant(), help="Take this instant for now.")
@options.site
@options.as_json
def diff(
    since: timedelta | datetime,
    other: Path | None,
    now: datetime | None,
    site_folder: Path,
    as_json: bool,
) -> None:
    """What changed rules would have published, dropped and put elsewhere."""
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        until = opened.archive.newest_news()
        if until is None:
            raise click.ClickException("there is no story yet; newsdesk run makes some")
        first = until - since if isinstance(since, timedelta) else since
        before, after, names = _sides(opened.archive.rule_sets(), site, other)
        found = rule_preview.preview(
            opened.archive.judged_since(first),
            before,
            after,
            site,
            since=first,
            until=until,
            now=now or wiring.utc_now(),
        )
    if as_json:
        click.echo(json.dumps(_document(found, names), ensure_ascii=False))
        return
    _tell(Console(), found, names)


def _sides(
    kept: Sequence[RuleSet], site: Site, other: Path | None
) -> tuple[RuleSet, RuleSet, tuple[str, str]]:
    """The rules before and after, and what each are called."""
    now = rule_sets.of(site)
    if other is not None:
        tried = rule_sets.of(rules_file.with_rules(site, other))
        return now, tried, ("site.toml", str(other))
    if not kept:
        raise click.ClickException(
            "no run has judged by any rules yet; run once, or give --rules FILE"
        )
    # Topics come and go without the owner's having touched a rule.
    last = replace(kept[0], has_topics=now.has_topics)
    return last, now, ("the last run", "site.toml")


def _tell(console: Console, found: Preview, names: tuple[str, str]) -> None:
    old, new = names
    console.print(f"{escape(new)} against {escape(old)}, {found.stories} stories from "
                  f"{_when(found.since)} to {_when(found.until)}",
                  highlight=False, soft_wrap=True)  # fmt: skip
    for name, before, after in found.options:
        told = f"rules.{name}: {before or 'none'} → {after or 'none'}"
        console.print(escape(told), highlight=False, soft_wrap=True)
    if not found.options:
        console.print("The rules are the same; nothing would change.")
        return
    console.print(
        f"{len(found.published)} more published, {len(found.dropped)} dropped, "
        f"{found.both} published as before ({len(found.led_otherwise)} under another "
        f"lead), {found.neither} published by neither",
        highlight=False,
    )
    reasons = _by_rule(found.dropped)
    if reasons:
        told = ", ".join(f"{rule} {count}" for rule, count in reasons.items())
        console.print(f"Dropped by: {escape(told)}", highlight=False)
    _tell_outcomes(console, "More published", found.published)
    _tell_outcomes(console, "Dropped", found.dropped)
    _tell_outcomes(console, "Under another lead", found.led_otherwise)
    _tell_fronts(console, found)


def _by_rule(dropped: Sequence[Outcome]) -> dict[str, int]:
    """How many stories each rule drops, the most first."""
    counts = Counter(one.after.verdict.rule for one in dropped)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _tell_outcomes(console: Console, title: str, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    table = Table(
        "quality", "outlet", "headline", "before", "after",
        title=title, title_justify="left",
    )  # fmt: skip
    for one in outcomes[:SHOWN]:
        cells = (
            str(one.after.quality or one.before.quality),
            one.provider,
            one.title,
            one.before.verdict.reason,
            one.after.verdict.reason,
        )
        table.add_row(*map(escape, cells))
    console.print(table)
    if len(outcomes) > SHOWN:
        console.print(f"… and {len(outcomes) - SHOWN} more; --json tells all.")


def _tell_fronts(console: Console, found: Preview) -> None:
    console.print(
        f"{len(found.fronts)} of {found.days} front pages, a day apart, would differ."
    )
    if not found.fronts:
        return
    table = Table("front page of", "enter", "leave", "move", "stay")
    for one in found.fronts[:SHOWN]:
        counts = (len(one.entered), len(one.left), len(one.moved), one.stayed)
        table.add_row(_when(one.at), *map(str, counts))
    console.print(table)
    _tell_moves(console, found.fronts[0])


def _tell_moves(console: Console, one: FrontChange) -> None:
    table = Table(
        "before", "after", "headline", title=_when(one.at), title_justify="left"
    )
    moves = (*one.entered, *one.left, *one.moved)
    for move in moves[:SHOWN]:
        cells = (str(move.before or "–"), str(move.after or "–"), move.title)
        table.add_row(*map(escape, cells))
    console.print(table)
    if len(moves) > SHOWN:
        console.print(f"… and {len(moves) - SHOWN} more; --json tells all.")


def _document(found: Preview, names: tuple[str, str]) -> dict[str, object]:
    return {
        "before": names[0],
        "after": names[1],
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "stories": found.stories,
        "options": [
            {"option": f"rules.{name}", "before": before, "after": after}
            for name, before, after in found.options
        ],
        "counts": {
            "published": len(found.published),
            "dropped": len(found.dropped),
            "led_otherwise": len(found.led_otherwise),
            "both": found.both,
            "neither": found.neither,
            "dropped_by": _by_rule(found.dropped),
            "fronts": found.days,
            "fronts_changed": len(found.fronts),
        },
        "published": _each(_outcome, found.published),
        "dropped": _each(_outcome, found.dropped),
        "led_otherwise": _each(_outcome, found.led_otherwise),
        "fronts": [
            {
                "at": one.at.isoformat(),
                "entered": _each(_move, one.entered),
                "left": _each(_move, one.left),
                "moved": _each(_move, one.moved),
                "stayed": one.stayed,
            }
            for one in found.fronts
        ],
    }


def _each(row: Callable[[Any], dict[str, object]], of: Sequence[Any]) -> list[object]:
    return [row(one) for one in of]


def _outcome(one: Outcome) -> dict[str, object]:
    return {
        "story": one.story,
        "title": one.title,
        "provider": one.provider,
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(side: Side) -> dict[str, object]:
    return {
        "published": side.verdict.is_published,
        "rule": side.verdict.rule,
        "reason": side.verdict.reason,
        "threshold": side.verdict.threshold,
        "quality": side.quality,
        "heat": side.heat,
        "lead": side.lead or None,
    }


def _move(one: Move) -> dict[str, object]:
    return {
        "story": one.story,
        "title": one.title,
        "before": one.before,
        "after": one.after,
    }


def _when(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
