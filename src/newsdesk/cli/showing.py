"""`newsdesk demo`: the whole path on the bundled press simulator, without internet."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from starlette.applications import Starlette

from newsdesk import config, pipeline, press, steps, wiring
from newsdesk.cli import figures, options
from newsdesk.cli.serving import show_live
from newsdesk.cli.telling import told
from newsdesk.model.errors import NewsdeskError
from newsdesk.model.ports import Progress
from newsdesk.model.site import Fetching, Schedule, Site, Topic
from newsdesk.press import PressServer, World
from newsdesk.render import taxonomy
from newsdesk.web import live, server

SEED = 7
START = datetime(2026, 3, 2, tzinfo=UTC)
BEGIN_AFTER = timedelta(hours=60)
"""How much of the simulated week is past when the demo begins."""
ONCE_FOR = timedelta(hours=28)
ONCE_EVERY = timedelta(hours=2)
SIMULATED_SECONDS_A_SECOND = 300
SECONDS_BETWEEN_PASSES = 2.0
USUAL_PORT = 8000


@click.command()
@click.option("--once", is_flag=True, help="Build, print the figures and exit.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to make the demo's site; a temporary folder unless given.",
)
@click.option(
    "--seed", default=SEED, show_default=True, help="Which world to simulate."
)
@click.option(
    "--speed",
    default=SIMULATED_SECONDS_A_SECOND,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="Simulated seconds in a second.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    help="8000 or, where that is taken, any free one.",
)
@options.as_json
def demo(
    once: bool,
    folder: Path | None,
    seed: int,
    speed: int,
    port: int | None,
    as_json: bool,
) -> None:
    """Show a live site, built from a simulated week of news. No internet is needed."""
    world = press.build_world(seed, start=START)
    with _folder(folder, keep=once) as site_folder:
        site = demo_site(world, site_folder)
        click.echo(
            f"A simulated press of {len(world.publishers)} publishers; "
            f"the site is made in {site_folder}",
            err=True,
        )
        if once:
            _once(world, site, as_json=as_json)
        else:
            _live(world, site, speed=speed, port=port, as_json=as_json)


def demo_site(world: World, folder: Path) -> Site:
    """The demo's site in `folder`, with a source for every feed of the world."""
    wanted = press.demo_site(world)
    if not (folder / "site.toml").exists():
        config.create(folder, "blank")
        names = {topic.id: topic.name for topic in wanted.topics}
        for old in (folder / "content/_data/topics").glob("*.yaml"):
            old.unlink()
        for place, seed in enumerate(wanted.topics):
            topic = Topic(
                id=seed.id,
                name=seed.name,
                shortname="AI" if seed.parent is None else None,
                parent=names.get(seed.parent or ""),
                description=seed.description,
                keywords=seed.keywords,
                position=place,
            )
            path = folder / "content" / taxonomy.topic_path(topic)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(taxonomy.write_topic(taxonomy.topic_file(topic)))
        (folder / "newsletters.toml").write_text(_NEWSLETTERS_TOML, encoding="utf-8")
        (folder / "site.toml").write_text(_SITE_TOML, encoding="utf-8")
        for feed in wanted.feeds:
            config.add(folder, [feed.url], title=feed.name)
    # The simulator is our own machine: nobody is burdened, so nothing need wait.
    fast = Fetching(gap_s=0.0, per_domain=8, at_once=32)
    return replace(
        config.load(folder), fetching=fast, schedule=Schedule(shortest_m=15, first_m=30)
    )


_NEWSLETTERS_TOML = """\
[[newsletter]]
id = "daily"
title = "The day in AI"
stories = 7
"""
_SITE_TOML = """\
title = "The Demo Desk"
url = "http://127.0.0.1:8000/"
description = "News of artificial intelligence from a simulated press."

[rules]
# The simulated press writes all its news with the same few hundred sentences.
same_story = 0.45

[output]
# Its clock stands months before any reader's.
stale_hours = 1000000
"""


