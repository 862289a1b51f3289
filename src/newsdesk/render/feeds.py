"""Feeds of what the site publishes, as Atom, RSS and JSON Feed: one of everything, one a
topic.

What is in them is for `feed_entries`; here they are written down. Bytes change only when
an entry does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, xml_text
from newsdesk.render.feed_entries import FeedItem, FeedPages, feed
from newsdesk.render.record_scalars import instant
from newsdesk.render.xml_text import element

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"
JSON_VERSION = "https://jsonfeed.org/version/1.1"
_ATOM = "http://www.w3.org/2005/Atom"


def files(site: Site, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the site's feeds and of each topic's."""
    yield from _forms(site, edition.records, None)
    for topic in site.topics:
        yield from _forms(site, edition.records, topic)


def _forms(
    site: Site, records: Iterable[Published], topic: Topic | None
) -> Iterator[tuple[str, bytes]]:
    pages = feed(site, records, topic)
    for form, write in (("atom", _atom), ("rss", _rss), ("json", _json)):
        path = addresses.feed(topic.id if topic else None, form)
        yield path, write(pages, addresses.absolute(site.url, path))


def atom(
    site: Site, records: Iterable[Published], *, topic: Topic | None = None
) -> bytes:
    """The Atom feed (RFC 4287) of the newest published records, of one topic where it is
    given."""
    path = addresses.feed(topic.id if topic else None, "atom")
    return _atom(feed(site, records, topic), addresses.absolute(site.url, path))


def _atom(pages: FeedPages, here: str) -> bytes:
    lang = xml_text.escape(pages.language)
    lines = [
        xml_text.DECLARATION.rstrip("\n"),
        f'<feed xmlns="{_ATOM}" xml:lang="{lang}">',
        *_atom_head(pages, here),
    ]
    for item in pages.items:
        lines += _atom_entry(item)
    lines.append("</feed>\n")
    return "\n".join(lines).encode("utf-8")


def _atom_head(pages: FeedPages, here: str) -> Iterator[str]:
    yield "  " + element("id", pages.home)
    yield "  " + element("title", pages.title)
    if pages.about:
        yield "  " + element("subtitle", pages.about)
    yield "  " + element("updated", instant(pages.updated_at))
    yield "  " + element("link", rel="alternate", type_="text/html", href=pages.home)
    yield "  " + element("link", rel="self", type_=ATOM_TYPE, href=here)
    if pages.hub:
        yield "  " + element("link", rel="hub", href=pages.hub)
    yield "  " + element("generator", "newsdesk")


def _atom_entry(item: FeedItem) -> Iterator[str]:
    yield "  <entry>"
    yield "    " + element("id", item.page)
    yield "    " + element("title", item.title)
    yield "    " + element("published", instant(item.published_at))
    yield "    " + element("updated", instant(item.updated_at))
    yield "    " + element("link", rel="alternate", type_="text/html", href=item.page)
    if item.article:
        yield "    " + element("link", rel="via", href=item.article)
    yield f"    <author>{element('name', item.author)}</author>"
    for term, label in item.categories:
        yield "    " + element("category", term=term, label=label)
    if item.summary:
        yield "    " + element("summary", item.summary, type_="text")
    yield "    " + element("content", item.html, type_="html")
    yield "  </entry>"


def _rss(pages: FeedPages, here: str) -> bytes:
    """RSS 2.0, with `atom:link`, `dc:creator` and `content:encoded` as its best practices
    profile asks."""
    lines = [
        xml_text.DECLARATION.rstrip("\n"),
        f'<rss version="2.0" xmlns:atom="{_ATOM}"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "  <channel>",
        "    " + element("title", pages.title),
        "    " + element("link", pages.home),
        "    " + element("description", pages.about or pages.title),
        "    " + element("language", pages.language),
        "    " + element("lastBuildDate", _rfc822(pages.updated_at)),
        "    " + element("generator", "newsdesk"),
        "    " + element("atom:link", rel="self", type_=RSS_TYPE, href=here),
    ]
    if pages.hub:
        lines.append("    " + element("atom:link", rel="hub", href=pages.hub))
    for item in pages.items:
        lines += _rss_item(item)
    lines += ["  </channel>", "</rss>\n"]
    return "\n".join(lines).encode("utf-8")


def _rss_item(item: FeedItem) -> Iterator[str]:
    # A description is HTML (RSS 2.0 says so by its examples), so text is escaped twice.
    yield "    <item>"
    yield "      " + element("title", item.title)
    yield "      " + element("link", item.page)
    yield "      " + element("guid", item.page, isPermaLink="true")
    yield "      " + element("pubDate", _rfc822(item.published_at))
    if item.updated_at > item.published_at:
        yield "      " + element("atom:updated", instant(item.updated_at))
    yield "      " + element("dc:creator", item.author)
    for _, label in item.categories:
        yield "      " + element("category", label)
    if item.summary:
        yield "      " + element("description", escape(item.summary, quote=False))
    yield "      " + element("content:encoded", item.html)
    yield "    </item>"


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _json(pages: FeedPages, here: str) -> bytes:
    """JSON Feed 1.1."""
    head: dict[str, Any] = {
        "version": JSON_VERSION,
        "title": pages.title,
        "home_page_url": pages.home,
        "feed_url": here,
        "language": pages.language,
    }
    if pages.about:
        head["description"] = pages.about
    if pages.hub:
        head["hubs"] = [{"type": "WebSub", "url": pages.hub}]
    head["items"] = [_json_item(item) for item in pages.items]
    text = json.dumps(head, ensure_ascii=False, indent=1)
    # Half a surrogate pair becomes its JSON escape.
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _json_item(item: FeedItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.page,
        "url": item.page,
        "title": item.title,
        "content_html": item.html,
        "date_published": instant(item.published_at),
        "date_modified": instant(item.updated_at),
        "authors": [{"name": item.author}],
        "tags": [label for _, label in item.categories],
    }
    if item.summary:
        told["summary"] = item.summary
    if item.article:
        told["external_url"] = item.article
    if item.picture:
        told["image"] = item.picture
    return told
