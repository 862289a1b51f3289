"""A simulated press, kept once as an archive, for tests that run whole commands."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from commands import Kept, newsdesk
from made_once import made_once
from newsdesk import pipeline, press, wiring
from newsdesk.cli import showing
from newsdesk.run.progress import Lines

NOW = showing.START + timedelta(hours=30)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Two simulated days of news in a WARC file."""
    folder = made_once(tmp_path_factory, "kept", _keep)
    return Kept(folder / "site", folder / "press.warc.gz", NOW.isoformat())


def _keep(folder: Path) -> None:
    world = press.build_world(3, start=showing.START, days=2, publishers=16)
    site = showing.demo_site(world, folder / "source")
    showing.demo_site(world, folder / "site")
    archive = folder / "press.warc.gz"
    with (
        press.PressServer(world, lambda: NOW) as served,
        wiring.http(
            site, clock=lambda: NOW, to_warc=archive,
            routes={"*.example": ("127.0.0.1", served.port)},
        ) as fetcher,
        (folder / "log").open("w") as log,
        wiring.ports(site, fetcher, Lines(log), clock=lambda: NOW, workers=1) as ports,
    ):  # fmt: skip
        pipeline.run(site, ports, NOW)


@pytest.fixture(scope="session")
def built(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site after one run on the archive, for reading only."""

    def build(folder: Path) -> None:
        site = folder / "site"
        shutil.copytree(kept.site, site)
        done = newsdesk(
            "run", "--site", site, "--from-warc", kept.archive, "--now", kept.now
        )
        assert done.returncode == 0, done.stderr
        assert "stories of two or more providers" in done.stdout
        assert "sources: " in done.stderr

    return made_once(tmp_path_factory, "built", build) / "site"
