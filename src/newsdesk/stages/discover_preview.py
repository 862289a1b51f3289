"""What a feed would bring to a site, before it is added.

Reads the feed as a first poll would: the same entries, the same door, the same topics.
Pages are not asked, so topics are judged by the feed's own words only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.article import Reading
from newsdesk.model.feed import Entry, Feed, FeedEntry, Source, SourceId, SourceState
from newsdesk.model.ports import TextVectors
from newsdesk.model.site import Site
from newsdesk.stages import admit, classify, discover_ranking, waits
from newsdesk.stages.discover_ranking import Offered
from newsdesk.text import html, language, urls

SHOWN = 8
"""Entries that a preview lists."""
HUGE_BYTES = 1_000_000
"""From here on a feed costs both sides at each poll; median feeds have some 60 kB."""
STALE_DAYS = 90
"""Of silence after which a feed may have been left behind."""
MOST_HABIT = 200
"""Newest dated entries that make the habit of a feed."""
DAY_S = 86_400.0
WEEK_S = 7 * DAY_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry of a preview."""

    title: str
    url: str | None
    at: datetime | None
    is_archived: bool
    """Too old to be published."""
    topic: str | None
    """The most specific topic of the site that its words belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come in."""

    url: str
    found_by: str
    title: str | None
    home_url: str | None
    format: str
    language: str | None
    bytes: int
    entry_count: int
    newest: tuple[Shown, ...]
    """Newest first."""
    newest_at: datetime | None
    age_h: float | None
    """Hours since the newest entry."""
    gap_h: float | None
    """Median hours between entries; None where there is no telling."""
    per_week: float | None
    text: str
    """`full text`, `summaries` or `headlines`: what most entries carry."""
    archived_count: int
    """Entries too old to be published."""
    topics: tuple[tuple[str, int], ...]
    """Ids of the site's topics and how many entries are about each, most first."""
    off_topic_count: int
    faults: tuple[str, ...]
    """What is wrong with it, for a person; worst first."""


def preview(
    offered: Offered,
    site: Site,
    now: datetime,
    *,
    topics: Sequence[str] = (),
    known: Sequence[SourceState] = (),
    vectors: TextVectors | None = None,
) -> Preview:
    """What an offered feed would bring to `site` if it were added at `now`.

    `topics`: those that everything from it would be given. `known`: the site's sources
    and what is remembered of them, to tell a feed that the site has already. `vectors`:
    how texts read; None: keywords alone tell topics.
    """
    feed = offered.feed
    entries = _entries(offered, now)
    admission = admit.admission(entries, new_source_days=site.window.new_source_days)
    archived = {c.entry.id for c in admission.candidates if c.archived}
    ready = classify.classifier(site.topics, vectors, site.heads)
    judged = _judged(entries, topics, ready)
    instants = [at for entry in feed.entries if (at := _instant(entry))]
    past = sorted((at for at in instants if at <= now), reverse=True)[:MOST_HABIT]
    gap = waits.median_gap(past, now)
    counts = Counter(topic for topic in judged.values() if topic)
    ordered = sorted(entries, key=_newest_first)
    return Preview(
        url=offered.url,
        found_by=offered.step,
        title=feed.title,
        home_url=feed.home_url,
        format=feed.format,
        language=_language(feed),
        bytes=len(offered.reply.body),
        entry_count=len(feed.entries),
        newest=tuple(
            _shown(entry, entry.id in archived, judged[entry.id])
            for entry in ordered[:SHOWN]
        ),
        newest_at=past[0] if past else None,
        age_h=_hours((now - past[0]).total_seconds()) if past else None,
        gap_h=_hours(gap) if gap else None,
        per_week=_per_week(past),
        text=_text(feed),
        archived_count=len(archived),
        topics=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        off_topic_count=sum(topic is None for topic in judged.values()),
        faults=tuple(_faults(offered, known, now)),
    )


def twin(offered: Offered, known: Sequence[SourceState]) -> SourceState | None:
    """A source of the site that brings what this feed would bring."""
    given = (offered.url, offered.reply.final_url, offered.feed.feed_url)
    addresses = {urls.key(url) for url in given if url}
    name = (offered.feed.title, offered.feed.home_url)
    for state in known:
        theirs = {urls.key(state.source.url), urls.key(state.moved_to or "")}
        if (theirs & addresses) - {None}:
            return state
        if all(name) and (state.title, state.home_url) == name:
            return state
    return None


def _entries(offered: Offered, now: datetime) -> list[Entry]:
    """The entries as a first poll would list them."""
    source = Source(id=SourceId(urls.identity(offered.url)), url=offered.url)
    return admit.listed(offered.feed, source, now, first=True)


def _judged(
    entries: Sequence[Entry], topics: Sequence[str], ready: classify.Classifier
) -> dict[str, str | None]:
    """The most specific topic of each entry, by its id."""
    found: dict[str, str | None] = {}
    for entry in entries:
        hits = classify.topics(_reading(entry.item), topics, ready)
        found[entry.id] = hits[0].topic if hits else None
    return found


