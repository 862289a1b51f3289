"""An article and those most like it -> what it is about, put in their words too.

Two reports of one event may share few words while a third shares some with each of them.
So before groups are made, an article borrows from the few that are clearly more like it
than strangers are, the more the clearer. How like strangers are, and what is done with
the wider vectors, is for `grouping`.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable

from newsdesk.stages.weighing import Vector

LENDERS = 2
"""Articles that one borrows from, the most alike. With 1 or 3 it is worth half as much."""
STRONGEST_TERMS = 120
"""Terms that count of an article with what it borrowed."""

Loan = tuple[float, Vector]
"""How much is borrowed of a vector."""


def widened(own: Vector, loans: Iterable[Loan]) -> Vector:
    """The vector with the loans added, its heaviest terms scaled to length one."""
    total = dict(own)
    for share, other in loans:
        for word, weight in other.items():
            total[word] = total.get(word, 0.0) + share * weight
    if len(total) == len(own):
        return own
    # Rounded, so that sums made in another order keep the same terms.
    kept = heapq.nsmallest(
        STRONGEST_TERMS, ((-round(weight, 9), word) for word, weight in total.items())
    )
    size = math.sqrt(sum(weight * weight for weight, _ in kept))
    return {word: -weight / size for weight, word in kept}
