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
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path, PurePosixPath

from newsdesk.model.errors import DeliveryError
from newsdesk.model.run import Written

# What a name may not hold on one system or another that a site is copied to.
FORBIDDEN = frozenset('\\:*?"<>|') | {chr(code) for code in range(32)} | {"\x7f"}
LONGEST_NAME = 255
"""Bytes; what common file systems take."""


class FolderSink:
    """Implements `model.ports.Sink` over `folder`; `manifest` lies outside of it."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        self._folder = folder
        self._manifest = manifest
        self._journal = manifest.with_name(manifest.name + ".journal")

    def write(
        self, files: Iterable[tuple[str, bytes]], *, prune: bool = False
    ) -> Written:
        """Write what changed, each file whole or not at all. With `prune`, files that
        this sink wrote before and that are not given now are removed.

        DeliveryError: a path leaves the folder, cannot be a file everywhere, or differs
        from another in case alone; or the system refused. What came before it is
        written.
        """
        try:
            batch = _Batch(own=self._recover())
            with _Journal(self._journal) as journal:
                for path, content in files:
                    self._write_one(path, content, batch, journal)
                if prune:
                    self._prune(batch)
                _sync_folders(batch.folders)
            self._keep_manifest(batch)
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

    def _write_one(
        self, path: str, content: bytes, batch: _Batch, journal: _Journal
    ) -> None:
        place = self._place(path)
        batch.give(path)
        known = _known(place, content)
        if known is True:
            batch.unchanged += 1
            return
        if place.parent not in batch.folders:
            self._make_folder(place.parent, batch)
        journal.note(path)
        _replace(place, content)
        (batch.added if known is None else batch.changed).append(path)
        batch.own.add(path)

    def _place(self, path: str) -> Path:
        """Where a path leads. DeliveryError: not to a file below the folder."""
        for reason in _objections(path):
            raise DeliveryError(f"cannot write {path!r}: {reason}")
        return self._folder / path

    def _make_folder(self, parent: Path, batch: _Batch) -> None:
        """Makes a folder, after a look where links below ours lead."""
        parent.mkdir(parents=True, exist_ok=True)
        if not parent.resolve().is_relative_to(self._folder.resolve()):
            raise DeliveryError(
                f"cannot write into {parent}: a link leads out of {self._folder}; "
                "replace it with a folder"
            )
        batch.folders.add(parent)

    def _prune(self, batch: _Batch) -> None:
        for path in sorted(batch.own - batch.given):
            place = self._folder / path
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
        noted = _Journal(self._journal).paths()
        for path in noted:
            with suppress(FileNotFoundError, NotADirectoryError):
                _beside(self._folder / path).unlink()
        there = {path for path in noted if (self._folder / path).is_file()}
        return self._read_manifest() | there

    def _read_manifest(self) -> set[str]:
        try:
            listed = json.loads(self._manifest.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return set()
        return {
            path
            for path in (listed if isinstance(listed, list) else [])
            if isinstance(path, str) and not any(_objections(path))
        }

    def _keep_manifest(self, batch: _Batch) -> None:
        """The manifest first, then the journal goes: a kill between costs nothing."""
        content = (json.dumps(sorted(batch.own), indent=0) + "\n").encode()
        if _known(self._manifest, content) is not True:
            self._manifest.parent.mkdir(parents=True, exist_ok=True)
            _replace(self._manifest, content)
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
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    def give(self, path: str) -> None:
        """Takes note of a path. DeliveryError: it collides with one given before."""
        other = self.folded.setdefault(_folded(path), path)
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


class _Journal:
    """Names of files about to be touched, a JSON string a line; made when needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._out: TextIOWrapper | None = None

    def __enter__(self) -> _Journal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._out:
            self._out.close()

    def note(self, path: str) -> None:
        """Names a file; the line is with the system before this returns."""
        if self._out is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._out = self._path.open("a", encoding="utf-8")
        self._out.write(json.dumps(path) + "\n")
        self._out.flush()

    def paths(self) -> list[str]:
        """What a killed write named; its last line may be cut."""
        found = []
        with suppress(FileNotFoundError):
            for line in self._path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):
                    path = json.loads(line)
                    if isinstance(path, str) and not any(_objections(path)):
                        found.append(path)
        return found


def _objections(path: str) -> Iterable[str]:
    """Why a path cannot be a file below a folder, on any system."""
    parts = path.split("/")
    if path.startswith("/") or PurePosixPath(path).is_absolute():
        yield "it must be relative"
    if any(part in ("", ".", "..") for part in parts):
        yield "it has an empty part or leads upwards"
    if not FORBIDDEN.isdisjoint(path):
        yield "it holds a character that some systems refuse"
    if any(part.endswith((" ", ".")) for part in parts):
        yield "a part of it ends in a dot or a space"
    if any(len(os.fsencode(part)) > LONGEST_NAME for part in parts):
        yield f"a part of it is longer than {LONGEST_NAME} bytes"
    if any(part.startswith(TEMPORARY) for part in parts):
        yield "that name is for files half written"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


TEMPORARY = ".newsdesk-writing-"


def _beside(place: Path) -> Path:
    """Where a file is written before it takes its place: always the same name, so that
    a leftover can be found."""
    name = sha256(os.fsencode(place.name)).hexdigest()[:16]
    return place.with_name(TEMPORARY + name)


def _known(place: Path, content: bytes) -> bool | None:
    """True: the file holds this; False: something else; None: there is no file."""
    try:
        if place.stat().st_size != len(content):
            return False
        return place.read_bytes() == content
    except FileNotFoundError:
        return None


def _replace(place: Path, content: bytes) -> None:
    """Puts a file in place at once, and on the disk before that."""
    beside = _beside(place)
    with beside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(place)


def _sync_folders(folders: Iterable[Path]) -> None:
    """Names of new files, onto the disk."""
    for folder in sorted(folders):
        if folder.is_dir():
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
