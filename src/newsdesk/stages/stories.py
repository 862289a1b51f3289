"""Articles -> stories: groups the coverage of one event and keeps each story's name.

All recent articles are grouped anew whenever something came in (`grouping`), so an early
wrong guess is repaired and the order of arrival does not matter. What was together stays
together unless that is clearly wrong. A story's id is made of its founder's and never
changes: of stories that turn out to be one the oldest lives on and the others point to
it; of a story that falls apart the larger part keeps the name.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from newsdesk.model.article import Article, ArticleId, ArticleType
from newsdesk.model.story import Story, StoryEvent, StoryId
from newsdesk.stages import grouping, weighing
from newsdesk.stages.grouping import Item, Settings

STICKY = 0.03
"""Likeness that two articles of one story have on top, so that stories do not fall apart
and together with every word that becomes common."""
FOLLOWS = 0.6
"""Share of the threshold from which a later story carries an earlier one on."""
FOLLOWS_AFTER = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What grouping changed."""

    stories: tuple[Story, ...]
    """Stories that are new or changed, by id; merged ones among them."""
    events: tuple[StoryEvent, ...] = ()
    """What happened to stories that were there before, by story."""


@cache
def shipped() -> Settings:
    """The settings that come with newsdesk, as learnt from open sets."""
    text = resources.files("newsdesk.stages").joinpath("same_story.toml").read_text()
    return Settings(**tomllib.loads(text)["settings"])


def grouped(
    articles: Sequence[Article],
    known: Sequence[Story],
    *,
    story_hours: int,
    same_story: float = 0.0,
    told: Mapping[ArticleId, StoryId] | None = None,
    settings: Settings | None = None,
) -> Grouped:
    """The stories that are new or changed.

    `articles` are all of the window, members of `known` among them; duplicates are left
    out, and what is timeless, a live blog or a list is a story of its own. `same_story`
    is likeness (-1 to 1) asked on top of the shipped settings: more makes purer stories,
    less fuller ones. `told` are editors' decisions: which story an article belongs to.
    """
    eligible = {a.id: a for a in articles if a.duplicate_of is None}
    alive = {story.id: story for story in known if story.is_alive}
    home = {member: story.id for story in alive.values() for member in story.members}
    told = {a: s for a, s in (told or {}).items() if a in eligible}
    is_settled = all(home.get(article) == story for article, story in told.items())
    if is_settled and eligible.keys() <= home.keys():
        return Grouped(stories=())
    chosen = settings or shipped()
    chosen = replace(chosen, base=chosen.base + same_story)
    sets = _sets(eligible, alive, home, told, chosen, float(story_hours))
    return _named(sets, alive, home, told)


def _sets(
    eligible: Mapping[ArticleId, Article],
    alive: Mapping[StoryId, Story],
    home: Mapping[ArticleId, StoryId],
    told: Mapping[ArticleId, StoryId],
    settings: Settings,
    reach: float,
) -> list[list[Article]]:
    """The articles of each group, those of one group in order of time."""
    as_of = max(article.first_seen_at for article in eligible.values())
    frozen = {
        story.id
        for story in alive.values()
        if story.changed_at < as_of - timedelta(hours=reach)
    } - set(told.values())
    joinable = [
        article
        for article in sorted(eligible.values(), key=_in_time)
        if not stands_alone(article)
        and (article.id in told or home.get(article.id) not in frozen)
    ]
    items = _items(joinable, home, told)
    together = [
        [joinable[place] for place in places]
        for places in grouping.groups(items, settings, reach=reach, sticky=STICKY)
    ]
    alone = [[a] for a in eligible.values() if stands_alone(a) and a.id not in home]
    return together + alone


def _items(
    articles: Sequence[Article],
    home: Mapping[ArticleId, StoryId],
    told: Mapping[ArticleId, StoryId],
) -> list[Item]:
    vectors = weighing.vectors(articles)
    return [
        Item(
            vector=vectors[article.id],
            at=article.instant.timestamp() / 3600,
            language=article.reading.language,
            told=told.get(article.id),
            bond=home.get(article.id),
        )
        for article in articles
    ]


def stands_alone(article: Article) -> bool:
    """Whether it joins no story: a live blog is like whatever it told of last, a list
    like all it names, and of a timeless page nobody knows when it was news."""
    kind = article.reading.type
    return article.is_timeless or kind in (ArticleType.LIVE_BLOG, ArticleType.LISTING)


def _in_time(article: Article) -> tuple[datetime, str]:
    return (article.instant, article.id)


