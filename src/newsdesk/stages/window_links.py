"""Places and pairs of them -> sets in which each is tied to another, at any remove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Sets = list[tuple[int, ...]]


class Ties:
    """Places tied to each other, two by two."""

    def __init__(self) -> None:
        self.of: dict[int, set[int]] = {}

    def tie(self, one: int, other: int) -> bool:
        """Tie two; whether they were not."""
        if other in self.of.setdefault(one, set()):
            return False
        self.of[one].add(other)
        self.of.setdefault(other, set()).add(one)
        return True

    def cut(self, place: int) -> None:
        """Undo all ties of one."""
        for other in self.of.pop(place, ()):
            self.of[other].discard(place)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each tie once, in order."""
        for one in sorted(self.of):
            yield from ((one, other) for other in sorted(self.of[one]) if one < other)


def linked_sets(places: Sequence[int], ties: Iterable[tuple[int, int]]) -> Sets:
    """The places in sets, by their first; ties to others are left out."""
    parent = {place: place for place in places}

    def top(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for one, other in ties:
        if one in parent and other in parent:
            first, second = top(one), top(other)
            parent[max(first, second)] = min(first, second)
    sets: dict[int, list[int]] = {}
    for place in places:
        sets.setdefault(top(place), []).append(place)
    return [tuple(one) for _, one in sorted(sets.items())]
