"""Counts how often story pages are asked for, by story and hour, and nothing else.

No cookie, no address, no user agent is kept, so nobody can be told from anybody else. A
browser that has the page already gets 304 and is not counted again; robots, as far as they
say so, previews and prefetches are left out. Counts wait in memory until the next pass
takes them: what a killed server had not handed over is lost, a minute of it at most.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Count = tuple[str, datetime]
"""The path of a record and an hour, by its start."""

_PAGE = re.compile(r"/news/([^/]+)/(?:index\.html)?")
_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|fetch|scan|monitor|archiv|headless|python"
    r"|curl|wget|http-?client|libwww|okhttp|axios|java/|go-http|feed|rss|lighthouse",
    re.IGNORECASE,
)
_MOST_WAITING = 50_000
"""Stories and hours counted at most until they are taken; bounds memory."""


class Visits:
    """Counts since they were last taken. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: Counter[Count] = Counter()

    def add(self, path: str) -> None:
        """Count one visit to the page of a record."""
        hour = self._clock().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        with self._lock:
            if (path, hour) in self._counts or len(self._counts) < _MOST_WAITING:
                self._counts[path, hour] += 1

    def take(self) -> Mapping[Count, int]:
        """What was counted; it is counted anew from here on."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return counts


class Counting:
    """Middleware that counts answered requests for story pages."""

    def __init__(self, inner: ASGIApp, visits: Visits) -> None:
        self._inner = inner
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and count it once it is answered with a page."""
        path = record_path(scope)

        async def watched(message: Message) -> None:
            is_start = message["type"] == "http.response.start"
            if path is not None and is_start and message["status"] == 200:
                self._visits.add(path)
            await send(message)

        await self._inner(scope, receive, watched if path is not None else send)


def record_path(scope: Scope) -> str | None:
    """The path of the record whose page a reader asks for; None: it is no reader, or no
    such page."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    page = _PAGE.fullmatch(scope["path"])
    return f"_news/{page[1]}.md" if page and is_reader(Headers(scope=scope)) else None


def is_reader(headers: Headers) -> bool:
    """Whether a request looks like a person's browser that shows the page now."""
    agent = headers.get("user-agent", "")
    purposes = (headers.get("sec-purpose", ""), headers.get("purpose", ""))
    is_early = any(word in " ".join(purposes) for word in ("prefetch", "prerender"))
    return "Mozilla/" in agent and not _ROBOT.search(agent) and not is_early
