"""How likely each run of a page belongs to its article: small trees, learnt, added up.

The trees lie beside this module in `read_text_weights.json`, each a nested list
`[sign, at most, if so, if not]` with numbers at its ends; `benchmarks/training/text.py`
grows them. Finding the runs and telling their signs is left to the modules beside.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from newsdesk.stages import read_text_signs

WEIGHTS = "read_text_weights.json"

_Tree: TypeAlias = "float | tuple[int, float, _Tree, _Tree]"


def chances(rows: Sequence[Sequence[float] | None]) -> list[float]:
    """From 0 to 1, how likely each run is the article's; 0 where no signs are given."""
    trees = _trees()
    return [0.0 if row is None else _chance(trees, row) for row in rows]


def _chance(trees: Sequence[_Tree], row: Sequence[float]) -> float:
    total = 0.0
    for tree in trees:
        at = tree
        while isinstance(at, tuple):
            at = at[2] if row[at[0]] <= at[1] else at[3]
        total += at
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))


@cache
def _trees() -> tuple[_Tree, ...]:
    """The trees of the weights file, read once."""
    text = resources.files(__package__).joinpath(WEIGHTS).read_text(encoding="utf-8")
    places = {name: place for place, name in enumerate(read_text_signs.NAMES)}
    return tuple(_tree(raw, places) for raw in json.loads(text)["trees"])


def _tree(raw: Any, places: dict[str, int]) -> _Tree:
    if not isinstance(raw, list):
        return float(raw)
    sign, most, so, not_so = raw
    return places[sign], float(most), _tree(so, places), _tree(not_so, places)
