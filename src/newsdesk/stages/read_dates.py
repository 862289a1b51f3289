"""When it was published and updated: instants with their zone, witnesses compared.

Structured data and meta give instants, and what most witnesses hold to wins over one that
stands alone. Where they are silent, `read_datelines` looks at what readers see; notations
are `read_moments`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from newsdesk.stages import read_datelines, read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_jsonld import Node
from newsdesk.stages.read_moments import Moment, moments, place_of, values
from newsdesk.text import months, zones
from newsdesk.text.datelines import Place

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before it there was no press on the web; an earlier date is a template's."""
AHEAD = timedelta(days=2)
"""How far after the fetch a date may lie: zones and embargoes, no more."""
FAR_AHEAD = timedelta(days=45)
"""How far after the fetch a date is still taken, with a note, where the page tells no
other: fetch times of archives are not always true, and an article never counts as newer
than it was first seen."""
APART = timedelta(hours=36)
"""Witnesses further apart than this are noted."""
ONE_DAY = timedelta(hours=26)
"""Witnesses of one day are not further apart, whatever their zones."""
NEEDED = 2
"""Kinds of witness that must agree with each other to outweigh the best one alone."""

BY_CHANGE = "last change"
"""Who says so, where only a change is dated."""

_HALF_HOUR = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)
_NONE = timedelta(0)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published",
    "og:published_time", "datepublished", "date_published", "publish_date",
    "publishdate", "publish-date", "published_time", "publication_date", "pubdate",
    "parsely-pub-date", "sailthru.date", "article.published", "published_at",
    "cxenseparse:recs:publishtime", "cxense:publishtime", "cxenseparse:publishtime",
    "dcterms.created", "dc.date.issued", "dcterms.issued", "dcterms.available",
    "dc.created", "dc.date.created", "datecreated", "article:created",
    "rnews:datepublished", "bt:pubdate", "last-published", "publication-date",
    "citation_publication_date", "citation_online_date", "citation_date",
    "dcterms.date", "dc.date", "article_date_original", "originalpublicationdate",
    "article:publicationdate", "article.created", "article:published_date",
    "article-published", "article_publish_date", "articledate", "publisheddate",
    "pub_date", "publicationdate", "releasedate", "release_date", "news_date",
    "date", "created", "createdate", "creation_date", "vr:published_time", "og:pubdate",
    "og:article:published", "article:post_date", "displaydate", "ptime",
    "article:display_date", "video:release_date", "og:video:release_date",
    "music:release_date", "book:release_date", "shareaholic:article_published_time",
    "twt-published-at", "eomportal-firstpublished", "mediator_published_time",
    "dable:published_time", "article:pub_date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time",
    "og:modified_time", "datemodified", "date_modified", "article:modified", "lastmod",
    "last-modified", "last_modified", "lastmodified", "modified_time", "updated_time",
    "dcterms.modified", "dc.date.modified", "dc.modified", "article:updated_time",
    "article.updated", "article:updated", "utime", "revised", "last-updated",
    "last_updated", "eomportal-lastupdate", "parsely-mod-date", "rnews:datemodified",
    "shareaholic:article_modified_time", "modified_at", "updated_at",
)  # fmt: skip
_PUBLISHED_ROLE = re.compile(r"publi|pubdate|created|posted|entry-date|veroff|erschien")
_UPDATED_ROLE = re.compile(r"updat|modif|lastmod|edited|aktualis|actuali|revised")
_URL_DAY = re.compile(
    r"[/_-]((?:19|20)\d{2})(?:([/_-])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})|(\d\d)(\d\d))(?=\D|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When an article was published and updated."""

    published: Moment | None = None
    updated: Moment | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A moment, and what kind of witness tells it."""

    moment: Moment
    kind: str
    """`data`, `meta`, `seen`, `feed` or `address`: kinds err apart from each other."""


def times(
    document: Document,
    clues: Clues,
    *,
    fetched_at: datetime,
    feed: datetime | None,
    feed_updated: datetime | None = None,
    body: bytes = b"",
) -> Times:
    """When the page says that it was published and updated, in UTC.

    `body` is the page as it came, with the data of its scripts; they are asked where
    nothing else tells the time of day.
    """
    place = place_of(clues)
    told = _in_time(_told(clues, place), fetched_at)
    changes = [one for one in _changed(clues, place) if _is_sane(one, fetched_at)]
    if feed and EARLIEST <= feed <= fetched_at + AHEAD:
        at = Moment(at=feed, has_time=True, ahead=_NONE, by="feed")
        told.append(Witness(moment=at, kind="feed"))
    day = _address_day(clues.url, fetched_at)
    if day:
        told.append(Witness(moment=day, kind="address"))
    search = read_datelines.Search(
        document=document,
        clues=clues,
        place=place,
        body=body,
        fetched_at=fetched_at,
        earliest=EARLIEST,
        latest=fetched_at + AHEAD,
        farthest=fetched_at + FAR_AHEAD,
    )
    best = _best(told, changes, search)
    updated = _update(changes, best) or _late(feed_updated, best)
    return Times(published=best, updated=updated, note=_doubt(best, told, fetched_at))


def _is_sane(one: Moment, fetched_at: datetime) -> bool:
    return EARLIEST <= one.at <= fetched_at + AHEAD


def _in_time(told: Iterator[Witness], fetched_at: datetime) -> list[Witness]:
    """The witnesses that can be true; those a little ahead only where all others fail."""
    every = list(told)
    true = [one for one in every if _is_sane(one.moment, fetched_at)]
    latest = fetched_at + FAR_AHEAD
    return true or [one for one in every if EARLIEST <= one.moment.at <= latest]


def _told(clues: Clues, place: Place) -> Iterator[Witness]:
    """What the page says about its publication, most trusted first."""
    structured = "structured data"
    for one in moments(values(clues.article.get("datePublished")), structured, place):
        yield Witness(moment=one, kind="data")
    for name in _PUBLISHED[:4]:
        for one in moments(clues.meta.get(name, ()), name, place):
            yield Witness(moment=one, kind="meta")
    for one in moments(clues.microdata.get("datepublished", ()), "itemprop", place):
        yield Witness(moment=one, kind="data")
    for node in _other_nodes(clues):
        for one in moments(values(node["datePublished"]), structured, place):
            yield Witness(moment=one, kind="data")
    for name in _PUBLISHED[4:]:
        for one in moments(clues.meta.get(name, ()), name, place):
            yield Witness(moment=one, kind="meta")
    for key in ("uploadDate", "dateCreated"):
        for one in moments(values(clues.article.get(key)), structured, place):
            yield Witness(moment=one, kind="data")
    yield from _marked(clues, place)


def _other_nodes(clues: Clues) -> Iterator[Node]:
    """Nodes on the same page that tell a date where the article's own does not."""
    if "datePublished" in clues.article:
        return
    for node in clues.nodes:
        if node is clues.article or "datePublished" not in node:
            continue
        said = read_jsonld.types(node)
        if not clues.article or read_jsonld.is_article(node) or "webpage" in said:
            yield node


def _marked(clues: Clues, place: Place) -> Iterator[Witness]:
    """Time elements of the article: those called published, else the first."""
    own = [mark for mark in clues.times if not mark.is_aside]
    for mark in own:
        if _PUBLISHED_ROLE.search(mark.role) and not _UPDATED_ROLE.search(mark.role):
            for one in moments((mark.value,), "time element", place):
                yield Witness(moment=one, kind="seen")
    for mark in own[:1]:
        if not _UPDATED_ROLE.search(mark.role):
            for one in moments((mark.value,), "first time element", place):
                yield Witness(moment=one, kind="seen")


def _changed(clues: Clues, place: Place) -> Iterator[Moment]:
    told = values(clues.article.get("dateModified"))
    yield from moments(told, "structured data", place)
    for name in _UPDATED:
        yield from moments(clues.meta.get(name, ()), name, place)
    yield from moments(clues.microdata.get("datemodified", ()), "itemprop", place)
    for mark in clues.times:
        if not mark.is_aside and _UPDATED_ROLE.search(mark.role):
            yield from moments((mark.value,), "time element", place)


def _address_day(url: str, fetched_at: datetime) -> Moment | None:
    """The day in the page's address: /2024/05/01/, /2024-05-01-title, /20240501/."""
    for found in _URL_DAY.finditer(url):
        year, _, name, day, number, day_2 = found.groups()
        month = (months.month(name) or name) if name else number
        try:
            at = datetime(int(year), int(month), int(day or day_2), tzinfo=UTC)
        except ValueError:
            continue
        if EARLIEST <= at <= fetched_at + AHEAD:
            return Moment(at=at, has_time=False, by="address")
    return None


def _best(
    told: Sequence[Witness], changes: Sequence[Moment], search: read_datelines.Search
) -> Moment | None:
    """The moment that the page's witnesses make out."""
    stated = [one for one in told if one.kind != "address"]
    if not stated:
        day = told[0].moment if told else None
        found = search.any_of(day)
        return found or _first_change(changes) or search.by_htmldate()
    best = _outweighed(stated[0], told).moment
    if best.is_midnight:
        best = _finer(best, stated) or search.finer(best) or best
    if best.has_time:
        best = _placed(best, [one.moment for one in stated], changes)
    return best


def _first_change(changes: Sequence[Moment]) -> Moment | None:
    """When it was changed, where nothing else is told: it is no younger, and without a
    date it would be taken for new."""
    first = min(changes, key=lambda one: one.at, default=None)
    return replace(first, by=f"{BY_CHANGE} ({first.by})") if first else None


def _outweighed(first: Witness, told: Sequence[Witness]) -> Witness:
    """The first witness, or another where two other kinds agree against it alone."""
    if any(one.kind != first.kind and _agree(one, first) for one in told):
        return first
    for one in told:
        if one.kind in (first.kind, "address"):
            continue
        kinds = {other.kind for other in told if _agree(one, other)}
        if len(kinds) >= NEEDED:
            return one
    return first


def _agree(one: Witness, other: Witness) -> bool:
    """Whether two witnesses mean the same day, wherever each was written."""
    return abs(one.moment.at - other.moment.at) <= ONE_DAY


def _finer(day: Moment, told: Sequence[Witness]) -> Moment | None:
    """The time of day that another witness tells of the same day."""
    finer = [one.moment for one in told if not one.moment.is_midnight]
    same = [one for one in finer if one.local.date() == day.local.date()]
    near = [one for one in finer if abs((one.local - day.local).days) <= 1]
    return next(iter((*same, *(near if not day.has_time else ()))), None)


def _placed(best: Moment, told: Sequence[Moment], changes: Sequence[Moment]) -> Moment:
    """A moment in the zone that other witnesses show, where it has none or a false one.

    The same clock with an offset elsewhere: templates print Z after local times, and
    rarely an offset that is not theirs.
    """
    zoned = [one for one in told if one.ahead is not None and one.has_time]
    if best.ahead is None:
        return _by_clock(best, zoned) or _by_shift(best, zoned, changes) or best
    if best.ahead == _NONE and not any(
        one.ahead != _NONE and abs(one.at - best.at) < _MINUTE for one in zoned
    ):
        apart = [one for one in zoned if one.ahead != _NONE]
        is_borne_out = any(
            one.by == "feed" and abs(one.at - best.at) < _MINUTE for one in told
        )
        return (None if is_borne_out else _by_clock(best, apart)) or best
    return best


def _by_clock(best: Moment, zoned: Sequence[Moment]) -> Moment | None:
    """The zone of a witness that shows the same clock."""
    for one in zoned:
        if abs(one.local - best.local) < _MINUTE:
            return replace(best, at=best.local - (one.ahead or _NONE), ahead=one.ahead)
    return None


def _by_shift(
    best: Moment, zoned: Sequence[Moment], changes: Sequence[Moment]
) -> Moment | None:
    """The zone by which a local time differs from a true instant, or that the page
    writes its update in."""
    for one in zoned:
        ahead = round((best.at - one.at) / _HALF_HOUR) * _HALF_HOUR
        is_same = abs(best.at - ahead - one.at) <= _MINUTE
        if is_same and abs(ahead) <= timedelta(hours=zones.MAX_EAST):
            return replace(best, at=best.at - ahead, ahead=ahead)
    for change in changes:
        if change.has_time and change.ahead is not None and _same_season(change, best):
            return replace(best, at=best.at - change.ahead, ahead=change.ahead)
    return None


def _same_season(one: Moment, other: Moment) -> bool:
    """Whether no clock was set forward or back between two moments."""
    return zones.is_european_summer(one.local, 1) == zones.is_european_summer(
        other.local, 1
    ) and zones.is_american_summer(one.local) == zones.is_american_summer(other.local)


def _update(changes: Sequence[Moment], best: Moment | None) -> Moment | None:
    """The first change after publication, in the zone of its publication if it has
    none itself; of a day alone, with the time that another place tells."""
    later: list[Moment] = []
    for change in changes:
        at = change
        if best is not None and change.ahead is None and change.has_time and best.ahead:
            at = replace(change, at=change.at - best.ahead, ahead=best.ahead)
        if best is None or at.at > best.at:
            later.append(at)
    if later and later[0].is_midnight:
        day = later[0].local.date()
        finer = (one for one in later if one.local.date() == day)
        return next((one for one in finer if not one.is_midnight), later[0])
    return later[0] if later else None


def _late(instant: datetime | None, best: Moment | None) -> Moment | None:
    if instant is None or (best and instant <= best.at):
        return None
    return Moment(at=instant, has_time=True, ahead=_NONE, by="feed")


def _doubt(
    best: Moment | None, told: Sequence[Witness], fetched_at: datetime
) -> str | None:
    if best is None:
        return "no date found"
    if best.by.startswith(BY_CHANGE):
        return (
            f"publication is not dated, taken from its last change: {best.at:%Y-%m-%d}"
        )
    if not _is_sane(best, fetched_at):
        return f"dated {best.at:%Y-%m-%d}, after it was fetched"
    for one in (witness.moment for witness in told):
        if abs(one.at - best.at) > APART:
            return f"dates differ: {best.by} {best.at:%Y-%m-%d}, {one.by} {one.at:%Y-%m-%d}"
    if best.has_time and best.ahead is None:
        return f"time without a zone, taken as UTC: {best.by} {best.at:%H:%M}"
    return None
