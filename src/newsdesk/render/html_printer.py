"""What prints the pages of one edition: what they share, and how one becomes bytes.

A page is a `Sheet` until it is asked for; whether it has to be is for `fingerprints`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsdesk.model.site import Site
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, cards, html_shelves, html_sponsors, visibility
from newsdesk.render.html_rows import Row, Rows
from newsdesk.render.html_shelves import Day
from newsdesk.render.html_sponsors import SponsorBox
from newsdesk.render.html_theme import environment, theme
from newsdesk.render.sheet import Sheet
from newsdesk.render.story_links import StoryLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class DayList:
    """A day as a page lists it."""

    day: Day
    rows: tuple[Row, ...]


class Printer:
    """Knows what every page of one edition shares, and prints pages."""

    def __init__(self, edition: Edition, site: Site) -> None:
        self.site = site
        self.edition = edition
        self.theme = theme(site.output, site.theme)
        self.rows = Rows(site, edition.copies)
        self.records = visibility.shown(edition.records)
        self.links = StoryLinks(edition.records)
        self.days = html_shelves.days(self.records)
        self.shelves = html_shelves.shelves(site, self.records)
        self.card = cards.of_site(site).path
        self._nav = tuple(shelf.topic for shelf in self.shelves if shelf.records)
        self._current = {addresses.topic_page(topic.id) for topic in self._nav} | {""}
        self._frames: dict[tuple[str, str, str | None], str] = {}
        self._environment = environment(site.theme)

    def sheet(
        self,
        address: str,
        template: str,
        context: Callable[[], Mapping[str, object]],
        of: Iterable[Published] | None = None,
        *,
        beside: Hashable = (),
        is_still: bool = False,
    ) -> Sheet:
        """The page at `address`, with links relative to it; the rest as in `Sheet`."""
        root = "../" * address.count("/")
        return Sheet(
            path=addresses.page_file(address),
            of=None if of is None else tuple(one.path for one in of),
            make=lambda: self._print(template, root, address, context()),
            beside=beside,
            is_still=is_still,
        )

    def missing(self) -> Sheet:
        """404.html: shown at any depth, so its links start at the site's own root."""
        root = f"{urlsplit(self.site.url).path.rstrip('/')}/"
        return Sheet(
            path="404.html",
            of=(),
            make=lambda: self._print("404.html", root, "404.html", {}),
        )

    def sponsor(self, place: str) -> SponsorBox | None:
        """Whom a place shows as sponsored; None: nobody."""
        return html_sponsors.box(place, self.edition, self.site, self.theme)

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
            "card": self.card,
            "static": lambda name: root + self.theme.own[name],
            "frame": lambda name: self._frame(name, root, address),
        }
        page = self._environment.get_template(template)
        return page.render(shared | dict(context)).encode()

    def _frame(self, name: str, root: str, address: str) -> str:
        """A template that is the same on all pages of one depth, but for the link to
        the page itself: printed once."""
        current = address if address in self._current else None
        key = (name, root, current)
        if key not in self._frames:
            context = {
                "site": self.site,
                "nav": self._nav,
                "root": root,
                "address": current,
                "static": lambda name: root + self.theme.own[name],
            }
            template = self._environment.get_template(name)
            self._frames[key] = template.render(context)
        return self._frames[key]
