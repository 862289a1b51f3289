"""Vectors -> groups: average linkage over those alike, under a threshold that fits them.

Two groups become one while their articles are, on average, more alike than the threshold
asks. What it asks depends on the texts, not on the site: more where everything in the
window is alike anyway, more of very short texts, and less of groups that are loose
within, as large running events are. The settings are learnt; see `same_story.toml`.

Averages come from sums of vectors, so nothing but likely pairs is ever compared. Which
groups become stories with names is for `stories`.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsdesk.stages.weighing import Vector, background, dot

WORTH_KEEPING = 0.35
"""Share of the threshold from which two groups stay neighbours: either may still grow
towards the other."""
FEW_TERMS = 25
"""An article of fewer different terms is short."""
SHORTEST = 2.0
"""At most so many nats of shortness count."""
POSTINGS_READ = 6_000
"""Holders of shared terms that are looked at for one article, rarest terms first: it
keeps the cost of an article level however large the window is."""
PRIOR_BACKGROUND = 0.008
PRIOR_SIZE = 300
"""A window of so few articles is taken to be half as alike within as others: its own
average says more of its one story than of its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What it takes to be one story. All are in units of the cosine but `cohesion`."""

    base: float
    """What two articles of nothing in common with the window must share."""
    background: float
    """What is asked on top for each unit of likeness that any two articles share."""
    cohesion: float
    """Power of a group's own inner likeness that scales the threshold."""
    short: float
    """What is asked on top of texts of few terms."""
    distance: float = 0.5
    """Share by which the threshold rises for groups at the far end of the reach."""


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


@dataclass(slots=True)
class _Group:
    """A group while others join it."""

    members: list[int]
    total: dict[str, float]
    """Sum of the vectors."""
    demand: float
    """Half of the threshold that its articles ask for, on average."""
    first: float
    last: float
    language: str | None
    told: str | None
    bonds: dict[str, int]
    cohesion: float = 1.0
    """Mean likeness over all its pairs, each article with itself included."""
    version: int = 0
    near: dict[int, float] = field(default_factory=dict)
    """Neighbours with the mean likeness to each."""


def groups(
    items: Sequence[Item], settings: Settings, *, reach: float, sticky: float = 0.0
) -> list[list[int]]:
    """Places of the items of each group, in order of their first; every item is in one.

    `reach`: hours that may lie between one group's end and the next one's beginning.
    `sticky`: likeness that two articles of one story (`bond`) have on top.
    """
    linkage = _Linkage(items, settings, reach=reach, sticky=sticky)
    linkage.join_told()
    linkage.find_neighbours()
    linkage.merge()
    return linkage.found()


def demands(items: Sequence[Item], settings: Settings) -> list[float]:
    """What each article asks for of its part in a pair: half a threshold."""
    alike = background([item.vector for item in items])
    if not alike:
        return []
    n = len(alike)
    mean = (sum(alike) + PRIOR_BACKGROUND * PRIOR_SIZE) / (n + PRIOR_SIZE)
    share = n / (n + PRIOR_SIZE)
    asked = []
    for item, own in zip(items, alike, strict=True):
        usual = 0.5 * mean + 0.5 * (share * own + (1 - share) * mean)
        terms = max(1, len(item.vector))
        shortness = min(SHORTEST, max(0.0, math.log(FEW_TERMS / terms)))
        asked.append(
            0.5
            * (settings.base + settings.background * usual + settings.short * shortness)
        )
    return asked


