"""One request and its answer: redirects followed by hand, everything bounded.

Every hop is checked by the guard, waits for its turn, and carries validators only to the
address they came from. What goes wrong becomes a `Failed` with a reason for a person.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from yarl import URL as WireURL

from newsdesk.fetch.body import ACCEPT_ENCODING, EncodingError, TooLargeError, Unpacker
from newsdesk.fetch.guard import Guard, RefusedAddressError
from newsdesk.fetch.holds import Holds
from newsdesk.fetch.notes import HostNotes
from newsdesk.fetch.politeness import Turns
from newsdesk.fetch.replies import MOST_REDIRECTS, NOT_KEPT, REDIRECTS, failed
from newsdesk.model.feed import Hop, Reply, Request
from newsdesk.model.run import Failed
from newsdesk.text import urls

CHUNK = 64 * 1024


class ExchangeError(Exception):
    """A request got no answer; the message says why, `kind` counts it."""

    def __init__(self, reason: str, kind: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.is_final = is_final


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What one hop brought."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_whole: bool
    location: str | None


@dataclass(slots=True)
class Attempt:
    """Whether a hop has opened a connection yet; `client` allows it one."""

    is_connected: bool = False


@dataclass(slots=True)
class _Budget:
    """Seconds on the wire that are left; waiting for a turn costs nothing."""

    left_s: float


class Exchange:
    """Asks one address at a time, and follows where it leads; one event loop's."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        guard: Guard,
        turns: Turns,
        *,
        timeout_s: float,
        clock: Callable[[], datetime],
        notes: HostNotes,
    ) -> None:
        self._session = session
        self._guard = guard
        self._turns = turns
        self._timeout_s = timeout_s
        self._clock = clock
        self._holds = Holds(clock, notes)

    async def ask(
        self, request: Request, room: asyncio.Event | None = None
    ) -> Reply | Failed:
        """The answer to a request. Never raises for what a server or address does.

        Asks only while `room` is set: whoever takes the answers can keep up.
        """
        try:
            return await self._follow(request, room)
        except ExchangeError as error:
            return failed(request, error.reason, error.kind, is_final=error.is_final)

    async def _follow(self, request: Request, room: asyncio.Event | None) -> Reply:
        asked = url = _wire_form(request.url)
        hops: list[Hop] = []
        budget = _Budget(self._timeout_s)
        while True:
            answer = await self._hop(request, url, budget, room)
            if answer.location is None:
                return self._reply(request, asked, url, hops, answer)
            seen = [asked, *(hop.url for hop in hops)]
            url = _next_url(url, answer.location, seen)
            if request.stays_on_host and not _is_same_host(asked, url):
                reason = f"it redirects to another host ({urls.host(url)})"
                raise ExchangeError(reason, "other host")
            hops.append(Hop(status=answer.status, url=url))

    def _reply(
        self, request: Request, asked: str, url: str, hops: list[Hop], answer: _Answer
    ) -> Reply:
        return Reply(
            key=request.key,
            url=asked,
            final_url=url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._clock(),
            hops=tuple(hops),
            truncated=not answer.is_whole,
        )

    async def _hop(
        self, request: Request, url: str, budget: _Budget, room: asyncio.Event | None
    ) -> _Answer:
        domain = urls.registrable(url) or url
        try:
            self._guard.check_url(url)
            while True:
                if room:
                    await room.wait()
                async with self._turns.turn(domain):
                    self._check_hold(domain)
                    # Room may be gone by now; a turn is not held while waiting for it.
                    if room is None or room.is_set():
                        answer = await self._timed(request, url, budget)
                        self._heed(domain, answer)
                        return answer
        except RefusedAddressError as error:
            raise ExchangeError(str(error), "refused address") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _explained(error, url) from error

    def _check_hold(self, domain: str) -> None:
        held = self._holds.until(domain)
        if held:
            reason = (
                f"{domain} told us to leave it alone until {held:%Y-%m-%d %H:%M} UTC"
            )
            raise ExchangeError(reason, "told to wait")

    def _heed(self, domain: str, answer: _Answer) -> None:
        named = (value for name, value in answer.headers if name == "retry-after")
        self._holds.heed(domain, answer.status, next(named, None))

    async def _timed(self, request: Request, url: str, budget: _Budget) -> _Answer:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(budget.left_s):
                return await self._once(request, url)
        except aiohttp.ConnectionTimeoutError as error:
            reason = f"no connection to {urls.host(url)}: it does not pick up"
            raise ExchangeError(reason, "timeout") from error
        except TimeoutError as error:
            reason = f"no whole answer within {self._timeout_s:g} s"
            raise ExchangeError(reason, "timeout") from error
        finally:
            budget.left_s -= loop.time() - begun

    async def _once(self, request: Request, url: str) -> _Answer:
        headers = _headers(request, url)
        target = WireURL(url, encoded=True)
        async with self._session.request(
            "POST" if request.form else "GET",
            target,
            data=request.form or None,
            headers=headers,
            allow_redirects=False,
            trace_request_ctx=Attempt(),
        ) as response:
            kept = _kept(response.raw_headers)
            location = _first(response.raw_headers, b"location")
            if response.status in REDIRECTS and location and not request.form:
                return _Answer(
                    status=response.status,
                    headers=kept,
                    body=b"",
                    is_whole=True,
                    location=location,
                )
            body, is_whole = await _read(
                response, request.max_bytes, request.first_bytes
            )
            return _Answer(
                status=response.status,
                headers=kept,
                body=body,
                is_whole=is_whole,
                location=None,
            )


