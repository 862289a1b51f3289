"""Known entries listed again -> what changed in them, and which articles to read again.

Two listings of an entry are the same where their words and dates are: white space,
markup and the addresses in it (with their tracking parameters and counters) do not
count. A changed entry gets a version, and its article is read once more where the
headline or the time of the update moved. A feed that rewrites all it lists on every
fetch says nothing by it: it is told by how much changes at once.
"""

from __future__ import annotations

import hashlib
import html as entities
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from newsdesk.model.feed import (
    Change,
    Entry,
    EntryId,
    FeedEntry,
    Listing,
    SourceState,
    Version,
)
from newsdesk.text import html, urls

MAX_VERSIONS = 50
"""Versions kept of one entry; the newest then takes the place of the one before."""
MAX_REREADS = 5
"""Times that the changes of one entry make its article be read once more."""
MAX_EXCERPT = 300
"""Characters of an excerpt."""
SWEEP = 6
"""Changed entries in one poll from which, where they are most of those known, the feed
was rewritten as a whole, and no article is read again for it."""
MAX_SWEEPS = 3
"""Such polls in a row after which no versions are kept, until one is different."""

_TAG = re.compile(r"<[^<>]*>")


def digest(item: FeedEntry) -> str:
    """Identity of what an entry says: title, summary, content and dates."""
    dates = (
        at.isoformat() if at else "" for at in (item.published_at, item.updated_at)
    )
    return urls.identity("\n".join((_words(item.title), *_body(item), *dates)))


def changed(entries: Iterable[Entry], known: Mapping[EntryId, str]) -> list[EntryId]:
    """Ids of the entries whose digest is not the known one. One that is known without
    a digest has nothing to be held against."""
    return [
        entry.id
        for entry in entries
        if known.get(entry.id) and known[entry.id] != entry.digest
    ]


def sweeps(state: SourceState, changed_count: int, known_count: int) -> int:
    """Polls in a row, this one included, in which the source rewrote most entries."""
    is_sweep = changed_count >= SWEEP and 2 * changed_count > known_count
    if known_count == 0:
        return state.rewrites
    return state.rewrites + 1 if is_sweep else 0


def rewrites_always(state: SourceState) -> bool:
    """Whether the source rewrites what it lists on every fetch, as last seen."""
    return state.rewrites >= MAX_SWEEPS


def changes(
    entries: Sequence[Entry],
    before: Sequence[Listing],
    *,
    swept: int,
    now: datetime,
) -> tuple[Change, ...]:
    """The change of each entry that `before` holds, by id.

    `swept`: polls in a row that rewrote most of the source.
    """
    told = {entry.id: entry for entry in entries}
    return tuple(
        _change(told[old.entry.id].item, told[old.entry.id].digest, old, swept, now)
        for old in sorted(before, key=lambda listing: listing.entry.id)
        if old.entry.id in told
    )


def history(listing: Listing) -> tuple[Version, ...]:
    """The versions of an entry, oldest first; the first is the entry as first seen."""
    return listing.versions or (_first(listing.entry),)


def version(
    entry_id: EntryId, item: FeedEntry, number: int, seen_at: datetime
) -> Version:
    """The words of an entry as one version."""
    summary, content = _body(item)
    markup = item.summary_html or item.content_html or ""
    return Version(
        entry_id=entry_id,
        number=number,
        seen_at=seen_at,
        title=html.fold(item.title) if item.title else None,
        excerpt=_cut(html.plain(markup[: 20 * MAX_EXCERPT])),
        published_at=item.published_at,
        updated_at=item.updated_at,
        body_hash=hashlib.sha256(
            f"{summary}\n{content}".encode("utf-8", "surrogatepass")
        ).hexdigest(),
    )


def _change(
    item: FeedEntry, new_digest: str, old: Listing, swept: int, now: datetime
) -> Change:
    entry = replace(old.entry, item=item, digest=new_digest)
    if swept >= MAX_SWEEPS:
        return Change(entry=entry)
    past = history(old)
    latest = version(entry.id, item, min(past[-1].number + 1, MAX_VERSIONS), now)
    is_reread = swept == 0 and _is_worth_reading(past, latest, old.entry.is_whole)
    kept = () if old.versions else past
    return Change(
        entry=entry,
        versions=(*kept, replace(latest, is_reread=is_reread)),
        is_reread=is_reread,
    )


def _is_worth_reading(past: Sequence[Version], latest: Version, is_whole: bool) -> bool:
    """Whether the article may now say something else, and was not read too often.

    An entry that is the whole article costs no request, so any change of it counts.
    """
    if sum(one.is_reread for one in past) >= MAX_REREADS:
        return False
    before = past[-1]
    return (
        is_whole
        or latest.title != before.title
        or latest.updated_at != before.updated_at
    )


def _first(entry: Entry) -> Version:
    return version(entry.id, entry.item, 1, entry.first_seen_at)


def _body(item: FeedEntry) -> tuple[str, str]:
    return _words(item.summary_html), _words(item.content_html)


def _words(markup: str | None) -> str:
    """The words of a fragment for comparing: quicker than a reading, and enough."""
    if not markup:
        return ""
    return html.fold(entities.unescape(_TAG.sub(" ", markup)))


def _cut(text: str) -> str:
    """The beginning of a text, at most `MAX_EXCERPT` characters, ending with a word."""
    if len(text) <= MAX_EXCERPT:
        return text
    return text[:MAX_EXCERPT].rsplit(" ", 1)[0] + " …"
