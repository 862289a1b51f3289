"""Asking the world over HTTP: many at once, politely, from a thread of its own.

The path asks for an iterable of requests and takes answers as they come in. Requests are
read as room becomes free, and a reader who falls behind slows the asking, so memory stays
small however many there are. What one request does is in `fetch.exchange`.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import aiohttp

from newsdesk.fetch.exchange import Attempt, Exchange
from newsdesk.fetch.guard import Guard, Peer
from newsdesk.fetch.notes import HostNotes
from newsdesk.fetch.politeness import Turns
from newsdesk.fetch.replies import failed
from newsdesk.fetch.resolver import Resolver
from newsdesk.fetch.robots import Robots, is_robots_txt
from newsdesk.fetch.warc_writing import WarcWriter
from newsdesk.model.feed import Reply, Request
from newsdesk.model.run import Failed
from newsdesk.model.site import Fetching
from newsdesk.text import urls

T = TypeVar("T")

# Requests read ahead, so that a run of addresses of one slow domain hides no others.
LOOK_AHEAD = 2_000
# Answers that wait for the reader, for each connection.
WAITING_PER_CONNECTION = 2
CONNECT_S = 10.0
# The start of a file is not what an archive is asked for later.
PARTIAL = 206
HEADER_LINE_BYTES = 16_384
MOST_HEADERS = 200
CLOSE_S = 5.0
SUBSCRIBERS = 1


def user_agent(version: str, contact: str) -> str:
    """Who we say we are: `newsdesk/0.1 (+contact; 1 subscribers)`.

    Servers count readers of their feeds by the number before `subscribers`, a form as
    old as web readers, plural for one too. A site is one: whoever reads it subscribed to
    the site, not to the feed, and however many do, nobody's count is inflated. Without a
    contact there is nobody to vouch for the number, and it is left out.
    """
    if not contact:
        return f"newsdesk/{version}"
    return f"newsdesk/{version} (+{contact}; {SUBSCRIBERS} subscribers)"


class HttpFetcher:
    """Asks over HTTP; implements the port `Fetcher`.

    `clock` dates replies. `routes` has host patterns (`*.example`) played by a peer, for
    the press simulator. `keep` takes every reply into an archive. `notes` is the file of
    what hosts told us; without it that is forgotten with this fetcher. Raises nothing
    for what servers do: each request gets a Reply or a Failed.
    """

    def __init__(
        self,
        fetching: Fetching,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        routes: Mapping[str, Peer] | None = None,
        keep: WarcWriter | None = None,
        notes: Path | None = None,
    ) -> None:
        self._fetching = fetching
        self._agent = user_agent
        self._clock = clock
        self._guard = Guard(fetching.allow_private, routes)
        self._keep = keep
        self._notes = notes
        self._loop: _LoopThread | None = None
        self._desk: _Desk | None = None
        self._batches: set[_Batch] = set()

    def fetch(self, requests: Iterable[Request]) -> Iterator[Reply | Failed]:
        """One answer a request, as they come in. Ends early when closed."""
        desk = self._opened()
        batch = _Batch(desk, self._fetching.at_once * WAITING_PER_CONNECTION)
        self._batches.add(batch)
        todo = iter(requests)
        pending = 0
        is_more = True
        try:
            while is_more or pending:
                while is_more and pending < LOOK_AHEAD:
                    request = next(todo, None)
                    if request is None:
                        is_more = False
                        break
                    batch.submit(request)
                    pending += 1
                if pending:
                    answer = batch.take()
                    if answer is None:
                        return
                    yield self._kept(answer)
                    pending -= 1
        finally:
            batch.cancel()
            self._batches.discard(batch)

    def close(self) -> None:
        """Drop what is under way, and let go of connections and the archive."""
        if self._loop and self._desk:
            self._loop.stop(self._desk.close())
        for batch in tuple(self._batches):
            batch.end()
        self._loop = self._desk = None
        if self._keep:
            self._keep.close()

    def _kept(self, answer: Reply | Failed) -> Reply | Failed:
        if self._keep and isinstance(answer, Reply) and answer.status != PARTIAL:
            self._keep.write(answer)
        return answer

    def _opened(self) -> _Desk:
        if self._desk is None or self._loop is None:
            self._loop = _LoopThread()
            self._desk = self._loop.run(self._new_desk(self._loop.loop))
        return self._desk

    async def _new_desk(self, loop: asyncio.AbstractEventLoop) -> _Desk:
        fetching = self._fetching
        session = _session(self._guard, self._agent, fetching)
        turns = Turns(
            at_once=fetching.at_once,
            per_domain=fetching.per_domain,
            gap_s=fetching.gap_s,
            time=loop.time,
        )
        notes = HostNotes(self._notes, self._clock)
        exchange = Exchange(
            session,
            self._guard,
            turns,
            timeout_s=fetching.timeout_s,
            clock=self._clock,
            notes=notes,
        )
        token = self._agent.partition("/")[0]
        robots = Robots(token, exchange.ask, self._clock, notes)
        return _Desk(loop, session, exchange, robots, turns)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lives on the loop's thread."""

    loop: asyncio.AbstractEventLoop
    session: aiohttp.ClientSession
    exchange: Exchange
    robots: Robots
    turns: Turns

    async def answer(self, request: Request, room: asyncio.Event) -> Reply | Failed:
        """The answer, after a look at robots.txt where the request wants it."""
        address = urls.absolute(None, request.url)
        if address and not request.form and is_robots_txt(address):
            return await self.robots.answer(replace(request, url=address))
        if request.obey_robots and address:
            verdict = await self.robots.verdict(address)
            if not verdict.is_allowed:
                return failed(request, verdict.reason, "robots")
            if verdict.delay_s:
                domain = urls.registrable(address) or address
                self.turns.widen(domain, verdict.delay_s)
        return await self.exchange.ask(request, room)

    async def close(self) -> None:
        """Close connections at once."""
        await self.session.close()


