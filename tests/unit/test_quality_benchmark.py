"""Average precision as the benchmark of quality tells it, and our own pieces by it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks/quality"


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    path = FOLDER / "quality.py"
    spec = importlib.util.spec_from_file_location("quality_benchmark", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there for their annotations
    sys.path.insert(0, str(FOLDER))
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(FOLDER))


def ranked(bench: ModuleType, rows: list[tuple[bool, int]]) -> float | None:
    """Average precision of (is news, quality)."""

    class Row:
        def __init__(self, is_news: bool, rank: int) -> None:
            self.is_news, self.rank = is_news, rank

    found: float | None = bench.average_precision([Row(*row) for row in rows])
    return found


def test_all_news_first_is_precise(bench: ModuleType) -> None:
    assert ranked(bench, [(True, 9), (True, 8), (False, 7), (False, 6)]) == 1.0


def test_the_mean_is_taken_at_each_piece_of_news(bench: ModuleType) -> None:
    rows = [(True, 9), (False, 8), (True, 7), (False, 6)]
    assert ranked(bench, rows) == round((1 + 2 / 3) / 2, 4)


def test_equals_count_together_whatever_their_order(bench: ModuleType) -> None:
    assert ranked(bench, [(True, 5), (False, 5)]) == 0.5
    assert ranked(bench, [(False, 5), (True, 5)]) == 0.5


def test_there_is_nothing_to_tell_apart_in_news_alone(bench: ModuleType) -> None:
    assert ranked(bench, [(True, 5)]) is None


def test_our_own_pieces_kept_for_testing_are_told_apart(bench: ModuleType) -> None:
    pieces = [piece for piece in bench.quality_sets.written() if piece.is_test]
    assert len(pieces) > 80
    found = bench.figures([bench.judged(piece) for piece in pieces])
    assert found["average_precision"] >= 0.97
    assert found["by_label"]["spam"] >= 0.99
