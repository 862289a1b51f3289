"""Words and numbers as readers of the website see them: days, spans, counts, links.

Plain functions that templates use as filters. English, without the machine's locale, so
that the same edition gives the same bytes everywhere. Layout is for the templates.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from newsdesk.text.english_days import MONTHS, WEEKDAYS

_UNSEEN = re.compile("[\x00-\x20\x7f]")


def day(value: date) -> str:
    """A day in full: `19 February 2026`. A datetime counts by its UTC day."""
    value = _utc_day(value)
    return f"{value.day} {month(value)}"


def weekday(value: date) -> str:
    """A day with its weekday: `Thursday, 19 February 2026`."""
    value = _utc_day(value)
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}"


def month(value: date) -> str:
    """A month with its year: `February 2026`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """A day without its year: `19 Feb`."""
    value = _utc_day(value)
    return f"{value.day} {MONTHS[value.month - 1][:3]}"


def clock(value: datetime) -> str:
    """The time of day in UTC: `06:12`."""
    return f"{value.astimezone(UTC):%H:%M}"


def moment(value: datetime) -> str:
    """Day and time in UTC, short: `19 Feb, 06:12`."""
    return f"{short_day(value)}, {clock(value)}"


def machine(value: datetime) -> str:
    """An instant for `datetime` attributes and metadata: `2026-02-19T06:12:00Z`."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def span(value: timedelta) -> str:
    """A span with its two largest units: `2 d 4 h`, `1 h 20 min`, `3 min`, `0 min`."""
    minutes = max(0, int(value.total_seconds())) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `1 outlet`, `14 outlets`, `1,204 stories`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def points(value: float) -> str:
    """Points of a receipt with their sign and only the digits they need: `+12.5`."""
    text = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    if text == "0":
        return "0"
    return f"+{text}" if value > 0 else f"−{text}"


@lru_cache(maxsize=4096)  # a page names an address several times
def link(url: str | None) -> str | None:
    """The address if a reader may be sent there, else None.

    Only http and https with a host, and without white space or control characters:
    `javascript:` and its kin never become links.
    """
    if not url or _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def shorten(text: str | None, limit: int) -> str:
    """The text in at most `limit` characters, cut between words with an ellipsis."""
    clean = " ".join((text or "").split())
    if len(clean) <= limit:
        return clean
    cut = clean[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    return f"{head if len(head) > limit // 2 else cut}…"


def sentence(text: str) -> str:
    """The text as a sentence of its own: a capital in front, a full stop behind."""
    clean = text.strip()
    if not clean:
        return ""
    end = "" if clean[-1] in ".!?…" else "."
    return f"{clean[0].upper()}{clean[1:]}{end}"


def _utc_day(value: date) -> date:
    return value.astimezone(UTC).date() if isinstance(value, datetime) else value
