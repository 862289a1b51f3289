"""A run that is killed anywhere and run again ends as one that was never disturbed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import Kept, newsdesk
from newsdesk.store import open_store


def outcome(site: Path) -> tuple[dict, dict[str, bytes]]:
    """The rows of the store and the bytes of every file that a run made."""
    with open_store(site / ".newsdesk") as opened:
        rows = opened.store.dump()
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for folder in ("content", "public")
        for path in sorted((site / folder).rglob("*"))
        if path.is_file()
    }
    return rows, files


def command(site: Path, kept: Kept) -> list[object]:
    return [
        "run",
        "--site",
        site,
        "--from-warc",
        kept.archive,
        "--now",
        kept.now,
        "--json",
    ]


def run(site: Path, kept: Kept) -> dict:
    done = newsdesk(*command(site, kept))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def killed(site: Path, kept: Kept, event: str, stage: str, seconds: float) -> None:
    """Run until `event` of `stage` is told, and kill -9 so many seconds later."""
    words = [sys.executable, "-m", "newsdesk", *map(str, command(site, kept))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            if (told["event"], told.get("stage")) == (event, stage):
                time.sleep(seconds)
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def undisturbed(built: Path):
    with open_store(built / ".newsdesk") as opened:
        counts = dict(opened.ledger.runs(1)[0].counts)
    assert counts["articles read"] > 30
    assert counts["stories of two or more providers"] > 4
    assert counts["published"] > 5
    assert counts["pictures kept"] > 5
    return outcome(built)


@pytest.mark.parametrize(
    ("event", "stage", "seconds"),
    [
        ("start", "sources", 0.0),
        ("end", "sources", 0.0),
        ("start", "articles", 1.0),
        ("end", "articles", 0.0),
        ("end", "stories", 0.0),
        ("start", "publish", 0.1),
    ],
)
def test_killed_and_run_again_ends_as_if_undisturbed(
    kept: Kept, undisturbed, tmp_path: Path, event: str, stage: str, seconds: float
) -> None:
    site = tmp_path / "site"
    shutil.copytree(kept.site, site)
    killed(site, kept, event, stage, seconds)
    run(site, kept)
    rows, files = outcome(site)
    assert rows.keys() == undisturbed[0].keys()
    for table, expected in undisturbed[0].items():
        assert rows[table] == expected, table
    assert sorted(files) == sorted(undisturbed[1])
    assert files == undisturbed[1]


def test_the_same_command_again_changes_nothing(
    kept: Kept, built: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    before = outcome(site)
    again = run(site, kept)
    assert again["files"]["added"] == again["files"]["changed"] == 0
    assert again["counts"]["new entries"] == again["counts"]["articles read"] == 0
    assert outcome(site) == before
