"""Articles -> weighted terms (TF-IDF): what an article is about, as a unit vector.

A term weighs by how often it stands in the article, dampened, and by how rare it is in
the window. What likeness means for stories is for `grouping`.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newsdesk.model.article import Article, ArticleId
from newsdesk.text import terms

TITLE_WEIGHT = 2
TEXT_READ = 1_500
"""Characters of the text that are compared."""
STRONGEST_TERMS = 60
"""Terms of one article that count: the heaviest."""
PRIOR_ARTICLES = 40
"""Articles assumed besides those of the window, so that in a small one no word looks
rarer than it is."""

Vector = dict[str, float]
"""Terms with their weights, heaviest first; of length one, or empty."""


def counts(article: Article) -> Counter[str]:
    """How often each term stands in headline and text."""
    reading = article.reading
    found = terms.terms(reading.title) * TITLE_WEIGHT
    found += terms.terms((reading.text or reading.excerpt)[:TEXT_READ])
    return Counter(found)


def vectors(articles: Iterable[Article]) -> dict[ArticleId, Vector]:
    """A vector for each article, by the rarity of terms among them all."""
    counted = {article.id: counts(article) for article in articles}
    rare = rarity(counted.values())
    return {article: unit(words, rare) for article, words in counted.items()}


def rarity(counted: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """How much each term of these articles tells, in nats."""
    spread: Counter[str] = Counter()
    many = 0
    for words in counted:
        spread.update(words.keys())
        many += 1
    return {
        word: math.log((many + PRIOR_ARTICLES) / (times + 1))
        for word, times in spread.items()
    }


def unit(words: Mapping[str, int], rare: Mapping[str, float]) -> Vector:
    """The heaviest terms, scaled to length one."""
    weighed = [((1 + math.log(n)) * rare[word], word) for word, n in words.items()]
    # By weight, then by letters: the same article always keeps the same terms.
    kept = heapq.nsmallest(
        STRONGEST_TERMS, ((-weight, word) for weight, word in weighed if weight > 0)
    )
    size = math.sqrt(sum(weight * weight for weight, _ in kept))
    return {word: -weight / size for weight, word in kept}


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The sum over shared terms: the cosine, for unit vectors."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def background(found: Sequence[Vector]) -> list[float]:
    """How alike each vector is to the others on average: high where a window is all
    about one subject, or where a piece says what everybody says."""
    if len(found) < 2:
        return [0.0] * len(found)
    total: dict[str, float] = {}
    for vector in found:
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
    others = len(found) - 1
    return [
        max(0.0, sum(w * total[word] for word, w in vector.items()) - 1) / others
        for vector in found
    ]
