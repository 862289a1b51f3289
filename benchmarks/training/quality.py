"""Learns what each sign weighs for whether a piece reads like news.

    python benchmarks/training/quality.py FILE… [--write]

Each FILE has a labelled piece a line: {title, text, label, lang?}, `news` or anything
else. Our own pieces (benchmarks/quality/written) always belong to it, but for those that
are kept for testing. All pieces of a file with one label weigh as much as those of any
other file; news and the rest weigh the same. Tells the average precision for each file,
learnt from the others alone, and writes stages/quality_weights.json with `--write`.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

import quality_sets

from newsdesk.stages import quality_reads, quality_signs, quality_text

WEIGHTS = Path(quality_reads.__file__).with_name("quality_weights.json")
RIDGE = 80.0
"""How much is asked for a weight other than `HELD`: less fits these pieces better and
others worse."""
HELD = {
    "said": 1.5, "officials": 1.0, "past": 1.0, "when": 1.0, "third": 0.5,
    "quoted": 1.0, "names": 0.5, "full names": 0.7, "dateline": 1.0,
    "headline_event": 1.0, "second": -1.0, "first": -0.7, "we": -0.7, "command": -1.0,
    "advice": -1.0, "promotion": -1.0, "legal": -1.0, "technical": -1.0,
    "headline_advice": -1.0, "headline number": -0.7, "headline question": -0.5,
    "headline to you": -0.7, "headline exclaims": -0.5, "headline year": -0.5,
    "questions": -0.5, "exclamations": -0.5, "list items": -0.7, "short lines": -0.7,
    "code": -0.7, "addresses": -0.7, "prices": -0.7, "trade marks": -0.7,
    "definition": -0.7, "headline short": -1.0, "of no day": -1.0, "of nobody": -1.5,
    "years": -1.0,
}  # fmt: skip
"""What we hold of signs before any piece is seen, and until many say otherwise."""
STEPS = 12
WORTH = 1_000.0
"""What the pieces of one class weigh together."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A piece by its signs."""

    family: str
    is_news: bool
    signs: dict[str, float]
    weight: float = 1.0


def samples(pieces: Sequence[quality_sets.Piece]) -> list[Sample]:
    """Pieces as what is learnt from; those of languages without words are left out."""
    found = []
    for piece in pieces:
        prose = quality_text.prose(piece.title, piece.text, piece.language)
        if quality_signs.is_known(prose.language):
            signs = quality_signs.signs(prose, piece.title)
            is_news = piece.label == "news"
            found.append(Sample(family=piece.family, is_news=is_news, signs=signs))
    return found


def learnt(chosen: Sequence[Sample]) -> dict[str, float]:
    """The weights by which news and the rest are best told apart."""
    names = ["always", *sorted(chosen[0].signs)]
    rows = [[1.0, *(one.signs[name] for name in names[1:])] for one in chosen]
    counts = Counter((one.family, one.is_news) for one in chosen)
    families = Counter(is_news for _, is_news in counts)
    worth = [
        WORTH / families[one.is_news] / counts[one.family, one.is_news]
        for one in chosen
    ]
    before = [HELD.get(name, 0.0) for name in names]
    weights = list(before)
    news = [one.is_news for one in chosen]
    for _ in range(STEPS):
        weights = _stepped(weights, rows, worth, news, before)
    return {name: round(w, 3) for name, w in zip(names, weights, strict=True)}


def _stepped(
    weights: list[float],
    rows: list[list[float]],
    worth: list[float],
    news: list[bool],
    before: list[float],
) -> list[float]:
    """One step of Newton's method for a logistic regression."""
    size = len(weights)
    slope = [-RIDGE * (w - held) for w, held in zip(weights, before, strict=True)]
    slope[0] = 0.0
    bend = [[0.0] * size for _ in range(size)]
    for at in range(1, size):
        bend[at][at] = RIDGE
    for row, each, is_news in zip(rows, worth, news, strict=True):
        places = [at for at, value in enumerate(row) if value]
        total = sum(weights[at] * row[at] for at in places)
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        off, curve = each * (is_news - chance), each * chance * (1 - chance)
        for at in places:
            slope[at] += off * row[at]
            scaled, line = curve * row[at], bend[at]
            for other in places:
                line[other] += scaled * row[other]
    change = _solved(bend, slope)
    return [weight + by for weight, by in zip(weights, change, strict=True)]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """What the matrix turns into `right`, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        lead = rows[at][at] or 1e-9
        for other in range(size):
            if other != at and rows[other][at]:
                share = rows[other][at] / lead
                rows[other] = [
                    a - share * b for a, b in zip(rows[other], rows[at], strict=True)
                ]
    return [line[size] / (line[at] or 1e-9) for at, line in enumerate(rows)]


def chance(weights: dict[str, float], one: Sample) -> float:
    """How much a piece reads like news, before it is squeezed."""
    return weights["always"] + sum(weights[n] * v for n, v in one.signs.items())


def held_out(chosen: Sequence[Sample]) -> dict[str, float]:
    """For each file the share of its pieces on the right side by the others' weights."""
    found = {}
    for family in sorted({one.family for one in chosen}):
        weights = learnt([one for one in chosen if one.family != family])
        own = [one for one in chosen if one.family == family]
        right = sum((chance(weights, one) > 0) == one.is_news for one in own)
        found[family] = round(right / len(own), 3)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    pieces = [piece for file in given.files for piece in quality_sets.pieces(file)]
    pieces += [p for p in quality_sets.written() if not p.is_test]
    chosen = samples(pieces)
    print(json.dumps({"pieces": len(chosen), "right": held_out(chosen)}))
    weights = learnt(chosen)
    print(json.dumps(weights, indent=1))
    if given.write:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
