"""Files into a folder: only what changed, each whole or not at all.

A file is written beside its place, synced, then renamed over it, so that a reader or a
kill never meets half of one. What this sink wrote stands in a manifest, and only that
is ever removed. While a write is under way a journal beside the manifest names each
file before it is touched: the next write after a kill clears the leftovers it names and
goes on as if nothing had been.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from newsdesk.deliver import names
from newsdesk.deliver.journal import Journal, checksum
from newsdesk.deliver.prints import Prints
from newsdesk.model.errors import DeliveryError
from newsdesk.model.run import Unmade, Written

# Files synced together: the disk takes many at little more than the price of one. A kill
# costs what is not yet in place, so batches stay small beside what a run takes to make.
FILES_AT_ONCE = 256
BYTES_AT_ONCE = 16_000_000
SYNCS_AT_ONCE = 16


class FolderSink:
    """Implements `model.ports.Sink` over `folder`; `manifest` lies outside of it."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        self._folder = folder
        self._resolved: Path | None = None
        self._manifest = manifest
        self._journal = manifest.with_name(manifest.name + ".journal")
        self._prints = manifest.with_name(manifest.name + ".prints")

    def write(
        self, files: Iterable[tuple[str, bytes | Unmade]], *, prune: bool = False
    ) -> Written:
        """Write what changed, each file whole or not at all. With `prune`, files that
        this sink wrote before and that are not given now are removed. What is not made
        yet is made where its file is not as it was made from the same.

        DeliveryError: a path leaves the folder, cannot be a file everywhere, or differs
        from another in case alone; or the system refused. Some of what came before it
        is in place then, and the next write clears up.
        """
        try:
            prints = Prints(self._folder, self._prints)
            batch = _Batch(own=self._recover())
            if not prune:  # what stays beside the files given can collide with them
                batch.folded.update((names.folded(path), path) for path in batch.own)
            with Journal(self._journal) as journal:
                for path, content in files:
                    if isinstance(content, Unmade):
                        if path in batch.own and prints.holds(path, content.mark):
                            batch.give(path)
                            batch.unchanged += 1
                            continue
                        batch.marks[path] = content.mark
                        content = content.make()
                    self._write_one(path, content, batch, journal)
                    if batch.is_full:
                        _put_in_place(batch)
                _put_in_place(batch)
                if prune:
                    self._prune(batch)
                _sync_folders(batch.folders)
            self._keep_manifest(batch)
            prints.note(batch.marks)
            _keep(self._prints, prints.content(prune=prune))
        except OSError as error:
            raise DeliveryError(
                f"cannot write {error.filename or self._folder}: {error.strerror}; "
                "check permissions and free space, then run again"
            ) from error
        return batch.written()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        place = self._place(path)
        try:
            return place.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def holds(self, path: str) -> bool:
        """Whether there is a file at the path."""
        return self._place(path).is_file()

    def keep(self, paths: Collection[str]) -> tuple[str, ...]:
        """Remove what this sink wrote before and is not among these; the paths removed.

        DeliveryError: the system refused.
        """
        try:
            batch = _Batch(own=self._recover(), given=set(paths))
            if batch.own <= batch.given:
                return ()
            batch.folded.update((names.folded(path), path) for path in batch.given)
            self._prune(batch)
            _sync_folders(batch.folders)
            self._keep_manifest(batch)
        except OSError as error:
            raise DeliveryError(
                f"cannot remove {error.filename or self._folder}: {error.strerror}; "
                "check permissions, then run again"
            ) from error
        return tuple(batch.removed)

    def _write_one(
        self, path: str, content: bytes, batch: _Batch, journal: Journal
    ) -> None:
        place = self._place(path)
        batch.give(path)
        known = _known(place, content)
        if known is True:
            batch.unchanged += 1
            return
        if place.parent not in batch.folders:
            self._make_folder(place.parent, batch)
        journal.note(path, content)
        batch.waiting.append(place)
        batch.waiting_bytes += len(content)
        names.beside(place).write_bytes(content)
        (batch.added if known is None else batch.changed).append(path)
        batch.own.add(path)

    def _make_folder(self, folder: Path, batch: _Batch) -> None:
        """The folder is there, and below ours: nothing to ask of one that is made now,
        below one that was asked about."""
        batch.folders.add(folder)
        above = folder.parent
        if folder != self._folder and above not in batch.safe:
            self._guard(above)
            above.mkdir(parents=True, exist_ok=True)
            batch.safe.add(above)
        try:
            folder.mkdir(parents=folder == self._folder)
        except FileExistsError:
            self._guard(folder)

    def _place(self, path: str) -> Path:
        """Where a path leads. DeliveryError: not to a file below the folder."""
        for reason in names.objections(path):
            raise DeliveryError(f"cannot write {path!r}: {reason}")
        return self._folder / path

    @property
    def _real_folder(self) -> Path:
        if self._resolved is None:
            self._resolved = self._folder.resolve()
        return self._resolved

    def _guard(self, parent: Path) -> None:
        """DeliveryError: links below our folder lead out of it."""
        if not parent.resolve().is_relative_to(self._real_folder):
            raise DeliveryError(
                f"cannot write into {parent}: a link leads out of {self._folder}; "
                "replace it with a folder"
            )

    def _prune(self, batch: _Batch) -> None:
        for path in sorted(batch.own - batch.given):
            place = self._folder / path
            self._guard(place.parent)
            renamed = batch.folded.get(names.folded(path))
            if renamed is None or not _is_same(place, self._folder / renamed):
                with suppress(FileNotFoundError, NotADirectoryError):
                    place.unlink()
                    batch.removed.append(path)
                    batch.folders.add(place.parent)
            batch.own.discard(path)
            self._drop_empty(place.parent)

    def _drop_empty(self, folder: Path) -> None:
        """Removes folders that pruning emptied, up to ours."""
        while folder != self._folder:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:  # not empty
                return
            folder = folder.parent

    def _recover(self) -> set[str]:
        """What this sink wrote, a killed write's part included; clears its leftovers."""
        self._resolved = None
        noted = Journal(self._journal).read()
        for path in noted:
            with suppress(FileNotFoundError, NotADirectoryError):
                names.beside(self._folder / path).unlink()
        done = {path for path, sum_ in noted.items() if sum_ == self._checksum(path)}
        return self._read_manifest() | done

    def _checksum(self, path: str) -> str | None:
        content = self.read(path)
        return None if content is None else checksum(content)

    def _read_manifest(self) -> set[str]:
        try:
            listed = json.loads(self._manifest.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return set()
        return {
            path
            for path in (listed if isinstance(listed, list) else [])
            if isinstance(path, str) and not any(names.objections(path))
        }

    def _keep_manifest(self, batch: _Batch) -> None:
        """The manifest first, then the journal goes: a kill between costs nothing."""
        content = (json.dumps(sorted(batch.own), indent=0) + "\n").encode()
        if _known(self._manifest, content) is not True:
            _keep(self._manifest, content)
        self._journal.unlink(missing_ok=True)


@dataclass(slots=True, kw_only=True)
class _Batch:
    """One call of `write` so far."""

    own: set[str]
    """What this sink wrote, now or before."""
    given: set[str] = field(default_factory=set)
    folded: dict[str, str] = field(default_factory=dict)
    """Paths given or ours, by how a file system that ignores case sees them."""
    folders: set[Path] = field(default_factory=set)
    """Where something changed."""
    safe: set[Path] = field(default_factory=set)
    """Folders that no link leads out of ours."""
    waiting: list[Path] = field(default_factory=list)
    """Written beside their places, not yet synced."""
    waiting_bytes: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    """Of the files made only now."""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_full(self) -> bool:
        """Enough waits to be put in place."""
        return len(self.waiting) >= FILES_AT_ONCE or self.waiting_bytes >= BYTES_AT_ONCE

    def give(self, path: str) -> None:
        """Takes note of a path. DeliveryError: it collides with one given before."""
        other = self.folded.setdefault(names.folded(path), path)
        if other != path or path in self.given:
            raise DeliveryError(
                f"cannot write {path!r}: {other!r} is written too, and the two are one "
                "file where case does not count"
            )
        self.given.add(path)

    def written(self) -> Written:
        """The outcome."""
        return Written(
            added=tuple(sorted(self.added)),
            changed=tuple(sorted(self.changed)),
            removed=tuple(self.removed),
            unchanged=self.unchanged,
        )


def _known(place: Path, content: bytes) -> bool | None:
    """True: the file holds this; False: something else; None: there is no file."""
    try:
        if place.stat().st_size != len(content):
            return False
        return place.read_bytes() == content
    except FileNotFoundError:
        return None


def _put_in_place(batch: _Batch) -> None:
    """Syncs the files that wait, all at a time, then renames them over their places."""
    halves = [names.beside(place) for place in batch.waiting]
    _sync_all(halves)
    for half, place in zip(halves, batch.waiting, strict=True):
        half.replace(place)
    batch.waiting.clear()
    batch.waiting_bytes = 0


def _keep(place: Path, content: bytes | None) -> None:
    """Puts a file of ours in place, unless there is nothing to say."""
    if content is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, content)


def _replace(place: Path, content: bytes) -> None:
    """Puts one file in place."""
    half = names.beside(place)
    half.write_bytes(content)
    _sync(half)
    half.replace(place)


def _is_same(place: Path, other: Path) -> bool:
    """True where two spellings lead to one file."""
    try:
        return place.samefile(other)
    except FileNotFoundError:
        return False


def _sync_folders(folders: Iterable[Path]) -> None:
    """Names of new files, onto the disk."""
    _sync_all([folder for folder in folders if folder.is_dir()])


def _sync_all(paths: list[Path]) -> None:
    """Several at a time, which costs little more than one."""
    if len(paths) > 1:
        with ThreadPoolExecutor(SYNCS_AT_ONCE) as threads:
            list(threads.map(_sync, paths))
    elif paths:
        _sync(paths[0])


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
