"""A page on which a reader breaks down is read by a lesser one, and it is told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from fakes import (
    NOW,
    FakeClock,
    FakeFetcher,
    FakeLedger,
    FakeProgress,
    FakeSink,
    FakeStore,
)
from makers import site, source
from newsdesk import pipeline, steps
from newsdesk.model.run import Failed

FEED = "https://a.example/feed"
PAGE = "https://a.example/orbane"
WORDS = "The court in Valdoria fined the chipmaker Orbane 40 million crowns on Monday. "
HTML = (
    "<html lang=en><head><title>Court fines chipmaker Orbane</title></head><body><h1>"
    f"Court fines chipmaker Orbane</h1><article>{f'<p>{WORDS * 3}</p>' * 8}</article>"
)
RSS = (
    "<rss version='2.0'><channel><title>A</title><item><title>Court fines Orbane</title>"
    f"<link>{PAGE}</link><pubDate>Thu, 19 Feb 2026 05:00:00 GMT</pubDate>"
    "<description>Fined by the &lt;b&gt;court&lt;/b&gt;.</description></item>"
    "</channel></rss>"
)


class BreakingRunner:
    """A runner whose first `times` tries of each page break down."""

    def __init__(self, times: int) -> None:
        self._times = times

    def each(
        self,
        stage: str,
        work: Callable[[Any], Any],
        items: Iterable[Any],
        instead: Sequence[Callable[[Any, Failed], Any]] = (),
    ) -> Iterator[Any]:
        for item in items:
            if stage != "read":
                yield work(item)
                continue
            lost = Failed(
                stage="read", key=item.candidate.id, subject=PAGE,
                reason="its worker died", kind="crashed",
            )  # fmt: skip
            left = instead[self._times - 1 :]
            yield left[0](item, lost) if left else lost

    def close(self) -> None:
        pass


def after(times: int) -> tuple[pipeline.Report, steps.Ports]:
    ports = steps.Ports(
        store=FakeStore(), ledger=FakeLedger(), runner=BreakingRunner(times),
        fetcher=FakeFetcher({FEED: RSS.encode(), PAGE: HTML.encode()}),
        progress=FakeProgress(), folder=FakeSink(), content=FakeSink(),
        public=FakeSink(), pictures=FakeSink(), clock=FakeClock(),
    )  # fmt: skip
    given = site(sources=(source("a", url=FEED),))
    return pipeline.run(given, ports, NOW), ports


@pytest.mark.parametrize(
    ("times", "kind", "reader"),
    [(1, "read cheaply", "the full reader"), (2, "not read", "the cheap reader")],
)
def test_the_article_comes_all_the_same(times: int, kind: str, reader: str):
    report, ports = after(times)
    (article,) = ports.store.articles(NOW.replace(year=2000))
    reading = article.reading
    assert reading.page_read is (times == 1)
    assert ("40 million crowns" in reading.text) is (times == 1)
    told = f"{reader} broke down on the page (its worker died)"
    assert told in reading.notes
    assert ("read", kind, 1) in report.failures
    assert [f.reason for f, _ in ports.ledger.failures() if f.stage == "read"] == [told]


def test_a_page_that_nothing_gets_through_is_a_failure_and_tried_again():
    report, ports = after(3)
    assert ports.store.articles(NOW.replace(year=2000)) == ()
    assert ("read", "crashed", 1) in report.failures
    assert len(ports.store.unread()) == 1
