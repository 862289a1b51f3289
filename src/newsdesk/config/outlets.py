"""The registry of outlets that ships with newsdesk: `outlets.txt`, one line an outlet.

Only hands its text on; what the lines mean is for `stages.identify_registry`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

FILE = "outlets.txt"


@cache
def text() -> str:
    """The registry's lines, without the remarks above them."""
    whole = resources.files(__package__).joinpath(FILE).read_text("utf-8")
    lines = whole.splitlines(keepends=True)
    return "".join(line for line in lines if line.strip() and not line.startswith("#"))
