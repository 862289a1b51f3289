"""Looking things up, by whatever a person has at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import samples
from newsdesk.model.feed import Change, Listing
from newsdesk.model.ports import Archive
from newsdesk.store import open_store

LEAD = samples.article("lead", domain="a")
OTHER = samples.article("other", domain="b")
WHOLE = samples.judged(samples.story("s1", "lead", "other", lead="lead"), LEAD, OTHER)
PATH = "_news/2026-02-19-a-title.md"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_store(tmp_path) as opened:
        store = opened.store
        store.sync_sources([samples.source("wire")])
        waiting, old = (
            samples.candidate("waits"),
            samples.candidate("old", archived=True),
        )
        refused = samples.candidate("refused")
        store.admit([waiting, old, refused], [(waiting.entry.id, "waits")])
        store.save_articles([LEAD, OTHER], [(refused.id, "it is a listing")])
        store.save_stories([], [], [WHOLE])
        store.save_records(
            [
                samples.published(PATH, WHOLE),
                samples.published("_news/2019-adopted.md"),
                samples.published("_archive/_news/2019-adopted.md"),
            ]
        )
        yield opened.archive


@pytest.mark.parametrize(
    "text",
    [
        "s1",
        PATH,
        f"content/{PATH}",
        f"/home/me/site/content/{PATH}",
        "2026-02-19-a-title.md",
        "lead",
        "other",
        "https://a.example/lead",
        "http://www.a.example/lead/?utm_medium=mail#top",
        "https://www.b.example/other/",
    ],
)
def test_a_story_is_found_by_id_path_article_and_address(
    text: str, archive: Archive
) -> None:
    assert archive.find_story(text) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        *("", "s2", "waits", "https://a.example/", "_news/2019-adopted.md", "%.md"),
        *("2026-02-19_a_title.md", "https://a.example/2026-02-19-a-title.md", "\0"),
    ],
)
def test_a_story_that_is_not_there_is_not_found(text: str, archive: Archive) -> None:
    assert archive.find_story(text) is None


def test_an_article_that_was_read_is_found_with_its_story(archive: Archive) -> None:
    found = archive.find_article("https://a.example/lead")
    assert found is not None
    assert (found.stage, found.article, found.story_id) == ("read", LEAD, "s1")
    assert found.candidate is None


@pytest.mark.parametrize("text", ["waits", "entry of waits"])
def test_a_candidate_that_waits_is_found_with_its_entry(
    text: str, archive: Archive
) -> None:
    found = archive.find_article(text)
    assert found is not None
    assert (found.stage, found.candidate) == ("new", samples.candidate("waits"))
    assert found.article is None
    assert found.story_id is None


def test_what_was_archived_or_refused_says_so(archive: Archive) -> None:
    old = archive.find_article("https://wire.example/old")
    refused = archive.find_article("refused")
    assert old is not None
    assert refused is not None
    assert old.stage == "archived"
    assert (refused.stage, refused.reason) == ("refused", "it is a listing")
    assert archive.find_article("nothing") is None


@pytest.mark.parametrize("text", ["s1", PATH, "other", "2026-02-19-a-title.md"])
def test_a_record_is_found_by_path_or_story(text: str, archive: Archive) -> None:
    assert archive.find_record(text) == samples.published(PATH, WHOLE)


def test_a_name_that_two_records_share_needs_its_folder(archive: Archive) -> None:
    assert archive.find_record("2019-adopted.md") is None
    for path in ("_news/2019-adopted.md", "_archive/_news/2019-adopted.md"):
        assert archive.find_record(path) == samples.published(path)
        assert archive.find_record(f"./{path}") == samples.published(path)
    assert archive.find_record("s2") is None


def test_totals_count_by_stage(archive: Archive) -> None:
    assert archive.totals() == (
        *(("sources", 1), ("entries", 3), ("unread", 1), ("articles", 2)),
        *(("archived", 1), ("refused", 1), ("stories", 1), ("published", 1)),
        *(("held", 0), ("records", 3)),
    )


def test_an_article_comes_with_the_entries_that_list_it_and_their_versions(
    tmp_path: Path,
) -> None:
    first, later = samples.candidate("1"), samples.entry("later", source_id="b")
    later = replace(later, first_seen_at=samples.NOW + timedelta(hours=1))
    versions = (samples.version(later.id, 1), samples.version(later.id, 2))
    with open_store(tmp_path) as opened:
        opened.store.save_polls([samples.poll("b", later)])
        opened.store.admit([first], [(first.entry.id, "1"), (later.id, "1")])
        change = Change(entry=later, versions=versions)
        poll = replace(samples.poll("b"), changes=(change,))
        opened.store.save_polls([poll])
        listings = opened.archive.find_listings("https://wire.example/1?utm_source=x")
        assert listings == (
            Listing(entry=first.entry),
            Listing(entry=later, versions=versions),
        )
        assert opened.archive.find_listings(later.id) == listings
        assert opened.archive.find_listings("unknown") == ()
