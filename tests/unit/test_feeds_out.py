"""Feeds and the news sitemap as they are written, read with parsers that are not ours."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import feedparser
from hypothesis import given, settings
from lxml import etree

import editions
from newsdesk.model.record import Record
from newsdesk.model.site import Output, Site, Topic
from newsdesk.model.story import Edition, Published
from newsdesk.model.timeline import ChangeKind, StoryChange
from newsdesk.render import feed_entries, feeds, record, sitemap
from newsdesk.stages import timeline
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
    assert list(found) == [
        f"feeds/{name}.{form}"
        for name in ("all", "sailing", "empty")
        for form in ("atom", "rss", "json")
    ]
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


def forms(*given: Published, site: Site = SITE) -> dict[str, bytes]:
    return dict(feeds.files(site, edition(*given)))


def test_rss_and_json_say_what_atom_says() -> None:
    found = forms(published(1), published(2, excerpt="Said & <done>."))
    atom = feedparser.parse(found["feeds/all.atom"]).entries
    rss = feedparser.parse(found["feeds/all.rss"])
    made = json.loads(found["feeds/all.json"])
    assert not rss.bozo
    for one, two, three in zip(atom, rss.entries, made["items"], strict=True):
        assert one.id == two.id == three["id"]
        assert one.title == two.title == three["title"]
        # In RSS a description is HTML; in the others a summary is text.
        said = [one.summary, unescape(two.summary), three["summary"]]
        assert len({" ".join(text.split()) for text in said}) == 1
        assert one.published_parsed == two.published_parsed
        assert one.content[0].value == two.content[0].value
        assert three["date_published"] == one.published
        assert three["content_html"]
        assert [tag.label for tag in one.tags] == three["tags"]


def test_json_is_json_feed() -> None:
    made = json.loads(forms(published(1))["feeds/sailing.json"])
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["feed_url"] == "https://site.example/w/feeds/sailing.json"
    assert made["home_page_url"] == "https://site.example/w/topics/sailing/"


def test_a_hub_is_named_in_every_form_where_the_site_has_one() -> None:
    hub = "https://hub.example/"
    found = forms(published(1), site=replace(SITE, output=Output(hub=hub)))
    for path in ("feeds/all.atom", "feeds/all.rss"):
        links = feedparser.parse(found[path]).feed.links
        assert hub in [one.href for one in links if one.rel == "hub"]
    assert json.loads(found["feeds/all.json"])["hubs"][0]["url"] == hub
    assert hub.encode() not in b"".join(forms(published(1)).values())


def test_articles_stand_whole_only_where_their_outlet_allows_it() -> None:
    one = editions.published(1)
    lead = one.story.lead
    own = replace(lead, reading=replace(lead.reading, html="<p>All of it.</p>"))
    given = replace(one, story=replace(one.story, lead=own))
    domain = given.record.provider.domain
    may = replace(SITE, output=Output(full_text=(domain,)))
    assert b"All of it." not in b"".join(forms(given).values())
    assert (
        "<p>All of it.</p>"
        in json.loads(forms(given, site=may)["feeds/all.json"])["items"][0][
            "content_html"
        ]
    )


def test_an_entry_is_updated_when_its_story_got_another_lead_or_was_corrected() -> None:
    one = editions.published(1)
    at = one.record.published_at + timedelta(hours=5)
    plain = timeline.timeline(one.story, timeline.NO_PAST)
    assert feed_entries.updated_at(replace(one, timeline=plain)) < at
    for kind in (ChangeKind.LEAD, ChangeKind.CORRECTION, ChangeKind.WITHDRAWN):
        told = replace(plain, changes=(StoryChange(kind=kind, at=at),))
        assert feed_entries.updated_at(replace(one, timeline=told)) == at
    other = StoryChange(kind=ChangeKind.MERGED, at=at)
    told = replace(plain, changes=(other,))
    assert feed_entries.updated_at(replace(one, timeline=told)) < at


@given(records)
@settings(max_examples=40)
def test_any_record_makes_well_formed_feeds(made: Record) -> None:
    one = Published(path="_news/2024-03-01-a.md", record=replace(made, published=True))
    found = forms(one)
    etree.fromstring(found["feeds/all.rss"])
    assert json.loads(found["feeds/all.json"])["items"][0]["url"]


MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_archive_is_in_sitemaps_by_month_and_an_index_names_them() -> None:
    old = published(24 * 40)
    found = dict(sitemap.files(SITE, [published(1), published(2), old], START))
    index = etree.fromstring(found["sitemap.xml"])
    places = [loc.text for loc in index.iter(f"{MAP}loc")]
    assert places == [
        "https://site.example/w/news-sitemap.xml",
        "https://site.example/w/sitemaps/2024-02.xml",
        "https://site.example/w/sitemaps/2024-01.xml",
    ]
    month = etree.fromstring(found["sitemaps/2024-01.xml"])
    assert [loc.text for loc in month.iter(f"{MAP}loc")] == [
        "https://site.example/w/news/2024-03-01-story-960/"
    ]


def test_held_stories_are_in_no_sitemap() -> None:
    held = published(1, published=False)
    found = dict(sitemap.files(SITE, [held], START))
    assert sorted(found) == ["news-sitemap.xml", "robots.txt", "sitemap.xml"]
    assert b"story-1" not in b"".join(found.values())


def test_a_month_of_more_than_fits_is_cut() -> None:
    many = [published(n) for n in range(1, 6)]
    many = [replace(p, path=f"_news/2024-02-29-{n}.md") for n, p in enumerate(many)]
    found = dict(sitemap.files(SITE, many, START, most=2))
    assert [p for p in found if p.startswith("sitemaps/")] == [
        "sitemaps/2024-02.xml",
        "sitemaps/2024-02-2.xml",
        "sitemaps/2024-02-3.xml",
    ]


def test_robots_are_told_of_the_sitemaps() -> None:
    found = dict(sitemap.files(SITE, [], None))
    assert b"Sitemap: https://site.example/w/sitemap.xml\n" in found["robots.txt"]
