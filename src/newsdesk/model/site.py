"""The site: what its owner decided. Every option of site.toml with its default.

The string under a field is its documentation, everywhere: the reference page is made
from it. Bounds and forms stand in the annotation, and reading site.toml keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from newsdesk.model.article import Provider
from newsdesk.model.decision import Decision
from newsdesk.model.feed import Source
from newsdesk.model.forms import (
    LOCALE,
    ONE_LINE,
    THEME_FILE,
    WEB_ADDRESS,
    Between,
    Like,
)
from newsdesk.model.sponsor import Sponsor
from newsdesk.model.topic_heads import TopicHeads


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
    examples: tuple[str, ...] = ()
    """Headlines or short texts that are about it."""
    hashtags: tuple[str, ...] = ()
    position: int = 0
    """`NN` of the file name; orders topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How we ask the world for things."""

    contact: Annotated[str, Like(pattern=ONE_LINE, says="one line of plain text")] = ""
    """Address or URL in the User-Agent, so that a host can reach you."""
    at_once: Annotated[int, Between(least=1, most=1000)] = 16
    """Connections at one time, over all hosts."""
    per_domain: Annotated[int, Between(least=1, most=100)] = 2
    """Connections at one time to one registrable domain."""
    gap_s: Annotated[float, Between(least=0, most=3600)] = 1.0
    """Least time between two requests to one registrable domain."""
    timeout_s: Annotated[float, Between(least=0.1, most=600)] = 20.0
    """Bound on one request, redirects included."""
    max_feed_bytes: Annotated[int, Between(least=1)] = 15_000_000
    """Most bytes of a feed, decompressed; a larger one is refused."""
    max_page_bytes: Annotated[int, Between(least=1)] = 5_000_000
    """Most bytes of an article's page, decompressed."""
    max_picture_bytes: Annotated[int, Between(least=1)] = 10_000_000
    """Most bytes of a picture."""
    obey_robots: bool = True
    """robots.txt for pages; feeds that you added yourself are asked regardless."""
    public_url: Annotated[
        str, Like(pattern=f"|{WEB_ADDRESS}", says="empty, or `https://…` or `http://…`")
    ] = ""
    """Where hubs reach `newsdesk serve` from outside; empty: no WebSub."""
    allow_private: tuple[str, ...] = ()
    """`host` or `host:port` on private or loopback addresses that may be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often sources are asked."""

    shortest_m: Annotated[int, Between(least=1)] = 15
    """Least minutes between two polls of one source."""
    longest_m: Annotated[int, Between(least=1)] = 24 * 60
    """Most minutes between two polls of one source."""
    first_m: Annotated[int, Between(least=1)] = 60
    """Minutes to the second poll of a new source."""
    every_s: Annotated[int, Between(least=1)] = 60
    """Seconds from the end of one pass of `newsdesk serve` to the start of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How far back we look."""

    new_source_days: Annotated[int, Between(least=0)] = 7
    """Entries older than this when first seen are archived, not published."""
    story_hours: Annotated[int, Between(least=1)] = 96
    """How far apart two articles of one story may be."""
    front_days: Annotated[int, Between(least=1)] = 3
    """How long a story can stay on the front page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What makes a story, and what gets published."""

    threshold: Annotated[int, Between(least=0, most=100)] = 70
    """Least quality (0–100) to publish."""
    thresholds: tuple[tuple[str, int], ...] = ()
    """Per topic id, in a table of its own, `[rules.thresholds]`; the lowest among a
    story's topics holds."""
    same_story: Annotated[float, Between(least=-1, most=1)] = 0.0
    """Likeness asked of one story's articles on top of what is shipped: more makes purer
    stories, less fuller ones."""
    half_life_h: Annotated[float, Between(least=0.1)] = 24.0
    """Hours in which an article's heat halves."""
    count_visits: bool = False
    """Count how often story pages are asked of `newsdesk serve`, by story and hour, and let
    it warm stories a little on the front page. No cookies, no addresses, no robots."""
    reject_below: Annotated[int, Between(least=0, most=100)] = 0
    """Quality below which a story is rejected: never shown, nor named among the nearest
    misses."""
    only_on_topic: bool = True
    """Hold what belongs to no topic of the site (only where the site has topics)."""
    languages: tuple[str, ...] = ()
    """Languages of leads, such as `["en", "de"]`; hold any other. Empty: all."""
    required: tuple[str, ...] = ()
    """Domains or ids of sources; hold a story that none of them covers. Empty: none is
    needed."""
    min_words: Annotated[int, Between(least=0)] = 0
    """Hold leads with fewer words than this."""
    min_origins: Annotated[int, Between(least=1, most=100)] = 1
    """Hold stories that fewer than this many tell independently of each other."""
    max_age_h: Annotated[int, Between(least=0)] = 0
    """Hold what was older than this many hours when it was first seen; 0: any age."""
    embargoes: tuple[tuple[str, datetime], ...] = ()
    """Per domain or topic id, in a table of its own, `[rules.embargoes]`: the instant until
    which it is held."""
    provider_a_day: Annotated[int, Between(least=0)] = 0
    """Most stories of a day that one provider leads; hold the weakest others. 0: any
    number."""
    topic_a_day: tuple[tuple[str, int], ...] = ()
    """Per topic id, in a table of its own, `[rules.topic_a_day]`: most stories of a day."""
    provider_on_front: Annotated[int, Between(least=0)] = 0
    """Most stories that one provider leads on the front page; the others stay published.
    0: any number."""
    topic_on_front: tuple[tuple[str, int], ...] = ()
    """Per topic id, in a table of its own, `[rules.topic_on_front]`: most stories on the
    front page."""
    blocked: tuple[str, ...] = ()
    """Domains, or ids of sources, whose articles are never published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is written, and how it looks."""

    front_stories: Annotated[int, Between(least=1)] = 30
    """Stories on the front page."""
    feed_entries: Annotated[int, Between(least=1)] = 50
    """Entries in each feed."""
    edition_days: Annotated[int, Between(least=0)] = 0
    """Days for which past front pages are kept, for `newsdesk replay`; 0: for good."""
    full_text: tuple[str, ...] = ()
    """Domains whose articles the feeds may give whole; of others they give the
    excerpt."""
    hub: Annotated[
        str, Like(pattern=f"|{WEB_ADDRESS}", says="empty, or `https://…` or `http://…`")
    ] = ""
    """The WebSub hub that is told of news in the site's feeds; empty: none."""
    picture_widths: Annotated[tuple[int, ...], Between(least=16, most=4096)] = (
        320,
        640,
        1200,
    )
    """Widths in pixels of cached pictures; none is ever enlarged. `[]` caches none."""
    accent: Annotated[str, Like(pattern="#[0-9a-fA-F]{6}", says="`#rrggbb`")] = (
        "#b3261e"
    )
    """The site's colour, `#rrggbb`."""
    logo: Annotated[str, Like(pattern=THEME_FILE, says="a file's name or empty")] = ""
    """A picture in `theme/static` that stands beside the name; empty: the name alone."""
    logo_dark: Annotated[
        str, Like(pattern=THEME_FILE, says="a file's name or empty")
    ] = ""
    """The same for dark pages; empty: `logo` there too."""
    records_kept: Annotated[int, Between(least=1)] = 5000
    """Most records in the folder `_news`; past that the oldest tenth or more, of settled
    stories, moves to `_archive/_news`. Pages and addresses stay."""
    compress: bool = False
    """Write compressed copies beside the text files of the website, `.gz` and `.br`, for
    web servers that send such files as they are."""
    stale_hours: Annotated[int, Between(least=1)] = 24
    """Hours without news after which the front page says that it may be out of date."""


