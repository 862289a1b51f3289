"""What a server sees of a site over its life: commands, restarts, taking out, adding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import site_folders
from commands import newsdesk
from scripted_server import Answer, Asked, ScriptedServer

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>The Gazette</title></channel></rss>"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, server: ScriptedServer) -> Path:
    """A site of one feed, just added without a look."""
    site = site_folders.asking(tmp_path / "site", server.port)
    add(site, server)
    return site


def add(folder: Path, server: ScriptedServer) -> None:
    (folder / "sources.toml").unlink(missing_ok=True)
    url = f"http://127.0.0.1:{server.port}/feed"
    assert newsdesk("add", url, "--no-check", "--site", folder).returncode == 0


def run(folder: Path, hours: float) -> None:
    at = NOW + timedelta(hours=hours)
    done = newsdesk("run", "--site", folder, "--now", f"{at:%Y-%m-%dT%H:%M:%SZ}")
    assert done.returncode == 0, done.stderr


def with_tag(asked: Asked) -> Answer:
    if asked.headers.get("If-None-Match") == 'W/"1"':
        return Answer(status=304)
    return Answer(body=FEED, headers=(("ETag", 'W/"1"'),))


def test_a_feed_is_asked_unconditionally_once_whatever_becomes_of_the_site(
    folder: Path, server: ScriptedServer
) -> None:
    server["/feed"] = with_tag
    run(folder, 0)
    run(folder, 30)
    (folder / "sources.toml").write_text("", encoding="utf-8")
    run(folder, 60)
    add(folder, server)
    run(folder, 90)
    sent = [asked.headers.get("If-None-Match") for asked in server.asked]
    assert sent == [None, 'W/"1"', 'W/"1"']


def test_runs_by_hand_and_adding_again_ask_nobody_before_the_time(
    folder: Path, server: ScriptedServer
) -> None:
    server["/feed"] = Answer(status=429, headers=(("Retry-After", "36000"),))
    run(folder, 0)
    for hours in (0.01, 5, 9.99):
        add(folder, server)
        run(folder, hours)
    assert server.paths() == ["/feed"]
    server["/feed"] = with_tag
    run(folder, 11.1)
    assert server.paths() == ["/feed", "/feed"]
