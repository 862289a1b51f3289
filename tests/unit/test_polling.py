"""Our schedule against its peers' on made-up feeds, as the benchmark plays them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks/quality/polling.py"
HOUR, DAY = 3_600.0, 86_400.0


@pytest.fixture(scope="module")
def polling() -> ModuleType:
    spec = importlib.util.spec_from_file_location("polling_benchmark", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there for their annotations
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2])
def test_at_equal_requests_our_delay_is_below_both_peers(
    polling: ModuleType, seed: int
) -> None:
    rows = polling.compare(list(polling.made_up(seed, 3)))["groups"]
    overall = rows["all"]
    assert overall["ours"]["missed"] == 0
    for peer in ("fixed", "entry_frequency"):
        for name in ("median_min", "p95_min", "mean_min"):
            assert overall["ours"][name] < overall[peer][name], (peer, name)
    assert (
        overall["ours"]["requests_a_day"] < overall["fixed 60"]["requests_a_day"] / 1.5
    )
    assert rows["made up, dead"]["ours"]["requests_a_day"] <= 1


def test_the_same_seed_gives_the_same_feeds_and_figures(polling: ModuleType) -> None:
    first, again = (list(polling.made_up(5, 1)) for _ in range(2))
    assert first == again
    assert [s.out for s in first] != [s.out for s in polling.made_up(6, 1)]
    one, other = (polling.tallies(some, polling.ours) for some in (first, again))
    assert {g: t.figures() for g, t in one.items()} == {
        g: t.figures() for g, t in other.items()
    }


def test_delay_is_from_publication_to_the_first_poll(polling: ModuleType) -> None:
    stream = polling.Stream(
        name="x",
        kind="made up, x",
        out=[10 * HOUR, 20 * HOUR, 20.5 * HOUR],
        dated=[10 * HOUR, 20 * HOUR, 20.5 * HOUR],
        size=1,
        start=0.0,
        end=DAY,
    )
    tally = polling.replay(stream, polling.fixed(60))
    start = polling.Dice("start", "x").share() * HOUR
    assert tally.polls == 24
    assert round(tally.delays[0]) == round(start)
    # Of two between two polls, a feed that lists one shows the newer.
    assert tally.missed + len(tally.delays) == 3
    assert max(tally.delays) <= HOUR


def test_a_curve_is_read_between_its_points(polling: ModuleType) -> None:
    points = [
        {"requests_a_day": 24.0, "p95_min": 60.0},
        {"requests_a_day": 1.0, "p95_min": 1_440.0},
    ]
    assert polling.at_equal_requests(points, 24.0, "p95_min") == 60.0
    assert polling.at_equal_requests(points, 12.5, "p95_min") == 750.0
    assert polling.at_equal_requests(points, 0.9, "p95_min") is None
    assert polling.at_equal_requests(points, 25, "p95_min") is None


def test_miniflux_asks_once_per_entry_of_the_week_within_its_bounds(
    polling: ModuleType,
) -> None:
    def wait(per_week: int, factor: float = 1) -> float:
        dated = [n * 7 * DAY / per_week for n in range(1, 3 * per_week)]
        stream = polling.Stream(
            name="x", kind="x", out=dated, dated=dated, size=9, start=0.0, end=DAY
        )
        now = 14 * DAY + 1
        return polling.entry_frequency(factor)(stream)(now, 0, 0) - now

    assert wait(14) == DAY / 2
    assert wait(14, 2) == DAY / 4
    assert wait(1) == wait(7) == DAY
    assert wait(10_000) == 300
