"""The content folder, where a record lies among the news or in the archive.

Whoever reads or writes a record names it by its path among the news; here that leads to
the file, wherever it lies. A move is one rename: a kill leaves the record in one of the
two places, never in both or in none.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from newsdesk.model.errors import DeliveryError
from newsdesk.model.ports import Sink
from newsdesk.model.run import Unmade, Written
from newsdesk.text import shelves


class RecordFolder:
    """Implements `model.ports.ContentSink` through a sink for the same `folder`."""

    def __init__(self, sink: Sink, folder: Path) -> None:
        self._sink = sink
        self._folder = folder

    def write(
        self, files: Iterable[tuple[str, bytes | Unmade]], *, prune: bool = False
    ) -> Written:
        """As the sink below, with each record in its place; its errors too."""
        return self._sink.write(self._placed(files), prune=prune)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        return self._sink.read(self._place(path))

    def holds(self, path: str) -> bool:
        """Whether there is a file at the path, or the record in the archive."""
        return self._sink.holds(self._place(path))

    def keep(self, paths: Collection[str]) -> tuple[str, ...]:
        """Remove what was written before and is not among these; the paths removed."""
        return self._sink.keep({self._place(path) for path in paths})

    def records(self) -> frozenset[str]:
        """Paths of the records that lie among the news."""
        return frozenset(self._names(shelves.NEWS))

    def archive(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Move records to the archive; those that were moved. One whose place there is
        taken stays where it is.

        DeliveryError: the system refused; what was moved before it stays moved.
        """
        moved = []
        target = self._folder / shelves.archived(shelves.NEWS)
        try:
            for path in paths:
                place = self._folder / shelves.archived(path)
                if place.exists():
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                (self._folder / path).rename(place)
                moved.append(path)
            if moved:
                _sync(target)
                _sync(self._folder / shelves.NEWS)
        except OSError as error:
            raise DeliveryError(
                f"cannot move {error.filename or self._folder} to the archive: "
                f"{error.strerror}; check permissions, then run again"
            ) from error
        return tuple(moved)

    def _placed(
        self, files: Iterable[tuple[str, bytes | Unmade]]
    ) -> Iterator[tuple[str, bytes | Unmade]]:
        old = frozenset(self._names(shelves.archived(shelves.NEWS)))
        for path, content in files:
            if old and shelves.archived(path) in old:
                yield self._place(path), content
            else:
                yield path, content

    def _place(self, path: str) -> str:
        """Where a file lies: a record that is not among the news may be archived."""
        if not shelves.is_record(path) or self._sink.holds(path):
            return path
        other = shelves.archived(path)
        return other if self._sink.holds(other) else path

    def _names(self, below: str) -> Iterator[str]:
        """Paths of the records right below a folder."""
        folder = self._folder / below
        if folder.is_dir():
            with os.scandir(folder) as entries:
                yield from (
                    below + one.name for one in entries if one.name.endswith(".md")
                )


def _sync(folder: Path) -> None:
    """The names in a folder, onto the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
