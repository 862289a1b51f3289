"""`newsdesk serve` with a public address, and the simulated press's hub, as processes."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from commands import newsdesk
from newsdesk import config
from newsdesk.press.hub import Hub


class Publisher:
    """A feed and its hub on loopback, from a thread of its own."""

    def __init__(self) -> None:
        self.items = 1
        self.polls = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Publisher:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def feed_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed"

    def distribute(self) -> list[int]:
        work = asyncio.run_coroutine_threadsafe(self.hub.distribute(), self._loop)
        return work.result(30)

    def _feed(self, url: str) -> tuple[bytes, str] | None:
        items = "".join(
            f"<item><guid isPermaLink='false'>{n}</guid><title>Item {n}</title>"
            f"<link>http://n.example/{n}</link>"
            "<pubDate>Mon, 16 Feb 2026 10:30:00 GMT</pubDate></item>"  # archived
            for n in range(self.items)
        )
        links = (
            f"<atom:link rel='hub' href='http://127.0.0.1:{self.port}/hub'/>"
            f"<atom:link rel='self' href='{self.feed_url}'/>"
        )
        body = (
            "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
            f"<title>N</title>{links}{items}</channel></rss>"
        )
        return (body.encode(), "text/xml") if url == self.feed_url else None

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()

    async def _start(self) -> None:
        self.hub = Hub(self._feed)
        self._runner = web.ServerRunner(web.Server(self._answer))
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _end(self) -> None:
        await self.hub.close()
        await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        if request.path == "/hub":
            return await self.hub.answer(request)
        found = self._feed(self.feed_url) if request.path == "/feed" else None
        if found is None:
            return web.Response(status=404)
        self.polls += 1
        return web.Response(body=found[0], content_type=found[1])


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as running:
        yield running


class Served:
    """A site that `newsdesk serve` serves, to be killed and started again."""

    def __init__(self, folder: Path, publisher: Publisher) -> None:
        self.folder = folder
        self._log = folder.parent / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        config.create(folder, "blank")
        (folder / "site.toml").write_text(
            'title = "T"\nurl = "https://t.example/"\n'
            "[fetching]\ngap_s = 0.0\n"
            f'public_url = "http://127.0.0.1:{self.port}"\n'
            f'allow_private = ["127.0.0.1:{publisher.port}"]\n'
            "[schedule]\nevery_s = 1\n"
        )
        (folder / "sources.toml").write_text(
            f'[[source]]\nurl = "{publisher.feed_url}"\n'
        )

    def start(self) -> None:
        words = ["serve", "--site", str(self.folder), "--port", str(self.port)]
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "newsdesk", *words], stdout=log, stderr=log
            )

    def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        self.process.send_signal(by)
        self.process.wait(30)

    def status(self) -> dict[str, Any]:
        done = newsdesk("status", "--site", self.folder, "--json")
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def hub(self) -> dict[str, Any]:
        found: dict[str, Any] = self.status()["sources"][0]["hub"] or {}
        return found

    def entries(self) -> int:
        return int(self.status()["totals"]["entries"])

    def log(self) -> str:
        return self._log.read_text()


@pytest.fixture
def served(tmp_path: Path, publisher: Publisher) -> Iterator[Served]:
    site = Served(tmp_path / "site", publisher)
    site.start()
    yield site
    if site.process.poll() is None:
        site.end()


def wait_for(is_so: Callable[[], object], served: Served) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, served.log()
        assert served.process.poll() is None, served.log()
        time.sleep(0.05)


def test_a_served_site_subscribes_takes_deliveries_and_lets_go(
    served: Served, publisher: Publisher
) -> None:
    wait_for(lambda: publisher.hub.subscribers, served)
    wait_for(lambda: served.hub().get("state") == "live", served)
    publisher.items = 3
    assert publisher.distribute() == [202]
    wait_for(lambda: served.entries() == 3, served)
    assert publisher.polls == 1
    shown = newsdesk("status", "--site", served.folder).stdout
    assert "WebSub subscriptions" in shown and "live" in shown
    assert not list((served.folder / ".newsdesk/deliveries").iterdir())
    # The source leaves the site: its hub is told, asks back, and is done.
    (served.folder / "sources.toml").write_text("")
    wait_for(lambda: publisher.hub.ended == 1, served)
    wait_for(lambda: not served.status()["hubs_ending"], served)
    assert publisher.hub.subscribers == {}
    served.end(signal.SIGINT)


def test_a_delivery_outlives_the_process_that_took_it(
    served: Served, publisher: Publisher
) -> None:
    wait_for(lambda: publisher.hub.subscribers, served)
    publisher.items = 2
    assert publisher.distribute() == [202]
    served.end()  # within the seconds in which it gathers what else comes
    assert len(list((served.folder / ".newsdesk/deliveries").iterdir())) == 1
    assert served.entries() == 1
    done = newsdesk("run", "--site", served.folder, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert served.entries() == 2
    assert publisher.polls == 1
    assert not list((served.folder / ".newsdesk/deliveries").iterdir())
