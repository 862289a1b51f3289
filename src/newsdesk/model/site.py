"""The site: what its owner decided. Every option of site.toml with its default."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from newsdesk.model.article import Provider
from newsdesk.model.feed import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A node of the taxonomy, from `_data/topics`."""

    id: str
    name: str
    shortname: str | None = None
    parent: str | None = None
    """The name of the topic above, as the older format has it; None: a root."""
    description: str | None = None
    keywords: tuple[str, ...] = ()
    """Words and phrases, any of which says that a text is about it."""
    required: tuple[str, ...] = ()
    """Where given, one of these must be there too."""
    excluded: tuple[str, ...] = ()
    """Any of these says that it is about something else."""
    hashtags: tuple[str, ...] = ()
    position: int = 0
    """`NN` of the file name; orders topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How we ask the world for things."""

    contact: str = ""
    """Address or URL in the User-Agent, so that a host can reach you."""
    at_once: int = 16
    """Connections at one time, over all hosts."""
    per_domain: int = 2
    """Connections at one time to one registrable domain."""
    gap_s: float = 1.0
    """Least time between two requests to one registrable domain."""
    timeout_s: float = 20.0
    """Bound on one request, redirects included."""
    max_feed_bytes: int = 15_000_000
    max_page_bytes: int = 5_000_000
    max_picture_bytes: int = 10_000_000
    obey_robots: bool = True
    """robots.txt for pages; feeds that you added yourself are asked regardless."""
    allow_private: tuple[str, ...] = ()
    """`host` or `host:port` on private or loopback addresses that may be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often sources are asked."""

    shortest_m: int = 15
    """Least minutes between two polls of one source."""
    longest_m: int = 24 * 60
    """Most minutes between two polls of one source."""
    first_m: int = 60
    """Minutes to the second poll of a new source."""
    every_s: int = 60
    """Seconds from the end of one pass of `newsdesk serve` to the start of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How far back we look."""

    new_source_days: int = 7
    """Entries older than this when first seen are archived, not published."""
    story_hours: int = 96
    """How far apart two articles of one story may be."""
    front_days: int = 3
    """How long a story can stay on the front page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What makes a story, and what gets published."""

    threshold: int = 70
    """Least quality (0–100) to publish."""
    thresholds: tuple[tuple[str, int], ...] = ()
    """Per topic id; the lowest among a story's topics holds."""
    same_story: float = 0.0
    """Least similarity to join a story; 0: the shipped value."""
    half_life_h: float = 24.0
    """Hours in which an article's heat halves."""
    only_on_topic: bool = True
    """Hold what belongs to no topic of the site (only where the site has topics)."""
    min_words: int = 0
    """Hold leads with fewer words than this."""
    blocked: tuple[str, ...] = ()
    """Domains whose articles are never published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is written, and how it looks."""

    front_stories: int = 30
    """Stories on the front page."""
    feed_entries: int = 50
    """Entries in each feed."""
    picture_width: int = 960
    """Width in pixels of cached pictures; 0 caches none."""
    accent: str = "#b3261e"
    """The site's colour, `#rrggbb`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Folders, below the site folder unless absolute."""

    content: str = "content"
    """Records, topics and organisations; fit for Git."""
    public: str = "public"
    """The website, API and feeds; made anew at will."""
    state: str = ".newsdesk"
    """The store; not for Git."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site: its folder, its options, topics, known providers and sources."""

    folder: Path
    title: str
    url: str
    """Where readers find it, with a trailing slash; base of all absolute addresses."""
    description: str = ""
    language: str = "en"
    locale: str = "en-us"
    fetching: Fetching = field(default_factory=Fetching)
    schedule: Schedule = field(default_factory=Schedule)
    window: Window = field(default_factory=Window)
    rules: Rules = field(default_factory=Rules)
    output: Output = field(default_factory=Output)
    paths: Paths = field(default_factory=Paths)
    topics: tuple[Topic, ...] = ()
    """In order of their files."""
    providers: tuple[Provider, ...] = ()
    """From `_data/organizations`."""
    sources: tuple[Source, ...] = ()

    @property
    def content_folder(self) -> Path:
        """Where records, topics and organisations live."""
        return self.folder / self.paths.content

    @property
    def public_folder(self) -> Path:
        """Where the website is written."""
        return self.folder / self.paths.public

    @property
    def state_folder(self) -> Path:
        """Where the store lives."""
        return self.folder / self.paths.state
