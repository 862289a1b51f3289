"""A word -> the numbers of the pieces that a vocabulary knows, by byte-pair merges.

The merges and the vocabulary are those of a tokenizer file in the form that the
`tokenizers` library writes. Words are cut one by one: no merge crosses a space there.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

SPACE = "▁"
"""How the vocabulary writes the space before a word."""
LONGEST_WORD = 64
"""Characters of a word that are cut; longer runs are no words."""
MOST_WORDS = 100_000
"""Words whose pieces are remembered."""


class Pieces:
    """Cuts words into the pieces of one vocabulary."""

    def __init__(
        self, vocabulary: Mapping[str, int], merges: Mapping[str, int]
    ) -> None:
        self._vocabulary = vocabulary
        self._merges = merges
        self.of_word = lru_cache(maxsize=MOST_WORDS)(self._of_word)

    def of(self, text: str) -> list[int]:
        """Numbers of the pieces of all words of a text, in order. Signs that the
        vocabulary does not know are left out."""
        return [number for word in text.split() for number in self.of_word(word)]

    def _of_word(self, word: str) -> tuple[int, ...]:
        parts = list(SPACE + word[:LONGEST_WORD])
        while len(parts) > 1:
            ranks = [
                self._merges.get(f"{left} {right}", _NEVER)
                for left, right in itertools.pairwise(parts)
            ]
            first = min(ranks)
            if first == _NEVER:
                break
            at = ranks.index(first)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return tuple(self._vocabulary[p] for p in parts if p in self._vocabulary)


_NEVER = 1 << 30


def read(path: Path) -> Pieces:
    """The pieces of a tokenizer file. Raises OSError, ValueError or KeyError for what is
    none."""
    model = json.loads(path.read_bytes())["model"]
    merges = {
        pair if isinstance(pair, str) else " ".join(pair): rank
        for rank, pair in enumerate(model["merges"])
    }
    return Pieces(model["vocab"], merges)
