"""What comes in bit by bit makes the stories that it makes all at once."""

from __future__ import annotations

import random  # noqa: TID251 - seeded
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from makers import site
from newsdesk.model.article import Article, ArticleId
from newsdesk.stages import (
    recent_making,
    regrouping,
    stories,
    window_building,
    window_snapshot,
)
from newsdesk.stages.recent import Recent
from press_articles import REACH, of_the_press

ARTICLES = of_the_press(3)
SITE = site()
NOBODY: Mapping[ArticleId, str] = {}


class Newsroom:
    """What is recent and the articles that came in so far, one run after the other."""

    def __init__(self) -> None:
        self.recent = Recent(SITE, window_building.built((), SETTINGS, reach=REACH))
        self.came: list[Article] = []
        self.told: Mapping[ArticleId, str] = NOBODY
        self.looked_at = 0

    def run(
        self, articles: Sequence[Article], told: Mapping[ArticleId, str] = NOBODY
    ) -> None:
        self.came += articles
        taken = self.recent.take(articles)
        near = self.recent.likely_copies(article.id for article in articles)
        wanted = {of for found in near.values() for of in found} | {*near}
        self.recent.bind([a for a in self.came if a.id in wanted], near)
        if window_building.due(self.recent.window, self.recent.as_of):
            known = self.recent.everything()
            self.recent, more = recent_making.anew(SITE, self.came, known)
            taken.dirty |= more.dirty
        heeded = regrouping.heeded(self.recent, told)
        dirty = taken.dirty | regrouping.differing(heeded, self.told)
        regrouping.regrouped(self.recent, dirty, heeded, story_hours=int(REACH))
        self.told = heeded

    @property
    def stories(self) -> set[frozenset[str]]:
        return {frozenset(story.members) for story in self.recent.alive()}


SETTINGS = stories.asking(0.0)


def pieces(articles: Sequence[Article], chance: random.Random) -> list[list[Article]]:
    """The articles in random batches, each in random order."""
    cuts = sorted(chance.sample(range(1, len(articles)), 8))
    edges = zip([0, *cuts], [*cuts, None], strict=True)
    found = [list(articles[a:b]) for a, b in edges]
    for one in found:
        chance.shuffle(one)
    return found


@pytest.fixture(scope="module")
def at_once() -> Newsroom:
    room = Newsroom()
    room.run(ARTICLES)
    return room


@pytest.mark.parametrize("seed", range(4))
def test_random_batches_make_the_stories_of_one_batch(
    seed: int, at_once: Newsroom
) -> None:
    room = Newsroom()
    for piece in pieces(ARTICLES, random.Random(seed)):
        room.run(piece)
    assert room.stories == at_once.stories
    assert any(len(story) > 2 for story in room.stories)


def test_what_changed_is_grouped_as_grouping_everything_would(
    at_once: Newsroom,
) -> None:
    window = at_once.recent.window
    everything = {frozenset(one) for one in window.grouped({})}
    assert {frozenset(one) for one in window.groups()} == everything


def test_a_decision_that_is_taken_back_leaves_no_trace() -> None:
    room = Newsroom()
    room.run(ARTICLES)
    before = room.stories
    one, other = sorted(before, key=len)[-2:]
    told = dict.fromkeys((min(one), min(other)), "theirs")
    room.run((), told)
    assert any({min(one), min(other)} <= story for story in room.stories)
    room.run(())
    assert room.stories == before


def test_an_article_that_is_read_once_more_with_other_words_moves() -> None:
    room = Newsroom()
    room.run(ARTICLES)
    one, other = sorted(room.stories, key=len)[-2:]
    given = {article.id: article for article in ARTICLES}
    moved, model = given[ArticleId(min(one))], given[ArticleId(min(other))]
    room.run([replace(moved, reading=replace(model.reading, web_url=moved.url))])
    assert any({moved.id, model.id} <= story for story in room.stories)


def test_a_reprint_joins_the_story_of_its_original() -> None:
    room = Newsroom()
    room.run(ARTICLES)
    original = max(ARTICLES, key=lambda a: len(a.reading.text))
    reading = replace(
        original.reading,
        title="Something else altogether",
        web_url="https://x.example/1",
    )
    reprint = replace(
        original,
        id=ArticleId("reprint"),
        reading=reading,
        provider=replace(original.provider, domain="x.example", name="X"),
    )
    before = room.recent.counts()["copies"]
    room.run([reprint])
    assert room.recent.counts()["copies"] == before + 1
    assert any({"reprint", original.id} <= story for story in room.stories)


def test_a_desk_that_was_packed_goes_on_as_the_one_that_stayed() -> None:
    third = len(ARTICLES) // 3
    stayed, packed = Newsroom(), Newsroom()
    for room in (stayed, packed):
        room.run(ARTICLES[: 2 * third])
    data = window_snapshot.snapshot(packed.recent.window, 1)
    for room in (stayed, packed):
        room.run(ARTICLES[2 * third : 2 * third + 20])
    found = window_snapshot.restored(data, SETTINGS, reach=REACH)
    assert found is not None
    packed.recent = recent_making.again(
        SITE,
        found[0],
        tuple(packed.recent.lights.values()),
        packed.recent.everything(),
        ARTICLES[2 * third : 2 * third + 20],
    )
    assert packed.stories == stayed.stories
    for room in (stayed, packed):
        room.run(ARTICLES[2 * third + 20 :])
    assert packed.stories == stayed.stories
