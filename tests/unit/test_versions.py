"""What counts as a change of an entry, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from makers import NOW, entry, source
from newsdesk.model.feed import Change, Entry, FeedEntry, Listing, SourceState
from newsdesk.stages import versions

ITEM = FeedEntry(
    url="https://a.example/1",
    title="Court fines Orbane",
    summary_html='<p>Fined <a href="https://a.example/x?views=12">40 million</a>.</p>',
    content_html="<p>The court fined &amp; warned it.</p><p>More.</p>",
    published_at=NOW,
)
LATER = NOW + timedelta(hours=1)


def known(item: FeedEntry = ITEM, **more: Any) -> Entry:
    one = entry("1", **more)
    return replace(one, item=item, digest=versions.digest(item))


def listed_again(old: Listing, item: FeedEntry, *, swept: int = 0) -> Change:
    new = replace(old.entry, item=item, digest=versions.digest(item), position=9)
    (change,) = versions.changes([new], [old], swept=swept, now=LATER)
    return change


@pytest.mark.parametrize(
    "more",
    [
        {"title": " Court  fines\nOrbane "},
        {"summary_html": "<p>Fined <a href='/x?views=13'>40 million</a>."},
        {"content_html": "<div>The court fined &#38; warned it.</div>\n\n<p>More.</p>"},
        {"url": "https://a.example/1?utm_source=rss"},
        {"guid": "g1"},
        {"tags": ("law",)},
    ],
)
def test_white_space_markup_and_addresses_are_no_change(more: dict[str, Any]) -> None:
    assert versions.digest(replace(ITEM, **more)) == versions.digest(ITEM)


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Court fines Orbane again"},
        {"summary_html": "<p>Fined 41 million.</p>"},
        {"content_html": None},
        {"published_at": LATER},
        {"updated_at": LATER},
    ],
)
def test_other_words_and_dates_are_a_change(more: dict[str, Any]) -> None:
    old, new = known(), known(replace(ITEM, **more))
    assert versions.changed([new], {old.id: old.digest}) == [old.id]
    assert versions.changed([old], {old.id: old.digest}) == []


def test_an_entry_known_without_a_digest_has_not_changed() -> None:
    one = known()
    assert versions.changed([one], {one.id: ""}) == []
    assert versions.changed([one], {}) == []


def test_the_first_change_keeps_the_first_version_too() -> None:
    old = known(position=3)
    change = listed_again(Listing(entry=old), replace(ITEM, title="Orbane fined"))
    assert change.entry.item.title == "Orbane fined"
    assert (change.entry.position, change.entry.first_seen_at) == (3, NOW)
    told = [(v.number, v.seen_at, v.title) for v in change.versions]
    assert told == [(1, NOW, "Court fines Orbane"), (2, LATER, "Orbane fined")]
    assert {v.excerpt for v in change.versions} == {"Fined 40 million."}
    assert len({v.body_hash for v in change.versions}) == 1


def test_a_later_change_adds_one_version() -> None:
    first = listed_again(Listing(entry=known()), replace(ITEM, title="Orbane fined"))
    old = Listing(entry=first.entry, versions=first.versions)
    change = listed_again(old, replace(ITEM, content_html="<p>Other words.</p>"))
    assert [v.number for v in change.versions] == [3]
    assert change.versions[0].body_hash != first.versions[0].body_hash


@pytest.mark.parametrize(
    ("more", "is_reread"),
    [
        ({"title": "Orbane fined"}, True),
        ({"updated_at": LATER}, True),
        ({"summary_html": "Other words."}, False),
        ({"published_at": LATER}, False),
    ],
)
def test_an_article_is_read_again_for_its_headline_and_its_update(
    more: dict[str, Any], is_reread: bool
) -> None:
    change = listed_again(Listing(entry=known()), replace(ITEM, **more))
    assert change.is_reread is change.versions[-1].is_reread is is_reread


def test_any_change_of_a_whole_entry_is_worth_reading() -> None:
    old = Listing(entry=known(is_whole=True))
    assert listed_again(old, replace(ITEM, content_html="<p>Other.</p>")).is_reread


def test_an_article_is_read_again_a_bounded_number_of_times() -> None:
    old = Listing(entry=known())
    again = []
    for n in range(8):
        change = listed_again(old, replace(ITEM, title=f"Headline {n}"))
        kept = {v.number: v for v in (*old.versions, *change.versions)}
        old = Listing(entry=change.entry, versions=tuple(kept.values()))
        again.append(change.is_reread)
    assert again == [True] * versions.MAX_REREADS + [False] * 3


def test_versions_are_bounded_and_the_newest_is_always_kept() -> None:
    old = Listing(entry=known())
    for n in range(versions.MAX_VERSIONS + 5):
        change = listed_again(old, replace(ITEM, title=f"Headline {n}"))
        kept = {v.number: v for v in (*old.versions, *change.versions)}
        old = Listing(entry=change.entry, versions=tuple(kept.values()))
    assert len(old.versions) == versions.MAX_VERSIONS
    assert old.versions[0].title == "Court fines Orbane"
    assert old.versions[-1].title == f"Headline {n}"


def test_a_feed_rewritten_as_a_whole_has_nothing_read_again() -> None:
    change = listed_again(Listing(entry=known()), replace(ITEM, title="x"), swept=1)
    assert (change.is_reread, len(change.versions)) == (False, 2)


def test_a_feed_that_rewrites_always_leaves_no_versions() -> None:
    change = listed_again(
        Listing(entry=known()), replace(ITEM, title="x"), swept=versions.MAX_SWEEPS
    )
    assert (change.entry.item.title, change.versions) == ("x", ())
    assert not change.is_reread


def test_sweeps_are_counted_in_a_row() -> None:
    state = SourceState(source=source())
    counts = []
    for changed, known_count in [(6, 11), (20, 20), (0, 0), (9, 10), (6, 12), (5, 5)]:
        state = replace(state, rewrites=versions.sweeps(state, changed, known_count))
        counts.append(state.rewrites)
    assert counts == [1, 2, 2, 3, 0, 0]


def test_a_long_excerpt_is_cut_at_a_word() -> None:
    item = replace(ITEM, summary_html="<p>" + "word " * 200)
    (version,) = versions.history(Listing(entry=known(item)))
    assert version.excerpt.endswith("word …")
    assert len(version.excerpt) <= versions.MAX_EXCERPT + 2
