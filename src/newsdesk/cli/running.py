"""`newsdesk run` and `serve`: one pass, or pass after pass with the site served."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from newsdesk import config, pipeline, wiring
from newsdesk.cli import figures, options, pushing
from newsdesk.model.ports import Progress
from newsdesk.run.progress import Bars, JsonLines, Lines, Several
from newsdesk.web import hub, live, push, server
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


@click.command()
@options.site
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="0: any free port.",
)
@options.as_json
def serve(site_folder: Path, host: str, port: int, as_json: bool) -> None:
    """Run again and again on schedule and serve the site; Ctrl-C stops cleanly."""
    site = config.load(site_folder)
    view = live.Live()
    stopping = threading.Event()
    key = push.key_in(os.environ)
    door = push.route(pushing.receiver(site_folder), key) if key else None
    desk = hub.desk(site.fetching, wiring.utc_now, site.state_folder)
    calls = desk.routes() if desk else ()
    app = server.app(site.public_folder, view, push=door, hub=calls)
    with (
        server.serve(app, host, port) as served,
        wiring.http(site) as fetcher,
        told(as_json=as_json, also=view) as progress,
        wiring.ports(site, fetcher, progress) as ports,
    ):
        click.echo(
            f"Serving {served.url}; the live view is at {served.url}_live", err=True
        )
        if door:
            click.echo(f"Entries may be pushed to {served.url}_push", err=True)
        while not stopping.is_set():
            now = wiring.utc_now()
            view.clock(now)
            delivered = hub.settle(desk, ports.store, now) if desk else ()
            report = pipeline.run(config.load(site_folder), ports, now, delivered)
            show_live(view, report)
            if desk:
                desk.forget_taken()
                seed = hub.seed(site.state_folder)
                hub.subscribe(desk, ports.store, ports.fetcher, seed, now)
                hub.unsubscribe(desk, ports.store, ports.fetcher, now)
                desk.rest(site.schedule.every_s)
            else:
                stopping.wait(site.schedule.every_s)


def show_live(view: live.Live, report: pipeline.Report) -> None:
    """What a run brought and what failed in it, for the live view."""
    for title, path in reversed(report.shown):
        view.story(title, path)
    for stage, kind, count in report.failures:
        view.failed(f"{stage}: {kind}", count)


@contextmanager
def told(*, as_json: bool, also: Progress | None = None) -> Iterator[Progress]:
    """The progress that fits where output goes, and `also` another one."""
    console = Console(stderr=True)
    progress: Bars | JsonLines | Lines
    if as_json:
        progress = JsonLines(sys.stdout)
    elif console.is_terminal:
        progress = Bars(console)
    else:
        progress = Lines(sys.stderr)
    try:
        yield Several((progress, also)) if also else progress
    finally:
        progress.close()
