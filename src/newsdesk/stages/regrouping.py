"""What changed on the recent -> the stories that it changes.

What `stories.grouped` does with all articles at once, done for the neighbourhood of what
is new, gone, read once more, or told otherwise by an editor than before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import follows, stories, story_names
from newsdesk.stages.recent import Recent
from newsdesk.stages.stories import Grouped
from newsdesk.stages.weighing import Vector
from newsdesk.stages.window import Window

Told = Mapping[ArticleId, str]


def heeded(recent: Recent, told: Told) -> dict[ArticleId, str]:
    """What editors say of articles at hand, and what the stories concerned keep."""
    alive = {of: s for of, s in recent.stories.items() if s.is_alive} if told else {}
    return stories.heeded(told, recent.window, alive, recent.home)


def differing(now: Told, before: Told) -> set[ArticleId]:
    """Articles of which editors say something else than before."""
    return {of for of in now.keys() | before if now.get(of) != before.get(of)}


def regrouped(
    recent: Recent, dirty: Collection[ArticleId], told: Told, *, story_hours: int
) -> Grouped:
    """The stories that are new or changed by what is `dirty`, known to `recent` from
    now on. `told`: as `heeded` gives it."""
    window = recent.window
    touched = {
        *told.values(),
        *(recent.home[of] for of in told if of in recent.home),
    }
    reach = timedelta(hours=story_hours)
    frozen = recent.frozen(reach, {StoryId(of) for of in touched})
    window.freeze(frozen)
    around = {of for of in dirty if recent.home.get(of) not in frozen}
    around |= _unmet(recent, told)
    if not around:
        return Grouped(stories=())
    assert recent.as_of is not None
    sets = _sets(recent, window.regrouped(around, told), frozen)
    members = [article.id for one in sets for article in one]
    known = recent.concerned(members)
    named = story_names.named(sets, known, recent.lights, told, recent.as_of)
    carried = follows.followed(
        named.stories,
        known,
        _Joinable(window),
        window.climate.asked,
        recent.as_of,
        at_large=recent.stories,
        home=recent.home,
    )
    recent.know(carried.stories)
    return Grouped(
        stories=tuple(sorted(carried.stories, key=lambda story: story.id)),
        events=tuple(
            sorted(
                (*named.events, *carried.events),
                key=lambda event: (event.story, event.kind, event.why),
            )
        ),
    )


def _unmet(recent: Recent, told: Told) -> set[ArticleId]:
    """Articles that are not where editors want them."""
    if not told:
        return set()
    alive = {of: s for of, s in recent.stories.items() if s.is_alive}
    labels = stories.unmet(told, recent.home, alive)
    return {of for of, label in told.items() if label in labels}


def _sets(
    recent: Recent,
    groups: Iterable[Iterable[ArticleId]],
    frozen: Collection[StoryId],
) -> list[tuple[Article, ...]]:
    """The articles of each group in order of time, then duplicates that are members of a
    story and go with them."""
    found = []
    for ids in groups:
        members = sorted((recent.lights[of] for of in ids), key=story_names.in_time)
        twins = [
            recent.lights[twin]
            for article in members
            for twin in recent.twins(article.id)
            if twin in recent.lights
            if twin in recent.home and recent.home[twin] not in frozen
        ]
        found.append((*members, *twins))
    return sorted(found, key=lambda one: story_names.in_time(one[0]))


@dataclass(frozen=True, slots=True)
class _Joinable:
    """The articles of a window that can be in a story with others."""

    window: Window

    def __len__(self) -> int:
        return len(self.window)

    def __contains__(self, of: ArticleId) -> bool:
        return of in self.window and not self.window.is_lone(of)

    def vector(self, of: ArticleId) -> Vector:
        """What an article is about."""
        return self.window.vector(of)

    def language(self, of: ArticleId) -> str | None:
        """What it is written in."""
        return self.window.language(of)

    def names(self, of: ArticleId) -> Collection[str]:
        """Whom and what it names."""
        return self.window.names(of)

    def holders(self, word: str) -> Collection[ArticleId]:
        """The newest articles that a term is among the heaviest of."""
        return self.window.holders(word)


def current(recent: Recent, of: Iterable[StoryId]) -> list[Story]:
    """Those of the stories that live, by id."""
    found = (recent.stories[one] for one in set(of) if one in recent.stories)
    return sorted((s for s in found if s.is_alive), key=lambda story: story.id)
