"""The pictures an entry names: Media RSS, enclosures, iTunes, and those in its HTML."""

from __future__ import annotations

import html as entities
import re
from typing import Final

from lxml import etree

from newsdesk.model.feed import Picture
from newsdesk.stages import parse_values
from newsdesk.stages.parse_values import Fields, Where
from newsdesk.text import html as html_words

MAX_PICTURES: Final = 6
"""More help nobody to choose one."""
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.I)
_ATTRIBUTE = re.compile(
    r"\s(src|alt|width|height)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I
)
_FROM_HTML = 2
_TRIED = 8
_SMALLEST = 50
"""Pixels; what is smaller counts readers or decorates."""


def pictures(
    fields: Fields, where: Where, html: str | None, base: str
) -> tuple[Picture, ...]:
    """Pictures, best first: declared ones by width, thumbnails, then those in the text.

    `base` is what relative addresses in the text start from.
    """
    found: dict[str, Picture] = {}
    if "image" in fields or "thumbnail" in fields or "link" in fields:
        for picture in (*_declared(fields, where), *_thumbnails(fields, where)):
            found.setdefault(picture.url, picture)
    if html and len(found) < MAX_PICTURES:
        for picture in in_html(html, base):
            found.setdefault(picture.url, picture)
    return tuple(found.values())[:MAX_PICTURES]


def _declared(fields: Fields, where: Where) -> list[Picture]:
    """The images of Media RSS and enclosures: the default one first, then by width."""
    found: list[tuple[bool, int, Picture]] = []
    credit = parse_values.first(fields, "media:credit", where)
    for _, element in fields.get("image", ()):
        kind = (element.get("type") or element.get("medium") or "").lower()
        url = parse_values.address(element.get("url"), element, where)
        if url and (kind.startswith("image") or (not kind and _IMAGE_FILE.search(url))):
            own = parse_values.fields(element, where) if len(element) else {}
            by = parse_values.first(own, "media:credit", where) or credit
            picture = _picture(element, url, html_words.fold(by or "") or None)
            is_default = element.get("isDefault") == "true"
            found.append((not is_default, -(picture.width or 0), picture))
    for _, element in fields.get("link", ()):
        if element.get("rel") == "enclosure":
            kind = (element.get("type") or "").lower()
            url = parse_values.address(element.get("href"), element, where)
            if url and kind.startswith("image/"):
                found.append((True, 0, _picture(element, url)))
    if len(found) > 1:
        found.sort(key=lambda row: row[:2])
    return [row[2] for row in found]


def _thumbnails(fields: Fields, where: Where) -> list[Picture]:
    found: list[Picture] = []
    for _, element in fields.get("thumbnail", ()):
        value = element.get("url") or element.get("href") or _image_text(element, where)
        url = parse_values.address(value, element, where)
        if url:
            found.append(_picture(element, url))
    return found


def _image_text(element: etree._Element, where: Where) -> str | None:
    if len(element):
        return parse_values.first(parse_values.fields(element, where), "url", where)
    value = parse_values.text(element, where)
    return value if value.startswith(("http", "/")) else None


def _picture(element: etree._Element, url: str, credit: str | None = None) -> Picture:
    return Picture(
        url=url,
        credit=credit,
        width=_pixels(element.get("width")),
        height=_pixels(element.get("height")),
    )


def in_html(html: str, base: str) -> list[Picture]:
    """The first pictures in a fragment, in order, without the tiny ones."""
    found: list[Picture] = []
    at = html.find("<img")
    for _ in range(_TRIED):
        if at < 0 or len(found) == _FROM_HTML:
            break
        end = html.find(">", at)
        tag = html[at : end if end >= 0 else len(html)][:4_000]
        picture = _from_tag(tag, base)
        if picture is not None:
            found.append(picture)
        at = html.find("<img", at + 4)
    return found


def _from_tag(tag: str, base: str) -> Picture | None:
    values = {
        name.lower(): double or single or bare
        for name, double, single, bare in reversed(_ATTRIBUTE.findall(tag))
    }
    source = entities.unescape(values.get("src", "").strip())
    width, height = _pixels(values.get("width")), _pixels(values.get("height"))
    if not source or min(width or 999, height or 999) < _SMALLEST:
        return None
    if not source.startswith(("http://", "https://")):
        source = parse_values.absolute(source, base) or ""
    alt = entities.unescape(values.get("alt", "")) or None
    return Picture(url=source, width=width, height=height, alt=alt) if source else None


def _pixels(value: str | None) -> int | None:
    if not value:
        return None
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", value)
    return int(found[1]) or None if found else None
