"""Published records by day and by topic: what the archive and topic pages list.

Days are UTC days of publication. Which of these become pages is for html.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from itertools import groupby

from newsdesk.model.site import Site, Topic
from newsdesk.model.story import Published
from newsdesk.render import addresses

ON_DAY_PAGE = 100
"""Stories on one page of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day with what was published on it, newest first."""

    on: date
    address: str
    """Of its page in the archive."""
    records: tuple[Published, ...]

    @property
    def parts(self) -> tuple[tuple[Published, ...], ...]:
        """Its stories in pages: a long day has several."""
        starts = range(0, len(self.records), ON_DAY_PAGE)
        return tuple(self.records[start : start + ON_DAY_PAGE] for start in starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the archive with its days, newest first."""

    on: date
    """Its first day."""
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A topic with what was published on it, newest first."""

    topic: Topic
    depth: int
    """Topics above it."""
    records: tuple[Published, ...]


def days(records: Iterable[Published]) -> tuple[Day, ...]:
    """Records by day, newest day first; within a day in the order given."""
    by_day: dict[date, list[Published]] = {}
    for one in records:
        on = one.record.published_at.astimezone(UTC).date()
        by_day.setdefault(on, []).append(one)
    return tuple(
        Day(on=on, address=addresses.archive_day(on), records=tuple(by_day[on]))
        for on in sorted(by_day, reverse=True)
    )


def months(all_days: Iterable[Day]) -> tuple[Month, ...]:
    """Days, newest first, by month."""
    grouped = groupby(all_days, lambda day: day.on.replace(day=1))
    return tuple(Month(on=on, days=tuple(of_month)) for on, of_month in grouped)


def shelves(site: Site, records: Iterable[Published]) -> tuple[Shelf, ...]:
    """The site's topics, each below the one above it, with their records."""
    by_name: dict[str, list[Published]] = {}
    for one in records:
        for name in dict.fromkeys(one.record.topics):
            by_name.setdefault(name, []).append(one)
    return tuple(
        Shelf(topic=topic, depth=depth, records=tuple(by_name.get(topic.name, ())))
        for topic, depth in _in_order(site)
    )


def _in_order(site: Site) -> Iterator[tuple[Topic, int]]:
    """Depth first, in the order of the files; a topic whose parents form a ring or are
    unknown stands at the top, so that none is lost."""
    names = {topic.name for topic in site.topics}
    done: set[str] = set()

    def walk(topic: Topic, depth: int) -> Iterator[tuple[Topic, int]]:
        if topic.id in done:
            return
        done.add(topic.id)
        yield topic, depth
        for child in site.topics:
            if child.parent == topic.name:
                yield from walk(child, depth + 1)

    for topic in site.topics:
        if topic.parent not in names:
            yield from walk(topic, 0)
    for topic in site.topics:
        yield from walk(topic, 0)
