"""A group of articles while others join it, and what can be told of two groups.

The order in which groups join, and how alike they have to be, is for `grouping`.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.stages.weighing import Vector

POSTINGS_READ = 6_000
"""Holders of shared terms that are looked at for one article, heaviest terms first: it
keeps the cost of an article level however large the window is."""
LEAST_SHARED = 0.03
"""Likeness in the terms looked at from which a pair is compared in full."""
NEAREST = 48
"""Earlier neighbours that an article starts with, the most alike: in a big story the
others come with those that join."""
STRANGERS = 20
"""Nearest other groups that a group's crowding is the mean likeness to."""


@dataclass(slots=True)
class Group:
    """A group while others join it."""

    members: list[int]
    total: dict[str, float]
    """Sum of the vectors."""
    first: float
    last: float
    language: str | None
    told: str | None
    bonds: dict[str, int]
    names: frozenset[str]
    version: int = 0
    near: dict[int, float] = field(default_factory=dict)
    """Neighbours with the mean likeness to each."""


def are_strangers(first: Group, second: Group) -> bool:
    """Whether each names somebody or some place, but neither any that the other knows."""
    return (
        bool(first.names)
        and bool(second.names)
        and first.names.isdisjoint(second.total)
        and second.names.isdisjoint(first.total)
    )


def absorb(first: Group, second: Group) -> None:
    """Make the second group part of the first."""
    for word, weight in second.total.items():
        first.total[word] = first.total.get(word, 0.0) + weight
    for story, many in second.bonds.items():
        first.bonds[story] = first.bonds.get(story, 0) + many
    first.members.extend(second.members)
    first.first = min(first.first, second.first)
    first.last = max(first.last, second.last)
    first.language = first.language or second.language
    first.told = first.told or second.told
    first.names |= second.names
    first.version += 1


def candidates(
    vector: Vector, holders: Mapping[str, Sequence[tuple[int, float]]]
) -> list[int]:
    """The earlier items most alike in their heaviest terms, in order."""
    shared: dict[int, float] = {}
    read = 0
    for word, weight in vector.items():
        held = holders.get(word, ())
        for place, other in held:
            shared[place] = shared.get(place, 0.0) + weight * other
        read += len(held)
        if read > POSTINGS_READ:
            break
    likely = [(mass, -place) for place, mass in shared.items() if mass >= LEAST_SHARED]
    if len(likely) > NEAREST:
        likely = heapq.nlargest(NEAREST, likely)
    return sorted(-place for _, place in likely)


def shared_with(
    group: Group, holders: dict[str, list[tuple[int, float]]]
) -> dict[int, float]:
    """How alike a group is to each of those that hold terms of its."""
    shared: dict[int, float] = {}
    for word, weight in group.total.items():
        for place, other in holders.get(word, ()):
            shared[place] = shared.get(place, 0.0) + weight * other
    size = len(group.members)
    return {place: mass / size for place, mass in shared.items()}


def keep_greatest(kept: list[float], value: float) -> None:
    """Keep the value among the greatest, in a heap of at most `STRANGERS`."""
    if len(kept) < STRANGERS:
        heapq.heappush(kept, value)
    elif value > kept[0]:
        heapq.heapreplace(kept, value)
