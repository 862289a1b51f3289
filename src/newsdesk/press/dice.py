"""Chance that can be repeated: a small generator seeded by words.

It draws the same numbers on every machine and Python version (splitmix64 seeded by
BLAKE2b), so that one seed is one world to the byte. What is drawn is up to others.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Dice:
    """A stream of chance; the same parts give the same stream."""

    __slots__ = ("_state",)

    def __init__(self, *parts: object) -> None:
        text = "\x1f".join(str(part) for part in parts)
        digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
        self._state = int.from_bytes(digest, "big")

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((z ^ (z >> 31)) >> 11) / (1 << 53)

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        return int(self.share() * count)

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to, not including, `high`."""
        return low + self.share() * (high - low)

    def chance(self, probability: float) -> bool:
        """True with that probability (0-1)."""
        return self.share() < probability

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """One of the items, each as likely as its weight says."""
        mark = self.share() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """At most `count` different items in random order."""
        return self.shuffled(items)[:count]

    def wait(self, mean: float) -> float:
        """A waiting time around that mean, exponentially distributed."""
        return -mean * math.log(1.0 - self.share())
