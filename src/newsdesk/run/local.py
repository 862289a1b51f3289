"""Spreads pure work over worker processes of this machine that can be killed.

A worker that takes too long or dies costs the one item it was on: a new worker takes
its place and does what is to be done instead; where that fails too, or there is nothing,
the item becomes a `Failed` value.
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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, TypeGuard, TypeVar

from newsdesk.model.run import Failed

FAULT, CRASHED, TOO_SLOW = "fault", "crashed", "too slow"
"""Kinds of failure that tell of the work, not of the item."""

In = TypeVar("In")
Out = TypeVar("Out")

SECONDS_AN_ITEM = 15.0
"""Longest one item may take in a worker; the worst page made up so far takes one."""
WAITING_FOR_A_SLOW_ONE = 64
"""Results that may be held back so that answers come in order."""


class SerialRunner:
    """Does the work here, one item after the other: for tests and small machines."""

    def each(
        self,
        stage: str,
        work: Callable[[In], Out],
        items: Iterable[In],
        instead: Sequence[Callable[[In, Failed], Out]] = (),
    ) -> Iterator[Out | Failed]:
        """`work` on every item, in order; a failed item becomes a value, once what is
        to be tried `instead` has failed too."""
        for item in items:
            answer = _tried(stage, work, item)
            for other in instead:
                if not _is_fault(answer):
                    break
                answer = _tried(stage, partial(_told, other, answer), item)
            yield answer

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
        self,
        stage: str,
        work: Callable[[In], Out],
        items: Iterable[In],
        instead: Sequence[Callable[[In, Failed], Out]] = (),
    ) -> Iterator[Out | Failed]:
        """`work` on every item, in order; a failed item becomes a value, once what is
        to be tried `instead` has failed too.

        Items are drawn as workers become free, never far ahead of the answers.
        """
        source = iter(items)
        few = list(itertools.islice(source, self._count))
        if few:
            self._start(len(few))
            chores = (
                _Chore(number, item, work, tuple(instead))
                for number, item in enumerate(itertools.chain(few, source))
            )
            yield from self._spread(stage, chores)

    def close(self) -> None:
        """Stop the workers; what they are on is dropped."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def _start(self, wanted: int) -> None:
        while len(self._workers) < wanted:
            self._workers.append(_Worker())

    def _spread(self, stage: str, chores: Iterator[_Chore]) -> Iterator[Any]:
        done: dict[int, Any] = {}
        again: deque[_Chore] = deque()
        next_out = 0
        exhausted = False
        try:
            while True:
                for place, worker in enumerate(self._workers):
                    if worker.chore is not None:
                        continue
                    chore = again.popleft() if again else None
                    if chore is None and len(done) <= WAITING_FOR_A_SLOW_ONE:
                        chore = None if exhausted else next(chores, None)
                        exhausted = chore is None
                    if chore is not None:
                        self._workers[place].give(stage, chore)
                busy = [worker for worker in self._workers if worker.chore is not None]
                if not busy and exhausted and not again:
                    return
                for chore, answer in self._collected(stage, busy):
                    if chore.instead and _is_fault(answer):
                        again.append(chore.after(answer))
                    else:
                        done[chore.number] = answer
                while next_out in done:
                    yield done.pop(next_out)
                    next_out += 1
        finally:
            for place, worker in enumerate(self._workers):
                if worker.chore is not None:
                    worker.kill()
                    self._workers[place] = _Worker()

    def _collected(
        self, stage: str, busy: list[_Worker]
    ) -> Iterator[tuple[_Chore, Any]]:
        """What came in, and what was stopped because it took too long."""
        deadline = min(worker.since for worker in busy) + self._limit
        ready = wait(
            [worker.pipe for worker in busy],
            timeout=max(0.0, deadline - time.monotonic()),
        )
        for worker in busy:
            chore = worker.chore
            assert chore is not None
            if worker.pipe in ready:
                try:
                    answer = pickle.loads(worker.pipe.recv_bytes())
                    worker.chore = None
                except (EOFError, OSError):
                    answer = _lost(stage, chore.item, CRASHED, "its worker died")
                    self._replace(worker)
                yield chore, answer
            elif time.monotonic() - worker.since >= self._limit:
                reason = f"took longer than {self._limit:.0f} s and was stopped"
                self._replace(worker)
                yield chore, _lost(stage, chore.item, TOO_SLOW, reason)

    def _replace(self, worker: _Worker) -> None:
        worker.kill()
        self._workers[self._workers.index(worker)] = _Worker()


@dataclass(frozen=True, slots=True)
class _Chore:
    """What to do with one item, and what to do instead where that fails."""

    number: int
    item: Any
    work: Callable[[Any], Any]
    instead: tuple[Callable[[Any, Failed], Any], ...]

    def after(self, failed: Failed) -> _Chore:
        """What is left to be tried."""
        work = partial(_told, self.instead[0], failed)
        return _Chore(self.number, self.item, work, self.instead[1:])


def _told(work: Callable[[In, Failed], Out], failed: Failed, item: In) -> Out:
    """`work` on an item, with what failed before: bound so that it can be sent."""
    return work(item, failed)


def _is_fault(answer: object) -> TypeGuard[Failed]:
    """Whether work broke down, as against coming to the end that it failed."""
    return isinstance(answer, Failed) and answer.kind in (FAULT, CRASHED, TOO_SLOW)


@dataclass(slots=True, eq=False)
class _Worker:
    """One process, its pipe, and the chore it is on."""

    process: SpawnProcess
    pipe: Connection[Any, Any]
    chore: _Chore | None = None
    since: float = 0.0

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.chore = None
        self.since = 0.0

    def give(self, stage: str, chore: _Chore) -> None:
        """Send it one item; answers come back through the pipe."""
        self.chore = chore
        self.since = time.monotonic()
        # A worker that died while idle shows up as a broken pipe at the next collection.
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send_bytes(
                pickle.dumps((stage, chore.work, chore.item), protocol=5)
            )

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
        return _lost(stage, item, FAULT, reason)


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
