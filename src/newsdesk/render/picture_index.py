"""The index of cached pictures: which files are the copies of which address.

It lies beside the copies, for us to remember them by and for whoever reads the API to
find them. What it says is only as true as the files are there; that is for others to see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from newsdesk.model.picture import PictureCopy, Rendition
from newsdesk.render import addresses

_FILE = re.compile(
    rf"{addresses.PICTURES}/[0-9a-f]{{16}}(?:-\d{{1,5}})?\.(?:webp|avif)"
)


def written(copies: Mapping[str, PictureCopy]) -> bytes:
    """The index as JSON, by address."""
    document = {
        url: {
            "width": copy.width,
            "height": copy.height,
            "webp": [_listed(one) for one in copy.webp],
            "avif": [_listed(one) for one in copy.avif],
        }
        for url, copy in sorted(copies.items())
    }
    rows = (
        f"{json.dumps(url, ensure_ascii=False)}: {json.dumps(one)}"
        for url, one in document.items()
    )
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode("utf-8", "replace")


def read(content: bytes | None) -> dict[str, PictureCopy]:
    """The copies that an index lists; what is damaged is left out."""
    try:
        document = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    found = ((url, _copy(one)) for url, one in document.items())
    return {url: copy for url, copy in found if copy}


def _listed(one: Rendition) -> list[object]:
    return [one.path, one.width, one.height]


def _copy(value: Any) -> PictureCopy | None:
    try:
        copy = PictureCopy(
            width=_side(value["width"]),
            height=_side(value["height"]),
            webp=tuple(map(_rendition, value["webp"])),
            avif=tuple(map(_rendition, value["avif"])),
        )
    except (KeyError, TypeError, ValueError):
        return None
    return copy if copy.webp else None


def _rendition(value: Any) -> Rendition:
    path, width, height = value
    if not _FILE.fullmatch(path):
        raise ValueError(f"{path!r} is no file of a picture")
    return Rendition(path=path, width=_side(width), height=_side(height))


def _side(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(f"{value!r} is no number of pixels")
    return value
