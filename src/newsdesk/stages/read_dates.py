"""When it was published and updated: instants with their zone, witnesses compared.

Structured data and meta give instants; `htmldate` looks where all are silent, and then
only the day is known. Reading single notations is `text.dates`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from htmldate import find_date

from newsdesk.stages import read_clues, read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.text import dates, html

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before it there was no press on the web; an earlier date is a template's."""
AHEAD = timedelta(days=2)
"""How far after the fetch a date may lie: zones and embargoes, no more."""
MAX_SEARCHED = 600_000
"""Characters of a page up to which its text is searched for a day."""
MAX_DATED = 40
"""Elements that are looked at for a dateline."""
MAX_DATELINE = 240
"""Characters of an element that may be a dateline."""
MAX_SPOKEN = 60_000
"""Characters of a page's words that are searched for a day."""
NEAR_HEADLINE = 400
"""Characters from the headline within which a day is taken for the article's."""
APART = timedelta(hours=36)
"""Witnesses further apart than this are noted."""

_HALF_HOUR = timedelta(minutes=30)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published",
    "og:published_time", "datepublished", "date_published", "publish_date",
    "publishdate", "publish-date", "published_time", "publication_date", "pubdate",
    "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime",
    "cxense:publishtime", "dcterms.created", "dc.date.issued", "dcterms.issued",
    "dc.created",
    "datecreated", "article:created", "rnews:datepublished", "bt:pubdate", "last-published",
    "citation_publication_date", "citation_online_date", "dcterms.date", "dc.date",
    "article_date_original", "originalpublicationdate", "date", "created", "createdate",
    "vr:published_time", "og:pubdate", "article:post_date", "displaydate", "ptime",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
    "article:modified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified",
    "article:updated_time", "article.updated", "utime", "revised",
)  # fmt: skip
_PUBLISHED_ROLE = re.compile(r"publi|pubdate|created|posted|entry-date|veroff|erschien")
_UPDATED_ROLE = re.compile(r"updat|modif|lastmod|edited|aktualis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time as a page tells it."""

    at: datetime
    has_time: bool
    has_zone: bool
    by: str
    """Who says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When an article was published and updated."""

    published: Moment | None = None
    updated: Moment | None = None
    note: str | None = None


def times(
    document: Document,
    clues: Clues,
    *,
    fetched_at: datetime,
    feed: datetime | None,
    feed_updated: datetime | None = None,
) -> Times:
    """When the page says that it was published and updated, in UTC."""
    latest = fetched_at + AHEAD
    told = [one for one in _told(clues) if EARLIEST <= one.at <= latest]
    changes = [one for one in _changed(clues) if EARLIEST <= one.at <= latest]
    witness = feed if feed and EARLIEST <= feed <= latest else None
    best = _best(told, changes, witness)
    if best is None and witness is None:
        best = (
            _seen(document, latest)
            or _spoken(document, clues, latest)
            or _searched(document, latest)
        )
    elif best is None and witness is not None:
        best = Moment(at=witness, has_time=True, has_zone=True, by="feed")
    updated = _update(changes, best) or _late(feed_updated, best)
    return Times(published=best, updated=updated, note=_doubt(best, told, witness))


def _told(clues: Clues) -> Iterator[Moment]:
    """What the page says about its publication, most trusted first."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from _moments(_values(clues.article.get(key)), "structured data")
    for node in clues.nodes:
        if node is not clues.article and "datePublished" in node and not clues.article:
            yield from _moments(_values(node["datePublished"]), "structured data")
    for name in _PUBLISHED:
        yield from _moments(clues.meta.get(name, ()), name)
    yield from _moments(clues.microdata.get("datepublished", ()), "itemprop")
    own = [mark for mark in clues.times if not mark.is_aside]
    for mark in own:
        if _PUBLISHED_ROLE.search(mark.role) and not _UPDATED_ROLE.search(mark.role):
            yield from _moments((mark.value,), "time element")
    for mark in own[:1]:
        if not _UPDATED_ROLE.search(mark.role):
            yield from _moments((mark.value,), "first time element")


def _changed(clues: Clues) -> Iterator[Moment]:
    yield from _moments(_values(clues.article.get("dateModified")), "structured data")
    for name in _UPDATED:
        yield from _moments(clues.meta.get(name, ()), name)
    for mark in clues.times:
        if not mark.is_aside and _UPDATED_ROLE.search(mark.role):
            yield from _moments((mark.value,), "time element")


def _values(value: Any) -> tuple[str, ...]:
    found = (read_jsonld.text(one) for one in read_jsonld.items(value))
    return tuple(one for one in found if one)


def _moments(values: Iterable[str], by: str) -> Iterator[Moment]:
    for value in values:
        read = moment(value, by=by)
        if read:
            yield read


def _best(
    told: list[Moment], changes: list[Moment], feed: datetime | None
) -> Moment | None:
    if not told:
        return None
    best = told[0]
    if not best.has_time:
        # A day may be told to the minute elsewhere on the page.
        day = best.at.date()
        finer = [
            one for one in told if one.has_time and abs(one.at.date() - day).days <= 1
        ]
        if finer:
            return _placed(finer[0], told, changes, feed)
        if feed and abs(feed.date() - day).days <= 1:
            return Moment(at=feed, has_time=True, has_zone=True, by="feed")
        return best
    return _placed(best, told, changes, feed)


def _placed(
    best: Moment, told: list[Moment], changes: list[Moment], feed: datetime | None
) -> Moment:
    """A moment without zone put into the zone that another witness gives it away by."""
    if best.has_zone:
        return best
    zoned = [one for one in (*told, *changes) if one.has_zone and one.has_time]
    known = [one.at for one in zoned if one in told]
    for instant in (*known, *([feed] if feed else ())):
        offset = round((best.at - instant) / _HALF_HOUR) * _HALF_HOUR
        is_same = abs(best.at - offset - instant) <= timedelta(minutes=1)
        if is_same and abs(offset) <= timedelta(hours=14):
            return replace(best, at=best.at - offset, has_zone=True)
    return best


def _update(changes: list[Moment], best: Moment | None) -> Moment | None:
    for change in changes:
        if best is None or change.at > best.at:
            return change
    return None


def _late(instant: datetime | None, best: Moment | None) -> Moment | None:
    if instant is None or (best and instant <= best.at):
        return None
    return Moment(at=instant, has_time=True, has_zone=True, by="feed")


def _doubt(
    best: Moment | None, told: list[Moment], feed: datetime | None
) -> str | None:
    if best is None:
        return "no date found"
    others = [(one.at, one.by) for one in told] + ([(feed, "feed")] if feed else [])
    for instant, by in others:
        if abs(instant - best.at) > APART:
            return (
                f"dates differ: {best.by} {best.at:%Y-%m-%d}, {by} {instant:%Y-%m-%d}"
            )
    return None


_DATED = (
    "[class*=date i], [class*=publish i], [class*=posted i], [class*=byline i], "
    "[class*=meta i], [class*=time i], [id*=date i], [class*=author i], [class*=info i]"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|ene|abr|ago|dic|"
    r"janv|févr|mars|avr|juin|juil|août|déc|gen|mag|giu|lug|set|ott|out|maj|mrt|mei)\w*\.?"
)
_DAY_TEXT = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{_MONTH}\s*,?\s+(?:de\s+)?\d{{4}}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|"
    r"\d{4}[./年]\s?\d{1,2}[./月]\s?\d{1,2}日?)",
    re.I,
)
_CHANGE_BEFORE = re.compile(
    r"(?:updat|modif|edited|aktualis|mis à jour|review)\w*\W*(?:on|am|le)?\W*$", re.I
)
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=\D|$)")


def _seen(document: Document, latest: datetime) -> Moment | None:
    """The day in the address, or in the first element that looks like a dateline."""
    if found := _URL_DAY.search(document.url):
        year, month, number = (int(part) for part in found.groups())
        try:
            at = datetime(year, month, number, tzinfo=UTC)
        except ValueError:
            at = latest + timedelta(days=1)
        if EARLIEST <= at <= latest:
            return Moment(at=at, has_time=False, has_zone=False, by="address")
    changed: Moment | None = None
    below = read_clues.after_headline(document.tree)
    for node in (*below, *document.tree.css(_DATED)[:MAX_DATED]):
        text = html.fold(node.text(separator=" ")[:MAX_DATELINE])
        if len(text) >= MAX_DATELINE - 40 or read_clues.is_aside(node):
            continue
        for found in _DAY_TEXT.finditer(text):
            told = moment(found[0], by="dateline")
            if told is None or not EARLIEST <= told.at <= latest:
                continue
            if not _CHANGE_BEFORE.search(text[: found.start()]):
                return told
            changed = changed or told
    return changed


_SPOKEN = re.compile(
    r"(?:publish|post|updat|written|releas|veröffentlicht|erschien|aktualis|publi|actuali|"
    r"pubblicat|aggiornat|опублик|stand)\w*\W{1,4}(?:(?:on|am|le|el|il|at|date)\W{1,3})?$",
    re.I,
)


def _spoken(document: Document, clues: Clues, latest: datetime) -> Moment | None:
    """The day that follows the headline closely or the word for publishing."""
    body = document.tree.body
    text = html.fold(body.text(separator=" ")[:MAX_SPOKEN]) if body else ""
    top = next((at for one in clues.headings if (at := text.find(one)) >= 0), None)
    for found in _DAY_TEXT.finditer(text):
        is_near = top is not None and 0 < found.start() - top < NEAR_HEADLINE
        if is_near or _SPOKEN.search(text[max(0, found.start() - 40) : found.start()]):
            told = moment(found[0], by="page text")
            if told and EARLIEST <= told.at <= latest:
                return told
    return None


def _searched(document: Document, latest: datetime) -> Moment | None:
    """The day that htmldate finds in address, markup or text."""
    if document.is_plain or len(document.html) > MAX_SEARCHED:
        return None
    try:
        found = find_date(
            document.html,
            extensive_search=False,
            original_date=True,
            url=document.url,
            min_date=EARLIEST.replace(tzinfo=None),
            max_date=latest.replace(tzinfo=None),
            deferred_url_extractor=True,
        )
        day = date.fromisoformat(found) if found else None
    except Exception:
        # A third-party reader on the world's worst pages; a page without a date is fine.
        return None
    if day is None:
        return None
    at = datetime.combine(day, time(), tzinfo=UTC)
    return Moment(at=at, has_time=False, has_zone=False, by="page text")


_HAS_ZONE = re.compile(
    r"(?:\d\s*z|[+\-−]\d{2}:?\d{2}|(?:gmt|utc|[ecmp][sd]t|bst|ist|cet|cest|msk|jst|aest)"
    r"(?:\s*[+\-]\d{1,2}(?::?\d{2})?)?)\s*(?:\([^)]*\))?$",
    re.I,
)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$", re.I)
_DOUBLE_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})(?:Z|[+-]\d{2}:?\d{2})$", re.I)
_DAY_SECOND = re.compile(
    r"^(?:[^\W\d_]+,\s+)?([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})"
)
_LABEL = re.compile(r"^[^\W\d]{2,20}(?:\s[^\W\d]{2,12}){0,2}\s*:\s*(?=\d|\w+\s\d)")


def moment(value: str, *, by: str = "") -> Moment | None:
    """The moment that a text names, or None where it names none.

    A time of midnight without a zone is how templates write a day.
    """
    text = _DOUBLE_ZONE.sub(r"\1", value.strip())
    text = _LABEL.sub("", text).replace("\u202f", " ").replace("\xa0", " ")
    parsed = dates.parse(_DAY_SECOND.sub(r"\2 \1 \3", text))
    if parsed.at is None:
        return None
    zone = bool(_HAS_ZONE.search(text) or _EPOCH.match(text))
    has_time = parsed.has_time and not _MIDNIGHT.search(text)
    return Moment(at=parsed.at, has_time=has_time, has_zone=zone, by=by)
