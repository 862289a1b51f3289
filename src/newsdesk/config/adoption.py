"""Adopting a content folder of the older system, losing nothing.

Every file is copied byte for byte into the site's content folder: records, topics,
organisations, newsletters, and what we know nothing of. No different file is ever
overwritten; what has no place is kept aside and named. Doing it twice changes nothing.
Records that can be read are handed back; what becomes of them is for the caller.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePosixPath

from newsdesk.config import folder as site_folder
from newsdesk.config import writing
from newsdesk.model.errors import ConfigError, RecordError
from newsdesk.model.record import Record
from newsdesk.render import record as record_files
from newsdesk.render import taxonomy
from newsdesk.text import shelves

ASIDE = "_aside"
"""Folder below the content folder for files whose place is taken."""

NEWS = "_news"
TOPICS = site_folder.TOPICS
ORGANIZATIONS = site_folder.ORGANIZATIONS

_LEFT = (".git",)
"""Folders that are no content."""

_RECORD_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-.+\.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that was copied, or kept aside, and cannot be read."""

    path: str
    """In the older folder."""
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A file whose place is taken, or that cannot have it."""

    path: str
    """In the older folder."""
    kept_at: str | None
    """Below the content folder; None: not copied at all."""
    reason: str

    def __str__(self) -> str:
        fate = f"kept at {self.kept_at}" if self.kept_at else "not copied"
        return f"{self.path}: {self.reason}; {fate}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What adopting came to."""

    records: tuple[tuple[str, Record], ...] = ()
    """Every readable record by its path among the news, in the archive or not."""
    copied: int = 0
    """Files that are new in the content folder."""
    unchanged: int = 0
    """Files that were there already, byte for byte."""
    folders: tuple[tuple[str, int], ...] = ()
    """Files by the folder they came to, `_news`, `_data/topics`, …, by name."""
    unreadable: tuple[Unreadable, ...] = ()
    aside: tuple[Aside, ...] = ()
    problems: tuple[str, ...] = ()
    """All that a person should look at, a line each: what cannot be read, what was kept
    aside, and what is now wrong with the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of the older folder and where it belongs."""

    origin: Path
    name: str
    """Its path in the older folder."""
    path: str
    """Its path below the content folder."""


def adopt(folder: Path, old: Path) -> Adopted:
    """Copy an older content folder, or a single record, into the site in `folder`.

    Raises ConfigError where there is no site, where `old` cannot be read, or where the
    one lies in the other.
    """
    content = site_folder.content_folder(folder)
    if not old.exists():
        raise ConfigError(f"there is no {old}")
    if old.resolve() in content.resolve().parents:
        raise ConfigError(f"{old} holds the site itself; give the folder to adopt")
    files, aside = _sort(old)
    adopting = _Adopting(content)
    for file in files:
        adopting.take(file)
    if adopting.copied:
        writing.settle()
    return Adopted(
        records=tuple(sorted(adopting.records.items())),
        copied=adopting.copied,
        unchanged=adopting.unchanged,
        folders=tuple(sorted(adopting.folders.items())),
        unreadable=tuple(adopting.unreadable),
        aside=(*aside, *adopting.aside),
        problems=(
            *map(str, adopting.unreadable),
            *map(str, (*aside, *adopting.aside)),
            *_problems(folder),
        ),
    )


