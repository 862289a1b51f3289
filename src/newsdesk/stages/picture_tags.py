"""Pictures as markup shows them: `img`, `amp-img` and `picture`, lazy ones too.

A picture that a script would put in place stands in some attribute; of several widths
the largest sensible one is taken (srcset as in HTML, 4.8.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from newsdesk.model.feed import Picture
from newsdesk.stages.picture_words import alternative

SENSIBLE = 2_000
"""Pixels of width beyond which more is no use to anyone: the site shows 1200."""
MAX_LISTED = 40
MAX_SRCSET = 16_000
MAX_SOURCES = 8

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-orig-file",
    "data-large-file", "data-full-src", "data-hi-res-src", "data-src-large", "data-image",
    "data-img-src", "data-url", "data-img", "data-cfsrc", "data-echo", "data-delayed-url",
    "data-pin-media", "data-srclazy", "data-raw-src", "data-runner-src",
)  # fmt: skip
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set")
_NUMBER = re.compile(r"\d{1,5}")
_WIDTH_SLOT = re.compile(r"\{\{?\s*(?:width|w|size)\s*\}?\}|%7Bwidth%7D", re.I)
_WIDTHS = re.compile(r"\d{2,4}")
_STAND_IN = re.compile(
    r"^(?:data:|about:|#|javascript:|blob:)|(?:^|/)(?:blank|1x1)\.", re.I
)


def picture(node: LexborNode) -> Picture | None:
    """The picture that an image element shows, its address as written; None for none."""
    attributes = node.attributes
    address, width = _largest(node, attributes)
    if address is None:
        return None
    shown = pixels(attributes.get("width")), pixels(attributes.get("height"))
    height = shown[1]
    if width and shown[0] and shown[1]:
        height = round(width * shown[1] / shown[0])
    elif width:
        height = None
    return Picture(
        url=address,
        width=width or shown[0],
        height=height,
        alt=alternative(attributes.get("alt")),
    )


def pixels(value: str | None) -> int | None:
    """Pixels from `1200` or `1200px`; None where it is something else, as a share."""
    if not value or "%" in value or "vw" in value:
        return None
    found = _NUMBER.match(value.strip())
    return int(found[0]) or None if found else None


def srcset(value: str) -> Iterator[tuple[str, float, str]]:
    """(address, number, `w` or `x`) of each candidate; `1x` where none is given."""
    rest = value[:MAX_SRCSET].strip()
    for _ in range(MAX_LISTED):
        rest = rest.lstrip(" \t\r\n\f,")
        if not rest:
            return
        address, *more = rest.split(None, 1)
        rest = more[0] if more else ""
        if address.endswith(","):
            yield address.rstrip(","), 1.0, "x"
            continue
        told, _, rest = rest.partition(",")
        found = re.fullmatch(r"\s*(?:\S+\s+)?(\d{1,5}(?:\.\d{1,3})?)([wx])\b.*", told)
        yield (address, float(found[1]), found[2]) if found else (address, 1.0, "x")


def _largest(
    node: LexborNode, attributes: Mapping[str, str | None]
) -> tuple[str | None, int | None]:
    """The best address of an image, and its width where that is said."""
    listed: list[tuple[str, float, str]] = []
    for value in _sets(node, attributes):
        listed.extend(srcset(value))
    listed = [one for one in listed if not _STAND_IN.search(one[0])]
    wide = [one for one in listed if one[2] == "w"]
    if wide:
        fitting = [one for one in wide if one[1] <= SENSIBLE]
        best = (
            max(fitting, key=lambda one: one[1])
            if fitting
            else min(wide, key=lambda one: one[1])
        )
        return best[0], int(best[1]) or None
    for name in _LAZY:
        value = (attributes.get(name) or "").strip()
        if value and not _STAND_IN.search(value) and "{" not in value.replace("{w", ""):
            return _filled(value, attributes)
    if listed:
        return max(listed, key=lambda one: one[1])[0], None
    value = (attributes.get("src") or "").strip()
    if value and not _STAND_IN.search(value):
        return _filled(value, attributes)
    return None, None


def _sets(node: LexborNode, attributes: Mapping[str, str | None]) -> Iterator[str]:
    for name in ("srcset", *_LAZY_SETS):
        if value := attributes.get(name):
            yield value
    above = node.parent
    if above is None or above.tag != "picture":
        return
    for source in above.css("source")[:MAX_SOURCES]:
        if _is_for_few(source.attributes.get("media")):
            continue
        for name in ("srcset", *_LAZY_SETS):
            if value := source.attributes.get(name):
                yield value


def _is_for_few(media: str | None) -> bool:
    """Whether a source is for print or for the dark: another picture, perhaps."""
    return bool(media) and ("print" in str(media) or "dark" in str(media))


def _filled(
    address: str, attributes: Mapping[str, str | None]
) -> tuple[str | None, int | None]:
    """The address with the width put where a script would put it."""
    if not _WIDTH_SLOT.search(address):
        return (address, None) if "{" not in address else (None, None)
    listed = _WIDTHS.findall(attributes.get("data-widths") or "")
    fitting = [int(one) for one in listed[:MAX_LISTED] if int(one) <= SENSIBLE]
    if not fitting:
        return None, None
    width = max(fitting)
    return _WIDTH_SLOT.sub(str(width), address), width
