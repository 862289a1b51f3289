"""Articles -> stories: groups the coverage of one event and keeps each story's name.

All recent articles are grouped anew whenever something came in (`grouping`), so an early
wrong guess is repaired and the order of arrival does not matter. What was together stays
together unless that is clearly wrong, and a story without news for as long as a story may
last is frozen: it is never grouped again. Which set of articles carries which story on is
for `story_names`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from newsdesk.model.article import Article, ArticleId, ArticleType
from newsdesk.model.story import Story, StoryEvent, StoryId
from newsdesk.stages import follows, grouping, round_ups, story_names, weighing
from newsdesk.stages.follows import TextsAtHand
from newsdesk.stages.grouping import Settings
from newsdesk.stages.grouping_groups import Item
from newsdesk.stages.weighing import Vector

STICKY = 0.03
"""Likeness that two articles of one story have on top, so that stories do not fall apart
and together with every word that becomes common."""
LONGEST_CHAIN = 100
"""Steps from a copy to its original; bounds the walk should it ever run in a ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What grouping changed."""

    stories: tuple[Story, ...]
    """Stories that are new or changed, by id; merged ones among them."""
    events: tuple[StoryEvent, ...] = ()
    """What happened to stories that were there before, by story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """The recent articles and what is known of them."""

    articles: Mapping[ArticleId, Article]
    """All that are at hand."""
    eligible: Mapping[ArticleId, Article]
    """Those that can be in a story of their own: no duplicates."""
    alive: Mapping[StoryId, Story]
    home: Mapping[ArticleId, StoryId]
    """Which living story each member is in."""
    told: Mapping[ArticleId, str]
    """What editors put together, and what they named it."""
    alone: frozenset[ArticleId]
    """Those that join no story by themselves."""
    frozen: frozenset[StoryId]
    as_of: datetime
    """The newest news at hand."""


@cache
def shipped() -> Settings:
    """The settings that come with newsdesk, as learnt from open sets."""
    text = resources.files("newsdesk.stages").joinpath("same_story.toml").read_text()
    return Settings(**tomllib.loads(text)["settings"])


def asking(same_story: float, settings: Settings | None = None) -> Settings:
    """The settings, by default those shipped, with so much likeness asked on top."""
    chosen = settings or shipped()
    return replace(chosen, base=chosen.base + same_story)


def grouped(
    articles: Sequence[Article],
    known: Sequence[Story],
    *,
    story_hours: int,
    same_story: float = 0.0,
    told: Mapping[ArticleId, str] | None = None,
    settings: Settings | None = None,
) -> Grouped:
    """The stories that are new or changed.

    `articles` are all of the window, members of `known` among them. A duplicate joins no
    story; one that was a member goes where its original is. What is timeless, a live blog
    or a list is a story of its own. `known` are the stories of the window and every other
    that is named after one of its articles. `same_story` is likeness (-1 to 1) asked on
    top of the shipped settings: more makes purer stories, less fuller ones. `told` are
    editors' decisions: articles told the same are one story, told otherwise never; what
    is the id of a living story is that story, which then keeps all it has.
    """
    if not articles:
        return Grouped(stories=())
    window = _window(articles, known, told or {}, timedelta(hours=story_hours))
    if _is_settled(window):
        return Grouped(stories=())
    chosen = asking(same_story, settings)
    vectors = weighing.vectors(window.eligible.values())
    sets, asked = _sets(window, vectors, chosen, float(story_hours))
    named = story_names.named(sets, known, window.articles, window.told, window.as_of)
    texts = {
        article.id: (vectors[article.id], article.reading.language)
        for article in window.eligible.values()
        if article.id not in window.alone
    }
    names = {of: weighing.names(window.eligible[of]) for of in texts}
    at_hand = TextsAtHand(texts, names)
    carried = follows.followed(named.stories, known, at_hand, asked, window.as_of)
    return Grouped(
        stories=tuple(sorted(carried.stories, key=lambda story: story.id)),
        events=tuple(
            sorted(
                (*named.events, *carried.events),
                key=lambda event: (event.story, event.kind, event.why),
            )
        ),
    )


def stands_alone(article: Article) -> bool:
    """Whether it joins no story: a live blog is like whatever it told of last, a list or
    round-up like all it names, and of a timeless page nobody knows when it was news."""
    kind = article.reading.type
    return (
        article.is_timeless
        or kind in (ArticleType.LIVE_BLOG, ArticleType.LISTING)
        or round_ups.is_round_up(article)
    )


def unmet(
    told: Mapping[ArticleId, str],
    home: Mapping[ArticleId, StoryId],
    alive: Mapping[StoryId, Story],
) -> frozenset[str]:
    """What editors put together, or apart, that is not so yet: of `told` the names."""
    homes: dict[str, set[StoryId | None]] = {}
    for article, label in told.items():
        homes.setdefault(label, set()).add(home.get(article))
    used = Counter(of for found in homes.values() for of in found)
    return frozenset(
        label
        for label, found in homes.items()
        if len(found) > 1
        or any(of is None or used[of] > 1 for of in found)
        or (label in alive and found != {label})
    )


