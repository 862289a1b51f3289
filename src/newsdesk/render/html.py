"""The website: an edition as static pages that need neither a server nor JavaScript.

Front page, a page for each published story and one that leads on for each that was merged
into another, topics, archive by day, about, 404 and the static files. Everything is as of
the edition, so an unchanged edition gives the same bytes, and the page of a story changes
only with the story and those that it is linked with. Held stories are named in one place
only: as the nearest misses on a front page that has nothing else to show.
Feeds, the JSON API and cached pictures are made elsewhere; `addresses` says where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newsdesk.model.site import Site
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, html_shelves, html_story, html_words
from newsdesk.render.html_rows import Row, Rows
from newsdesk.render.html_shelves import Day, Shelf
from newsdesk.render.html_theme import theme
from newsdesk.render.story_links import StoryLinks

_TEMPLATES = Path(__file__).parent / "templates"
_ON_TOPIC_PAGE = 100
"""Stories on a topic's page; older ones stand in the archive."""
_BESIDE_PICTURE = 10
"""Stories beside a lead with a picture: on a wide screen they fill its height."""
_BESIDE_WORDS = 4
"""Stories beside a lead without one."""
_PAGE_TITLE = 110
"""Characters of a headline in a page's title and in link previews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayList:
    """A day as a page lists it."""

    day: Day
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A story that came close, and what held it."""

    row: Row
    reason: str


def pages(edition: Edition, site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the website: its path below the public folder and its bytes."""
    printer = _Printer(edition, site)
    yield from printer.theme.files
    yield printer.page("", "front.html", _front(edition, printer))
    yield from _stories(printer)
    yield from _topics(printer)
    yield from _archive(printer)
    yield printer.page("about/", "about.html", {"shelves": printer.shelves})
    yield printer.missing()


class _Printer:
    """Knows what every page of one edition shares, and prints pages."""

    def __init__(self, edition: Edition, site: Site) -> None:
        self.site = site
        self.theme = theme(site.output.accent)
        self.rows = Rows(site, edition.copies)
        self.records = tuple(one for one in edition.records if one.record.published)
        self.links = StoryLinks(edition.records)
        self.days = html_shelves.days(self.records)
        self.shelves = html_shelves.shelves(site, self.records)
        self._nav = tuple(shelf.topic for shelf in self.shelves if shelf.records)

    def page(
        self, address: str, template: str, context: Mapping[str, object]
    ) -> tuple[str, bytes]:
        """The file of the page at `address`, with links relative to it."""
        root = "../" * address.count("/")
        return addresses.page_file(address), self._print(
            template, root, address, context
        )

    def moved(self, old: Published, new: Published) -> tuple[str, bytes]:
        """The page of a story that became part of another: it leads there."""
        address = addresses.story_page(old.path)
        context = {
            "site": self.site,
            "theme": self.theme,
            "root": "../" * address.count("/"),
            "to": self.rows.row(new),
        }
        page = _templates().get_template("moved.html").render(context)
        return addresses.page_file(address), page.encode()

    def missing(self) -> tuple[str, bytes]:
        """404.html: shown at any depth, so its links start at the site's own root."""
        root = f"{urlsplit(self.site.url).path.rstrip('/')}/"
        return "404.html", self._print("404.html", root, "404.html", {})

    def shown(self, records: Iterable[Published]) -> tuple[Row, ...]:
        """Records as rows."""
        return tuple(self.rows.row(one) for one in records)

    def lists(self, days: Iterable[Day]) -> tuple[DayList, ...]:
        """Days with their rows."""
        return tuple(DayList(day=day, rows=self.shown(day.records)) for day in days)

    def _print(
        self, template: str, root: str, address: str, context: Mapping[str, object]
    ) -> bytes:
        shared = {
            "site": self.site,
            "theme": self.theme,
            "nav": self._nav,
            "root": root,
            "address": address,
            "canonical": addresses.absolute(self.site.url, address),
        }
        return _templates().get_template(template).render(shared, **context).encode()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in ("day", "weekday", "month", "short_day", "clock", "moment", "machine"):
        environment.filters[name] = getattr(html_words, name)
    for name in ("span", "points", "shorten", "sentence", "count"):
        environment.globals[name] = getattr(html_words, name)
    for name in ("topic_page", "topic_feed", "api_index", "absolute", "ALL_FEED"):
        environment.globals[name] = getattr(addresses, name)
    return environment


def _front(edition: Edition, printer: _Printer) -> Mapping[str, object]:
    rows = printer.shown(edition.front)
    beside = _BESIDE_PICTURE if rows and rows[0].picture else _BESIDE_WORDS
    today = edition.as_of.astimezone(UTC).date() if edition.as_of else None
    earlier = (day for day in printer.days if today is None or day.on < today)
    return {
        "as_of": edition.as_of,
        "lead": rows[0] if rows else None,
        "beside": rows[1 : 1 + beside],
        "river": rows[1 + beside :],
        "misses": () if rows else _misses(edition, printer),
        "today": next((day for day in printer.days if day.on == today), None),
        "earlier": next(earlier, None),
    }


def _misses(edition: Edition, printer: _Printer) -> tuple[Miss, ...]:
    return tuple(
        Miss(
            row=printer.rows.row(one),
            reason=one.story.verdict.reason if one.story else "",
        )
        for one in edition.misses
    )


def _stories(printer: _Printer) -> Iterator[tuple[str, bytes]]:
    for one in printer.records:
        view = html_story.view(one, printer.site, printer.rows)
        title = html_words.shorten(one.record.title, _PAGE_TITLE)
        near = {
            "follows": printer.shown(filter(None, [printer.links.follows(one)])),
            "continued": printer.shown(printer.links.continued_in(one)),
        }
        context = {"view": view, "row": view.row, "title": title}
        yield printer.page(view.row.page, "story.html", context | near)
    for old, new in printer.links.redirects():
        yield printer.moved(old, new)


def _topics(printer: _Printer) -> Iterator[tuple[str, bytes]]:
    yield printer.page("topics/", "topics.html", {"shelves": printer.shelves})
    for shelf in printer.shelves:
        days = html_shelves.days(shelf.records[:_ON_TOPIC_PAGE])
        context = {
            "shelf": shelf,
            "days": printer.lists(days),
            "limit": _ON_TOPIC_PAGE,
        }
        near = {"above": _above(printer, shelf), "below": _below(printer, shelf)}
        address = addresses.topic_page(shelf.topic.id)
        yield printer.page(address, "topic.html", context | near)


def _above(printer: _Printer, shelf: Shelf) -> Shelf | None:
    parent = shelf.topic.parent
    return next((one for one in printer.shelves if one.topic.name == parent), None)


def _below(printer: _Printer, shelf: Shelf) -> tuple[Shelf, ...]:
    name = shelf.topic.name
    return tuple(one for one in printer.shelves if one.topic.parent == name)


def _archive(printer: _Printer) -> Iterator[tuple[str, bytes]]:
    months = html_shelves.months(printer.days)
    yield printer.page("archive/", "archive.html", {"months": months})
    lists = printer.lists(printer.days)
    for place, listed in enumerate(lists):
        context = {
            "listed": listed,
            "later": lists[place - 1].day if place else None,
            "earlier": lists[place + 1].day if place + 1 < len(lists) else None,
        }
        yield printer.page(listed.day.address, "day.html", context)
