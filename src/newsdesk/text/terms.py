"""Text -> the terms that texts are compared by: words without endings, and pairs of
characters where a language writes no spaces.

What a term weighs is for `stages.weighing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_TOKEN = re.compile(
    # Runs of scripts written without spaces between words: Thai, Lao, Burmese, Khmer,
    # kana, Chinese characters.
    r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)"
    r"|((?:(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
    r"\uf900-\ufaff])[^\W_])+(?:[.'’\-][^\W_]+)*)"
)
_COMMON = frozenset(
    """a about after again all also an and any are as at be because been before being
    but by can could did do does down during each first for from further had has have he
    her here him his how i if in into is it its itself just last like made make many may
    more most much must my new no not now of off on one only or other our out over own
    said same says she should so some still such than that the their them then there
    these they this those through time to too two under until up very was way we were
    what when where which while who why will with would year years you your""".split()
)
"""English words that say nothing of the subject. Other languages' are common in the
window and weigh little by that."""
_ENDINGS = ("ing", "ed", "es", "s")
MIN_STEM = 4
"""Letters that must stay when an ending is taken off."""


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_WORD_OR_STOP = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*|[.!?:;\"“”„«»‘\n–—|]")
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december""".split()
)
MOST_CAPITALS = 0.6
"""Share of a text's longer words with a capital from which capitals tell nothing."""


def terms(text: str) -> list[str]:
    """The text's terms in order, case folded: `Courts halted` gives `court`, `halt`."""
    return list(_terms(text))


def names(text: str) -> frozenset[str]:
    """Terms of the words that are written with a capital letter inside a sentence: most
    are names of people, bodies and places. Empty for headlines that write every word
    so, and for scripts without capitals; days and months are left out.

    In German, where every noun has a capital, the nouns are among them.
    """
    long = _LONG_WORD.findall(text)
    if sum(word[0].isupper() for word in long) > MOST_CAPITALS * len(long):
        return frozenset()
    found: set[str] = set()
    begins = True
    for word in _WORD_OR_STOP.findall(text):
        if not begins and word[0].isupper() and len(word) > 1:
            found.update(_terms(word))
        begins = not word[0].isalnum()
    return frozenset(found - _CALENDAR)


def _terms(text: str) -> Iterator[str]:
    for dense, word in _TOKEN.findall(text):
        if dense:
            yield from _pairs(dense)
        elif len(word) > 1 and (stem := _stem(word)):
            yield stem


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for at in range(len(run) - 1):
        yield run[at : at + 2]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """The word without case, possessive and plain endings; empty for a common word.

    Rough on purpose: it must only map a word's forms to the same letters, and does no
    harm where a language has no such endings.
    """
    bare = word.casefold().removesuffix("'s").removesuffix("’s")
    if bare in _COMMON or len(bare) < 2:
        return ""
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= MIN_STEM:
            return bare[: -len(ending)]
    return bare
