"""Where WebSub hubs reach us: they verify what we asked for, and deliver items.

The desk stands between the web server's thread and the passes: it answers hubs at once
from what it was last told of the subscriptions, and keeps what they say until the next
pass, which it wakes. What is not signed with a subscription's secret is dropped without a
word, as the recommendation asks. Mounted only where the site has a public address.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from newsdesk.model.feed import Poll, Reply, SourceId, SourceState, Subscription
from newsdesk.model.ports import Fetcher, Store
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching
from newsdesk.stages import websub, websub_leaving
from newsdesk.web.deliveries import Deliveries

PATH = "/_hub/{source}/{token}"
SEED_FILE = "hub.key"
SEED_BYTES = 32
MOST_WAITING = 200
"""Deliveries kept until the next pass; a hub that brings more is asked to come again."""
COME_AGAIN_S = 120
GATHER_S = 2.0
"""From the first delivery to the pass that it wakes: the same news comes from many."""

Clock = Callable[[], datetime]


class Desk:
    """Answers hubs. Its methods may be called from any thread."""

    def __init__(
        self, public_url: str, clock: Clock, deliveries: Deliveries, *, max_bytes: int
    ) -> None:
        self.public_url = public_url
        self.bell = threading.Event()
        """Set when there is something to take."""
        self._clock = clock
        self.max_bytes = max_bytes
        self._lock = threading.Lock()
        self._states: dict[str, SourceState] = {}
        self._confirmed: dict[str, Subscription] = {}
        self._leaving: dict[tuple[str, str], Subscription] = {}
        self._ended: set[str] = set()
        self._deliveries = deliveries

    def expect(
        self, states: Sequence[SourceState], left: Sequence[SourceState] = ()
    ) -> None:
        """Take these for the sources and subscriptions that there are; `left` are
        sources that the site had."""
        leaving: dict[tuple[str, str], Subscription] = {
            (state.source.id, websub.token_of(one)): one
            for state in (*states, *left)
            for one in state.leaving
        }
        with self._lock:
            self._states = websub.by_id(states)
            self._leaving = leaving

    def take(self) -> tuple[Mapping[str, Subscription], tuple[Reply, ...]]:
        """What hubs confirmed or denied, by source, and what they delivered, once."""
        with self._lock:
            self.bell.clear()
            confirmed, self._confirmed = self._confirmed, {}
        return confirmed, self._deliveries.take()

    def take_ended(self) -> frozenset[str]:
        """The tokens of subscriptions that hubs ended as we asked, once."""
        with self._lock:
            ended, self._ended = frozenset(self._ended), set()
        return ended

    def forget_taken(self) -> None:
        """What was delivered and taken is in the store by now."""
        self._deliveries.forget_taken()

    def rest(self, seconds: float) -> None:
        """Wait until the next pass: so long, or shortly after a hub told us something."""
        if self.bell.wait(seconds):
            time.sleep(GATHER_S)

    def routes(self) -> list[Route]:
        """The addresses that hubs call."""
        return [
            Route(PATH, self._verify, methods=["GET"]),
            Route(PATH, self._receive, methods=["POST"]),
        ]

    async def _verify(self, request: Request) -> Response:
        """A hub asks whether we meant it: the challenge back, or 404."""
        with self._lock:
            state = self._called(request)
            before = state.subscription if state else None
            query = dict(request.query_params)
            after = before and websub.verified(before, query, self._clock())
            if state is None or after is None:
                if not self._ends(request, query):
                    return _plain("no such subscription was asked for", 404)
                return _plain(query.get("hub.challenge", ""))
            self._states[state.source.id] = replace(state, subscription=after)
            self._confirmed[state.source.id] = after
        self.bell.set()
        return _plain(query.get("hub.challenge", ""))

    async def _receive(self, request: Request) -> Response:
        """A hub delivers: 202 for what is taken and what is dropped alike; 410 where
        there is no such subscription, which ends it at the hub."""
        with self._lock:
            state = self._called(request)
        is_full = self._deliveries.waiting() >= MOST_WAITING
        if state is None or state.subscription is None:
            return _plain("no such subscription", 410)
        if is_full:
            return _plain("come again later", 503, {"Retry-After": str(COME_AGAIN_S)})
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            return _plain("send it without Content-Encoding", 415)
        body = await self._body(request)
        if body is None:
            return _plain("too large", 413, {"Connection": "close"})
        signature = request.headers.get("x-hub-signature")
        if websub.is_signed(state.subscription, signature, body):
            kind = request.headers.get("content-type", "")
            reply = websub.delivery(state, body, kind, self._clock())
            try:
                await run_in_threadpool(self._deliveries.put, reply)
            except OSError:
                return _plain("come again", 503, {"Retry-After": str(COME_AGAIN_S)})
            self.bell.set()
        return _plain("", 202)

    def _ends(self, request: Request, query: Mapping[str, str]) -> bool:
        """Whether a hub asks back for a subscription that we want ended; noted if so."""
        token = request.path_params["token"]
        one = self._leaving.get((request.path_params["source"], token))
        if one is None or not websub_leaving.is_meant(one, query):
            return False
        self._ended.add(token)
        return True

    def _called(self, request: Request) -> SourceState | None:
        """The source whose callback it is."""
        state = self._states.get(request.path_params["source"])
        given = request.path_params["token"].encode("utf-8", "surrogateescape")
        if state is None or not compare_digest(websub.token(state).encode(), given):
            return None
        return state

    async def _body(self, request: Request) -> bytes | None:
        """The body; None: it is larger than a feed may be, or broke off."""
        body = bytearray()
        with contextlib.suppress(ClientDisconnect):
            async for part in request.stream():
                body += part
                if len(body) > self.max_bytes:
                    return None
            return bytes(body)
        return None


def desk(fetching: Fetching, clock: Clock, state_folder: Path) -> Desk | None:
    """The site's desk; None where it has no public address."""
    if not fetching.public_url:
        return None
    deliveries = Deliveries(state_folder)
    limit = fetching.max_feed_bytes
    return Desk(fetching.public_url, clock, deliveries, max_bytes=limit)


