from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, entry, source
from newsdesk.model.feed import Feed, FeedEntry, SourceId
from newsdesk.stages import admit


def test_two_feeds_that_carry_one_address_make_one_candidate():
    first = entry("x", url="https://a.example/story?utm_source=rss")
    second = entry("y", url="http://www.a.example/story/", source_id=SourceId("b"))
    admission = admit.admission([first, second], new_source_days=7)
    assert len(admission.candidates) == 1
    assert {claim[1] for claim in admission.claims} == {admission.candidates[0].id}
    assert len(admission.claims) == 2


def test_the_entry_that_says_most_speaks_for_the_article():
    thin = entry("x", url="https://a.example/1", published_at=NOW)
    rich = replace(
        entry("y", url="https://a.example/1", published_at=NOW, summary_html="More."),
        source_id=SourceId("zzz"),
    )
    admission = admit.admission([thin, rich], new_source_days=7)
    assert admission.candidates[0].entry == rich


@given(
    st.permutations(
        [entry(n, url=f"https://a.example/{n[0]}") for n in ("a1", "a2", "b1")]
    )
)
def test_the_order_of_entries_does_not_matter(entries):
    straight = admit.admission(sorted(entries, key=lambda e: e.id), new_source_days=7)
    assert admit.admission(entries, new_source_days=7) == straight


def test_an_old_item_of_a_new_source_is_archived():
    old = entry("old", published_at=NOW - timedelta(days=8), is_backlog=True)
    new = entry("new", published_at=NOW - timedelta(days=6), is_backlog=True)
    by_url = {
        c.url: c.archived
        for c in admit.admission([old, new], new_source_days=7).candidates
    }
    assert by_url == {"https://a.example/old": True, "https://a.example/new": False}


def test_an_undated_item_is_old_at_the_first_poll_and_new_later():
    limit = timedelta(days=7)
    assert admit.is_too_old(entry("x", is_backlog=True), limit)
    assert not admit.is_too_old(entry("x", is_backlog=False), limit)


def test_an_address_that_a_person_named_may_be_of_any_age():
    old = entry("x", published_at=NOW - timedelta(days=4000), is_asked_for=True)
    assert not admit.is_too_old(old, timedelta(days=7))


def test_an_entry_without_an_address_is_reported_and_not_lost():
    lost = entry("x", url=None)
    assert admit.admission([lost], new_source_days=7).homeless == (lost,)


def test_a_changed_headline_keeps_the_entry_and_a_repeated_item_counts_once():
    before = Feed(
        format="rss 2.0",
        entries=(FeedEntry(guid="1", title="Old"), FeedEntry(guid="1", title="Old")),
    )
    after = Feed(format="rss 2.0", entries=(FeedEntry(guid="1", title="New"),))
    old = admit.listed(before, source(), NOW, first=True)
    new = admit.listed(after, source(), NOW, first=False)
    assert [e.id for e in old] == [e.id for e in new]


def test_a_list_takes_one_address_a_line_and_leaves_out_comments_and_nonsense():
    text = (
        "# pages\nhttps://a.example/1  # the first\n\nnonsense\nhttps://a.example/1\n"
    )
    found = admit.addresses(text, source(), NOW)
    assert [e.item.url for e in found] == ["https://a.example/1"]
    assert found[0].is_asked_for


def test_a_forwarder_and_the_page_behind_it_are_one_candidate():
    page = "https://harbour.example/2026/ferry-sails"
    relayed = f"https://www.bing.com/news/apiclick.aspx?url={quote(page, safe='')}"
    entries = [entry("direct", url=page), entry("relayed", url=relayed)]
    admission = admit.admission(entries, new_source_days=7)
    assert len(admission.candidates) == 1
    assert {article for _, article in admission.claims} == {admission.candidates[0].id}
