"""What the desk measures of itself."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

import editions
from newsdesk.model.story import Copy, CopyKind, Origin
from newsdesk.render import html, html_status
from newsdesk.render.html_status import SourceHealth
from newsdesk.stages import timeline


def figures(edition: editions.Edition) -> dict[str, tuple[str, str]]:
    view = html_status.status(edition)
    return {one.name: (one.value, one.means) for one in view.figures}


def test_published_and_held_stories_of_the_last_days_are_counted():
    told = figures(editions.edition())
    assert told["Published"] == ("38 stories", "3 held; 39 in the archive")


def test_the_time_from_out_to_seen_is_that_of_pieces_with_a_minute():
    assert figures(editions.edition())["From out to seen"][0] == "4 min"


def test_a_figure_of_too_few_stories_is_left_out():
    told = figures(editions.edition(1))
    assert "Changes of lead" not in told
    assert "Published" in told


def test_the_share_of_copies_is_of_stories_that_somebody_looked_at():
    assert "Copies" not in figures(editions.edition())
    one = editions.published(0)
    assert one.story is not None
    copies = tuple(
        Copy(article=article.id, source="a.example", kind=CopyKind.WIRE)
        for article in one.story.related[:7]
    )
    origins = (Origin(source="a.example", articles=(one.story.lead.id,)),)
    story = replace(one.story, copies=copies, origins=origins)
    looked = replace(one, story=story, timeline=timeline.timeline(story))
    edition = replace(editions.edition(0), records=(looked,))
    assert figures(edition)["Copies"][0] == "50 %"


def test_reasons_for_which_stories_are_held_are_counted_without_their_figures():
    gates = html_status.status(editions.edition()).gates
    assert sum(gate.many for gate in gates) == 3
    assert not any(letter.isdigit() for gate in gates for letter in gate.reason)


def test_what_is_held_in_confidence_is_not_counted_among_the_reasons():
    one = editions.held(0)
    assert one.story is not None
    verdict = replace(one.story.verdict, is_confidential=True)
    secret = replace(one, story=replace(one.story, verdict=verdict))
    edition = replace(editions.edition(0), records=(secret,))
    assert html_status.status(edition).gates == ()


def test_before_any_news_there_is_nothing_to_measure():
    view = html_status.status(editions.nothing())
    assert view.as_of is None
    page = dict(html.pages(editions.nothing(), editions.site()))["status/index.html"]
    assert "No news has come in yet" in page.decode()


def test_sources_that_need_a_look_are_named_in_a_word():
    sources = SourceHealth(
        by_health=(("fresh", 12), ("gone", 1)), ailing=(("The <Post>", "gone"),)
    )
    files = dict(html.pages(editions.edition(), editions.site(), sources))
    page = LexborHTMLParser(files["status/index.html"].decode())
    rows = [row.text() for row in page.css("section[aria-labelledby=sources] tbody tr")]
    assert rows == ["fresh12", "gone1"]
    assert page.css_first(".ailing li").text() == "The <Post> gone"
