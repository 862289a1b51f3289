"""Sponsors on a day: which of them is shown in which place.

A place shows one sponsor at a time. Where several run at once they take turns by day, in
the order of the file, whatever else is on the page: what they paid for buys nothing among
stories. How they look is for the renderers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from newsdesk.model.site import Site
from newsdesk.model.sponsor import Sponsor

FRONT = "front"
STORY = "story"
NEWSLETTER = "newsletter"
TOPIC = "topic"
"""The page of any topic; `topic:ID` is that of one."""


def slots(site: Site, as_of: datetime) -> Mapping[str, Sponsor]:
    """Whom the places of the website show on the day, in UTC, of an edition; a place
    that nobody has is not among them."""
    day = as_of.astimezone(UTC).date()
    topics = (f"{TOPIC}:{topic.id}" for topic in site.topics)
    shown = {
        place: chosen(site.sponsors, place, day) for place in (FRONT, STORY, *topics)
    }
    return {place: one for place, one in shown.items() if one}


def chosen(sponsors: Sequence[Sponsor], place: str, day: date) -> Sponsor | None:
    """Whom a place shows on a day; None: nobody."""
    takes = {place, TOPIC} if place.startswith(f"{TOPIC}:") else {place}
    running = [
        one
        for one in sponsors
        if one.from_ <= day <= one.until and takes.intersection(one.placements)
    ]
    return running[day.toordinal() % len(running)] if running else None
