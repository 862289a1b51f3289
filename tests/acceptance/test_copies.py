"""Who copied whom in a simulated week, against the truth that the simulator has."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from newsdesk import press
from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.model.story import Copy
from newsdesk.press import World
from newsdesk.stages import copies

START = datetime(2026, 3, 2, tzinfo=UTC)
FAMILIES = 0.8
"""F1 over pairs of one text that must be reached. What is missing is mostly outlets that
drew the same stock paragraphs in the same order: by the letter these are copies."""


@cache
def week() -> World:
    return press.build_world(7, start=START)


@cache
def found() -> dict[str, Copy]:
    return {copy.article: copy for copy in copies.found(_articles(week()))}


def _articles(world: World) -> list[Article]:
    return [
        Article(
            id=ArticleId(one.id),
            url=world.canonical_url(one),
            source_id=SourceId("press"),
            first_seen_at=one.listed_at,
            reading=Reading(
                title=one.title,
                excerpt=one.deck,
                text="\n\n".join(one.paragraphs),
                web_url=world.canonical_url(one),
                published_at=one.published_at,
                authors=one.authors,
            ),
            provider=Provider(
                domain=world.publisher_of(one).domain,
                name=world.publisher_of(one).name,
            ),
        )
        for one in world.articles
    ]


def test_a_copy_that_says_whose_text_it_is_is_always_found() -> None:
    credited = [
        one
        for one in week().articles
        if one.copied_from
        and one.credit
        and one.credit in (*one.authors, _named(one.paragraphs[0]))
    ]
    assert len(credited) > 10
    source = {p.name: p.domain for p in week().publishers}
    for one in credited:
        assert found()[one.id].is_dependent
        assert found()[one.id].source == source[str(one.credit)]


def _named(paragraph: str) -> str | None:
    """The name in brackets at the start of a text."""
    return paragraph[1:].split(")")[0] if paragraph.startswith("(") else None


def test_families_of_one_text_are_found_and_kept_apart() -> None:
    true = _pairs((one.id, _first(one.id)) for one in week().articles)
    told = _pairs((one.id, _root(one.id)) for one in week().articles)
    both = len(true & told)
    assert 2 * both / (len(true) + len(told)) >= FAMILIES


def _first(of: str) -> str:
    copied = {one.id: one.copied_from for one in week().articles}
    while before := copied[of]:
        of = before
    return of


def _root(of: str) -> str:
    while (copy := found().get(of)) and copy.is_dependent:
        if copy.original is None:
            return copy.source
        of = copy.original
    return of


def _pairs(rooted: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    families: dict[str, list[str]] = defaultdict(list)
    for name, root in rooted:
        families[root].append(name)
    return {
        frozenset(pair)
        for family in families.values()
        for pair in itertools.combinations(family, 2)
    }
