"""A search for feeds as a value: how far it is, what it asks, what it found.

What the answers mean, and what is asked next, is `discover`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from newsdesk.model.run import Failed
from newsdesk.stages.discover_ranking import Offered

FEED_BYTES = 15_000_000


class Step(StrEnum):
    """How far a search is, and how a feed was found."""

    SITE = "known site"
    GIVEN = "the address itself"
    LINK = "named by the page"
    MAKER = "usual for the site's software"
    SITEMAP = "sitemap in robots.txt"
    PATH = "usual path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing to find out."""

    url: str
    step: Step
    title: str | None = None
    """What the page calls it."""
    obey_robots: bool = True
    stays_on_host: bool = False
    max_bytes: int = FEED_BYTES
    is_robots: bool = False
    """It is robots.txt itself, for the sitemaps that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search under way."""

    given: str
    step: Step
    todo: tuple[Ask, ...] = ()
    page_url: str = ""
    """The page whose site is searched."""
    makers: tuple[Ask, ...] = ()
    """Feeds that the page's software is known for."""
    asked: tuple[str, ...] = ()
    """Every address asked, as canonical."""
    offered: tuple[Offered, ...] = ()
    misses: tuple[str, ...] = ()
    """Addresses of guesses that hold no feed: not worth asking again for days."""
    skipped: int = 0
    """Questions that needed no answer."""
    refusals: int = 0
    """Refusals in a row."""
    forbidden: tuple[str, ...] = ()
    """What robots.txt asked us not to read."""
    failed: Failed | None = None
    """Why nothing could be learnt at all: the address given got no answer."""
    reason: str | None = None
    """Why the address given is no way in."""
