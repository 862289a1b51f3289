"""What a run must know of the recent articles, kept from run to run.

The articles without their texts (`lights`), what they agree on about each provider, which
of them are duplicates, their stories, and the `window` in which they are grouped. What
comes in changes this in proportion to itself; what that means for stories is for
`regrouping`. Everything here follows from the store's rows: it can be thrown away and
made again at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsdesk.model.article import Article, ArticleId, Provider
from newsdesk.model.site import Site
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import (
    copies,
    cover,
    duplicates,
    identify_registry,
    identify_window,
    picture_shared,
    stories,
)
from newsdesk.stages.window import Window

COPY_LIKE = 0.4
"""Likeness of what two articles are about from which one may have the other's text:
edited copies have twice as much."""
Near = Mapping[ArticleId, Collection[ArticleId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """What the articles at hand agree on about a provider."""

    provider: Provider
    stand_ins: frozenset[tuple[str, str]]
    """Pictures that stand for the site."""


@dataclass(slots=True, kw_only=True)
class Taken:
    """What taking articles in changed."""

    duplicates: list[tuple[ArticleId, ArticleId]] = field(default_factory=list)
    """New ones, with what they are duplicates of."""
    dirty: set[ArticleId] = field(default_factory=set)
    """Articles around which stories may change."""
    touched: set[ArticleId] = field(default_factory=set)
    """Articles that read differently from before."""


class Recent:
    """The recent articles and stories."""

    def __init__(self, site: Site, window: Window) -> None:
        self.site = site
        self.window = window
        self.known = identify_registry.directory(site.providers, site.outlets)
        self.lights: dict[ArticleId, Article] = {}
        self.outlets: dict[str, Outlet] = {}
        self.stories: dict[StoryId, Story] = {}
        self.home: dict[ArticleId, StoryId] = {}
        self.as_of: datetime | None = None
        """The newest news."""
        self._of_domain: dict[str, set[ArticleId]] = {}
        self._marked: dict[str, set[ArticleId]] = {}
        self._twins: dict[ArticleId, set[ArticleId]] = {}
        """Duplicates, by what they are duplicates of."""
        self._named_after: dict[str, set[StoryId]] = {}
        self._led_to: dict[StoryId, set[StoryId]] = {}
        """Stories merged into a story, or carrying it on."""

    # Articles

    def take(self, articles: Iterable[Article]) -> Taken:
        """Take articles in, new ones and such as were read once more. Their texts are not
        kept; what is news joins the window as a group of its own."""
        given = {article.id: article for article in articles}
        taken = Taken()
        for article in given.values():
            self._leave(article.id, taken)
            self.remember(article)
        self._agree({article.provider.domain for article in given.values()}, taken)
        self._find_duplicates(given, taken)
        self._join([a for of, a in given.items() if self.is_eligible(self.lights[of])])
        taken.dirty.update(given)
        taken.touched.update(given)
        return taken

    def _join(self, articles: Iterable[Article]) -> None:
        """Take articles into the window as groups of their own."""
        ordered = sorted(articles, key=lambda one: (one.instant, one.id))
        lone = {one.id for one in ordered if stories.stands_alone(one)}
        self.window.add(ordered, lone)

    def rejoin(self, articles: Iterable[Article]) -> None:
        """Take articles into the window again, where they are."""
        there = [one for one in articles if self.is_there(one.id)]
        self._join(map(self.clean, there))
        homes = {one.id: self.home[one.id] for one in there if one.id in self.home}
        self.window.settle(homes)

    def likely_copies(
        self, of: Iterable[ArticleId]
    ) -> dict[ArticleId, list[ArticleId]]:
        """Articles that may have one text with each of these, by how alike they are."""
        return {
            one: self.window.alike(one, COPY_LIKE)
            for one in of
            if one in self.window and not self.window.is_lone(one)
        }

    def bind(self, articles: Iterable[Article], near: Near | None = None) -> None:
        """Keep those of the articles together of which one has the other's text. `near`:
        what is alike enough, as `likely_copies` gives it; None: it is looked up."""
        clean = [self.clean(article) for article in articles]
        pairs = copies.one_text(clean, self.known, self.at_hand())
        if near is None:
            near = self.likely_copies({of for pair in pairs for of in pair})
        self.window.bind(
            (one, other)
            for one, other in pairs
            if other in near.get(one, ()) or one in near.get(other, ())
        )

    def remember(self, article: Article) -> None:
        """Keep an article, without its text."""
        bare = replace(article.reading, text="", html="")
        self.lights[article.id] = light = replace(article, reading=bare)
        self._of_domain.setdefault(light.provider.domain, set()).add(light.id)
        for mark in duplicates.marks(light):
            self._marked.setdefault(mark, set()).add(light.id)
        if light.duplicate_of is not None:
            self._twins.setdefault(light.duplicate_of, set()).add(light.id)
        if self.as_of is None or light.first_seen_at > self.as_of:
            self.as_of = light.first_seen_at

    def settle(self) -> None:
        """Find what all articles agree on about each provider."""
        self._agree(self._of_domain.keys(), Taken())

    def clean(self, article: Article) -> Article:
        """An article as stories are told of it: its provider as all agree, without
        pictures that stand for the site, marked where it is a duplicate."""
        outlet = self.outlets[article.provider.domain]
        light = self.lights.get(article.id)
        freed = picture_shared.freed(article, outlet.stand_ins)
        return replace(
            freed,
            provider=outlet.provider,
            duplicate_of=light.duplicate_of if light else article.duplicate_of,
        )

    def is_eligible(self, article: Article) -> bool:
        """Whether it can be in a story of its own: it is news, and no duplicate."""
        return article.duplicate_of is None and cover.is_news(
            article, self.site, self.known
        )

    def drop_older(self, since: datetime) -> None:
        """Let go of articles first seen before that are in no story changed since, and of
        stories none of whose articles is at hand."""
        old = [
            light
            for light in self.lights.values()
            if light.first_seen_at < since and not self._is_current(light.id, since)
        ]
        for light in old:
            self._drop(light)
        self.window.forget(light.id for light in old)
        for story in [s for s in self.stories.values() if s.changed_at < since]:
            self._unlist(story)

    def _is_current(self, of: ArticleId, since: datetime) -> bool:
        home = self.home.get(of)
        return home is not None and self.stories[home].changed_at >= since

    def _drop(self, light: Article) -> None:
        del self.lights[light.id]
        self._of_domain[light.provider.domain].discard(light.id)
        for mark in duplicates.marks(light):
            self._marked[mark].discard(light.id)
            if not self._marked[mark]:
                del self._marked[mark]

    def _leave(self, of: ArticleId, taken: Taken) -> None:
        """An article that is read once more, or turned out to be a duplicate, leaves its
        group; that is looked at again."""
        if of in self.window:
            taken.dirty |= self.mates(of)
            self.window.forget([of])
        if of in self.lights:
            self._drop(self.lights[of])

    def mark(self, of: ArticleId, original: ArticleId) -> None:
        """Note that an article is a duplicate."""
        self.lights[of] = replace(self.lights[of], duplicate_of=original)
        self._twins.setdefault(original, set()).add(of)

    def is_there(self, of: ArticleId) -> bool:
        """Whether it is at hand and can be in a story of its own."""
        return of in self.lights and self.is_eligible(self.lights[of])

    def twins(self, of: ArticleId) -> list[ArticleId]:
        """The duplicates of an article, and theirs."""
        found: list[ArticleId] = []
        waiting = [of]
        while waiting:
            more = sorted(self._twins.get(waiting.pop(), set()) - {of, *found})
            found += more
            waiting += more
        return found

    def mates(self, of: ArticleId) -> set[ArticleId]:
        """The other articles of its story."""
        home = self.home.get(of)
        return set(self.stories[home].members) - {of} if home else set()

    def _agree(self, domains: Collection[str], taken: Taken) -> None:
        for domain in sorted(domains):
            lights = [self.lights[of] for of in sorted(self._of_domain[domain])]
            if not lights:
                continue
            outlet = Outlet(
                provider=identify_window.settled(lights, self.known)[0].provider,
                stand_ins=picture_shared.stand_ins(lights),
            )
            if self.outlets.get(domain) != outlet:
                self.outlets[domain] = outlet
                taken.touched.update(light.id for light in lights)

    def _find_duplicates(
        self, given: Mapping[ArticleId, Article], taken: Taken
    ) -> None:
        """Articles share a mark or are no duplicates of one another."""
        waiting, near = list(given), set(given)
        while waiting:
            for mark in duplicates.marks(self.lights[waiting.pop()]):
                more = self._marked[mark] - near
                near |= more
                waiting += more
        found = duplicates.duplicates([self.lights[of] for of in sorted(near)])
        for of, original in found:
            if of not in given:
                taken.dirty |= self.mates(of)
                self.window.forget([of])
            self.mark(of, original)
            taken.duplicates.append((of, original))
            taken.dirty |= {of, original}
            taken.touched |= {of, original}

    # Stories

    def know(self, known: Iterable[Story]) -> None:
        """Take stories in, new ones and such as changed."""
        given = tuple(known)
        for story in given:
            self._unlist(self.stories.get(story.id))
        for story in given:
            self.stories[story.id] = story
            self._named_after.setdefault(founder(story.id), set()).add(story.id)
            for to in (story.merged_into, story.follows):
                if to is not None:
                    self._led_to.setdefault(to, set()).add(story.id)
            if story.is_alive:
                self.home.update(dict.fromkeys(story.members, story.id))
                if self.as_of is None or story.changed_at > self.as_of:
                    self.as_of = story.changed_at
        self.window.settle({m: s.id for s in given if s.is_alive for m in s.members})

    def _unlist(self, story: Story | None) -> None:
        if story is None:
            return
        del self.stories[story.id]
        self._named_after[founder(story.id)].discard(story.id)
        for to in (story.merged_into, story.follows):
            if to is not None:
                self._led_to[to].discard(story.id)
        for member in story.members:
            if self.home.get(member) == story.id:
                del self.home[member]

    def alive(self) -> list[Story]:
        """The living stories."""
        return [story for story in self.stories.values() if story.is_alive]

    def everything(self) -> list[Story]:
        """All stories, those merged into others among them."""
        return [self.stories[of] for of in sorted(self.stories)]

    def at_hand(self) -> list[Provider]:
        """The providers of the articles at hand."""
        return [
            self.outlets[domain].provider
            for domain, ids in sorted(self._of_domain.items())
            if ids
        ]

    def counts(self) -> dict[str, int]:
        """What there is to tell of the window."""
        alive = [s for s in self.alive() if any(m in self.lights for m in s.members)]
        shared = sum(
            len({self.lights[m].provider.domain for m in s.members if m in self.lights})
            > 1
            for s in alive
        )
        return {
            "stories in the window": len(alive),
            "stories of two or more providers": shared,
            "copies": self.window.copied(),
        }

    def concerned(self, members: Iterable[ArticleId]) -> list[Story]:
        """The stories that naming sets of these articles is about: those they are in,
        those named after them, and what leads from or to one of these."""
        found: set[StoryId] = set()
        for of in members:
            found |= self._named_after.get(of, set())
            if of in self.home:
                found.add(self.home[of])
        waiting = list(found)
        while waiting:
            story = self.stories[waiting.pop()]
            led = (story.merged_into, story.follows)
            near = {to for to in led if to is not None and to in self.stories}
            more = (self._led_to.get(story.id, set()) | near) - found
            found |= more
            waiting += more
        return [self.stories[of] for of in sorted(found)]

    def frozen(self, reach: timedelta, touched: Collection[StoryId]) -> set[StoryId]:
        """Living stories without news for so long that nothing joins them, but for those
        that an editor speaks of."""
        as_of = self.as_of
        return {
            story.id
            for story in self.alive()
            if as_of is not None
            and as_of - story.changed_at > reach
            and story.id not in touched
        }


def founder(of: StoryId) -> str:
    """The article that a story is named after."""
    return of[1:].partition("-")[0]
