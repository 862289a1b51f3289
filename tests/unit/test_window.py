"""A window of articles: grouping what comes in without doing all of it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.press import build_world
from newsdesk.press.records import ArticleKind
from newsdesk.stages import stories, window_snapshot
from newsdesk.stages.window import Window, built

START = datetime(2026, 3, 2, tzinfo=UTC)
DIGESTS = (ArticleKind.ROUND_UP, ArticleKind.LIVE_BLOG, ArticleKind.OLD)
REACH = 96.0


def of_the_press(days: int) -> list[Article]:
    """What a simulated press says in some days, read without a fault, oldest first."""
    world = build_world(11, start=START, days=days, publishers=24)
    return [
        Article(
            id=ArticleId(one.id),
            url=f"https://{one.publisher}.example{one.path}",
            source_id=SourceId(one.publisher),
            first_seen_at=one.published_at,
            reading=Reading(
                title=one.title,
                excerpt=one.deck,
                text="\n\n".join(one.paragraphs),
                web_url=f"https://{one.publisher}.example{one.path}",
                published_at=one.published_at,
                language="en",
            ),
            provider=Provider(domain=one.publisher, name=one.publisher),
        )
        for one in world.articles
        if one.kind not in DIGESTS
    ]


ARTICLES = of_the_press(5)
HALF = len(ARTICLES) // 2


def window_of(articles: Sequence[Article]) -> Window:
    return built(articles, stories.shipped(), reach=REACH, sticky=stories.STICKY)


def empty() -> Window:
    return Window(stories.shipped(), reach=REACH, sticky=stories.STICKY, asked=0.2)


def sets(window: Window) -> set[frozenset[str]]:
    return {frozenset(group) for group in window.groups()}


def pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def in_common(ours: Window, theirs: Window) -> float:
    """Share of the pairs of either window that are in both."""
    of_ours = {of: n for n, group in enumerate(ours.groups()) for of in group}
    of_theirs = {of: n for n, group in enumerate(theirs.groups()) for of in group}
    assert of_ours.keys() == of_theirs.keys()
    both = pairs(Counter((n, of_theirs[of]) for of, n in of_ours.items()).values())
    either = pairs(Counter(of_ours.values()).values())
    either += pairs(Counter(of_theirs.values()).values()) - both
    return both / either


def test_what_comes_in_ends_in_nearly_the_groups_of_a_whole_build() -> None:
    begun = len(ARTICLES) * 5 // 6
    window = window_of(ARTICLES[:begun])
    for start in range(begun, len(ARTICLES), 12):
        window.add(ARTICLES[start : start + 12])
    assert len(window) == len(ARTICLES)
    assert in_common(window, window_of(ARTICLES)) > 0.75


def test_a_whole_build_makes_the_groups_that_stories_are_made_of() -> None:
    found = stories.grouped(ARTICLES, (), story_hours=int(REACH)).stories
    theirs = {frozenset(story.members) for story in found}
    assert len(sets(window_of(ARTICLES)) & theirs) > 0.9 * len(theirs)


def test_an_article_touches_only_the_groups_that_it_is_like() -> None:
    window = window_of(ARTICLES[:-1])
    before = sets(window)
    changed = window.add(ARTICLES[-1:])
    looked_at = {of for group in changed for of in group}
    assert ARTICLES[-1].id in looked_at
    assert len(looked_at) < len(ARTICLES) / 2
    untouched = {group for group in before if not group & looked_at}
    assert untouched
    assert untouched <= sets(window)


def test_the_order_within_a_batch_does_not_matter() -> None:
    one, other = window_of(ARTICLES[:HALF]), window_of(ARTICLES[:HALF])
    fresh = ARTICLES[HALF : HALF + 40]
    assert one.add(fresh) == other.add(fresh[::-1])
    assert window_snapshot.snapshot(one) == window_snapshot.snapshot(other)


def test_an_article_that_is_there_is_not_added_twice() -> None:
    window = window_of(ARTICLES[:60])
    before = window_snapshot.snapshot(window)
    assert window.add(ARTICLES[:60]) == []
    assert window_snapshot.snapshot(window) == before


def test_what_an_editor_put_together_stays_together() -> None:
    window = window_of(ARTICLES[:60])
    strangers = ARTICLES[60], replace(ARTICLES[150], id=ArticleId("other"))
    told = dict.fromkeys((one.id for one in strangers), "theirs")
    window.add(strangers, told)
    homes = [group for group in window.groups() if strangers[0].id in group]
    assert strangers[1].id in homes[0]


def test_what_is_old_leaves_and_is_never_met_again() -> None:
    window = window_of(ARTICLES)
    limit = (START + timedelta(days=2)).timestamp() / 3600
    old = {a.id for a in ARTICLES if a.instant.timestamp() / 3600 < limit}
    assert window.forget(limit) == len(old)
    assert len(window) == len(ARTICLES) - len(old)
    twin = replace(ARTICLES[0], id=ArticleId("twin"))
    assert [group for group in window.add([twin]) if "twin" in group]
    assert not old & {of for group in window.groups() for of in group}


def test_a_window_that_grew_by_a_fifth_or_is_a_day_old_is_stale() -> None:
    window = window_of(ARTICLES[:100])
    assert not window.is_stale
    window.add(ARTICLES[100:119])
    assert not window.is_stale
    window.add(ARTICLES[119:125])
    assert window.is_stale
    window = window_of(ARTICLES[:100])
    later = ARTICLES[99].reading
    moved = replace(later, published_at=ARTICLES[99].instant + timedelta(hours=25))
    late = replace(
        ARTICLES[99],
        id=ArticleId("late"),
        reading=moved,
        first_seen_at=ARTICLES[99].instant + timedelta(hours=25),
    )
    window.add([late])
    assert window.is_stale


def test_a_snapshot_goes_on_as_if_it_had_never_been_written() -> None:
    window = window_of(ARTICLES[:HALF])
    window.add(ARTICLES[HALF : HALF + 10])
    window.forget(ARTICLES[5].instant.timestamp() / 3600)
    again = window_snapshot.restored(window_snapshot.snapshot(window), empty())
    assert again is not None
    assert sets(again) == sets(window)
    more = ARTICLES[HALF + 10 : HALF + 40]
    assert again.add(more) == window.add(more)
    assert sets(again) == sets(window)
    assert again.is_stale == window.is_stale


def test_known_homes_are_kept_where_a_window_is_built_again() -> None:
    window = window_of(ARTICLES)
    homes = {of: str(n) for n, group in enumerate(window.groups()) for of in group}
    again = built(ARTICLES, stories.shipped(), reach=REACH, homes=homes)
    assert sets(again) == sets(window)
    assert again.asked == pytest.approx(window.asked)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"nothing of the kind",
        (2**63).to_bytes(8, "big"),
        window_snapshot.snapshot(window_of(ARTICLES[:20]))[:-20],
    ],
)
def test_a_damaged_snapshot_is_not_read(damaged: bytes) -> None:
    assert window_snapshot.restored(damaged, empty()) is None


def test_a_snapshot_of_another_rule_is_not_read() -> None:
    data = window_snapshot.snapshot(window_of(ARTICLES[:20]))
    other = replace(stories.shipped(), base=0.33)
    like = Window(other, reach=REACH, sticky=stories.STICKY, asked=0.2)
    assert window_snapshot.restored(data, like) is None
    assert window_snapshot.restored(data, empty()) is not None
