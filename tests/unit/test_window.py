"""A window of articles: grouping what comes in without doing all of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.model.article import Article, ArticleId
from newsdesk.stages import stories, window_building, window_snapshot
from newsdesk.stages.window import Window
from press_articles import REACH, START, of_the_press

ARTICLES = of_the_press(4)
HALF = len(ARTICLES) // 2
SETTINGS = stories.shipped()


def window_of(articles: Sequence[Article]) -> Window:
    """A window of these articles in their groups."""
    window = window_building.built(
        articles, SETTINGS, reach=REACH, is_lone=stories.stands_alone
    )
    settle(window, window.grouped({}))
    return window


def settle(window: Window, groups: Sequence[Sequence[ArticleId]]) -> None:
    window.settle({of: f"of {group[0]}" for group in groups for of in group})


def grown(
    window: Window,
    articles: Sequence[Article],
    told: dict[ArticleId, str] | None = None,
) -> list[tuple[ArticleId, ...]]:
    """The groups looked at when these articles come in, which the window then has."""
    window.add(articles)
    found = window.regrouped([article.id for article in articles], told or {})
    settle(window, found)
    return found


def restored(window: Window) -> Window:
    found = window_snapshot.restored(
        window_snapshot.snapshot(window, 7), SETTINGS, reach=REACH
    )
    assert found is not None
    assert found[1] == 7
    settle(found[0], window.groups())
    return found[0]


def sets(window: Window) -> set[frozenset[str]]:
    return {frozenset(group) for group in window.groups()}


def test_a_whole_build_makes_the_groups_that_stories_are_made_of() -> None:
    found = stories.grouped(ARTICLES, (), story_hours=int(REACH)).stories
    theirs = {frozenset(story.members) for story in found}
    assert len(sets(window_of(ARTICLES)) & theirs) > 0.8 * len(theirs)


def test_an_article_touches_only_the_groups_that_it_is_like() -> None:
    window = window_of(ARTICLES[:-1])
    before = sets(window)
    looked_at = {of for group in grown(window, ARTICLES[-1:]) for of in group}
    assert ARTICLES[-1].id in looked_at
    assert len(looked_at) < len(ARTICLES) / 2
    untouched = {group for group in before if not group & looked_at}
    assert untouched
    assert untouched <= sets(window)


def test_what_an_editor_put_together_stays_together_and_apart() -> None:
    window = window_of(ARTICLES[:60])
    strangers = ARTICLES[60], replace(ARTICLES[150], id=ArticleId("other"))
    twin = replace(ARTICLES[60], id=ArticleId("twin"))
    told = {strangers[0].id: "one", strangers[1].id: "one", twin.id: "two"}
    grown(window, (*strangers, twin), told)
    (home,) = (group for group in window.groups() if strangers[0].id in group)
    assert strangers[1].id in home
    assert twin.id not in home


def test_what_is_told_no_longer_goes_where_it_belongs() -> None:
    window = window_of(ARTICLES[:HALF])
    before = sets(window)
    first, last = ARTICLES[0].id, ARTICLES[HALF - 1].id
    settle(window, window.regrouped([first], {first: "x", last: "x"}))
    assert sets(window) != before
    settle(window, window.regrouped([first, last], {}))
    assert sets(window) == before


def test_what_left_is_never_met_again() -> None:
    window = window_of(ARTICLES)
    limit = START + timedelta(days=2)
    old = {a.id for a in ARTICLES if a.instant < limit}
    window.forget(old)
    assert len(window) == len(ARTICLES) - len(old)
    found = grown(window, [replace(ARTICLES[0], id=ArticleId("twin"))])
    assert "twin" in {of for group in found for of in group}
    assert not old & {of for group in window.groups() for of in group}


def test_nothing_joins_a_frozen_group_until_it_thaws() -> None:
    window = window_of(ARTICLES)
    group = max(window.groups(), key=len)
    window.freeze({f"of {group[0]}"})
    twins = [
        replace(a, id=ArticleId(f"twin {a.id}")) for a in ARTICLES if a.id in group
    ]
    grown(window, twins[:1])
    assert frozenset(group) in sets(window)
    window.freeze(set())
    grown(window, twins[1:])
    assert frozenset(group) not in sets(window)


def test_one_text_is_one_story_and_counts_once() -> None:
    one, other = ARTICLES[0], ARTICLES[HALF]
    window = window_of([one, other, *ARTICLES[1:40]])
    assert not any({one.id, other.id} <= group for group in sets(window))
    assert window.bind([(one.id, other.id)]) == {one.id, other.id}
    settle(window, window.regrouped([one.id], {}))
    assert any({one.id, other.id} <= group for group in sets(window))
    assert window.copied() == 1
    settle(window, window.regrouped([one.id], {other.id: "elsewhere"}))
    assert not any({one.id, other.id} <= group for group in sets(window))


def test_another_climate_is_due_after_half_as_many_more_or_a_day() -> None:
    window = window_of(ARTICLES[:100])
    as_of = ARTICLES[99].first_seen_at
    assert not window_building.due(window, as_of)
    assert window_building.due(window, as_of + timedelta(days=1))
    size = window.climate.size
    while not window_building.due(window, as_of):
        window.add([ARTICLES[len(window)]])
    assert len(window) == pytest.approx(window_building.GROWTH * size, abs=2)


def test_a_snapshot_goes_on_as_if_it_had_never_been_written() -> None:
    window = window_of(ARTICLES[:HALF])
    grown(window, ARTICLES[HALF : HALF + 10])
    window.forget([ARTICLES[5].id])
    window.bind([(ARTICLES[7].id, ARTICLES[8].id)])
    settle(window, window.regrouped([], {}))
    again = restored(window)
    assert sets(again) == sets(window)
    more = ARTICLES[HALF + 10 : HALF + 40]
    assert grown(again, more) == grown(window, more)
    assert sets(again) == sets(window)
    assert again.climate == window.climate


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"nothing of the kind",
        (2**63).to_bytes(8, "big"),
        window_snapshot.snapshot(window_of(ARTICLES[:20]), 1)[:-20],
    ],
)
def test_a_damaged_snapshot_is_not_read(damaged: bytes) -> None:
    assert window_snapshot.restored(damaged, SETTINGS, reach=REACH) is None


def test_a_snapshot_of_another_rule_is_not_read() -> None:
    data = window_snapshot.snapshot(window_of(ARTICLES[:20]), 1)
    other = replace(SETTINGS, base=0.33)
    assert window_snapshot.restored(data, other, reach=REACH) is None
    assert window_snapshot.restored(data, SETTINGS, reach=REACH) is not None