def _wire_form(url: str) -> str:
    address = urls.absolute(None, url)
    if address is None:
        raise ExchangeError("this is no http(s) address", "bad address", is_final=True)
    return address.partition("#")[0]


def _next_url(url: str, location: str, seen: list[str]) -> str:
    """Where a redirect leads. Raises ExchangeError where it must not be followed."""
    target = urls.absolute(url, location)
    if target is None:
        shown = location[:200]
        raise ExchangeError(
            f"it redirects to {shown!r}, no http(s) address", "redirect"
        )
    target = target.partition("#")[0]
    if url.startswith("https:") and target.startswith("http:"):
        reason = f"it redirects from https to plain http ({target})"
        raise ExchangeError(reason, "downgrade")
    if target in seen:
        raise ExchangeError(f"it redirects in a circle, by {target}", "redirect loop")
    if len(seen) > MOST_REDIRECTS:
        reason = f"more than {MOST_REDIRECTS} redirects, the last to {target}"
        raise ExchangeError(reason, "too many redirects")
    return target


def _is_same_host(url: str, other: str) -> bool:
    hosts = [(urls.host(each) or "").removeprefix("www.") for each in (url, other)]
    return hosts[0] == hosts[1]


def _headers(request: Request, url: str) -> dict[str, str]:
    headers = {"Accept": request.accept, "Accept-Encoding": ACCEPT_ENCODING}
    if request.first_bytes:
        headers["Range"] = f"bytes=0-{request.first_bytes - 1}"
        headers["Accept-Encoding"] = "identity"  # a range of packed bytes is no start
    validators = request.validators
    if validators and validators.url == url:
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
    return headers


async def _read(
    response: aiohttp.ClientResponse, max_bytes: int, first_bytes: int
) -> tuple[bytes, bool]:
    """The unpacked body, and whether it came to its declared end; where only its first
    bytes are wanted, no more than these are taken off the wire."""
    got = 0
    encoding = _first(response.raw_headers, b"content-encoding")
    try:
        unpacker = Unpacker(encoding, max_bytes)
        with contextlib.suppress(aiohttp.ClientPayloadError, ConnectionError):
            async for data in response.content.iter_chunked(CHUNK):
                unpacker.feed(data)
                got += len(data)
                if 0 < first_bytes <= got:
                    return unpacker.body()[:first_bytes], False
            return unpacker.body(), unpacker.is_whole()
        return unpacker.body(), False
    except TooLargeError as error:
        reason = f"the body is larger than {max_bytes:,} bytes"
        raise ExchangeError(reason, "too large") from error
    except EncodingError as error:
        raise ExchangeError(
            f"the body cannot be unpacked: {error}", "encoding"
        ) from error


def _kept(raw: tuple[tuple[bytes, bytes], ...]) -> tuple[tuple[str, str], ...]:
    named = ((_text(name).lower(), _text(value)) for name, value in raw)
    return tuple((name, value) for name, value in named if name not in NOT_KEPT)


def _first(raw: tuple[tuple[bytes, bytes], ...], name: bytes) -> str | None:
    return next((_text(value) for key, value in raw if key.lower() == name), None)


def _text(value: bytes) -> str:
    """A header as text: UTF-8 where it is, or else each byte as its own character."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _explained(error: Exception, url: str) -> ExchangeError:
    """What a client error means to a person."""
    host = urls.host(url) or url
    for cause in _causes(error):
        if isinstance(cause, RefusedAddressError):
            return ExchangeError(str(cause), "refused address")
        if isinstance(cause, socket.gaierror):
            return ExchangeError(f"no such host: {host}", "dns")
        if isinstance(cause, ssl.SSLError | aiohttp.ClientSSLError):
            reason = f"no safe connection to {host}: {_tls_reason(cause)}"
            return ExchangeError(reason, "tls")
    if isinstance(error, aiohttp.ClientConnectorError):
        why = error.os_error.strerror or str(error.os_error)
        return ExchangeError(f"no connection to {host}: {why}", "connection")
    if isinstance(error, aiohttp.ServerDisconnectedError | ConnectionError):
        return ExchangeError(f"{host} hung up before it answered", "connection")
    if isinstance(
        error, aiohttp.ClientResponseError | aiohttp.http.HttpProcessingError
    ):
        return ExchangeError(f"{host} does not answer in proper HTTP", "protocol")
    return ExchangeError(f"asking {host} failed: {_one_line(error)}", "connection")


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        inner = getattr(error, "os_error", None)
        error = inner if isinstance(inner, OSError) else error.__cause__
    return chain


def _tls_reason(error: BaseException) -> str:
    cause = getattr(error, "certificate_error", error)
    said = getattr(cause, "verify_message", "") or getattr(cause, "reason", "")
    return str(said or _one_line(error)).replace("_", " ").lower()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
