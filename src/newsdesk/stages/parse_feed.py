"""An element tree to a feed: RSS 0.9x to 2.0, RDF, Atom and CDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from newsdesk.model.feed import Feed
from newsdesk.stages import parse_entry, parse_logo, parse_names, parse_values
from newsdesk.stages.parse_values import Fields, Found, Where

MAX_ENTRIES: Final = 20_000
"""Feeds list newest first; the largest seen in the wild have a few thousand."""
MAX_CHANNELS_DEEP: Final = 10
_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2592000,
    "yearly": 31536000,
}
_DAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)


def feed(root: etree._Element, where: Where, notes: tuple[str, ...]) -> Feed:
    """The feed that a tree of any XML dialect says."""
    kind = parse_names.name(root, where.core)
    channel = _channel(root, kind, where)
    fields = parse_values.fields(channel, where)
    links = fields.get("link", [])
    if kind == "channel":
        where = _from_base(channel, where)
    home = _home(channel, links, where)
    where = where if channel.get("BASE") else _on_site(where, home)
    items = [(element, where) for element in _items(fields, where)]
    if channel is not root:
        beside = _items(parse_values.fields(root, where), where)
        items += [(element, where) for element in beside]
    elif kind == "channel":
        items += _nested_items(root, where)
    if len(items) > MAX_ENTRIES:
        items = items[:MAX_ENTRIES]
        notes += (f"only the first {MAX_ENTRIES:,} entries read",)
    # RFC 4287, section 4.2.1: a feed's authors are those of entries without any.
    inherited = parse_entry.authors(fields, where) if kind == "feed" else ()
    entries = tuple(
        parse_entry.entry(element, around, inherited=inherited)
        for element, around in items
    )
    published, updated, _ = parse_entry.instants(channel, fields, where)
    return Feed(
        format=_format(root, kind),
        entries=entries,
        guid=parse_entry.guid(channel, fields, where),
        title=parse_entry.title(fields, where),
        summary=_summary(fields, where),
        home_url=home,
        logo=parse_logo.logo(channel, where),
        feed_url=next(iter(_related(links, "self", where)), None),
        next_url=next(iter(_related(links, "next", where)), None),
        language=_language(root, channel, fields, where),
        published_at=published,
        updated_at=updated,
        ttl_s=_ttl(fields, where),
        skip_hours=_skip_hours(fields, where),
        skip_days=_skip_days(fields, where),
        hubs=tuple(_related(links, "hub", where)),
        repairs=notes,
    )


def _channel(root: etree._Element, kind: str, where: Where) -> etree._Element:
    if kind in ("rss", "rdf", "rdf:rdf"):
        for child in root:
            if parse_names.name(child, where.core) == "channel":
                return child
    return root


def _on_site(where: Where, home: str | None) -> Where:
    """Relative addresses of a feed that another host serves start from its home."""
    if home is None or urlsplit(home).netloc == urlsplit(where.url).netloc:
        return where
    return replace(where, url=home)


def _items(fields: Fields, where: Where) -> list[etree._Element]:
    """The items among children, those inside an `items` element too."""
    found = [element for _, element in fields.get("item", ())]
    for _, wrapper in fields.get("items", ()):
        found.extend(
            element
            for _, element in parse_values.fields(wrapper, where).get("item", ())
        )
    return found


def _nested_items(
    channel: etree._Element, where: Where, depth: int = 1
) -> Iterator[tuple[etree._Element, Where]]:
    """The items of channels inside a CDF channel, each with its base."""
    for child in channel:
        if parse_names.name(child, where.core) != "channel":
            continue
        inside = _from_base(child, where)
        for element in _items(parse_values.fields(child, inside), inside):
            yield element, inside
        if depth < MAX_CHANNELS_DEEP:
            yield from _nested_items(child, inside, depth + 1)


def _from_base(channel: etree._Element, where: Where) -> Where:
    """Relative addresses in a CDF channel start from its BASE, where it has one."""
    base = parse_values.absolute(channel.get("BASE") or "", where.url)
    return replace(where, url=base) if base else where


def _format(root: etree._Element, kind: str) -> str:
    version = re.sub(r"[^\w.]", "", root.get("version") or "")[:8]
    space = parse_names.space(root).lower()
    if kind == "rss":
        return f"rss {version}".rstrip()
    if kind == "feed":
        return "atom 1.0" if "2005/atom" in space or not version else f"atom {version}"
    if kind == "channel":
        return "cdf" if root.get("HREF") or root.get("href") else "rss"
    return "rdf"


def _summary(fields: Fields, where: Where) -> str | None:
    for _, element in fields.get("summary", ()):
        words = parse_values.words(element, where, html_unless_said=True)
        if found := words.plain():
            return found
    return None


def _home(channel: etree._Element, links: Found, where: Where) -> str | None:
    href = channel.get("HREF") or channel.get("href")
    return parse_entry.link(links, where) or parse_values.address(href, channel, where)


def _related(links: Found, relation: str, where: Where) -> list[str]:
    """The addresses of links with a relation."""
    found = []
    for _, element in links:
        if (element.get("rel") or "").strip().lower() == relation:
            url = parse_values.address(element.get("href"), element, where)
            if url:
                found.append(url)
    return found


def _language(
    root: etree._Element, channel: etree._Element, fields: Fields, where: Where
) -> str | None:
    said = parse_values.first(fields, "language", where)
    return said or parse_values.language(channel) or parse_values.language(root)


def _ttl(fields: Fields, where: Where) -> int | None:
    """The longest wait in seconds that ttl or the syndication module ask for."""
    minutes = parse_values.first(fields, "ttl", where) or ""
    waits = [int(minutes) * 60] if re.fullmatch(r"\d{1,7}", minutes) else []
    period = (parse_values.first(fields, "sy:updateperiod", where) or "").lower()
    if period in _PERIODS:
        times = parse_values.first(fields, "sy:updatefrequency", where) or ""
        is_number = re.fullmatch(r"[1-9]\d{0,4}", times)
        waits.append(_PERIODS[period] // (int(times) if is_number else 1))
    return max(waits, default=0) or None


def _skip_hours(fields: Fields, where: Where) -> tuple[int, ...]:
    hours = set()
    for _, element in fields.get("skiphours", ()):
        for value in map(str, element.itertext()):
            if re.fullmatch(r"\s*\d{1,2}\s*", value) and int(value) <= 24:
                hours.add(int(value) % 24)  # RSS 0.91 counts 1 to 24
    return tuple(sorted(hours))


def _skip_days(fields: Fields, where: Where) -> tuple[str, ...]:
    days: dict[str, None] = {}
    for _, element in fields.get("skipdays", ()):
        for value in map(str, element.itertext()):
            if (day := value.strip().lower()) in _DAYS:
                days.setdefault(day)
    return tuple(days)
