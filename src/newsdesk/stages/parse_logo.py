"""The logo that a feed gives of itself: RSS `image`, Atom `logo` and `icon`, iTunes.

Of the feed as a whole; pictures of its items are for `parse_pictures`.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from newsdesk.model.feed import Picture
from newsdesk.stages import parse_names, parse_values
from newsdesk.stages.parse_values import Where

# Best first: what is drawn for it, then the square that podcasts ask for, then the icon.
_NAMES = ("image", "logo", "itunes:image", "icon")
MAX_CHILDREN = 200
"""Children of the channel that are looked at: a logo stands above the items."""
LARGEST = 4_000
"""Pixels of a side; more is a slip."""


def logo(channel: etree._Element, where: Where) -> Picture | None:
    """The feed's logo, with its size where it is told; None: it names none."""
    found: dict[str, Picture] = {}
    for child in islice(channel, MAX_CHILDREN):
        name = parse_names.name(child, where.core)
        if name in _NAMES and name not in found:
            picture = _picture(child, where)
            if picture:
                found[name] = picture
    return next((found[name] for name in _NAMES if name in found), None)


def _picture(element: etree._Element, where: Where) -> Picture | None:
    told = {
        parse_names.name(child, where.core): parse_values.text(child, where)
        for child in element
    }
    raw = told.get("url") or element.get("href") or element.get("url")
    if not raw and not len(element):
        raw = parse_values.text(element, where)
    url = parse_values.address(raw, element, where)
    if not url or not url.startswith(("http://", "https://")):
        return None
    width, height = _pixels(told.get("width")), _pixels(told.get("height"))
    both = width and height
    return Picture(
        url=url, width=width if both else None, height=height if both else None
    )


def _pixels(text: str | None) -> int | None:
    is_number = text is not None and text.isascii() and text.isdigit()
    pixels = int(text[:6]) if text and is_number else 0
    return pixels if 0 < pixels <= LARGEST else None
