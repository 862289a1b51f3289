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

from newsdesk.model.article import ArticleId
from newsdesk.stages import grouping, grouping_groups, weighing, window
from newsdesk.stages.window import Held, Window
from newsdesk.stages.window_terms import Rarity
from newsdesk.text import word_spread

FORMAT = 1
QUICK = 1
"""zlib's level: the rows hardly become smaller with a higher one."""
MAX_BYTES = 4_000_000_000
"""Unpacked; a snapshot that says it is larger is not read."""
_ROWS = tuple(one.name for one in fields(Held) if one.name not in ("ids", "words"))


def snapshot(of: Window) -> bytes:
    """The window, packed. The same window gives the same bytes."""
    held = of.held
    rows = [getattr(held, name).tobytes() for name in _ROWS]
    texts = ["\n".join(held.ids).encode(), "\n".join(held.words).encode()]
    parts = [*rows, *texts]
    head = {
        "format": FORMAT,
        "rule": rule(of),
        "sizes": [len(part) for part in parts],
        "asked": of.asked,
        "built_of": of.built_of,
        "built_at": of.built_at,
        "newest": of.newest,
        "rarities": {
            tongue: [rare.many, sorted(rare.items())]
            for tongue, rare in sorted(of.rarities.items())
        },
    }
    told = json.dumps(head).encode()
    body = len(told).to_bytes(4, "big") + told + b"".join(parts)
    return len(body).to_bytes(8, "big") + zlib.compress(body, QUICK)


def restored(data: bytes, like: Window) -> Window | None:
    """The window that was packed; None where it was packed by another rule than that of
    `like`, an empty window, or is damaged."""
    try:
        body = _unpacked(data)
        head = json.loads(
            bytes(body[4 : (start := 4 + int.from_bytes(body[:4], "big"))])
        )
        if (head["format"], head["rule"]) != (FORMAT, rule(like)):
            return None
        return _filled(like, head, body, start)
    except (ValueError, KeyError, TypeError, IndexError, zlib.error):
        return None


def rule(of: Window) -> str:
    """What a snapshot depends on besides its articles, as a short digest."""
    told = (
        FORMAT,
        sys.byteorder,
        sorted(asdict(of.settings).items()),
        (of.reach, of.sticky, window.POSTED_TERMS, window.SCALE),
        (weighing.TITLE_WEIGHT, weighing.TEXT_READ, weighing.STRONGEST_TERMS),
        (weighing.PRIOR_ARTICLES, weighing.AT_LARGE, word_spread.RAREST),
        (
            grouping_groups.STRANGERS,
            grouping.SAMPLED,
            grouping.HIGHEST,
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


def _filled(like: Window, head: dict[str, object], body: memoryview, at: int) -> Window:
    made = Window(
        like.settings, reach=like.reach, sticky=like.sticky, asked=_float(head["asked"])
    )
    made.built_of = int(_float(head["built_of"]))
    made.built_at, made.newest = _float(head["built_at"]), _float(head["newest"])
    parts = []
    sizes = head["sizes"]
    assert isinstance(sizes, list)
    for size in sizes:
        parts.append(body[at : at + size])
        at += size
    *rows, ids, words = parts
    for name, row in zip(_ROWS, rows, strict=True):
        empty: array[int] = getattr(made.held, name)
        kept = array(empty.typecode)
        kept.frombytes(row)
        setattr(made.held, name, kept)
    made.held.ids = [ArticleId(one) for one in bytes(ids).decode().split("\n") if one]
    made.held.words = bytes(words).decode().split("\n")
    rarities = head["rarities"]
    assert isinstance(rarities, dict)
    made.rarities = {
        tongue: Rarity(dict(known), many, tongue)
        for tongue, (many, known) in rarities.items()
    }
    made.index()
    return made


def _float(value: object) -> float:
    if not isinstance(value, int | float):
        raise ValueError("no number")
    return float(value)
