"""Stories -> which earlier story each carries on: a verdict follows a trial.

Two stories are kept apart where their articles are too little alike to be one, or too far
apart in time. Where the later one is still half as alike to the earlier as it would have
to be, and both speak of the same rare things, it is its continuation: readers are led from
one to the other. A link once made stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsdesk.model.article import Article, ArticleId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article with what it is about."""

    article: Article
    vector: Vector


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
    texts: Mapping[ArticleId, Text],
    asked: float,
    as_of: datetime,
) -> Followed:
    """The changed stories, each with the earlier one that it carries on where there is
    one, and stories whose link leads elsewhere since a merge. `texts`: every article at
    hand that can be in a story with others. `asked`: the mean likeness from which two are
    usually one story."""
    current = {story.id: story for story in (*known, *changed)}
    links = _kept_links(current)
    seeking = [
        story
        for story in changed
        if story.is_alive and story.id not in links and _at_hand(story, texts)
    ]
    events = []
    found = _Finder(current, texts, asked, seeking) if seeking else None
    for story in sorted(seeking, key=lambda one: (one.first_at, one.id)):
        best = found.best(story, _followers(story.id, links)) if found else None
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


def _at_hand(story: Story, texts: Mapping[ArticleId, Text]) -> list[Text]:
    return [texts[member] for member in story.members if member in texts]


class _Finder:
    """Looks for earlier stories that speak of the same rare things."""

    def __init__(
        self,
        current: Mapping[StoryId, Story],
        texts: Mapping[ArticleId, Text],
        asked: float,
        seeking: Iterable[Story],
    ) -> None:
        self._current = current
        self._texts = texts
        self._asked = asked
        wanted = {w for s in seeking for t in _at_hand(s, texts) for w in t.vector}
        self._holders: dict[str, dict[StoryId, int]] = {}
        for story in current.values():
            held = Counter(
                word
                for text in _at_hand(story, texts)
                for word in text.vector
                if word in wanted
            )
            for word, many in held.items():
                self._holders.setdefault(word, {})[story.id] = many
        self._sums: dict[StoryId, _Sum] = {}

    def best(
        self, story: Story, barred: Collection[StoryId]
    ) -> tuple[StoryId, float] | None:
        """The earlier story most alike and how much so, as a share of what would make
        them one; None: there is none. Not one of those barred."""
        shares = [
            (share, of)
            for of, many in self._shared(story).items()
            if many >= SHARED_TERMS and of not in barred
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
        words = {w for text in _at_hand(story, self._texts) for w in text.vector}
        for word in words:
            holders = self._holders[word]
            others = sum(holders.values()) - holders[story.id]
            if others - max(holders.values()) > most:
                continue
            for of, many in holders.items():
                is_earlier = self._current[of].first_at + AFTER <= story.first_at
                shared[of] += is_earlier and others - many <= most
        return shared

    def _share(self, later: Story, earlier: Story) -> float:
        """How alike they are, of what would make them one."""
        mine, theirs = self._sum(later), self._sum(earlier)
        if mine.language and theirs.language and mine.language != theirs.language:
            return 0.0
        alike = weighing.dot(mine.total, theirs.total) / (mine.count * theirs.count)
        return alike / max(self._asked, 1e-9)

    def _sum(self, story: Story) -> _Sum:
        if story.id not in self._sums:
            texts = _at_hand(story, self._texts)
            total: Vector = {}
            for text in texts:
                for word, weight in text.vector.items():
                    total[word] = total.get(word, 0.0) + weight
            said = (text.article.reading.language for text in texts)
            self._sums[story.id] = _Sum(
                count=len(texts),
                total=total,
                language=next(filter(None, said), None),
            )
        return self._sums[story.id]
