"""A text as what it has of an older one, and what is new in it.

Files that are written again and again differ in few places. Both are cut after spaces,
line ends, commas, tags and braces, so that a page and a JSON document on one line alike
fall into small pieces; what comes back is which runs of the older one's pieces to take,
and what to put between.
"""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator

_PIECE = re.compile(rb"[^\n },>]*[\n },>]|[^\n },>]+\Z")
_LEVEL = 9
"""Kept for long and written seldom, so as small as zlib makes it."""


def packed(text: bytes) -> bytes:
    """A text by itself."""
    return zlib.compress(text, _LEVEL)


def unpacked(data: bytes) -> bytes:
    """The text that `packed` packed. zlib.error: it is none."""
    return zlib.decompress(data)


def delta(base: bytes, text: bytes) -> bytes:
    """How `text` comes of `base`; `restored` undoes it."""
    steps: list[list[int] | int] = []
    new: list[bytes] = []
    for step in _steps(_PIECE.findall(base), _PIECE.findall(text)):
        if isinstance(step, bytes):
            new.append(step)
            steps.append(len(step))
        else:
            steps.append([step[0], step[1]])
    head = json.dumps(steps, separators=(",", ":")).encode()
    return packed(head + b"\n" + b"".join(new))


def restored(base: bytes, data: bytes) -> bytes:
    """The text that `delta` told by `base`. ValueError or zlib.error: it is damaged."""
    head, _, new = unpacked(data).partition(b"\n")
    pieces = _PIECE.findall(base)
    found, at = [], 0
    for step in json.loads(head):
        if isinstance(step, int):
            found.append(new[at : at + step])
            at += step
        else:
            found += pieces[step[0] : step[0] + step[1]]
    return b"".join(found)


def _steps(old: list[bytes], new: list[bytes]) -> Iterator[tuple[int, int] | bytes]:
    """Runs of old pieces (place, how many), and between them what is new."""
    places: dict[bytes, list[int]] = {}
    for place, piece in enumerate(old):
        places.setdefault(piece, []).append(place)
    start = count = 0
    fresh: list[bytes] = []
    for piece in new:
        if count and start + count < len(old) and old[start + count] == piece:
            count += 1
            continue
        if count:
            yield start, count
        there = places.get(piece)
        if there is None:
            count = 0
            fresh.append(piece)
            continue
        if fresh:
            yield b"".join(fresh)
            fresh = []
        # Of pieces that stand in several places the next one: the run goes on longer.
        start, count = _next(there, start), 1
    if count:
        yield start, count
    if fresh:
        yield b"".join(fresh)


def _next(places: list[int], after: int) -> int:
    at = bisect_right(places, after)
    return places[at] if at < len(places) else places[0]
