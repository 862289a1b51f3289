"""What a page shows of a story in a list: a row, made from a published record.

Rows hold only what is shown, with addresses already judged: a link that is not http or
https is None here, and a picture is one of our own files. Words and markup are left to
the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.article import Article, ArticleType
from newsdesk.model.picture import PictureCopy, Rendition
from newsdesk.model.record import Record, RecordImage
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Published, Trend
from newsdesk.render import addresses
from newsdesk.render.html_words import link, shorten

_EXCERPT = 260
"""Characters of an excerpt in a list."""
_SMALLEST = 200
"""Pixels of width below which a picture is a logo or a tracking dot, not a picture."""
_OTHER_TITLE = 110
"""Characters of another outlet's headline in a list."""
_FLATTEST = 4.0
"""Width to height beyond which a picture is a banner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who covers a story, and where."""

    name: str
    url: str | None
    """Where it published."""
    page: str = ""
    """Address of our page about it, below the site; empty: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another outlet's piece, in the list that a row unfolds."""

    outlet: Outlet
    title: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture of ours."""

    src: str
    """Path of its largest WebP below the site."""
    width: int
    height: int
    files: tuple[Rendition, ...]
    """Every width as WebP, smallest first."""
    avif: tuple[Rendition, ...]
    """The same as AVIF, as far as that is smaller."""
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
    labels: tuple[str, ...]
    """What a reader should know before following the link: `Live blog`, `Paywalled`."""
    outlets: int
    origins: int
    """How many tell it independently of each other; 0: nobody looked."""
    trend: str
    """`new`, `rising` or `falling`, as of the edition; empty: steady or not known."""
    chosen: str
    """Why the desk gave it its place, for readers; empty: it has it by its heat."""
    topic: Topic | None
    topic_name: str | None
    heat: int | None
    quality: int
    also: tuple[Other, ...]
    """The other outlets' pieces, best first, one each."""
    picture: Shot | None


class Rows:
    """Makes rows for one site, whose topics and pictures it knows."""

    def __init__(self, site: Site, copies: Mapping[str, PictureCopy]) -> None:
        self._copies = copies if site.output.picture_widths else {}
        self._topics = topics_by_name(site)

    def row(self, published: Published) -> Row:
        """The row of a record."""
        record = published.record
        name = record.topics[0] if record.topics else None
        judged = published.story
        return Row(
            page=addresses.story_page(published.path) if record.published else "",
            title=record.title,
            language=language(published),
            excerpt=shorten(record.excerpt, _EXCERPT),
            outlet=outlet(record),
            at=record.published_at,
            is_video=record.type == "video",
            labels=labels(judged.lead if judged else None, record.type),
            outlets=outlet_count(published),
            origins=len(judged.origins) if judged else 0,
            trend=_trend(published),
            chosen=_chosen(published),
            topic=self._topics.get(name) if name else None,
            topic_name=name,
            heat=_heat(published),
            quality=record.quality,
            also=others(published),
            picture=shot(published, self._copies),
        )


def topics_by_name(site: Site) -> Mapping[str, Topic]:
    """The site's topics by the names that records use."""
    return {topic.name: topic for topic in site.topics}


def labels(article: Article | None, record_type: str) -> tuple[str, ...]:
    """What a piece is where it is no plain article, and whether it must be paid for;
    of a piece without its article only the record's type is known."""
    if article is None:
        return ("Video",) if record_type == "video" else ()
    kind = article.reading.type
    said = () if kind is ArticleType.ARTICLE else (kind.value.capitalize(),)
    return (*said, "Paywalled") if article.reading.paywall else said


def outlet(record: Record) -> Outlet:
    """The lead's outlet, linked to the page it published."""
    url = link(record.web_url) or link(record.original_url)
    return Outlet(
        name=record.provider.name or record.provider.domain,
        url=url,
        page=addresses.outlet_page(record.provider.domain),
    )


def others(published: Published) -> tuple[Other, ...]:
    """The other outlets' pieces in the order of the record, one each."""
    judged = published.story
    languages = (
        {one.reading.web_url: one.reading.language for one in judged.related}
        if judged
        else {}
    )
    seen = {published.record.provider.domain}
    found = []
    for item in published.record.related:
        if item.provider.domain in seen:
            continue
        seen.add(item.provider.domain)
        who = Outlet(
            name=item.provider.name or item.provider.domain,
            url=link(item.web_url),
            page=addresses.outlet_page(item.provider.domain),
        )
        title = shorten(item.title, _OTHER_TITLE)
        language = languages.get(item.web_url)
        found.append(Other(outlet=who, title=title, language=language))
    return tuple(found)


def outlet_count(published: Published) -> int:
    """How many outlets cover it, the lead's included."""
    if published.story:
        return published.story.provider_count
    return 1 + len(others(published))


def _trend(published: Published) -> str:
    trend = published.trend
    return "" if trend is None or trend is Trend.STEADY else trend.value


def _chosen(published: Published) -> str:
    ruling = published.story.ruling if published.story else None
    if ruling is None or not ruling.place or ruling.verdict is None:
        return ""
    return ruling.verdict.why


def language(published: Published) -> str | None:
    """The language of the headline where it was read, else None."""
    return published.story.lead.reading.language if published.story else None


def shot(published: Published, copies: Mapping[str, PictureCopy]) -> Shot | None:
    """The first picture of which we hold a copy and that is fit to be shown.

    None for an adopted record: what the older system cached is not ours to serve.
    """
    if published.story is None:
        return None
    for image in published.record.images:
        copy = copies.get(image.url) if image.is_cached else None
        if copy is None or not _is_usable(copy):
            continue
        largest = copy.webp[-1]
        alt, credit = _words(published, image)
        return Shot(
            src=largest.path,
            width=largest.width,
            height=largest.height,
            files=copy.webp,
            avif=copy.avif if _is_complete(copy) else (),
            alt=alt,
            credit=credit,
        )
    return None


def _is_complete(copy: PictureCopy) -> bool:
    """Whether its AVIF goes as wide as its WebP: a browser looks at one of the two."""
    return bool(copy.avif) and copy.avif[-1].width == copy.webp[-1].width


def _is_usable(copy: PictureCopy) -> bool:
    return copy.width >= _SMALLEST and copy.width <= _FLATTEST * copy.height


def _words(published: Published, image: RecordImage) -> tuple[str, str | None]:
    pictures = published.story.lead.reading.pictures if published.story else ()
    known = next((one for one in pictures if one.url == image.url), None)
    if known is None:
        return image.title or "", None
    return known.alt or image.title or "", known.credit


def _heat(published: Published) -> int | None:
    if published.heat_now is not None:
        return published.heat_now if published.heat_now >= 0 else None
    return published.record.heat if published.record.heat >= 0 else None
