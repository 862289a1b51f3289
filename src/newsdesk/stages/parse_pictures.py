"""The pictures an entry names: Media RSS, enclosures, iTunes, and those in its HTML."""

from __future__ import annotations

import html as entities
import re
from typing import Final

from lxml import etree

from newsdesk.model.feed import Picture
from newsdesk.stages import parse_values
from newsdesk.stages.parse_values import Where

MAX_PICTURES: Final = 6
"""More help nobody to choose one."""
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.I)
_ATTRIBUTE = re.compile(r"\s(src|alt|width|height)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_SMALLEST = 50
"""Pixels; what is smaller counts readers or decorates."""


def pictures(
    fields: dict[str, list[etree._Element]], where: Where, html: str | None
) -> tuple[Picture, ...]:
    """Pictures, best first: declared ones by width, thumbnails, then those in the text."""
    found: dict[str, Picture] = {}
    for picture in (*_declared(fields, where), *_thumbnails(fields, where)):
        found.setdefault(picture.url, picture)
    if html and "<img" in html:
        for picture in in_html(html, where.url):
            found.setdefault(picture.url, picture)
    return tuple(found.values())[:MAX_PICTURES]


def _declared(fields: dict[str, list[etree._Element]], where: Where) -> list[Picture]:
    found: list[tuple[bool, int, Picture]] = []
    for element in (*fields.get("media:content", ()), *fields.get("enclosure", ())):
        kind = (element.get("type") or element.get("medium") or "").lower()
        url = parse_values.address(element.get("url"), element, where)
        if url and (kind.startswith("image") or (not kind and _IMAGE_FILE.search(url))):
            picture = _picture(element, url)
            is_default = element.get("isDefault") == "true"
            found.append((not is_default, -(picture.width or 0), picture))
    for element in fields.get("link", ()):
        kind = (element.get("type") or "").lower()
        if element.get("rel") == "enclosure" and kind.startswith("image/"):
            url = parse_values.address(element.get("href"), element, where)
            if url:
                found.append((True, 0, _picture(element, url)))
    found.sort(key=lambda row: row[:2])
    return [row[2] for row in found]


def _thumbnails(fields: dict[str, list[etree._Element]], where: Where) -> list[Picture]:
    found: list[Picture] = []
    for name in ("media:thumbnail", "itunes:image", "image", "googleplay:image"):
        for element in fields.get(name, ()):
            value = element.get("url") or element.get("href") or _image_text(element, where)
            url = parse_values.address(value, element, where)
            if url:
                found.append(_picture(element, url))
    return found


def _image_text(element: etree._Element, where: Where) -> str | None:
    if len(element):
        for child in parse_values.children(element, where).get("url", ()):
            return parse_values.text(child, where)
        return None
    value = parse_values.text(element, where)
    return value if value.startswith(("http", "/")) else None


def _picture(element: etree._Element, url: str) -> Picture:
    return Picture(
        url=url, width=_pixels(element.get("width")), height=_pixels(element.get("height"))
    )


def in_html(html: str, base: str) -> list[Picture]:
    """The pictures in a fragment, in order, without the tiny ones."""
    found: list[Picture] = []
    at = html.find("<img")
    while at >= 0 and len(found) < MAX_PICTURES:
        end = html.find(">", at)
        tag = html[at : end if end >= 0 else len(html)][:4_000]
        picture = _from_tag(tag, base)
        if picture is not None:
            found.append(picture)
        at = html.find("<img", at + 4)
    return found


def _from_tag(tag: str, base: str) -> Picture | None:
    values = {
        name.lower(): entities.unescape(double or single or bare)
        for name, double, single, bare in reversed(_ATTRIBUTE.findall(tag))
    }
    url = parse_values.absolute(values.get("src", "").strip(), base)
    width, height = _pixels(values.get("width")), _pixels(values.get("height"))
    if not values.get("src") or url is None or min(width or 999, height or 999) < _SMALLEST:
        return None
    return Picture(url=url, width=width, height=height, alt=values.get("alt") or None)


def _pixels(value: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", value or "")
    return int(found[1]) or None if found else None
