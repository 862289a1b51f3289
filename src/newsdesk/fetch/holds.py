"""Domains that told us to wait: left alone until then, by everything we fetch.

A limit spans the hosts of a registrable domain, and it counts for pages as for feeds.
What we were told is kept in the notes on hosts, so that it counts after a restart too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from newsdesk.fetch.notes import HostNotes, Note
from newsdesk.text import http_time, urls

TOO_MANY = 429
UNAVAILABLE = 503
# A wait that 429 does not name, and the longest that we keep.
UNNAMED_S = 3_600
MOST_S = 7 * 24 * 3_600

KIND = "hold"


class Holds:
    """Who is to be left alone until when, by the clock that dates replies."""

    def __init__(self, clock: Callable[[], datetime], notes: HostNotes) -> None:
        self._clock = clock
        self._notes = notes

    def until(self, domain: str) -> datetime | None:
        """Until when a domain is to be left alone; None: it may be asked."""
        note = self._notes.get(KIND, domain)
        return note.until if note else None

    def heed(self, domain: str, status: int, retry_after: str | None) -> None:
        """Take in an answer. A private host is not held."""
        if status not in (TOO_MANY, UNAVAILABLE) or not urls.is_public(domain):
            return
        now = self._clock()
        wait = http_time.until(retry_after, now, MOST_S)
        if wait is None and status == TOO_MANY:
            wait = UNNAMED_S
        if wait:
            until = now + timedelta(seconds=wait)
            self._notes.put(KIND, domain, Note(until=until))
