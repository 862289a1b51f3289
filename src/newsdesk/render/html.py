"""The website: an edition as static pages that need neither a server nor JavaScript.

Front page, a page for each published story and one that leads on for each that was merged
into another, topics, outlets, archive by day, search, corrections, status, about, 404 and
the static files. Everything is as of the edition, so an unchanged edition gives the same
bytes, and the page of a story changes only with the story and those that it is linked
with. Held stories are named in one place only: as the nearest misses on a front page that
has nothing else to show.
Feeds, the JSON API and pictures are made elsewhere; `addresses` says where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC

from newsdesk.model.site import Site
from newsdesk.model.story import Edition, Published
from newsdesk.render import (
    addresses,
    html_changes,
    html_letters,
    html_linked_data,
    html_outlets,
    html_search,
    html_shelves,
    html_sponsors,
    html_status,
    html_story,
    html_words,
    llms_txt,
    visibility,
)
from newsdesk.render.html_printer import Printer
from newsdesk.render.html_rows import Row
from newsdesk.render.html_shelves import Day, Shelf
from newsdesk.render.html_sponsors import SponsorBox
from newsdesk.render.html_status import SourceHealth
from newsdesk.render.sheet import Sheet

_ON_TOPIC_PAGE = 100
"""Stories on a topic's page; older ones stand in the archive."""
_BESIDE_PICTURE = 10
"""Stories beside a lead with a picture: on a wide screen they fill its height."""
_BESIDE_WORDS = 6
"""Stories beside a lead without one."""
_PAGE_TITLE = 110
"""Characters of a headline in a page's title and in link previews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A story that came close, and what held it."""

    row: Row
    reason: str


