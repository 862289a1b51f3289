"""Members of a story -> what each brought to it: names, figures, corrections.

Against the members before it in time. A copy brings nothing, whatever an editor put into
it; nor do names and figures prove that a piece says more: they are what can be told from
letters alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Contribution, Copy
from newsdesk.text import corrections, facts

MOST = 8
"""Names, and figures, that are told of one member."""


def contributions(
    members: Sequence[Article], copies: Mapping[ArticleId, Copy]
) -> tuple[Contribution, ...]:
    """What members brought, in order of time; those that brought nothing are left out.
    The first piece brought everything, so only what it put right is told of it."""
    ordered = sorted(members, key=lambda a: (a.instant, a.id))
    words: frozenset[str] = frozenset()
    figures: set[str] = set()
    found = []
    for place, article in enumerate(ordered):
        reading = article.reading
        note = corrections.correction(reading.title, reading.text)
        brought: tuple[str, ...] = ()
        counted: tuple[str, ...] = ()
        if len(ordered) > 1:
            own = facts.facts(reading.text, language=reading.language)
            names = _without(own.names, article)
            copy = copies.get(article.id)
            if place and not (copy and copy.is_dependent):
                brought = facts.new_names(names, words)[:MOST]
                counted = tuple(t for v, t in own.figures if v not in figures)[:MOST]
            words |= facts.name_words(names)
            figures |= {value for value, _ in own.figures}
        if brought or counted or note:
            found.append(
                Contribution(
                    article=article.id, names=brought, figures=counted, correction=note
                )
            )
    return tuple(found)


def _without(names: Sequence[str], article: Article) -> tuple[str, ...]:
    """Names that are neither the outlet's nor its authors'."""
    own = facts.name_words((article.provider.name, *article.reading.authors))
    return tuple(n for n in names if not {w.casefold() for w in n.split()} <= own)
