"""Which sources a run asks, and what it makes of those that were looked at before."""

from __future__ import annotations

from datetime import timedelta

from fakes import FakeClock, FakeFetcher, FakeLedger, FakeProgress, FakeSink, FakeStore
from fakes import reply as a_reply
from makers import NOW, site, source
from newsdesk import intake, pipeline, steps
from newsdesk.model.feed import Feed, Hop, Reply, Request, Source
from newsdesk.model.site import Site
from newsdesk.run.local import SerialRunner
from newsdesk.stages import poll, queueing

RSS = (
    b"<rss version='2.0'><channel><title>A</title><item><title>Old news</title>"
    b"<link>https://a.example/1</link><pubDate>Mon, 02 Feb 2026 05:00:00 GMT</pubDate>"
    b"</item></channel></rss>"
)


class Desk:
    """A run's first step with fakes around it."""

    def __init__(self, asked: Site) -> None:
        self.site = asked
        self.fetcher = FakeFetcher({})
        self.progress, self.store = FakeProgress(), FakeStore()
        self.ledger = FakeLedger()

    def ask(self, now=NOW) -> steps.Pass:
        sink = FakeSink()
        ports = steps.Ports(
            store=self.store, ledger=self.ledger, fetcher=self.fetcher,
            runner=SerialRunner(), progress=self.progress, folder=sink, content=sink,
            public=sink, pictures=sink, clock=FakeClock(),
        )  # fmt: skip
        this = steps.Pass(self.site, ports, now, self.ledger.begin(now, now))
        pipeline.ask_sources(this)
        return this


def test_more_new_feeds_of_one_domain_than_it_bears_are_bounded_spread_and_told() -> (
    None
):
    count = queueing.A_DOMAIN + 15
    many = [source(f"{n}", url=f"https://www.big.example/{n}") for n in range(count)]
    desk = Desk(site(sources=tuple(many)))
    desk.fetcher.answers = {one.url: RSS for one in many}
    first = desk.ask()
    assert len(desk.fetcher.asked) == queueing.A_DOMAIN
    assert first.counts["sources put off"] == 15
    (end,) = [call for call in desk.progress.told if call[0] == "end"]
    assert str(end[2]).endswith(", 15 wait for their domain's turn")
    # From here on one a minute, those that nobody asked yet before all others.
    at_once = desk.ask(NOW)
    assert at_once.counts["sources asked"] == 0
    for minute in range(1, 16):
        desk.ask(NOW + timedelta(minutes=minute))
        assert len(desk.fetcher.asked) == queueing.A_DOMAIN + minute
    assert len({request.url for request in desk.fetcher.asked}) == count


def looked_at(one: Source, *hops: Hop) -> poll.Answer:
    answer = a_reply(Request(key="0", url=one.url), body=RSS)
    given = Reply(
        key="0", url="https://a.example/old", final_url=one.url, status=200,
        headers=(("etag", '"1"'),), body=RSS, fetched_at=answer.fetched_at, hops=hops,
    )  # fmt: skip
    read = poll.answered(given)
    assert isinstance(read, poll.Answer) and isinstance(read.feed, Feed)
    return poll.looked_at(one, given, read.feed)


def test_what_was_seen_when_a_source_was_added_is_its_first_poll() -> None:
    one = source("a", url="https://a.example/feed")
    desk = Desk(site(sources=(one,)))
    look = looked_at(one, Hop(status=301, url=one.url))
    assert intake.keep_looks(desk.site, desk.store, [look], NOW) == 1
    (state,) = desk.store.sources()
    assert (state.polled_at, state.moved_to, state.title) == (NOW, None, "A")
    (entry,) = desk.store.unclaimed_entries()
    assert (entry.is_backlog, entry.first_seen_at) == (True, NOW)
    desk.ask(NOW + timedelta(minutes=1))
    assert desk.fetcher.asked == []
    desk.ask(NOW + timedelta(days=2))
    (request,) = desk.fetcher.asked
    assert request.validators is not None and request.validators.etag == '"1"'


def test_a_redirect_for_the_moment_is_still_one_of_the_source() -> None:
    one = source("a", url="https://a.example/feed")
    away = Hop(status=302, url="https://cdn.example/feed")
    lasting = Hop(status=301, url=one.url)
    assert looked_at(one, lasting, away).reply is not None
    reply = looked_at(one, lasting, away).reply
    assert reply is not None and reply.hops == (away,)
    assert (reply.key, reply.url) == (one.id, one.url)