def _named(
    sets: Sequence[Sequence[Article]],
    alive: Mapping[StoryId, Story],
    home: Mapping[ArticleId, StoryId],
    told: Mapping[ArticleId, StoryId],
) -> Grouped:
    """Each set as a story: a known one where most of its members are, else a new one."""
    heirs = _heirs(sets, alive, home, told)
    claims: dict[int, list[StoryId]] = {}
    for of, place in heirs.items():
        claims.setdefault(place, []).append(of)
    taken = set(alive)
    placed = frozenset(article.id for members in sets for article in members)
    changed: dict[StoryId, Story] = {}
    events: list[StoryEvent] = []
    for place, members in enumerate(sets):
        claimed = sorted(
            claims.get(place, ()),
            key=lambda of: _precedence(alive[of], told.get(members[0].id)),
        )
        origins = Counter(home[a.id] for a in members if a.id in home)
        if claimed:
            merged = [alive[of] for of in claimed[1:]]
            story = _grown(alive[claimed[0]], members, merged, placed)
        else:
            story = _founded(members, taken, origins)
            taken.add(story.id)
        if story != alive.get(story.id):
            changed[story.id] = story
        for lost in claimed[1:]:
            changed[lost] = replace(alive[lost], members=(), merged_into=story.id)
            events.append(_event(story, lost, "merged", f"is one with {story.id}"))
        if not claimed and origins:
            why = f"{len(members)} of its articles became {story.id}"
            events.append(_event(story, origins.most_common(1)[0][0], "split", why))
    changed |= _without_the_gone(alive, changed)
    return Grouped(
        stories=tuple(changed[of] for of in sorted(changed)),
        events=tuple(sorted(events, key=lambda e: (e.story, e.kind, e.why))),
    )


def _heirs(
    sets: Sequence[Sequence[Article]],
    alive: Mapping[StoryId, Story],
    home: Mapping[ArticleId, StoryId],
    told: Mapping[ArticleId, StoryId],
) -> dict[StoryId, int]:
    """Which set carries each known story on: the one that an editor says, else the one
    with most of its members, of equals the one with the earliest."""
    shares: dict[StoryId, Counter[int]] = {}
    for place, members in enumerate(sets):
        for article in members:
            if article.id in home:
                shares.setdefault(home[article.id], Counter())[place] += 1
    heirs = {
        story: min(count, key=lambda place: (-count[place], _in_time(sets[place][0])))
        for story, count in shares.items()
    }
    for place, members in enumerate(sets):
        for article in members:
            named = told.get(article.id)
            if named is not None and named in alive:
                heirs[named] = place
    return heirs


def _precedence(story: Story, told: StoryId | None) -> tuple[bool, datetime, str]:
    """The order in which stories that became one may lend it their name."""
    return (story.id != told, story.first_at, story.id)


def _founded(
    members: Sequence[Article], taken: set[StoryId], origins: Counter[StoryId]
) -> Story:
    """A new story, named after the first of its articles that lends no other its name."""
    names = [StoryId(f"s{article.id}") for article in members]
    name = next((one for one in names if one not in taken), None)
    story = Story(
        id=name or StoryId(f"{names[0]}-{len(taken)}"),
        members=tuple(article.id for article in members),
        first_at=min(article.instant for article in members),
        changed_at=max(article.first_seen_at for article in members),
    )
    if not origins:
        return story
    return replace(story, split_from=min(origins, key=lambda of: (-origins[of], of)))


def _grown(
    story: Story,
    members: Sequence[Article],
    merged: Sequence[Story],
    placed: frozenset[ArticleId],
) -> Story:
    """A known story with the members it has now, in the order they joined. What was not
    grouped this time, being too old or a duplicate, stays where it was."""
    here = {article.id: None for article in members}
    before = [m for one in (story, *merged) for m in one.members]
    kept = {m: None for m in before if m in here or m not in placed}
    now = tuple(kept | here)
    if now == story.members:
        return story
    return replace(
        story,
        members=now,
        first_at=min(story.first_at, *(article.instant for article in members)),
        changed_at=max(story.changed_at, *(a.first_seen_at for a in members)),
    )


def _event(story: Story, of: StoryId, kind: str, why: str) -> StoryEvent:
    return StoryEvent(story=of, at=story.changed_at, kind=kind, why=why)


def _without_the_gone(
    alive: Mapping[StoryId, Story],
    changed: Mapping[StoryId, Story],
) -> dict[StoryId, Story]:
    """Stories of which members went elsewhere without anything else happening to them."""
    now_in = {m: story.id for story in changed.values() for m in story.members}
    return {
        of: replace(
            story,
            members=tuple(m for m in story.members if now_in.get(m, of) == of),
        )
        for of, story in alive.items()
        if of not in changed and any(now_in.get(m, of) != of for m in story.members)
    }
