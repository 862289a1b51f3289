"""Text -> shingles: runs of neighbouring words as numbers, by which copies are found.

Words count without case and punctuation, so that a copy that was typeset anew stays one;
where a language writes no spaces, characters take the place of words. Two texts that
share a shingle share that run of words. What sharing proves is for `stages.copies`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

WORDS = 4
"""Words of a shingle: five in a row are too easily broken by light editing, three are
shared by any two texts on one event."""
CHARACTERS = 8
"""Characters of a shingle where no spaces are written."""
MOST_WORDS = 3_000
"""Words of a text that count: what a copy took stands in its beginning."""

PASSAGE = 3
"""Paragraphs on end that make a passage; two of the same statement may meet by chance."""
FEW_PARAGRAPHS = 4
HELD = 0.5
"""Share of a paragraph's shingles from which it stands in the other text."""
SHORT_HELD = 0.8
OPENING = 3
"""Paragraphs in which the other text must set in for those before to be an opening."""
ENOUGH_AFTER_OPENING = 60
"""Words that must be left."""
FEWEST_FIGURES = 3

_DENSE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W_{_DENSE}]+")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»’')]*\s+|(?<=[。！？])|\n+")
_IS_DENSE = re.compile(rf"[{_DENSE}]")

# Odd numbers of 64 bits without a pattern, one a place in the shingle.
_MIX = (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
    0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
)  # fmt: skip
_BITS = 0xFFFFFFFFFFFFFFFF


def shingles(text: str) -> frozenset[int]:
    """The text's shingles as numbers of 64 bits, the same on every machine and in every
    process; empty where the text is shorter than one."""
    tokens = _tokens(text)
    return _of(tokens, _length(tokens))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """How much of a text stands in another as it is, sentence after sentence."""

    whole: float
    """Share of its words, 0–1."""
    after_opening: float
    """The same without what it begins with and the other lacks: a standfirst, a byline, an
    opening of its own; 0 where too little is left."""
    keeps_opening: bool
    """Whether its first paragraph stands in the other."""


def passages(text: str, other: frozenset[int]) -> Passages:
    """What of a text stands in another, of which these are the shingles, as passages: at
    least three paragraphs (or sentences, where it has few) on end, joined as they are
    here. Reports that quote one statement share sentences, each in an order of its own; a
    copy shares the order as well. A text of two parts must share nearly all."""
    parts = _parts(text)
    length = _length([token for part in parts for token in part])
    held = [_share(_of(part, length), other) >= HELD for part in parts]
    own = next((at for at, is_held in enumerate(held[:OPENING]) if is_held), OPENING)
    rest = _in_passages(parts[own:], held[own:], other, length)
    is_enough = sum(map(len, parts[own:])) >= ENOUGH_AFTER_OPENING
    return Passages(
        whole=_in_passages(parts, held, other, length),
        after_opening=rest if is_enough else 0.0,
        keeps_opening=own == 0 and bool(parts),
    )


def _in_passages(
    parts: list[list[str]], held: list[bool], other: frozenset[int], length: int
) -> float:
    """Share of the words of these parts that stand in passages."""
    total = sum(map(len, parts))
    if not total:
        return 0.0
    if len(parts) < PASSAGE:
        whole = _share(_of([t for part in parts for t in part], length), other)
        return whole if whole >= SHORT_HELD else 0.0
    found = passage = words = 0
    for at, part in enumerate(parts):
        if passage and held[at] and _joined(parts[at - 1], part, other, length):
            passage, words = passage + 1, words + len(part)
        else:
            found += words if passage >= PASSAGE else 0
            passage, words = (1, len(part)) if held[at] else (0, 0)
    return (found + (words if passage >= PASSAGE else 0)) / total


def same_figures(text: str, other: str) -> float:
    """Share of the text's figures, 0–1, that the other text has too; 1 where it has too
    few to tell. Two quarterly reports are alike in every word but these."""
    own = set(_FIGURE.findall(text[: MOST_WORDS * 8]))
    if len(own) < FEWEST_FIGURES:
        return 1.0
    return len(own & set(_FIGURE.findall(other))) / len(own)


def _parts(text: str) -> list[list[str]]:
    """The words of each paragraph, or of each sentence of a text of few paragraphs."""
    text = text[: MOST_WORDS * 8]
    parts = [tokens for line in text.split("\n") if len(tokens := _tokens(line)) > 1]
    if len(parts) >= FEW_PARAGRAPHS:
        return parts
    return [tokens for one in _SENTENCE.split(text) if len(tokens := _tokens(one)) > 1]


def _joined(
    before: list[str], after: list[str], other: frozenset[int], length: int
) -> bool:
    """Whether the words around a break stand side by side in the other text."""
    half = length // 2
    seam = before[-half:] + after[:half]
    return len(seam) < length or not _of(seam, length).isdisjoint(other)


def _share(own: frozenset[int], other: frozenset[int]) -> float:
    return len(own & other) / len(own) if own else 1.0


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text[: MOST_WORDS * 8].casefold())[:MOST_WORDS]


def _length(tokens: list[str]) -> int:
    dense = sum(1 for token in tokens if _IS_DENSE.match(token))
    return CHARACTERS if dense * 2 > len(tokens) else WORDS


def _of(tokens: list[str], length: int) -> frozenset[int]:
    numbers = [_number(token) for token in tokens]
    if length == WORDS:  # nearly always, and worth writing out
        a, b, c, d = _MIX[:4]
        return frozenset(
            (w * a + x * b + y * c + z * d) & _BITS
            for w, x, y, z in zip(
                numbers, numbers[1:], numbers[2:], numbers[3:], strict=False
            )
        )
    return frozenset(
        sum(n * mix for n, mix in zip(numbers[at : at + length], _MIX, strict=True))
        & _BITS
        for at in range(len(numbers) - length + 1)
    )


@lru_cache(maxsize=65_536)
def _number(token: str) -> int:
    """A word's number; letters are taken without accents, which editing often drops."""
    if not token.isascii():
        plain = unicodedata.normalize("NFKD", token)
        token = "".join(c for c in plain if not unicodedata.combining(c)) or token
    return crc32(token.encode("utf-8", "surrogatepass"))
