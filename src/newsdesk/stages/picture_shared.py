"""Pictures that a provider puts on one article after the other: no leads.

Whoever has no picture of an event often shows one that stands for the site instead. Its
name does not always tell; that it comes with many headlines does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from newsdesk.model.article import Article

ALWAYS = 8
"""Headlines of one provider with one picture, from which it stands for the site."""
OFTEN = 4
"""The same where the picture comes with at least `SHARE` of the provider's articles."""
SHARE = 0.5


def without(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles without the pictures that their providers use as a stand-in."""
    shared = stand_ins(articles)
    if not shared:
        return tuple(articles)
    return tuple(freed(article, shared) for article in articles)


def stand_ins(articles: Sequence[Article]) -> frozenset[tuple[str, str]]:
    """(domain, file) of each picture with which a provider leads many articles.

    Headlines are counted, not articles: one that was published thrice is one. A few
    pieces on a running event may share a photograph; that is no stand-in.
    """
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    total: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        domain, title = article.provider.domain, article.reading.title.casefold()
        total[domain].add(title)
        for picture in article.reading.pictures[:1]:
            titles[domain, _file(picture.url)].add(title)
    return frozenset(
        (domain, file)
        for (domain, file), found in titles.items()
        if len(found) >= ALWAYS
        or (len(found) >= OFTEN and len(found) >= SHARE * len(total[domain]))
    )


def _file(url: str) -> str:
    return url.partition("?")[0]


def freed(article: Article, shared: frozenset[tuple[str, str]]) -> Article:
    """The article without such pictures, by (domain, file)."""
    domain, reading = article.provider.domain, article.reading
    kept = tuple(
        picture
        for picture in reading.pictures
        if (domain, _file(picture.url)) not in shared
    )
    if len(kept) == len(reading.pictures):
        return article
    return replace(article, reading=replace(reading, pictures=kept))
