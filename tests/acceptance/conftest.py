"""A simulated press, kept once as an archive, for tests that run whole commands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands import Kept
from newsdesk import pipeline, press, wiring
from newsdesk.cli import showing
from newsdesk.run.progress import Lines


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Two simulated days of news in a WARC file."""
    folder = tmp_path_factory.mktemp("kept")
    world = press.build_world(3, start=showing.START, days=2, publishers=16)
    now = showing.START + timedelta(hours=30)
    site = showing.demo_site(world, folder / "source")
    showing.demo_site(world, folder / "site")
    archive = folder / "press.warc.gz"
    with (
        press.PressServer(world, lambda: now) as served,
        wiring.http(
            site, clock=lambda: now, to_warc=archive,
            routes={"*.example": ("127.0.0.1", served.port)},
        ) as fetcher,
        (folder / "log").open("w") as log,
        wiring.ports(site, fetcher, Lines(log), clock=lambda: now, workers=1) as ports,
    ):  # fmt: skip
        pipeline.run(site, ports, now)
    return Kept(folder / "site", archive, now.isoformat())
