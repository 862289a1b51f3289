"""What terms tell in a window of articles, kept while articles come and go.

As `weighing` has it for articles at hand, but as of when the window was built, with an
answer for terms that are new since.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsdesk.model.article import Article
from newsdesk.stages import weighing
from newsdesk.text import word_spread


class Rarity(dict[str, float]):
    """What each term tells, as of when the window was built; a term that is new since
    tells what one in no article did."""

    def __init__(self, known: Mapping[str, float], many: int, tongue: str) -> None:
        super().__init__(known)
        self.many = many
        self.tongue = tongue
        at_large = word_spread.tables().get(tongue)
        here = math.log(many + weighing.PRIOR_ARTICLES)
        share = weighing.AT_LARGE if at_large is not None else 0.0
        self._unseen = share * word_spread.RAREST + (1 - share) * here

    def __missing__(self, word: str) -> float:
        table = word_spread.tables().get(self.tongue)
        if table is None or word not in table:
            return self._unseen
        lost = weighing.AT_LARGE * (word_spread.RAREST - table[word])
        return max(0.0, self._unseen - lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """What words tell and how much likeness makes a story, as of some articles."""

    rarities: Mapping[str, Rarity]
    """By language."""
    asked: float
    """The mean likeness from which two groups are one."""
    lends: float
    """The likeness from which an article borrows another's terms; see `borrowing`."""
    day: int
    """The day it is good for, from the epoch."""
    base: int
    """How many articles there were when the day began."""
    size: int
    """How many articles it is made of."""


def rarities(articles: Iterable[Article]) -> dict[str, Rarity]:
    """What terms tell, by language. Each text is cut into terms once here and once when
    it is weighed, for all the terms of a large window are too many to hold."""
    tongues: dict[str, list[Article]] = {}
    for article in articles:
        tongues.setdefault(tongue_of(article), []).append(article)
    tables = word_spread.tables()
    return {
        tongue: Rarity(
            weighing.rarity(map(weighing.counts, found), tables.get(tongue)),
            len(found),
            tongue,
        )
        for tongue, found in tongues.items()
    }


def tongue_of(article: Article, words: Iterable[str] | None = None) -> str:
    """The language by which an article's terms are weighed; empty: unknown."""
    declared = article.reading.language
    if declared is None and words is None:
        words = weighing.counts(article)
    return word_spread.language_of(words or (), declared) or declared or ""
