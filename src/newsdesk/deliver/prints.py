"""What the files of a folder were made from, so that they need not be made again.

A line a file: its mark, its size and the instant of its last change, then its path. A
file that somebody touched since, that was put back from a copy, or that a killed write
left, has another size or instant than stands here, and is made anew. The list may be lost
at any time: that costs one full build.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


class Prints:
    """The list for the files below `folder`, read from `place`."""

    def __init__(self, folder: Path, place: Path) -> None:
        self._folder = os.fspath(folder)
        self._place = place
        self._known = _read(place)
        self._now: dict[str, str] = {}

    def holds(self, path: str, mark: str) -> bool:
        """Whether the file is there as it was made from the same."""
        known = self._known.get(path)
        if known is None or not known.startswith(mark):
            return False
        if known != self._stamp(path, mark):
            return False
        self._now[path] = known
        return True

    def note(self, made: Mapping[str, str]) -> None:
        """These files were made from what their marks say, and are in place."""
        for path, mark in made.items():
            stamp = self._stamp(path, mark)
            if stamp is not None:
                self._now[path] = stamp

    def content(self, *, prune: bool) -> bytes | None:
        """What is to be kept of the list: with `prune` only the files met since it was
        read. None: it is what it was."""
        now = self._now if prune else self._known | self._now
        if now == self._known:
            return None
        return "".join(f"{told}\t{path}\n" for path, told in now.items()).encode(
            "utf-8", "surrogateescape"
        )

    def _stamp(self, path: str, mark: str) -> str | None:
        try:
            found = os.stat(f"{self._folder}/{path}")  # noqa: PTH116 - a site has many
        except OSError:
            return None
        return f"{mark} {found.st_size} {found.st_mtime_ns}"


def _read(place: Path) -> dict[str, str]:
    try:
        text = place.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return {}
    known = {}
    for line in text.split("\n"):
        told, tab, path = line.partition("\t")
        if tab:
            known[path] = told
    return known
