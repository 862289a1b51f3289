"""The pictures of an article, best first; and the video, where the page is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from newsdesk.model.article import Video
from newsdesk.model.feed import Picture
from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.text import urls

MAX_PICTURES = 8
MIN_SIDE = 120
"""Pixels of the shorter side below which a declared picture is an icon."""

_JUNK = re.compile(
    r"(?:^|[/_.\-=])(?:logo|logos|icon|icons|favicon|sprite|avatar|gravatar|placeholder|"
    r"blank|spacer|pixel|1x1|transparent|loading|spinner|default[_-]?(?:image|img|share|og|"
    r"thumb)|share[_-]?(?:image|default)|fallback|no[_-]?image|emoji|badge|button|banner-ad|"
    r"apple-touch)(?:[/_.\-?=@]|\d|$)|doubleclick|scorecardresearch|facebook\.com/tr|"
    r"google-analytics|/beacon|gravatar\.com|\.svg(?:$|\?)|^data:",
    re.I,
)
_NUMBER = re.compile(r"\d{1,5}")
_YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|v/|shorts/|live/)|youtu\.be/)"
    r"([\w-]{11})(?![\w-])"
)
_VIMEO = re.compile(r"vimeo\.com/(?:video/|channels/[\w-]+/)?(\d{5,12})(?!\d)")


def pictures(
    document: Document, clues: Clues, feed: Sequence[Picture]
) -> tuple[Picture, ...]:
    """The article's own pictures, best first, each once; no logos and no trackers."""
    found = [
        *_from_data(clues),
        *_from_meta(clues, "og:image"),
        *_from_meta(clues, "twitter:image"),
        *feed,
        *_from_body(document),
    ]
    return _best(found, clues.url)


def from_feed(feed: Sequence[Picture]) -> tuple[Picture, ...]:
    """The feed's pictures without logos and trackers."""
    return _best(feed, None)


def video(url: str) -> Video | None:
    """The video that an address of YouTube or Vimeo names."""
    if found := _YOUTUBE.search(url):
        return Video(platform="youtube", id=found[1])
    if found := _VIMEO.search(url):
        return Video(platform="vimeo", id=found[1])
    return None


def page_video(document: Document, clues: Clues) -> Video | None:
    """The video that a page which calls itself one shows."""
    told = (
        clues.first(
            "og:video:url", "og:video", "og:video:secure_url", "twitter:player"
        ),
        read_jsonld.address_of(clues.article.get("embedUrl")),
        read_jsonld.address_of(clues.article.get("contentUrl")),
        *(node.attributes.get("src") for node in document.tree.css("iframe[src]")[:10]),
    )
    return next((found for one in told if one and (found := video(one))), None)


def _best(found: Iterable[Picture], base: str | None) -> tuple[Picture, ...]:
    kept: dict[str, Picture] = {}
    for picture in found:
        address = urls.absolute(base, picture.url)
        if address is None or _JUNK.search(address) or _is_small(picture):
            continue
        key = _key(address)
        known = kept.get(key)
        if known is None:
            kept[key] = Picture(
                url=address, width=picture.width, height=picture.height,
                alt=picture.alt, credit=picture.credit,
            )  # fmt: skip
        else:
            kept[key] = _merged(known, picture)
    return tuple(kept.values())[:MAX_PICTURES]


def _key(address: str) -> str:
    """What two renditions of a picture share: the path without size and query."""
    path = address.split("://", 1)[-1].split("?", 1)[0].casefold()
    return re.sub(r"[-_]?\d{2,4}x\d{2,4}(?=\.\w{3,4}$)", "", path)


def _merged(known: Picture, other: Picture) -> Picture:
    sized = known if known.width and known.height else other
    return Picture(
        url=known.url if sized is known or not other.width else other.url,
        width=sized.width or known.width,
        height=sized.height or known.height,
        alt=known.alt or other.alt,
        credit=known.credit or other.credit,
    )


def _is_small(picture: Picture) -> bool:
    sides = [side for side in (picture.width, picture.height) if side]
    return bool(sides) and min(sides) < MIN_SIDE


def _from_data(clues: Clues) -> Iterator[Picture]:
    for key in ("image", "thumbnailUrl", "thumbnail"):
        for value in read_jsonld.items(clues.article.get(key)):
            value = read_jsonld.resolve(value, clues.nodes)
            picture = _picture(value)
            if picture:
                yield picture


def _picture(value: Any) -> Picture | None:
    if isinstance(value, str):
        return Picture(url=value.strip()) if value.strip() else None
    if not isinstance(value, dict):
        return None
    address = value.get("url") or value.get("contentUrl")
    address = read_jsonld.address_of(address)
    if not address:
        return None
    return Picture(
        url=address,
        width=_side(value.get("width")),
        height=_side(value.get("height")),
        alt=_words(value.get("caption")) or _words(value.get("description")),
        credit=_words(value.get("creditText")) or _words(value.get("author")),
    )


def _words(value: Any) -> str | None:
    return (line(read_jsonld.text(value)) or None) if value else None


def _side(value: Any) -> int | None:
    """Pixels from `1200`, `"1200px"` or `{"value": 1200}`."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("@value")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    found = _NUMBER.search(str(value))
    return int(found[0]) or None if found else None


def _from_meta(clues: Clues, name: str) -> Iterator[Picture]:
    addresses = clues.meta.get(name, ()) or clues.meta.get(f"{name}:url", ())
    addresses = addresses or clues.meta.get(f"{name}:src", ())
    widths = clues.meta.get(f"{name}:width", ())
    heights = clues.meta.get(f"{name}:height", ())
    alts = clues.meta.get(f"{name}:alt", ())
    for place, address in enumerate(addresses[:MAX_PICTURES]):
        yield Picture(
            url=address,
            width=_side(widths[place]) if place < len(widths) else None,
            height=_side(heights[place]) if place < len(heights) else None,
            alt=alts[place] if place < len(alts) else None,
        )


def _from_body(document: Document) -> Iterator[Picture]:
    """The first pictures inside the article, where the markup says what that is."""
    for node in document.tree.css("article figure img, main figure img, article img")[
        :12
    ]:
        attributes = node.attributes
        address = _source(node)
        width, height = _side(attributes.get("width")), _side(attributes.get("height"))
        if address:
            alt = line(attributes.get("alt")) or None
            yield Picture(url=address, width=width, height=height, alt=alt)


def _source(node: LexborNode) -> str | None:
    """The address of an image, also where a script would have put it in place."""
    attributes = node.attributes
    for key in ("data-src", "data-original", "data-lazy-src", "src"):
        value = (attributes.get(key) or "").strip()
        if value and not value.startswith("data:"):
            return value
    listed = (attributes.get("srcset") or attributes.get("data-srcset") or "").strip()
    return listed.split(",")[-1].split()[0] if listed.split(",")[-1].split() else None
