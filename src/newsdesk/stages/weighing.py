"""Articles -> weighted terms (TF-IDF): what an article is about, as a unit vector.

A term weighs by how often it stands in the article, dampened, and by how rare it is: in
news at large (`text.word_spread`) and, a little, in the window. The window alone would
take the words of an event that fills it for common ones. For a language without a table
the window's articles in that language must do. What likeness means for stories is for
`grouping`.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping

from newsdesk.model.article import Article, ArticleId
from newsdesk.text import terms, word_spread

TITLE_WEIGHT = 2
TEXT_READ = 1_500
"""Characters of the text that are compared."""
STRONGEST_TERMS = 60
"""Terms of one article that count: the heaviest."""
PRIOR_ARTICLES = 40
"""Articles assumed besides those of the window, so that in a small one no word looks
rarer than it is."""
AT_LARGE = 0.8
"""What rarity in news at large counts for; the rest is rarity in the window. Best of 0,
.3, .5, .7, .8 and 1 over open sets: less, and big stories make their own words common."""
LEAD_READ = 300
"""Characters of the text that names are read from: those further down play a part in many
stories."""

Vector = dict[str, float]
"""Terms with their weights, heaviest first; of length one, or empty."""


def counts(article: Article) -> Counter[str]:
    """How often each term stands in headline and text."""
    reading = article.reading
    found = terms.terms(reading.title) * TITLE_WEIGHT
    found += terms.terms((reading.text or reading.excerpt)[:TEXT_READ])
    return Counter(found)


def names(article: Article) -> frozenset[str]:
    """Whom and what headline and lead name; see `terms.names`."""
    reading = article.reading
    lead = (reading.text or reading.excerpt)[:LEAD_READ]
    return terms.names(reading.title) | terms.names(lead)


def vectors(articles: Iterable[Article]) -> dict[ArticleId, Vector]:
    """A vector for each article, by the rarity of its terms."""
    counted: dict[ArticleId, Counter[str]] = {}
    tongues: dict[str, list[ArticleId]] = {}
    for article in articles:
        words = counted[article.id] = counts(article)
        declared = article.reading.language
        known = word_spread.language_of(words, declared)
        tongues.setdefault(known or declared or "", []).append(article.id)
    found: dict[ArticleId, Vector] = {}
    for tongue, ids in tongues.items():
        rare = rarity((counted[of] for of in ids), word_spread.tables().get(tongue))
        found |= {of: unit(counted[of], rare) for of in ids}
    return {of: found[of] for of in counted}


def rarity(
    counted: Iterable[Mapping[str, int]], at_large: Mapping[str, float] | None = None
) -> dict[str, float]:
    """How much each term of these articles tells, in nats. `at_large`: what the common
    terms of their language tell; None where that is not known."""
    spread: Counter[str] = Counter()
    many = 0
    for words in counted:
        spread.update(words.keys())
        many += 1
    here = {
        word: max(0.0, math.log((many + PRIOR_ARTICLES) / (times + 1)))
        for word, times in spread.items()
    }
    if at_large is None:
        return here
    return {
        word: AT_LARGE * at_large.get(word, word_spread.RAREST) + (1 - AT_LARGE) * tells
        for word, tells in here.items()
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
