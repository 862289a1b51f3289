"""What plain TF-IDF makes of a labelled set, at the threshold that suits the set best.

    python benchmarks/quality/stories_plain.py FILE…

The yardstick for `stories.py`: words as they stand, weighed by how often they are in the
article and how rare in the set, average linkage, nothing else. The threshold is read off
the labels, for each set another, which nobody can do with news that nobody labelled.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from pathlib import Path

from stories_scores import bcubed, f1
from stories_sets import Row, labelled, name_of

from newsdesk.stages import grouping
from newsdesk.stages.grouping import Settings
from newsdesk.stages.grouping_groups import Item

_WORD = re.compile(r"\w\w+")
PLAIN = Settings(base=0.0, crowding=0.0, provisional=0.3)
THRESHOLDS = tuple(round(0.05 + 0.01 * step, 2) for step in range(51))


def vectors(rows: list[Row]) -> list[dict[str, float]]:
    """The textbook's TF-IDF: n · (ln((1 + N) / (1 + df)) + 1), of length one."""
    counted = [
        Counter(_WORD.findall(f"{row.get('title')} {row.get('text') or ''}".casefold()))
        for row in rows
    ]
    spread = Counter(word for words in counted for word in words)
    many = len(rows)
    found = []
    for words in counted:
        weights = {
            word: n * (math.log((1 + many) / (1 + spread[word])) + 1)
            for word, n in words.items()
        }
        size = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        ordered = sorted(weights, key=lambda word: (-weights[word], word))
        found.append({word: weights[word] / size for word in ordered})
    return found


def best(rows: list[Row]) -> tuple[float, float]:
    """The best BCubed F1, and the threshold that gives it."""
    rows = sorted(rows, key=name_of)
    items = [Item(vector=vector, at=0.0) for vector in vectors(rows)]
    linked = grouping.linked(items, PLAIN, reach=96.0)
    truth = {name_of(row): row["story"] for row in rows}
    reached = []
    for threshold in THRESHOLDS:
        found = {
            name_of(rows[place]): str(group)
            for group, places in enumerate(linked.found(threshold))
            for place in places
        }
        reached.append((round(f1(*bcubed(truth, found)), 4), threshold))
    return max(reached)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args().files:
        quality, threshold = best(labelled(path))
        print(f"{path.name}: BCubed F1 {quality:.3f} at {threshold}", flush=True)


if __name__ == "__main__":
    main()
