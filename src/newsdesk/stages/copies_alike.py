"""Articles -> pairs with much the same text, by the runs of words that they share.

Every fourth shingle, picked by its number, goes into an index (what min-hashing does, but
a short reprint of a long piece is found as well as a copy of equal length). Articles that
meet there are compared in full. Who copied whom is for `copies`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsdesk.model.article import Article, ArticleId
from newsdesk.text.shingles import Passages, passages, same_figures, shingles

FEWEST_SHINGLES = 24
"""Shingles (words, nearly) below which a text is too short to prove anything: a shared
teaser or a moved headline."""
LEAST = 0.4
"""Share of the shorter text's shingles that the longer must hold to be looked at. Reports
that quote the same long statements share up to .35; edited copies keep more than .55."""
SAMPLED = 4
"""One shingle in so many is looked up. A pair at the threshold shares at least nine, of
which one is picked in 92 of 100 cases; of a short copy two thirds or more, in 99."""
HINT = LEAST / 3
"""Share of the picked shingles of the shorter from which a pair is compared in full."""
HOLDERS = 16
"""Articles that a shingle leads to, the earliest: what stands everywhere (a newsletter's
invitation) costs no more, and a copy of a copy is found through the first ones."""

_PICKED = (1 << 64) // SAMPLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two articles of which the shorter's text stands in the longer's."""

    one: ArticleId
    other: ArticleId
    share_of_one: float
    """Share of its shingles that the other has, 0–1."""
    share_of_other: float
    passages: Passages
    """What of the shorter one stands in the longer in the same order."""
    figures: float
    """Share of the shorter one's figures that the longer has too; 1: it has few."""
    words: int
    """Shingles, nearly words, of the shorter one."""


def alike(articles: Sequence[Article]) -> tuple[Alike, ...]:
    """Each pair once, the earlier article first; by their order in time, so that the
    order in which articles are given does not matter."""
    _forget()
    ordered = sorted(articles, key=lambda a: (a.instant, a.id))
    picked = [_picked(article) for article in ordered]
    met = _meetings(picked)
    return tuple(_confirmed(ordered, met))


def _picked(article: Article) -> array[int]:
    """The shingles of an article that are looked up."""
    key = hash(article.reading.text)
    if key not in _SKETCHES:
        whole = shingles(article.reading.text)
        _SKETCHES[key] = array(
            "Q",
            sorted(s for s in whole if s < _PICKED)
            if len(whole) >= FEWEST_SHINGLES
            else (),
        )
    return _SKETCHES[key]


def _meetings(picked: Sequence[array[int]]) -> list[tuple[int, int]]:
    """Places of articles that may be alike, later first, in order."""
    shared = _shared(picked)
    holders: dict[int, list[int]] = {}
    met = []
    for place, numbers in enumerate(picked):
        votes: Counter[int] = Counter()
        for number in numbers:
            if number in shared:
                known = holders.setdefault(number, [])
                votes.update(known)
                if len(known) < HOLDERS:
                    known.append(place)
        met += [
            (place, earlier)
            for earlier, many in sorted(votes.items())
            if many >= HINT * min(len(numbers), len(picked[earlier]))
        ]
    return met


def _shared(picked: Sequence[array[int]]) -> set[int]:
    """Numbers that (nearly always) stand in more than one list. Most stand in one, and a
    table of bytes tells so in a fraction of the memory that remembering them takes."""
    total = sum(map(len, picked))
    bits = max(10, (total * 4).bit_length())
    seen = bytearray(1 << bits)
    mask = (1 << bits) - 1
    shared = set()
    for numbers in picked:
        for number in numbers:
            place = number & mask
            if seen[place]:
                shared.add(number)
            else:
                seen[place] = 1
    # The first holder of a shared number met an empty place: the second pass finds it.
    return shared


def _confirmed(
    ordered: Sequence[Article], met: Sequence[tuple[int, int]]
) -> Iterator[Alike]:
    texts = [article.reading.text for article in ordered]
    pairs = [(texts[earlier], texts[later]) for later, earlier in met]
    fresh = dict.fromkeys(pair for pair in pairs if _key(pair) not in _COMPARED)
    _compare(tuple(fresh))
    for (later, earlier), pair in zip(met, pairs, strict=True):
        if found := _COMPARED[_key(pair)]:
            one, other = ordered[earlier].id, ordered[later].id
            yield replace(found, one=one, other=other)


def _compare(pairs: Sequence[tuple[str, str]]) -> None:
    """Remembers what each pair of texts has in common. The shingles of a text are kept
    until its last pair is done."""
    kept: dict[str, frozenset[int]] = {}
    last_use = {text: at for at, pair in enumerate(pairs) for text in pair}
    for at, pair in enumerate(pairs):
        for text in pair:
            if text not in kept:
                kept[text] = shingles(text)
        _COMPARED[_key(pair)] = _common(pair, kept)
        for text in set(pair):
            if last_use[text] == at:
                del kept[text]


def _common(
    pair: tuple[str, str], shingles_of: Mapping[str, frozenset[int]]
) -> Alike | None:
    """What two texts have in common, under no names; None: too little."""
    one, other = (shingles_of[text] for text in pair)
    both = len(one & other)
    if both < LEAST * min(len(one), len(other)):
        return None
    short, long = sorted(pair, key=lambda text: len(shingles_of[text]))
    return Alike(
        one=ArticleId(""),
        other=ArticleId(""),
        share_of_one=both / len(one),
        share_of_other=both / len(other),
        passages=passages(short, shingles_of[long]),
        figures=same_figures(short, long),
        words=len(shingles_of[short]),
    )


def _key(pair: tuple[str, str]) -> tuple[int, int]:
    return hash(pair[0]), hash(pair[1])


# What was found out of texts, by their hashes, so that a run takes only new articles
# apart. It changes no outcome, only what it costs.
_SKETCHES: dict[int, array[int]] = {}
_COMPARED: dict[tuple[int, int], Alike | None] = {}
MOST_REMEMBERED = 200_000


def _forget() -> None:
    """Keeps memory within bounds: at most a large window's worth is remembered."""
    for memory in (_SKETCHES, _COMPARED):
        if len(memory) > MOST_REMEMBERED:
            memory.clear()
