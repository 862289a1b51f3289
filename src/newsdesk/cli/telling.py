"""How far long work is, told to whoever looks: a person, a log or a machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from newsdesk.model.ports import Progress
from newsdesk.run.progress import Bars, JsonLines, Lines, Several


@contextmanager
def told(*, as_json: bool, also: Progress | None = None) -> Iterator[Progress]:
    """The progress that fits where output goes, and `also` another one."""
    console = Console(stderr=True)
    progress: Bars | JsonLines | Lines
    if as_json:
        progress = JsonLines(sys.stdout)
    elif console.is_terminal:
        progress = Bars(console)
    else:
        progress = Lines(sys.stderr)
    try:
        yield Several((progress, also)) if also else progress
    finally:
        progress.close()