def _window(
    articles: Sequence[Article],
    known: Sequence[Story],
    told: Mapping[ArticleId, str],
    reach: timedelta,
) -> _Window:
    eligible = {a.id: a for a in articles if a.duplicate_of is None}
    alive = {story.id: story for story in known if story.is_alive}
    home = {member: story.id for story in alive.values() for member in story.members}
    heard = heeded(told, eligible, alive, home)
    # As of all that is known, so that what is frozen stays so.
    news = [a.first_seen_at for a in articles] + [s.changed_at for s in alive.values()]
    as_of = max(news)
    touched = {*heard.values(), *(home[a] for a in heard if a in home)}
    return _Window(
        articles={article.id: article for article in articles},
        eligible=eligible,
        alive=alive,
        home=home,
        told=heard,
        alone=frozenset(a.id for a in eligible.values() if stands_alone(a)),
        frozen=frozenset(
            story.id
            for story in alive.values()
            if as_of - story.changed_at > reach and story.id not in touched
        ),
        as_of=as_of,
    )


def heeded(
    told: Mapping[ArticleId, str],
    eligible: Container[ArticleId],
    alive: Mapping[StoryId, Story],
    home: Mapping[ArticleId, StoryId],
) -> dict[ArticleId, str]:
    """What is told of articles at hand, and what the stories concerned keep: whatever an
    editor did not send elsewhere."""
    found = {article: label for article, label in told.items() if article in eligible}
    named = {StoryId(label) for label in found.values()}
    left = {home[a] for a, label in found.items() if home.get(a, label) != label}
    kept = {
        member: of
        for of in named | left
        if of in alive
        for member in alive[of].members
        if member in eligible
    }
    return {**kept, **found}


def _is_settled(window: _Window) -> bool:
    """Whether everything is where it belongs, so that there is nothing to do."""
    if not window.eligible.keys() <= window.home.keys():
        return False
    for copy, of in _originals(window).items():
        if window.home[copy] != window.home[of]:
            return False
    if any(_is_misplaced(a, window) for a in window.eligible.values()):
        return False
    return not unmet(window.told, window.home, window.alive)


def _is_misplaced(article: Article, window: _Window) -> bool:
    """Whether it must stand alone and does not, as when a page became a live blog."""
    of = window.home[article.id]
    if article.id not in window.alone or article.id in window.told:
        return False
    if of in window.frozen:
        return False
    others = window.alive[of].members
    return any(m != article.id and m in window.eligible for m in others)


def _originals(window: _Window) -> dict[ArticleId, ArticleId]:
    """Duplicates that are members with the articles that they go with."""
    found = {}
    for article in window.articles.values():
        home = window.home.get(article.id)
        if article.duplicate_of is None or home is None or home in window.frozen:
            continue
        of = _original(article.duplicate_of, window.articles)
        if of in window.eligible and window.home.get(of) not in window.frozen:
            found[article.id] = of
    return found


def _original(of: ArticleId, articles: Mapping[ArticleId, Article]) -> ArticleId:
    """Where a chain of duplicates ends."""
    for _ in range(LONGEST_CHAIN):
        further = articles[of].duplicate_of if of in articles else None
        if further is None:
            break
        of = further
    return of


def _sets(
    window: _Window,
    vectors: Mapping[ArticleId, Vector],
    settings: Settings,
    reach: float,
) -> tuple[list[tuple[Article, ...]], float]:
    """The articles of each group, in order of time, then duplicates that go with them;
    and the likeness that was asked of one story."""
    current = [
        article
        for article in sorted(window.eligible.values(), key=story_names.in_time)
        if window.home.get(article.id) not in window.frozen
    ]
    alone = window.alone - window.told.keys()
    joinable = [a for a in current if a.id not in alone]
    items = _items(joinable, vectors, window)
    found = grouping.divided(items, settings, reach=reach, sticky=STICKY)
    sets = [[joinable[place] for place in places] for places in found.groups]
    sets += [[a] for a in current if a.id in alone]
    place_of = {a.id: place for place, members in enumerate(sets) for a in members}
    for copy, of in sorted(_originals(window).items()):
        sets[place_of[of]].append(window.articles[copy])
    return [tuple(members) for members in sets], found.asked


def _items(
    articles: Sequence[Article],
    vectors: Mapping[ArticleId, Vector],
    window: _Window,
) -> list[Item]:
    return [
        Item(
            vector=vectors[article.id],
            at=article.instant.timestamp() / 3600,
            language=article.reading.language,
            told=window.told.get(article.id),
            bond=window.home.get(article.id),
            names=weighing.names(article),
        )
        for article in articles
    ]
