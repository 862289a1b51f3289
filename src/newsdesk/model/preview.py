"""What other rules would have made of the news of a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.story import StoryId, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A story as one set of rules has it."""

    lead: str = ""
    """Address of the article that leads; empty: no member is left."""
    quality: int = 0
    heat: int = 0
    """As of its own newest news."""
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A story before and after."""

    story: StoryId
    title: str
    provider: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A story's place on a front page, from 1; None: it is not on it."""

    story: StoryId
    title: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontChange:
    """What changes on the front page of one instant."""

    at: datetime
    entered: tuple[Move, ...] = ()
    left: tuple[Move, ...] = ()
    moved: tuple[Move, ...] = ()
    """Those that stand elsewhere than they did, against the others that stay."""
    stayed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Two sets of rules over the same stories."""

    since: datetime
    until: datetime
    stories: int
    options: tuple[tuple[str, str, str], ...]
    """Name, old and new value of each option that differs."""
    published: tuple[Outcome, ...]
    """Stories that only the new rules publish, the newest first."""
    dropped: tuple[Outcome, ...]
    """Stories that only the old rules publish."""
    led_otherwise: tuple[Outcome, ...]
    """Published by both, under another lead."""
    both: int
    """Published by both, these included."""
    neither: int
    fronts: tuple[FrontChange, ...]
    """The front pages that differ, one a day, the newest first."""
    days: int
    """Front pages that were compared."""
