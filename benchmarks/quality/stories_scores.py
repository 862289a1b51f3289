"""How alike two ways of grouping the same articles are: BCubed, pairwise, AMI."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping


def bcubed(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall by article (Bagga and Baldwin 1998)."""
    both = Counter((truth[a], found[a]) for a in truth)
    by_truth, by_found = Counter(truth.values()), Counter(found[a] for a in truth)
    n = len(truth)
    return (
        sum(c * c / by_found[f] for (_, f), c in both.items()) / n,
        sum(c * c / by_truth[t] for (t, _), c in both.items()) / n,
    )


def pairwise(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs of articles."""
    both = _pairs(Counter((truth[a], found[a]) for a in truth).values())
    in_found = _pairs(Counter(found[a] for a in truth).values())
    in_truth = _pairs(Counter(truth.values()).values())
    return (both / in_found if in_found else 1.0, both / in_truth if in_truth else 1.0)


def adjusted_mutual_information(
    truth: Mapping[str, str], found: Mapping[str, str]
) -> float:
    """AMI with the arithmetic mean of the entropies (Vinh, Epps and Bailey 2010)."""
    n = len(truth)
    both = Counter((truth[a], found[a]) for a in truth)
    rows, columns = Counter(truth.values()), Counter(found[a] for a in truth)
    mutual = sum(
        c / n * math.log(n * c / (rows[t] * columns[f])) for (t, f), c in both.items()
    )
    expected = _expected_information(rows.values(), columns.values(), n)
    mean = (_entropy(rows.values(), n) + _entropy(columns.values(), n)) / 2
    return (mutual - expected) / (mean - expected) if mean > expected else 1.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _expected_information(rows: Iterable[int], columns: Iterable[int], n: int) -> float:
    """What two random partitions with these sizes share; sizes that recur are taken
    together, or thousands of stories would take minutes."""
    log_factorial = [math.lgamma(k + 1) for k in range(n + 1)]
    total = 0.0
    of_rows, of_columns = Counter(rows), Counter(columns)
    for a, many_a in of_rows.items():
        for b, many_b in of_columns.items():
            fixed = (
                log_factorial[a] + log_factorial[b]
                + log_factorial[n - a] + log_factorial[n - b] - log_factorial[n]
            )  # fmt: skip
            for shared in range(max(1, a + b - n), min(a, b) + 1):
                chance = math.exp(
                    fixed - log_factorial[shared] - log_factorial[a - shared]
                    - log_factorial[b - shared] - log_factorial[n - a - b + shared]
                )  # fmt: skip
                total += (
                    many_a * many_b * chance * shared / n
                    * math.log(n * shared / (a * b))
                )  # fmt: skip
    return total


def _entropy(sizes: Iterable[int], n: int) -> float:
    return -sum(size / n * math.log(size / n) for size in sizes)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)
