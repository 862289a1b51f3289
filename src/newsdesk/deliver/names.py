"""Names of files: what every system can hold, below a folder and apart from others."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

# Cannot stand in names, or mean a folder on other systems.
FORBIDDEN = frozenset({"\\", "\x7f", *map(chr, range(32))})
LONGEST = 255
"""Bytes of a name; what common file systems take."""
TEMPORARY = ".newsdesk-writing-"
"""How names of files half written begin."""


def objections(path: str) -> Iterable[str]:
    """Why a path cannot be a file below a folder, on any system."""
    parts = path.split("/")
    if path.startswith("/"):
        yield "it must be relative"
    if any(part in ("", ".", "..") for part in parts):
        yield "it has an empty part or leads upwards"
    if not FORBIDDEN.isdisjoint(path):
        yield "it holds a character that some systems refuse"
    if any(_is_too_long(part) for part in parts):
        yield f"a part of it is no text or longer than {LONGEST} bytes"
    if any(part.startswith(TEMPORARY) for part in parts):
        yield "that name is for files half written"


def _is_too_long(name: str) -> bool:
    try:
        return len(os.fsencode(name)) > LONGEST
    except UnicodeEncodeError:
        return True


def folded(path: str) -> str:
    """What a path is to a file system that ignores case."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def beside(place: Path) -> Path:
    """Where a file is written before it takes its place: always the same name, so that
    a leftover can be found."""
    digest = sha256(os.fsencode(place.name)).hexdigest()[:16]
    return place.with_name(TEMPORARY + digest)
