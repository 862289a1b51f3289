"""Members of a story and their copies -> independent origins.

A provider with a text of its own is an origin; so is an agency that only copies of are at
hand. Whoever has another's text stands behind that one and confirms nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Copy, Origin


def of(
    members: Sequence[Article], copies: Mapping[ArticleId, Copy]
) -> tuple[Origin, ...]:
    """The independent voices among `members`, the earliest first. `copies`, by the id of
    the article that is one, may tell of others too: a copy of a copy goes back to the
    first text, wherever that stands."""
    behind: dict[str, list[Article]] = {}
    own: dict[str, int] = {}
    for article in sorted(members, key=lambda a: _place(a, copies)):
        source = _source(article, copies)
        behind.setdefault(source, []).append(article)
        own[source] = own.get(source, 0) + (_behind(article.id, copies) is None)
    found = [
        (
            min(a.instant for a in articles[: own[source]] or articles),
            Origin(
                source=source,
                articles=tuple(article.id for article in articles),
                own=own[source],
            ),
        )
        for source, articles in behind.items()
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].source))
    return tuple(origin for _, origin in found)


def _place(article: Article, copies: Mapping[ArticleId, Copy]) -> tuple[object, ...]:
    is_copy = _behind(article.id, copies) is not None
    return (is_copy, article.instant, article.id)


def _behind(of: ArticleId, copies: Mapping[ArticleId, Copy]) -> Copy | None:
    """What an article depends on; None: it speaks for itself."""
    copy = copies.get(of)
    return copy if copy and copy.is_dependent else None


def _source(article: Article, copies: Mapping[ArticleId, Copy]) -> str:
    """Who wrote an article's text first, as far as we know."""
    copy = _behind(article.id, copies)
    if copy is None:
        return article.provider.domain
    met = {article.id}
    while copy.original is not None and copy.original not in met:
        met.add(copy.original)
        further = _behind(copy.original, copies)
        if further is None:
            break
        copy = further
    return copy.source
