"""Labelled sets of articles: reads them, and cuts development windows out of them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId

Row = dict[str, str]

ONE_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)
MANY_STORIES = 1_000
"""Stories that a set must have to cut a window of mostly single articles from it."""
LEAD = 300
"""Characters of a text in windows of leads."""
SHAPES = (
    *((30, 3), (30, 12), (100, 3), (100, 12), (300, 3), (300, 60)),
    *((40, 600), (1000, 3)),
)
"""Stories of a development window, and articles of each at most."""
LARGEST = 3_500
"""Articles of the largest development window."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Articles to group, of one family of sets."""

    name: str
    family: str
    rows: Sequence[Row]


def rows_of(path: Path) -> list[Row]:
    """The lines of a file, gzip or not."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return [json.loads(line) for line in data.splitlines() if line.strip()]


def labelled(path: Path) -> list[Row]:
    """The lines that have a story."""
    return [row for row in rows_of(path) if row.get("story") not in (None, "")]


def name_of(row: Row) -> str:
    """An id that says nothing of the order or the label."""
    return hashlib.sha256(str(row["id"]).encode()).hexdigest()[:16]


def article(row: Row, at: datetime | None = None) -> Article:
    """The row as grouping gets it; `at`: when it was published, else one instant."""
    name = name_of(row)
    url = row.get("url") or f"https://example.com/{name}"
    return Article(
        id=ArticleId(name),
        url=url,
        source_id=SourceId("set"),
        first_seen_at=at or ONE_INSTANT,
        reading=Reading(
            title=row.get("title") or "",
            excerpt="",
            text=row.get("text") or "",
            web_url=url,
            published_at=at or ONE_INSTANT,
            language=row.get("lang") or None,
        ),
        provider=Provider(domain=row.get("source") or "example.com", name=""),
    )


def trusted_times(rows: Sequence[Row]) -> dict[str, datetime]:
    """Each article's instant, by id; empty where the set's times cannot be trusted.

    They cannot where some are missing or are mere days, or where all articles of most
    stories bear one and the same time: then it is the story's, a label that leaked.
    """
    found = {name_of(row): _instant(row.get("published") or "") for row in rows}
    known = {name: at for name, at in found.items() if at is not None}
    if len(known) < len(found):
        return {}
    by_story: dict[str, set[datetime]] = defaultdict(set)
    sizes = Counter(row["story"] for row in rows)
    for row in rows:
        by_story[row["story"]].add(known[name_of(row)])
    several = [story for story, size in sizes.items() if size > 1]
    leaked = sum(len(by_story[story]) == 1 for story in several)
    return {} if 2 * leaked >= max(1, len(several)) else known


def _instant(text: str) -> datetime | None:
    """The instant, if the text is more than a day."""
    if len(text) <= len("2026-01-01"):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def windows(sets: dict[str, Sequence[Row]]) -> list[Window]:
    """Development windows: from each set few and many stories, small and large ones,
    whole texts, leads and bare headlines, and all of it mixed with the other sets."""
    found = []
    for family, rows in sets.items():
        stories = len({row["story"] for row in rows})
        sizes = set()
        for many, largest in SHAPES:
            part = some(rows, many, largest)
            if many <= 2 * stories and len(part) <= LARGEST and len(part) not in sizes:
                found += _dressed(f"{family} {many}x{largest}", family, part)
                sizes.add(len(part))
        found += _dressed(f"{family} alone", "alone", _mostly_alone(rows, stories))
    for many, largest in ((40, 3), (60, 8)):
        mixed = [row for rows in sets.values() for row in some(rows, many, largest)]
        found += _dressed(f"mixed {many}x{largest}", "mixed", mixed)
    return found


def _mostly_alone(rows: Sequence[Row], stories: int) -> list[Row]:
    """A window as a site has it: most events are told by one outlet only. Nothing where
    the set has too few stories for that."""
    if stories < MANY_STORIES:
        return []
    whole = some(rows, 150, 3)
    taken = {row["story"] for row in whole}
    alone = some([row for row in rows if row["story"] not in taken], 800, 1)
    return whole + alone


def some(rows: Sequence[Row], stories: int, largest: int) -> list[Row]:
    """Articles of so many stories, at most `largest` of each; the choice is by hash."""
    by_story: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=name_of):
        by_story[row["story"]].append(row)
    salt = f"{stories}x{largest}"
    chosen = sorted(by_story, key=lambda story: _hash(f"{salt} {story}"))[:stories]
    return [row for story in chosen for row in by_story[story][:largest]]


def _dressed(name: str, family: str, rows: Iterable[Row]) -> list[Window]:
    """The window with the texts there are, and one with headlines only."""
    whole = list(rows)
    if not whole:
        return []
    bare = [{**row, "text": ""} for row in whole]
    found = [
        Window(name=name, family=family, rows=whole),
        Window(name=f"{name} headlines", family=family, rows=bare),
    ]
    if sum(len(row.get("text") or "") for row in whole) > 2 * LEAD * len(whole):
        leads = [{**row, "text": (row.get("text") or "")[:LEAD]} for row in whole]
        found.append(Window(name=f"{name} leads", family=family, rows=leads))
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
