"""What every feed of ours holds, whatever its form: its head, and entries in order.

Ids are the addresses of pages on the site, which never change; `updated` moves only when
readers would want to look again: the lead was edited, corrected, withdrawn or replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from newsdesk.model.record import Record
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Published
from newsdesk.model.timeline import ChangeKind
from newsdesk.render import addresses, visibility

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without entries: fixed, so that its bytes are too."""
TELLING = frozenset({ChangeKind.LEAD, ChangeKind.CORRECTION, ChangeKind.WITHDRAWN})
"""What makes a story worth another look, beside new words of its lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A story in a feed."""

    page: str
    """Its page on the site, and its id for ever."""
    title: str
    published_at: datetime
    updated_at: datetime
    article: str | None
    """Where the lead stands; None: at no address of the web."""
    author: str
    categories: tuple[tuple[str, str], ...]
    """Id and name of each topic."""
    summary: str
    html: str
    picture: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPages:
    """A feed of the site or of one topic."""

    home: str
    title: str
    about: str
    language: str
    updated_at: datetime
    items: tuple[FeedItem, ...]
    """Newest first, ties by path."""
    hub: str | None
    """The WebSub hub that tells of news in it."""


def feed(
    site: Site, records: Iterable[Published], topic: Topic | None = None
) -> FeedPages:
    """The newest published records, of one topic where it is given, at most
    `site.output.feed_entries`."""
    shown = _newest(records, topic, site.output.feed_entries)
    ids = {known.name: known.id for known in site.topics}
    items = tuple(_item(one, site, ids) for one in shown)
    page = addresses.topic_page(topic.id) if topic else ""
    return FeedPages(
        home=addresses.absolute(site.url, page),
        title=f"{topic.name} · {site.title}" if topic else site.title,
        about=(topic.description if topic else site.description) or "",
        language=site.language,
        updated_at=max((one.updated_at for one in items), default=NEVER),
        items=items,
        hub=site.output.hub or None,
    )


def _newest(
    records: Iterable[Published], topic: Topic | None, limit: int
) -> Sequence[Published]:
    shown = [
        one
        for one in visibility.shown(records)
        if topic is None or topic.name in one.record.topics
    ]
    shown.sort(key=lambda one: one.path)
    shown.sort(key=lambda one: one.record.published_at, reverse=True)
    return shown[:limit]


def _item(p: Published, site: Site, ids: dict[str, str]) -> FeedItem:
    record = p.record
    article = record.web_url or record.original_url
    return FeedItem(
        page=addresses.absolute(site.url, addresses.story_page(p.path)),
        title=record.title,
        published_at=record.published_at,
        updated_at=updated_at(p),
        article=article if is_web(article) else None,
        author=record.provider.name or record.provider.domain,
        categories=tuple((ids.get(name, name), name) for name in record.topics),
        summary=(record.excerpt or "").strip(),
        html=_html(p, site),
        picture=next((i.url for i in record.images if is_web(i.url)), None),
    )


def updated_at(p: Published) -> datetime:
    """Since when a story is worth another look."""
    changes = p.timeline.changes if p.timeline else ()
    lead = p.story.lead.id if p.story else None
    said = [
        change.at
        for change in changes
        if change.kind in TELLING
        or (change.kind is ChangeKind.HEADLINE and change.article == lead)
    ]
    return max(p.record.published_at, p.record.updated_at or NEVER, *said)


def is_web(url: str) -> bool:
    """Whether an address may be linked."""
    return url.lower().startswith(("http://", "https://"))


def _html(p: Published, site: Site) -> str:
    """The excerpt, or all of it where the site may; where to read on; who else reports."""
    record = p.record
    article = record.web_url or record.original_url
    outlet = record.provider.name or record.provider.domain
    parts = [
        _whole(p, site) or f"<p>{escape((record.excerpt or '').strip())}</p>",
        f"<p>{_link(article, f'Read at {outlet}')}</p>",
    ]
    if record.related:
        parts += ["<ul>", *_others(record), "</ul>"]
    return "".join(parts)


def _whole(p: Published, site: Site) -> str | None:
    """The lead's own words, where its outlet lets the site give them."""
    if p.story is None or p.record.provider.domain not in site.output.full_text:
        return None
    return p.story.lead.reading.html or None


def _others(record: Record) -> list[str]:
    return [
        f"<li>{_link(other.web_url, other.title)} ({escape(other.provider.name)})</li>"
        for other in record.related
    ]


def _link(url: str, text: str) -> str:
    """A link, or only its text where the address is not of the web."""
    if not is_web(url):
        return escape(text)
    return f'<a href="{escape(url)}">{escape(text)}</a>'
