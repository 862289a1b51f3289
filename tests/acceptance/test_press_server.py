"""The simulated press as a reader meets it: over HTTP, on loopback."""

from __future__ import annotations

import gzip
import http.client
import io
import json
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

import feedparser
import pytest
from PIL import Image

from newsdesk.press import PressServer, World, build_world
from newsdesk.press.records import Dialect

START = datetime(2026, 2, 16, tzinfo=UTC)
WORLD = build_world(7, start=START, days=3)


@dataclass
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


class Reader:
    """A plain client that names the host itself."""

    def __init__(self, server: PressServer) -> None:
        self.port = server.port

    def get(self, host: str, path: str, **headers: str) -> Got:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            named = {key.replace("_", "-"): value for key, value in headers.items()}
            line.request("GET", path, headers={"Host": host, **named})
            reply = line.getresponse()
            found = {key.lower(): value for key, value in reply.getheaders()}
            return Got(reply.status, found, reply.read())
        finally:
            line.close()


@pytest.fixture(scope="module")
def server() -> Iterator[PressServer]:
    with PressServer(WORLD, lambda: WORLD.end) as running:
        yield running


@pytest.fixture
def reader(server: PressServer) -> Reader:
    return Reader(server)


def test_every_feed_parses_and_lists_published_articles(reader: Reader) -> None:
    dialects = set()
    for publisher in WORLD.publishers:
        body = reader.get(publisher.domain, publisher.feed_path).body
        expected = WORLD.listed(publisher, WORLD.end)[: publisher.feed_size]
        dialects.add(publisher.dialect)
        if publisher.dialect is Dialect.JSON:
            document = json.loads(body)
            links = [item["url"] for item in document["items"]]
            titles = [item["title"] for item in document["items"]]
        else:
            feed = feedparser.parse(body)
            assert not feed.bozo, (publisher.domain, feed.get("bozo_exception"))
            links = [entry.link for entry in feed.entries]
            titles = [entry.title for entry in feed.entries]
        assert links == [WORLD.feed_url(item) for item in expected], publisher.domain
        assert titles == [item.title_at(WORLD.end) for item in expected]
    assert dialects == set(Dialect)


def test_every_article_is_there_unless_it_was_withdrawn(reader: Reader) -> None:
    for article in WORLD.articles:
        host = WORLD.publisher_of(article).domain
        got = reader.get(host, article.path)
        if article.is_withdrawn(WORLD.end):
            assert got.status == 410
        else:
            assert got.status == 200
            assert escape(article.paragraphs[-1], quote=False).encode() in got.body


def test_pictures_have_the_size_their_page_declares(reader: Reader) -> None:
    shown = [item for item in WORLD.articles if item.picture][:25]
    for article in shown:
        assert article.picture is not None
        host = WORLD.publisher_of(article).domain
        image = Image.open(io.BytesIO(reader.get(host, article.picture.path).body))
        assert image.size == (article.picture.width, article.picture.height)
    logo = reader.get(WORLD.publishers[0].domain, "/logo-50x50.png").body
    assert Image.open(io.BytesIO(logo)).size == (50, 50)


def test_tracking_redirects_lead_to_the_canonical_address(reader: Reader) -> None:
    publisher = next(p for p in WORLD.publishers if p.tracking == "redirect")
    article = WORLD.articles_of[publisher.id][0]
    path = WORLD.feed_url(article).removeprefix(f"http://{publisher.domain}")
    got = reader.get(publisher.domain, path)
    assert got.status == 302
    assert got.headers["location"] == WORLD.canonical_url(article)


def test_an_amp_page_names_its_canonical_page(reader: Reader) -> None:
    publisher = next(p for p in WORLD.publishers if p.has_amp)
    article = next(
        item for item in WORLD.articles_of[publisher.id] if item.is_out(WORLD.end)
    )
    page = reader.get(publisher.domain, article.path).body.decode()
    assert f'href="http://{publisher.domain}/amp{article.path}"' in page
    amp = reader.get(publisher.domain, f"/amp{article.path}").body.decode()
    assert f'<link rel="canonical" href="{WORLD.canonical_url(article)}">' in amp


def test_the_news_sitemap_lists_two_days(reader: Reader) -> None:
    publisher = next(p for p in WORLD.publishers if p.news_sitemap)
    body = reader.get(publisher.domain, "/news-sitemap.xml").body.decode()
    edge = WORLD.end - timedelta(days=2)
    out = WORLD.listed(publisher, WORLD.end)
    assert any(item.listed_at <= edge for item in out)
    for item in out:
        assert (f"<loc>{WORLD.canonical_url(item)}</loc>" in body) is (
            item.listed_at > edge
        )
    assert b"news-sitemap.xml" in reader.get(publisher.domain, "/robots.txt").body


