"""Domains that told us to wait: left alone until then, by everything we fetch.

A limit spans the hosts of a registrable domain, and it counts for pages as for feeds.
This memory is a process's own; a source's next poll is kept in its state.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from newsdesk.text import http_time, urls

TOO_MANY = 429
UNAVAILABLE = 503
# A wait that 429 does not name, and the longest that we keep.
UNNAMED_S = 3_600
MOST_S = 7 * 24 * 3_600


class Holds:
    """Who is to be left alone until when, by the clock that dates replies."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}

    def until(self, domain: str) -> datetime | None:
        """Until when a domain is to be left alone; None: it may be asked."""
        at = self._until.get(domain)
        if at is None or at > self._clock():
            return at
        del self._until[domain]
        return None

    def heed(self, domain: str, status: int, retry_after: str | None) -> None:
        """Take in an answer. A private host is not held."""
        if status not in (TOO_MANY, UNAVAILABLE) or not urls.is_public(domain):
            return
        now = self._clock()
        wait = http_time.until(retry_after, now, MOST_S)
        if wait is None and status == TOO_MANY:
            wait = UNNAMED_S
        if wait:
            self._until[domain] = now + timedelta(seconds=wait)
