"""`newsdesk serve`: pass after pass, with the site and its doors served between."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from pathlib import Path

import click

from newsdesk import config, pipeline, wiring
from newsdesk.cli import letter_doors, options, publishing, pushing
from newsdesk.cli.telling import told
from newsdesk.model.errors import DeliveryError
from newsdesk.web import hub, live, push, server
from newsdesk.web.visits import Visits


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
    seen = Visits(wiring.utc_now) if site.rules.count_visits else None
    calls = (*calls, *letter_doors.doors(site_folder, site))
    app = server.app(site.public_folder, view, push=door, hub=calls, visits=seen)
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
            if seen:
                ports.store.add_visits(seen.take())
            delivered = hub.settle(desk, ports.store, now) if desk else ()
            current = config.load(site_folder)
            report = pipeline.run(current, ports, now, delivered, may_rest=True)
            show_live(view, report)
            letter_doors.send_due(current, ports.letters, progress)
            keep_in_git(site_folder, now)
            if desk:
                desk.forget_taken()
                seed = hub.seed(site.state_folder)
                hub.subscribe(desk, ports.store, ports.fetcher, seed, now)
                hub.unsubscribe(desk, ports.store, ports.fetcher, now)
                desk.rest(site.schedule.every_s)
            else:
                stopping.wait(site.schedule.every_s)


def keep_in_git(site_folder: Path, now: datetime) -> None:
    """Commit what a pass changed, where the site wants it. What Git refuses is told and
    tried again after the next pass; it stops nothing."""
    try:
        line = publishing.keep(config.load(site_folder), now)
    except DeliveryError as error:
        click.echo(f"newsdesk: not kept in Git: {error}", err=True)
        return
    if line:
        click.echo(f"Kept in Git: {line}", err=True)


def show_live(view: live.Live, report: pipeline.Report) -> None:
    """What a run brought and what failed in it, for the live view."""
    for title, path in reversed(report.shown):
        view.story(title, path)
    for stage, kind, count in report.failures:
        view.failed(f"{stage}: {kind}", count)
