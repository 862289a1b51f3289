"""Stories that an editor merges or splits, through the whole path and the real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desks import Desk
from newsdesk.model.story import StoryId
from newsdesk.store import open_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path) as opened:
        made = Desk(opened)
        made.run()
        yield made


def test_a_merged_storys_record_stays_and_its_page_leads_to_what_lives(desk: Desk):
    court, flood = desk.record("court"), desk.record("flood")
    assert desk.shown() == [flood, court]
    gone, lives = desk.story("flood"), desk.story("court")
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run()
    assert sorted(desk.content.files) == [court, flood]
    text = desk.content.files[flood].decode()
    assert "\npublished: false\n" in text
    assert "\nheat: -1\n" in text
    assert b"\npublished: true\n" in desk.content.files[court]
    assert desk.shown() == [court]
    moved = desk.page(flood)
    stem = court.removeprefix("_news/").removesuffix(".md")
    refresh = moved.css_first("meta[http-equiv=refresh]").attributes["content"]
    assert refresh == f"0; url=../../news/{stem}/"
    canonical = moved.css_first("link[rel=canonical]").attributes["href"]
    assert canonical == f"https://news.example/news/{stem}/"
    assert moved.css_first("script") is None
    assert "is now part of Court fines chipmaker Orbane" in moved.css_first("p").text()
    for output in ("feeds/all.atom", "news-sitemap.xml", "index.html"):
        assert flood.removeprefix("_news/").removesuffix(".md") not in str(
            desk.public.files[output]
        )


def test_a_run_after_a_merge_changes_nothing_more(desk: Desk):
    desk.say("merge", desk.story("court"), stories=(StoryId(desk.story("flood")),))
    desk.run()
    public, content = dict(desk.public.files), dict(desk.content.files)
    rows = desk.opened.store.dump()
    report = desk.run()
    assert (report.written.added, report.written.changed) == ((), ())
    assert (desk.public.files, desk.content.files) == (public, content)
    assert desk.opened.store.dump() == rows


def test_a_merged_story_is_found_as_what_it_became_with_what_happened(desk: Desk):
    gone, lives = desk.story("flood"), desk.story("court")
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run()
    archive = desk.opened.archive
    for text in (gone, desk.record("flood"), "https://flood.example/news"):
        found = archive.find_story(text)
        assert found is not None
        assert found.story.id == lives
        assert len(found.story.members) == 2
    merged = [one for one in archive.find_events(gone) if one.kind == "merged"]
    assert [(one.story, one.why) for one in merged] == [
        (gone, f"it is one with {lives}")
    ]


def test_a_merge_taken_back_gives_the_story_its_page_again(desk: Desk):
    gone, lives = desk.story("flood"), desk.story("court")
    flood = desk.record("flood")
    before = desk.content.files[flood]
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run()
    desk.say("split", lives, articles=("https://flood.example/news",))
    desk.run()
    assert desk.story("flood") == gone
    assert desk.content.files[flood] == before
    assert desk.page(flood).css_first("meta[http-equiv=refresh]") is None
    assert len(desk.shown()) == 2


def test_an_old_story_outside_the_window_still_heeds_an_editor(desk: Desk):
    gone, lives = desk.story("flood"), desk.story("court")
    desk.run(hours=24 * 30)
    desk.say("merge", lives, stories=(StoryId(gone),))
    desk.run(hours=24 * 30)
    assert desk.story("flood") == lives
    assert desk.shown() == [desk.record("court")]


def test_a_decision_about_nothing_is_told_of_until_it_is_mended(desk: Desk):
    desk.say("move", "sgone", articles=("https://flood.example/news",))
    report = desk.run()
    assert ("decide", "cannot move", 1) in report.failures
    (failed,) = [one for one, _ in desk.opened.ledger.failures()]
    assert failed.reason.startswith("there is no story sgone")
    desk.site = replace(desk.site, decisions=())
    desk.run()
    assert desk.opened.ledger.failures() == ()
    assert len(desk.shown()) == 2


def test_a_lead_that_an_editor_chose_leads(desk: Desk):
    lives = desk.story("court")
    desk.say("merge", lives, stories=(StoryId(desk.story("flood")),))
    desk.say("lead", lives, articles=("https://flood.example/news",))
    desk.run()
    text = desk.content.files[desk.record("court")].decode()
    assert 'title: "Flood on the river Ester' in text
