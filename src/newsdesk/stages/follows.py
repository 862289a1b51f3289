"""Stories -> which earlier story each carries on: a verdict follows a trial.

Two stories are kept apart where their articles are too little alike to be one, or too far
apart in time. Where the later one is still half as alike to the earlier as it would have
to be, and both speak of the same rare things and name somebody whom few others name, it is
its continuation: readers are led from one to the other. A link once made stays.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from newsdesk.model.article import ArticleId
from newsdesk.model.story import Story, StoryEvent, StoryId
from newsdesk.stages import weighing
from newsdesk.stages.weighing import Vector

ALIKE = 0.55
"""Share of what two stories need to be one, from which the later carries the earlier on."""
AFTER = timedelta(hours=6)
"""How much later it must begin: what begins together is another event of the day."""
SHARED_TERMS = 3
"""Rare terms that both must speak of."""
RARE = 0.01
"""Share of the other articles that may hold a term for it to be rare."""


class Texts(Protocol):
    """The articles at hand that can be in a story with others."""

    def __len__(self) -> int: ...

    def __contains__(self, of: ArticleId, /) -> bool: ...

    def vector(self, of: ArticleId, /) -> Vector:
        """What an article is about."""
        ...

    def language(self, of: ArticleId, /) -> str | None:
        """What it is written in."""
        ...

    def names(self, of: ArticleId, /) -> Collection[str]:
        """Whom and what it names; see `weighing.names`."""
        ...

    def holders(self, word: str, /) -> Collection[ArticleId]:
        """The articles that a term is among the heaviest of."""
        ...


class TextsAtHand:
    """Texts of articles with their vectors."""

    def __init__(
        self,
        texts: Mapping[ArticleId, tuple[Vector, str | None]],
        names: Mapping[ArticleId, Collection[str]],
    ) -> None:
        self._texts = texts
        self._names = names
        self._holders: dict[str, list[ArticleId]] = {}
        for of, (vector, _) in texts.items():
            for word in vector:
                self._holders.setdefault(word, []).append(of)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, of: ArticleId) -> bool:
        return of in self._texts

    def vector(self, of: ArticleId) -> Vector:
        """What an article is about."""
        return self._texts[of][0]

    def language(self, of: ArticleId) -> str | None:
        """What it is written in."""
        return self._texts[of][1]

    def names(self, of: ArticleId) -> Collection[str]:
        """Whom and what it names."""
        return self._names[of]

    def holders(self, word: str) -> list[ArticleId]:
        """The articles with a term."""
        return self._holders.get(word, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Stories with what they follow."""

    stories: tuple[Story, ...]
    """Those given, and others whose link changed."""
    events: tuple[StoryEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """The articles of a story at hand, taken together."""

    count: int
    total: Vector
    language: str | None


def followed(
    changed: Sequence[Story],
    known: Sequence[Story],
    texts: Texts,
    asked: float,
    as_of: datetime,
    *,
    at_large: Mapping[StoryId, Story] | None = None,
    home: Mapping[ArticleId, StoryId] | None = None,
) -> Followed:
    """The changed stories, each with the earlier one that it carries on where there is
    one, and stories whose link leads elsewhere since a merge. `asked`: the mean likeness
    from which two are usually one story. `known` are those that the changed ones have to
    do with; any of those `at_large` may be carried on (by default of `known`), and `home`
    says which living one of these an article is in."""
    current = {story.id: story for story in (*known, *changed)}
    links = _kept_links(current)
    seeking = [
        story
        for story in changed
        if story.is_alive and story.id not in links and _at_hand(story, texts)
    ]
    events = []
    everywhere = ChainMap({**current}, dict(at_large or {}))
    found = _Finder(everywhere, texts, asked, _homes(current, home or {}))
    for story in sorted(seeking, key=lambda one: (one.first_at, one.id)):
        best = found.best(story, _followers(story.id, links))
        if best is not None:
            earlier, share = best
            links[story.id] = earlier
            why = f"it carries {earlier} on: {share:.0%} as alike as one story would be"
            event = StoryEvent(story=story.id, at=as_of, kind="follows", why=why)
            events.append(event)
    touched = {story.id for story in changed}
    linked = (replace(story, follows=links.get(story.id)) for story in current.values())
    return Followed(
        stories=tuple(
            story
            for story in linked
            if story.id in touched or story != current[story.id]
        ),
        events=tuple(events),
    )


def _kept_links(current: Mapping[StoryId, Story]) -> dict[StoryId, StoryId]:
    """The links made before, led on past merges; one that would close a ring is gone."""
    links: dict[StoryId, StoryId] = {}
    for story in sorted(current.values(), key=lambda one: (one.first_at, one.id)):
        to = _living(story.follows, current)
        if story.is_alive and to and to not in _followers(story.id, links):
            links[story.id] = to
    return links


def _living(of: StoryId | None, current: Mapping[StoryId, Story]) -> StoryId | None:
    """The story that an id stands for now; an id that is not at hand stands as it is."""
    story = current.get(of) if of is not None else None
    return story.merged_into if story is not None and not story.is_alive else of


def _followers(of: StoryId, links: Mapping[StoryId, StoryId]) -> frozenset[StoryId]:
    """A story and all that carry it on, at any remove."""
    found = {of}
    grew = True
    while grew:
        more = {one for one, to in links.items() if to in found} - found
        found |= more
        grew = bool(more)
    return frozenset(found)


def _homes(
    current: Mapping[StoryId, Story], home: Mapping[ArticleId, StoryId]
) -> ChainMap[ArticleId, StoryId]:
    """Which story each article is in now."""
    alive = (story for story in current.values() if story.is_alive)
    return ChainMap({m: story.id for story in alive for m in story.members}, dict(home))


def _at_hand(story: Story, texts: Texts) -> list[ArticleId]:
    return [member for member in story.members if member in texts]


class _Finder:
    """Looks for earlier stories that speak of the same rare things."""

    def __init__(
        self,
        current: Mapping[StoryId, Story],
        texts: Texts,
        asked: float,
        home: Mapping[ArticleId, StoryId],
    ) -> None:
        self._current = current
        self._texts = texts
        self._asked = asked
        self._home = home
        self._holding: dict[str, Counter[StoryId]] = {}
        self._sums: dict[StoryId, _Sum] = {}
        self._names: dict[StoryId, frozenset[str]] = {}

    def best(
        self, story: Story, barred: Collection[StoryId]
    ) -> tuple[StoryId, float] | None:
        """The earlier story most alike and how much so, as a share of what would make
        them one; None: there is none. Not one of those barred."""
        shares = [
            (share, of)
            for of, many in self._shared(story).items()
            if many >= SHARED_TERMS and of not in barred
            if self._names_the_same(story, self._current[of])
            if (share := self._share(story, self._current[of])) >= ALIKE
        ]
        if not shares:
            return None
        share, of = min(shares, key=lambda pair: (-round(pair[0], 9), pair[1]))
        return of, share

    def _shared(self, story: Story) -> Counter[StoryId]:
        """How many rare terms each earlier story shares with this one."""
        shared: Counter[StoryId] = Counter()
        most = RARE * len(self._texts)
        at_hand = _at_hand(story, self._texts)
        for word in {word for of in at_hand for word in self._texts.vector(of)}:
            holders = self._holders(word)
            others = sum(holders.values()) - holders[story.id]
            if not holders or others - max(holders.values()) > most:
                continue
            for of, many in holders.items():
                is_earlier = self._current[of].first_at + AFTER <= story.first_at
                shared[of] += is_earlier and others - many <= most
        return shared

    def _holders(self, word: str) -> Counter[StoryId]:
        """How many articles of each story a term is heavy in."""
        if word not in self._holding:
            ids = self._texts.holders(word)
            self._holding[word] = Counter(
                self._home[of] for of in ids if of in self._home
            )
        return self._holding[word]

    def _names_the_same(self, later: Story, earlier: Story) -> bool:
        """Whether most of both name somebody or something that few others hold: alike
        in all but that are two quarterly reports. Where neither names anything, as in
        scripts without capitals, nothing speaks against it."""
        mine, theirs = self._named(later), self._named(earlier)
        if not mine and not theirs:
            return True
        most = RARE * len(self._texts)
        for name in mine & theirs:
            holders = self._holders(name)
            own = holders[later.id] + holders[earlier.id]
            if sum(holders.values()) - own <= most:
                return True
        return False

    def _named(self, story: Story) -> frozenset[str]:
        """What more than half of a story's articles name."""
        if story.id not in self._names:
            at_hand = _at_hand(story, self._texts)
            counted = Counter(name for of in at_hand for name in self._texts.names(of))
            self._names[story.id] = frozenset(
                name for name, many in counted.items() if 2 * many > len(at_hand)
            )
        return self._names[story.id]

    def _share(self, later: Story, earlier: Story) -> float:
        """How alike they are, of what would make them one."""
        mine, theirs = self._sum(later), self._sum(earlier)
        if mine.language and theirs.language and mine.language != theirs.language:
            return 0.0
        alike = weighing.dot(mine.total, theirs.total) / (mine.count * theirs.count)
        return alike / max(self._asked, 1e-9)

    def _sum(self, story: Story) -> _Sum:
        if story.id not in self._sums:
            at_hand = _at_hand(story, self._texts)
            total: Vector = {}
            for of in at_hand:
                for word, weight in self._texts.vector(of).items():
                    total[word] = total.get(word, 0.0) + weight
            said = map(self._texts.language, at_hand)
            self._sums[story.id] = _Sum(
                count=len(at_hand), total=total, language=next(filter(None, said), None)
            )
        return self._sums[story.id]
