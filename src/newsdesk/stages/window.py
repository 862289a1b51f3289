"""New articles -> the groups that they change: grouping without doing all of it again.

A window holds what grouping needs of its articles, packed, and an index of their heaviest
terms. An article that comes in is compared with those that share such terms; the groups
that it is alike enough to are grouped anew together with it (`grouping.groups`), and
nothing else is touched. What a word tells and how much likeness it takes are kept from
when the window was built; when it has changed by a fifth, or is a day old, it `is_stale`
and to be built anew from its articles. How it is kept between runs is for
`window_snapshot`, which group is which story for `story_names`.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsdesk.model.article import Article, ArticleId
from newsdesk.stages import grouping, weighing
from newsdesk.stages.grouping import Item, Settings
from newsdesk.stages.weighing import Vector
from newsdesk.stages.window_terms import Rarity, rarities, tongue_of

POSTED_TERMS = 32
"""An article's heaviest terms by which it can be found."""
HOLDERS_READ = 300
"""Of one term: the newest that hold it."""
POSTINGS_READ = 2_500
"""Holders looked at for one article, heaviest terms first: it keeps the cost of an article
level however large the window is."""
LEAST_BY_INDEX = 0.3
"""Share of that likeness that the index has to show: it knows the heaviest terms only."""
COMPARED = 24
"""Articles compared in full with a new one: those that share most by the index."""
TOUCHED = 0.9
"""Share of the threshold from which a group is grouped anew with an article. A mean that
reaches the threshold has a pair that does; the rest is for rounding."""
WHOLE_UP_TO = 60
"""Members up to which a group that is touched may fall apart. A larger one stays together
until the window is built anew."""
GROWTH = 0.2
"""Share by which a window may grow or shrink until it is stale."""
STALE_AFTER_H = 24.0
LEARNT_FROM = 2_000
"""Newest articles that say how much likeness it takes, where the groups are known."""
SCALE = 65_535
"""Weights (0-1) are held in 16 bits."""


@dataclass(slots=True, kw_only=True)
class Held:
    """The packed rows of a window. An article has one place in each of them."""

    ids: list[ArticleId] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Every term met, by number."""
    terms: array[int] = field(default_factory=lambda: array("I"))
    """The terms of all vectors, one vector after the other, heaviest first."""
    weights: array[int] = field(default_factory=lambda: array("H"))
    starts: array[int] = field(default_factory=lambda: array("Q", [0]))
    """Where each vector begins; one more than there are."""
    names: array[int] = field(default_factory=lambda: array("I"))
    name_starts: array[int] = field(default_factory=lambda: array("Q", [0]))
    at: array[float] = field(default_factory=lambda: array("d"))
    """Hours, from the epoch."""
    language: array[int] = field(default_factory=lambda: array("I"))
    """The term number of the language's code; that of the empty word: none."""
    group: array[int] = field(default_factory=lambda: array("Q"))
    """Number of the group it is in; `GONE`: it has left the window."""


GONE = 2**63


