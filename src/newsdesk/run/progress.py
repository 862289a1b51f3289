"""How far a run is, told to a terminal, a pipe or a machine.

All three get the same calls: bars and a closing table for a person at a terminal, one
line a stage where output is piped, one JSON object a line for machines.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from newsdesk.model import ports

SECONDS_BETWEEN_REPORTS = 0.5
"""Machines are told no more often than this while a stage runs."""


class Bars:
    """One bar a stage, on a terminal."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[summary]}"),
            console=console,
        )
        self._tasks: dict[str, TaskID] = {}

    def start(self, stage: str, total: int | None = None) -> None:
        """Show the bar of a stage; on a later pass, the same bar anew."""
        if not self._tasks:
            self._progress.start()
        if stage in self._tasks:
            self._progress.reset(self._tasks[stage], total=total, summary="")
        else:
            self._tasks[stage] = self._progress.add_task(stage, total=total, summary="")

    def advance(self, stage: str, count: int = 1) -> None:
        """Move it on."""
        self._progress.advance(self._tasks[stage], count)

    def end(self, stage: str, summary: str) -> None:
        """Fill it and say what came of it."""
        task = self._tasks[stage]
        done = next(t.completed for t in self._progress.tasks if t.id == task)
        self._progress.update(task, total=done or 1, completed=done or 1)
        self._progress.update(task, summary=summary)

    def close(self) -> None:
        """Leave the bars as they are and give the terminal back."""
        if self._tasks:
            self._progress.stop()
        self._tasks.clear()


class Lines:
    """One plain line when a stage is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def start(self, stage: str, total: int | None = None) -> None:
        """Nothing: a pipe wants results."""

    def advance(self, stage: str, count: int = 1) -> None:
        """Nothing, likewise."""

    def end(self, stage: str, summary: str) -> None:
        """Say what came of a stage."""
        self._out.write(f"{stage}: {summary}\n")
        self._out.flush()

    def close(self) -> None:
        """Nothing to give back."""


class JsonLines:
    """The same for machines: `{"event": "stage", "stage": …, "done": …, "total": …}`."""

    def __init__(
        self, out: TextIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out = out
        self._clock = clock
        self._told = clock()
        self._done: dict[str, int] = {}
        self._total: dict[str, int | None] = {}

    def start(self, stage: str, total: int | None = None) -> None:
        """Tell that a stage begins."""
        self._done[stage], self._total[stage] = 0, total
        self._tell("start", stage)

    def advance(self, stage: str, count: int = 1) -> None:
        """Tell how far it is, now and then."""
        self._done[stage] += count
        if self._clock() - self._told >= SECONDS_BETWEEN_REPORTS:
            self._tell("progress", stage)

    def end(self, stage: str, summary: str) -> None:
        """Tell what came of it."""
        self._tell("end", stage, summary=summary)

    def close(self) -> None:
        """Nothing to give back."""

    def _tell(self, event: str, stage: str, **more: str) -> None:
        self._told = self._clock()
        row = {"event": event, "stage": stage, "done": self._done[stage]}
        self._out.write(json.dumps({**row, "total": self._total[stage], **more}) + "\n")
        self._out.flush()


class Several:
    """Tells several at once, such as a terminal and the live page."""

    def __init__(self, told: Iterable[ports.Progress]) -> None:
        self._told = tuple(told)

    def start(self, stage: str, total: int | None = None) -> None:
        """Tell all that a stage begins."""
        for one in self._told:
            one.start(stage, total)

    def advance(self, stage: str, count: int = 1) -> None:
        """Tell all how far it is."""
        for one in self._told:
            one.advance(stage, count)

    def end(self, stage: str, summary: str) -> None:
        """Tell all what came of it."""
        for one in self._told:
            one.end(stage, summary)
