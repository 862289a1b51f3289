"""A hub of the simulated press delivers over real sockets what a poll would find."""

from __future__ import annotations

import hmac
import http.client
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from newsdesk import config, pipeline, press, wiring
from newsdesk.model.feed import Poll, SourceState, Subscription
from newsdesk.model.site import Fetching
from newsdesk.press import hub as press_hub
from newsdesk.press.records import Dialect
from newsdesk.run.progress import Lines
from newsdesk.stages import websub, websub_leaving
from newsdesk.web import hub, server

START = datetime(2026, 2, 16, tzinfo=UTC)
WORLD = press.build_world(7, start=START, days=3, publishers=16)
ANNOUNCING = [p for p in WORLD.publishers if p.has_hub]
HOUR = timedelta(hours=1)


class Newsroom:
    """A site that reads the four feeds with a hub, its server, and the press."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.now = START + timedelta(hours=34)
        self.press = stack.enter_context(press.PressServer(WORLD, lambda: self.now))
        config.create(folder, "blank")
        for publisher in ANNOUNCING:
            config.add(folder, [publisher.feed_url])
        fetching = Fetching(gap_s=0.0, public_url="http://news.example/")
        # What is archived at the door needs no page, and this is about the door.
        site = replace(config.load(folder), fetching=fetching)
        window = replace(site.window, new_source_days=0)
        self.site = replace(site, window=window)
        desk = hub.desk(fetching, lambda: self.now, self.site.state_folder)
        assert desk is not None
        self.desk = desk
        app = server.app(self.site.public_folder, hub=desk.routes())
        self.server = stack.enter_context(server.serve(app, port=0))
        desk.public_url = self.server.url
        routes = {"*.example": ("127.0.0.1", self.press.port)}
        fetcher = stack.enter_context(
            wiring.http(self.site, clock=lambda: self.now, routes=routes)
        )
        log = stack.enter_context((folder / "log").open("w"))
        self.ports = stack.enter_context(
            wiring.ports(
                self.site, fetcher, Lines(log), clock=lambda: self.now, workers=1
            )
        )

    def round(self) -> int:
        """What `serve` does in a round; returns how many hubs were asked."""
        delivered = hub.settle(self.desk, self.ports.store, self.now)
        pipeline.run(self.site, self.ports, self.now, delivered)
        self.desk.forget_taken()
        seed = hub.seed(self.site.state_folder)
        asked = hub.subscribe(
            self.desk, self.ports.store, self.ports.fetcher, seed, self.now
        )
        hub.unsubscribe(self.desk, self.ports.store, self.ports.fetcher, self.now)
        return asked

    def subscribe(self) -> None:
        """A round in which all four hubs are asked, and have answered."""
        assert self.round() == 4
        wait_for(self.has_settled)
        # A hub counts a subscriber once it has read the answer that we gave.
        wait_for(lambda: len(self.press.hub.subscribers) == 4)

    def has_settled(self) -> bool:
        """Take in what hubs say; whether all have confirmed or denied by now."""
        hub.settle(self.desk, self.ports.store, self.now)
        return all(one.tries == 0 or one.note for one in self.subscriptions())

    def states(self) -> dict[str, SourceState]:
        return {state.source.url: state for state in self.ports.store.sources()}

    def subscriptions(self) -> list[Subscription]:
        found = [state.subscription for state in self.states().values()]
        assert all(found)
        return [one for one in found if one]

    def entries(self) -> list[str]:
        """Every entry that the store holds, as its row."""
        with wiring.look_up(self.site) as opened:
            return [row["entry"] for row in opened.store.dump()["entries"]]

    def polls(self) -> int:
        """How often a feed was asked for by us."""
        counts = self.press.counts()
        return sum(counts[p.domain, p.feed_path] for p in ANNOUNCING)

    def call(self, method: str, url: str, body: bytes = b"", **headers: str) -> int:
        """The status of a request to our own server, as a stranger may send it."""
        where = urlsplit(url)
        line = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, f"{where.path}?{where.query}", body, named)
            return line.getresponse().status
        finally:
            line.close()

    def callback(self) -> str:
        """The callback of the first source."""
        return websub.callback(self.server.url, next(iter(self.states().values())))


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with ExitStack() as stack:
        yield Newsroom(tmp_path / "site", stack)


def test_hubs_of_all_dialects_confirm_what_we_asked(newsroom: Newsroom) -> None:
    assert {p.dialect for p in ANNOUNCING} == set(Dialect)
    newsroom.subscribe()
    for one in newsroom.subscriptions():
        assert one.hub == press_hub.URL
        assert one.live_until == newsroom.now + timedelta(days=10)
    assert {one.topic for one in newsroom.subscriptions()} == {
        p.feed_url for p in ANNOUNCING
    }
    assert newsroom.round() == 0


def test_news_comes_from_the_hub_without_a_poll(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    before, polls, began = newsroom.entries(), newsroom.polls(), newsroom.now
    newsroom.now += 3 * HOUR
    listed = (a for p in ANNOUNCING for a in WORLD.listed(p, newsroom.now))
    fresh = [article.id for article in listed if article.listed_at > began]
    assert fresh
    assert newsroom.press.distribute() == [202] * 4
    assert newsroom.desk.bell.is_set()
    delivered = hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now)
    assert not newsroom.desk.bell.is_set()
    pipeline.run(newsroom.site, newsroom.ports, newsroom.now, delivered)
    assert newsroom.polls() == polls  # what was just delivered is not asked for
    rows = newsroom.entries()
    assert len(rows) == len(before) + len(fresh)
    assert all(any(name in row for row in rows) for name in fresh)
    assert newsroom.press.distribute() == []


def test_polls_are_daily_while_hubs_deliver(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    newsroom.now += 24 * HOUR  # every source is due again
    newsroom.round()
    for state in newsroom.states().values():
        assert state.next_poll_at is not None
        assert state.next_poll_at - newsroom.now >= 24 * HOUR
        assert state.interval_s < 24 * 3_600


def test_a_lease_is_renewed_before_it_ends(newsroom: Newsroom) -> None:
    newsroom.press.hub.longest_s = 3_600
    newsroom.subscribe()
    first = newsroom.subscriptions()
    newsroom.now += timedelta(minutes=47)
    assert newsroom.round() == 0
    newsroom.now += timedelta(minutes=1)
    newsroom.subscribe()
    for before, after in zip(first, newsroom.subscriptions(), strict=True):
        assert before.secret == after.secret
        assert after.live_until == newsroom.now + HOUR
    assert len(newsroom.press.hub.subscribers) == 4


def test_when_a_lease_ends_polling_is_as_it_was(newsroom: Newsroom) -> None:
    newsroom.press.hub.longest_s = 7_200
    newsroom.subscribe()
    newsroom.press.hub.denies = True
    newsroom.now += 24 * HOUR
    newsroom.round()
    wait_for(newsroom.has_settled)
    for state in newsroom.states().values():
        assert not websub.is_live(state.subscription, newsroom.now)
        assert state.next_poll_at is not None
        wait = (state.next_poll_at - newsroom.now).total_seconds()
        assert state.interval_s <= wait <= 1.1 * state.interval_s + 900
    notes = {one.note for one in newsroom.subscriptions()}
    assert notes == {"the hub denies it"}


def test_a_forged_delivery_is_taken_politely_and_dropped(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    newsroom.now += 3 * HOUR
    newsroom.press.hub.is_forged = True
    assert newsroom.press.distribute() == [202] * 4
    assert hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now) == ()
    callback = newsroom.callback()
    for signature in ("", "sha256=", "sha256=0", "md5=0"):
        status = newsroom.call("POST", callback, b"<rss/>", X_Hub_Signature=signature)
        assert status == 202
    assert newsroom.call("POST", callback, b"<rss/>") == 202
    assert hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now) == ()


@pytest.mark.parametrize("method", ["sha1", "sha384", "sha512"])
def test_every_method_of_signing_is_understood(newsroom: Newsroom, method: str) -> None:
    newsroom.press.hub.method = method
    newsroom.subscribe()
    newsroom.now += 3 * HOUR
    assert newsroom.press.distribute() == [202] * 4
    assert len(hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now)) == 4


def test_strangers_can_confirm_nothing_and_learn_nothing(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    callback = newsroom.callback()
    topic = next(iter(newsroom.states()))
    query = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x"}
    wrong = callback[:-1] + ("0" if callback[-1] != "0" else "1")
    assert newsroom.call("GET", f"{wrong}?{urlencode(query)}") == 404
    assert newsroom.call("POST", wrong, b"<rss/>") == 410
    other = {**query, "hub.topic": "http://other.example/"}
    assert newsroom.call("GET", f"{callback}?{urlencode(other)}") == 404
    gone = {**query, "hub.mode": "unsubscribe"}
    assert newsroom.call("GET", f"{callback}?{urlencode(gone)}") == 404
    assert newsroom.desk.take() == ({}, ())


def test_a_delivery_is_bounded(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    state = next(iter(newsroom.states().values()))
    assert state.subscription is not None
    newsroom.desk.max_bytes = 1_000
    callback = websub.callback(newsroom.server.url, state)
    key = state.subscription.secret.encode()

    def sent(body: bytes, **headers: str) -> int:
        proof = hmac.new(key, body, "sha256").hexdigest()
        signature = {"X_Hub_Signature": f"sha256={proof}"}
        return newsroom.call("POST", callback, body, **signature, **headers)

    assert sent(b"x" * 1_001) == 413
    assert sent(b"x", Content_Encoding="gzip") == 415
    assert [sent(b"x") for _ in range(hub.MOST_WAITING)] == [202] * hub.MOST_WAITING
    assert sent(b"x") == 503
    delivered = hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now)
    assert len(delivered) == hub.MOST_WAITING
    assert sent(b"x") == 202


def test_a_hub_is_told_to_stop_when_its_source_leaves_the_site(
    newsroom: Newsroom,
) -> None:
    newsroom.subscribe()
    whole, newsroom.site = (
        newsroom.site,
        replace(newsroom.site, sources=newsroom.site.sources[1:]),
    )
    newsroom.round()
    newsroom.now += HOUR
    newsroom.round()
    wait_for(lambda: newsroom.press.hub.ended == 1)
    hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now)
    (left,) = newsroom.ports.store.left_sources()
    assert left.leaving == ()
    newsroom.now += 3 * HOUR
    assert newsroom.press.distribute() == [202] * 3
    # It comes back: its hub is known, and asked anew.
    newsroom.site = whole
    assert newsroom.round() == 1
    wait_for(lambda: len(newsroom.press.hub.subscribers) == 4)


def test_a_hub_that_does_not_listen_is_answered_410(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    newsroom.site = replace(newsroom.site, sources=newsroom.site.sources[1:])
    newsroom.round()
    hub.settle(newsroom.desk, newsroom.ports.store, newsroom.now)
    newsroom.now += 3 * HOUR
    assert sorted(newsroom.press.distribute()) == [202, 202, 202, 410]
    assert len(newsroom.press.hub.subscribers) == 3


def test_a_hub_that_is_left_for_another_is_told_to_stop(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    store = newsroom.ports.store
    state = next(iter(newsroom.states().values()))
    old = state.subscription
    assert old is not None
    # The source announced another hub; that is what its next poll made of it.
    other = Subscription(hub="http://nobody.example/", topic=old.topic)
    moved = websub_leaving.after_change(state, other)
    after = replace(state, subscription=other, leaving=moved)
    store.save_polls([Poll(state=after)])
    newsroom.now += HOUR
    newsroom.round()
    wait_for(lambda: newsroom.press.hub.ended == 1)
    assert hub.settle(newsroom.desk, store, newsroom.now) == ()
    assert newsroom.states()[state.source.url].leaving == ()
    callbacks = [callback for _, callback in newsroom.press.hub.subscribers]
    assert websub.callback(newsroom.server.url, state) not in callbacks


def test_the_seed_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    made = hub.seed(tmp_path)
    assert len(made) == 32
    assert hub.seed(tmp_path) == made
    assert stat.S_IMODE((tmp_path / hub.SEED_FILE).stat().st_mode) == 0o600


def test_without_a_public_address_there_is_no_callback(tmp_path: Path) -> None:
    assert hub.desk(Fetching(), lambda: START, tmp_path) is None
    with server.serve(server.app(tmp_path), port=0) as served:
        where = urlsplit(served.url)
        line = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
        line.request("POST", "/_hub/a/b", b"x")
        assert line.getresponse().status in (404, 405)
        line.close()
