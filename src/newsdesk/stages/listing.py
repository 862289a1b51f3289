"""Members of a story -> which of them are listed beside its lead, and in which order.

By quality, then by how well they stand for the story. One entry a provider; a further
piece of the same one is listed where it adds enough. A text is listed once: who else
carries it is counted with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Copy, Score
from newsdesk.text import facts
from newsdesk.text.facts import Facts

ADDS = 6
"""Names and figures that a further piece of a provider must have and its listed ones
lack. A report that was only brought up to date has two or three."""
ADDS_SHARE = 0.5
"""Share that these must be of all its names and figures."""
ADDS_WORDS = 150
"""Words of its own that it must have."""
A_PROVIDER = 3
"""Pieces of one provider at most, the lead among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage beside a lead."""

    related: tuple[Article, ...]
    """Best first."""
    more: tuple[Article, ...]
    """What is not listed, in the same order."""
    also_in: tuple[tuple[ArticleId, tuple[ArticleId, ...]], ...]
    """Beside a listed piece or the lead, the members that carry its text elsewhere."""


def coverage(
    lead: Article,
    members: Sequence[Article],
    qualities: Mapping[ArticleId, Score],
    standings: Mapping[ArticleId, Score],
    copies: Mapping[ArticleId, Copy],
) -> Coverage:
    """Which members stand beside the lead. `copies`: whose text a member has, where it
    is not its own."""
    order = sorted(
        members,
        key=lambda a: (
            -qualities[a.id].value,
            -standings[a.id].value,
            a.instant,
            a.id,
        ),
    )
    families = _families(order, copies)
    shelf = _Shelf(lead)
    shown: dict[ArticleId, tuple[ArticleId, ...]] = {}
    for family in families:
        head = lead if lead in family else shelf.take(family)
        if head is not None and len(family) > 1:
            shown[head.id] = tuple(a.id for a in family if a.id != head.id)
    listed = {lead.id, *shelf.taken}
    return Coverage(
        related=tuple(a for a in order if a.id in shelf.taken),
        more=tuple(a for a in order if a.id not in listed),
        also_in=tuple((of, shown[of]) for of in sorted(shown)),
    )


def _families(
    order: Sequence[Article], copies: Mapping[ArticleId, Copy]
) -> list[list[Article]]:
    """Members with one text each, its original first, then as in `order`; families as
    their best members are."""
    by_id = {article.id: article for article in order}
    found: dict[ArticleId, list[Article]] = {}
    for article in order:
        root = _root(article.id, by_id.keys(), copies)
        found.setdefault(root, []).append(article)
    return [
        sorted(family, key=lambda a: a.id != root)  # stable: the rest keep their order
        for root, family in found.items()
    ]


def _root(
    of: ArticleId, members: Iterable[ArticleId], copies: Mapping[ArticleId, Copy]
) -> ArticleId:
    """The member whose text it is, following copies of copies as far as they are here."""
    here, met = frozenset(members), {of}
    while (copy := copies.get(of)) is not None and copy.is_dependent:
        if copy.original is None or copy.original not in here or copy.original in met:
            break
        of = copy.original
        met.add(of)
    return of


class _Shelf:
    """What is listed so far, a provider at a time."""

    def __init__(self, lead: Article) -> None:
        self.taken: set[ArticleId] = set()
        self._pieces: dict[str, list[Article]] = {lead.provider.domain: [lead]}

    def take(self, family: Sequence[Article]) -> Article | None:
        """The member of a family that is listed; None: none of them is."""
        for article in family:
            there = self._pieces.setdefault(article.provider.domain, [])
            if not there or adds(article, there):
                there.append(article)
                self.taken.add(article.id)
                return article
        return None


def adds(article: Article, listed: Sequence[Article]) -> bool:
    """Whether a further piece of a provider tells enough that its listed ones do not."""
    if len(listed) >= A_PROVIDER or len(article.reading.text.split()) < ADDS_WORDS:
        return False
    own = _facts(article)
    before = [_facts(other) for other in listed]
    known = facts.name_words(name for one in before for name in one.names)
    figures = {value for one in before for value, _ in one.figures}
    new = len(facts.new_names(own.names, known))
    new += sum(value not in figures for value, _ in own.figures)
    return new >= max(ADDS, ADDS_SHARE * (len(own.names) + len(own.figures)))


def _facts(article: Article) -> Facts:
    reading = article.reading
    return facts.facts(reading.text, language=reading.language)
