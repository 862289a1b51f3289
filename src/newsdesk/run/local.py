"""Spreads pure work over worker processes of this machine that can be killed.

A worker that takes too long or dies costs the one item it was on: the item becomes a
`Failed` value and a new worker takes the place.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from newsdesk.model.run import Failed

In = TypeVar("In")
Out = TypeVar("Out")

SECONDS_AN_ITEM = 30.0
"""Longest one item may take in a worker."""
WAITING_FOR_A_SLOW_ONE = 64
"""Results that may be held back so that answers come in order."""


class SerialRunner:
    """Does the work here, one item after the other: for tests and small machines."""

    def each(
        self, stage: str, work: Callable[[In], Out], items: Iterable[In]
    ) -> Iterator[Out | Failed]:
        """`work` on every item, in order; a failed item becomes a value."""
        for item in items:
            yield _tried(stage, work, item)

    def close(self) -> None:
        """Nothing to stop."""


class ProcessRunner:
    """Does the work in `workers` processes, started when first needed."""

    def __init__(
        self, workers: int | None = None, *, seconds_an_item: float = SECONDS_AN_ITEM
    ) -> None:
        self._count = max(1, workers or os.cpu_count() or 1)
        self._limit = seconds_an_item
        self._workers: list[_Worker] = []

    def each(
        self, stage: str, work: Callable[[In], Out], items: Iterable[In]
    ) -> Iterator[Out | Failed]:
        """`work` on every item, in order; a failed item becomes a value.

        Items are drawn as workers become free, never far ahead of the answers.
        """
        source = iter(items)
        few = list(itertools.islice(source, self._count))
        if few:
            self._start(len(few))
            yield from self._spread(stage, work, itertools.chain(few, source))

    def close(self) -> None:
        """Stop the workers; what they are on is dropped."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def _start(self, wanted: int) -> None:
        while len(self._workers) < wanted:
            self._workers.append(_Worker())

    def _spread(
        self, stage: str, work: Callable[[In], Out], items: Iterator[In]
    ) -> Iterator[Out | Failed]:
        done: dict[int, Any] = {}
        numbered = enumerate(items)
        next_out = 0
        exhausted = False
        try:
            while True:
                for place, worker in enumerate(self._workers):
                    if exhausted or len(done) > WAITING_FOR_A_SLOW_ONE:
                        break
                    if worker.item is None:
                        number, item = next(numbered, (-1, None))
                        exhausted = number < 0
                        if not exhausted:
                            self._workers[place].give(stage, number, work, item)
                busy = [worker for worker in self._workers if worker.item is not None]
                if not busy and exhausted:
                    return
                self._collect(stage, busy, done)
                while next_out in done:
                    yield done.pop(next_out)
                    next_out += 1
        finally:
            for place, worker in enumerate(self._workers):
                if worker.item is not None:
                    worker.kill()
                    self._workers[place] = _Worker()

    def _collect(self, stage: str, busy: list[_Worker], done: dict[int, Any]) -> None:
        deadline = min(worker.since for worker in busy) + self._limit
        ready = wait(
            [worker.pipe for worker in busy],
            timeout=max(0.0, deadline - time.monotonic()),
        )
        for worker in busy:
            assert worker.item is not None
            number, item = worker.item
            if worker.pipe in ready:
                try:
                    done[number] = pickle.loads(worker.pipe.recv_bytes())
                    worker.item = None
                except (EOFError, OSError):
                    done[number] = _lost(stage, item, "crashed", "its worker died")
                    self._replace(worker)
            elif time.monotonic() - worker.since >= self._limit:
                reason = f"took longer than {self._limit:.0f} s and was stopped"
                done[number] = _lost(stage, item, "too slow", reason)
                self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        worker.kill()
        self._workers[self._workers.index(worker)] = _Worker()


@dataclass(slots=True, eq=False)
class _Worker:
    """One process, its pipe, and the item it is on."""

    process: SpawnProcess
    pipe: Connection[Any, Any]
    item: tuple[int, Any] | None = None
    since: float = 0.0

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.item = None
        self.since = 0.0

    def give(
        self, stage: str, number: int, work: Callable[[Any], Any], item: Any
    ) -> None:
        """Send it one item; answers come back through the pipe."""
        self.item = (number, item)
        self.since = time.monotonic()
        # A worker that died while idle shows up as a broken pipe at the next collection.
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send_bytes(pickle.dumps((stage, work, item), protocol=5))

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def _work(pipe: Connection[Any, Any]) -> None:
    """The life of a worker. Ctrl-C is for the parent to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            stage, work, item = pickle.loads(pipe.recv_bytes())
            pipe.send_bytes(pickle.dumps(_tried(stage, work, item), protocol=5))


def _tried(stage: str, work: Callable[[In], Out], item: In) -> Out | Failed:
    try:
        return work(item)
    # One item must never stop a run; the reason stays with the item, to be seen.
    except Exception as error:
        reason = f"a fault of newsdesk: {type(error).__name__}: {error}"
        return _lost(stage, item, "fault", reason)


def _lost(stage: str, item: object, kind: str, reason: str) -> Failed:
    """The failure of an item, named as a person would call it."""
    inner = deque([item], maxlen=8)
    key = subject = ""
    while inner:
        thing = inner.popleft()
        key = key or str(getattr(thing, "key", "") or getattr(thing, "id", ""))
        subject = subject or str(getattr(thing, "url", "") or "")
        inner.extend(
            part
            for part in (
                getattr(thing, "candidate", None),
                getattr(thing, "reply", None),
            )
            if part is not None
        )
    return Failed(
        stage=stage,
        key=key or subject or "?",
        subject=subject or key or "?",
        reason=reason,
        kind=kind,
    )
