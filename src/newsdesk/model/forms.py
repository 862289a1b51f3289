"""How an option of the owner's has to be written: bounds and forms, for annotations."""

from __future__ import annotations

from dataclasses import dataclass

WEB_ADDRESS = r"https?://[^\s/@?#]+(/[^\s?#]*)?"
ONE_LINE = r"[ -~]*"
THEME_FILE = r"([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+)?"
LOCALE = "[a-z]{2,3}(-[a-z0-9]{2,8})*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """In an annotation: the least and the most that an option may be."""

    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """In an annotation: how an option has to be written."""

    pattern: str
    """A regular expression for all of it."""
    says: str
    """The same for a person, to follow `must be`."""
