"""What hubs delivered and no pass has read yet: a file each, below the state folder.

A hub that was answered 2xx does not come again, so what it brought is on disk before
that, and stays until a pass has kept what is in it: a process that is killed loses none.
Reading the same twice does no harm. A file that cannot be read is as good as none.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from datetime import datetime
from pathlib import Path

from newsdesk.model.feed import Reply

FOLDER = "deliveries"
"""Below the state folder."""
_PART = ".part"


class Deliveries:
    """Deliveries in the order they came; one process's at a time, any thread's."""

    def __init__(self, state_folder: Path) -> None:
        self._folder = state_folder / FOLDER
        self._lock = threading.Lock()
        self._count = 0
        self._taken: list[Path] = []

    def put(self, reply: Reply) -> None:
        """Keep a delivery. OSError: it could not be written, so that it is not taken."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock:
            self._count += 1
            name = f"{reply.fetched_at:%Y%m%dT%H%M%S%f}-{self._count:06}-{os.getpid()}"
        beside = self._folder / f"{name}{_PART}"
        with beside.open("wb") as file:
            file.write(_head(reply) + b"\n" + reply.body)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(self._folder / name)

    def waiting(self) -> int:
        """How many there are that were not taken yet."""
        with self._lock:
            return len(self._fresh())

    def take(self) -> tuple[Reply, ...]:
        """Those that were not taken yet, to be read."""
        with self._lock:
            fresh = self._fresh()
            self._taken += fresh
        found = (_read(path) for path in fresh)
        return tuple(reply for reply in found if reply)

    def forget_taken(self) -> None:
        """What was taken is kept elsewhere by now."""
        with self._lock:
            done, self._taken = self._taken, []
        for path in done:
            with contextlib.suppress(OSError):
                path.unlink()

    def _fresh(self) -> list[Path]:
        try:
            found = set(self._folder.iterdir()) - set(self._taken)
        except OSError:
            return []
        return sorted(path for path in found if path.suffix != _PART)


def _head(reply: Reply) -> bytes:
    row = [reply.key, reply.url, reply.fetched_at.isoformat(), reply.headers]
    return json.dumps(row).encode()


def _read(path: Path) -> Reply | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        key, url, at, headers = json.loads(head)
        return Reply(
            key=str(key),
            url=str(url),
            final_url=str(url),
            status=200,
            headers=tuple((str(name), str(value)) for name, value in headers),
            body=body,
            fetched_at=datetime.fromisoformat(at),
            is_delivered=True,
        )
    except (OSError, ValueError, TypeError):
        return None