class _Adopting:
    """The content folder while files come into it."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.records: dict[str, Record] = {}
        self.copied = 0
        self.unchanged = 0
        self.folders: Counter[str] = Counter()
        self.unreadable: list[Unreadable] = []
        self.aside: list[Aside] = []
        self._taken = _identities(content)

    def take(self, file: _File) -> None:
        """Give one file its place, or keep it aside."""
        file = self._placed(file)
        try:
            body = writing.read(file.origin)
        except ConfigError as error:
            self.aside.append(Aside(path=file.name, kept_at=None, reason=str(error)))
            return
        if reason := self._conflict(file, body):
            self._keep_aside(file, body, reason)
            return
        self._copy(file.path, body)
        parent = str(PurePosixPath(file.path).parent)
        self.folders[parent if parent.startswith("_") else "."] += 1
        if shelves.is_record(file.path):
            self._read(file, body)

    def _placed(self, file: _File) -> _File:
        """A record that is here already lies where it lies, among the news or in the
        archive."""
        if not shelves.is_record(file.path):
            return file
        known = (shelves.identity(file.path), shelves.archived(file.path))
        there = (path for path in known if (self.content / path).exists())
        return replace(file, path=next(there, file.path))

    def _conflict(self, file: _File, body: bytes) -> str | None:
        """Why a file cannot have its place; None: it can."""
        target = self.content / file.path
        if target.is_dir():
            return "a folder of that name is there"
        if target.exists() and writing.read(target) != body:
            return "another file of that name is there"
        try:
            names = _identity(file.path, body)
        except (ConfigError, RecordError) as error:
            line = error.line if isinstance(error, RecordError) else None
            self.unreadable.append(
                Unreadable(path=file.name, line=line, reason=str(error))
            )
            return "cannot be read, and would stop the site"
        for name in names:
            holder = self._taken.setdefault(name, file.path)
            if holder != file.path:
                return f"{name} is taken by {holder}"
        return None

    def _copy(self, path: str, body: bytes) -> None:
        target = self.content / path
        if target.exists():
            self.unchanged += 1
        else:
            # Waiting for the disk at each of thousands of files takes most of the time.
            writing.write(target, body, at_once=False)
            self.copied += 1

    def _keep_aside(self, file: _File, body: bytes, reason: str) -> None:
        for path in _places_aside(file.path):
            target = self.content / path
            if not target.exists() or (
                target.is_file() and writing.read(target) == body
            ):
                self._copy(path, body)
                self.aside.append(Aside(path=file.name, kept_at=path, reason=reason))
                return

    def _read(self, file: _File, body: bytes) -> None:
        try:
            path = shelves.identity(file.path)
            self.records[path] = record_files.read(body)
        except RecordError as error:
            self.unreadable.append(
                Unreadable(path=file.name, line=error.line, reason=error.reason)
            )


def _sort(old: Path) -> tuple[list[_File], list[Aside]]:
    """The files of the older folder with their places, and what is no file."""
    if old.is_file():
        return [_File(origin=old, name=old.name, path=f"{NEWS}/{old.name}")], []
    files: list[_File] = []
    aside: list[Aside] = []
    for path in _walk(old):
        name = path.relative_to(old).as_posix()
        if path.is_symlink() or not path.is_file():
            reason = "a link or a device, not a file; copy what it stands for yourself"
            aside.append(Aside(path=name, kept_at=None, reason=reason))
        else:
            files.append(_File(origin=path, name=name, path=_place(path, old)))
    return files, aside


def _walk(old: Path) -> Iterator[Path]:
    """Everything below a folder but folders, in order of path; links not followed."""
    try:
        entries = sorted(old.iterdir())
    except OSError as error:
        raise ConfigError(f"cannot read {old}: {error.strerror or error}") from error
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            if entry.name not in _LEFT:
                yield from _walk(entry)
        else:
            yield entry


def _place(path: Path, old: Path) -> str:
    """Where a file belongs below the content folder: its path from the folder that
    holds `_news` and its like, wherever below `old` that stands."""
    parts = path.relative_to(old).parts
    for number, part in enumerate(parts[:-1]):
        if part.startswith("_"):
            return "/".join(parts[number:])
    root = next(
        (above for above in path.parents if _is_content(above) or above == old), old
    )
    if (
        path.parent == old
        and not _is_content(old)
        and _RECORD_NAME.fullmatch(path.name)
    ):
        return f"{NEWS}/{path.name}"
    return path.relative_to(root).as_posix()


def _is_content(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in (NEWS, "_data", "_newsletters"))


def _identities(content: Path) -> dict[str, str]:
    """What topics and organisations are called, with the file that says so."""
    found: dict[str, str] = {}
    for folder in (TOPICS, ORGANIZATIONS):
        if (content / folder).is_dir():
            for file in sorted((content / folder).iterdir()):
                path = f"{folder}/{file.name}"
                try:
                    names = _identity(path, writing.read(file))
                except (ConfigError, RecordError):
                    continue  # the site says so itself, whenever it is loaded
                for name in names:
                    found.setdefault(name, path)
    return found


def _identity(path: str, body: bytes) -> tuple[str, ...]:
    """What no second file may be called; empty for all but topics and organisations."""
    if path.startswith(f"{TOPICS}/") and path.endswith((".yaml", ".yml")):
        topic = taxonomy.read_topic(path, body)
        return (f"the topic id `{topic.id}`", f"the topic name `{topic.name}`")
    if path.startswith(f"{ORGANIZATIONS}/") and path.endswith(".md"):
        organization = taxonomy.read_organization(body)
        return (f"the domain `{organization.domain}`",)
    return ()


def _places_aside(path: str) -> Iterator[str]:
    """Paths to keep a file aside at, the next where one is taken by another file."""
    yield f"{ASIDE}/{path}"
    usual = PurePosixPath(path)
    for number in count(2):
        yield f"{ASIDE}/{usual.with_name(f'{usual.stem}-{number}{usual.suffix}')}"


def _problems(folder: Path) -> tuple[str, ...]:
    try:
        site_folder.load(folder)
    except ConfigError as error:
        return tuple(str(error).splitlines())
    return ()
