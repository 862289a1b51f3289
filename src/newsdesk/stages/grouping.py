"""Vectors -> groups: average linkage over those alike, under a threshold that fits them.

Two groups become one while their articles are, on average, more alike than the threshold
asks. What it asks depends on the texts, not on the site: the more the stories of a window
resemble their nearest strangers, the more likeness it takes to be the same one. So the
articles are first grouped with a provisional threshold; how crowded the groups found are
gives the final one, and the joining goes on to there, or is taken back to there. Before
that each article borrows from those most like it (`borrowing`); what counts as clearly
alike is told by a first grouping without loans. The settings are learnt; see
`same_story.toml`.

Two things depend on all articles of a window: how crowded it is, before and after
borrowing. With both given, an article can change only those it is alike to, those that
borrow from the same, and the groups that any of them could join.

Averages come from sums of vectors, so nothing but likely pairs is ever compared. Which
groups become stories with names is for `stories`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsdesk.stages import borrowing
from newsdesk.stages.grouping_groups import (
    STRANGERS,
    Divided,
    Group,
    Item,
    Linked,
    absorb,
    are_strangers,
    candidates,
    keep_greatest,
    shared_with,
)
from newsdesk.stages.weighing import dot

LEAST_NEAR = 0.05
"""Mean likeness from which two groups stay neighbours. No threshold is lower."""
HIGHEST = 0.7
"""No threshold is higher, whatever a site asks for: many articles of one event are no
more alike."""
MOST_ON_TOP = 0.52
"""What crowding and brevity add at most: more, and stories fall apart."""
USUAL_CROWDING = 0.02
PRIOR_GROUPS = 30
"""A window of so few groups is taken to be half as crowded as is usual: in a handful of
articles nobody has near strangers, and yet not all are one story."""
LARGER = 5
"""How many times as large as another a group may be for the other to count as a stranger:
what is much smaller may be a part of it that was not found to be one."""
SAMPLED = 400
"""Groups whose crowding is looked at, evenly spaced in time: enough for a mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What it takes to be one story. All but `distance` are in units of the cosine."""

    base: float
    """The mean likeness asked for where stories have nothing in common."""
    crowding: float
    """What is asked on top for each unit of likeness to the nearest strangers."""
    brevity: float = 0.0
    """What is asked on top for each unit of brevity: of one over the terms that an
    article has. Two headlines are alike by a single word, two texts are not."""
    provisional: float
    """The mean likeness asked for until it is known how crowded the window is."""
    borrowing: float = 0.0
    """Likeness, for each unit of that to the nearest strangers, from which an article
    borrows another's terms; 0: nothing is borrowed."""
    unwidened: float = 0.12
    """The mean likeness asked for until it is known how crowded the window is before
    anything was borrowed."""
    distance: float = 0.5
    """Share by which the threshold rises for groups at the far end of the reach."""
    strangers: float = 1.0
    """Share of their likeness that is left to two groups of which each names somebody
    or some place, but none that the other names too."""


def groups(
    items: Sequence[Item], settings: Settings, *, reach: float, sticky: float = 0.0
) -> list[list[int]]:
    """Places of the items of each group, in order of their first; every item is in one.

    `reach`: hours that may lie between one group's end and the next one's beginning.
    `sticky`: likeness that two articles of one story (`bond`) have on top.
    """
    return divided(items, settings, reach=reach, sticky=sticky).groups


def divided(
    items: Sequence[Item], settings: Settings, *, reach: float, sticky: float = 0.0
) -> Divided:
    """`groups`, and the threshold that this window asked for."""
    brief = brevity(items)
    items, lends = widened(items, settings, reach=reach)
    linkage = _Linkage(items, settings, reach=reach, sticky=sticky)
    linked = linkage.linked()
    asked = threshold(linked.crowding, brief, settings)
    if asked < settings.provisional:
        linked = linkage.linked(asked)
    return Divided(groups=linked.found(asked), asked=asked, lends=lends)


def linked(items: Sequence[Item], settings: Settings, *, reach: float) -> Linked:
    """All joins down to the lowest threshold there is, for trying thresholds out."""
    brief = brevity(items)
    items, _ = widened(items, settings, reach=reach)
    linkage = _Linkage(items, settings, reach=reach, sticky=0.0)
    crowding = linkage.linked().crowding
    return replace(linkage.linked(LEAST_NEAR), crowding=crowding, brevity=brief)


