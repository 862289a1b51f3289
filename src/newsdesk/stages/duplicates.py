"""Articles -> exact duplicates: the same article met twice, folded into the first.

Two articles are one where they name the same canonical address, or where one provider
carries the same headline twice within a day. Copies at *other* providers are coverage,
not duplicates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from newsdesk.model.article import Article, ArticleId
from newsdesk.text import urls

SAME_HEADLINE_WITHIN = timedelta(hours=24)
SHORT_HEADLINE = 25
"""Characters below which a headline is too common to prove anything: 'Briefs'."""


def duplicates(articles: Sequence[Article]) -> tuple[tuple[ArticleId, ArticleId], ...]:
    """Pairs of (duplicate, the one that stays), by id. The one first seen stays, so that
    a later copy never takes over; articles marked already are left out."""
    kept: dict[str, Article] = {}
    pairs = []
    for article in sorted(articles, key=_precedence):
        if article.duplicate_of is not None:
            continue
        earlier = next(
            (
                kept[mark]
                for mark in marks(article)
                if mark in kept and _is_same(article, kept[mark], mark)
            ),
            None,
        )
        if earlier is not None:
            pairs.append((article.id, earlier.id))
        else:
            for mark in marks(article):
                kept.setdefault(mark, article)
    return tuple(sorted(pairs))


def _precedence(article: Article) -> tuple[object, ...]:
    return (article.first_seen_at, article.instant, article.id)


def marks(article: Article) -> Iterable[str]:
    """By what two articles are known for one: nothing else is compared."""
    yield f"address {urls.key(article.reading.web_url) or article.reading.web_url}"
    title = re.sub(r"\W+", " ", article.reading.title).strip().casefold()
    if len(title) >= SHORT_HEADLINE:
        yield f"headline {article.provider.domain} {title}"


def _is_same(article: Article, earlier: Article, mark: str) -> bool:
    if mark.startswith("address "):
        return True
    return abs(article.instant - earlier.instant) <= SAME_HEADLINE_WITHIN
