"""A source that lists sitemaps: the newest of news are read, politely and boundedly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fakes import FakeClock, FakeFetcher, FakeLedger, FakeProgress, FakeSink, FakeStore
from makers import NOW, site, source
from newsdesk import pipeline, steps
from newsdesk.model.feed import Health, Reply, Request, SourceState
from newsdesk.model.ports import Store
from newsdesk.run.local import SerialRunner
from newsdesk.stages import sitemaps
from newsdesk.store import open_store

ROOT = "https://a.example"
INDEX = f"{ROOT}/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def index(**changed: str) -> bytes:
    """A list of sitemaps below the site, with the day each has changed."""
    rows = "".join(
        f"<sitemap><loc>{ROOT}/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in changed.items()
    )
    return f"<sitemapindex {SPACES}>{rows}</sitemapindex>".encode()


def news(name: str) -> bytes:
    return (
        f"<urlset {SPACES}><url><loc>{ROOT}/{name}</loc><news:news>"
        "<news:publication_date>2026-02-19T05:00:00Z</news:publication_date>"
        f"<news:title>{name}</news:title></news:news></url></urlset>"
    ).encode()


def tagged(body: bytes, tag: str) -> object:
    """A server that knows 'not modified'."""

    def answer(request: Request) -> Reply:
        is_known = request.validators is not None and request.validators.etag == tag
        return Reply(
            key=request.key,
            url=request.url,
            final_url=request.url,
            status=304 if is_known else 200,
            headers=(("etag", tag),),
            body=b"" if is_known else body,
            fetched_at=NOW,
        )

    return answer


class Desk:
    def __init__(self, store: Store) -> None:
        self.fetcher = FakeFetcher({})
        self.store, self.now = store, NOW
        self.site = site(sources=(source("a", url=INDEX),))

    def serve(self, name: str, body: bytes, tag: str = '"1"') -> None:
        self.fetcher.answers[f"{ROOT}/{name}.xml"] = tagged(body, tag)  # type: ignore[assignment]

    def run(self) -> tuple[dict[str, int], list[Request]]:
        """Counts of a run, and the sitemaps it asked; thirty hours after the last."""
        ports = steps.Ports(
            store=self.store, ledger=FakeLedger(), fetcher=self.fetcher,
            runner=SerialRunner(), progress=FakeProgress(), folder=FakeSink(),
            content=FakeSink(), public=FakeSink(), pictures=FakeSink(),
            clock=FakeClock(),
        )  # fmt: skip
        before = len(self.fetcher.asked)
        counts = dict(pipeline.run(self.site, ports, self.now).counts)
        self.now += timedelta(hours=30)
        asked = self.fetcher.asked[before:]
        return counts, [one for one in asked if one.url.endswith(".xml")]

    def state(self) -> SourceState:
        (state,) = self.store.sources()
        return state


@pytest.fixture(params=["fake", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "fake":
        yield Desk(FakeStore())
        return
    with open_store(tmp_path) as opened:
        yield Desk(opened.store)


def names(asked: list[Request]) -> list[str]:
    return [one.url.removeprefix(f"{ROOT}/").removesuffix(".xml") for one in asked]


def test_the_newest_sitemaps_of_a_list_are_read_as_the_source(desk: Desk) -> None:
    days = {f"part{n}": f"2026-02-{n:02}" for n in range(1, 9)}
    desk.serve("sitemap", index(**days))
    for name in days:
        desk.serve(name, news(name))
    counts, asked = desk.run()
    assert names(asked) == ["sitemap", "part8", "part7", "part6"]
    assert counts["new entries"] == 3
    assert all(one.obey_robots for one in asked[1:])
    assert desk.state().health is Health.FRESH


def test_those_of_news_go_before_newer_ones_of_all_else(desk: Desk) -> None:
    desk.serve("sitemap", index(pages="2026-02-19", news_old="2026-02-01"))
    desk.serve("news_old", news("one"))
    counts, asked = desk.run()
    assert names(asked) == ["sitemap", "news_old"]
    assert counts["new entries"] == 1


def test_each_sitemap_is_asked_unconditionally_once(desk: Desk) -> None:
    desk.serve("sitemap", index(news="2026-02-19"))
    desk.serve("news", news("one"))
    _, first = desk.run()
    assert [one.validators for one in first] == [None, None]
    for _ in range(2):
        _, asked = desk.run()
        assert [one.validators and one.validators.etag for one in asked] == ['"1"'] * 2


def test_a_sitemap_that_changes_below_an_unchanged_list_is_read(desk: Desk) -> None:
    desk.serve("sitemap", index(news="2026-02-19"))
    desk.serve("news", news("one"))
    desk.run()
    desk.serve("news", news("two"), '"2"')
    assert desk.run()[0]["new entries"] == 1
    assert desk.run()[0]["new entries"] == 0
    assert [each.etag for each in desk.state().sitemaps] == ['"2"']


def test_one_sitemap_that_fails_stops_no_other(desk: Desk) -> None:
    desk.serve("sitemap", index(news1="2026-02-19", news2="2026-02-19"))
    desk.serve("news2", news("two"))
    assert desk.run()[0]["new entries"] == 1
    assert desk.state().failures == 0


def test_a_list_whose_sitemaps_all_fail_fails(desk: Desk) -> None:
    desk.serve("sitemap", index(news="2026-02-19"))
    desk.serve("news", b"<html><title>Sorry</title></html>")
    counts, _ = desk.run()
    state = desk.state()
    assert (counts["sources failed"], state.health) == (1, Health.FAILING)
    assert "none of the sitemaps it lists can be read" in (state.reason or "")
    desk.serve("news", news("one"))
    assert desk.run()[0]["new entries"] == 1


def test_lists_inside_lists_and_other_domains_are_not_followed(desk: Desk) -> None:
    inner = index(deeper="2026-02-19")
    desk.serve("sitemap", index(news="2026-02-19").replace(
        b"</sitemapindex>",
        b"<sitemap><loc>https://other.example/news.xml</loc></sitemap></sitemapindex>",
    ))  # fmt: skip
    desk.serve("news", inner)
    counts, asked = desk.run()
    assert names(asked) == ["sitemap", "news"]
    assert counts["new entries"] == 0


def test_a_feed_that_is_no_list_asks_for_nothing_more() -> None:
    state = SourceState(source=source("a"))
    reply = replace(
        tagged(news("one"), '"1"')(Request(key="a", url=INDEX)),  # type: ignore[operator]
        key=state.source.id,
    )
    answer = pipeline.poll.answered(reply)
    assert sitemaps.requests(answer, state, site().fetching) == ()
