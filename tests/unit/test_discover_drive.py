"""Driving searches: many at once, and what is remembered between them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes import FakeFetcher, reply
from newsdesk.cli import finding
from newsdesk.cli.finding import Memory
from newsdesk.model.feed import Reply, Request
from newsdesk.model.run import Failed

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
RSS = (
    b'<rss version="2.0"><channel><title>T</title><item><title>One</title>'
    b"<link>https://a.example/1</link></item></channel></rss>"
)
PAGE = b"<!doctype html><title>A page</title>"


class World(FakeFetcher):
    """A fetcher to whom every other address answers 404, or 503 where told."""

    def __init__(self, answers: dict[str, bytes], otherwise: int = 404) -> None:
        super().__init__(answers)
        self.otherwise = otherwise

    def _answer(self, request: Request) -> Reply | Failed:
        if request.url in self.answers:
            return super()._answer(request)
        return reply(request, status=self.otherwise)

    def urls(self) -> list[str]:
        return [request.url for request in self.asked]


def test_addresses_are_searched_side_by_side_and_answered_in_order(
    tmp_path: Path,
) -> None:
    world = World({"https://b.example/rss.xml": RSS, "https://b.example/": PAGE,
                   "https://a.example/feed": RSS})  # fmt: skip
    given = ["https://b.example/", "a file.txt", "https://a.example/feed"]
    found = finding.search(world, given, frozenset(), Memory(tmp_path / "m", NOW))
    assert [one.given for one in found] == given
    assert [one.feeds[0].url if one.feeds else None for one in found] == [
        "https://b.example/rss.xml", None, "https://a.example/feed",
    ]  # fmt: skip
    assert world.urls()[:2] == ["https://b.example/", "https://a.example/feed"]


def test_misses_are_remembered_for_days_and_then_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "state/finding.json"
    asked = []
    for days in (0.0, 2.9, 3.1):
        world = World({"https://a.example/": PAGE})
        memory = Memory(path, NOW + timedelta(days=days))
        finding.search(world, ["https://a.example/"], frozenset(), memory)
        memory.save()
        asked.append(len(world.asked))
    assert asked[0] > 10
    assert asked == [asked[0], 2, asked[0]]


def test_a_server_in_trouble_is_no_miss(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m", NOW)
    world = World({"https://a.example/": PAGE}, otherwise=503)
    finding.search(world, ["https://a.example/"], frozenset(), memory)
    memory.save()
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"no_feed_until": 3}', "{", '{"x": {}}'])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "m").write_text(text)
    assert not Memory(tmp_path / "m", NOW).knows("https://a.example/")


def test_what_the_site_has_is_not_asked(tmp_path: Path) -> None:
    world = World({})
    known = frozenset({"https://a.example/feed"})
    given = ["HTTPS://A.example/feed?utm_source=x#top"]
    (one,) = finding.search(world, given, known, Memory(tmp_path / "m", NOW))
    assert (one.search, world.asked) == (None, [])


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x", "https://a.example/x"),
        ("feed:http://a.example/x", "http://a.example/x"),
        ("a.example", "https://a.example"),
        ("blog.a.example/news", "https://blog.a.example/news"),
        ("@ada@social.example", "https://social.example/@ada"),
        ("list.opml", None),
        ("feeds.txt", None),
        ("crawl.warc.gz", None),
        ("gopher://a.example", None),
        ("some words", None),
    ],
)
def test_what_is_looked_at_is_an_address(item: str, address: str | None) -> None:
    assert finding.address_of(item) == address
