"""Editors' decisions -> what grouping and the choice of leads must heed.

Decisions are heeded in the order in which they were made, each as if the ones before it
had been carried out, so that the later one wins. All that hold are heeded on every run: it
makes no difference which of them an earlier run has carried out. One about something that
nobody knows is told of and otherwise left alone. What readers see of a story, by the word
of editors, is for `rulings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.run import Failed
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import stories as grouping
from newsdesk.text import urls

GROUPING = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.MOVE)
"""The kinds that say what belongs to which story."""
STAGE = "decide"
"""What the ledger calls decisions that could not be heeded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What decisions say of where articles belong."""

    homes: Mapping[ArticleId, str]
    """By article, for `stories.grouped`."""
    troubles: tuple[Failed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """What decisions say of who stands for a story."""

    by_story: Mapping[StoryId, ArticleId]
    troubles: tuple[Failed, ...] = ()


def named(decisions: Iterable[Decision], now: datetime) -> frozenset[str]:
    """Ids of the stories and articles that decisions name, for the store to look up."""
    return frozenset(
        each
        for one in decisions
        if one.holds(now)
        for each in (one.story, *one.stories, *map(_id, one.articles))
        if each
    )


def told(
    decisions: Iterable[Decision],
    articles: Sequence[Article],
    known: Sequence[Story],
    now: datetime,
) -> Told:
    """Where editors say that articles belong. `known`: the stories of the window and
    those that decisions name."""
    desk = Desk(articles, known)
    troubles: list[Failed] = []
    for one in in_order(decisions, now):
        if one.kind in GROUPING:
            troubles += desk.heed(one)
    return Told(homes=desk.homes(), troubles=tuple(troubles))


def unmet(
    decisions: Sequence[Decision], known: Sequence[Story], now: datetime
) -> frozenset[StoryId]:
    """Stories that are not as decided, so that their articles are needed however old."""
    alive = {story.id: story for story in known if story.is_alive}
    home = {member: story.id for story in alive.values() for member in story.members}
    homes = told(decisions, (), known, now).homes
    open_ = grouping.unmet(homes, home, alive)
    waiting = {home[a] for a, label in homes.items() if label in open_ and a in home}
    fixed = leads(decisions, known, (), now).by_story
    return frozenset(
        waiting
        | {StoryId(label) for label in open_ if label in alive}
        | {of for of, lead in fixed.items() if alive[of].lead != lead}
    )


def leads(
    decisions: Iterable[Decision],
    stories: Iterable[Story],
    articles: Sequence[Article],
    now: datetime,
) -> Leads:
    """Which member editors say stands for a story, by the stories as they are now."""
    by_id = {story.id: story for story in stories}
    desk = Desk(articles, tuple(by_id.values()))
    found: dict[StoryId, ArticleId] = {}
    troubles: list[Failed] = []
    for one in in_order(decisions, now):
        if one.kind is not DecisionKind.LEAD:
            continue
        of, (given, *_) = desk.living(one.story), one.articles
        lead = desk.article(given)
        if of is None:
            troubles.append(trouble(one, no_story(one.story)))
        elif lead not in by_id[of].members:
            reason = f"{given} is no article of {of}, so it cannot lead it"
            troubles.append(trouble(one, reason))
        else:
            found[of] = lead
    return Leads(by_story=found, troubles=tuple(troubles))


def in_order(decisions: Iterable[Decision], now: datetime) -> list[Decision]:
    """Those that hold, in the order in which they were made."""
    held = (one for one in decisions if one.holds(now))
    return sorted(held, key=lambda one: (one.at, one.id))


def _id(given: str) -> ArticleId:
    """The id of an article given by its id or its address."""
    key = urls.key(given) if "://" in given else None
    return ArticleId(urls.identity(key) if key else given)


def no_story(of: str) -> str:
    """That nobody knows a story."""
    return f"there is no story {of}; newsdesk explain tells the id of a story"


def trouble(one: Decision, reason: str) -> Failed:
    """A decision that cannot be heeded, for the ledger."""
    return Failed(
        stage=STAGE,
        key=one.id,
        subject=f"{one.id}.yaml",
        reason=f"{reason}; mend the file or remove it",
        kind=f"cannot {one.kind.value}",
    )


@dataclass(slots=True)
class _Part:
    """Articles that were split off."""

    of: StoryId
    names: frozenset[str]
    """What the story that they are may be called."""


@dataclass(slots=True)
class _Room:
    """Where everything is once the decisions so far are carried out."""

    place: dict[ArticleId, str]
    told: dict[ArticleId, str] = field(default_factory=dict)
    parts: dict[str, _Part] = field(default_factory=dict)

    def put(self, articles: Iterable[ArticleId], label: str) -> None:
        for article in articles:
            self.place[article] = self.told[article] = label


class Desk:
    """Carries decisions out on paper, one after the other."""

    def __init__(self, articles: Sequence[Article], known: Sequence[Story]) -> None:
        self._stories = {story.id: story for story in known}
        self._home = {m: s.id for s in known if s.is_alive for m in s.members}
        self._room = _Room(place=dict(self._home))
        self._originals = {a.id: a.duplicate_of for a in articles}
        self._addresses = {urls.key(a.reading.web_url): a.id for a in articles}

    def living(self, of: StoryId) -> StoryId | None:
        """The story that an id stands for now; None: nobody knows it."""
        story = self._stories.get(of)
        if story is not None and story.merged_into is not None:
            story = self._stories.get(story.merged_into)
        return story.id if story is not None and story.is_alive else None

    def article(self, given: str) -> ArticleId | None:
        """The article that an id or address means, of duplicates the original; None:
        it is not at hand."""
        of = _id(given)
        if not self._knows(of) and "://" in given:
            of = self._addresses.get(urls.key(given), of)
        if not self._knows(of):
            return None
        return self._originals.get(of) or of

    def home(self, of: ArticleId) -> StoryId | None:
        """The living story that an article is in; None: it is in none at hand."""
        return self._home.get(of)

    def heed(self, one: Decision) -> Iterator[Failed]:
        """Carry a decision out. Gives what is wrong with it."""
        to = self.living(one.story)
        if to is None:
            yield trouble(one, no_story(one.story))
            return
        if one.kind is DecisionKind.MERGE:
            yield from self._merge(one, to)
            return
        found = {given: self.article(given) for given in one.articles}
        ids = [of for of in found.values() if of is not None]
        for given, of in found.items():
            if of is None:
                reason = f"{given} is no article in any recent story"
                yield trouble(one, reason)
        if one.kind is DecisionKind.MOVE:
            self._room.put(ids, to)
        elif ids:
            yield from self._split(one, to, ids)

    def homes(self) -> dict[ArticleId, str]:
        """Where each article concerned belongs: the id of a story, or for a part that is
        none yet a name of its own."""
        room = self._room
        homes: dict[str, set[StoryId | None]] = {}
        for article, label in room.told.items():
            homes.setdefault(label, set()).add(self._home.get(article))
        named: dict[str, str] = {}
        for label, part in room.parts.items():
            where = homes.get(label, set())
            only = next(iter(where)) if len(where) == 1 else None
            if only is not None and only != self.living(part.of):
                named[label] = only
        return {a: named.get(label, label) for a, label in room.told.items()}

    def _merge(self, one: Decision, to: StoryId) -> Iterator[Failed]:
        wanted = {str(to)}
        for of in (one.story, *one.stories):
            living = self.living(of)
            wanted |= {label for label, p in self._room.parts.items() if of in p.names}
            if living is None:
                yield trouble(one, no_story(of))
            else:
                wanted.add(living)
        self._room.put([a for a, at in self._room.place.items() if at in wanted], to)

    def _split(
        self, one: Decision, of: StoryId, ids: Sequence[ArticleId]
    ) -> Iterator[Failed]:
        room = self._room
        rest = [a for a, at in room.place.items() if at == of and a not in ids]
        if not rest:
            yield trouble(one, f"nothing would be left of {of}")
            return
        label = f"part {one.id}"
        names = frozenset(f"s{article}" for article in ids) - {of}
        room.parts[label] = _Part(of=of, names=names)
        room.put(ids, label)
        for article in rest:
            room.told.setdefault(article, of)

    def _knows(self, of: ArticleId) -> bool:
        return of in self._originals or of in self._home
