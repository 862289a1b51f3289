"""What few words say of a topic -> what many articles say: learning from unread ones.

Given articles that each belong to one of several topics, and a first guess of which, the
words and directions of the likely articles of each topic say more than its keywords did;
with these the guess is made anew, a few times. That is expectation-maximisation of a
mixture, over naive Bayes for words and a centre for vectors. It draws nothing at random:
the same articles give the same answer, whatever their order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.stages.classify_likeness import unit
from newsdesk.text import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Set on BBC news (5 topics) and HuffPost (4 and 14), with three lists of keywords each.
ROUNDS = 6
SHARPNESS = 14.0
"""Logits of the first guess for a cosine of 1."""
WORDS_WEIGHT = 2.0
CENTRE_WEIGHT = 8.0
GUESS_WEIGHT = 8.0
"""What words, centres and the first guess weigh against each other."""
SMOOTHING = 0.5
"""Added to each word's count in each topic."""
KNOWN_WEIGHT = 10.0
"""Articles that one decided article counts as."""
FEWEST_ARTICLES = 2
"""Articles that a word must stand in."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of many texts: for each find the text, the word and its weight."""

    texts: NDArray[np.int64]
    words: NDArray[np.int64]
    weights: NDArray[np.float64]
    count: int
    vocabulary: tuple[str, ...]

    def by_topic(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much of each word (rows) is in each topic, by each text's shares."""
        import numpy as np

        size = len(self.vocabulary)
        return np.stack(
            [
                np.bincount(self.words, self.weights * one[self.texts], size)
                for one in shares.T
            ],
            axis=1,
        )

    def by_text(self, tells: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much the words of each text (rows) tell for each topic."""
        import numpy as np

        return np.stack(
            [
                np.bincount(self.texts, self.weights * one[self.words], self.count)
                for one in tells.T
            ],
            axis=1,
        )


def bag(texts: Sequence[str]) -> Bag:
    """The words of texts, the rarer the heavier, each text as a whole alike."""
    import numpy as np

    counts = [Counter(terms.terms(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    kept = sorted(word for word, n in spread.items() if n >= FEWEST_ARTICLES)
    places = {word: place for place, word in enumerate(kept)}
    finds = [
        (at, places[word], (1 + math.log(n)) * math.log(len(texts) / spread[word]))
        for at, count in enumerate(counts)
        for word, n in count.items()
        if word in places
    ]
    rows = np.array([find[0] for find in finds], np.int64)
    weights = np.array([find[2] for find in finds], np.float64)
    lengths = np.sqrt(np.bincount(rows, weights * weights, len(texts)))
    return Bag(
        texts=rows,
        words=np.array([find[1] for find in finds], np.int64),
        weights=weights / np.maximum(lengths[rows], 1e-9),
        count=len(texts),
        vocabulary=tuple(kept),
    )


def guess(
    rows: NDArray[np.float32], directions: NDArray[np.float32]
) -> NDArray[np.float64]:
    """How near each text is to each topic, both seen from their middle: what all texts
    share, and what all topics share, says nothing of which is which."""
    texts = unit(rows - rows.mean(axis=0))
    return (texts @ unit(directions - directions.mean(axis=0)).T).astype(float)


def spread(
    words: Bag,
    rows: NDArray[np.float32],
    near: NDArray[np.float64],
    known: Mapping[int, int],
) -> NDArray[np.float64]:
    """A score for each text and topic; the highest of a text is its topic.

    `near` is the first guess; `known` gives the topics of some texts, by number.
    """
    import numpy as np

    texts = unit(rows - rows.mean(axis=0))
    fixed, theirs = list(known), list(known.values())

    def told(scores: NDArray[np.float64]) -> NDArray[np.float64]:
        risen = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = risen / risen.sum(axis=1, keepdims=True)
        shares[fixed] = 0
        shares[fixed, theirs] = KNOWN_WEIGHT
        return shares  # type: ignore[no-any-return]

    scores, shares = near, told(near * SHARPNESS)
    for _ in range(ROUNDS):
        held = words.by_topic(shares) + SMOOTHING
        tells = words.by_text(np.log(held / held.sum(axis=0)))
        tells = tells - tells.mean(axis=1, keepdims=True)
        centres = unit((shares.T @ texts).astype(np.float32))
        scores = WORDS_WEIGHT * tells + CENTRE_WEIGHT * (texts @ centres.T)
        scores = scores + GUESS_WEIGHT * near
        shares = told(scores)
    return scores