def _once(world: World, site: Site, *, as_json: bool) -> None:
    passes = ONCE_FOR // ONCE_EVERY
    began = time.monotonic()
    clock = [START + BEGIN_AFTER]
    totals: Counter[str] = Counter()
    with (
        PressServer(world, lambda: clock[0]) as served,
        told(as_json=as_json) as progress,
        _ports(site, served, progress, lambda: clock[0]) as ports,
    ):
        for number in range(passes + 1):
            clock[0] = START + BEGIN_AFTER + number * ONCE_EVERY
            report = pipeline.run(site, ports, clock[0])
            totals.update(
                {
                    k: v
                    for k, v in report.counts
                    if k in ("new entries", "articles read")
                }
            )
        held = against_truth(world, ports, clock[0])
    seconds = time.monotonic() - began
    if as_json:
        given = {**figures.as_dict(report, seconds), "totals": totals, "truth": held}
        click.echo(json.dumps({"event": "demo", **given}))
        return
    console = Console()
    figures.show(report, seconds, console)
    console.print(
        "Over all passes: " + ", ".join(f"{v:,} {k}" for k, v in totals.items())
    )
    console.print(
        "Against the truth: " + ", ".join(f"{k} {v}" for k, v in held.items())
    )
    console.print(f"The site is in {site.public_folder}")


def _live(
    world: World, site: Site, *, speed: int, port: int | None, as_json: bool
) -> None:
    began = time.monotonic()

    def clock() -> datetime:
        passed = timedelta(seconds=(time.monotonic() - began) * speed)
        return (START + BEGIN_AFTER + passed).replace(microsecond=0)

    view = live.Live()
    with (
        _serve(server.app(site.public_folder, view), port) as shown,
        PressServer(world, clock) as served,
        told(as_json=as_json, also=view) as progress,
        _ports(site, served, progress, clock) as ports,
    ):
        click.echo(
            f"\n  The site:      {shown.url}\n  What it does:  {shown.url}_live\n\n"
            f"Time runs {speed} times as fast. Ctrl-C stops.\n",
            err=True,
        )
        site = replace(site, url=shown.url)
        stop = threading.Event()
        while clock() < world.end:
            now = clock()
            view.clock(now)
            show_live(view, pipeline.run(site, ports, now))
            stop.wait(SECONDS_BETWEEN_PASSES)
        click.echo(
            "The simulated week is over; the site stays up. Ctrl-C stops.", err=True
        )
        stop.wait()


def _serve(app: Starlette, port: int | None) -> server.Server:
    """The site, on the port asked for or else where there is room."""
    if port is not None:
        return server.serve(app, "127.0.0.1", port)
    try:
        return server.serve(app, "127.0.0.1", USUAL_PORT)
    except NewsdeskError:
        return server.serve(app, "127.0.0.1", 0)


@contextmanager
def _ports(
    site: Site, served: PressServer, progress: Progress, clock: Callable[[], datetime]
) -> Iterator[steps.Ports]:
    routes: Mapping[str, tuple[str, int]] = {"*.example": ("127.0.0.1", served.port)}
    with (
        wiring.http(site, clock=clock, routes=routes) as fetcher,
        wiring.ports(site, fetcher, progress) as ports,
    ):
        yield ports


@contextmanager
def _folder(given: Path | None, *, keep: bool) -> Iterator[Path]:
    """The folder asked for, or a temporary one; what was built once stays to be seen."""
    if given is not None:
        yield given
        return
    if keep:
        yield Path(tempfile.mkdtemp(prefix="newsdesk-demo-"))
        return
    with tempfile.TemporaryDirectory(prefix="newsdesk-demo-") as made:
        yield Path(made)


def against_truth(world: World, ports: steps.Ports, now: datetime) -> dict[str, float]:
    """How the stories found compare with the events that were simulated: pairwise
    precision and recall over articles of events, and how many events were told."""
    since = world.start - timedelta(days=1)
    events = {world.canonical_url(a): a.event for a in world.articles if a.event}
    address = {a.id: a.reading.web_url for a in ports.store.articles(since)}
    groups = [
        [events[address[m]] for m in story.members if address.get(m) in events]
        for story in ports.store.stories(since)
    ]
    both = sum(_pairs(Counter(group).values()) for group in groups)
    found = _pairs(len(group) for group in groups)
    true = _pairs(Counter(event for group in groups for event in group).values())
    covered = {
        a.event for a in world.articles if a.event and a.is_out(now) and a.topics
    }
    shown = {
        events.get(p.record.web_url or "")
        for p in ports.store.records()
        if p.record.published
    }
    return {
        "pair precision": round(both / found, 3) if found else 1.0,
        "pair recall": round(both / true, 3) if true else 1.0,
        "events": len(covered),
        "events told": len(covered & shown),
    }


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
