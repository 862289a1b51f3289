"""Newsletters on the website: a page of each issue, and one that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from newsdesk.model.letter import Letter
from newsdesk.model.site import Cadence, Newsletter
from newsdesk.render import addresses
from newsdesk.render.html_printer import Printer
from newsdesk.render.sheet import Sheet

LISTED = 60
"""Issues of each newsletter that are listed."""
_OFTEN = {
    Cadence.DAILY: "every day",
    Cadence.WEEKDAYS: "Monday to Friday",
    Cadence.WEEKLY: "once a week",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterShelf:
    """A newsletter with its issues, newest first."""

    newsletter: Newsletter
    often: str
    topics: tuple[str, ...]
    issues: tuple[tuple[Letter, str], ...]
    """Each with the address of its page."""


def sheets(printer: Printer) -> Iterator[Sheet]:
    """The list and every issue's page, where the site has newsletters. An issue's page
    changes with what all pages share, and otherwise never."""
    if not printer.site.newsletters:
        return
    for letter in printer.edition.letters:
        address = addresses.issue_page(letter.id, letter.day)
        yield printer.sheet(address, "issue.html", _issue(letter), ())
    shelves = tuple(_shelf(one, printer) for one in printer.site.newsletters)
    yield printer.sheet(
        addresses.NEWSLETTERS, "newsletters.html", lambda: {"shelves": shelves}
    )


def _issue(letter: Letter) -> Callable[[], Mapping[str, object]]:
    return lambda: {"letter": letter, "list_page": addresses.NEWSLETTERS}


def _shelf(newsletter: Newsletter, printer: Printer) -> LetterShelf:
    own = [one for one in printer.edition.letters if one.id == newsletter.id]
    names = {topic.id: topic.name for topic in printer.site.topics}
    return LetterShelf(
        newsletter=newsletter,
        often=_OFTEN[newsletter.cadence],
        topics=tuple(names[one] for one in newsletter.topics if one in names),
        issues=tuple(
            (one, addresses.issue_page(one.id, one.day))
            for one in own[:LISTED]
            if one.stories or one.amendments
        ),
    )
