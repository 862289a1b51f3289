"""The index that a browser searches: for each month, what its stories are called.

One file a month, so that news changes one file and a search reads the newest months
first; each is a table of short rows. What is looked for and how stands in search.js.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date

from newsdesk.model.site import Site
from newsdesk.model.story import Published
from newsdesk.render import addresses
from newsdesk.render.html_rows import language, others, outlet_count

_OTHERS = 6
"""Other outlets of a story that can be searched for."""


def months(records: Iterable[Published]) -> dict[date, list[Published]]:
    """Records by the month (UTC) of their publication, newest first."""
    found: dict[date, list[Published]] = {}
    for one in records:
        on = one.record.published_at.astimezone(UTC).date().replace(day=1)
        found.setdefault(on, []).append(one)
    return dict(sorted(found.items(), reverse=True))


def index(by_month: dict[date, list[Published]], site: Site) -> bytes:
    """Which months there are, with how many stories, and the site's topics."""
    told = {
        "months": [[f"{on:%Y-%m}", len(of)] for on, of in by_month.items()],
        "topics": [[topic.id, topic.name] for topic in site.topics],
    }
    return _json(told)


def month(records: Iterable[Published]) -> bytes:
    """A month's stories, newest first: page, day, headline, outlet, outlets, topics,
    language, the other outlets' names."""
    rows = [
        [
            addresses.story_page(one.path).removeprefix("news/").rstrip("/"),
            f"{one.record.published_at.astimezone(UTC):%Y-%m-%d}",
            one.record.title,
            one.record.provider.name or one.record.provider.domain,
            outlet_count(one),
            list(one.record.topics),
            language(one) or "",
            ", ".join(_names(one)),
        ]
        for one in records
    ]
    return _json(rows)


def _names(one: Published) -> Iterator[str]:
    for other in others(one)[:_OTHERS]:
        yield other.outlet.name


def _json(told: object) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.encode()
