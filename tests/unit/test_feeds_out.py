"""Feeds and the news sitemap as they are written, read with parsers that are not ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
from hypothesis import given, settings
from lxml import etree

from newsdesk.model.record import Record
from newsdesk.model.site import Output, Site, Topic
from newsdesk.model.story import Edition, Published
from newsdesk.render import feeds, record, sitemap
from record_strategies import records

GOLDEN = Path(__file__).parent.parent / "golden"
STORY = record.read((GOLDEN / "records" / "story.md").read_bytes())
SAILING = Topic(id="sailing", name="Sailing", description="Boats & wind.")
SITE = Site(
    folder=Path("unused"),
    title="Wind <& Water>",
    url="https://site.example/w/",
    description="About both.",
    topics=(SAILING, Topic(id="empty", name="Empty")),
)
START = datetime(2024, 3, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def published(place: int, **values: object) -> Published:
    made = replace(
        STORY,
        title=f"Story {place}",
        updated_at=None,
        published_at=START - timedelta(hours=place),
        **values,  # type: ignore[arg-type]
    )
    return Published(path=f"_news/2024-03-01-story-{place}.md", record=made)


def edition(*given: Published) -> Edition:
    return Edition(as_of=START, records=given, front=(), misses=())


def test_a_feed_has_the_shape_we_settled_on() -> None:
    one = Published(path="_news/2024-02-29-lantern.md", record=STORY)
    assert (
        feeds.atom(SITE, [one], topic=SAILING) == (GOLDEN / "topic.atom").read_bytes()
    )


def test_every_topic_has_a_feed_and_the_site_has_one() -> None:
    found = dict(feeds.files(SITE, edition(published(1))))
    assert list(found) == ["feeds/all.atom", "feeds/sailing.atom", "feeds/empty.atom"]
    assert b"<entry>" in found["feeds/sailing.atom"]
    assert b"<entry>" not in found["feeds/empty.atom"]
    assert (
        etree.fromstring(found["feeds/empty.atom"]).find(f"{ATOM}updated") is not None
    )


def test_a_feed_reader_finds_what_we_published() -> None:
    feed = feedparser.parse(feeds.atom(SITE, [published(2), published(1)]))
    assert not feed.bozo
    assert feed.feed.title == "Wind <& Water>"
    assert [entry.title for entry in feed.entries] == ["Story 1", "Story 2"]
    first = feed.entries[0]
    assert first.id == first.link == "https://site.example/w/news/2024-03-01-story-1/"
    assert first.author == "Marc D Anderson's Blog"
    assert first.published_parsed[:4] == (2024, 2, 29, 23)
    assert [tag.term for tag in first.tags] == ["sailing", "Ports & Harbours"]
    assert "Coast: Today" in first.content[0].value


def test_held_records_and_those_past_the_limit_are_left_out() -> None:
    site = replace(SITE, output=Output(feed_entries=2))
    given = [published(1, published=False), *(published(place) for place in (4, 3, 2))]
    feed = feedparser.parse(feeds.atom(site, given))
    assert [entry.title for entry in feed.entries] == ["Story 2", "Story 3"]


def test_a_feed_says_when_its_newest_entry_changed() -> None:
    later = replace(STORY, updated_at=START + timedelta(days=1))
    given = [published(1), Published(path="_news/x.md", record=later)]
    tree = etree.fromstring(feeds.atom(SITE, given))
    assert tree.findtext(f"{ATOM}updated") == "2024-03-02T00:00:00Z"


def test_a_new_edition_without_news_changes_no_feed() -> None:
    before = dict(feeds.files(SITE, edition(published(1))))
    later = replace(edition(published(1)), as_of=START + timedelta(days=1))
    assert dict(feeds.files(SITE, later)) == before


def test_an_address_that_is_not_of_the_web_is_never_a_link() -> None:
    bad = published(1, web_url="javascript:alert(1)")
    assert b"javascript:" not in feeds.atom(SITE, [bad])


@given(records)
@settings(max_examples=60, deadline=None)
def test_any_record_gives_well_formed_xml(built: Record) -> None:
    one = Published(path="_news/a.md", record=replace(built, published=True))
    tree = etree.fromstring(feeds.atom(SITE, [one]))
    assert len(tree.findall(f"{ATOM}entry")) == 1
    etree.fromstring(sitemap.news(SITE, [one], built.published_at))


def test_markup_in_a_title_stays_text() -> None:
    title = '<script>alert(1)</script> & "more" \x00\ud83d]]>'
    tree = etree.fromstring(feeds.atom(SITE, [replace_title(title)]))
    found = tree.findtext(f"{ATOM}entry/{ATOM}title")
    assert found == '<script>alert(1)</script> & "more" ]]>'


def replace_title(title: str) -> Published:
    return Published(path="_news/a.md", record=replace(STORY, title=title))


def test_the_sitemap_lists_two_days_up_to_the_edition() -> None:
    given = [published(place) for place in (-1, 0, 1, 48, 49)]
    held = published(2, published=False)
    tree = etree.fromstring(sitemap.news(SITE, [*given, held], START))
    assert [node.text for node in tree.iter(f"{NEWS}title")] == [
        "Story 0",
        "Story 1",
        "Story 48",
    ]
    assert {node.text for node in tree.iter(f"{NEWS}name")} == {"Wind <& Water>"}
    assert {node.text for node in tree.iter(f"{NEWS}language")} == {"en"}
    dates = [node.text for node in tree.iter(f"{NEWS}publication_date")]
    assert dates[0] == "2024-03-01T00:00:00Z"


def test_the_sitemap_holds_a_thousand_at_most() -> None:
    given = [
        Published(path=f"_news/{place}.md", record=replace(STORY, published_at=START))
        for place in range(1001)
    ]
    assert sitemap.news(SITE, given, START).count(b"<url>") == 1000


def test_a_site_without_news_has_an_empty_sitemap() -> None:
    tree = etree.fromstring(sitemap.news(SITE, [published(1)], None))
    assert len(tree) == 0
