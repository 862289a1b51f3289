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


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as far as grouping goes."""

    vector: Vector
    at: float
    """Hours, from any fixed instant."""
    language: str | None = None
    """None joins any."""
    told: str | None = None
    """A group that an editor put it in: one with the same, never one with another."""
    bond: str | None = None
    """The story that it is in: leaving takes more than never having joined."""
    names: frozenset[str] = frozenset()
    """Who and what it is about, by name; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What joined what, the most alike first, and how crowded and brief it is."""

    count: int
    """Articles."""
    joins: tuple[tuple[float, int, int], ...]
    """Likeness, and an article of either group, in the order in which they joined."""
    crowding: float
    brevity: float = 0.0

    def found(self, asked: float) -> list[list[int]]:
        """Places of the articles of each group when the last pair as alike as is asked
        had joined; groups in order of their first."""
        at = list(range(self.count))
        whole = [[place] for place in at]
        for score, one, other in self.joins:
            if score < asked:
                break
            into, gone = at[one], at[other]
            whole[into] += whole[gone]
            for place in whole[gone]:
                at[place] = into
            whole[gone] = []
        return sorted(sorted(places) for places in whole if places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """A window in groups."""

    groups: list[list[int]]
    """Places of the items of each, in order of their first."""
    asked: float
    """The mean likeness from which two groups became one."""
    lends: float
    """The likeness from which an article borrowed another's terms; 1: none did."""


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
