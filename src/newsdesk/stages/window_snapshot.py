"""A window of articles <-> bytes, for keeping between runs.

The bytes are good for the rule that made them only: with other settings, other constants
or another format they are not read, and the window is built again from its articles.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from dataclasses import asdict, fields
from typing import Any

from newsdesk.model.article import ArticleId
from newsdesk.stages import (
    borrowing,
    grouping,
    grouping_groups,
    weighing,
    window,
    window_lending,
    window_rows,
)
from newsdesk.stages.grouping import Settings
from newsdesk.stages.window import Window
from newsdesk.stages.window_rows import Held
from newsdesk.stages.window_terms import Climate, Rarity
from newsdesk.text import word_spread

FORMAT = 2
QUICK = 1
"""zlib's level: the rows hardly become smaller with a higher one."""
MAX_BYTES = 4_000_000_000
"""Unpacked; a snapshot that says it is larger is not read."""
_ROWS = tuple(one.name for one in fields(Held) if one.name not in ("ids", "words"))


def snapshot(of: Window, number: int) -> bytes:
    """The window, packed, but for which group an article is in. `number` is kept with it.
    The same window gives the same bytes."""
    held, climate = of.rows.held, of.climate
    rows = [getattr(held, name).tobytes() for name in _ROWS]
    texts = ["\n".join(held.ids).encode(), "\n".join(held.words).encode()]
    parts = [*rows, *texts, *(one.tobytes() for one in _ties(of))]
    head = {
        "format": FORMAT,
        "rule": rule(of.settings, of.reach),
        "number": number,
        "sizes": [len(part) for part in parts],
        "asked": climate.asked,
        "lends": climate.lends,
        "day": climate.day,
        "base": climate.base,
        "size": climate.size,
        "rarities": {
            tongue: [rare.many, sorted(rare.items())]
            for tongue, rare in sorted(climate.rarities.items())
        },
    }
    told = json.dumps(head).encode()
    body = len(told).to_bytes(4, "big") + told + b"".join(parts)
    return len(body).to_bytes(8, "big") + zlib.compress(body, QUICK)


def restored(
    data: bytes, settings: Settings, *, reach: float
) -> tuple[Window, int] | None:
    """The window that was packed, each article a group of its own, and the number kept
    with it; None where it was packed by another rule, or is damaged."""
    try:
        body = _unpacked(data)
        start = 4 + int.from_bytes(body[:4], "big")
        head = json.loads(bytes(body[4:start]))
        if (head["format"], head["rule"]) != (FORMAT, rule(settings, reach)):
            return None
        empty = Window(settings, _climate(head), reach=reach)
        return _filled(empty, head, body, start), int(_float(head["number"]))
    except (ValueError, KeyError, TypeError, IndexError, zlib.error):
        return None


def rule(settings: Settings, reach: float) -> str:
    """What a snapshot depends on besides its articles, as a short digest."""
    told = (
        FORMAT,
        sys.byteorder,
        sorted(asdict(settings).items()),
        (reach, window_rows.POSTED_TERMS, window_rows.SCALE, window.SLACK),
        (borrowing.LENDERS, borrowing.STRONGEST_TERMS, window_lending.REMEMBERED),
        (weighing.TITLE_WEIGHT, weighing.TEXT_READ, weighing.STRONGEST_TERMS),
        (weighing.PRIOR_ARTICLES, weighing.AT_LARGE, word_spread.RAREST),
        (
            grouping_groups.STRANGERS,
            grouping.SAMPLED,
            grouping.LARGER,
            grouping.HIGHEST,
            grouping.MOST_ON_TOP,
            grouping.LEAST_NEAR,
        ),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _unpacked(data: bytes) -> memoryview:
    size = int.from_bytes(data[:8], "big")
    if size > MAX_BYTES:
        raise ValueError("larger than a window can be")
    unpacking = zlib.decompressobj()
    body = unpacking.decompress(memoryview(data)[8:], size + 1)
    if len(body) != size or not unpacking.eof:
        raise ValueError("not as long as it says")
    return memoryview(body)


def _climate(head: dict[str, Any]) -> Climate:
    return Climate(
        rarities={
            tongue: Rarity(dict(known), many, tongue)
            for tongue, (many, known) in head["rarities"].items()
        },
        asked=_float(head["asked"]),
        lends=_float(head["lends"]),
        day=int(_float(head["day"])),
        base=int(_float(head["base"])),
        size=int(_float(head["size"])),
    )


def _filled(made: Window, head: dict[str, Any], body: memoryview, at: int) -> Window:
    parts = []
    for size in head["sizes"]:
        parts.append(body[at : at + size])
        at += size
    *rows, ids, words = parts[: len(_ROWS) + 2]
    held = made.rows.held
    for name, row in zip(_ROWS, rows, strict=True):
        setattr(held, name, _read(getattr(held, name).typecode, row))
    held.ids = [ArticleId(one) for one in bytes(ids).decode().split("\n") if one]
    held.words = bytes(words).decode().split("\n")
    tied = map(_read, _TIES, parts[len(_ROWS) + 2 :])
    links, copies, wide, sizes, terms, weights, lenders, likeness = tied
    made.rows.index(_wide(wide, sizes, terms, weights))
    made.index()
    for ties, rows_ in ((made.links, links), (made.copies, copies)):
        for one, other in zip(rows_[::2], rows_[1::2], strict=True):
            ties.tie(one, other)
    made.lending.index(zip(lenders[::2], lenders[1::2], likeness, strict=True))
    return made


_TIES = "IIIIIHId"
"""How the parts that `_ties` gives are typed."""


def _ties(of: Window) -> list[array[Any]]:
    """Links, copies, what is borrowed, and from whom it could be."""
    wide = of.rows.packed_wide()
    near = of.lending.packed()
    return [
        array("I", [place for pair in of.links.pairs() for place in pair]),
        array("I", [place for pair in of.copies.pairs() for place in pair]),
        array("I", [place for place, _, _ in wide]),
        array("I", [len(terms) for _, terms, _ in wide]),
        array("I", [number for _, terms, _ in wide for number in terms]),
        array("H", [weight for _, _, weights in wide for weight in weights]),
        array("I", [place for one, other, _ in near for place in (one, other)]),
        array("d", [likeness for _, _, likeness in near]),
    ]


def _wide(
    places: array[int], sizes: array[int], terms: array[int], weights: array[int]
) -> dict[int, tuple[array[int], array[int]]]:
    found, at = {}, 0
    for place, size in zip(places, sizes, strict=True):
        found[place] = (terms[at : at + size], weights[at : at + size])
        at += size
    return found


def _read(typecode: str, data: memoryview) -> array[Any]:
    kept: array[Any] = array(typecode)
    kept.frombytes(data)
    return kept


def _float(value: object) -> float:
    if not isinstance(value, int | float):
        raise ValueError("no number")
    return float(value)
