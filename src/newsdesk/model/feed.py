"""What comes in: sources, requests, replies and the entries that a source lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

SourceId = NewType("SourceId", str)
EntryId = NewType("EntryId", str)


class SourceKind(StrEnum):
    """How a source is read."""

    FEED = "feed"
    """RSS, Atom, RDF, CDF, JSON Feed or a news sitemap; told apart by content."""
    PAGES = "pages"
    """A text file in the site folder with one page address a line."""
    PUSH = "push"
    """Nothing to ask: the site's own crawlers push entries into it."""


class Health(StrEnum):
    """How a source is doing, in one word."""

    NEW = "new"
    FRESH = "fresh"
    QUIET = "quiet"
    FAILING = "failing"
    BLOCKED = "blocked"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where entries come from, as the owner of the site wrote it down."""

    id: SourceId
    """First 16 hex digits of SHA-256 over `kind` and the canonical address."""
    url: str
    """Address of the feed; for `pages`, the path of the list below the site folder; for
    `push`, `push:` and a name."""
    kind: SourceKind = SourceKind.FEED
    title: str | None = None
    topics: tuple[str, ...] = ()
    """Ids of topics that everything from this source belongs to."""
    language: str | None = None
    """Primary language subtag, used where neither feed nor page declares one."""
    was: str | None = None
    """Its address before it moved; the id, and so its history, stays that one's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask 'has it changed?', byte for byte, for one address."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A hub that a source announces, and how far we are with subscribing there."""

    hub: str
    topic: str
    """The address by which the hub knows the source."""
    secret: str = ""
    """What deliveries are signed with; empty until the hub is first asked."""
    asked_at: datetime | None = None
    next_ask_at: datetime | None = None
    """When to ask, again or for a renewal; None: now."""
    tries: int = 0
    """Requests since the hub last confirmed one."""
    live_until: datetime | None = None
    """End of the lease; None: the hub has not confirmed."""
    note: str | None = None
    """Why it came to nothing; for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source and what we remember of asking it."""

    source: Source
    health: Health = Health.NEW
    since_at: datetime | None = None
    """Since when `health` has been what it is."""
    next_poll_at: datetime | None = None
    """None: never asked, so due now."""
    polled_at: datetime | None = None
    ok_at: datetime | None = None
    """Last time it answered with a feed or 'not modified'."""
    new_at: datetime | None = None
    """Last time it brought an entry that we did not know."""
    failures: int = 0
    """Failed polls in a row."""
    interval_s: int = 0
    """Seconds between polls, as last adapted."""
    status: int | None = None
    reason: str | None = None
    """Why it is failing, blocked or gone; for a person."""
    validators: Validators | None = None
    body_hash: str | None = None
    moved_to: str | None = None
    """Target of a permanent redirect that is being watched."""
    moved_count: int = 0
    moved_first_at: datetime | None = None
    title: str | None = None
    """The feed's own title."""
    home_url: str | None = None
    logo: Picture | None = None
    """The feed's own."""
    entries_seen: int = 0
    recent: tuple[int, ...] = ()
    """When its last items came out, in minutes since 1970, newest first."""
    subscription: Subscription | None = None
    """The WebSub hub that it announces; None: none."""
    leaving: tuple[Subscription, ...] = ()
    """Subscriptions at hubs that deliver still and shall not."""
    ttl_s: int = 0
    """What the feed itself last asked us to wait; it holds while it does not change."""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    max_age_s: int = 0
    """The max-age of its last whole answer; a 304 that names none confirms it."""
    sitemaps: tuple[Validators, ...] = ()
    """Those that are read as the source, where it lists sitemaps."""
    rewrites: int = 0
    """Polls in a row in which most of what we knew came back with other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address to fetch, and for whom."""

    key: str
    """Id of the source, article or image that wants it; unique within a batch."""
    url: str
    accept: str = "*/*"
    validators: Validators | None = None
    max_bytes: int = 15_000_000
    """Bound on the decompressed body."""
    first_bytes: int = 0
    """Only so many bytes from the start are wanted, and the reply may break off there;
    0: all of it."""
    obey_robots: bool = True
    form: tuple[tuple[str, str], ...] = ()
    """Names and values to POST; no redirect is followed then."""
    stays_on_host: bool = False
    """Fail on a redirect to another host; `www.` makes no difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect."""

    status: int
    url: str
    """Where it led."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered, whatever its status."""

    key: str
    url: str
    """The address we asked."""
    final_url: str
    """The address that answered, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in the order received, without Set-Cookie."""
    body: bytes
    """Content-Encoding already undone."""
    fetched_at: datetime
    hops: tuple[Hop, ...] = ()
    truncated: bool = False
    """The body broke off before its declared end."""
    is_delivered: bool = False
    """A hub sent it of its own accord."""

    def header(self, name: str) -> str | None:
        """The first value of a header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as a feed or page names it."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One item of a feed as the feed says it, addresses made absolute, text decoded."""

    guid: str | None = None
    url: str | None = None
    """The link, or FeedBurner's original link where there is one."""
    title: str | None = None
    """Plain text."""
    summary_html: str | None = None
    content_html: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    date_note: str | None = None
    """Why a date that was given is missing or doubtful here."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    language: str | None = None
    provider_name: str | None = None
    """From the `source` element or a news sitemap's publication."""
    provider_url: str | None = None
    """The `source` element's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed."""

    format: str
    """`rss 2.0`, `atom 1.0`, `rdf`, `json feed 1.1`, `news sitemap`, `sitemap index`, …"""
    entries: tuple[FeedEntry, ...]
    """In the order of the document."""
    guid: str | None = None
    """The feed's own id, where its format has one."""
    title: str | None = None
    summary: str | None = None
    home_url: str | None = None
    logo: Picture | None = None
    feed_url: str | None = None
    """The feed's own idea of its address (`rel=self`); never used to change ours."""
    next_url: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    ttl_s: int | None = None
    """The longest wait asked for by ttl, updatePeriod and updateFrequency."""
    skip_hours: tuple[int, ...] = ()
    """GMT hours, 0–23."""
    skip_days: tuple[str, ...] = ()
    """English day names in lower case."""
    hubs: tuple[str, ...] = ()
    expired: bool = False
    sitemaps: tuple[str, ...] = ()
    """Addresses that a sitemap index lists."""
    repairs: tuple[str, ...] = ()
    """What had to be mended to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why bytes are not read as a feed."""

    reason: str
    """For a person. No trailing full stop."""
    kind: str
    """`empty`, `html`, `challenge`, `login`, `not a feed`, `too large` or `broken`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A feed entry with its identity: who listed it, and when we first saw it."""

    id: EntryId
    """First 16 hex digits of SHA-256 over source id and guid (else link, else title)."""
    source_id: SourceId
    position: int
    """Place in the document at first sight, from 0."""
    first_seen_at: datetime
    item: FeedEntry
    is_backlog: bool = False
    """The source listed it the first time it was asked: undated, it can be of any age."""
    is_asked_for: bool = False
    """A person named this address, so its age does not matter."""
    is_whole: bool = False
    """It carries the whole article, so its page is not asked for."""
    digest: str = ""
    """Identity of its words as last listed: title, summary, content and dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The words of an entry as they were for a while."""

    entry_id: EntryId
    number: int
    """From 1, the entry as first seen."""
    seen_at: datetime
    """When it was first listed with these words."""
    title: str | None
    excerpt: str
    """The beginning of its summary or content as plain text; may be empty."""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    body_hash: str
    """SHA-256 in hex over the words of summary and content."""
    is_reread: bool = False
    """Its article was set back to be read once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An entry as last listed, and its versions as far as kept."""

    entry: Entry
    versions: tuple[Version, ...] = ()
    """By number; empty: it was never listed with other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A known entry that was listed with other words."""

    entry: Entry
    """With its identity as first seen and the words of now."""
    versions: tuple[Version, ...] = ()
    """To be kept; one that is there by number is replaced."""
    is_reread: bool = False
    """Read the article once more, where this entry speaks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The outcome of asking one source: its state from now on, and what it listed."""

    state: SourceState
    entries: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    """Those of `entries` that are known, with other words."""
