"""`newsdesk run`: one pass."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from newsdesk import config, pipeline, wiring
from newsdesk.cli import figures, options
from newsdesk.cli.telling import told
from newsdesk.web.deliveries import Deliveries


@click.command()
@options.site
@click.option(
    "--from-warc",
    "archives",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answer every fetch from this WARC file; may be given several times.",
)
@click.argument(
    "more_archives",
    nargs=-1,
    metavar="[WARC…]",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--to-warc",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep what is fetched in this WARC file.",
)
@click.option("--now", type=options.Instant(), help="Take this instant for now.")
@click.option("--workers", type=click.IntRange(1), help="Processes for reading pages.")
@options.as_json
def run(
    site_folder: Path,
    archives: tuple[Path, ...],
    more_archives: tuple[Path, ...],
    to_warc: Path | None,
    now: datetime | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """One pass: ask the sources that are due, read, group, score, decide, publish."""
    files = archives + more_archives
    if more_archives and not archives:
        raise click.UsageError("give WARC files after --from-warc")
    if archives and to_warc:
        raise click.UsageError("--from-warc and --to-warc exclude each other")
    site = config.load(site_folder)
    instant = now or wiring.utc_now()
    started = wiring.utc_now()
    world = (
        wiring.archives(files, instant)
        if files
        else wiring.http(site, clock=lambda: instant, to_warc=to_warc)
    )
    with (
        world as fetcher,
        told(as_json=as_json) as progress,
        wiring.ports(site, fetcher, progress, workers=workers) as ports,
    ):
        for note in getattr(fetcher, "notes", ()):
            click.echo(f"newsdesk: {note}", err=True)
        # What hubs brought to a `serve` that was killed before it could read it.
        brought = Deliveries(site.state_folder)
        delivered = () if files else brought.take()
        report = pipeline.run(site, ports, instant, delivered)
        brought.forget_taken()
    seconds = (wiring.utc_now() - started).total_seconds()
    if as_json:
        click.echo(json.dumps({"event": "run", **figures.as_dict(report, seconds)}))
    else:
        figures.show(report, seconds, Console())
