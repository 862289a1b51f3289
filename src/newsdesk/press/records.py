"""What the simulated world consists of: publishers, events, articles, pictures, topics.

Plain frozen records; how they come about is in `world`, how they look on the wire in
`feeds`, `pages` and `pictures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PublisherKind(StrEnum):
    """What sort of outlet a publisher is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    TRADE = "trade press"
    BLOG = "blog"
    LAB = "lab"
    COMPANY = "company"
    RELEASES = "press-release wire"
    SPAM = "market-research spam"


class Dialect(StrEnum):
    """The feed format a publisher speaks."""

    RSS = "rss 2.0"
    ATOM = "atom 1.0"
    RDF = "rdf"
    JSON = "json feed"


class ArticleKind(StrEnum):
    """What an article really is."""

    NEWS = "news"
    FOLLOW_UP = "follow-up"
    COPY = "copy"
    RELEASE = "release"
    OPINION = "opinion"
    EVERGREEN = "evergreen"
    SPAM = "spam"
    OLD = "old"
    """Published long ago and listed in the feed again."""
    ROUND_UP = "round-up"
    """Tells of several events, a paragraph each."""
    LIVE_BLOG = "live blog"
    """Follows one or more events through a day."""


class Markup(StrEnum):
    """How a page tells machines what it is."""

    JSON_LD = "json-ld"
    OPEN_GRAPH = "open graph"
    META = "meta"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """An outlet with its habits."""

    id: str
    name: str
    domain: str
    kind: PublisherKind
    tagline: str
    dialect: Dialect
    markup: tuple[Markup, ...]
    layout: str
    """Name of the page template."""
    path_style: str
    """How article addresses are built."""
    palette: tuple[str, str, str, str]
    """Dark, main, light, accent; `#rrggbb`."""
    full_text: bool = False
    """The feed carries the whole article."""
    has_amp: bool = False
    tracking: str = ""
    """Query that the feed adds to links; `redirect`: links go through /r/."""
    shows_author: bool = True
    news_sitemap: bool = False
    has_hub: bool = False
    """Its feed announces the press's WebSub hub."""
    offset_minutes: int = 0
    """Local time against UTC; dates on pages and in feeds are local."""
    weight: float = 1.0
    """How much it publishes compared with the others."""
    picture_size: tuple[int, int] = (1200, 675)
    picture_format: str = "jpg"
    feed_size: int = 25
    writers: tuple[str, ...] = ()

    @property
    def home_url(self) -> str:
        """Address of its front page."""
        return f"http://{self.domain}/"

    @property
    def feed_path(self) -> str:
        """Path of its feed."""
        return _FEED_PATHS[self.dialect]

    @property
    def feed_url(self) -> str:
        """Address of its feed."""
        return f"http://{self.domain}{self.feed_path}"


_FEED_PATHS = {
    Dialect.RSS: "/rss.xml",
    Dialect.ATOM: "/feed.atom",
    Dialect.RDF: "/index.rdf",
    Dialect.JSON: "/feed.json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePicture:
    """The picture on top of an article; its true size is the one given."""

    path: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An edit after publication."""

    at: datetime
    note: str
    """`Correction: …` or `Updated with …`, shown at the end of the text."""
    title: str | None = None
    """The new headline, where it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece by one publisher."""

    id: str
    publisher: str
    """Id of the publisher."""
    kind: ArticleKind
    event: str | None
    path: str
    """Of its canonical address."""
    title: str
    deck: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    listed_at: datetime
    """When feeds and front pages begin to list it; later than `published_at` only for
    old pieces that surface again."""
    section: str
    topics: tuple[str, ...] = ()
    """Ids of topics, most specific first; empty: off-topic."""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    picture: ArticlePicture | None = None
    copied_from: str | None = None
    """Id of the article whose text this is; it may be a copy itself."""
    copied_how: str | None = None
    """`whole`, `cut` (the end is missing) or `edited` (the opening is its own)."""
    credit: str | None = None
    """Whom a copy credits; None: nobody."""
    tells: tuple[str, ...] = ()
    """Events that a round-up or live blog is about; it covers none of them alone."""
    changes: tuple[Change, ...] = ()
    withdrawn_at: datetime | None = None
    """From then on the page answers 410 and no list names it."""

    def is_out(self, now: datetime) -> bool:
        """Whether the page exists and may be listed."""
        return self.listed_at <= now and not self.is_withdrawn(now)

    def is_withdrawn(self, now: datetime) -> bool:
        """Whether it has been taken down."""
        return self.withdrawn_at is not None and self.withdrawn_at <= now

    def changes_by(self, now: datetime) -> tuple[Change, ...]:
        """The edits made so far."""
        return tuple(change for change in self.changes if change.at <= now)

    def title_at(self, now: datetime) -> str:
        """The headline as it stands at that time."""
        titles = [change.title for change in self.changes_by(now) if change.title]
        return titles[-1] if titles else self.title

    def updated_at(self, now: datetime) -> datetime:
        """The last edit, or publication."""
        done = self.changes_by(now)
        return done[-1].at if done else self.published_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, whoever reports it."""

    id: str
    kind: str
    field: str
    happened_at: datetime
    topics: tuple[str, ...]
    names: tuple[str, ...]
    """Who and what it is about; look-alike events share some of these."""
    follows: str | None = None
    """The event it is a sequel to."""
    alike: str | None = None
    """The set of look-alikes that it was made one of: events of one script, half of
    the phrases shared, different in names, places and figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSeed:
    """A topic as an owner of a site about AI would write it down."""

    id: str
    name: str
    parent: str | None
    """Id of the topic above."""
    keywords: tuple[str, ...]
    description: str
