"""A published or held story as it stands in the content folder: the front matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownKey:
    """A part of a record we do not know, kept as its own text and in its place."""

    path: str
    """Where it was met: ``, `provider`, `images/0`, `related/2/provider`, …"""
    after: str
    """The known key before it at that level; `` when it came first."""
    text: str
    """The raw lines, indentation, empty lines before it and line ends included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A line we know, written otherwise than we would: kept while it means the same."""

    path: str
    """Where it was met, as with `UnknownKey`; for a list of names, the list's own."""
    key: str
    """Its key, or its place in a list of names; `---` for what ends the file."""
    lead: str | None = None
    """Empty and comment lines before it; None: as we would write."""
    text: str | None = None
    """The line itself without its end; None: as we would write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordImage:
    """An image of a record."""

    url: str
    width: int | None = None
    height: int | None = None
    is_cached: bool | None = None
    """None: the key is absent, as with logos."""
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProvider:
    """Who publishes, as a record says it."""

    name: str
    domain: str
    images: tuple[RecordImage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another outlet's coverage of the same story."""

    title: str
    excerpt: str | None
    published_at: datetime
    web_url: str
    amp_web_url: str | None = None
    cdn_amp_web_url: str | None = None
    type: str = "article"
    provider: RecordProvider
    quality: int
    images: tuple[RecordImage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The front matter of one story. None and empty mean that the key is absent."""

    category: str = "news"
    title: str
    excerpt: str | None
    published_at: datetime
    updated_at: datetime | None = None
    original_url: str
    web_url: str | None = None
    """Absent for a video that has no page of its own."""
    amp_web_url: str | None = None
    cdn_amp_web_url: str | None = None
    type: str = "article"
    quality: int
    heat: int
    """-1: taken out of the ranking."""
    published: bool
    featured_content: str | None = None
    provider: RecordProvider
    topics: tuple[str, ...] = ()
    """Names, most specific first, the root last."""
    images: tuple[RecordImage, ...] = ()
    related: tuple[Related, ...] = ()
    secured: str | None = None
    """`BASE64;BASE64`: sealed text and nonce."""
    unknown: tuple[UnknownKey, ...] = ()
    spellings: tuple[Spelling, ...] = ()
