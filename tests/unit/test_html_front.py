"""A row of the front page: voices, trend, who else has it, what came before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import editions
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.story import Edition, Origin, Published, Trend
from newsdesk.render import html


def front(*shown: Published, others: tuple[Published, ...] = ()) -> LexborHTMLParser:
    edition = Edition(
        as_of=editions.AS_OF, records=(*shown, *others), front=shown, misses=()
    )
    files = dict(html.pages(edition, editions.site()))
    return LexborHTMLParser(files["index.html"].decode())


def lead(*shown: Published) -> LexborNode:
    found = front(*shown).css_first("article")
    assert found is not None
    return found


def with_origins(many: int) -> Published:
    one = editions.published(0)
    assert one.story is not None
    members = one.story.story.members[:many]
    origins = tuple(Origin(source=f"{of}.example", articles=(of,)) for of in members)
    return replace(one, story=replace(one.story, origins=origins))


def test_a_row_tells_outlets_and_independent_voices():
    summary = lead(with_origins(3)).css_first("summary").text()
    assert summary.startswith("14 outlets, 3 independent, also Northwind Review, ")


def test_nothing_is_said_of_independence_where_nobody_looked():
    assert "independent" not in lead(editions.published(0)).css_first("summary").text()


def test_who_else_has_it_unfolds_best_first_with_their_headlines():
    one = editions.published(0)
    items = lead(one).css("details li")
    listed = [item.css_first(".outlet").text() for item in items[:-1]]
    assert listed == [item.provider.name for item in one.record.related[:10]]
    assert items[1].css_first("span").text() == one.record.related[1].title
    assert items[-1].text() == "3 more, timeline and receipt"


def test_a_story_of_one_outlet_unfolds_nothing():
    place = next(n for n, row in enumerate(editions.STORIES) if row[2] == "1")
    assert not lead(editions.published(place)).css("details")


@pytest.mark.parametrize(
    ("trend", "told"),
    [
        (Trend.NEW, "new"),
        (Trend.RISING, "↗rising"),
        (Trend.FALLING, "↘falling"),
        (Trend.STEADY, ""),
        (None, ""),
    ],
)
def test_a_trend_is_told_by_a_mark_and_a_word_never_by_colour(
    trend: Trend | None, told: str
):
    found = lead(replace(editions.published(0), trend=trend)).css_first(".trend")
    assert (found.text() if found else "") == told


def test_what_the_desk_chose_says_so_and_why():
    one = editions.published(0)
    assert one.story is not None
    said = Said(
        decision="d", kind="pin", by="m", at=editions.AS_OF, why="it touches everyone"
    )
    ruling = Ruling(verdict=said, place=1, said=(said,))
    chosen = replace(one, story=replace(one.story, ruling=ruling))
    (tag,) = lead(chosen).css(".meta .tag")
    assert tag.text() == "chosen by the desk"
    assert tag.attributes["title"] == "it touches everyone"


def test_a_story_taken_out_of_the_ranking_shows_no_heat():
    cold = replace(editions.published(0), heat_now=-1)
    assert "°" not in lead(cold).css_first(".scores").text()


def test_what_a_story_carries_on_stands_below_it_unless_it_is_there_itself():
    before, after = editions.published(8), editions.published(1)
    assert before.story is not None
    assert after.story is not None
    story = replace(after.story.story, follows=before.story.story.id)
    after = replace(after, story=replace(after.story, story=story))
    link = front(after, others=(before,)).css_first(".follows a")
    assert link.text() == before.record.title
    assert not front(after, before).css(".follows")


def test_beside_the_lead_what_came_before_is_unfolded_with_the_rest():
    before, after = editions.published(8), editions.published(1)
    assert before.story is not None
    assert after.story is not None
    story = replace(after.story.story, follows=before.story.story.id)
    after = replace(after, story=replace(after.story, story=story))
    page = front(editions.published(0), after, others=(before,))
    assert page.css_first(".beside details .follows a").text() == before.record.title
    assert not page.css(".beside p.follows")


def test_the_edition_says_when_it_was_updated_and_from_when_on_it_is_stale():
    page = front(editions.published(0))
    stamp = page.css_first(".edition time")
    assert stamp.attributes["datetime"] == "2026-02-19T06:12:00Z"
    assert "Thursday, 19 February 2026" in page.css_first(".edition").text()
    stale = page.css_first(".stale")
    assert "hidden" in stale.attributes
    assert stale.attributes["data-after"] == "24"
