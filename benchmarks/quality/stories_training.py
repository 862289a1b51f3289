"""Learns the settings of stages/same_story.toml from labelled sets.

Each development window is linked once, from many small groups to few large ones; the
quality at every threshold can then be read off. `base`, `crowding` and `brevity` are
those whose thresholds do best on the mean of the families; with `left_out`, each family's
figure is with the settings learnt from the others alone.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stories_scores import bcubed, f1
from stories_sets import Window, article, name_of

from newsdesk.stages import grouping, stories, weighing
from newsdesk.stages.grouping import Settings
from newsdesk.stages.grouping_groups import Item

THRESHOLDS = tuple(round(0.05 + 0.01 * step, 2) for step in range(51))
BASES = tuple(round(0.02 * step - 0.2, 2) for step in range(18))
CROWDINGS = tuple(float(step) for step in range(13))
BREVITIES = tuple(0.25 * step for step in range(9))
SLACK = 0.0015
"""BCubed F1 that is no difference: other windows of the same sets would turn it round."""


@dataclass(frozen=True, kw_only=True)
class Curve:
    """How well a window is grouped at each threshold."""

    name: str
    family: str
    crowding: float
    brevity: float
    quality: tuple[float, ...]
    """BCubed F1 at each of `THRESHOLDS`."""

    def at(self, threshold: float) -> float:
        """The quality at a threshold, between those measured on a line."""
        place = min(max((threshold - THRESHOLDS[0]) * 100, 0), len(THRESHOLDS) - 1)
        low = min(int(place), len(THRESHOLDS) - 2)
        share = place - low
        return (1 - share) * self.quality[low] + share * self.quality[low + 1]


def curve(window: Window, settings: Settings) -> Curve:
    """Link a window and read off its quality."""
    articles = sorted((article(row) for row in window.rows), key=lambda a: a.id)
    vectors = weighing.vectors(articles)
    items = [
        Item(
            vector=vectors[one.id],
            at=0.0,
            language=one.reading.language,
            names=weighing.names(one),
        )
        for one in articles
    ]
    linked = grouping.linked(items, settings, reach=96.0)
    truth = {name_of(row): row["story"] for row in window.rows}
    quality = []
    for threshold in THRESHOLDS:
        found = {
            articles[place].id: str(group)
            for group, places in enumerate(linked.found(threshold))
            for place in places
        }
        quality.append(f1(*bcubed(truth, found)))
    return Curve(
        name=window.name,
        family=window.family,
        crowding=linked.crowding,
        brevity=linked.brevity,
        quality=tuple(quality),
    )


def learnt(curves: Sequence[Curve], settings: Settings) -> Settings:
    """The base, crowding and brevity that do best on the mean of the families; of those
    as good but for `SLACK`, the least steep: it errs least in windows unlike all these."""
    candidates = [
        replace(settings, base=base, crowding=crowding, brevity=brevity)
        for base in BASES
        for crowding in CROWDINGS
        for brevity in BREVITIES
    ]
    reached = {one: round(mean(curves, one), 9) for one in candidates}
    enough = max(reached.values()) - SLACK
    as_good = [one for one in candidates if reached[one] >= enough]
    return min(as_good, key=lambda one: (one.crowding + 4 * one.brevity, one.base))


def mean(curves: Sequence[Curve], settings: Settings) -> float:
    """The mean over families of the mean over their windows."""
    return statistics.fmean(by_family(curves, settings).values())


def by_family(curves: Iterable[Curve], settings: Settings) -> dict[str, float]:
    """Each family's mean quality."""
    found: dict[str, list[float]] = {}
    for one in curves:
        threshold = grouping.threshold(one.crowding, one.brevity, settings)
        found.setdefault(one.family, []).append(one.at(threshold))
    return {family: statistics.fmean(values) for family, values in found.items()}


def left_out(curves: Sequence[Curve], settings: Settings) -> dict[str, float]:
    """Each family's quality with what was learnt from the others."""
    found = {}
    for family in sorted({one.family for one in curves}):
        others = [one for one in curves if one.family != family]
        own = [one for one in curves if one.family == family]
        found |= by_family(own, learnt(others, settings))
    return found


def train(given: Sequence[Window]) -> None:
    """Print what is learnt, and how well it does on windows it was not learnt from."""
    settings = stories.shipped()
    curves = []
    for window in given:
        one = curve(window, settings)
        curves.append(one)
        best = max(range(len(THRESHOLDS)), key=lambda place: one.quality[place])
        print(
            f"{one.name}: {len(window.rows)} articles, crowding {one.crowding:.4f}, "
            f"best {one.quality[best]:.3f} at {THRESHOLDS[best]}",
            flush=True,
        )
    best_settings = learnt(curves, settings)
    print(f"base = {best_settings.base}\ncrowding = {best_settings.crowding}")
    print(f"brevity = {best_settings.brevity}")
    print(f"mean {mean(curves, best_settings):.4f}", by_family(curves, best_settings))
    print(f"shipped {mean(curves, settings):.4f}", by_family(curves, settings))
    ceiling = [
        replace(one, quality=(max(one.quality),) * len(THRESHOLDS)) for one in curves
    ]
    print(f"each window's best threshold {mean(ceiling, settings):.4f}")
    without = left_out(curves, settings)
    print(f"left out {statistics.fmean(without.values()):.4f}", without)