def test_an_unchanged_feed_answers_304(reader: Reader) -> None:
    publisher = WORLD.publishers[0]
    first = reader.get(publisher.domain, publisher.feed_path)
    by_tag = reader.get(
        publisher.domain, publisher.feed_path, If_None_Match=first.headers["etag"]
    )
    by_date = reader.get(
        publisher.domain,
        publisher.feed_path,
        If_Modified_Since=first.headers["last-modified"],
    )
    stale = reader.get(publisher.domain, publisher.feed_path, If_None_Match='"old"')
    assert (by_tag.status, by_tag.body) == (304, b"")
    assert (by_date.status, by_date.body) == (304, b"")
    assert stale.status == 200


def test_text_is_compressed_for_those_who_ask(reader: Reader) -> None:
    publisher = WORLD.publishers[0]
    plain = reader.get(publisher.domain, "/")
    packed = reader.get(publisher.domain, "/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_the_clock_hides_the_future() -> None:
    now = [START + timedelta(hours=12)]
    with PressServer(WORLD, lambda: now[0]) as server:
        reader = Reader(server)
        hidden = next(item for item in WORLD.articles if item.listed_at > now[0])
        publisher = WORLD.publisher_of(hidden)
        assert reader.get(publisher.domain, hidden.path).status == 404
        before = reader.get(publisher.domain, publisher.feed_path).body
        now[0] = hidden.listed_at
        assert reader.get(publisher.domain, hidden.path).status == 200
        assert reader.get(publisher.domain, publisher.feed_path).body != before


def test_an_unknown_host_is_nobody_here(reader: Reader) -> None:
    assert reader.get("nobody.example", "/").status == 404


def test_the_log_tells_what_was_asked_and_how(server: PressServer) -> None:
    server.clear_log()
    reader = Reader(server)
    host = WORLD.publishers[1].domain
    reader.get(host, "/robots.txt", User_Agent="me")
    reader.get(host, "/robots.txt", If_None_Match='"x"')
    assert server.counts()[(host, "/robots.txt")] == 2
    assert [item.is_conditional for item in server.log()] == [False, True]
    assert server.log()[0].user_agent == "me"


@pytest.mark.parametrize(
    ("fault", "status"),
    [("500", 500), ("429", 429), ("410", 410), ("challenge", 403)],
)
def test_a_fault_answers_with_its_status(
    server: PressServer, reader: Reader, fault: str, status: int
) -> None:
    host = WORLD.publishers[2].domain
    server.faults[host] = fault
    try:
        got = reader.get(host, "/")
    finally:
        server.faults.clear()
    assert got.status == status
    assert ("retry-after" in got.headers) is (fault == "429")


def test_faults_can_spoil_one_address_only(server: PressServer, reader: Reader) -> None:
    publisher = WORLD.publishers[3]
    server.faults[publisher.feed_url] = "redirect-loop"
    try:
        looped = reader.get(publisher.domain, publisher.feed_path)
        fine = reader.get(publisher.domain, "/")
    finally:
        server.faults.clear()
    assert (looped.status, looped.headers["location"]) == (302, publisher.feed_url)
    assert fine.status == 200


def test_a_truncated_answer_breaks_off(server: PressServer, reader: Reader) -> None:
    host = WORLD.publishers[0].domain
    server.faults[host] = "truncated"
    try:
        with pytest.raises(http.client.IncompleteRead) as caught:
            reader.get(host, "/")
    finally:
        server.faults.clear()
    assert caught.value.partial


def test_a_slow_answer_arrives_late_and_never_whole() -> None:
    host = WORLD.publishers[0].domain
    with PressServer(
        WORLD, lambda: WORLD.end, faults={host: "slow"}, slow_s=0.3
    ) as server:
        started = time.monotonic()
        with pytest.raises(http.client.IncompleteRead):
            Reader(server).get(host, "/")
        assert time.monotonic() - started >= 0.3


def test_a_wrong_charset_is_no_utf8(server: PressServer, reader: Reader) -> None:
    publisher = WORLD.publishers[0]
    server.faults[publisher.domain] = "wrong-charset"
    try:
        got = reader.get(publisher.domain, "/")
    finally:
        server.faults.clear()
    assert "utf-8" in got.headers["content-type"]
    with pytest.raises(UnicodeDecodeError):
        got.body.decode()


def test_a_bomb_is_small_on_the_wire(server: PressServer, reader: Reader) -> None:
    host = WORLD.publishers[0].domain
    server.faults[host] = "bomb"
    try:
        got = reader.get(host, "/")
    finally:
        server.faults.clear()
    assert len(got.body) < 400_000
    unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(got.body)
    assert len(unpacked) > 19_000_000


def test_the_server_stops_and_starts_again(server: PressServer) -> None:
    world: World = WORLD
    again = PressServer(world, lambda: world.end)
    port = again.start()
    again.stop()
    again.stop()
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()


def test_a_taken_port_is_told_at_once(server: PressServer) -> None:
    with pytest.raises(OSError, match="address already in use"):
        PressServer(WORLD, lambda: WORLD.end, port=server.port).start()
