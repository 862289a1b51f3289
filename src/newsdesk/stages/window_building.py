"""Articles -> a window of them from scratch, and when it is time for that.

What words tell changes with the articles at hand, and with it all likeness. So that no
article changes every other, the climate of a window is that of the articles that came in
first: those before the day began, and half as many more each time so many came in since.
Which these are follows from the articles, not from how many runs brought them: in one run
or in a hundred, the same articles make the same window.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.stages.grouping import Settings
from newsdesk.stages.window import Window
from newsdesk.stages.window_terms import Climate, rarities

SMALL = 64
"""Articles up to which a window is built anew for each."""
GROWTH = 1.5
"""How many times as many articles make another climate within a day."""
LEARNT_FROM = 4_000
"""Newest articles that say how much likeness it takes: enough to tell how crowded it is."""
DAY_S = 86_400


def due(window: Window, as_of: datetime | None) -> bool:
    """Whether the articles of a window, as of the newest, ask for another climate."""
    climate = window.climate
    if as_of is None or _day(as_of) != climate.day:
        return as_of is not None
    return _size(climate.base, max(len(window), climate.size)) != climate.size


def built(
    articles: Sequence[Article],
    settings: Settings,
    *,
    reach: float,
    frozen: Mapping[ArticleId, str] | None = None,
    is_lone: Callable[[Article], bool] = lambda _: False,
) -> Window:
    """A window of these articles, each a group of its own, linked and yet to be grouped.
    `frozen`: articles of stories that nothing joins any more, with their stories.
    `is_lone`: whether an article joins no story by itself."""
    arrived = sorted(articles, key=lambda one: (one.first_seen_at, one.id))
    day = _day(arrived[-1].first_seen_at) if arrived else 0
    base = sum(_day(one.first_seen_at) < day for one in arrived)
    size = _size(base, len(arrived))
    first = arrived[:size]
    climate = Climate(
        rarities=rarities(first),
        asked=settings.base,
        lends=1.0,
        day=day,
        base=base,
        size=size,
    )
    window = Window(settings, climate, reach=reach)
    places = window.hold(arrived, {one.id for one in arrived if is_lone(one)})
    window.settle(frozen or {})
    window.freeze(set((frozen or {}).values()))
    asked, lends = window.asked([one.id for one in first], LEARNT_FROM)
    window.rows.climate = replace(climate, asked=asked, lends=lends)
    window.join(places)
    return window


def _day(instant: datetime) -> int:
    return int(instant.timestamp() // DAY_S)


def _size(base: int, articles: int) -> int:
    """How many articles make the climate, of so many since the day began with `base`."""
    if articles < SMALL:
        return articles
    begun = max(base, SMALL)
    steps = int(math.log(max(articles, begun) / begun) / math.log(GROWTH) + 1e-9)
    return min(articles, int(begun * GROWTH**steps))
