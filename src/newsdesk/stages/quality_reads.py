"""A piece of writing -> how much it reads like news, and by which signs.

One weighted sum of the signs of `quality_signs`, squeezed to 0–1. The weights stand in
quality_weights.json; `benchmarks/training/quality.py` learns them from labelled pieces.
Where there are no words of a piece's language, nothing is said.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsdesk.stages import quality_signs
from newsdesk.stages.quality_text import Prose

TOLD = 3
"""Signs that a receipt names on either side."""
WORTH_TELLING = 0.15
"""What a sign must add or take to be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """How a piece reads."""

    share: float
    """0–1: 1 is news as news is written."""
    speaks_for: tuple[str, ...] = ()
    """Names of signs, the strongest first."""
    speaks_against: tuple[str, ...] = ()


@cache
def shipped() -> Mapping[str, float]:
    """The weight of each sign, and of `always`, which every piece has."""
    text = (
        resources.files("newsdesk.stages")
        .joinpath("quality_weights.json")
        .read_text(encoding="utf-8")
    )
    return {name: float(weight) for name, weight in json.loads(text).items()}


def reads(piece: Prose, title: str) -> Reads | None:
    """How much a piece reads like news; None where its language is not known."""
    if not quality_signs.is_known(piece.language):
        return None
    weights = shipped()
    found = quality_signs.signs(piece, title)
    parts = {name: weights.get(name, 0.0) * value for name, value in found.items()}
    total = weights["always"] + sum(parts[name] for name in sorted(parts))
    ranked = sorted(parts, key=lambda name: (-abs(parts[name]), name))
    strong = [name for name in ranked if abs(parts[name]) >= WORTH_TELLING]
    return Reads(
        share=round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3),
        speaks_for=tuple(name for name in strong if parts[name] > 0)[:TOLD],
        speaks_against=tuple(name for name in strong if parts[name] < 0)[:TOLD],
    )
