"""Sitemaps: lists of pages with news about them, and indexes of further sitemaps."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from newsdesk.model.feed import Feed, FeedEntry, Picture
from newsdesk.stages import parse_entry, parse_names, parse_pictures, parse_values
from newsdesk.stages.parse_feed import MAX_ENTRIES
from newsdesk.stages.parse_values import Fields, Where


def index(root: etree._Element, where: Where, notes: tuple[str, ...]) -> Feed:
    """A sitemap index: addresses of sitemaps, lately changed ones first; no entries."""
    found: list[tuple[float, str]] = []
    for child in islice(root, MAX_ENTRIES):
        fields = parse_values.fields(child, where)
        if url := _loc(fields, where):
            dated = {"updated": fields.get("updated", [])}
            _, changed, _ = parse_entry.instants(child, dated, where)
            found.append((changed.timestamp() if changed else 0.0, url))
    found.sort(key=lambda row: -row[0])
    return Feed(
        format="sitemap index",
        entries=(),
        sitemaps=tuple(url for _, url in found),
        repairs=notes,
    )


def pages(root: etree._Element, where: Where, notes: tuple[str, ...]) -> Feed:
    """A sitemap: an entry a page; a news sitemap where any page has news."""
    elements = [child for child in root if parse_names.name(child, where.core) == "url"]
    if len(elements) > MAX_ENTRIES:
        elements = elements[:MAX_ENTRIES]
        notes += (f"only the first {MAX_ENTRIES:,} entries read",)
    entries = tuple(_entry(element, where) for element in elements)
    has_news = any(entry.title or entry.provider_name for entry in entries)
    return Feed(
        format="news sitemap" if has_news else "sitemap",
        entries=tuple(entry for entry in entries if entry.url),
        repairs=notes,
    )


def _entry(element: etree._Element, where: Where) -> FeedEntry:
    fields = parse_values.fields(element, where)
    news = _inner(fields, "news:news", where)
    publication = _inner(news, "news:publication", where)
    dated = {"published": news.get("published", [])}
    dated["updated"] = fields.get("updated", [])
    published, updated, note = parse_entry.instants(element, dated, where)
    url = _loc(fields, where)
    return FeedEntry(
        guid=url,
        url=url,
        title=parse_entry.title({"title": news.get("news:title", [])}, where),
        published_at=published,
        updated_at=updated,
        date_note=note,
        tags=_keywords(news, where),
        pictures=_pictures(fields, where),
        language=parse_values.first(publication, "language", where),
        provider_name=parse_values.first(publication, "name", where),
    )


def _inner(fields: Fields, slot: str, where: Where) -> Fields:
    for _, element in fields.get(slot, ()):
        return parse_values.fields(element, where)
    return {}


def _loc(fields: Fields, where: Where) -> str | None:
    for _, element in fields.get("loc", ()):
        return parse_values.address(parse_values.text(element, where), element, where)
    return None


def _keywords(news: Fields, where: Where) -> tuple[str, ...]:
    value = parse_values.first(news, "keywords", where) or ""
    return tuple(
        dict.fromkeys(part.strip() for part in value.split(",") if part.strip())
    )


def _pictures(fields: Fields, where: Where) -> tuple[Picture, ...]:
    found = []
    for _, element in fields.get("image:image", ()):
        inner = parse_values.fields(element, where)
        for _, loc in inner.get("image:loc", ()):
            url = parse_values.address(parse_values.text(loc, where), loc, where)
            if url:
                alt = parse_values.first(inner, "image:title", where)
                found.append(Picture(url=url, alt=alt))
    return tuple(found[: parse_pictures.MAX_PICTURES])
