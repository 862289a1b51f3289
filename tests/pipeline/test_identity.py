"""One article an address, whatever feeds do to their entries: the path with fakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fakes import FakeClock, FakeFetcher, FakeLedger, FakeProgress, FakeSink, FakeStore
from makers import NOW, site, source
from newsdesk import intake, pipeline, steps
from newsdesk.model.article import Article
from newsdesk.model.feed import Reply, Request, SourceKind
from newsdesk.model.ports import Store
from newsdesk.model.run import Failed
from newsdesk.run.local import SerialRunner
from newsdesk.stages import versions
from newsdesk.store import open_store

FEED, OTHER = "https://a.example/feed", "https://b.example/feed"
PAGE = "https://a.example/orbane"
HEADLINE = "Court fines chipmaker Orbane over licences"
TEXT = "The court in Valdoria fined the chipmaker Orbane 40 million crowns on Monday. "
LONG_AGO = NOW - timedelta(days=365)


def item(
    title: str = HEADLINE,
    *,
    link: str = PAGE,
    guid: str = "g1",
    day: str = "Thu, 19 Feb 2026 05:00:00 GMT",
    words: str = "Fined.",
    updated: str = "",
) -> str:
    changed = f"<atom:updated>{updated}</atom:updated>" if updated else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>"
        f"<guid isPermaLink='false'>{guid}</guid>{changed}"
        f"<description>{words}</description></item>"
    )


def rss(*items: str) -> bytes:
    return (
        "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
        f"<title>A</title>{''.join(items)}</channel></rss>"
    ).encode()


def page(title: str = HEADLINE, *, text: str = TEXT) -> bytes:
    body = "".join(f"<p>On count {n}: {text}</p>" for n in range(9))
    return (
        f"<html lang='en'><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


class Desk:
    """A site of two feeds with fakes around it; `store` may be the real one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ledger = FakeLedger()
        self.fetcher = FakeFetcher({PAGE: page()})
        self.own = source("own", url="push:own", kind=SourceKind.PUSH)
        feeds = (source("a", url=FEED), source("b", url=OTHER))
        self.site = site(sources=(*feeds, self.own))
        self.now = NOW
        self.content = FakeSink()

    def lists(self, *items: str, at: str = FEED) -> None:
        self.fetcher.answers[at] = rss(*items)

    def run(self) -> dict[str, int]:
        """One pass, thirty hours after the one before."""
        ports = steps.Ports(
            store=self.store, ledger=self.ledger, fetcher=self.fetcher,
            runner=SerialRunner(), progress=FakeProgress(), folder=FakeSink(),
            content=self.content, public=FakeSink(), pictures=FakeSink(),
            clock=FakeClock(),
        )  # fmt: skip
        report = pipeline.run(self.site, ports, self.now)
        self.now += timedelta(hours=30)
        return dict(report.counts)

    def articles(self) -> tuple[Article, ...]:
        return self.store.articles(LONG_AGO)

    def asked(self, url: str) -> int:
        return sum(request.url == url for request in self.fetcher.asked)

    def push(self, text: str) -> None:
        intake.receive(self.store, self.own, text.encode(), self.now)


