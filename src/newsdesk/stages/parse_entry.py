"""One item of an XML feed to an entry, whichever dialect or mix of dialects it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from lxml import etree

from newsdesk.model.feed import FeedEntry, Picture
from newsdesk.stages import parse_pictures, parse_values
from newsdesk.stages.parse_values import Where, Words
from newsdesk.text import dates

Fields = dict[str, list[etree._Element]]

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_SUMMARIES = (
    "description", "summary", "abstract", "dc:description", "itunes:summary",
    "dcterms:abstract", "media:description", "itunes:subtitle", "tagline", "subtitle",
)  # fmt: skip
_CONTENTS = ("content:encoded", "content", "fullitem", "xhtml:body", "body", "xhtml:div")
PUBLISHED: Final = (
    "published", "pubdate", "issued", "dcterms:issued", "dc:date", "dcterms:available",
    "prism:publicationdate", "dcterms:created", "created", "dcterms:date", "date",
)  # fmt: skip
UPDATED: Final = (
    "updated", "modified", "dcterms:modified", "lastbuilddate", "prism:modificationdate",
    "app:edited",
)  # fmt: skip
_AUTHORS = ("author", "dc:creator", "dc:author", "creator", "itunes:author")
_TAGS = ("category", "dc:subject", "media:category", "itunes:category")
_TEXT_PAGE = ("", "text/html", "application/xhtml+xml")


def entry(item: etree._Element, where: Where) -> FeedEntry:
    """The entry that an `item`, `entry` or CDF `item` element says."""
    fields = parse_values.children(item, where)
    _unfold(fields, where)
    summary, content = _bodies(fields, where)
    published, updated, note = instants(item, fields, where)
    guid = _guid(item, fields, where)
    source = fields.get("source", [None])[0]
    return FeedEntry(
        guid=guid,
        url=_url(item, fields, where),
        title=title(fields, where),
        summary_html=summary,
        content_html=content,
        published_at=published,
        updated_at=updated,
        date_note=note,
        authors=_authors(fields, where),
        tags=_tags(fields, where),
        pictures=_pictures(fields, where, content or summary),
        language=_language(item, fields, where),
        provider_name=_provider_name(source, where),
        provider_url=_provider_url(source, where),
    )


def _unfold(fields: Fields, where: Where) -> None:
    """Media RSS may wrap what belongs to the item in groups and contents."""
    for group in fields.get("media:group", ()):
        for name, elements in parse_values.children(group, where).items():
            fields.setdefault(name, []).extend(elements)
    for content in fields.get("media:content", ()):
        if len(content):
            for name, elements in parse_values.children(content, where).items():
                if name in ("media:title", "media:description", "media:thumbnail"):
                    fields.setdefault(name, []).extend(elements)


def title(fields: Fields, where: Where) -> str | None:
    """The first title with words in it, as plain text."""
    for name in _TITLES:
        for element in fields.get(name, ()):
            found = parse_values.words(element, where, html_unless_said=False).plain()
            if found:
                return found
    return None


def _bodies(fields: Fields, where: Where) -> tuple[str | None, str | None]:
    """Summary and content as HTML. Of two summaries, the second counts as content."""
    contents = list(_htmls(fields, _CONTENTS, where))
    summaries = list(_htmls(fields, _SUMMARIES[:2], where))
    if len(fields.get("description", ())) and len(fields.get("summary", ())):
        pair = fields["description"][0], fields["summary"][0]
        parent = pair[0].getparent()
        if parent is not None and parent.index(pair[1]) < parent.index(pair[0]):
            summaries.reverse()
    summary = summaries[0] if summaries else next(_htmls(fields, _SUMMARIES, where), None)
    if not contents and len(summaries) > 1 and summaries[1] != summary:
        contents = summaries[1:]
    return summary, (max(contents, key=len) if contents else None)


def _htmls(fields: Fields, names: tuple[str, ...], where: Where) -> Iterator[str]:
    for name in names:
        for element in fields.get(name, ()):
            found = _html(element, name, where)
            if found:
                yield found
                break


def _html(element: etree._Element, name: str, where: Where) -> str | None:
    is_atom = name in ("summary", "content", "subtitle", "tagline")
    words = parse_values.words(element, where, html_unless_said=not is_atom)
    return words.html()


def instants(
    element: etree._Element, fields: Fields, where: Where
) -> tuple[datetime | None, datetime | None, str | None]:
    """When published, when updated, and what is wrong with a date that was given."""
    notes: list[str] = []
    published = _instant(fields, PUBLISHED, where, notes)
    updated = _instant(fields, UPDATED, where, notes)
    if updated is None and (modified := element.get("LASTMOD") or element.get("lastmod")):
        updated = _parsed(modified, notes)
    missing = published is None and updated is None
    return published, updated, notes[0] if notes and (missing or published is None) else None


def _instant(
    fields: Fields, names: tuple[str, ...], where: Where, notes: list[str]
) -> datetime | None:
    for name in names:
        for element in fields.get(name, ()):
            found = _parsed(parse_values.text(element, where), notes)
            if found is not None:
                return found
    return None


def _parsed(text: str, notes: list[str]) -> datetime | None:
    if not text:
        return None
    parsed = dates.parse(text)
    if parsed.note:
        notes.append(parsed.note)
    return parsed.at


def _guid(item: etree._Element, fields: Fields, where: Where) -> str | None:
    for name in ("guid", "id", "dc:identifier"):
        for element in fields.get(name, ()):
            found = parse_values.text(element, where)
            if found:
                return found
    return _about(item)


def _about(item: etree._Element) -> str | None:
    for key in ("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "about", "rdf:about"):
        if found := item.get(key):
            return str(found).strip()
    return None


def _url(item: etree._Element, fields: Fields, where: Where) -> str | None:
    """The original link, else the link, else an identity that is an address."""
    for name in ("feedburner:origlink", "link"):
        found = link(fields.get(name, []), where)
        if found:
            return found
    for element in fields.get("guid", ()):
        is_link = (element.get("isPermaLink") or "true").strip().lower() != "false"
        value = parse_values.text(element, where)
        if is_link and re.match(r"https?://|/", value, re.I):
            return parse_values.address(value, element, where)
    for value in (_about(item), _guid(item, {"id": fields.get("id", [])}, where)):
        if value and re.match(r"https?://", value, re.I):
            return parse_values.address(value, item, where)
    href = item.get("HREF") or item.get("href")
    return parse_values.address(href, item, where)


def link(elements: list[etree._Element], where: Where) -> str | None:
    """The page among links: one in text, else alternate HTML, else any alternate."""
    alternates: list[tuple[int, str]] = []
    for element in elements:
        href = element.get("href")
        if href is None:
            found = parse_values.address(parse_values.text(element, where), element, where)
            if found:
                return found
            continue
        relation = (element.get("rel") or "alternate").strip().lower()
        if relation.endswith("alternate"):
            found = parse_values.address(href, element, where)
            kind = (element.get("type") or "").lower()
            if found:
                alternates.append((0 if kind in _TEXT_PAGE else 1, found))
    return min(alternates, key=lambda pair: pair[0])[1] if alternates else None


def _authors(fields: Fields, where: Where) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _AUTHORS:
        for element in fields.get(name, ()):
            if person := _author(element, where):
                found.setdefault(person)
        if found:
            break
    return tuple(found)


def _author(element: etree._Element, where: Where) -> str | None:
    if len(element):
        fields = parse_values.children(element, where)
        for key in ("name", "email"):
            for child in fields.get(key, ()):
                if value := parse_values.text(child, where):
                    return parse_values.person(value)
    return parse_values.person(parse_values.text(element, where))


def _tags(fields: Fields, where: Where) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _TAGS:
        for element in fields.get(name, ()):
            value = (
                element.get("label") or element.get("term") or element.get("text")
            ) or parse_values.text(element, where)
            words = Words(value, is_html=parse_values.looks_like_html(value)).plain()
            if words:
                found.setdefault(words)
    for element in (*fields.get("media:keywords", ()), *fields.get("itunes:keywords", ())):
        for part in parse_values.text(element, where).split(","):
            if part.strip():
                found.setdefault(part.strip())
    return tuple(found)


def _pictures(fields: Fields, where: Where, html: str | None) -> tuple[Picture, ...]:
    return parse_pictures.pictures(fields, where, html)


def _language(item: etree._Element, fields: Fields, where: Where) -> str | None:
    for name in ("dc:language", "language"):
        for element in fields.get(name, ()):
            if found := parse_values.text(element, where):
                return found
    return parse_values.language(item)


def _provider_name(source: etree._Element | None, where: Where) -> str | None:
    if source is None:
        return None
    if len(source):
        return title(parse_values.children(source, where), where)
    value = parse_values.text(source, where)
    return Words(value, is_html=parse_values.looks_like_html(value)).plain()


def _provider_url(source: etree._Element | None, where: Where) -> str | None:
    if source is None:
        return None
    if len(source):
        return link(parse_values.children(source, where).get("link", []), where)
    return parse_values.address(source.get("url"), source, where)