def widened(
    items: Sequence[Item], settings: Settings, *, reach: float
) -> tuple[list[Item], float]:
    """The items with what they borrow from those most like them, and the likeness from
    which they do."""
    if not settings.borrowing:
        return list(items), 1.0
    linkage = _Linkage(items, settings, reach=reach, sticky=0.0)
    linkage.find_neighbours()
    nearest = [linkage.nearest(place) for place in range(len(items))]
    linkage.merge(settings.unwidened)
    lends = settings.borrowing * linkage.crowding()
    found = []
    for item, near in zip(items, nearest, strict=True):
        loans = [(s - lends, items[other].vector) for s, other in near if s > lends]
        wide = borrowing.widened(item.vector, loans)
        found.append(replace(item, vector=wide))
    return found, lends


def threshold(crowding: float, brief: float, settings: Settings) -> float:
    """The mean likeness from which two groups are one story, in a window as crowded and
    of articles as brief."""
    more = settings.crowding * crowding + settings.brevity * brief
    return min(HIGHEST, max(LEAST_NEAR, settings.base + min(MOST_ON_TOP, more)))


def brevity(items: Sequence[Item]) -> float:
    """How brief articles are: the mean of one over their terms."""
    of = sorted(len(item.vector) for item in items if item.vector)
    return round(sum(1 / terms for terms in of) / max(1, len(of)), 9)


_Proposal = tuple[float, int, int, int, tuple[int, int]]
"""Likeness with its sign turned, the two groups, which of them proposes, and their
versions at that time."""


