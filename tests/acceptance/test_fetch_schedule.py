"""A feed over days: what a server gets to see of us, poll by poll."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from fakes import FakeClock
from newsdesk.fetch.client import HttpFetcher
from newsdesk.model.feed import (
    Feed,
    FeedEntry,
    Health,
    Reply,
    Source,
    SourceId,
    SourceState,
)
from newsdesk.model.site import Fetching, Schedule
from newsdesk.stages import queueing, schedule
from scripted_server import Answer, ScriptedServer

URL = "http://daily.example/feed"
PLAN = Schedule()


class Reader:
    """Polls one feed whenever it is due, and remembers nothing but its state."""

    def __init__(self, server: ScriptedServer) -> None:
        self.clock = FakeClock()
        self.state = SourceState(source=Source(id=SourceId("a"), url=URL))
        self._server = server

    def poll(self, answer: Answer, path: str = "/feed") -> dict[str, str]:
        """Wait until the feed is due, poll it, and give back the headers we sent."""
        self._server[path] = answer
        if self.state.next_poll_at:
            self.clock.now = self.state.next_poll_at - timedelta(seconds=1)
            assert not queueing.due([self.state], self.clock.now)
            self.clock.pass_by(seconds=1)
        assert queueing.due([self.state], self.clock.now)
        self._ask()
        return self._server.asked[-1].headers

    def point(self, path: str, target: str) -> None:
        """Redirect a path for good."""
        self._server[path] = Answer(status=301, headers=(("Location", target),))

    def hosts(self) -> list[str]:
        """The hosts that were asked, in order."""
        return [asked.headers["Host"] for asked in self._server.asked]

    def _ask(self) -> None:
        fetcher = HttpFetcher(  # a new one each time, as after a restart
            Fetching(gap_s=0),
            user_agent="newsdesk/0.1",
            clock=self.clock,
            routes={"*.example": self._server.peer},
        )
        (answer,) = fetcher.fetch([schedule.request(self.state, Fetching())])
        fetcher.close()
        now = self.clock.now
        if not isinstance(answer, Reply):
            self.state = schedule.after_failure(self.state, answer, PLAN, now)
            return
        is_feed = answer.body.startswith(b"<rss")
        entries = (FeedEntry(published_at=now - timedelta(hours=1)),)
        feed = Feed(format="rss 2.0", entries=entries) if is_feed else None
        self.state = schedule.after_reply(self.state, answer, feed, 1, (), PLAN, now)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with ScriptedServer() as server:
        yield Reader(server)


def a_feed(*headers: tuple[str, str]) -> Answer:
    return Answer(body=b"<rss/>", headers=headers)


def test_a_feed_is_asked_unconditionally_once_in_its_life(reader: Reader) -> None:
    first = reader.poll(a_feed(("ETag", 'W/"1"'), ("Last-Modified", "some day")))
    assert not {"If-None-Match", "If-Modified-Since"} & set(first)
    for answer in (
        Answer(status=304),
        Answer(status=500, headers=(("ETag", '"error"'),), body=b"<rss/>"),
        Answer(body=b"<html>log in", headers=(("ETag", '"page"'),)),
        Answer(body=b"<rss><half", length=999, headers=(("ETag", '"half"'),)),
        Answer(raw=b""),
        Answer(status=429, headers=(("Retry-After", "60"),)),
        Answer(status=404),
        Answer(status=304),
    ):
        sent = reader.poll(answer)
        assert sent["If-None-Match"] == 'W/"1"'
        assert sent["If-Modified-Since"] == "some day"
    assert reader.state.health is Health.FRESH


def test_a_validator_that_a_feed_no_longer_gives_is_no_longer_sent(
    reader: Reader,
) -> None:
    reader.poll(a_feed(("ETag", '"1"'), ("Last-Modified", "some day")))
    reader.poll(a_feed(("ETag", '"2"')))
    sent = reader.poll(a_feed())
    assert sent["If-None-Match"] == '"2"'
    assert "If-Modified-Since" not in sent
    assert "If-None-Match" not in reader.poll(a_feed())


def test_not_modified_brings_new_validators_and_a_new_wait(reader: Reader) -> None:
    reader.poll(a_feed(("ETag", '"1"')))
    reader.poll(
        Answer(
            status=304, headers=(("ETag", '"2"'), ("Cache-Control", "max-age=36000"))
        )
    )
    waited = reader.state.next_poll_at
    assert waited is not None
    assert waited - reader.clock.now >= timedelta(hours=10)
    assert reader.poll(Answer(status=304))["If-None-Match"] == '"2"'


def test_a_feed_that_moves_for_good_is_asked_at_its_new_address_in_the_end(
    reader: Reader,
) -> None:
    reader.poll(a_feed(("ETag", '"old"')))
    target = "http://new.example/feed2"
    reader.point("daily.example/feed", target)
    there = a_feed(("ETag", '"new"'), ("Cache-Control", "max-age=43200"))
    sent = [reader.poll(there, "new.example/feed2") for _ in range(5)]
    validators = [headers.get("If-None-Match") for headers in sent]
    assert validators == [None, '"new"', '"new"', '"new"', '"new"']
    ways = ["daily.example", "new.example"] * 3 + ["new.example"] * 2
    assert reader.hosts() == ["daily.example", *ways]
    assert reader.state.health is Health.MOVED
    assert reader.state.source.url == URL


def test_a_feed_that_is_gone_is_never_asked_again(reader: Reader) -> None:
    reader.poll(a_feed())
    reader.poll(Answer(status=410))
    reader.clock.pass_by(days=4_000)
    assert queueing.due([reader.state], reader.clock.now) == ()
