"""What every store does, SQLite's and the fake alike; then what SQLite's alone does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import samples
from fakes import NOW, FakeStore
from newsdesk.model.article import Candidate
from newsdesk.model.feed import Change, Entry, Health, Listing
from newsdesk.model.ports import Store
from newsdesk.model.ruling import Ruling, Said, TopicCall
from newsdesk.model.story import Contribution, Copy, CopyKind, StoryEvent, Verdict
from newsdesk.store import open_store

LATER = NOW + timedelta(hours=1)
LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    with open_store(tmp_path) as opened:
        yield opened.store


def test_the_sources_of_the_site_are_listed_by_id(store: Store) -> None:
    store.sync_sources([samples.source("b"), samples.source("a")])
    assert [state.source.id for state in store.sources()] == ["a", "b"]
    assert store.sources()[0].health is Health.NEW
    assert store.sources()[0].next_poll_at is None


def test_a_source_that_comes_back_has_its_history(store: Store) -> None:
    store.sync_sources([samples.source("a"), samples.source("b")])
    store.save_polls([samples.poll("a", health=Health.QUIET)])
    store.sync_sources([samples.source("b")])
    assert [state.source.id for state in store.sources()] == ["b"]
    store.sync_sources([samples.source("a"), samples.source("b")])
    assert store.sources()[0].health is Health.QUIET


def test_an_owners_change_to_a_source_keeps_its_state(store: Store) -> None:
    store.sync_sources([samples.source("a")])
    store.save_polls([samples.poll("a", health=Health.FAILING)])
    store.sync_sources([samples.source("a", topics=("ai",))])
    (state,) = store.sources()
    assert (state.source.topics, state.health) == (("ai",), Health.FAILING)


def test_a_poll_counts_only_entries_not_known(store: Store) -> None:
    one, two = samples.entry("1"), samples.entry("2", position=1)
    assert store.save_polls([samples.poll("wire", one, one)]) == 1
    assert store.save_polls([samples.poll("wire", one, two)]) == 1
    assert store.save_polls([samples.poll("wire", one, two)]) == 0
    assert store.known_entries([one.id, two.id, samples.entry("3").id]).keys() == {
        "1",
        "2",
    }


def test_an_entry_stays_as_it_was_first_seen(store: Store) -> None:
    first = samples.entry("1")
    bare = replace(samples.entry("2"), item=replace(first.item, content_html=None))
    later = replace(first, item=replace(first.item, title="x", content_html="<p>x"))
    store.save_polls([samples.poll("wire", first, bare)])
    store.save_polls([samples.poll("wire", later, samples.entry("2"))])
    assert set(store.unclaimed_entries()) == {first, bare}


def test_unclaimed_entries_come_by_source_and_position(store: Store) -> None:
    a1 = samples.entry("z", source_id="a", position=1)
    a0 = samples.entry("y", source_id="a", position=0)
    b0 = samples.entry("x", source_id="b", position=0)
    store.save_polls([samples.poll("b", b0), samples.poll("a", a1, a0)])
    assert store.unclaimed_entries() == (a0, a1, b0)


def test_admitting_claims_entries_and_is_repeatable(store: Store) -> None:
    candidate = samples.candidate("1")
    other = samples.entry("another mention", position=3)
    store.save_polls([samples.poll("wire", candidate.entry, other)])
    for _ in range(2):
        store.admit([candidate], [(candidate.entry.id, "1"), (other.id, "1")])
        assert store.unclaimed_entries() == ()
        assert store.unread() == (candidate,)


def test_a_candidate_known_stays_as_it_is(store: Store) -> None:
    first = samples.candidate("1")
    store.admit([first], [])
    store.admit([replace(first, url="https://other.example/", archived=True)], [])
    assert store.unread() == (first,)


def test_archived_candidates_are_known_and_never_read(store: Store) -> None:
    old = samples.candidate("1", archived=True)
    store.admit([old], [(old.entry.id, "1")])
    store.save_articles([samples.article("1")])
    assert store.unread() == ()
    assert store.unclaimed_entries() == ()
    assert store.articles(LONG_AGO) == ()


def test_an_article_that_was_read_is_left_as_it_is(store: Store) -> None:
    store.admit([samples.candidate("1"), samples.candidate("2")], [])
    article = samples.article("1", text="Half a pair \ud83d, a NUL \0, a line\r\n.")
    store.save_articles([article])
    store.save_articles([samples.article("1", text="Other words.")])
    assert [candidate.id for candidate in store.unread()] == ["2"]
    assert store.articles(LONG_AGO) == (article,)


def test_a_refused_candidate_is_not_read_again(store: Store) -> None:
    store.admit([samples.candidate("1"), samples.candidate("2")], [])
    store.save_articles([samples.article("2")], [("1", "a listing"), ("2", "no")])
    store.save_articles([samples.article("1")])
    assert store.unread() == ()
    assert [article.id for article in store.articles(LONG_AGO)] == ["2"]


def test_articles_come_with_every_member_of_a_story_that_changed(store: Store) -> None:
    old = samples.article("old", first_seen_at=NOW - timedelta(days=9))
    older = samples.article("older", first_seen_at=NOW - timedelta(days=9))
    new = samples.article("new", first_seen_at=NOW)
    store.save_articles([old, older, new])
    store.save_stories([samples.story("s", "old", "new")], [], [])
    assert [article.id for article in store.articles(NOW)] == ["new", "old"]
    assert store.articles(LATER) == ()


def test_a_story_comes_back_with_its_members_in_order(store: Store) -> None:
    story = samples.story("s", "2", "1", "3", lead="1")
    empty = samples.story("t")
    store.save_stories([story, empty], [], [])
    store.save_stories([story], [], [])
    assert store.stories(NOW) == (story, empty)
    assert store.stories(LATER) == ()


def test_a_story_that_loses_a_member_no_longer_has_it(store: Store) -> None:
    store.save_stories([samples.story("s", "1", "2"), samples.story("t", "3")], [], [])
    store.save_stories([samples.story("t", "3", "2")], [], [])
    assert [story.members for story in store.stories(NOW)] == [("1",), ("3", "2")]
    store.save_stories([samples.story("s")], [], [])
    assert [story.members for story in store.stories(NOW)] == [(), ("3", "2")]


def test_a_duplicate_knows_its_original(store: Store) -> None:
    store.save_articles([samples.article("1"), samples.article("2")])
    store.save_stories([], [("2", "1"), ("unknown", "1")], [])
    assert [a.duplicate_of for a in store.articles(LONG_AGO)] == [None, "1"]


def test_records_come_newest_first_then_by_path(store: Store) -> None:
    b = samples.published("_news/b.md", published_at=NOW)
    a = samples.published("_news/a.md", published_at=NOW)
    new = samples.published("_news/c.md", published_at=LATER)
    store.save_records([b, a, new])
    store.save_records([b])
    assert store.records() == (new, a, b)


def test_a_record_comes_with_the_story_behind_it(store: Store) -> None:
    articles = [samples.article(of, domain=of) for of in ("x", "y", "z")]
    judged = samples.judged(samples.story("s", "x", "y", "z", lead="x"), *articles)
    store.save_articles(articles)
    store.save_stories([samples.story("s", "x", "y", "z")], [], [judged])
    record = samples.published("_news/a.md", judged)
    store.save_records([replace(record, heat_now=3), samples.published("_news/b.md")])
    assert store.records() == (record, samples.published("_news/b.md"))


def test_a_record_shows_its_story_as_last_judged(store: Store) -> None:
    articles = [samples.article(of, domain=of) for of in ("x", "y")]
    store.save_articles(articles)
    first = samples.judged(samples.story("s", "x", lead="x"), articles[0])
    store.save_stories([], [], [first])
    store.save_records([samples.published("_news/a.md", first)])
    second = samples.judged(samples.story("s", "x", "y", lead="y"), *articles[::-1])
    store.save_stories([], [("x", "y")], [second])
    (record,) = store.records()
    copy = replace(articles[0], duplicate_of="y")
    assert record.story == replace(second, related=(copy,))


def read_once(store: Store, *, page_read: bool = True) -> Candidate:
    """A candidate whose entry was listed, admitted and read."""
    candidate = samples.candidate("1")
    store.save_polls([samples.poll("wire", candidate.entry)])
    store.admit([candidate], [(candidate.entry.id, "1")])
    article = samples.article("1")
    reading = replace(article.reading, page_read=page_read)
    store.save_articles([replace(article, url=candidate.url, reading=reading)])
    return candidate


def changed(entry: Entry, number: int = 2, *, is_reread: bool = True) -> Change:
    item = replace(entry.item, title=f"Title {number}", content_html=None)
    return Change(
        entry=replace(entry, item=item, digest=f"d{number}"),
        versions=tuple(
            samples.version(entry.id, n, is_reread=is_reread)
            for n in ((1, 2) if number == 2 else (number,))
        ),
        is_reread=is_reread,
    )


def test_a_changed_entry_has_its_new_words_and_keeps_the_old_as_versions(
    store: Store,
) -> None:
    one, other = samples.entry("1"), samples.entry("2", position=1)
    store.save_polls([samples.poll("wire", one, other)])
    first, second = changed(one), changed(one, 3)
    for change in (first, second, second):
        poll = samples.poll("wire", change.entry, other)
        assert store.save_polls([replace(poll, changes=(change,))]) == 0
    assert store.unclaimed_entries() == (second.entry, other)
    assert store.known_entries([one.id, other.id]) == {one.id: "d3", other.id: ""}
    assert store.listings([other.id, one.id, one.id, samples.entry("3").id]) == (
        Listing(entry=second.entry, versions=(*first.versions, *second.versions)),
        Listing(entry=other),
    )


def test_a_version_known_by_its_number_is_replaced(store: Store) -> None:
    one = samples.entry("1")
    store.save_polls([samples.poll("wire", one)])
    later = replace(samples.version(one.id, 2), title="Newest")
    for versions in ((samples.version(one.id, 2),), (later,)):
        change = replace(changed(one), versions=versions)
        store.save_polls([replace(samples.poll("wire"), changes=(change,))])
    assert store.listings([one.id])[0].versions == (later,)


def test_an_entry_kept_without_a_digest_takes_the_first_one_told(store: Store) -> None:
    bare = samples.entry("1")
    store.save_polls([samples.poll("wire", bare)])
    for digest in ("d1", "d2"):
        store.save_polls([samples.poll("wire", replace(bare, digest=digest))])
    assert store.known_entries([bare.id]) == {bare.id: "d1"}


@pytest.mark.parametrize("page_read", [True, False])
def test_an_article_whose_entry_changed_is_read_once_more(
    store: Store, page_read: bool
) -> None:
    candidate = read_once(store, page_read=page_read)
    change = changed(candidate.entry)
    store.save_polls([replace(samples.poll("wire"), changes=(change,))])
    (again,) = store.unread()
    assert again == replace(
        candidate, entry=change.entry, reread_at=samples.NOW, had_page=page_read
    )
    assert [one.id for one in store.articles(LONG_AGO)] == ["1"]
    store.save_stories([samples.story("s", "1")], [("1", "0")], [])
    new = samples.article("1", text="Other words.")
    store.save_articles([new])
    assert store.unread() == ()
    assert store.articles(LONG_AGO) == (replace(new, duplicate_of="0"),)
    assert store.stories(LONG_AGO) == (samples.story("s", "1"),)
    store.save_articles([samples.article("1", text="Third words.")])
    assert store.articles(LONG_AGO)[0].reading.text == "Other words."


def test_an_article_that_cannot_be_read_again_stays_as_first_read(store: Store) -> None:
    candidate = read_once(store)
    before = store.articles(LONG_AGO)
    change = changed(candidate.entry)
    store.save_polls([replace(samples.poll("wire"), changes=(change,))])
    store.save_articles([], [(candidate.id, "a challenge page")])
    assert store.unread() == ()
    assert store.articles(LONG_AGO) == before


def test_a_change_that_is_not_worth_it_or_not_the_speakers_reads_nothing_again(
    store: Store,
) -> None:
    candidate, other = read_once(store), samples.entry("other mention")
    store.save_polls([samples.poll("wire", other)])
    store.admit([], [(other.id, "1")])
    changes = (changed(candidate.entry, is_reread=False), changed(other))
    store.save_polls([replace(samples.poll("wire"), changes=changes)])
    assert store.unread() == ()


def test_what_is_archived_or_refused_is_not_read_for_a_change(store: Store) -> None:
    old, bad = samples.candidate("1", archived=True), samples.candidate("2")
    store.admit([old, bad], [(old.entry.id, "1"), (bad.entry.id, "2")])
    store.save_articles([], [("2", "a listing")])
    changes = (changed(old.entry), changed(bad.entry))
    store.save_polls([replace(samples.poll("wire"), changes=changes)])
    assert store.unread() == ()


def test_empty_batches_change_nothing(store: Store) -> None:
    store.sync_sources([])
    assert store.save_polls([]) == 0
    store.admit([], [])
    store.save_articles([])
    store.save_stories([], [], [])
    store.save_records([])
    assert store.known_entries([]) == {}
    assert (store.sources(), store.unread(), store.records()) == ((), (), ())


def test_batches_of_any_size_are_taken(store: Store) -> None:
    entries = [samples.entry(f"{n:04}", position=n) for n in range(1200)]
    assert store.save_polls([samples.poll("wire", *entries)]) == 1200
    assert len(store.known_entries([entry.id for entry in entries])) == 1200
    assert store.unclaimed_entries() == tuple(entries)


# --- what became of stories --------------------------------------------------------------


def test_a_story_comes_back_with_what_became_of_it(store: Store) -> None:
    store.save_articles([samples.article("x"), samples.article("y")])
    whole = replace(samples.story("sx", "x"), follows="sold", split_from="sy")
    gone = replace(samples.story("sy"), merged_into="sx")
    store.save_stories([whole, gone], [], [])
    assert store.stories(LONG_AGO) == (whole, gone)


def test_what_was_merged_long_ago_goes_where_its_survivor_goes(store: Store) -> None:
    old = samples.story("sa", changed_at=LONG_AGO - timedelta(days=9))
    store.save_stories([replace(old, merged_into="sb"), samples.story("sb")], [], [])
    gone = replace(samples.story("sb"), merged_into="sc")
    store.save_stories([gone, samples.story("sc")], [], [])
    store.save_stories([gone, samples.story("sc")], [], [])
    known = {story.id: story.merged_into for story in store.stories(LONG_AGO, ["sa"])}
    assert known == {"sa": "sc", "sb": "sc", "sc": None}


def test_stories_named_after_a_recent_member_come_however_old(store: Store) -> None:
    store.save_articles([samples.article(of) for of in "xyz"])
    ago = LONG_AGO - timedelta(days=9)
    for of in ("sx", "sx-2", "sz", "sxx"):
        store.save_stories([samples.story(of, changed_at=ago)], [], [])
    store.save_stories([samples.story("sy", "x", "y")], [], [])
    assert [story.id for story in store.stories(LONG_AGO)] == ["sx", "sx-2", "sy"]


def test_stories_are_found_by_their_own_or_a_members_id_however_old(
    store: Store,
) -> None:
    ago = LONG_AGO - timedelta(days=9)
    articles = [samples.article(of, first_seen_at=ago) for of in "xyz"]
    store.save_articles(articles)
    gone = replace(samples.story("sg", changed_at=ago), merged_into="sx")
    known = [samples.story(f"s{of}", of, changed_at=ago) for of in "xyz"]
    store.save_stories([*known, gone], [], [])
    assert store.stories(LONG_AGO) == ()
    named = store.stories(LONG_AGO, ["sg", "y", "nothing"])
    assert named == (gone, known[0], known[1])
    assert [a.id for a in store.articles(LONG_AGO, ["sx", "sy"])] == ["x", "y"]


def test_what_happened_to_a_story_is_kept_once(tmp_path: Path) -> None:
    merged = StoryEvent(story="sy", at=NOW, kind="merged", why="it is one with sx")
    later = StoryEvent(story="sx", at=LATER, kind="lead", why="another leads")
    with open_store(tmp_path) as opened:
        gone = replace(samples.story("sy"), merged_into="sx")
        for _ in range(2):
            opened.store.save_stories(
                [samples.story("sx"), gone], [], [], [later, merged]
            )
        assert opened.archive.find_events("sx") == (merged, later)
        assert opened.archive.find_events("sy") == (merged, later)
        assert opened.archive.find_events("nothing") == ()
        assert dict(opened.archive.totals())["stories"] == 1


def test_stories_are_asked_for_in_short_from_the_day_they_began(store: Store) -> None:
    store.save_articles([samples.article("1"), samples.article("2")])
    old = replace(samples.story("s2", "2"), first_at=LONG_AGO)
    held = samples.judged(samples.story("s1", "1"), samples.article("1"))
    held = replace(
        held,
        verdict=Verdict(
            is_published=False, threshold=70, reason="no", is_rejected=True, rule="r"
        ),
    )
    store.save_stories([], [], [held, samples.judged(old, samples.article("2"))])
    (one,) = store.summaries(NOW - timedelta(days=1))
    assert (one.story, one.state, one.rule) == ("s1", "rejected", "r")
    assert (one.provider, one.quality) == (
        held.lead.provider.domain,
        held.quality.value,
    )
    assert one.topics == tuple(hit.topic for hit in held.lead.topics)
    assert [each.story for each in store.summaries(LONG_AGO)] == ["s1", "s2"]


def test_what_editors_said_of_a_story_is_known_until_it_is_judged_without(
    store: Store,
) -> None:
    store.save_articles([samples.article("1")])
    judged = samples.judged(samples.story("s1", "1"), samples.article("1"))
    said = Said(decision="d", kind="pin", by="Ada", at=NOW, why="So.", until=LATER)
    call = TopicCall(topic="ai", is_about=True)
    ruling = Ruling(verdict=said, place=1, topics=(call,), said=(said,))
    store.save_stories([], [], [replace(judged, ruling=ruling)])
    assert store.rulings() == {"s1": ruling}
    store.save_stories([], [], [judged])
    assert store.rulings() == {}


def test_what_providers_have_shown_is_counted_over_their_stories(store: Store) -> None:
    one, two = samples.article("1"), samples.article("2")
    copy = Copy(article=two.id, source="x", kind=CopyKind.WIRE)
    judged = replace(
        samples.judged(samples.story("s", "1", "2"), one, two),
        copies=(copy,),
        contributions=(
            Contribution(article=one.id, correction="Correction: 4, not 5."),
        ),
    )
    store.save_articles([one, two])
    store.save_stories([], [], [judged])
    found = {each.domain: each for each in store.provider_records(LONG_AGO)}
    assert sum(each.articles for each in found.values()) == 2
    assert found[two.provider.domain].copies == 1
    assert found[one.provider.domain].corrected == 1
    assert store.provider_records(judged.story.changed_at + timedelta(hours=1)) == ()


def test_visits_add_up_by_story_and_hour(store: Store) -> None:
    story = samples.judged(samples.story("s1", "1"), samples.article("1"))
    store.save_articles([samples.article("1")])
    store.save_stories([], [], [story])
    store.save_records([replace(samples.published("_news/a.md"), story=story)])
    store.add_visits({("_news/a.md", NOW): 2, ("_news/unknown.md", NOW): 9})
    store.add_visits({("_news/a.md", NOW): 1, ("_news/a.md", LATER): 4})
    store.add_visits({})
    assert store.visits(NOW, LATER) == {"s1": ((NOW, 3),)}
    after = LATER + timedelta(hours=1)
    assert store.visits(NOW, after) == {"s1": ((NOW, 3), (LATER, 4))}
    assert store.visits(after, after) == {}
