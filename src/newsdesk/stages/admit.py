"""Entries -> candidates: gives each listed item its identity, and each address one article.

What a source lists becomes entries with an id; entries that share an address become one
candidate, whatever feeds carry it. Old items of a new source are archived at the door.
Whether an entry is new is for the store to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model.article import ArticleId, Candidate
from newsdesk.model.feed import Entry, EntryId, Feed, FeedEntry, Source, SourceId
from newsdesk.stages import versions
from newsdesk.text import relays, urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What came of a batch of entries."""

    candidates: tuple[Candidate, ...]
    """One per address, by id."""
    claims: tuple[tuple[EntryId, ArticleId], ...]
    """Which entry speaks for which article."""
    homeless: tuple[Entry, ...]
    """Entries without a usable address."""


def listed(feed: Feed, source: Source, now: datetime, *, first: bool) -> list[Entry]:
    """The entries of a feed with their ids, in its order, each id once.

    `first` says that the source was never read before.
    """
    shared = _shared_guids(feed.entries)
    entries: dict[EntryId, Entry] = {}
    for position, item in enumerate(feed.entries):
        entry_id = _entry_id(source.id, item, shared)
        entries.setdefault(
            entry_id,
            Entry(
                id=entry_id,
                source_id=source.id,
                position=position,
                first_seen_at=now,
                item=item,
                is_backlog=first,
                digest=versions.digest(item),
            ),
        )
    return list(entries.values())


def addresses(text: str, source: Source, now: datetime) -> list[Entry]:
    """The entries of a plain list: one address a line; `#` begins a comment."""
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    found = dict.fromkeys(line for line in lines if urls.canonical(line))
    return [
        Entry(
            id=_entry_id(source.id, FeedEntry(url=url)),
            source_id=source.id,
            position=position,
            first_seen_at=now,
            item=FeedEntry(url=url),
            is_asked_for=True,
        )
        for position, url in enumerate(found)
    ]


def admission(entries: Sequence[Entry], *, new_source_days: int) -> Admission:
    """Candidates for the addresses of `entries`; independent of the entries' order."""
    by_article: dict[ArticleId, list[Entry]] = {}
    homeless = []
    for entry in sorted(entries, key=lambda e: (e.source_id, e.position, e.id)):
        # A forwarder and the page behind it are one address.
        key = urls.key(relays.behind(entry.item.url)) if entry.item.url else None
        if key is None:
            homeless.append(entry)
        else:
            by_article.setdefault(ArticleId(urls.identity(key)), []).append(entry)
    limit = timedelta(days=new_source_days)
    candidates = [
        _candidate(article, rivals, limit) for article, rivals in by_article.items()
    ]
    return Admission(
        candidates=tuple(sorted(candidates, key=lambda c: c.id)),
        claims=tuple(
            (entry.id, article)
            for article, rivals in sorted(by_article.items())
            for entry in rivals
        ),
        homeless=tuple(homeless),
    )


def is_too_old(entry: Entry, limit: timedelta) -> bool:
    """True for what was old news when we first saw it.

    An undated item that a source lists when it is first asked can be of any age, so it
    counts as old; one that turns up later was just published.
    """
    if entry.is_asked_for:
        return False
    dated = entry.item.published_at or entry.item.updated_at
    if dated is None:
        return entry.is_backlog
    return entry.first_seen_at - dated > limit


def _candidate(
    article: ArticleId, rivals: Iterable[Entry], limit: timedelta
) -> Candidate:
    """The candidate of one address; the entry that says most speaks for it."""
    ranked = sorted(rivals, key=_says_most)
    best = ranked[0]
    return Candidate(
        id=article,
        url=best.item.url or "",
        entry=best,
        archived=all(is_too_old(entry, limit) for entry in ranked),
    )


def _says_most(entry: Entry) -> tuple[bool, bool, int, str, int]:
    item = entry.item
    body = item.content_html or item.summary_html or ""
    return (
        item.title is None,
        item.published_at is None,
        -len(body),
        entry.source_id,
        entry.position,
    )


def _entry_id(
    source: SourceId, item: FeedEntry, shared: AbstractSet[str] = frozenset()
) -> EntryId:
    """A changed title does not make a new entry where there is a guid or a link."""
    link = urls.key(item.url) if item.url else None
    guid = None if link and item.guid in shared else item.guid
    mark = guid or link or item.title or item.summary_html or ""
    return EntryId(urls.identity(f"{source}\n{mark}"))


def _shared_guids(items: Iterable[FeedEntry]) -> frozenset[str]:
    """Guids that items with other addresses bear too: they identify none of them."""
    links: dict[str, set[str | None]] = {}
    for item in items:
        if item.guid:
            link = urls.key(item.url) if item.url else None
            links.setdefault(item.guid, set()).add(link)
    return frozenset(guid for guid, found in links.items() if len(found) > 1)
