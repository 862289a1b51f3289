"""Where records lie in the content folder: with the news, or in its archive.

A record is known by its path among the news, wherever its file lies: addresses, seals and
decisions name it so, and a move to the archive changes none of them.
"""

from __future__ import annotations

NEWS = "_news/"
"""Folder of the records."""
ARCHIVE = "_archive/"
"""Below it old records have the path that they had."""


def is_record(path: str) -> bool:
    """Whether a path is that of a record, in either place."""
    return identity(path).startswith(NEWS) and path.endswith(".md")


def identity(path: str) -> str:
    """What a record is known by: `_archive/_news/a.md` gives `_news/a.md`; every other
    path is its own."""
    return path.removeprefix(ARCHIVE) if path.startswith(ARCHIVE + NEWS) else path


def archived(path: str) -> str:
    """Where a record lies in the archive."""
    return ARCHIVE + identity(path)
