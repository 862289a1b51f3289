"""Sets of articles -> stories with names: which known story each set carries on.

A story's id is `s` and that of the article that founded it; it never changes and is never
given to another. Of stories that turn out to be one the oldest lives on and the others
point to it; of a story that falls apart the larger part keeps the name, and the rest is a
story of its own: the one that its founder was before, where it had been merged, else a
new one. What an editor named goes before all that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Story, StoryEvent, StoryId

Sets = Sequence[Sequence[Article]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Sets as stories."""

    stories: tuple[Story, ...]
    """New or changed, merged ones among them."""
    events: tuple[StoryEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What there is before naming."""

    stories: Mapping[StoryId, Story]
    """The merged ones too: their names are not given to others."""
    home: Mapping[ArticleId, StoryId]
    articles: Mapping[ArticleId, Article]
    told: Mapping[ArticleId, str]

    def is_alive(self, of: str) -> bool:
        """Whether it is the id of a living story."""
        story = self.stories.get(StoryId(of))
        return story is not None and story.is_alive


def named(
    sets: Sets,
    known: Sequence[Story],
    articles: Mapping[ArticleId, Article],
    told: Mapping[ArticleId, str],
    as_of: datetime,
) -> Named:
    """The stories that the sets make of those known. Articles in no set stay where they
    are. `articles` are all at hand; `told` are editors' decisions by article."""
    before = _Known(
        stories={story.id: story for story in known},
        home={m: story.id for story in known if story.is_alive for m in story.members},
        articles=articles,
        told=told,
    )
    heirs = _heirs(sets, before)
    names = _names(sets, heirs, before)
    events = _events(sets, heirs, names, before, as_of)
    placed = frozenset(article.id for members in sets for article in members)
    lost: dict[int, list[StoryId]] = {}
    for of in sorted(heirs):
        if names[heirs[of]] != of:
            lost.setdefault(heirs[of], []).append(of)
    changed: dict[StoryId, Story] = {}
    for place, members in enumerate(sets):
        merged = lost.get(place, [])
        story = _story(names[place], members, merged, before, placed)
        if story != before.stories.get(story.id):
            changed[story.id] = story
        for one in merged:
            changed[one] = replace(
                before.stories[one], members=(), merged_into=story.id, follows=None
            )
    changed |= _still_pointing(before.stories, changed)
    return Named(stories=tuple(changed[of] for of in sorted(changed)), events=events)


def in_time(article: Article) -> tuple[datetime, str]:
    """What orders articles: when they counted as published, then their ids."""
    return (article.instant, article.id)


def _heirs(sets: Sets, before: _Known) -> dict[StoryId, int]:
    """Which set carries each known story on: the one that an editor named so, else the
    one with most of its members, of equals the one with the earliest article."""
    shares: dict[StoryId, Counter[int]] = {}
    sent: dict[StoryId, Counter[int]] = {}
    named: dict[StoryId, int] = {}
    for place, members in enumerate(sets):
        for article in members:
            label = before.told.get(article.id, "")
            home = before.home.get(article.id)
            if before.is_alive(label):
                named[StoryId(label)] = place
            if home is not None:
                # What an editor sends to another story takes no name along.
                is_sent = before.is_alive(label) and label != home
                counts = sent if is_sent else shares
                counts.setdefault(home, Counter())[place] += 1
    return {
        story: min(count, key=lambda place: (-count[place], in_time(sets[place][0])))
        for story, count in (sent | shares).items()
    } | named


def _names(
    sets: Sets, heirs: Mapping[StoryId, int], before: _Known
) -> dict[int, StoryId]:
    """The id of each set's story."""
    claims: dict[int, list[StoryId]] = {}
    for of, place in heirs.items():
        claims.setdefault(place, []).append(of)
    names = {
        place: min(claimed, key=lambda of: _precedence(of, sets[place], before))
        for place, claimed in claims.items()
    }
    taken = set(names.values())
    for place, members in enumerate(sets):
        if place not in names:
            names[place] = _new_name(members, before, taken)
            taken.add(names[place])
    return names


def _precedence(
    of: StoryId, members: Sequence[Article], before: _Known
) -> tuple[bool, datetime, str]:
    """The order in which stories that became one may lend it their name."""
    is_told = any(before.told.get(article.id) == of for article in members)
    return (not is_told, before.stories[of].first_at, of)


def _new_name(
    members: Sequence[Article], before: _Known, taken: set[StoryId]
) -> StoryId:
    """A story's name after one of its articles. One that was merged away comes back with
    its founder; a name that lives elsewhere is not given again."""
    ids = [StoryId(f"s{article.id}") for article in members]
    free = [of for of in ids if of not in taken and not before.is_alive(of)]
    back = [of for of in free if of in before.stories]
    for name in (*back, *free):
        return name
    number = 2
    while before.is_alive(name := StoryId(f"{ids[0]}-{number}")) or name in taken:
        number += 1
    return name


def _story(
    of: StoryId,
    members: Sequence[Article],
    merged: Sequence[StoryId],
    before: _Known,
    placed: frozenset[ArticleId],
) -> Story:
    """The story of a set, its members in the order they joined."""
    known = before.stories.get(of)
    if known is None or not known.is_alive:
        return _founded(of, members, before)
    here = {article.id: None for article in members}
    whole = [known, *(before.stories[one] for one in merged)]
    earlier = [member for one in whole for member in one.members]
    # What was not grouped this time, as it is not at hand, stays where it was.
    kept = {m: None for m in earlier if m in here or m not in placed}
    ids = tuple(kept | here)
    if ids == known.members:
        return known
    at_hand = [before.articles[m] for m in ids if m in before.articles]
    first = min(article.instant for article in at_hand)
    changed = max(article.first_seen_at for article in at_hand)
    if len(at_hand) < len(ids):
        first = min(first, *(one.first_at for one in whole))
        changed = max(changed, *(one.changed_at for one in whole))
    return replace(known, members=ids, first_at=first, changed_at=changed)


def _founded(of: StoryId, members: Sequence[Article], before: _Known) -> Story:
    origins = Counter(before.home[a.id] for a in members if a.id in before.home)
    return Story(
        id=of,
        members=tuple(article.id for article in members),
        first_at=min(article.instant for article in members),
        changed_at=max(article.first_seen_at for article in members),
        split_from=min(origins, key=lambda one: (-origins[one], one), default=None),
    )


def _still_pointing(
    known: Mapping[StoryId, Story], changed: Mapping[StoryId, Story]
) -> dict[StoryId, Story]:
    """Stories merged before into one that is merged now: they point where it does."""
    gone = {
        of: story.merged_into for of, story in changed.items() if not story.is_alive
    }
    return {
        of: replace(story, merged_into=gone[story.merged_into])
        for of, story in known.items()
        if of not in changed and story.merged_into in gone
    }


def _events(
    sets: Sets,
    heirs: Mapping[StoryId, int],
    names: Mapping[int, StoryId],
    before: _Known,
    as_of: datetime,
) -> tuple[StoryEvent, ...]:
    """What became of known stories and of articles that left them."""
    events = []
    for of, place in heirs.items():
        if names[place] != of:
            events.append((of, "merged", f"it is one with {names[place]}"))
    for place, members in enumerate(sets):
        to = names[place]
        left = Counter(before.home[a.id] for a in members if a.id in before.home)
        kind = "moved" if before.is_alive(to) else "split"
        for home, many in left.items():
            if home != to and heirs.get(home) != place:
                went = "went to" if kind == "moved" else "became"
                events.append((home, kind, f"{many} of its articles {went} {to}"))
    return tuple(
        StoryEvent(story=of, at=as_of, kind=kind, why=why)
        for of, kind, why in sorted(events)
    )
