"""Turns: how many requests at once, and how far apart, to one domain and in all.

One budget covers a registrable domain with all its hosts, since limits of large hosts
do. A domain that is slow or waiting keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# Domains kept in mind; beyond it, those that nobody waits for are forgotten.
MOST_DOMAINS = 5_000


@dataclass(slots=True)
class _Domain:
    room: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_at: float = 0.0
    gap_s: float = 0.0
    wanted: int = 0


class Turns:
    """Gives out turns to ask a domain; belongs to one event loop.

    `time` is a monotonic clock in seconds, `sleep` waits that many of its seconds.
    """

    def __init__(
        self,
        *,
        at_once: int,
        per_domain: int,
        gap_s: float,
        time: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._per_domain = per_domain
        self._gap_s = gap_s
        self._time = time
        self._sleep = sleep
        self._domains: dict[str, _Domain] = {}

    @asynccontextmanager
    async def turn(self, domain: str) -> AsyncIterator[None]:
        """Wait for a turn at a domain, and hold it for the time of the block."""
        line = self._line(domain)
        line.wanted += 1
        try:
            async with line.room:
                await self._start(line)
                try:
                    yield
                finally:
                    self._all.release()
        finally:
            line.wanted -= 1

    def widen(self, domain: str, gap_s: float) -> None:
        """Keep at least this gap to a domain from now on, as its robots.txt asks."""
        line = self._line(domain)
        line.gap_s = max(line.gap_s, gap_s)

    async def _start(self, line: _Domain) -> None:
        """Wait out the gap, then take a place among all; the gap counts from there."""
        async with line.gate:
            while (wait := line.next_at - self._time()) > 0:
                await self._sleep(wait)
            await self._all.acquire()
            line.next_at = self._time() + line.gap_s

    def _line(self, domain: str) -> _Domain:
        line = self._domains.get(domain)
        if line is None:
            if len(self._domains) >= MOST_DOMAINS:
                self._forget()
            line = _Domain(room=asyncio.Semaphore(self._per_domain), gap_s=self._gap_s)
            self._domains[domain] = line
        return line

    def _forget(self) -> None:
        now = self._time()
        self._domains = {
            domain: line
            for domain, line in self._domains.items()
            if line.wanted or line.next_at > now
        }
