"""The packed articles of a window and an index of their heaviest terms.

What an article is about is held as it weighs by itself, and as it reads with what it
borrowed from others (`borrowing`): the wide one, which groups are made of. Who lends to
whom is for `window_lending`.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from newsdesk.model.article import Article, ArticleId
from newsdesk.stages import weighing
from newsdesk.stages.grouping_groups import Item
from newsdesk.stages.weighing import Vector
from newsdesk.stages.window_terms import Climate, Rarity, tongue_of

POSTED_TERMS = 32
"""An article's heaviest terms by which it can be found."""
HOLDERS_READ = 300
"""Of one term: the newest that hold it."""
POSTINGS_READ = 2_500
"""Holders looked at for one article, heaviest terms first: it keeps the cost of an article
level however large the window is."""
HEAVIEST = 8
"""Of these terms, each counts twice."""
LEAST_SHARED = 3
"""What two articles must share by the index, counted so, to be compared."""
LIKELY = 120
"""Articles that are worth a comparison with one: those that share most by the index."""
SCALE = 65_535
"""Weights (0-1) are held in 16 bits."""

Numbers = dict[int, float]
"""A vector by the numbers of its terms."""
_Packed = tuple["array[int]", "array[int]"]


@dataclass(slots=True, kw_only=True)
class Held:
    """The packed rows of a window. An article has one place in each of them."""

    ids: list[ArticleId] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Every term met, by number."""
    terms: array[int] = field(default_factory=lambda: array("I"))
    """The terms of all vectors, one vector after the other, heaviest first."""
    weights: array[int] = field(default_factory=lambda: array("H"))
    starts: array[int] = field(default_factory=lambda: array("Q", [0]))
    """Where each vector begins; one more than there are."""
    names: array[int] = field(default_factory=lambda: array("I"))
    name_starts: array[int] = field(default_factory=lambda: array("Q", [0]))
    at: array[float] = field(default_factory=lambda: array("d"))
    """Hours, from the epoch."""
    language: array[int] = field(default_factory=lambda: array("I"))
    """The term number of the language's code; that of the empty word: none."""
    gone: array[int] = field(default_factory=lambda: array("I"))
    """Places that are empty."""
    lone: array[int] = field(default_factory=lambda: array("I"))
    """Places of articles that join no story by themselves."""


