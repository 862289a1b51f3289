"""Spans and instants as HTTP headers write them (RFC 9110, 5.6.7 and 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# A longer number is beyond every bound; int() of a million digits takes its time.
MOST_DIGITS = 12
MOST_DATE_LENGTH = 100


def seconds(value: str | None) -> int | None:
    """A whole number of seconds; None for anything else."""
    text = (value or "").strip()
    return int(text[:MOST_DIGITS]) if text.isascii() and text.isdigit() else None


def instant(value: str | None) -> datetime | None:
    """An HTTP-date in UTC; None for anything else, such as the common `0` and `-1`."""
    if not value or len(value) > MOST_DATE_LENGTH:
        return None
    try:
        at = parsedate_to_datetime(value)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def until(value: str | None, now: datetime, most_s: int) -> int | None:
    """Seconds from `now` that Retry-After asks for, 0 to `most_s`; None: it is none."""
    span = seconds(value)
    if span is None:
        at = instant(value)
        if at is None:
            return None
        span = int((at - now).total_seconds())
    return min(max(span, 0), most_s)
