"""A run kept in an archive and replayed from it; and a run that is interrupted."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from fakes import FakeClock
from newsdesk.fetch.client import HttpFetcher
from newsdesk.fetch.warc import WarcFetcher, WarcWriter
from newsdesk.model.feed import Reply, Request, Validators
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching
from scripted_server import Answer, ScriptedServer

ETAG = Validators(url="http://etag.example/", etag='"1"')


def script(server: ScriptedServer) -> None:
    packed = (("Content-Encoding", "gzip"), ("Content-Type", "text/xml"), ("ETag", "x"))
    server["/feed"] = Answer(body=gzip.compress(b"<rss/>"), headers=packed)
    server["/cut"] = Answer(body=b"half", length=8)
    server["/old"] = Answer(status=301, headers=(("Location", "//b.example/mid"),))
    server["/mid"] = Answer(status=302, headers=(("Location", "/feed?utm_source=x"),))
    server["/feed?utm_source=x"] = Answer(body=b"there")
    server["etag.example/"] = Answer(status=304, headers=(("ETag", '"1"'),))
    server["/loop"] = Answer(status=301, headers=(("Location", "/loop"),))


REQUESTS = [
    Request(key="feed", url="http://a.example/feed"),
    Request(key="cut", url="http://a.example/cut"),
    Request(key="old", url="http://A.example/old#top"),
    Request(key="404", url="http://a.example/nothing"),
    Request(key="304", url=ETAG.url, validators=ETAG),
    Request(key="loop", url="http://a.example/loop"),
]


def test_a_run_replayed_from_its_archive_sees_the_same_replies(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "run.warc.gz"
    with ScriptedServer() as server:
        script(server)
        fetcher = HttpFetcher(
            Fetching(gap_s=0),
            user_agent="newsdesk/0.1",
            clock=FakeClock(),
            routes={"*.example": server.peer},
            keep=WarcWriter(path),
        )
        live = {answer.key: answer for answer in fetcher.fetch(REQUESTS)}
        fetcher.close()
    archive = WarcFetcher([path])
    again = {answer.key: answer for answer in archive.fetch(REQUESTS)}
    archive.close()
    assert isinstance(live.pop("loop"), Failed)
    missing = again.pop("loop")
    assert isinstance(missing, Failed)
    assert missing.kind == "not in archive"
    assert all(isinstance(answer, Reply) for answer in live.values())
    assert live == again


INTERRUPTED = """
import sys
from newsdesk.fetch.client import HttpFetcher
from newsdesk.model.feed import Request
from newsdesk.model.site import Fetching

fetcher = HttpFetcher(
    Fetching(gap_s=0, timeout_s=60),
    user_agent="newsdesk/0.1",
    clock=lambda: None,
    routes={"*.example": ("127.0.0.1", int(sys.argv[1]))},
)
try:
    list(fetcher.fetch([Request(key="a", url="http://a.example/", obey_robots=False)]))
except KeyboardInterrupt:
    fetcher.close()
    print("stopped")
"""


def test_ctrl_c_stops_a_run_that_waits_for_a_server() -> None:
    with ScriptedServer() as server:
        server["/"] = Answer(delay_s=60)
        run = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, str(server.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + 20
        while not server.asked and time.monotonic() < until:
            time.sleep(0.02)
        begun = time.monotonic()
        os.kill(run.pid, signal.SIGINT)
        output, errors = run.communicate(timeout=10)
    assert (output, errors, run.returncode) == ("stopped\n", "", 0)
    assert time.monotonic() - begun < 3
