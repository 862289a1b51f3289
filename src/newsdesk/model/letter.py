"""An issue of a newsletter in words: what its readers got, and what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPicture:
    """A picture of the site's own, at the width of a letter."""

    src: str
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStory:
    """A story in a letter."""

    title: str
    excerpt: str
    page: str
    article: str
    outlet: str
    at: datetime
    language: str
    topic: str
    also: str
    """`Outlet` or `4 more`; empty: nowhere."""
    moved: bool
    reason: str
    picture: LetterPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNote:
    """A line about another story."""

    title: str
    page: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMiss:
    """A story that was nearly told."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSponsor:
    """Who paid for a place in a letter; labelled wherever it is shown."""

    name: str
    url: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An issue in words."""

    id: str
    """The newsletter's."""
    title: str
    """The newsletter's."""
    day: date
    subject: str
    preheader: str
    page: str
    stories: tuple[LetterStory, ...]
    amendments: tuple[LetterNote, ...]
    misses: tuple[LetterMiss, ...]
    postal: str
    sponsor: LetterSponsor | None = None
    """Shown after the second story."""
    leave: str | None = None
    """Where one click ends the subscription; None: in the archive, which is nobody's."""
