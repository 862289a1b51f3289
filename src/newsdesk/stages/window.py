"""The recent articles in their groups, so that what is new is grouped without the rest.

A window holds what grouping needs of its articles, packed, an index of their heaviest
terms, and which articles are alike enough to be of one story by themselves: their links.
Two groups can only become one over a link. So a change is answered for by the groups that
it touches: they are grouped anew, and where that changes a group, the groups linked to it
too, until what changed has nothing more around it. That gives what grouping everything
anew would. What a word tells and how much likeness it takes, the `Climate`, is as of one
set of articles; with another one the window is built anew (`window_building`).

How it is kept between runs is for `window_snapshot`, which group is which story for
`story_names`.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from newsdesk.model.article import Article, ArticleId
from newsdesk.stages import grouping
from newsdesk.stages.grouping import Settings
from newsdesk.stages.weighing import Vector
from newsdesk.stages.window_lending import Lending
from newsdesk.stages.window_links import Sets, Ties, linked_sets
from newsdesk.stages.window_rows import Rows
from newsdesk.stages.window_terms import Climate

COMPARED = 32
"""Articles compared in full with one: those that share most by the index."""
COMPARED_OF_A_GROUP = 8
"""And of one group: any link to it will do."""
SLACK = 0.999
"""Share of the threshold from which two are linked. A mean that reaches the threshold has
a pair that does; the rest is for rounding."""
LARGEST = 400
"""Linked articles up to which all of them may fall apart. Among more, groups of more than
`WHOLE` stay whole until the window is built anew."""
WHOLE = 60


class Window:
    """Articles of the recent past in their groups, each with a label."""

    def __init__(self, settings: Settings, climate: Climate, *, reach: float) -> None:
        self.settings = settings
        self.reach = reach
        self.rows = Rows(climate)
        self.lending = Lending(self.rows, settings, reach=reach)
        self.links = Ties()
        self.copies = Ties()
        self._label: dict[int, str] = {}
        self._groups: dict[str, set[int]] = {}
        self._frozen: set[str] = set()
        self._moved: set[int] = set()
        """Places of articles that read differently since groups were last asked for."""

    def __len__(self) -> int:
        return len(self.rows.place)

    def __contains__(self, of: object) -> bool:
        return of in self.rows.place

    @property
    def climate(self) -> Climate:
        """What words tell and how much likeness makes a story."""
        return self.rows.climate

    def ids(self) -> list[ArticleId]:
        """The articles in it."""
        return list(self.rows.place)

    def groups(self) -> list[tuple[ArticleId, ...]]:
        """The articles of each group, in the order they came in."""
        return sorted(self._ids(sorted(places)) for places in self._groups.values())

    # What is in it

    def add(
        self, articles: Iterable[Article], lone: Collection[ArticleId] = frozenset()
    ) -> None:
        """Take articles in as groups of their own, linked to those they are like. `lone`:
        those of them that join no story by themselves."""
        self.join(self.hold(articles, lone))

    def hold(
        self, articles: Iterable[Article], lone: Collection[ArticleId] = frozenset()
    ) -> list[int]:
        """Take articles in, to join later; the places of those that are not `lone`."""
        joining = []
        for article in articles:
            place = self.rows.hold(article)
            self._put(place, f"alone {article.id}")
            if article.id in lone:
                self.rows.lone.add(place)
                self.rows.held.lone.append(place)
            else:
                joining.append(place)
        return joining

    def join(self, places: Iterable[int]) -> None:
        """Have articles borrow and lend terms, and link them to those they are like."""
        changed = set()
        for place in places:
            own = self.rows.own(place)
            changed |= self.lending.meet(place, self._met(self.rows.likely(place, own)))
            self.rows.post(place)
            changed.add(place)
        self._link(changed)

    def is_lone(self, of: ArticleId) -> bool:
        """Whether it joins no story by itself."""
        return self.rows.place[of] in self.rows.lone

    def bind(self, copies: Iterable[tuple[ArticleId, ArticleId]]) -> set[ArticleId]:
        """Keep articles with one text together, unless an editor says otherwise. Returns
        which are bound that were not."""
        place, bound = self.rows.place, set()
        for one, other in copies:
            if one in place and other in place:
                places = place[one], place[other]
                if self._may_bind(*places) and self.copies.tie(*places):
                    bound |= {one, other}
                    self._moved |= set(places)
        return bound

    def forget(self, ids: Iterable[ArticleId]) -> None:
        """Let go of articles."""
        changed = set()
        for of in ids:
            place = self.rows.drop(of)
            if place is None:
                continue
            self._leave(place)
            self.rows.lone.discard(place)
            changed |= self.lending.leave(place)
            for ties in (self.links, self.copies):
                ties.cut(place)
        self._link(changed)

    def settle(self, homes: Mapping[ArticleId, str]) -> None:
        """Put articles into the groups with these labels; those not there are left out."""
        for of, label in homes.items():
            place = self.rows.place.get(of)
            if place is not None and self._label[place] != label:
                self._leave(place)
                self._put(place, label)

    def freeze(self, labels: Collection[str]) -> None:
        """Make these the groups that nothing joins and that never change."""
        thawed = self._places_of(self._frozen.difference(labels))
        frozen = self._places_of(set(labels) - self._frozen)
        self._frozen = set(labels)
        changed = set()
        for place in frozen:
            changed |= self.lending.leave(place)
        for place in thawed:
            likely = self.rows.likely(place, self.rows.own(place))
            changed |= self.lending.meet(place, self._met(likely)) | {place}
        self._link(changed)

    # What can be told of it

    def vector(self, of: ArticleId) -> Vector:
        """What an article is about by itself."""
        return self.rows.words_of(self.rows.own(self.rows.place[of]))

    def language(self, of: ArticleId) -> str | None:
        """What it is written in."""
        held = self.rows.held
        return held.words[held.language[self.rows.place[of]]] or None

    def names(self, of: ArticleId) -> frozenset[str]:
        """Whom and what it names."""
        words = self.rows.held.words
        numbers = self.rows.names(self.rows.place[of])
        return frozenset(words[number] for number in numbers)

    def holders(self, word: str) -> list[ArticleId]:
        """The newest articles that a term is among the heaviest of."""
        ids = self.rows.held.ids
        return [ids[place] for place in self.rows.holders(word) if place in self._label]

    def alike(self, of: ArticleId, at_least: float) -> list[ArticleId]:
        """The articles that are most like one, as alike as that by themselves."""
        return list(self._ids(self.lending.alike(self.rows.place[of], at_least)))

    def copied(self) -> int:
        """How many articles have the text of another."""
        families = linked_sets(sorted(self.copies.of), self.copies.pairs())
        return sum(len(family) - 1 for family in families)

    def asked(self, of: Iterable[ArticleId], most: int) -> tuple[float, float]:
        """The mean likeness from which two groups are one, and that from which articles
        borrow terms, by the newest of articles that borrowed nothing yet."""
        places = [
            place
            for one in of
            if (place := self.rows.place[one]) not in self.rows.lone
            and self._label[place] not in self._frozen
        ]
        chosen = heapq.nlargest(most, places, key=self.rows.in_time)
        items = [self.rows.item(p, None) for p in sorted(chosen, key=self.rows.in_time)]
        found = grouping.divided(items, self.settings, reach=self.reach)
        return found.asked, found.lends

    # Groups anew

    def regrouped(
        self, dirty: Collection[ArticleId], told: Mapping[ArticleId, str]
    ) -> list[tuple[ArticleId, ...]]:
        """The groups around what changed, as grouping everything would make them; the
        window's own stay as they were. `told`: what editors put together, by a name of
        theirs; articles told otherwise are never in one."""
        labels = _by_label(told, self.rows.place)
        looked_at: dict[frozenset[int], Sets] = {}
        moved = {p for p in self._moved if p in self._label}
        self._moved = set()
        moved |= {self.rows.place[of] for of in dirty if of in self.rows.place}
        units = {self._label[place] for place in moved}
        # What is around these is nearly always needed: one go is cheaper than two.
        units |= self._around(place for of in units for place in self._groups[of])
        units -= self._frozen
        while True:
            units = self._with_mates(units, told, labels)
            places = sorted(p for of in units for p in self._groups[of])
            sets = self._grouped(places, told, looked_at)
            changed = (
                one
                for one in sets
                if not moved.isdisjoint(one)
                or self._groups[self._label[one[0]]] != set(one)
            )
            more = self._around(place for one in changed for place in one) - units
            if not more:
                return [self._ids(one) for one in sets]
            units |= more

    def grouped(self, told: Mapping[ArticleId, str]) -> list[tuple[ArticleId, ...]]:
        """All groups that are not frozen, as grouping everything makes them."""
        self._moved = set()
        places = [p for p, label in self._label.items() if label not in self._frozen]
        sets = self._grouped(sorted(places), told, {})
        return [self._ids(one) for one in sets]

    def _around(self, places: Iterable[int]) -> set[str]:
        """The groups that are linked to these articles."""
        return {
            self._label[other]
            for place in places
            for ties in (self.links, self.copies)
            for other in ties.of.get(place, ())
        } - self._frozen

    def _with_mates(
        self,
        units: Collection[str],
        told: Mapping[ArticleId, str],
        labels: Mapping[str, Sequence[int]],
    ) -> set[str]:
        """Groups with those that hold what editors put together with theirs."""
        found = set(units)
        waiting = list(units) if told else []
        while waiting:
            for place in self._groups[waiting.pop()]:
                for mate in labels.get(told.get(self.rows.held.ids[place], ""), ()):
                    of = self._label[mate]
                    if of not in found:
                        found.add(of)
                        waiting.append(of)
        return found

    def _grouped(
        self,
        places: Sequence[int],
        told: Mapping[ArticleId, str],
        looked_at: dict[frozenset[int], Sets],
    ) -> Sets:
        """The groups that these articles make. `looked_at` remembers what was asked for
        before, by articles that nothing links to others."""
        sets: list[tuple[int, ...]] = []
        for linked in linked_sets(places, self._ties(places, told)):
            key = frozenset(linked)
            if key not in looked_at:
                looked_at[key] = self._divided(linked, told)
            sets += looked_at[key]
        return sorted(sets)

    def _ties(
        self, places: Sequence[int], told: Mapping[ArticleId, str]
    ) -> Iterator[tuple[int, int]]:
        for place in places:
            for other in self.links.of.get(place, ()):
                yield place, other
            for other in self.copies.of.get(place, ()):
                yield place, other
        if told:
            for mates in _by_label(told, self.rows.place).values():
                yield from pairwise(mates)

    def _divided(self, places: Sequence[int], told: Mapping[ArticleId, str]) -> Sets:
        """The groups that linked articles make: one of each family of copies stands for
        all of it, so that a text counts once."""
        if len(places) == 1:
            return [(places[0],)]
        free = [p for p in places if self.rows.held.ids[p] not in told]
        families = linked_sets(
            free, ((p, o) for p in free for o in self.copies.of.get(p, ()))
        )
        families += [(p,) for p in places if self.rows.held.ids[p] in told]
        families = [tuple(sorted(one, key=self.rows.in_time)) for one in families]
        families.sort(key=lambda one: self.rows.in_time(one[0]))
        asked = self.climate.asked
        fixed = replace(
            self.settings,
            base=asked,
            crowding=0.0,
            brevity=0.0,
            provisional=asked,
            borrowing=0.0,
        )
        whole = self._whole(places)
        items = [
            self.rows.item(
                one[0], told.get(self.rows.held.ids[one[0]], whole.get(one[0]))
            )
            for one in families
        ]
        found = grouping.groups(items, fixed, reach=self.reach)
        return [tuple(sorted(p for at in one for p in families[at])) for one in found]

    def _whole(self, places: Sequence[int]) -> dict[int, str]:
        """By what name the articles of large groups are kept together, where there are
        too many articles to look at each."""
        if len(places) <= LARGEST:
            return {}
        sizes = Counter(self._label[place] for place in places)
        return {
            place: f"whole {label}"
            for place in places
            if sizes[label := self._label[place]] > WHOLE
        }

    # Groups and links

    def _met(self, places: Iterable[int]) -> list[int]:
        """Those of the articles that can be in a story with one that comes in."""
        met: Counter[str] = Counter()
        found = []
        for place in places:
            label = self._label.get(place)
            if label is None or label in self._frozen or place in self.rows.lone:
                continue
            met[label] += 1
            if met[label] <= COMPARED_OF_A_GROUP:
                found.append(place)
            if len(found) == COMPARED:
                break
        return found

    def _link(self, places: Iterable[int]) -> None:
        """Work out anew what these articles borrow and whom they are linked to."""
        changed = [
            place
            for place in sorted(places)
            if place in self._label and self._label[place] not in self._frozen
        ]
        for place in changed:
            self.rows.widen(place, self.lending.widened(place))
            self.links.cut(place)
        self._moved.update(changed)
        least = self.climate.asked * SLACK
        for place in changed:
            wide = self.rows.wide(place)
            near = [lender for _, _, lender in self.lending.near.get(place, ())]
            around = dict.fromkeys(near)
            for lender in near:
                around.update(dict.fromkeys(sorted(self.lending.borrowers(lender))))
            around.pop(place, None)
            likely = dict.fromkeys((*around, *self.rows.likely(place, wide)))
            for other in self._met(likely):
                if self.rows.wide_likeness(wide, other) >= least:
                    self.links.tie(place, other)

    def _put(self, place: int, label: str) -> None:
        self._label[place] = label
        self._groups.setdefault(label, set()).add(place)

    def _leave(self, place: int) -> None:
        label = self._label.pop(place)
        self._groups[label].remove(place)
        if not self._groups[label]:
            del self._groups[label]
            self._frozen.discard(label)

    def _places_of(self, labels: Iterable[str]) -> list[int]:
        groups = (self._groups.get(label, set()) for label in sorted(labels))
        return [p for one in groups for p in sorted(one) if p not in self.rows.lone]

    def _may_bind(self, one: int, other: int) -> bool:
        held = self.rows.held
        if one in self.rows.lone or other in self.rows.lone:
            return False
        near = abs(held.at[one] - held.at[other]) <= self.reach
        return near and held.language[one] == held.language[other]

    def _ids(self, places: Iterable[int]) -> tuple[ArticleId, ...]:
        return tuple(self.rows.held.ids[place] for place in places)

    def index(self) -> None:
        """Make each article of the rows a group of its own, as after these were read."""
        for of, place in self.rows.place.items():
            self._put(place, f"alone {of}")


def _by_label(
    told: Mapping[ArticleId, str], place: Mapping[ArticleId, int]
) -> dict[str, list[int]]:
    """Places of the articles that editors put together, by what they called it."""
    labels: dict[str, list[int]] = {}
    for of, label in told.items():
        if of in place:
            labels.setdefault(label, []).append(place[of])
    return labels
