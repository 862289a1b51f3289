"""What changed after it was out: the log of a story and the page of corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser

import editions
from newsdesk.model.feed import EntryId, Version
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.story import Edition, Past, Published, StoryEvent
from newsdesk.render import html, html_changes
from newsdesk.stages import timeline

LATER = editions.AS_OF - timedelta(minutes=10)


def version(number: int, title: str) -> Version:
    return Version(
        entry_id=EntryId("e"),
        number=number,
        seen_at=editions.AS_OF - timedelta(minutes=30 - number),
        title=title,
        excerpt="",
        body_hash=title,
    )


def said(kind: str, why: str) -> Said:
    return Said(decision="d", kind=kind, by="mara", at=LATER, why=why)


def changed(past: Past, ruling: Ruling | None = None) -> Published:
    one = editions.published(0)
    assert one.story is not None
    story = replace(one.story, ruling=ruling)
    return replace(one, story=story, timeline=timeline.timeline(story, past))


def with_all() -> Published:
    one = editions.published(0)
    assert one.story is not None
    lead, story = one.story.lead, one.story.story
    edits = (version(1, "Ten hurt in blast"), version(2, "Two hurt in blast"))
    joined = StoryEvent(story=story.id, at=LATER, kind="merged", why="the same event")
    return changed(
        Past(events=(joined,), versions=((lead.id, edits),)),
        Ruling(said=(said("pin", "it matters to everyone here"),)),
    )


def withdrawn() -> Published:
    one = changed(
        timeline.NO_PAST,
        Ruling(
            verdict=said("withdraw", "it was a hoax"),
            said=(said("withdraw", "it was a hoax"),),
        ),
    )
    return replace(one, record=replace(one.record, published=False))


def pages(*records: Published) -> dict[str, LexborHTMLParser]:
    edition = Edition(as_of=editions.AS_OF, records=records, front=(), misses=())
    files = html.pages(edition, editions.site())
    return {
        path: LexborHTMLParser(one.decode())
        for path, one in files
        if path.endswith(".html")
    }


def test_a_changed_headline_shows_what_went_and_what_came():
    words = html_changes.differing("Ten hurt in blast", "Two hurt in big blast")
    assert words == (
        ("gone", "Ten"),
        ("new", "Two"),
        ("same", "hurt in"),
        ("new", "big"),
        ("same", "blast"),
    )
    page = pages(with_all())["news/2026-02-19-story-0/index.html"]
    assert [one.text() for one in page.css("#changes del")] == ["Ten"]
    assert [one.text() for one in page.css("#changes ins")] == ["Two"]


def test_the_log_of_a_story_has_outlets_desk_and_editors_newest_first():
    log = html_changes.of_story(with_all())
    assert [one.what for one in log] == [
        "The desk joined another story to this one",
        "An editor chose it for the front page",
        "changed its headline",
    ]
    assert log[0].told == "The same event."
    assert log[1].told == "It matters to everyone here."
    assert log[2].outlet is not None


def test_a_story_without_changes_has_no_log():
    page = pages(editions.published(0))["news/2026-02-19-story-0/index.html"]
    assert not page.css("#changes")


def test_the_page_of_corrections_tells_what_the_desk_did_and_why():
    page = pages(with_all())["corrections/index.html"]
    text = page.css_first("section[aria-labelledby=desk]").text()
    assert "joined another story to this one" in text
    assert "The same event." in text
    assert "No correction was seen." in page.body.text()


def test_quiet_edits_of_headlines_are_no_corrections():
    assert html_changes.of_outlets([with_all()], editions.AS_OF) == ()


def test_what_outlets_take_down_stands_on_the_page_of_corrections():
    one = editions.published(0)
    assert one.story is not None
    lead = one.story.lead
    read = replace(lead, reading=replace(lead.reading, page_read=True))
    story = replace(one.story, lead=read)
    past = Past(losses=((lead.id, LATER, "http 410"),))
    gone = replace(one, story=story, timeline=timeline.timeline(story, past))
    (change,) = html_changes.of_outlets([gone], editions.AS_OF)
    assert change.what == "took its piece down"
    assert change.page == "news/2026-02-19-story-0/"


def test_old_corrections_leave_the_page():
    late = editions.AS_OF + timedelta(days=html_changes.DAYS + 1)
    assert html_changes.of_desk([with_all()], editions.AS_OF)
    assert html_changes.of_desk([with_all()], late) == ()


def test_held_stories_are_not_told_of():
    held = with_all()
    held = replace(held, record=replace(held.record, published=False))
    assert html_changes.of_desk([held], editions.AS_OF) == ()


def test_a_story_that_was_taken_back_says_so_at_its_address_and_nowhere_else():
    there = pages(withdrawn())
    page = there["news/2026-02-19-story-0/index.html"]
    assert "took this story back" in page.css_first("h1").text()
    assert "It was a hoax." in page.body.text()
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    corrections = there["corrections/index.html"].body.text()
    assert "It was a hoax." in corrections
    title = withdrawn().record.title
    others = [path for path in there if title in there[path].body.text()]
    assert sorted(others) == [
        "corrections/index.html",
        "news/2026-02-19-story-0/index.html",
    ]
