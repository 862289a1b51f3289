"""Outlets' pages: what each published, how often it was first, what it put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser

import editions
from newsdesk.model.story import Copy, CopyKind, Past, Published
from newsdesk.render import addresses, html, html_outlets, visibility
from newsdesk.stages import timeline


def views(*records: Published) -> dict[str, html_outlets.OutletView]:
    return {view.name: view for view in html_outlets.outlets(records)}


def told_anew(one: Published, past: Past = timeline.NO_PAST) -> Published:
    assert one.story is not None
    return replace(one, timeline=timeline.timeline(one.story, past))


def test_an_outlet_counts_the_stories_that_it_is_in_and_those_it_leads():
    seen = views(editions.published(0), editions.published(1))
    lead = seen["The Harbour Post"]
    assert (len(lead.appearances), lead.led) == (1, 1)
    both = seen["Daily Meridian"]
    assert (len(both.appearances), both.led) == (2, 1)


def test_who_was_first_is_counted_only_where_others_told_it_too():
    story = editions.published(0)
    seen = views(story)
    assert seen["Signal & Noise"].first == 1
    assert seen["Signal & Noise"].shared == 1
    assert seen["The Harbour Post"].first == 0
    alone = next(
        editions.published(place)
        for place, row in enumerate(editions.STORIES)
        if row[2] == "1"
    )
    (view,) = views(alone).values()
    assert (view.first, view.shared) == (0, 0)


def test_copies_are_not_an_outlet_s_own_words():
    one = editions.published(0)
    assert one.story is not None
    copied = one.story.related[0]
    copy = Copy(article=copied.id, source="elsewhere.example", kind=CopyKind.WIRE)
    seen = views(told_anew(replace(one, story=replace(one.story, copies=(copy,)))))
    assert seen[copied.provider.name].own == 0
    assert seen[copied.provider.name].appearances[0].copy == "wire copy"
    assert seen["The Harbour Post"].own == 1


def test_the_lag_is_told_only_of_outlets_seen_often_enough():
    few = views(*(editions.published(place) for place in range(3)))
    assert all(view.lag is None for view in few.values())
    many = views(*visibility.shown(editions.edition().records))
    known = [view for view in many.values() if view.lag is not None]
    assert known
    for view in known:
        lags = sorted(one.after for one in view.appearances if one.after)
        assert len(lags) >= html_outlets.ENOUGH
        assert lags[0] <= (view.lag or timedelta()) <= lags[-1]


def test_corrections_and_quiet_edits_are_counted_apart():
    one = editions.published(0)
    assert one.story is not None
    lead = one.story.lead
    past = Past(losses=((lead.id, editions.AS_OF, "http 410"),))
    read = replace(lead, reading=replace(lead.reading, page_read=True))
    gone = told_anew(replace(one, story=replace(one.story, lead=read)), past)
    view = views(gone)[lead.provider.name]
    assert (view.fixes, view.edits) == (1, 0)


def test_every_outlet_of_a_published_story_has_a_page_and_stories_lead_to_it():
    files = dict(html.pages(editions.edition(), editions.site()))
    story = files[addresses.page_file("news/2026-02-19-story-0/")]
    links = {
        str(one.attributes["href"])
        for one in LexborHTMLParser(story.decode()).css(".matrix a.outlet")
    }
    assert len(links) == 14
    for link in links:
        assert addresses.page_file(link.removeprefix("../../")) in files


def test_outlets_known_only_from_an_adopted_record_have_pages_too():
    files = dict(html.pages(editions.edition(), editions.site()))
    page = files["outlets/notes.example/index.html"].decode()
    assert "The lecture, written up" in page
    assert "javascript:" not in page


def test_an_outlet_page_lists_the_newest_of_many_stories_and_says_so():
    one = editions.published(0)
    many = tuple(
        replace(one, path=f"_news/2026-02-19-again-{n}.md")
        for n in range(html_outlets.LISTED + 5)
    )
    view = views(*many)["The Harbour Post"]
    assert len(view.appearances) == html_outlets.LISTED + 5
    assert len(view.listed) == html_outlets.LISTED
    assert view.listed[0].page == "news/2026-02-19-again-0/"


def test_addresses_of_outlets_are_names_that_folders_can_have():
    for domain in ("youtube.com/@ada", "../etc", "ünï.example", "", "x" * 300):
        address = addresses.outlet_page(domain)
        name = address.removeprefix("outlets/").rstrip("/")
        assert name
        assert "/" not in name
        assert not name.startswith(".")
        assert len(name) < 120
