"""An edition as it is kept: what readers saw, from when on, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdition:
    """An edition in the journal of the store; one is kept for each run that changed what
    a front page shows."""

    number: int = 0
    """From 1, in the order kept; 0: not kept yet."""
    run: int
    """The run that wrote it."""
    now: datetime
    """The instant of that run: readers saw it from here on."""
    as_of: datetime | None = None
    """Its newest news; None: there was none."""
    version: str
    """The newsdesk that wrote it."""
    files: tuple[tuple[str, str], ...] = ()
    """Path and SHA-256 of each file that belongs to it, by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """How much the journal of editions holds."""

    editions: int = 0
    first: datetime | None = None
    """From when on editions are kept; None: there is none."""
    last: datetime | None = None
    """When the newest one was written."""
    texts: int = 0
    """Different files kept."""
    whole_bytes: int = 0
    """Bytes of these as they were written."""
    kept_bytes: int = 0
    """Bytes that they take in the store."""
