"""Running the command as a person would, for tests of the whole."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Kept:
    """A site folder that was never run, and an archive that answers its sources."""

    site: Path
    archive: Path
    now: str


def newsdesk(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    """The command, as a person would type it."""
    return subprocess.run(
        [sys.executable, "-m", "newsdesk", *map(str, words)],
        capture_output=True, text=True, timeout=300, check=False, **more,
    )  # fmt: skip