class Rows:
    """Packed articles, and those that share heavy terms with one."""

    def __init__(self, climate: Climate) -> None:
        self.climate = climate
        self.held = Held()
        self.place: dict[ArticleId, int] = {}
        self.lone: set[int] = set()
        self._number: dict[str, int] = {}
        self._holders: dict[int, array[int]] = {}
        self._wide: dict[int, _Packed] = {}

    def hold(self, article: Article) -> int:
        """Take an article in, to be posted later; its place."""
        words = weighing.counts(article)
        tongue = tongue_of(article, words)
        rare = self.climate.rarities.get(tongue) or Rarity({}, 0, tongue)
        vector = weighing.unit(words, rare)
        held, place = self.held, len(self.held.ids)
        held.ids.append(article.id)
        held.terms.extend([self.number(word) for word in vector])
        held.weights.extend([round(weight * SCALE) for weight in vector.values()])
        held.starts.append(len(held.terms))
        held.names.extend([self.number(w) for w in sorted(weighing.names(article))])
        held.name_starts.append(len(held.names))
        held.at.append(article.instant.timestamp() / 3600)
        held.language.append(self.number(article.reading.language or ""))
        self.place[article.id] = place
        return place

    def drop(self, of: ArticleId) -> int | None:
        """Let go of an article; the place that it had, None: it was not there."""
        place = self.place.pop(of, None)
        if place is not None:
            self.held.gone.append(place)
            self._wide.pop(place, None)
        return place

    def post(self, place: int) -> None:
        """Let an article be found by others."""
        start = self.held.starts[place]
        end = min(self.held.starts[place + 1], start + POSTED_TERMS)
        for number in self.held.terms[start:end]:
            holders = self._holders.get(number)
            if holders is None:
                self._holders[number] = array("I", (place,))
                continue
            holders.append(place)
            # Cut seldom, for cutting moves all that stays.
            if len(holders) > 4 * HOLDERS_READ:
                del holders[:-HOLDERS_READ]

    def likely(self, place: int, vector: Mapping[int, float]) -> list[int]:
        """Articles that share heavy terms with a vector, those that share most first."""
        holders = []
        read = 0
        for at, number in enumerate(vector):
            held = self._holders.get(number)
            if held is None:
                continue
            newest = held[-HOLDERS_READ:]
            holders.append(newest)
            if at < HEAVIEST:
                holders.append(newest)
            read += len(newest)
            if read > POSTINGS_READ:
                break
        # Counted, not weighed: counting is done in C, and all that matters here is who
        # is worth a look.
        shared = Counter(chain.from_iterable(holders))
        shared.pop(place, None)
        likely = (
            (-many, other) for other, many in shared.items() if many >= LEAST_SHARED
        )
        return [other for _, other in heapq.nsmallest(LIKELY, likely)]

    def holders(self, word: str) -> array[int]:
        """Places of the newest articles that a term is among the heaviest of."""
        return self._holders.get(self._number.get(word, -1), array("I"))

    # What an article is about

    def own(self, place: int) -> Numbers:
        """By itself."""
        return _numbers(*self._own(place))

    def wide(self, place: int) -> Numbers:
        """With what it borrowed, heaviest terms first."""
        return _numbers(*self._wide.get(place) or self._own(place))

    def widen(self, place: int, vector: Mapping[int, float] | None) -> None:
        """Have it borrow; None: it borrows nothing."""
        if vector is None:
            self._wide.pop(place, None)
            return
        weights = (round(weight * SCALE) for weight in vector.values())
        self._wide[place] = (array("I", vector), array("H", weights))

    def own_likeness(self, vector: Mapping[int, float], other: int) -> float:
        """How alike a vector is to an article by itself."""
        return _dot(vector, *self._own(other))

    def wide_likeness(self, vector: Mapping[int, float], other: int) -> float:
        """How alike a vector is to an article with what it borrowed."""
        return _dot(vector, *self._wide.get(other) or self._own(other))

    def words_of(self, vector: Mapping[int, float]) -> Vector:
        """A vector by its words."""
        words = self.held.words
        return {words[number]: weight for number, weight in vector.items()}

    def names(self, place: int) -> frozenset[int]:
        """The numbers of whom and what it names."""
        starts = self.held.name_starts
        return frozenset(self.held.names[starts[place] : starts[place + 1]])

    def item(self, place: int, told: str | None) -> Item:
        """The article as far as grouping goes, with what it borrowed."""
        words = self.held.words
        return Item(
            vector=self.words_of(self.wide(place)),
            at=self.held.at[place],
            language=words[self.held.language[place]] or None,
            told=told,
            names=frozenset(words[number] for number in self.names(place)),
        )

    def in_time(self, place: int) -> tuple[float, ArticleId]:
        """What orders articles."""
        return (self.held.at[place], self.held.ids[place])

    def packed_wide(self) -> list[tuple[int, array[int], array[int]]]:
        """The wide vectors of all that borrow, by place."""
        return [(place, *self._wide[place]) for place in sorted(self._wide)]

    def index(self, wide: Mapping[int, _Packed]) -> None:
        """Make the look-ups of the packed rows, as after they were read back."""
        held = self.held
        self._number = {word: number for number, word in enumerate(held.words)}
        gone = set(held.gone)
        self.lone = set(held.lone) - gone
        self._wide = dict(wide)
        for place, of in enumerate(held.ids):
            if place not in gone:
                self.place[of] = place
                if place not in self.lone:
                    self.post(place)

    def _own(self, place: int) -> _Packed:
        start, end = self.held.starts[place], self.held.starts[place + 1]
        return self.held.terms[start:end], self.held.weights[start:end]

    def number(self, word: str) -> int:
        """The number of a word."""
        number = self._number.get(word)
        if number is None:
            number = self._number[word] = len(self.held.words)
            self.held.words.append(word)
        return number


def _numbers(terms: array[int], weights: array[int]) -> Numbers:
    return {n: weight / SCALE for n, weight in zip(terms, weights, strict=True)}


def _dot(vector: Mapping[int, float], terms: array[int], weights: array[int]) -> float:
    pairs = zip(terms, weights, strict=True)
    return sum([vector[n] * weight for n, weight in pairs if n in vector]) / SCALE
