from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsdesk.model.errors import BusyError, StoreError
from newsdesk.store import lock

HOLDER = """
import multiprocessing, sys, time
from pathlib import Path
from newsdesk.store import lock

with lock.hold(Path(sys.argv[1])):
    worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    worker.start()
    print(worker.pid, flush=True)
    time.sleep(60)
"""


def start_holder(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A process that holds the lock, and the id of a worker that it forked."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_a_second_run_is_told_who_holds_the_site(tmp_path: Path) -> None:
    process, worker = start_holder(tmp_path)
    with process:
        try:
            with (
                pytest.raises(BusyError, match=rf"\(process {process.pid}\)"),
                lock.hold(tmp_path),
            ):
                pass
        finally:
            process.kill()
            os.kill(worker, signal.SIGKILL)


def test_a_lock_dies_with_its_process_whatever_its_workers_do(tmp_path: Path) -> None:
    process, worker = start_holder(tmp_path)
    try:
        with process:
            process.kill()
            process.wait()
            os.kill(worker, 0)  # still there
            with lock.hold(tmp_path):
                pass
    finally:
        os.kill(worker, signal.SIGKILL)


def test_one_process_cannot_hold_a_site_twice(tmp_path: Path) -> None:
    with lock.hold(tmp_path):
        with (
            pytest.raises(BusyError, match="another run of the site"),
            lock.hold(tmp_path / "." / "x" / ".."),
        ):
            pass
        assert is_busy_elsewhere(tmp_path)
    assert not is_busy_elsewhere(tmp_path)
    with lock.hold(tmp_path), lock.hold(tmp_path / "another"):
        pass


def test_an_error_inside_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock.hold(tmp_path):
        raise ZeroDivisionError
    with lock.hold(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot write"), lock.hold(tmp_path / "file"):
        pass


def is_busy_elsewhere(folder: Path) -> bool:
    """Whether another process finds the lock held."""
    script = (
        "import sys; from pathlib import Path; from newsdesk.store import lock\n"
        "with lock.hold(Path(sys.argv[1])): pass"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, check=False
    )
    return b"BusyError" in outcome.stderr