class Window:
    """Articles of the recent past in their groups."""

    def __init__(
        self, settings: Settings, *, reach: float, sticky: float, asked: float
    ) -> None:
        self.settings = settings
        self.reach = reach
        self.sticky = sticky
        self.asked = asked
        """The mean likeness from which two groups are one, from the last whole build."""
        self.built_of = 0
        """How many articles it had then."""
        self.built_at = -math.inf
        self.newest = -math.inf
        self.rarities: dict[str, Rarity] = {}
        self.held = Held()
        self._place: dict[ArticleId, int] = {}
        self._number: dict[str, int] = {}
        self._holders: dict[int, array[int]] = {}
        self._groups: dict[int, list[int]] = {}
        self._next_group = 0
        self._alive = 0

    def __len__(self) -> int:
        return self._alive

    @property
    def is_stale(self) -> bool:
        """Whether it is to be built anew, for what words tell has changed."""
        shift = abs(self._alive - self.built_of)
        return (
            shift > GROWTH * max(1, self.built_of)
            or self.newest - self.built_at > STALE_AFTER_H
        )

    def groups(self) -> list[tuple[ArticleId, ...]]:
        """The articles of each group, in the order they came in."""
        return [self._ids(places) for _, places in sorted(self._groups.items())]

    def add(
        self, articles: Sequence[Article], told: Mapping[ArticleId, str] | None = None
    ) -> list[tuple[ArticleId, ...]]:
        """The groups that are new or were looked at again, whole. Articles that are there
        already are left out. `told`: what editors put together, by a name of theirs."""
        fresh = [article for article in articles if article.id not in self._place]
        near: dict[int, set[int]] = {}
        for article in sorted(fresh, key=lambda one: (one.instant, one.id)):
            place, vector = self.hold(article)
            near[place] = self._alike(vector)
        self._bring_together(near, told or {})
        changed = []
        for touched in _together(near, self.held.group):
            members = sorted(p for of in touched for p in self._groups.pop(of))
            changed += [
                self._ids(places) for places in self._regrouped(members, told or {})
            ]
        return changed

    def _bring_together(
        self, near: dict[int, set[int]], told: Mapping[ArticleId, str]
    ) -> None:
        """Have the groups looked at that hold what editors put together."""
        labels: dict[str, list[int]] = {}
        for of, label in told.items():
            if of in self._place:
                labels.setdefault(label, []).append(self._place[of])
        for first, *others in labels.values():
            found = {self.held.group[place] for place in others}
            if found - {self.held.group[first]}:
                near.setdefault(first, set()).update(found)

    def forget(self, before: float) -> int:
        """Let go of what is older than that many hours from the epoch; returns how many."""
        gone = [p for p in self._place.values() if self.held.at[p] < before]
        for place in gone:
            of = self.held.group[place]
            self._groups[of].remove(place)
            if not self._groups[of]:
                del self._groups[of]
            self.held.group[place] = GONE
            del self._place[self.held.ids[place]]
        self._alive -= len(gone)
        return len(gone)

    def group_all(self) -> None:
        """Group everything from scratch, and learn how much likeness it takes."""
        linked = self._linked(list(self._place.values()))
        self.asked = grouping.threshold(linked.crowding, self.settings)
        self._name(linked.found(self.asked))

    def take_groups(self, homes: Mapping[ArticleId, str]) -> None:
        """Put the articles into the groups that they are known to be in. How much
        likeness it takes is learnt from the newest."""
        newest = heapq.nlargest(
            LEARNT_FROM, self._place.values(), key=lambda place: self.held.at[place]
        )
        linked = self._linked(sorted(newest))
        self.asked = grouping.threshold(linked.crowding, self.settings)
        sets: dict[str, list[int]] = {}
        for of, place in self._place.items():
            sets.setdefault(homes.get(of, f"alone {of}"), []).append(place)
        self._name(sets.values())

    def _linked(self, places: list[int]) -> grouping.Linked:
        ones = dict.fromkeys(self._groups, 1)
        items = [self._item(place, ones, {}) for place in places]
        return grouping.linked(items, self.settings, reach=self.reach)

    def index(self) -> None:
        """Make the look-ups of the packed rows, as after they were read back."""
        held = self.held
        self._number = {word: number for number, word in enumerate(held.words)}
        for place, of in enumerate(held.group):
            if of != GONE:
                self._place[held.ids[place]] = place
                self._groups.setdefault(of, []).append(place)
                self._post(place)
        self._alive = len(self._place)
        self._next_group = max(self._groups, default=-1) + 1

    # One article

    def hold(self, article: Article) -> tuple[int, Vector]:
        """Take an article in as a group of its own; its place and vector."""
        words = weighing.counts(article)
        tongue = tongue_of(article, words)
        rare = self.rarities.get(tongue)
        if rare is None:
            rare = self.rarities[tongue] = Rarity({}, 0, tongue)
        vector = weighing.unit(words, rare)
        held, place = self.held, len(self.held.ids)
        held.ids.append(article.id)
        held.terms.extend([self._numbered(word) for word in vector])
        held.weights.extend([round(weight * SCALE) for weight in vector.values()])
        held.starts.append(len(held.terms))
        held.names.extend([self._numbered(w) for w in sorted(weighing.names(article))])
        held.name_starts.append(len(held.names))
        held.at.append(article.instant.timestamp() / 3600)
        held.language.append(self._numbered(article.reading.language or ""))
        held.group.append(self._next_group)
        self._groups[self._next_group] = [place]
        self._next_group += 1
        self._place[article.id] = place
        self._alive += 1
        self.newest = max(self.newest, held.at[place])
        self._post(place)
        return place, vector

    def _numbered(self, word: str) -> int:
        number = self._number.get(word)
        if number is None:
            number = self._number[word] = len(self.held.words)
            self.held.words.append(word)
        return number

    def _post(self, place: int) -> None:
        start = self.held.starts[place]
        end = min(self.held.starts[place + 1], start + POSTED_TERMS)
        for number in self.held.terms[start:end]:
            holders = self._holders.get(number)
            if holders is None:
                self._holders[number] = array("I", (place,))
                continue
            holders.append(place)
            # Cut seldom, for cutting moves all that stays.
            if len(holders) > 4 * HOLDERS_READ:
                del holders[:-HOLDERS_READ]

    def _alike(self, vector: Vector) -> set[int]:
        """The groups of articles alike enough to be of one story, by themselves."""
        shared: dict[int, float] = {}
        read = 0
        for word, weight in vector.items():
            holders = self._holders.get(self._number.get(word, -1))
            if holders is None:
                continue
            # What the other's weight is, is not looked up: about the same.
            mass = weight * weight
            for place in holders[-HOLDERS_READ:]:
                shared[place] = shared.get(place, 0.0) + mass
            read += min(len(holders), HOLDERS_READ)
            if read > POSTINGS_READ:
                break
        least = self.asked * TOUCHED
        likely = [
            (-mass, place)
            for place, mass in shared.items()
            if mass >= least * LEAST_BY_INDEX
        ]
        found: set[int] = set()
        for _, place in heapq.nsmallest(COMPARED, likely):
            of = self.held.group[place]
            if (
                of != GONE
                and of not in found
                and weighing.dot(self._unpacked(place), vector) >= least
            ):
                found.add(of)
        return found

    def _unpacked(self, place: int) -> Vector:
        held = self.held
        start, end = held.starts[place], held.starts[place + 1]
        words = held.words
        return {
            words[number]: weight / SCALE
            for number, weight in zip(
                held.terms[start:end], held.weights[start:end], strict=True
            )
        }

    # A neighbourhood

    def _regrouped(
        self, places: list[int], told: Mapping[ArticleId, str]
    ) -> list[list[int]]:
        """The groups that these articles make now."""
        sizes = Counter(self.held.group[place] for place in places)
        items = [self._item(place, sizes, told) for place in places]
        fixed = replace(
            self.settings, base=self.asked, crowding=0.0, provisional=self.asked
        )
        found = grouping.groups(items, fixed, reach=self.reach, sticky=self.sticky)
        made = [[places[at] for at in group] for group in found]
        self._add_groups(made)
        return made

    def _name(self, sets: Iterable[list[int]]) -> None:
        self._groups.clear()
        self._add_groups(sets)

    def _add_groups(self, sets: Iterable[list[int]]) -> None:
        for places in sets:
            for place in places:
                self.held.group[place] = self._next_group
            self._groups[self._next_group] = places
            self._next_group += 1

    def _item(
        self, place: int, sizes: Mapping[int, int], told: Mapping[ArticleId, str]
    ) -> Item:
        held = self.held
        of = held.group[place]
        start, end = held.name_starts[place], held.name_starts[place + 1]
        bound = f"group {of}" if sizes[of] > WHOLE_UP_TO else None
        return Item(
            vector=self._unpacked(place),
            at=held.at[place],
            language=held.words[held.language[place]] or None,
            told=told.get(held.ids[place], bound),
            bond=str(of) if sizes[of] > 1 else None,
            names=frozenset(held.words[number] for number in held.names[start:end]),
        )

    def _ids(self, places: Iterable[int]) -> tuple[ArticleId, ...]:
        return tuple(self.held.ids[place] for place in places)


