"""Atom feeds of what the site publishes: one of everything, one a topic (RFC 4287).

Ids are the addresses of pages on the site, which never change; `updated` comes from the
records, so that a feed's bytes change only when its entries do. An entry names the
outlet as its author, links to our page and to the article, and lists other coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape as html_escape

from newsdesk.model.record import Record
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, xml_text
from newsdesk.render.record_scalars import instant
from newsdesk.render.xml_text import element

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without entries: fixed, so that its bytes are too."""


def files(site: Site, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the site's feed and of each topic's."""
    yield addresses.ALL_FEED, atom(site, edition.records)
    for topic in site.topics:
        yield addresses.topic_feed(topic.id), atom(site, edition.records, topic=topic)


def atom(
    site: Site, records: Iterable[Published], *, topic: Topic | None = None
) -> bytes:
    """The feed of the newest published records, of one topic where it is given.

    It holds at most `site.output.feed_entries` entries, newest first, ties by path.
    """
    shown = _newest(records, topic, site.output.feed_entries)
    ids = {known.name: known.id for known in site.topics}
    lines = [
        xml_text.DECLARATION.rstrip("\n"),
        _opening(site.language),
        *_head(site, topic, shown),
    ]
    for published in shown:
        lines += _entry(site, published, ids)
    lines.append("</feed>\n")
    return "\n".join(lines).encode("utf-8")


def _opening(language: str) -> str:
    lang = xml_text.escape(language)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">'


def _newest(
    records: Iterable[Published], topic: Topic | None, limit: int
) -> list[Published]:
    shown = [
        one
        for one in records
        if one.record.published and (topic is None or topic.name in one.record.topics)
    ]
    shown.sort(key=lambda one: one.path)
    shown.sort(key=lambda one: one.record.published_at, reverse=True)
    return shown[:limit]


def _head(site: Site, topic: Topic | None, shown: Sequence[Published]) -> Iterator[str]:
    page = addresses.topic_page(topic.id) if topic else ""
    feed = addresses.topic_feed(topic.id) if topic else addresses.ALL_FEED
    home = addresses.absolute(site.url, page)
    newest = max((_updated(one.record) for one in shown), default=_NEVER)
    yield "  " + element("id", home)
    yield "  " + element(
        "title", f"{topic.name} · {site.title}" if topic else site.title
    )
    about = topic.description if topic else site.description
    if about:
        yield "  " + element("subtitle", about)
    yield "  " + element("updated", instant(newest))
    yield "  " + element("link", rel="alternate", type_="text/html", href=home)
    yield "  " + element(
        "link",
        rel="self",
        type_="application/atom+xml",
        href=addresses.absolute(site.url, feed),
    )
    yield "  " + element("generator", "newsdesk")


def _updated(record: Record) -> datetime:
    return max(record.updated_at or record.published_at, record.published_at)


def _entry(site: Site, published: Published, ids: dict[str, str]) -> Iterator[str]:
    record = published.record
    page = addresses.absolute(site.url, addresses.story_page(published.path))
    yield "  <entry>"
    yield "    " + element("id", page)
    yield "    " + element("title", record.title)
    yield "    " + element("published", instant(record.published_at))
    yield "    " + element("updated", instant(_updated(record)))
    yield "    " + element("link", rel="alternate", type_="text/html", href=page)
    article = record.web_url or record.original_url
    if _is_web(article):
        yield "    " + element("link", rel="via", href=article)
    yield f"    <author>{element('name', _author(record))}</author>"
    for name in record.topics:
        yield "    " + element("category", term=ids.get(name, name), label=name)
    if record.excerpt:
        yield "    " + element("summary", record.excerpt.strip(), type_="text")
    yield "    " + element("content", _content(record), type_="html")
    yield "  </entry>"


def _author(record: Record) -> str:
    return record.provider.name or record.provider.domain


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _content(record: Record) -> str:
    """The excerpt, where to read on, and who else reports, as HTML."""
    parts = [f"<p>{html_escape((record.excerpt or '').strip())}</p>"]
    article = record.web_url or record.original_url
    parts.append(f"<p>{_link(article, f'Read at {_author(record)}')}</p>")
    if record.related:
        parts.append("<ul>")
        parts += [
            f"<li>{_link(other.web_url, other.title)}"
            f" ({html_escape(other.provider.name)})</li>"
            for other in record.related
        ]
        parts.append("</ul>")
    return "".join(parts)


def _link(url: str, text: str) -> str:
    """A link, or only its text where the address is not of the web."""
    if not _is_web(url):
        return html_escape(text)
    return f'<a href="{html_escape(url)}">{html_escape(text)}</a>'
