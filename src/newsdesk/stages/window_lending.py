"""Who borrows whose terms in a window, while articles come and go.

An article borrows from the few most like it (`borrowing`, `grouping.widened`), so one that
comes or goes changes a few others besides. Here is who these are.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from newsdesk.model.article import ArticleId
from newsdesk.stages import borrowing
from newsdesk.stages.grouping import LEAST_NEAR, Settings
from newsdesk.stages.window_rows import Numbers, Rows

REMEMBERED = 12
"""Articles that could lend to one, the most alike: when one leaves, the next one does."""

Lender = tuple[float, tuple[float, ArticleId], int]
"""Likeness with its sign turned, what orders articles of equal likeness, its place."""


class Lending:
    """Who could lend to whom, the most alike first."""

    def __init__(self, rows: Rows, settings: Settings, *, reach: float) -> None:
        self._rows = rows
        self._settings = settings
        self._reach = reach
        self.near: dict[int, list[Lender]] = {}
        self._borrowers: dict[int, set[int]] = {}
        """To whom an article could lend."""

    def meet(self, place: int, others: Iterable[int]) -> set[int]:
        """Have an article and others lend to each other. Returns whose terms change."""
        own = self._rows.own(place)
        least = max(self._rows.climate.lends, LEAST_NEAR)
        changed = set()
        for other in others:
            raw = self._rows.own_likeness(own, other)
            if raw <= least:
                continue
            likeness = self._allowed(raw, place, other, own)
            if likeness <= least:
                continue
            for one, lender in ((place, other), (other, place)):
                if self._note(one, likeness, lender):
                    changed.add(one)
        return changed

    def leave(self, place: int) -> set[int]:
        """Have an article lend nothing any more. Returns whose terms change."""
        for _, _, lender in self.near.pop(place, ()):
            self._borrowers[lender].discard(place)
        changed = set()
        for other in self._borrowers.pop(place, set()):
            kept = self.near[other]
            if place in [lender for _, _, lender in kept[: borrowing.LENDERS]]:
                changed.add(other)
            self.near[other] = [one for one in kept if one[2] != place]
        return changed

    def borrowers(self, place: int) -> set[int]:
        """Those to whom an article could lend."""
        return self._borrowers.get(place, set())

    def alike(self, place: int, at_least: float) -> list[int]:
        """Those so alike that could lend to an article."""
        return sorted(
            o for turned, _, o in self.near.get(place, ()) if -turned >= at_least
        )

    def widened(self, place: int) -> Numbers | None:
        """What an article is about with what it borrows; None: it borrows nothing."""
        rows, lends = self._rows, self._rows.climate.lends
        lenders = self.near.get(place, ())[: borrowing.LENDERS]
        if not lenders:
            return None
        loans = [(-turned - lends, rows.own(other)) for turned, _, other in lenders]
        words = rows.words_of
        wide = borrowing.widened(
            words(rows.own(place)), [(share, words(vector)) for share, vector in loans]
        )
        return {rows.number(word): weight for word, weight in wide.items()}

    def _note(self, one: int, likeness: float, lender: int) -> bool:
        """Note who could lend; whether he does."""
        near = self.near.setdefault(one, [])
        entry = (-likeness, self._rows.in_time(lender), lender)
        insort(near, entry)
        self._borrowers.setdefault(lender, set()).add(one)
        if len(near) > REMEMBERED:
            self._borrowers[near.pop()[2]].discard(one)
        return entry in near[: borrowing.LENDERS]

    def packed(self) -> list[tuple[int, int, float]]:
        """Who could lend to whom, and how alike they are."""
        return [
            (one, lender, -turned)
            for one in sorted(self.near)
            for turned, _, lender in self.near[one]
        ]

    def index(self, packed: Iterable[tuple[int, int, float]]) -> None:
        """Make the look-ups of what was packed."""
        for one, lender, likeness in packed:
            self._note(one, likeness, lender)

    def _allowed(self, raw: float, one: int, other: int, own: Numbers) -> float:
        """Likeness as far as the two may be one story: what `grouping` allows a pair."""
        held, settings = self._rows.held, self._settings
        tongues = {held.language[one], held.language[other]}
        if len(tongues) > 1 and all(held.words[of] for of in tongues):
            return 0.0
        gap = abs(held.at[one] - held.at[other])
        if gap > self._reach:
            return 0.0
        allowed = 1 / (1 + settings.distance * gap / self._reach)
        mine, theirs = self._rows.names(one), self._rows.names(other)
        are_strangers = (
            mine
            and theirs
            and theirs.isdisjoint(own)
            and mine.isdisjoint(self._rows.own(other))
        )
        if are_strangers:
            allowed *= settings.strangers
        return round(raw * allowed, 9)
