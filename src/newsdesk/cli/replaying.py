"""`newsdesk replay`: past front pages, rebuilt from the store as they were written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk import config, wiring
from newsdesk.cli import options
from newsdesk.deliver.files import FolderSink
from newsdesk.model.edition import KeptEdition, Shelf
from newsdesk.model.site import Site
from newsdesk.render import front_files

_DAYS = {"today": 0, "yesterday": 1}
_DAY_AND_TIME = re.compile(r"(today|yesterday)(?: +(\d{1,2}):(\d\d))?")


class Moment(options.Instant):
    """An instant, or a time of today or yesterday, in UTC."""

    name = "moment"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The instant in UTC."""
        text = str(value).strip().lower()
        if text == "now":
            return wiring.utc_now()
        found = _DAY_AND_TIME.fullmatch(text)
        if not found:
            return super().convert(value, param, ctx)
        day, hour, minute = found.group(1), found.group(2) or "0", found.group(3) or "0"
        midnight = wiring.utc_now().replace(hour=0, minute=0, second=0)
        if int(hour) > 23 or int(minute) > 59:
            self.fail(f"{value!r}: there is no such time of day", param, ctx)
        return midnight + timedelta(
            days=-_DAYS[day], hours=int(hour), minutes=int(minute)
        )


@click.command()
@click.option(
    "--at",
    type=Moment(),
    help="The front page that readers saw then: 2026-02-19T06:00:00Z, or `yesterday "
    "09:00`; UTC unless it says otherwise.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write its files into this folder.",
)
@click.option("--list", "listed", is_flag=True, help="List the editions that are kept.")
@click.option("--since", type=Moment(), help="With --list: those from then on.")
@options.site
@options.as_json
def replay(
    at: datetime | None,
    to: Path | None,
    listed: bool,
    since: datetime | None,
    site_folder: Path,
    as_json: bool,
) -> None:
    """Rebuild a past front page and its JSON, byte for byte as they were written."""
    if listed == (at is not None):
        raise click.UsageError("say --at and an instant, or --list")
    if (to and listed) or (since and not listed):
        raise click.UsageError("--to goes with --at, --since with --list")
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        shelf = opened.editions.shelf()
        if at is None:
            _list(opened.editions.since(since), shelf, as_json=as_json)
            return
        edition = opened.editions.at(at)
        if edition is None:
            raise click.ClickException(_too_early(at, shelf, site))
        files = dict(opened.editions.files(edition))
    ranking = json.loads(files.pop(front_files.RANKING, b"{}"))
    if to is not None:
        _write(files, to, site)
    if as_json:
        told = _row(edition) | ranking
        told["files"] = {path: of for path, of in edition.files if path in files}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    _tell(edition, ranking)
    if to is not None:
        click.echo(f"Wrote {len(files)} files into {to}.")


def _write(files: Mapping[str, bytes], to: Path, site: Site) -> None:
    """Puts the files into a folder that is not one of the site's own."""
    own = (site.folder, site.public_folder, site.content_folder, site.state_folder)
    if to.resolve() in {folder.resolve() for folder in own}:
        raise click.ClickException(
            f"{to} is the site's own; name another folder, its files would be replaced"
        )
    manifest = site.state_folder / "replay.files"
    FolderSink(to, manifest).write(files.items())
    manifest.unlink(missing_ok=True)


def _too_early(at: datetime, shelf: Shelf, site: Site) -> str:
    if shelf.first is None:
        return "no edition is kept yet; newsdesk run writes the first"
    days = site.output.edition_days
    why = f" (output.edition_days = {days})" if days else ""
    return (
        f"no edition of {_when(at)} is kept; they are from {_when(shelf.first)} on{why}"
    )


def _list(editions: Sequence[KeptEdition], shelf: Shelf, *, as_json: bool) -> None:
    if as_json:
        told = {
            "editions": [_row(one) for one in editions],
            "files": shelf.texts,
            "bytes": shelf.whole_bytes,
            "kept_bytes": shelf.kept_bytes,
        }
        click.echo(json.dumps(told))
        return
    for one in editions:
        click.echo(f"{one.number:6}  {_when(one.now)}  run {one.run}  as of "
                   f"{_when(one.as_of)}  newsdesk {one.version}")  # fmt: skip
    click.echo(
        f"{shelf.editions} editions are kept, {shelf.texts} different files of "
        f"{shelf.whole_bytes:,} bytes in {shelf.kept_bytes:,}."
    )


def _tell(edition: KeptEdition, ranking: Mapping[str, Any]) -> None:
    console = Console()
    console.print(
        f"Edition {edition.number}, written {_when(edition.now)} by run {edition.run} "
        f"of newsdesk {edition.version}, as of {_when(edition.as_of)}",
        highlight=False,
        soft_wrap=True,
    )
    table = Table("place", "heat", "quality", "outlet", "headline")
    for place, one in enumerate(ranking.get("front", ()), 1):
        row = (place, one["heat"], one["quality"], one["provider"], one["title"])
        table.add_row(*(escape(str(value)) for value in row))
    if ranking.get("front"):
        console.print(table)
        return
    console.print("Nothing was good enough then. The nearest misses:")
    for one in ranking.get("misses", ()):
        console.print(escape(f"{one['title']}: {one['reason']}"), highlight=False)


def _row(one: KeptEdition) -> dict[str, object]:
    return {
        "edition": one.number,
        "run": one.run,
        "now": one.now.isoformat(),
        "as_of": one.as_of.isoformat() if one.as_of else None,
        "newsdesk": one.version,
    }


def _when(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC" if instant else "no time"
