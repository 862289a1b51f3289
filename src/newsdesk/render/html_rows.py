"""What a page shows of a story in a list: a row, made from a published record.

Rows hold only what is shown, with addresses already judged: a link that is not http or
https is None here, and a picture is one of our own files. Words and markup are left to
the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.record import Record, RecordImage
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Published
from newsdesk.render import addresses
from newsdesk.render.html_words import link, shorten

_EXCERPT = 260
"""Characters of an excerpt in a list."""
_SMALLEST = 200
"""Pixels of width below which a picture is a logo or a tracking dot, not a picture."""
_FLATTEST = 4.0
"""Width to height beyond which a picture is a banner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who covers a story, and where."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture of ours."""

    src: str
    """Path below the site."""
    width: int
    height: int
    alt: str
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A story in a list."""

    page: str
    """Address of its page below the site; for a held story ``."""
    title: str
    language: str | None
    excerpt: str
    outlet: Outlet
    at: datetime
    is_video: bool
    outlets: int
    topic: Topic | None
    topic_name: str | None
    heat: int | None
    quality: int
    also: tuple[Outlet, ...]
    """The other outlets."""
    picture: Shot | None


class Rows:
    """Makes rows for one site, whose topics and picture width it knows."""

    def __init__(self, site: Site) -> None:
        self._width = site.output.picture_width
        self._topics = topics_by_name(site)

    def row(self, published: Published) -> Row:
        """The row of a record."""
        record = published.record
        name = record.topics[0] if record.topics else None
        others = outlets(record)
        return Row(
            page=addresses.story_page(published.path) if record.published else "",
            title=record.title,
            language=language(published),
            excerpt=shorten(record.excerpt, _EXCERPT),
            outlet=outlet(record),
            at=record.published_at,
            is_video=record.type == "video",
            outlets=outlet_count(published),
            topic=self._topics.get(name) if name else None,
            topic_name=name,
            heat=_heat(published),
            quality=record.quality,
            also=others,
            picture=shot(published, self._width),
        )


def topics_by_name(site: Site) -> Mapping[str, Topic]:
    """The site's topics by the names that records use."""
    return {topic.name: topic for topic in site.topics}


def outlet(record: Record) -> Outlet:
    """The lead's outlet, linked to the page it published."""
    url = link(record.web_url) or link(record.original_url)
    return Outlet(name=record.provider.name or record.provider.domain, url=url)


def outlets(record: Record) -> tuple[Outlet, ...]:
    """The other outlets in the order of the record, each once."""
    seen = {record.provider.domain}
    found = []
    for item in record.related:
        if item.provider.domain not in seen:
            seen.add(item.provider.domain)
            name = item.provider.name or item.provider.domain
            found.append(Outlet(name=name, url=link(item.web_url)))
    return tuple(found)


def outlet_count(published: Published) -> int:
    """How many outlets cover it, the lead's included."""
    if published.story:
        return published.story.provider_count
    return 1 + len(outlets(published.record))


def language(published: Published) -> str | None:
    """The language of the headline where it was read, else None."""
    return published.story.lead.reading.language if published.story else None


def shot(published: Published, cached_width: int) -> Shot | None:
    """The first cached picture that is fit to be shown, at its cached size.

    None for an adopted record: what the older system cached is not ours to serve.
    """
    if published.story is None:
        return None
    usable = (image for image in published.record.images if _is_usable(image))
    image = next(usable, None)
    if image is None or cached_width <= 0:
        return None
    width, height = image.width or 0, image.height or 0
    shown = min(width, cached_width)
    alt, credit = _words(published, image)
    return Shot(
        src=addresses.picture(image.url),
        width=shown,
        height=max(1, round(height * shown / width)),
        alt=alt,
        credit=credit,
    )


def _is_usable(image: RecordImage) -> bool:
    if not (image.is_cached and image.width and image.height):
        return False
    return image.width >= _SMALLEST and image.width <= _FLATTEST * image.height


def _words(published: Published, image: RecordImage) -> tuple[str, str | None]:
    pictures = published.story.lead.reading.pictures if published.story else ()
    known = next((one for one in pictures if one.url == image.url), None)
    if known is None:
        return image.title or "", None
    return known.alt or image.title or "", known.credit


def _heat(published: Published) -> int | None:
    if published.heat_now is not None:
        return published.heat_now
    return published.record.heat if published.record.heat >= 0 else None
