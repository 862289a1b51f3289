"""Parts -> a score: how every number of ours comes to its value.

Each score is a sum of named parts, so that a reader can add it up. What the parts are is
for `quality`, `heat` and `lead`; raising what a rule gives means a new rule name.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.model.story import Part, Score


def summed(rule: str, parts: Iterable[Part]) -> Score:
    """The score that the parts add up to, bounded to 0–100."""
    kept = tuple(parts)
    total = sum(round(part.points * 100) for part in kept)
    # Whole hundredths add up the same in any order; half a point counts up.
    return Score(value=max(0, min(100, (total + 50) // 100)), rule=rule, parts=kept)
