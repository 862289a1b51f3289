"""What scores came of, beside the articles: kept so that they can be worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.site import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """What the owner asked for when stories were judged, in one piece."""

    id: str = ""
    """First 12 hex digits of SHA-256 over all else but `run` and `now`; empty: not known
    yet."""
    run: int = 0
    """The first run that judged by it."""
    now: datetime | None = None
    """The instant of that run."""
    rules: Rules
    has_topics: bool
    """Whether the site has topics, so that `only_on_topic` means something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A number that comes out otherwise than it is stored."""

    story: str
    what: str
    """`quality of ARTICLE`, `heat`, `verdict` …"""
    stored: str
    again: str