def _reading(item: FeedEntry) -> Reading:
    """What a feed alone says of an article."""
    return Reading(
        title=item.title or "",
        excerpt=html.plain(item.summary_html or ""),
        text=html.paragraphs(item.content_html or ""),
        web_url=item.url or "",
        published_at=_instant(item),
        tags=item.tags,
    )


def _shown(entry: Entry, is_archived: bool, topic: str | None) -> Shown:
    item = entry.item
    words = item.title or html.plain(item.summary_html or item.content_html or "")[:100]
    return Shown(
        title=words or item.url or "(an entry without words)",
        url=item.url,
        at=_instant(item),
        is_archived=is_archived,
        topic=topic,
    )


def _instant(item: FeedEntry) -> datetime | None:
    return item.published_at or item.updated_at


def _newest_first(entry: Entry) -> tuple[bool, float, int]:
    at = _instant(entry.item)
    return (at is None, -at.timestamp() if at else 0.0, entry.position)


def _hours(seconds: float) -> float:
    return round(seconds / 3600, 1)


def _per_week(past: Sequence[datetime]) -> float | None:
    """Posts a week over the time that the feed covers; `past` is newest first."""
    if len(past) < 2:
        return None
    span = (past[0] - past[-1]).total_seconds()
    return round((len(past) - 1) / span * WEEK_S, 1) if span else None


def _text(feed: Feed) -> str:
    if discover_ranking.full_text_share(feed) >= 0.5:
        return "full text"
    worded = sum(bool(e.summary_html or e.content_html) for e in feed.entries)
    return "summaries" if worded * 2 >= len(feed.entries) > 0 else "headlines"


def _words(feed: Feed) -> str:
    parts = (
        f"{e.title or ''} {html.plain(e.summary_html or e.content_html or '')[:200]}"
        for e in feed.entries[:20]
    )
    return " ".join(parts)


def _language(feed: Feed) -> str | None:
    """What the feed is written in, or else what it says."""
    said = language.primary(feed.language)
    words = _words(feed)
    found = language.detect(words)
    if said and found and said != found and not language.is_sure(words, found, said):
        return said
    return found or said


def _faults(
    offered: Offered, known: Sequence[SourceState], now: datetime
) -> Iterator[str]:
    feed, reply = offered.feed, offered.reply
    if double := twin(offered, known):
        yield f"the site has it already: {double.source.url}"
    if offered.same_as:
        yield f"it lists the same pages as {offered.same_as}"
    if offered.is_minor:
        yield "it carries readers' comments"
    if feed.expired:
        yield "it says that it has ended"
    if not feed.entries:
        yield "it lists nothing at present"
    if feed.format == "sitemap":
        yield "a list of pages, not of news: no headlines, and every page of the site"
    yield from _dating(feed, now)
    yield from _leading(feed)
    yield from _wire(offered, len(reply.body))
    said, found = language.primary(feed.language), _language(feed)
    if said and found and said != found:
        yield f"it says that its language is `{said}`, but reads like `{found}`"
    for repair in feed.repairs:
        yield f"had to be mended: {repair}"


def _dating(feed: Feed, now: datetime) -> Iterator[str]:
    total = len(feed.entries)
    dates = [at for entry in feed.entries if (at := _instant(entry))]
    ahead = sum(at > now for at in dates)
    if total > len(dates):
        notes = Counter(e.date_note for e in feed.entries if e.date_note)
        why = f" ({notes.most_common(1)[0][0]})" if notes else ""
        yield f"{total - len(dates)} of {total} entries have no date{why}"
    if ahead:
        yield f"{ahead} of {total} entries are dated in the future"
    past = [at for at in dates if at <= now]
    days = (now - max(past)).days if past else 0
    if days >= STALE_DAYS:
        yield f"nothing new for {days} days"


def _leading(feed: Feed) -> Iterator[str]:
    total = len(feed.entries)
    keys = [urls.key(entry.url) if entry.url else None for entry in feed.entries]
    homeless = keys.count(None)
    if homeless:
        yield f"{homeless} of {total} entries have no address, so they lead nowhere"
    twice = total - homeless - len({key for key in keys if key})
    if twice:
        yield f"{twice} of {total} entries lead to the same pages as others"
    nameless = sum(not entry.title for entry in feed.entries)
    if nameless:
        yield f"{nameless} of {total} entries have no headline"


def _wire(offered: Offered, size: int) -> Iterator[str]:
    reply = offered.reply
    is_checkable = reply.header("etag") or reply.header("last-modified")
    if reply.truncated:
        yield "the answer broke off before its end"
    if size >= HUGE_BYTES:
        yield f"it is {size / 1e6:.1f} MB large"
    if not is_checkable:
        yield "no ETag or Last-Modified: each poll fetches all of it"
