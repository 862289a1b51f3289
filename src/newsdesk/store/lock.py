"""One run of a site at a time: a lock that dies with its process.

A POSIX record lock on a file in the state folder. The system lets go of it the moment
the process ends, however it ends, so no lock is ever stale; and unlike `flock` it is
not inherited by worker processes, which may live on for a moment after a kill.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from newsdesk.model.errors import BusyError, StoreError

FILE_NAME = "run.lock"

# A process never conflicts with its own record locks, and closing any handle on the
# file drops them all: within the process we keep count ourselves.
_held: set[Path] = set()
_held_guard = Lock()


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Keep other runs of the site with this state folder out while inside.

    BusyError: another run is under way, in this process or another one. StoreError:
    the folder cannot be written.
    """
    path = folder.resolve() / FILE_NAME
    with _held_guard:
        if path in _held:
            raise BusyError(_busy(folder, os.getpid()))
        _held.add(path)
    try:
        handle = _locked(path, folder)
        try:
            yield
        finally:
            os.close(handle)
    finally:
        _held.discard(path)


def _locked(path: Path, folder: Path) -> int:
    """An open handle that holds the lock."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"cannot write {path}: {error.strerror}; check the folder's permissions"
        ) from error
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
    except (BlockingIOError, PermissionError) as error:
        holder = os.read(handle, 20).strip()
        os.close(handle)
        pid = int(holder) if holder.isdigit() else None
        raise BusyError(_busy(folder, pid)) from error
    return handle


def _busy(folder: Path, pid: int | None) -> str:
    who = f"process {pid}" if pid else "another process"
    return (
        f"another run of the site with the store in {folder} is under way ({who}); "
        "wait for it to end, or stop it"
    )