def settle(desk: Desk, store: Store, now: datetime) -> tuple[Reply, ...]:
    """Keep what hubs confirmed and ended, before a pass; returns what they delivered,
    for it. Subscriptions of sources that left the site are marked to be ended."""
    confirmed, delivered = desk.take()
    ended = desk.take_ended()
    states, left = store.sources(), store.left_sources()
    settled = [
        websub_leaving.without_ended(_with(state, confirmed), ended, now)
        for state in states
    ]
    gone = [
        websub_leaving.without_ended(websub_leaving.taken_out(state), ended, now)
        for state in left
    ]
    pairs = zip((*states, *left), (*settled, *gone), strict=True)
    _save(store, [after for before, after in pairs if after != before])
    desk.expect(settled, gone)
    return delivered


def subscribe(
    desk: Desk, store: Store, fetcher: Fetcher, seed: bytes, now: datetime
) -> int:
    """Ask the hubs that are due, after a pass; returns how many. What is asked is kept
    first, since a hub may verify before it answers."""
    asked = [
        websub.asked(state, seed, now) for state in websub.due(store.sources(), now)
    ]
    if not asked:
        return 0
    _save(store, asked)
    desk.expect(store.sources(), store.left_sources())
    by_id = {state.source.id: state for state in asked}
    requests = [
        websub.request(state, websub.callback(desk.public_url, state))
        for state in asked
    ]
    for answer in fetcher.fetch(requests):
        _note(store, by_id[SourceId(answer.key)], answer)
    return len(asked)


def unsubscribe(desk: Desk, store: Store, fetcher: Fetcher, now: datetime) -> int:
    """Tell hubs to stop that deliver what nobody wants any more, after a pass; returns
    how many. Whether they listen is seen when they ask back; a lease ends by itself."""
    before = (*store.sources(), *store.left_sources())
    asked = [websub_leaving.asked(state, now) for state in before]
    changed = [new for old, new in zip(before, asked, strict=True) if new != old]
    if not changed:
        return 0
    _save(store, changed)
    desk.expect(store.sources(), store.left_sources())
    requests = [
        request
        for state in changed
        for request in websub_leaving.requests(state, desk.public_url, now)
    ]
    return sum(1 for _ in fetcher.fetch(requests))


def seed(state_folder: Path) -> bytes:
    """The secret of the site from which those of its subscriptions are made; made when
    first asked for."""
    path = state_folder / SEED_FILE
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SEED_BYTES))
    return path.read_bytes()


def _note(store: Store, state: SourceState, answer: Reply | Failed) -> None:
    if state.subscription is None:
        return
    after = websub.after_answer(state.subscription, answer)
    if after != state.subscription:
        store.save_polls([Poll(state=replace(state, subscription=after))])


def _with(state: SourceState, confirmed: Mapping[str, Subscription]) -> SourceState:
    """The state with what its hub said, if that is still the subscription."""
    said = confirmed.get(state.source.id)
    if said is None or not _is_same(state.subscription, said):
        return state
    return replace(state, subscription=said)


def _save(store: Store, states: Sequence[SourceState]) -> None:
    if states:
        store.save_polls([Poll(state=state) for state in states])


def _is_same(one: Subscription | None, other: Subscription) -> bool:
    return one is not None and (one.topic, one.secret) == (other.topic, other.secret)


def _plain(
    text: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    fresh = {"Cache-Control": "no-store", **(headers or {})}
    return PlainTextResponse(text, status_code=status, headers=fresh)