def pages(
    edition: Edition, site: Site, sources: SourceHealth | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every file of the website: its path below the public folder and its bytes.
    `sources`: how the desk's sources are doing, for its status page."""
    for sheet in sheets(edition, site, sources):
        yield sheet.path, sheet.make()


def sheets(
    edition: Edition, site: Site, sources: SourceHealth | None = None
) -> Iterator[Sheet]:
    """The same, not printed yet: each tells which records it is made from."""
    printer = Printer(edition, site)
    for path, content in printer.theme.files:
        yield Sheet(path=path, of=(), make=_bytes(content))
    yield printer.sheet("", "front.html", lambda: _front(edition, printer))
    yield from _stories(printer)
    yield from _topics(printer)
    yield from _archive(printer)
    yield from _outlets(printer)
    yield from _search(printer)
    yield from _desk(edition, printer, sources)
    yield from html_letters.sheets(printer)
    yield Sheet(path=addresses.LLMS, of=(), make=lambda: llms_txt.text(site))
    if site.sponsors:
        yield Sheet(
            path=addresses.SPONSORSHIPS,
            of=None,
            make=lambda: html_sponsors.document(edition, site, printer.theme),
        )
    yield printer.missing()


def _bytes(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _front(edition: Edition, printer: Printer) -> Mapping[str, object]:
    rows = printer.shown(edition.front)
    beside = _BESIDE_PICTURE if rows and rows[0].picture else _BESIDE_WORDS
    today = edition.as_of.astimezone(UTC).date() if edition.as_of else None
    earlier = (day for day in printer.days if today is None or day.on < today)
    on_front = {one.path for one in edition.front}
    follows = {
        row.page: printer.rows.row(before)
        for row, one in zip(rows, edition.front, strict=True)
        if (before := printer.links.follows(one)) and before.path not in on_front
    }
    return {
        "as_of": edition.as_of,
        "lead": rows[0] if rows else None,
        "beside": rows[1 : 1 + beside],
        "river": rows[1 + beside :],
        "follows": follows,
        "misses": () if rows else _misses(edition, printer),
        "today": next((day for day in printer.days if day.on == today), None),
        "earlier": next(earlier, None),
        "json_ld": _listed(printer, printer.site.title, "", rows),
        "sponsor": printer.sponsor("front"),
    }


def _listed(printer: Printer, name: str, address: str, rows: tuple[Row, ...]) -> str:
    return html_linked_data.of_list(name, address, rows, printer.site)


def _misses(edition: Edition, printer: Printer) -> tuple[Miss, ...]:
    return tuple(
        Miss(
            row=printer.rows.row(one),
            reason=one.story.verdict.lacks if one.story else "",
        )
        for one in edition.misses
    )


def _stories(printer: Printer) -> Iterator[Sheet]:
    paid = printer.sponsor("story")
    for one in printer.records:
        near = [printer.links.follows(one), *printer.links.continued_in(one)]
        of = (one, *(other for other in near if other))
        address = addresses.story_page(one.path)
        is_recent = html_sponsors.is_recent(one.record.published_at, printer.edition)
        box = paid if is_recent else None
        context = _story(printer, one, box)
        yield printer.sheet(
            address, "story.html", context, of, beside=box or (), is_still=True
        )
    for old, new in printer.links.redirects():
        address = addresses.story_page(old.path)
        yield printer.sheet(
            address, "moved.html", _moved(printer, new), (old, new), is_still=True
        )
    for one in printer.edition.records:
        why = visibility.withdrawal(one)
        if why is not None:
            address = addresses.story_page(one.path)
            yield printer.sheet(
                address, "withdrawn.html", _withdrawn(one, why), (one,), is_still=True
            )


def _story(
    printer: Printer, one: Published, sponsor: SponsorBox | None
) -> Callable[[], Mapping[str, object]]:
    def context() -> Mapping[str, object]:
        view = html_story.view(one, printer.site, printer.rows)
        return {
            "view": view,
            "row": view.row,
            "card": view.card,
            "title": html_words.shorten(one.record.title, _PAGE_TITLE),
            "follows": printer.shown(filter(None, [printer.links.follows(one)])),
            "continued": printer.shown(printer.links.continued_in(one)),
            "sponsor": sponsor,
        }

    return context


def _moved(printer: Printer, new: Published) -> Callable[[], Mapping[str, object]]:
    return lambda: {"to": printer.rows.row(new)}


def _withdrawn(one: Published, why: str) -> Callable[[], Mapping[str, object]]:
    return lambda: {"title": one.record.title, "why": why}


def _topics(printer: Printer) -> Iterator[Sheet]:
    yield printer.sheet("topics/", "topics.html", lambda: {"shelves": printer.shelves})
    for shelf in printer.shelves:
        address = addresses.topic_page(shelf.topic.id)
        of = shelf.records[:_ON_TOPIC_PAGE]
        box = printer.sponsor(f"topic:{shelf.topic.id}")
        context = _topic(printer, shelf, box)
        beside = (len(shelf.records), *_beside(printer, shelf), *([box] if box else []))
        yield printer.sheet(
            address, "topic.html", context, of, beside=beside, is_still=True
        )


def _topic(
    printer: Printer, shelf: Shelf, sponsor: SponsorBox | None
) -> Callable[[], Mapping[str, object]]:
    def context() -> Mapping[str, object]:
        lists = printer.lists(html_shelves.days(shelf.records[:_ON_TOPIC_PAGE]))
        rows = tuple(row for listed in lists for row in listed.rows)
        address = addresses.topic_page(shelf.topic.id)
        return {
            "shelf": shelf,
            "days": lists,
            "limit": _ON_TOPIC_PAGE,
            "above": _above(printer, shelf),
            "below": _below(printer, shelf),
            "json_ld": _listed(printer, shelf.topic.name, address, rows),
            "sponsor": sponsor,
        }

    return context


def _beside(printer: Printer, shelf: Shelf) -> Iterator[tuple[str, bool]]:
    """Which topics its page leads to."""
    return ((one.topic.id, bool(one.records)) for one in _below(printer, shelf))


def _above(printer: Printer, shelf: Shelf) -> Shelf | None:
    parent = shelf.topic.parent
    return next((one for one in printer.shelves if one.topic.name == parent), None)


def _below(printer: Printer, shelf: Shelf) -> tuple[Shelf, ...]:
    name = shelf.topic.name
    return tuple(one for one in printer.shelves if one.topic.parent == name)


def _archive(printer: Printer) -> Iterator[Sheet]:
    months = html_shelves.months(printer.days)
    yield printer.sheet("archive/", "archive.html", lambda: {"months": months})
    for place, day in enumerate(printer.days):
        later = printer.days[place - 1] if place else None
        earlier = printer.days[place + 1] if place + 1 < len(printer.days) else None
        near = {"day": day, "later": later, "earlier": earlier}
        beside = (len(day.records), later and later.on, earlier and earlier.on)
        for part, records in enumerate(day.parts, start=1):
            address = addresses.archive_part(day.on, part)
            context = _day(printer, day, part, near)
            yield printer.sheet(
                address, "day.html", context, records, beside=beside, is_still=True
            )


def _day(
    printer: Printer, day: Day, part: int, near: Mapping[str, object]
) -> Callable[[], Mapping[str, object]]:
    def context() -> Mapping[str, object]:
        rows = printer.shown(day.parts[part - 1])
        parts = len(day.parts)
        address = addresses.archive_part(day.on, part)
        name = html_words.day(day.on)
        return {
            **near,
            "rows": rows,
            "part": part,
            "parts": [addresses.archive_part(day.on, n + 1) for n in range(parts)],
            "json_ld": _listed(printer, name, address, rows),
        }

    return context


def _outlets(printer: Printer) -> Iterator[Sheet]:
    views = html_outlets.outlets(printer.records)
    yield printer.sheet(addresses.OUTLETS, "outlets.html", lambda: {"views": views})
    taken = set()
    for view in views:
        if view.page in taken:  # two names that folders cannot tell apart
            continue
        taken.add(view.page)
        of = (one.story for one in view.appearances)
        yield printer.sheet(view.page, "outlet.html", _outlet(view), of, is_still=True)


def _outlet(view: html_outlets.OutletView) -> Callable[[], Mapping[str, object]]:
    return lambda: {"view": view, "enough": html_outlets.ENOUGH}


def _search(printer: Printer) -> Iterator[Sheet]:
    months = html_search.months(printer.records)
    yield printer.sheet(addresses.SEARCH, "search.html", lambda: {"months": months}, ())
    yield Sheet(
        path=addresses.SEARCH_INDEX,
        of=None,
        make=lambda: html_search.index(months, printer.site),
    )
    for on, records in months.items():
        yield Sheet(
            path=addresses.search_month(on),
            of=tuple(one.path for one in records),
            make=_month(records),
            is_still=True,
        )


def _month(records: list[Published]) -> Callable[[], bytes]:
    return lambda: html_search.month(records)


def _desk(
    edition: Edition, printer: Printer, sources: SourceHealth | None
) -> Iterator[Sheet]:
    """What the desk tells of itself."""
    yield printer.sheet(
        "about/", "about.html", lambda: {"shelves": printer.shelves}, ()
    )
    yield printer.sheet(
        addresses.STATUS,
        "status.html",
        lambda: {"view": html_status.status(edition, sources)},
    )
    yield printer.sheet(
        addresses.CORRECTIONS,
        "corrections.html",
        lambda: {
            "desk": html_changes.of_desk(edition.records, edition.as_of),
            "outlets": html_changes.of_outlets(edition.records, edition.as_of),
            "days": html_changes.DAYS,
        },
    )
