"""The reader's server on a real socket."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import editions
from newsdesk.model.errors import NewsdeskError
from newsdesk.render import html
from newsdesk.web.live import Live
from newsdesk.web.server import Server, app, serve


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request, its path sent exactly as given."""
    where = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        reply = connection.getresponse()
        found = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, found, reply.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "public"
    for path, content in html.pages(editions.edition(), editions.site()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "feeds").mkdir()
    (folder / "feeds" / "all.atom").write_text("<feed/>")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.webp").write_bytes(b"RIFF")
    (folder / ".secret").write_text("hidden")
    (folder / "strange & name").mkdir()
    (folder / "strange & name" / "index.html").write_text("<p>strange")
    (folder.parent / "outside.txt").write_text("private")
    (folder / "leak").symlink_to(folder.parent / "outside.txt")
    return folder


@pytest.fixture(scope="module")
def live() -> Live:
    return Live()


@pytest.fixture(scope="module")
def server(public: Path, live: Live) -> Iterator[Server]:
    with serve(app(public, live), "127.0.0.1", 0) as running:
        yield running


@pytest.fixture(scope="module")
def plain(public: Path) -> Iterator[Server]:
    with serve(app(public), "127.0.0.1", 0) as running:
        yield running


def test_pages_are_served_with_their_type_and_guarded(server: Server):
    answer = ask(server, "/topics/robotics/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert b"<h1>Robotics</h1>" in answer.body


@pytest.mark.parametrize(
    ("path", "kind", "rule"),
    [
        ("/feeds/all.atom", "application/atom+xml; charset=utf-8", "no-cache"),
        ("/pictures/a.webp", "image/webp", "public, max-age=86400"),
    ],
)
def test_files_have_fit_types_and_cache_rules(
    server: Server, path: str, kind: str, rule: str
):
    answer = ask(server, path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["cache-control"] == rule


def test_hashed_files_may_be_kept_for_ever(server: Server, public: Path):
    sheet = next((public / "static").glob("*.css"))
    answer = ask(server, f"/static/{sheet.name}")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_what_the_reader_has_is_not_sent_again(server: Server):
    first = ask(server, "/about/")
    again = ask(server, "/about/", If_None_Match=f'"other", {first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert ask(server, "/about/", If_None_Match='"other"').status == 200


def test_a_changed_file_has_another_validator(server: Server, public: Path):
    file = public / "note.txt"
    file.write_text("one")
    before = ask(server, "/note.txt").headers["etag"]
    file.write_text("two")
    after = ask(server, "/note.txt", If_None_Match=before)
    assert (after.status, after.body) == (200, b"two")


def test_pages_are_compressed_for_those_who_can_read_it(server: Server):
    answer = ask(server, "/", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert b"The Machine Age" in gzip.decompress(answer.body)


def test_head_asks_for_the_headers_only(server: Server):
    answer = ask(server, "/about/", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(server: Server, method: str):
    assert ask(server, "/about/", method).status == 405


def test_a_folder_without_its_slash_is_sent_to_its_page(server: Server):
    answer = ask(server, "/topics/robotics")
    assert (answer.status, answer.headers["location"]) == (308, "./robotics/")
    strange = ask(server, "/strange%20%26%20name")
    assert strange.headers["location"] == "./strange%20%26%20name/"


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/topics/..%2f..%2f..%2foutside.txt",
        "/..%5coutside.txt",
        "//outside.txt",
        "/%00",
        "/leak",
        "/.secret",
        "/no/such/page/",
        "/about/index.html/",
        "/" + "a" * 3000,
        "/feeds/",
        "//evil.example/%2e%2e",
    ],
)
def test_only_files_of_the_site_are_served(server: Server, path: str):
    answer = ask(server, path)
    assert answer.status == 404
    assert b"There is no such page" in answer.body
    assert b"private" not in answer.body


def test_no_redirect_leads_to_another_host(server: Server):
    for path in ("//evil.example", "//topics", "///topics/robotics"):
        where = ask(server, path).headers.get("location", "./")
        assert where.startswith("./"), path


def test_only_the_front_page_leads_to_the_live_view_and_no_file_does(
    server: Server, public: Path
):
    assert b'href="/_live"' in ask(server, "/").body
    assert b"_live" not in ask(server, "/about/").body
    assert b"_live" not in (public / "index.html").read_bytes()


def test_without_a_run_there_is_no_live_view(plain: Server):
    assert ask(plain, "/_live").status == 404
    assert b"_live" not in ask(plain, "/").body


def test_the_live_view_is_whole_without_javascript(server: Server, live: Live):
    live.clock(editions.AS_OF)
    live.start("poll", 10)
    live.advance("poll", 4)
    live.start("read")
    live.end("read", "7 <articles>")
    live.story("<b>A story</b>", "news/a/")
    live.failed("http 404", 3)
    live.note("A pass began")
    page = ask(server, "/_live").body.decode()
    for words in (
        "2026-02-19 06:12",
        '<progress aria-label="poll" max="10" value="4">',
        "7 &lt;articles&gt;",
        'href="/news/a/"',
        "&lt;b&gt;A story&lt;/b&gt;",
        "http 404",
        "A pass began",
        'http-equiv="refresh"',
    ):
        assert words in page
    assert ask(server, "/_live/live.css").headers["content-type"].startswith("text/css")
    assert ask(server, "/_live/live.js").status == 200


def test_the_live_view_tells_of_changes_as_they_come(server: Server, live: Live):
    where = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
    connection.request("GET", "/_live/events")
    reply = connection.getresponse()
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert "still to come" not in _event(reply)
    live.note("still to come")
    assert any("still to come" in _event(reply) for _ in range(5))
    connection.close()


def _event(reply: http.client.HTTPResponse) -> str:
    while not (line := reply.readline()).startswith(b"data: "):
        assert line, "the stream ended"
    return str(json.loads(line.removeprefix(b"data: ")))


def test_a_server_with_open_streams_stops_soon_and_frees_its_port(public: Path):
    running = serve(app(public, Live()), "127.0.0.1", 0)
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as open_line:
        open_line.sendall(b"GET /_live/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert open_line.recv(15) == b"HTTP/1.1 200 OK"
        stopping = threading.Thread(target=running.stop)
        stopping.start()
        stopping.join(4)
        assert not stopping.is_alive()
    with serve(app(public), "127.0.0.1", running.port) as again:
        assert ask(again, "/").status == 200


def test_a_taken_port_is_said_so(server: Server, public: Path):
    with pytest.raises(NewsdeskError, match=f"port {server.port}.*Choose another port"):
        serve(app(public), "127.0.0.1", server.port)


def test_progress_from_many_threads_adds_up():
    view = Live()
    view.start("read", 800)
    threads = [
        threading.Thread(target=lambda: [view.advance("read") for _ in range(100)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert view.snapshot().stages[0].done == 800