class Cadence(StrEnum):
    """How often an issue comes out."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    """Monday to Friday."""
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """One newsletter of a site: topics, language and cadence make its audience."""

    id: Annotated[str, Like(pattern="[a-z0-9][a-z0-9-]{0,39}", says="like `daily`")]
    """Names it in files and addresses; never change it."""
    title: Annotated[str, Like(pattern=r".*\S.*", says="one line, not empty")]
    topics: tuple[str, ...] = ()
    """Ids of topics; none: everything the site publishes."""
    language: Annotated[str, Like(pattern="|[a-z]{2,3}", says="like `en`")] = ""
    """Only stories led by an article in it; empty: in any."""
    cadence: Cadence = Cadence.DAILY
    weekday: Annotated[int, Between(least=1, most=7)] = 1
    """Day of a weekly one: 1 is Monday."""
    hour: Annotated[int, Between(least=0, most=23)] = 6
    """From when on an issue may come out, in UTC."""
    stories: Annotated[int, Between(least=1, most=20)] = 8
    """Most stories in an issue."""
    sender: Annotated[
        str, Like(pattern=ONE_LINE, says="like `News <n@example.org>`")
    ] = ""
    """Who it is from: a name and an address."""
    postal: str = ""
    """The postal address at its end, which the law of many countries asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Whether `newsdesk serve` keeps the content folder in Git, as `newsdesk publish`
    does by hand."""

    commit: bool = False
    """Commit after a pass that changed what readers see."""
    push: bool = False
    """Send the commits to the remote of the branch."""


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
    """Holds site.toml and sources.toml; all else lies below it unless told."""
    title: Annotated[str, Like(pattern=r".*\S.*", says="one line, not empty")]
    """The name of the site, as readers see it."""
    url: Annotated[str, Like(pattern=WEB_ADDRESS, says="`https://…` or `http://…`")]
    """Where readers find it, with a trailing slash; base of all absolute addresses."""
    description: str = ""
    """What the site is about, in one sentence."""
    language: Annotated[str, Like(pattern="[a-z]{2,3}", says="like `en`")] = "en"
    """Language of the site's own words, as a primary subtag."""
    locale: Annotated[str, Like(pattern=LOCALE, says="like `en-us`")] = "en-us"
    """Language and region, as the JSON API says it."""
    fetching: Fetching = field(default_factory=Fetching)
    schedule: Schedule = field(default_factory=Schedule)
    window: Window = field(default_factory=Window)
    rules: Rules = field(default_factory=Rules)
    output: Output = field(default_factory=Output)
    git: Git = field(default_factory=Git)
    paths: Paths = field(default_factory=Paths)
    topics: tuple[Topic, ...] = ()
    """In order of their files."""
    providers: tuple[Provider, ...] = ()
    """From `_data/organizations`."""
    outlets: str = field(default="", repr=False, compare=False)
    """The shipped registry of outlets, a line each: no decision of the owner's, whose own
    providers win over it."""
    sources: tuple[Source, ...] = ()
    """From sources.toml, each address once, in the order of the file."""
    theme: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """Files of the folder `theme`, which change how pages look: path below it and bytes,
    by path."""
    newsletters: tuple[Newsletter, ...] = ()
    """From newsletters.toml, in the order of the file."""
    sponsors: tuple[Sponsor, ...] = ()
    """From sponsors.toml, in the order of the file."""
    decisions: tuple[Decision, ...] = ()
    """What editors said, from `_data/decisions`, by name."""
    heads: TopicHeads | None = field(default=None, repr=False)
    """What `newsdesk topics train` learnt from them; None: nothing yet."""

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