class _Linkage:
    """Average linkage of one set of items."""

    def __init__(
        self, items: Sequence[Item], settings: Settings, *, reach: float, sticky: float
    ) -> None:
        self._items = items
        self._settings = settings
        self._reach = reach
        self._sticky = sticky
        self._heap: list[tuple[float, int, int, int, int]] = []
        self._groups: list[_Group | None] = [
            _Group(
                members=[place],
                total=dict(item.vector),
                demand=asked,
                first=item.at,
                last=item.at,
                language=item.language,
                told=item.told,
                bonds={item.bond: 1} if item.bond else {},
            )
            for place, (item, asked) in enumerate(
                zip(items, demands(items, settings), strict=True)
            )
        ]

    def found(self) -> list[list[int]]:
        """The groups as they are now."""
        whole = [sorted(group.members) for group in self._groups if group is not None]
        return sorted(whole)

    def join_told(self) -> None:
        """Put together what editors say belongs together."""
        firsts: dict[str, int] = {}
        for place, item in enumerate(self._items):
            if item.told is None:
                continue
            first = firsts.setdefault(item.told, place)
            if first != place:
                self._join(first, place)

    def find_neighbours(self) -> None:
        """Compare each item with those that share its rarest terms."""
        holders: dict[str, list[tuple[int, float]]] = {}
        at = self._places()
        for place, item in enumerate(self._items):
            for other in _candidates(item.vector, holders):
                self._meet(at[place], at[other])
            for word, weight in item.vector.items():
                holders.setdefault(word, []).append((place, weight))
        for bonded in self._bonded():
            for place in bonded[1:]:
                self._meet(at[bonded[0]], at[place])
        heapq.heapify(self._heap)

    def merge(self) -> None:
        """Join the most alike, again and again, while any pair is alike enough."""
        while self._heap:
            _, one, other, version, other_version = heapq.heappop(self._heap)
            first, second = self._groups[one], self._groups[other]
            if first is None or second is None:
                continue
            if (first.version, second.version) == (version, other_version):
                self._join(one, other)

    def _places(self) -> list[int]:
        """In which group each item is now."""
        at = list(range(len(self._items)))
        for place, group in enumerate(self._groups):
            for member in group.members if group else ():
                at[member] = place
        return at

    def _bonded(self) -> Iterator[list[int]]:
        """Items of each known story."""
        bonded: dict[str, list[int]] = {}
        for place, item in enumerate(self._items):
            if item.bond:
                bonded.setdefault(item.bond, []).append(place)
        yield from bonded.values()

    def _meet(self, one: int, other: int) -> None:
        """Note how alike two groups are, where it matters."""
        first, second = self._groups[one], self._groups[other]
        if one == other or first is None or second is None or other in first.near:
            return
        self._note(one, other, self._likeness(first, second))

    def _likeness(self, first: _Group, second: _Group) -> float:
        pairs = len(first.members) * len(second.members)
        shared = dot(first.total, second.total)
        if self._sticky and first.bonds and second.bonds:
            shared += self._sticky * sum(
                many * second.bonds.get(story, 0) for story, many in first.bonds.items()
            )
        return shared / pairs

    def _note(self, one: int, other: int, likeness: float) -> None:
        first, second = self._groups[one], self._groups[other]
        assert first and second
        asked = self._threshold(first, second)
        if asked is None:
            return
        score = likeness / max(asked, 1e-9)
        if score < WORTH_KEEPING:
            return
        first.near[other] = second.near[one] = likeness
        if score >= 1:
            # Rounded, so that sums made in another order rank the same.
            entry = (-round(score, 9), one, other, first.version, second.version)
            heapq.heappush(self._heap, entry)

    def _threshold(self, first: _Group, second: _Group) -> float | None:
        """The mean likeness from which two groups are one; None: they never are."""
        if first.told and second.told and first.told != second.told:
            return None
        if first.language and second.language and first.language != second.language:
            return None
        gap = max(first.first - second.last, second.first - first.last, 0.0)
        if gap > self._reach:
            return None
        asked = first.demand + second.demand
        loose = math.pow(first.cohesion * second.cohesion, self._settings.cohesion / 2)
        return asked * loose * (1 + self._settings.distance * gap / self._reach)

    def _join(self, one: int, other: int) -> None:
        """The second group becomes part of the first; of their neighbours each is
        compared anew."""
        first, second = self._groups[one], self._groups[other]
        assert first and second
        if len(second.members) > len(first.members):
            one, other, first, second = other, one, second, first
        likeness = first.near.get(other)
        if likeness is None:
            likeness = self._likeness(first, second)
        around = self._around(one, other, first, second)
        _absorb(first, second, likeness)
        self._groups[other] = None
        for place in (first.near.keys() | second.near.keys()) - {one, other}:
            neighbour = self._groups[place]
            if neighbour is not None:
                neighbour.near.pop(one, None)
                neighbour.near.pop(other, None)
        first.near = {}
        for place, mean in sorted(around.items()):
            self._note(one, place, mean)

    def _around(
        self, one: int, other: int, first: _Group, second: _Group
    ) -> dict[int, float]:
        """How alike the two together are to each neighbour of either."""
        mine, theirs = len(first.members), len(second.members)
        around = {}
        for place in (first.near.keys() | second.near.keys()) - {one, other}:
            neighbour = self._groups[place]
            if neighbour is None:
                continue
            to_first = first.near.get(place)
            to_second = second.near.get(place)
            if to_first is None:
                to_first = self._likeness(first, neighbour)
            if to_second is None:
                to_second = self._likeness(second, neighbour)
            around[place] = (mine * to_first + theirs * to_second) / (mine + theirs)
        return around


def _absorb(first: _Group, second: _Group, likeness: float) -> None:
    """Make the second group part of the first."""
    mine, theirs = len(first.members), len(second.members)
    both = mine + theirs
    first.cohesion = (
        mine * mine * first.cohesion
        + theirs * theirs * second.cohesion
        + 2 * mine * theirs * likeness
    ) / (both * both)
    first.demand = (mine * first.demand + theirs * second.demand) / both
    for word, weight in second.total.items():
        first.total[word] = first.total.get(word, 0.0) + weight
    for story, many in second.bonds.items():
        first.bonds[story] = first.bonds.get(story, 0) + many
    first.members.extend(second.members)
    first.first = min(first.first, second.first)
    first.last = max(first.last, second.last)
    first.language = first.language or second.language
    first.told = first.told or second.told
    first.version += 1


def _candidates(
    vector: Vector, holders: dict[str, list[tuple[int, float]]]
) -> list[int]:
    """Earlier items that share the heaviest terms, in order."""
    shared: dict[int, float] = {}
    read = 0
    for word, weight in vector.items():
        held = holders.get(word, ())
        for place, other in held:
            shared[place] = shared.get(place, 0.0) + weight * other
        read += len(held)
        if read > POSTINGS_READ:
            break
    return sorted(place for place, mass in shared.items() if mass >= LEAST_SHARED)


LEAST_SHARED = 0.03
"""Likeness in the terms looked at from which a pair is compared in full."""
