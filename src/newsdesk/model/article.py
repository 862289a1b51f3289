"""What we read: articles, their providers, and how they were classified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from newsdesk.model.feed import Entry, Picture, Reply, SourceId

ArticleId = NewType("ArticleId", str)


class ArticleType(StrEnum):
    """What a page is, as news goes."""

    ARTICLE = "article"
    VIDEO = "video"
    LIVE_BLOG = "live blog"
    GALLERY = "gallery"
    PODCAST = "podcast"
    PRESS_RELEASE = "press release"
    LISTING = "listing"

    @property
    def as_record(self) -> str:
        """The type in the record format, which knows `article` and `video` only."""
        return "video" if self is ArticleType.VIDEO else "article"


class ProviderKind(StrEnum):
    """What sort of publisher a provider is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    TRADE_PRESS = "trade press"
    COMPANY = "company"
    LAB = "lab"
    GOVERNMENT = "government"
    BLOG = "blog"
    AGGREGATOR = "aggregator"
    WIRE = "press-release wire"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address worth an article, admitted from one or more entries, not yet read."""

    id: ArticleId
    """First 16 hex digits of SHA-256 over the canonical form of `url`."""
    url: str
    """The address first met; a record's `originalUrl`."""
    entry: Entry
    """The entry that speaks for it where several sources list the same address."""
    archived: bool = False
    """Too old at first sight: known from now on, but never read, grouped or published."""
    reread_at: datetime | None = None
    """Since when it waits to be read once more, its entry having changed; None: it was
    never read."""
    had_page: bool = False
    """Its page was read before: the feed's words are no substitute for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video by its platform's own id, so that players are rendered, never copied."""

    platform: str
    """`youtube`, `vimeo` …: one whose player can be made of the id alone."""
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A provider's logo."""

    url: str
    width: int
    """In pixels; 0: unknown, as of the height."""
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a page says of who publishes it and where it is from, as it says it."""

    name: str | None = None
    """The publisher of the structured data."""
    home_url: str | None = None
    """That publisher's own address."""
    logos: tuple[Logo, ...] = ()
    """Best first; one that a page names for touch screens only where it names no other."""
    writers: tuple[str, ...] = ()
    """Names of others that it says it has the article from."""
    origins: tuple[str, ...] = ()
    """Addresses on other sites that it names as the original or as home of a writer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What we read out of an entry and, where it could be fetched, its page."""

    title: str
    excerpt: str
    text: str
    """The article and nothing else; paragraphs separated by an empty line."""
    html: str = ""
    """The same as clean HTML: headings, lists, quotes, links; no attribute but `href`,
    nothing that runs. Empty: there is only the text."""
    web_url: str
    """The canonical address."""
    amp_url: str | None = None
    type: ArticleType = ArticleType.ARTICLE
    published_at: datetime | None = None
    published_has_time: bool = True
    """False: only the day is known, and the time of `published_at` is 00:00."""
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    """Primary subtag, lower case."""
    declared_language: str | None = None
    """What the page says of itself, where its words are in another."""
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Best first."""
    video: Video | None = None
    paywall: tuple[str, ...] = ()
    """Why we hold that readers must pay or log in, for a person; empty: open to all."""
    imprint: Imprint | None = None
    """None: the page says nothing, or there is none."""
    page_read: bool = False
    """False: only the feed's own words were at hand."""
    notes: tuple[str, ...] = ()
    """What was doubtful while reading, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotArticle:
    """A document that is clearly no article."""

    reason: str
    """For a person; no trailing full stop."""
    kind: str
    """To count by: `no title`, `error page`, `challenge`, `login`, `consent`, `product`,
    `job ad`, `front page`, `empty`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who publishes: one identity per registrable domain, or per name that a host lends."""

    domain: str
    """Where a host lends names by path, the host and that part: `youtube.com/@ada`."""
    name: str
    """Empty: an organisation's file that leaves it to others."""
    logos: tuple[Logo, ...] = ()
    """Smallest first."""
    is_known: bool = False
    """The site's organisations folder names it."""
    kind: ProviderKind | None = None
    """None: nobody has said."""
    country: str | None = None
    """ISO 3166-1 alpha-2, upper case."""
    language: str | None = None
    """The main one: primary subtag, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHit:
    """One topic an article is about, and why."""

    topic: str
    """Id of the topic."""
    strength: float
    """0–1."""
    evidence: tuple[str, ...]
    """Keywords and where they stand, what it reads like; or `source` where the source
    decides, or `child: <id>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of coverage: what was read, who publishes it, what it is about."""

    id: ArticleId
    url: str
    """The address first met."""
    source_id: SourceId
    first_seen_at: datetime
    reading: Reading
    provider: Provider
    topics: tuple[TopicHit, ...] = ()
    """Most specific first, the root last; empty: off-topic."""
    near_miss: TopicHit | None = None
    """Off-topic: the topic that it came nearest to, if any."""
    duplicate_of: ArticleId | None = None
    is_timeless: bool = False
    """Nobody knows when it was news: a person asked for it and it bears no date."""

    @property
    def instant(self) -> datetime:
        """When it counts as published: as claimed, but never after we first saw it."""
        claimed = self.reading.published_at
        return min(claimed, self.first_seen_at) if claimed else self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A candidate together with the document fetched for it, if any."""

    candidate: Candidate
    reply: Reply | None
    miss: str | None = None
    """Why there is no document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What became of one address: how far it came, and what we hold of it."""

    id: ArticleId
    stage: str
    """`new` (waits to be read), `archived`, `refused` or `read`."""
    reason: str | None = None
    """Why it was refused."""
    candidate: Candidate | None = None
    """None: it came without an entry."""
    article: Article | None = None
    """None: not read."""
    story_id: str | None = None
    """The story that it is in."""
