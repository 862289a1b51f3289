"""What a run leaves behind: failures as values, counts, and what files it wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An item that did not make it through a stage. It never stops a run."""

    stage: str
    """`poll`, `parse`, `fetch`, `read`, `picture`, `record`, …"""
    key: str
    """Id of the item: source, article, path."""
    subject: str
    """What a person would call it: an address or a path."""
    reason: str
    """What failed and, where it helps, what to do. No trailing full stop."""
    kind: str
    """The reason in one or two words, to count by: `not in archive`, `http 404`, …"""
    is_final: bool = False
    """True: never try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One run, as it went into the ledger."""

    id: int
    started_at: datetime
    ended_at: datetime | None
    now: datetime
    """The instant that the run took for now."""
    state: str
    """`running`, `done`, `stopped` (Ctrl-C) or `crashed`."""
    counts: tuple[tuple[str, int], ...]
    """By name, in the order of the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What delivering files changed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Unmade:
    """The content of a file that is made only if it is needed."""

    mark: str
    """While it stays the same, so do the bytes."""
    make: Callable[[], bytes]
