"""Sponsors on the website: a box in a page that says what it is, and a document for
machines of what runs on the edition's day.

Who is shown where was chosen before, and stands in the edition. The box links out with
`rel="sponsored nofollow noopener"`, loads nothing from elsewhere and counts nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsdesk.model.site import Site
from newsdesk.model.sponsor import Sponsor
from newsdesk.model.story import Edition
from newsdesk.render import addresses
from newsdesk.render.html_theme import Logo, Theme, logos

STORY_DAYS = 7
"""The pages of older stories show no sponsor: a new one each day would write the whole
archive anew each day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorBox:
    """A sponsor as a page shows one."""

    name: str
    url: str
    message: str
    logos: tuple[Logo, ...]


def box(place: str, edition: Edition, site: Site, theme: Theme) -> SponsorBox | None:
    """What a place shows; None: nobody has it."""
    one = edition.slots.get(place)
    if one is None:
        return None
    return SponsorBox(
        name=one.name,
        url=one.url,
        message=one.message,
        logos=logos((one.logo, one.logo_dark or one.logo), theme.own, dict(site.theme)),
    )


def is_recent(published_at: datetime, edition: Edition) -> bool:
    """Whether a story's page is young enough to show one: a matter of days, so that
    pages change with the day and no other time."""
    if edition.as_of is None:
        return False
    age = edition.as_of.astimezone(UTC).date() - published_at.astimezone(UTC).date()
    return age.days < STORY_DAYS


def document(edition: Edition, site: Site, theme: Theme) -> bytes:
    """What runs on the edition's day, as JSON: a value for each sponsor that a place
    shows, in the order of the file."""
    as_of = edition.as_of
    places: dict[Sponsor, list[str]] = {}
    for place, one in edition.slots.items():
        places.setdefault(one, []).append(place)
    told = {
        "day": str(as_of.astimezone(UTC).date()) if as_of else None,
        "value": [
            _value(one, places[one], site, theme)
            for one in dict.fromkeys(site.sponsors)
            if one in places
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def _value(
    one: Sponsor, places: Sequence[str], site: Site, theme: Theme
) -> Mapping[str, object]:
    def address(name: str) -> str | None:
        path = theme.own.get(name)
        return addresses.absolute(site.url, path) if path else None

    return {
        "label": "Sponsored",
        "name": one.name,
        "message": one.message,
        "url": one.url,
        "logo": address(one.logo),
        "logoDark": address(one.logo_dark),
        "from": str(one.from_),
        "until": str(one.until),
        "placements": list(places),
    }
