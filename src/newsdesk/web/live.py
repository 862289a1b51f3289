"""What a run is doing right now, for people who watch: a Progress that remembers.

The run reports from its own threads; the web server reads snapshots from another. Nothing
here is kept after the process ends: the ledger is where runs are remembered.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from datetime import datetime

_STORIES = 12
"""Stories and notes shown: what fits on a screen beside the stages."""
_REASONS = 12
"""Kinds of failure shown, most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One stage of the run under way or of the last one."""

    name: str
    done: int
    total: int | None
    """None: not known beforehand."""
    summary: str
    """What came of it; `` while it runs."""
    is_running: bool
    seconds: float
    """How long it took, or has taken so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story that came in."""

    title: str
    path: str
    """Address below the site; `` where it has no page."""
    at: datetime | None
    """What the clock showed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything the live view shows, at one moment."""

    version: int
    """Grows with every change."""
    now: datetime | None
    """The run's clock, simulated or not; None until it was told."""
    stages: tuple[StageRow, ...]
    stories: tuple[StoryLine, ...]
    """Newest first."""
    story_count: int
    failures: tuple[tuple[str, int], ...]
    """Kinds with their numbers, most frequent first."""
    notes: tuple[str, ...]
    """Newest first."""

    @property
    def is_running(self) -> bool:
        """Whether any stage is under way."""
        return any(stage.is_running for stage in self.stages)


@dataclass(slots=True)
class _Stage:
    total: int | None
    started: float
    done: int = 0
    summary: str = ""
    ended: float | None = None

    def row(self, name: str, now: float) -> StageRow:
        return StageRow(
            name=name,
            done=self.done,
            total=self.total,
            summary=self.summary,
            is_running=self.ended is None,
            seconds=max(0.0, (self.ended or now) - self.started),
        )


class Live:
    """Takes in progress from any thread and hands out snapshots."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._now: datetime | None = None
        self._stages: dict[str, _Stage] = {}
        self._stories: deque[StoryLine] = deque(maxlen=_STORIES)
        self._story_count = 0
        self._failures: Counter[str] = Counter()
        self._notes: deque[str] = deque(maxlen=_STORIES)

    def start(self, stage: str, total: int | None = None) -> None:
        """A stage begins, or begins again; its row keeps its place."""
        with self._lock:
            self._stages[stage] = _Stage(total=total, started=time.monotonic())
            self._version += 1

    def advance(self, stage: str, count: int = 1) -> None:
        """`count` more items are through; a stage not started begins."""
        with self._lock:
            self._stage(stage).done += count
            self._version += 1

    def end(self, stage: str, summary: str) -> None:
        """A stage is over."""
        with self._lock:
            row = self._stage(stage)
            row.summary, row.ended = summary, time.monotonic()
            self._version += 1

    def note(self, text: str) -> None:
        """Something worth a line."""
        with self._lock:
            self._notes.appendleft(text)
            self._version += 1

    def clock(self, now: datetime) -> None:
        """What time the run takes it to be."""
        with self._lock:
            self._now = now
            self._version += 1

    def story(self, title: str, path: str) -> None:
        """A story came in; `path` is its page's address below the site, or ``."""
        with self._lock:
            line = StoryLine(title=title, path=path, at=self._now)
            self._stories.appendleft(line)
            self._story_count += 1
            self._version += 1

    def failed(self, kind: str, count: int = 1) -> None:
        """Items failed, for a reason in one or two words."""
        with self._lock:
            self._failures[kind] += count
            self._version += 1

    def snapshot(self) -> Snapshot:
        """How it stands."""
        with self._lock:
            now = time.monotonic()
            worst = sorted(self._failures.items(), key=lambda item: (-item[1], item[0]))
            return Snapshot(
                version=self._version,
                now=self._now,
                stages=tuple(row.row(name, now) for name, row in self._stages.items()),
                stories=tuple(self._stories),
                story_count=self._story_count,
                failures=tuple(worst[:_REASONS]),
                notes=tuple(self._notes),
            )

    def _stage(self, name: str) -> _Stage:
        return self._stages.setdefault(
            name, _Stage(total=None, started=time.monotonic())
        )
