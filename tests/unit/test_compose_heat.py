"""Heat in records and editions: what rewrites a record, and what an edition adds."""

from __future__ import annotations

from dataclasses import replace

import pytest

import samples
from fakes import NOW
from makers import hours, site
from newsdesk.model.picture import Pictures
from newsdesk.model.ruling import Ruling
from newsdesk.model.story import JudgedStory, Lifecycle, Part, Published, Score, Trend
from newsdesk.stages import compose

NO_PICTURES = Pictures(copies={}, sizes={}, refused=frozenset())
ONE = samples.judged(samples.story("s1", "1", lead="1"), samples.article("1"))


def hot(points: float, **more: object) -> JudgedStory:
    parts = (Part(name="a.example", points=points, why="new"),)
    score = Score(value=round(points), rule="heat/3", parts=parts)
    return replace(ONE, heat=score, heat_at=NOW, **more)


def made(*stories: JudgedStory, known: tuple[Published, ...] = ()) -> Published:
    (record,) = compose.published(stories, known, site(), NO_PICTURES)
    return record


def shown(*records: Published, **given: object) -> dict[str, Published]:
    edition = compose.edition(records, site(), **given)
    return {p.path: p for p in edition.records}


def test_a_record_is_not_written_anew_for_its_heat_alone():
    before = made(hot(20))
    after = made(hot(60), known=(before,))
    assert after.record == before.record
    assert after.story.heat.value == 60
    better = replace(hot(60), quality=replace(ONE.quality, value=90))
    assert made(better, known=(before,)).record.heat == 60


@pytest.mark.parametrize(
    "more",
    [
        {"ruling": Ruling(is_expired=True)},
        {"verdict": replace(ONE.verdict, is_published=False, is_rejected=True)},
    ],
)
def test_what_is_taken_out_of_the_ranking_says_so_at_once_and_comes_back(more):
    before = made(hot(20))
    out = made(hot(20, **more), known=(before,))
    assert out.record.heat == -1
    (p,) = shown(out).values()
    assert (p.heat_now, p.trend) == (-1, None)
    assert made(hot(20), known=(out,)).record.heat == 20


def test_an_edition_tells_heat_now_trend_and_how_far_a_story_has_come():
    old = made(hot(40))
    news = replace(
        samples.judged(
            samples.story("s2", "2", changed_at=NOW + hours(24)),
            samples.article("2", first_seen_at=NOW + hours(24)),
        ),
        heat_at=NOW + hours(24),
    )
    new = replace(made(news), path="_news/new.md")
    found = shown(old, new)
    assert found[old.path].heat_now == 20
    assert found[old.path].trend is Trend.FALLING
    assert found[new.path].trend is Trend.NEW
    assert found[old.path].lifecycle is Lifecycle.DEVELOPING


def test_visits_warm_an_edition_and_no_record():
    one = made(hot(20))
    (p,) = shown(one, visits={"s1": ((NOW, 10_000),)}).values()
    assert p.heat_now == 25
    assert p.record.heat == 20