class _Linkage:
    """Average linkage of one set of items."""

    def __init__(
        self, items: Sequence[Item], settings: Settings, *, reach: float, sticky: float
    ) -> None:
        self._items = items
        self._settings = settings
        self._reach = reach
        self._sticky = sticky
        self._joins: list[tuple[float, int, int]] = []
        self._groups: list[Group | None] = [
            Group(
                members=[place],
                total=dict(item.vector),
                first=item.at,
                last=item.at,
                language=item.language,
                told=item.told,
                bonds={item.bond: 1} if item.bond else {},
                names=item.names,
            )
            for place, item in enumerate(items)
        ]

    def linked(self, asked: float | None = None) -> Linked:
        """Join what is alike enough; by default the first time, provisionally."""
        if asked is None:
            self.join_told()
            self.find_neighbours()
        self.merge(self._settings.provisional if asked is None else asked)
        return Linked(
            count=len(self._items),
            joins=tuple(self._joins),
            crowding=self.crowding()
            if asked is None and self._settings.crowding
            else 0.0,
        )

    def join_told(self) -> None:
        """Put together what editors say belongs together."""
        firsts: dict[str, int] = {}
        for place, item in enumerate(self._items):
            if item.told is None:
                continue
            first = firsts.setdefault(item.told, place)
            if first != place:
                self._join(first, place, 1.0)

    def find_neighbours(self) -> None:
        """Compare each item with those that share its rarest terms."""
        holders: dict[str, list[tuple[int, float]]] = {}
        at = self._places()
        for place, item in enumerate(self._items):
            for other in candidates(item.vector, holders):
                self._meet(at[place], at[other])
            for word, weight in item.vector.items():
                holders.setdefault(word, []).append((place, weight))
        for bonded in self._bonded():
            for place in bonded[1:]:
                self._meet(at[bonded[0]], at[place])

    def nearest(self, place: int) -> list[tuple[float, int]]:
        """The items most like one that joined none yet, the most alike first."""
        group = self._groups[place]
        assert group
        near = []
        for other, likeness in group.near.items():
            neighbour = self._groups[other]
            assert neighbour
            counts = round(likeness * self._allowance(group, neighbour), 9)
            near.append((counts, other))
        return heapq.nsmallest(
            borrowing.LENDERS, near, key=lambda one: (-one[0], one[1])
        )

    def merge(self, asked: float) -> None:
        """Join the most alike, again and again, while any pair is alike enough."""
        heap = [best for one in self._alive() if (best := self._best(one, asked))]
        heapq.heapify(heap)
        while heap:
            score, one, other, owner, versions = heapq.heappop(heap)
            first, second = self._groups[one], self._groups[other]
            if first and second and versions == (first.version, second.version):
                owner = self._join(one, other, -score)
            # Else one of the two has changed. Whoever changed last has looked around
            # since, so that no pair is missed though each group proposes only one.
            if self._groups[owner] and (best := self._best(owner, asked)):
                heapq.heappush(heap, best)

    def crowding(self) -> float:
        """How alike an article's group is to its nearest strangers, on average."""
        alive = [group for group in self._groups if group is not None]
        step = max(1, len(alive) // SAMPLED)
        sample = alive[::step]
        holders: dict[str, list[tuple[int, float]]] = {}
        for place, group in enumerate(sample):
            size = len(group.members)
            for word, weight in group.total.items():
                holders.setdefault(word, []).append((place, weight / size))
        closest: list[list[float]] = [[] for _ in sample]
        for at, group in enumerate(alive):
            own = at // step if at % step == 0 else -1
            for place, likeness in shared_with(group, holders).items():
                # The chips that fall off a big story are no strangers to it.
                if place != own and len(sample[place].members) <= LARGER * len(
                    group.members
                ):
                    keep_greatest(closest[place], likeness)
        found = [sum(sorted(near)) / STRANGERS for near in closest]
        # By articles: the chips that fall off a big story are not what it is like.
        sizes = [len(group.members) for group in sample]
        mean = sum(near * size for near, size in zip(found, sizes, strict=True)) / max(
            1, sum(sizes)
        )
        prior = USUAL_CROWDING * PRIOR_GROUPS
        return round((mean * len(alive) + prior) / (len(alive) + PRIOR_GROUPS), 9)

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
        likeness = self._likeness(first, second)
        if likeness >= LEAST_NEAR:
            first.near[other] = second.near[one] = likeness

    def _likeness(self, first: Group, second: Group) -> float:
        pairs = len(first.members) * len(second.members)
        shared = dot(first.total, second.total)
        if self._sticky and first.bonds and second.bonds:
            shared += self._sticky * sum(
                many * second.bonds.get(story, 0) for story, many in first.bonds.items()
            )
        return shared / pairs

    def _best(self, owner: int, asked: float) -> _Proposal | None:
        """The pair of a group and the one most like it, where it is alike enough."""
        group = self._groups[owner]
        assert group
        best, chosen = asked, -1
        for place, likeness in group.near.items():
            if likeness < best - 1e-8:
                continue
            neighbour = self._groups[place]
            assert neighbour
            # Rounded, so that sums made in another order rank the same.
            score = round(likeness * self._allowance(group, neighbour), 9)
            if score > best or (score == best and (chosen < 0 or place < chosen)):
                best, chosen = score, place
        if chosen < 0:
            return None
        one, other = min(owner, chosen), max(owner, chosen)
        versions = (self._version(one), self._version(other))
        return (-best, one, other, owner, versions)

    def _version(self, place: int) -> int:
        group = self._groups[place]
        return group.version if group else -1

    def _alive(self) -> Iterator[int]:
        return (place for place, group in enumerate(self._groups) if group)

    def _allowance(self, first: Group, second: Group) -> float:
        """The share of their likeness that two groups may count; 0: they are never one."""
        if first.told and second.told and first.told != second.told:
            return 0.0
        if first.language and second.language and first.language != second.language:
            return 0.0
        gap = max(first.first - second.last, second.first - first.last, 0.0)
        if gap > self._reach:
            return 0.0
        allowed = 1 / (1 + self._settings.distance * gap / self._reach) if gap else 1.0
        return (
            allowed * self._settings.strangers
            if are_strangers(first, second)
            else allowed
        )

    def _join(self, one: int, other: int, score: float) -> int:
        """Make two groups one and say which of the two it is now; each neighbour of
        either is compared anew."""
        first, second = self._groups[one], self._groups[other]
        assert first and second
        if len(second.members) > len(first.members):
            one, other, first, second = other, one, second, first
        self._joins.append((score, first.members[0], second.members[0]))
        around = self._around(one, other, first, second)
        for place in first.near.keys() | second.near.keys():
            if (neighbour := self._groups[place]) is not None:
                neighbour.near.pop(one, None)
                neighbour.near.pop(other, None)
        absorb(first, second)
        self._groups[other] = None
        first.near = around
        for place, mean in around.items():
            if (neighbour := self._groups[place]) is not None:
                neighbour.near[one] = mean
        return one

    def _around(
        self, one: int, other: int, first: Group, second: Group
    ) -> dict[int, float]:
        """How alike the two together are to each neighbour of either."""
        mine, theirs = len(first.members), len(second.members)
        both = mine + theirs
        around = {}
        for place in sorted((first.near.keys() | second.near.keys()) - {one, other}):
            neighbour = self._groups[place]
            if neighbour is None:
                continue
            to_first = first.near.get(place)
            to_second = second.near.get(place)
            # Who is no neighbour is hardly alike: not worth a look where even the most
            # that he can be would not do.
            at_most = mine * (to_first or LEAST_NEAR) + theirs * (
                to_second or LEAST_NEAR
            )
            if at_most < LEAST_NEAR * both:
                continue
            if to_first is None:
                to_first = self._likeness(first, neighbour)
            if to_second is None:
                to_second = self._likeness(second, neighbour)
            mean = (mine * to_first + theirs * to_second) / both
            if mean >= LEAST_NEAR:
                around[place] = mean
        return around
