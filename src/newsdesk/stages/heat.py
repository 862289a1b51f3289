"""A story -> its heat, 0–100, with a receipt: how many cover it independently of each
other, how lately.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from newsdesk.model.article import Article
from newsdesk.model.story import Origin, Part, Score
from newsdesk.stages.score import summed

RULE = "heat/2"
FIRST_ORIGIN = 20.0
"""Heat that the newest independent origin brings when it publishes."""
NEXT_ORIGIN = 0.8
"""Each further one brings this share of the one before: the sum stays below 100."""


def scored(
    articles: Iterable[Article],
    as_of: datetime,
    *,
    half_life_h: float,
    origins: Sequence[Origin] = (),
) -> Score:
    """The heat of a story at `as_of` with its receipt, 0–100.

    One part an independent origin, at the instant of its first piece: an added origin
    never lowers the sum, a copy adds nothing, and since all parts fade alike, the order
    of two stories never changes by waiting. Without `origins` each provider is one.
    """
    firsts = _firsts(sorted(articles, key=lambda a: (a.instant, a.id)), origins)
    newest_first = sorted(firsts, key=lambda f: (-f[1].instant.timestamp(), f[1].id))
    parts = []
    for place, (name, article, copies) in enumerate(newest_first):
        hours = max(0.0, (as_of - article.instant).total_seconds() / 3600)
        fresh = 0.0 if article.is_timeless else 2.0 ** (-hours / half_life_h)
        full = FIRST_ORIGIN * NEXT_ORIGIN**place
        age = "of no known time" if article.is_timeless else f"{hours:.1f} hours old"
        behind = f"; copies add nothing: {copies}" if copies else ""
        parts.append(
            Part(
                name=name,
                points=round(full * fresh, 2),
                why=f"{age}, {fresh:.0%} of {full:.1f}{behind}",
            )
        )
    return summed(RULE, parts)


def _firsts(
    in_time: Sequence[Article], origins: Sequence[Origin]
) -> list[tuple[str, Article, int]]:
    """Each origin with its first piece, its own where it has one, and how many copies
    of others it has."""
    if not origins:
        firsts: dict[str, Article] = {}
        for article in in_time:
            firsts.setdefault(article.provider.domain, article)
        return [(name, article, 0) for name, article in firsts.items()]
    by_id = {article.id: article for article in in_time}
    found = []
    for origin in origins:
        here = [by_id[of] for of in origin.articles if of in by_id]
        if not here:
            continue
        copies = sum(a.provider.domain != origin.source for a in here)
        first = here[0] if origin.own else min(here, key=lambda a: (a.instant, a.id))
        found.append((origin.source, first, copies if origin.own else copies - 1))
    return found
