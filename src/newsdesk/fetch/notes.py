"""What hosts told us, kept over restarts: their robots.txt, and to leave them alone.

A run may begin every few minutes; to ask for the same rules each time, or to knock where
we were told to wait, would be rude. A note is a line of JSON, written at once, so that a
crash loses none. A line or file that cannot be read or written is as good as none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MOST_NOTES = 5_000
MOST_BYTES = 20_000_000
"""Of the file; a larger one is begun anew."""
MOST_TEXT = 65_536
"""Characters; a host with a longer text is asked again by the next process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a host told us, and until when it counts."""

    until: datetime
    text: str | None = None
    reason: str = ""


Key = tuple[str, str]


class HostNotes:
    """Notes by kind and host; in a file where a path is given, else in memory only."""

    def __init__(self, path: Path | None, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._notes: dict[Key, Note] = {}
        lines = 0
        for key, note in _read(path):
            lines += 1
            self._notes.pop(key, None)  # so that the latest come last
            self._notes[key] = note
        self._drop()
        if lines > 2 * len(self._notes):
            self._write_all()

    def get(self, kind: str, host: str) -> Note | None:
        """What counts of a host now."""
        note = self._notes.get((kind, host))
        return note if note and note.until > self._clock() else None

    def put(self, kind: str, host: str, note: Note) -> None:
        """Keep a note in place of an older one."""
        if len(note.text or "") > MOST_TEXT:
            return
        if len(self._notes) >= 2 * MOST_NOTES:
            self._drop()
        self._notes[kind, host] = note
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(_line((kind, host), note))
        except OSError:
            return

    def _drop(self) -> None:
        now = self._clock()
        counting = [item for item in self._notes.items() if item[1].until > now]
        self._notes = dict(counting[-MOST_NOTES:])

    def _write_all(self) -> None:
        if self._path is None:
            return
        text = "".join(_line(key, note) for key, note in self._notes.items())
        beside = self._path.with_name(self._path.name + ".new")
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            return


def _line(key: Key, note: Note) -> str:
    # A line break first: a line that a crash cut short must not spoil the next one.
    row = [*key, note.until.isoformat(), note.text, note.reason]
    return "\n" + json.dumps(row, ensure_ascii=True)


def _read(path: Path | None) -> Iterator[tuple[Key, Note]]:
    try:
        if path is None or path.stat().st_size > MOST_BYTES:
            return
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        if found := _note(line):
            yield found


def _note(line: str) -> tuple[Key, Note] | None:
    try:
        kind, host, until, text, reason = json.loads(line)
        at = datetime.fromisoformat(until)
        is_sound = at.tzinfo is not None and isinstance(text, str | None)
    except (ValueError, TypeError, RecursionError):
        return None
    if not is_sound:
        return None
    return (str(kind), str(host)), Note(until=at, text=text, reason=str(reason))
