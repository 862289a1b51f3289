"""Entries pushed as a person's crawler would: by command, and over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands import newsdesk
from newsdesk import config, wiring
from newsdesk.cli import pushing
from newsdesk.model.errors import NewsdeskError
from newsdesk.model.feed import Poll, SourceState
from newsdesk.stages import versions
from newsdesk.stages.push import MAX_BYTES
from newsdesk.store import lock, open_store
from newsdesk.web import push
from newsdesk.web.server import Server, app, serve

KEY = "0123456789abcdef-key"
GOOD = b'{"url": "https://a.example/1", "title": "One", "content": "<p>It did.</p>"}\n'
BAD = b'{"url": "https://a.example/2", "titel": "Two"}\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    config.create(tmp_path / "site", "blank")
    return tmp_path / "site"


def entries(site: Path) -> int:
    with open_store(site / ".newsdesk") as opened:
        return dict(opened.archive.totals())["entries"]


# --- by command ------------------------------------------------------------------------


def test_what_is_pushed_is_read_by_the_next_run(site: Path) -> None:
    done = newsdesk("push", "-", "--site", site, input=GOOD.decode())
    assert (done.returncode, done.stdout) == (
        0, "push:own: 1 new, 0 changed, 0 unchanged; 0 lines refused\n",
    )  # fmt: skip
    assert [source.url for source in config.load(site).sources] == ["push:own"]
    ran = newsdesk("run", "--site", site, "--json")
    counts = json.loads(ran.stdout.splitlines()[-1])["counts"]
    assert counts["articles read"] == 1
    told = newsdesk("status", "--site", site, "--json")
    (source,) = json.loads(told.stdout)["sources"]
    assert (source["health"], source["entries"]) == ("fresh", 1)


def test_bad_lines_are_told_and_cost_no_good_one(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    file.write_bytes(BAD + GOOD + GOOD + b"{")
    done = newsdesk("push", file, "--site", site, "--source", "crawler")
    assert done.returncode == 1
    assert done.stdout.endswith("1 new, 0 changed, 1 unchanged; 2 lines refused\n")
    lines = done.stderr.splitlines()
    assert lines[0] == "line 1: unknown key `titel`; did you mean `title`?"
    assert lines[1].startswith("line 4: not JSON")
    again = newsdesk("push", file, "--site", site, "--source", "crawler", "--json")
    receipt = json.loads(again.stdout)
    assert (receipt["taken"], receipt["new"], receipt["unchanged"]) == (2, 0, 2)
    assert [refused["line"] for refused in receipt["refused"]] == [1, 4]
    assert entries(site) == 1


def test_a_changed_entry_shows_its_versions(site: Path) -> None:
    newsdesk("push", "-", "--site", site, input=GOOD.decode())
    newsdesk("run", "--site", site)
    newsdesk("push", "-", "--site", site, input=GOOD.decode().replace("One", "[b]Uno"))
    newsdesk("run", "--site", site)
    told = newsdesk("explain", "https://a.example/1", "--site", site, "--json")
    versions = json.loads(told.stdout)["versions"]
    assert [(one["number"], one["title"]) for one in versions] == [
        (1, "One"), (2, "[b]Uno"),
    ]  # fmt: skip
    shown = newsdesk("explain", "https://a.example/1", "--site", site)
    assert "Versions of its entries" in shown.stdout
    assert "[b]Uno" in shown.stdout


def test_a_source_that_rewrites_all_it_lists_is_noted_in_the_status(
    site: Path,
) -> None:
    source = config.add_push(site, "own")
    with open_store(site / ".newsdesk") as opened:
        opened.store.sync_sources([source])
        state = SourceState(source=source, rewrites=versions.MAX_SWEEPS)
        opened.store.save_polls([Poll(state=state)])
    told = newsdesk("status", "--site", site, "--json")
    assert json.loads(told.stdout)["sources"][0]["rewrites"] is True
    assert "rewrites" in newsdesk("status", "--site", site).stdout


def test_a_site_with_several_push_sources_wants_to_be_told_which(site: Path) -> None:
    for name in ("one", "two"):
        newsdesk("push", "-", "--site", site, "--source", name, input="")
    done = newsdesk("push", "-", "--site", site, input=GOOD.decode())
    assert done.returncode == 2
    assert "one, two" in done.stderr


def test_a_name_that_cannot_be_is_refused_and_adds_nothing(site: Path) -> None:
    done = newsdesk("push", "-", "--site", site, "--source", "My Crawler", input="")
    assert done.returncode == 1
    assert "small letters" in done.stderr
    assert config.load(site).sources == ()


def test_pushing_works_while_a_run_holds_the_site(site: Path) -> None:
    with (
        lock.hold(site / ".newsdesk"),
        open_store(site / ".newsdesk") as opened,
        opened.engine.connect() as connection,
    ):
        # A writing transaction of the run: the push waits until it has ended.
        connection.execution_options(newsdesk_writes=True)
        writing = connection.begin()
        process = subprocess.Popen(
            [sys.executable, "-m", "newsdesk", "push", "-", "--site", str(site)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                process.communicate(GOOD.decode(), timeout=3)
        finally:
            writing.commit()
        told, _ = process.communicate(timeout=60)
    assert (process.returncode, "1 new" in told) == (0, True)


# --- over HTTP -------------------------------------------------------------------------


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    said: dict


@pytest.fixture
def served(site: Path) -> Iterator[Server]:
    config.add_push(site, "own")
    door = push.route(pushing.receiver(site), KEY)
    with serve(app(config.load(site).public_folder, push=door), port=0) as server:
        yield server


def post(
    server: Server, body: bytes | Iterator[bytes], path: str = "/_push", **headers: str
) -> Answer:
    given = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-ndjson"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    try:
        connection.request("POST", path, body, {k: v for k, v in given.items() if v})
        reply = connection.getresponse()
        found = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, found, json.loads(reply.read()))
    finally:
        connection.close()


def test_lines_are_taken_over_http(served: Server, site: Path) -> None:
    answer = post(served, GOOD + BAD)
    assert (answer.status, answer.said["new"], answer.said["source"]) == (
        200, 1, "push:own",
    )  # fmt: skip
    assert [refused["line"] for refused in answer.said["refused"]] == [2]
    assert post(served, GOOD, "/_push?source=own").said["unchanged"] == 1
    assert entries(site) == 1


def test_lines_of_which_none_is_good_are_unprocessable(served: Server) -> None:
    for body in (BAD, b"", b"\xff"):
        answer = post(served, body)
        assert answer.status == 422
        assert answer.said["error"] == "no line holds an entry that can be used"


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", f"Basic {KEY}", "Bearer é"],
)
def test_without_the_key_nothing_is_taken(
    served: Server, site: Path, authorization: str
) -> None:
    answer = post(served, GOOD, Authorization=authorization)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert push.VARIABLE in answer.said["error"]
    assert KEY not in json.dumps(answer.said)
    assert entries(site) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": ""},
        {"Content_Encoding": "gzip"},
    ],
)
def test_other_types_are_refused(served: Server, headers: dict[str, str]) -> None:
    answer = post(served, GOOD, **headers)
    assert answer.status == 415
    assert answer.said["error"].startswith("send")


def test_a_body_that_is_too_large_is_refused_declared_or_not(served: Server) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(MAX_BYTES // 1_000_000 + 1):
            yield b" " * 1_000_000

    connection = http.client.HTTPConnection(served.host, served.port, timeout=30)
    connection.putrequest("POST", "/_push")
    connection.putheader("Authorization", f"Bearer {KEY}")
    connection.putheader("Content-Type", "application/jsonl")
    connection.putheader("Content-Length", str(MAX_BYTES + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    assert post(served, parts()).status == 413


def test_a_source_that_is_not_listed_is_refused_with_advice(
    served: Server, site: Path
) -> None:
    answer = post(served, GOOD, "/_push?source=other")
    assert answer.status == 404
    assert "there are: `own`" in answer.said["error"]
    assert [source.url for source in config.load(site).sources] == ["push:own"]


def test_a_site_that_cannot_be_read_is_told_as_such(served: Server, site: Path) -> None:
    (site / "sources.toml").write_text("[[source]")
    answer = post(served, GOOD)
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    assert "sources.toml" in answer.said["error"]


def test_pushes_at_once_are_all_counted(served: Server, site: Path) -> None:
    def one(n: int) -> None:
        statuses.append(post(served, GOOD.replace(b"/1", b"/%d" % n)).status)

    statuses: list[int] = []
    threads = [threading.Thread(target=one, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 12
    with wiring.look_up(config.load(site)) as opened:
        (state,) = opened.store.sources()
    assert (state.entries_seen, entries(site)) == (12, 12)


def test_without_a_key_there_is_no_endpoint(site: Path) -> None:
    assert push.key_in({}) is None
    assert push.key_in({push.VARIABLE: " "}) is None
    assert push.key_in({push.VARIABLE: KEY}) == KEY
    with pytest.raises(NewsdeskError, match="too short"):
        push.key_in({push.VARIABLE: "secret"})
    with serve(app(site / "public"), port=0) as server:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
        connection.request("POST", "/_push", GOOD)
        assert connection.getresponse().status in (404, 405)
        connection.close()


def test_serving_takes_pushes_and_publishes_them(site: Path) -> None:
    config.add_push(site, "own")
    process = subprocess.Popen(
        [sys.executable, "-m", "newsdesk", "serve", "--site", str(site), "--port", "0"],
        stderr=subprocess.PIPE, text=True, env={**os.environ, push.VARIABLE: KEY},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        told = next(line for line in process.stderr if "/_push" in line)
        port = int(told.split(":")[-1].split("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {
            "Authorization": f"Bearer {KEY}",
            "Content-Type": "application/jsonl",
        }
        connection.request("POST", "/_push", GOOD, headers)
        assert json.loads(connection.getresponse().read())["new"] == 1
        connection.close()
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert entries(site) == 1
