"""Serves a simulated world on loopback, for all its hosts at once by Host header.

Runs in a thread of its own, so that the path under test may block or have a loop of its
own. The clock decides what is published; faults decide what goes wrong; a log counts what
was asked, so that tests can see how polite a reader is.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from types import TracebackType

from aiohttp import web

from newsdesk.press import hub
from newsdesk.press.answers import Answer, answer
from newsdesk.press.faults import Damage, Fault, damaged, fault_for
from newsdesk.press.hub import Hub
from newsdesk.press.world import World

Clock = Callable[[], datetime]

SLOW_S = 60.0
"""How long a slow server keeps silent, unless told otherwise."""

_START_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the log keeps it."""

    host: str
    path: str
    status: int
    is_conditional: bool
    user_agent: str


class PressServer:
    """The world's press on one port of 127.0.0.1."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        *,
        port: int = 0,
        faults: Mapping[str, str] | None = None,
        slow_s: float = SLOW_S,
    ) -> None:
        self.world = world
        self.faults: dict[str, str] = dict(faults or {})
        """Host or address to the name of a fault; may be changed at any time."""
        self.port = port
        self.hub = Hub(self._topic)
        """The press's WebSub hub, at `newsdesk.press.hub.URL`."""
        self._clock = clock
        self._slow_s = slow_s
        self._log: list[Asked] = []
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._failure: OSError | None = None

    def __enter__(self) -> PressServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> int:
        """Begin to serve and return the port. OSError: the port is taken."""
        self._thread = threading.Thread(target=self._run, name="press", daemon=True)
        self._thread.start()
        self._ready.wait(_START_TIMEOUT_S)
        if self._failure:
            self._thread.join()
            raise self._failure
        return self.port

    def stop(self) -> None:
        """Stop serving and wait until every connection is closed. Safe to repeat."""
        if self._thread is None:
            return
        if self._loop and self._stopping:
            # The loop may have ended by itself between the two calls.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = None

    def log(self) -> tuple[Asked, ...]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return tuple(self._log)

    def counts(self) -> Counter[tuple[str, str]]:
        """How often each host and path was asked."""
        return Counter((item.host, item.path) for item in self.log())

    def clear_log(self) -> None:
        """Forget the requests so far."""
        with self._lock:
            self._log.clear()

    def distribute(self) -> list[int]:
        """Have the hub deliver what changed; the status of each subscriber's answer."""
        assert self._loop is not None
        work = asyncio.run_coroutine_threadsafe(self.hub.distribute(), self._loop)
        return work.result()

    def _topic(self, url: str) -> tuple[bytes, str] | None:
        """The feed at an address, for the hub."""
        publishers = self.world.publishers
        known = next((p for p in publishers if p.has_hub and p.feed_url == url), None)
        if known is None:
            return None
        found = answer(self.world, self._clock(), known.domain, known.feed_path)
        return found.body, found.content_type

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        runner = web.ServerRunner(web.Server(self._respond), shutdown_timeout=0.2)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self.port)
            await site.start()
            self.port = runner.addresses[0][1]
            self._ready.set()
            await self._stopping.wait()
        finally:
            await self.hub.close()
            await runner.cleanup()

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        host = request.host.rsplit(":", 1)[0].lower()
        if host == hub.HOST:
            response = await self.hub.answer(request)
            self._note(request, host, response.status)
            return response
        fault = fault_for(self.faults, host, request.path)
        # Drawing and writing take milliseconds; off the loop, others need not wait.
        found = await asyncio.to_thread(
            answer, self.world, self._clock(), host, request.path
        )
        if fault:
            return await self._misbehave(request, host, found, fault)
        status, headers, body = _in_http(found, request)
        self._note(request, host, status)
        return web.Response(status=status, headers=headers, body=body)

    async def _misbehave(
        self, request: web.BaseRequest, host: str, found: Answer, fault: Fault
    ) -> web.StreamResponse:
        damage = damaged(found, fault, f"http://{host}{request.path}")
        self._note(request, host, damage.status)
        if fault in (Fault.SLOW, Fault.TRUNCATED):
            return await self._break_off(request, damage, fault)
        return web.Response(
            status=damage.status, headers=dict(damage.headers), body=damage.body
        )

    async def _break_off(
        self, request: web.BaseRequest, damage: Damage, fault: Fault
    ) -> web.StreamResponse:
        response = web.StreamResponse(
            status=damage.status, headers=dict(damage.headers)
        )
        response.content_length = len(damage.body)
        await response.prepare(request)
        await response.write(damage.body[: len(damage.body) // 2])
        if fault is Fault.SLOW:
            await self._keep_silent()
        if request.transport:
            request.transport.close()
        return response

    async def _keep_silent(self) -> None:
        if self._stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._slow_s)

    def _note(self, request: web.BaseRequest, host: str, status: int) -> None:
        asked = Asked(
            host=host,
            path=request.path,
            status=status,
            is_conditional="If-None-Match" in request.headers
            or "If-Modified-Since" in request.headers,
            user_agent=request.headers.get("User-Agent", ""),
        )
        with self._lock:
            self._log.append(asked)


def _in_http(
    found: Answer, request: web.BaseRequest
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body: validators, 304 and gzip included."""
    headers = {"Content-Type": found.content_type, "Server": "press"}
    if found.link:
        headers["Link"] = found.link
    if found.location:
        return found.status, headers | {"Location": found.location}, b""
    if found.status != 200:
        return found.status, headers, found.body
    headers |= {"ETag": found.etag, "Cache-Control": "max-age=60"}
    if found.modified_at:
        headers["Last-Modified"] = format_datetime(found.modified_at, usegmt=True)
    if _is_unchanged(found, request):
        return 304, headers, b""
    is_text = not found.content_type.startswith("image/")
    if is_text and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return 200, headers, gzip.compress(found.body, 5, mtime=0)
    return 200, headers, found.body


def _is_unchanged(found: Answer, request: web.BaseRequest) -> bool:
    """RFC 9110, 13.1: If-None-Match alone decides where it is given."""
    if tags := request.headers.get("If-None-Match"):
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return found.etag in known or "*" in known
    since = request.if_modified_since
    return bool(since and found.modified_at and found.modified_at <= since)
