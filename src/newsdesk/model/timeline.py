"""How a story unfolded: who said what when, how sure that is, and what changed later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsdesk.model.article import ArticleId


class Certainty(StrEnum):
    """How well we know when a piece came out."""

    MINUTE = "to the minute"
    """As claimed, and nothing speaks against it."""
    DAY = "only the day"
    SEEN = "not said"
    """It bears no time: all we know is when we first saw it."""
    DOUBTFUL = "doubtful"
    """What it claims cannot be so, or is of no use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article in the timeline."""

    article: ArticleId
    at: datetime
    """Its place in the timeline: as claimed, but never after we first saw it."""
    certainty: Certainty
    seen_at: datetime
    """When we first saw it."""
    claimed_at: datetime | None = None
    """When it says it came out."""
    after: timedelta | None = None
    """How much later than the first piece; None: it is the first, or nobody can say."""
    copy_of: ArticleId | None = None
    """The member whose words it carries."""
    names: tuple[str, ...] = ()
    """Names that no earlier piece has, in the order of the text."""
    figures: tuple[str, ...] = ()
    """Figures that no earlier piece has, likewise."""


class ChangeKind(StrEnum):
    """What can happen to a story after a piece of it came out."""

    HEADLINE = "headline"
    """An outlet gave a piece another headline."""
    TEXT = "text"
    """An outlet changed the words below it."""
    CORRECTION = "correction"
    """An outlet says that it put something right."""
    WITHDRAWN = "withdrawn"
    """A piece is gone."""
    LEAD = "lead"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """Something that happened to a story after a piece of it came out."""

    kind: ChangeKind
    at: datetime
    """When we saw it, at the latest."""
    article: ArticleId | None = None
    """The piece that it happened to; None: the story itself."""
    before: str = ""
    """The headline before."""
    now: str = ""
    """The headline since, or what the correction says."""
    why: str = ""
    """One sentence for a person, where there is more to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Who was first, as far as anyone can tell."""

    article: ArticleId
    is_sure: bool
    """Its time is known to the minute, and no other piece can have been earlier."""
    why: str
    """One sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Pieces and changes of one story, each in order of time."""

    pieces: tuple[Piece, ...]
    changes: tuple[StoryChange, ...] = ()
    first: First | None = None
    """None: there is one piece only, or too little is known."""