def built(
    articles: Sequence[Article],
    settings: Settings,
    *,
    reach: float,
    sticky: float = 0.0,
    homes: Mapping[ArticleId, str] | None = None,
) -> Window:
    """A window of these articles, which is no longer stale. `homes`: the group that each
    is known to be in, where it is in one; None: they are grouped from scratch."""
    window = Window(settings, reach=reach, sticky=sticky, asked=settings.provisional)
    window.rarities = rarities(articles)
    ordered = sorted(articles, key=lambda one: (one.instant, one.id))
    for article in ordered:
        window.hold(article)
    if homes is None:
        window.group_all()
    else:
        window.take_groups(homes)
    window.built_of, window.built_at = len(window), window.newest
    return window


def _together(near: Mapping[int, set[int]], group: Sequence[int]) -> list[list[int]]:
    """Numbers of groups that are looked at together: those that an article of one is
    alike to, and so on."""
    parent: dict[int, int] = {}

    def top(of: int) -> int:
        while parent.setdefault(of, of) != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for place, others in near.items():
        for other in sorted(others):
            one, two = top(group[place]), top(other)
            parent[max(one, two)] = min(one, two)
        top(group[place])
    sets: dict[int, list[int]] = {}
    for of in parent:
        sets.setdefault(top(of), []).append(of)
    return [sorted(sets[of]) for of in sorted(sets)]