class _Batch:
    """The requests of one call: handed to the loop's thread, taken back as they end."""

    def __init__(self, desk: _Desk, room: int) -> None:
        self._desk = desk
        self._answers: queue.SimpleQueue[Reply | Failed | Exception | None] = (
            queue.SimpleQueue()
        )
        self._most_unread = room
        self._unread = 0
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_over = False

    def submit(self, request: Request) -> None:
        """Hand over a request."""
        self._call(self._start, request)

    def take(self) -> Reply | Failed | None:
        """The next answer; waits for it. None: the fetcher was closed."""
        answer = self._answers.get()
        self._call(self._count, -1)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """Wake whoever waits for an answer that will not come."""
        self._answers.put(None)

    def cancel(self) -> None:
        """Drop what is still under way."""
        self._call(self._drop)

    def _call(self, work: Callable[..., None], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            self._desk.loop.call_soon_threadsafe(work, *arguments)

    def _start(self, request: Request) -> None:
        if self._is_over:
            return
        task = self._desk.loop.create_task(self._work(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _drop(self) -> None:
        self._is_over = True
        for task in self._tasks:
            task.cancel()

    async def _work(self, request: Request) -> None:
        answer: Reply | Failed | Exception
        try:
            answer = await self._desk.answer(request, self._has_room)
        except Exception as error:  # a bug of ours: the caller gets to see it
            answer = error
        self._count(1)
        self._answers.put(answer)

    def _count(self, change: int) -> None:
        """Keep track of answers that nobody has taken; on the loop's thread."""
        self._unread += change
        if self._unread < self._most_unread:
            self._has_room.set()
        else:
            self._has_room.clear()


class _LoopThread:
    """An event loop on a daemon thread, so that a stuck lookup never holds up an exit."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self.loop.run_forever, name="newsdesk-fetch", daemon=True
        )
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine there and wait for its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def stop(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancel everything, run `last`, and end the thread."""
        with contextlib.suppress(TimeoutError):
            ending = asyncio.run_coroutine_threadsafe(self._end(last), self.loop)
            ending.result(CLOSE_S)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(CLOSE_S)
        if not self._thread.is_alive():
            self.loop.close()

    async def _end(self, last: Coroutine[Any, Any, None]) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await last
        await asyncio.sleep(0)  # lets transports say goodbye


def _one_connection() -> aiohttp.TraceConfig:
    """aiohttp asks again at once when a server hangs up. That is right where an idle
    connection was used again, but a failing host must not be asked twice in a row."""

    async def connect(_: object, context: SimpleNamespace, __: object) -> None:
        attempt = context.trace_request_ctx
        if isinstance(attempt, Attempt):
            if attempt.is_connected:
                raise aiohttp.ServerDisconnectedError
            attempt.is_connected = True

    tracing = aiohttp.TraceConfig()
    tracing.on_connection_create_start.append(connect)
    return tracing


def _session(guard: Guard, agent: str, fetching: Fetching) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        resolver=Resolver(guard),
        socket_factory=guard.open_socket,
        limit=0,  # turns are given out by `Turns`
        use_dns_cache=False,
        keepalive_timeout=10,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        raise_for_status=False,
        headers={"User-Agent": agent},
        trace_configs=[_one_connection()],
        timeout=aiohttp.ClientTimeout(
            total=None, sock_connect=min(CONNECT_S, fetching.timeout_s)
        ),
        max_line_size=HEADER_LINE_BYTES,
        max_field_size=HEADER_LINE_BYTES,
        max_headers=MOST_HEADERS,
    )