@pytest.fixture(params=["fake", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "fake":
        yield Desk(FakeStore())
        return
    with open_store(tmp_path) as opened:
        yield Desk(opened.store)


# --- one article an address ------------------------------------------------------------


def test_an_address_in_two_feeds_and_a_push_is_one_article(desk: Desk) -> None:
    desk.lists(item())
    desk.lists(item(link=f"{PAGE}?utm_source=b#top", guid="b7"), at=OTHER)
    desk.push('{"url": "http://www.a.example/orbane/", "title": "As we found it"}')
    counts = desk.run()
    assert counts["articles read"] == len(desk.articles()) == 1
    assert [request.url for request in desk.fetcher.asked].count(PAGE) == 1
    assert len(desk.fetcher.asked) == 3


@pytest.mark.parametrize(
    "again",
    [
        item(guid="another"),
        item("Court fines Orbane 40 million"),
        item(link=f"{PAGE}?utm_medium=rss&amp;fbclid=x"),
        item(link=f"{PAGE}?utm_medium=rss", guid="another"),
        item("Orbane fined", link="https://a.example/orbane-fined"),
    ],
    ids=["guid", "headline", "tracking", "guid and tracking", "headline and slug"],
)
def test_a_changed_mark_makes_no_second_article(desk: Desk, again: str) -> None:
    desk.lists(item())
    desk.run()
    (before,) = desk.articles()
    desk.lists(again)
    assert desk.run()["articles read"] <= 1
    (after,) = desk.articles()
    assert (after.id, after.first_seen_at) == (before.id, before.first_seen_at)
    assert desk.store.unclaimed_entries() == ()


def test_a_forwarder_s_link_is_read_at_the_page_behind_it(desk: Desk) -> None:
    behind = "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Forbane"
    desk.lists(item(link=behind))
    desk.run()
    (found,) = desk.articles()
    assert (found.url, found.reading.web_url) == (behind, PAGE)
    assert (desk.asked(behind), desk.asked(PAGE)) == (0, 1)


def test_a_guid_that_several_items_share_loses_none_of_them(desk: Desk) -> None:
    other = "https://a.example/other"
    desk.fetcher.answers[other] = page("Bees return to the islands of Valdoria")
    desk.lists(item(guid="0"), item("Bees return", link=other, guid="0"))
    assert desk.run()["articles read"] == 2
    desk.lists(item("Bees return", link=other, guid="0"))
    assert desk.run()["articles read"] == 0
    assert len(desk.articles()) == 2


def test_old_items_of_a_new_source_are_archived_and_stay_so(desk: Desk) -> None:
    old = "Sun, 01 Feb 2026 05:00:00 GMT"
    items = [
        item(f"Old {n}", link=f"https://a.example/{n}", guid=str(n), day=old)
        for n in range(30)
    ]
    undated = item(link="https://a.example/undated", guid="u", day="")
    desk.lists(item(), *items, undated)
    counts = desk.run()
    assert (counts["archived at the door"], counts["articles read"]) == (31, 1)
    desk.lists(item(guid="n1"), *(one.replace("guid", "guid ") for one in items))
    assert desk.run()["articles read"] == 0
    renamed = [
        one.replace("isPermaLink='false'>", "isPermaLink='false'>x") for one in items
    ]
    desk.lists(*renamed)
    counts = desk.run()
    assert counts["articles read"] == 0
    assert len(desk.articles()) == 1


# --- versions --------------------------------------------------------------------------


def test_a_new_headline_has_its_article_read_once_more(desk: Desk) -> None:
    desk.lists(item())
    desk.run()
    (before,) = desk.articles()
    (path,) = (path for path in desk.content.files if path.startswith("_news/"))
    stories = desk.store.stories(LONG_AGO)
    desk.lists(item("Orbane wins its appeal over licences"))
    desk.fetcher.answers[PAGE] = page("Orbane wins its appeal over licences")
    counts = desk.run()
    (after,) = desk.articles()
    told = ("new entries", "changed entries", "articles read")
    assert [counts[name] for name in told] == [0, 1, 1]
    assert after.reading.title == "Orbane wins its appeal over licences"
    assert after == replace(before, reading=after.reading)
    assert [s.members for s in desk.store.stories(LONG_AGO)] == [stories[0].members]
    assert [p for p in desk.content.files if p.startswith("_news/")] == [path]
    assert b"Orbane wins its appeal" in desk.content.files[path]
    assert (desk.run()["articles read"], desk.asked(PAGE)) == (0, 2)


def test_where_the_feed_has_the_only_words_its_new_ones_count(desk: Desk) -> None:
    desk.fetcher.answers[PAGE] = Failed(
        stage="fetch",
        key="",
        subject=PAGE,
        reason="gone",
        kind="http 410",
        is_final=True,
    )
    desk.lists(item())
    desk.run()
    desk.lists(item("Orbane wins", words="It won.", updated="2026-02-20T05:00:00Z"))
    desk.run()
    (article,) = desk.articles()
    assert (article.reading.title, article.reading.text) == ("Orbane wins", "It won.")


def test_an_article_whose_page_is_gone_meanwhile_stays_as_first_read(
    desk: Desk,
) -> None:
    desk.lists(item())
    desk.run()
    before = desk.articles()
    desk.lists(item("Orbane wins"))
    desk.fetcher.answers[PAGE] = Failed(
        stage="fetch",
        key="",
        subject=PAGE,
        reason="gone",
        kind="http 410",
        is_final=True,
    )
    desk.run()
    assert desk.articles() == before
    kept = {(f.stage, f.kind) for f, _ in desk.ledger.failures()}
    assert ("read", "not read again") in kept
    assert (desk.run()["articles read"], desk.asked(PAGE)) == (0, 2)


def test_a_page_that_fails_for_the_moment_is_tried_again_for_its_change(
    desk: Desk,
) -> None:
    def busy(request: Request) -> Reply | Failed:
        return Failed(
            stage="fetch", key=request.key, subject=PAGE, reason="slow", kind="timeout"
        )

    desk.lists(item())
    desk.run()
    desk.lists(item("Orbane wins"))
    desk.fetcher.answers[PAGE] = busy
    desk.run()
    desk.now += timedelta(minutes=12) - timedelta(hours=30)
    desk.fetcher.answers[PAGE] = page("Orbane wins")
    assert desk.run()["articles read"] == 1
    assert desk.articles()[0].reading.title == "Orbane wins"


def test_a_run_stopped_while_reading_again_is_gone_on_with(desk: Desk) -> None:
    def stop(request: Request) -> Reply | Failed:
        raise KeyboardInterrupt

    undisturbed = Desk(FakeStore())
    for each in (desk, undisturbed):
        each.lists(item())
        each.run()
        each.lists(item("Orbane wins"))
    desk.fetcher.answers[PAGE] = stop
    with pytest.raises(KeyboardInterrupt):
        desk.run()
    for each in (desk, undisturbed):
        each.fetcher.answers[PAGE] = page("Orbane wins")
        each.run()
    assert desk.articles() == undisturbed.articles()
    assert desk.articles()[0].reading.title == "Orbane wins"
    assert desk.content.files == undisturbed.content.files
    assert (desk.run()["articles read"], desk.asked(PAGE)) == (0, 3)


def test_a_change_of_the_words_alone_is_a_version_and_reads_nothing(desk: Desk) -> None:
    desk.lists(item())
    desk.run()
    desk.lists(item(words="Fined 41 million."))
    assert desk.run()["articles read"] == 0
    (listing,) = desk.store.listings(tuple(entry_ids(desk)))
    told = [(v.number, v.seen_at, v.excerpt) for v in listing.versions]
    assert told == [
        (1, NOW, "Fined."),
        (2, NOW + timedelta(hours=30), "Fined 41 million."),
    ]


def test_the_same_words_again_write_nothing(desk: Desk) -> None:
    words = "&lt;a href='/x?views={}'&gt;Fined&lt;/a&gt;."
    desk.lists(item(words=words.format(1)))
    desk.run()
    before = desk.store.listings(tuple(entry_ids(desk)))
    desk.lists(
        item(f" {HEADLINE} ", link=f"{PAGE}?utm_source=x", words=words.format(9_000))
    )
    desk.run()
    assert desk.store.listings(tuple(entry_ids(desk))) == before
    assert before[0].versions == ()


def test_a_feed_that_rewrites_all_it_lists_is_noted_and_costs_nothing(
    desk: Desk,
) -> None:
    urls = [f"https://a.example/{n}" for n in range(8)]
    desk.fetcher.answers |= {
        url: page(f"Something of the kind {n} happened in Valdoria")
        for n, url in enumerate(urls)
    }
    for n in range(6):
        stamp = f"2026-02-19T05:00:{n:02}Z"
        desk.lists(*(item(f"No {i}", link=u, guid=u, updated=stamp)
                     for i, u in enumerate(urls)))  # fmt: skip
        counts = desk.run()
        assert counts["articles read"] == (8 if n == 0 else 0)
    state = next(s for s in desk.store.sources() if s.source.url == FEED)
    assert versions.rewrites_always(state)
    listings = desk.store.listings(tuple(entry_ids(desk)))
    assert [len(one.versions) for one in listings] == [versions.MAX_SWEEPS] * 8


def entry_ids(desk: Desk) -> list:
    """The ids of all entries that the store holds."""
    if isinstance(desk.store, FakeStore):
        return sorted(desk.store._entries)
    return [row["id"] for row in desk.store.dump()["entries"]]


# --- pushed entries --------------------------------------------------------------------


def test_a_pushed_entry_is_admitted_read_and_published_by_the_next_run(
    desk: Desk,
) -> None:
    line = f'{{"url": "{PAGE}", "title": "{HEADLINE}"}}\n'
    desk.push(line)
    desk.push(line + line)
    assert desk.run()["articles read"] == 1
    assert desk.articles()[0].reading.page_read
    assert desk.articles()[0].source_id == desk.own.id
    assert any(path.startswith("_news/") for path in desk.content.files)


def test_a_pushed_entry_with_content_asks_for_no_page(desk: Desk) -> None:
    def line(words: str) -> str:
        return (
            f'{{"url": "{PAGE}", "title": "{HEADLINE}", "content": "<p>{words}</p>", '
            '"published": "2026-02-19T05:00:00Z"}'
        )

    desk.push(line("It was fined."))
    assert desk.run()["articles read"] == 1
    assert desk.articles()[0].reading.text == "It was fined."
    desk.push(line("It was fined twice."))
    assert desk.run()["articles read"] == 1
    assert desk.articles()[0].reading.text == "It was fined twice."
    assert desk.asked(PAGE) == 0


def test_old_pushed_entries_are_archived(desk: Desk) -> None:
    desk.push(f'{{"url": "{PAGE}", "published": "2025-01-01"}}')
    counts = desk.run()
    assert (counts["archived at the door"], counts["articles read"]) == (1, 0)


def test_many_pushed_corrections_at_once_are_no_rewriting(desk: Desk) -> None:
    urls = [f"https://a.example/{n}" for n in range(8)]
    desk.fetcher.answers |= {url: page(f"{HEADLINE}, part {url[-1]}") for url in urls}
    for word in ("before", "after"):
        desk.push("\n".join(f'{{"url": "{u}", "title": "{word} {u}"}}' for u in urls))
        assert desk.run()["articles read"] == 8
