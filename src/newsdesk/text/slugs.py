"""Names for files from titles: the slug, and the path of a record made with it.

The rules are the record format's: decomposed (NFKD), accents dropped, lower case,
letters, digits, spaces and hyphens of ASCII only. Pure; which paths are taken is said
by the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from datetime import UTC, datetime

LONGEST = 144
"""Most characters in a slug; the longest seen in the older system's folders."""

LONGEST_TITLE = 4 * LONGEST
"""Characters of a title that a slug is made from; bounds the work on hostile titles."""

UNTITLED = "untitled"
"""The slug of a title that has none of the characters a slug is made of."""

_DROPPED = re.compile(r"[^a-z0-9 -]")
_GAPS = re.compile(r"[ -]+")


def slug(title: str) -> str:
    """The slug of a title, at most 144 characters, cut between words where it can be.

    White space of any kind counts as a space. A title without any usable character,
    such as one in Chinese, gives `untitled`.
    """
    spaced = " ".join(title[:LONGEST_TITLE].split())
    letters = _DROPPED.sub("", unicodedata.normalize("NFKD", spaced).lower())
    return _cut(_GAPS.sub("-", letters).strip("-")) or UNTITLED


def _cut(text: str) -> str:
    """At a hyphen, unless that would lose more than half of what is allowed."""
    if len(text) <= LONGEST:
        return text
    end = text.rfind("-", LONGEST // 2, LONGEST + 1)
    return text[: end if end > 0 else LONGEST].rstrip("-")


def record_path(published_at: datetime, title: str, taken: Container[str]) -> str:
    """`_news/YYYY-MM-DD-slug.md`, by the day in UTC; `-2`, `-3`, … where that is taken."""
    day = published_at.astimezone(UTC).date().isoformat()
    stem = f"_news/{day}-{slug(title)}"
    path, count = f"{stem}.md", 1
    while path in taken:
        count += 1
        path = f"{stem}-{count}.md"
    return path
