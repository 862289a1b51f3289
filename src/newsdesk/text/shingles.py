"""Text -> shingles: runs of neighbouring words as numbers, by which copies are found.

Words count without case and punctuation, so that a copy that was typeset anew stays one;
where a language writes no spaces, characters take the place of words. Two texts that
share a shingle share that run of words. What sharing proves is for `stages.copies`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

WORDS = 4
"""Words of a shingle: five in a row are too easily broken by light editing, three are
shared by any two texts on one event."""
CHARACTERS = 8
"""Characters of a shingle where no spaces are written."""
MOST_WORDS = 3_000
"""Words of a text that count: what a copy took stands in its beginning."""

_DENSE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W_{_DENSE}]+")
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
    tokens = _TOKEN.findall(text[: MOST_WORDS * 8].casefold())[:MOST_WORDS]
    dense = sum(1 for token in tokens if _IS_DENSE.match(token))
    if dense * 2 > len(tokens):
        return _of(tokens, CHARACTERS)
    return _of(tokens, WORDS)


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
