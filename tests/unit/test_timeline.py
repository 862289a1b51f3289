"""How a story unfolded: times and how sure they are, who was first, what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from makers import NOW, article, hours
from newsdesk.model.article import Article
from newsdesk.model.feed import EntryId, Version
from newsdesk.model.run import Failed
from newsdesk.model.site import Rules
from newsdesk.model.story import (
    Copy,
    CopyKind,
    JudgedStory,
    Past,
    Story,
    StoryEvent,
    StoryId,
)
from newsdesk.model.timeline import Certainty, ChangeKind, Timeline
from newsdesk.stages import judge, timeline

MINUTE = timedelta(minutes=1)


def piece(name: str, at: datetime | None, seen: datetime | None = None, **more: object):
    given = {"published_at": at, "page_read": True} | more
    return article(name, f"{name}.example", first_seen_at=seen or at, **given)


def judged(*members: Article, copies: tuple[Copy, ...] = ()) -> JudgedStory:
    story = Story(
        id=StoryId("s1"),
        members=tuple(a.id for a in members),
        first_at=NOW,
        changed_at=NOW,
    )
    here = {a.id: a for a in members}
    return judge.judged(
        [story], here, Rules(), has_topics=False, copies=copies
    ).stories[0]


def told(*members: Article, past: Past = timeline.NO_PAST) -> Timeline:
    return timeline.timeline(judged(*members), past)


def version(number: int, title: str, at: datetime, excerpt: str = "") -> Version:
    return Version(
        entry_id=EntryId("e"),
        number=number,
        seen_at=at,
        title=title,
        excerpt=excerpt,
        body_hash=excerpt,
    )


# --- times ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "certainty"),
    [
        (piece("a", NOW, NOW + hours(1)), Certainty.MINUTE),
        (piece("a", NOW, published_has_time=False), Certainty.DAY),
        (piece("a", None, NOW), Certainty.SEEN),
        (piece("a", NOW + hours(2), NOW), Certainty.DOUBTFUL),
        (replace(piece("a", NOW), is_timeless=True), Certainty.SEEN),
    ],
)
def test_a_time_is_as_sure_as_what_is_said_of_it(one: Article, certainty: Certainty):
    assert timeline.certainty(one) is certainty


def test_a_piece_has_both_times_and_how_late_it_was():
    first = piece("a", NOW, NOW + MINUTE)
    late = piece("b", NOW + 12 * MINUTE, NOW + 30 * MINUTE)
    one, two = told(late, first).pieces
    assert (one.article, one.after) == ("a", None)
    assert (two.claimed_at, two.seen_at) == (
        NOW + 12 * MINUTE,
        NOW + 30 * MINUTE,
    )
    assert two.after == 12 * MINUTE


def test_of_a_piece_that_gives_the_day_nobody_says_how_late_it_was():
    day = NOW.replace(hour=0) + timedelta(days=1)
    dated = piece("b", day, day + hours(9), published_has_time=False)
    assert [one.after for one in told(piece("a", NOW), dated).pieces] == [None, None]


# --- who was first -------------------------------------------------------------------


def test_the_earliest_is_surely_first_where_all_times_are_known():
    found = told(piece("a", NOW), piece("b", NOW + 12 * MINUTE)).first
    assert found is not None
    assert (found.article, found.is_sure) == ("a", True)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (piece("b", NOW), "gives the same minute"),
        (
            piece("b", NOW.replace(hour=0), NOW + hours(9), published_has_time=False),
            "gives the day only",
        ),
        (piece("b", None, NOW + hours(1)), "nobody knows when"),
        (piece("b", NOW + hours(9), NOW + hours(1)), "nobody knows when"),
    ],
)
def test_who_is_probably_first_is_called_so_with_the_doubt(other: Article, why: str):
    found = told(piece("a", NOW), other).first
    assert found is not None
    assert (found.article, found.is_sure) == ("a", False)
    assert why in found.why


def test_a_day_that_was_over_before_is_earlier_than_any_minute_after_it():
    before = NOW.replace(hour=0) - timedelta(days=2)
    dated = piece("b", before, before + hours(9), published_has_time=False)
    found = told(piece("a", NOW), dated).first
    assert found is not None
    assert (found.article, found.is_sure) == ("b", True)


def test_a_first_that_only_its_own_word_puts_before_what_we_saw_is_not_sure():
    backdated = piece("a", NOW - hours(20), NOW + hours(5))
    found = told(backdated, piece("b", NOW, NOW + MINUTE)).first
    assert found is not None
    assert (found.article, found.is_sure) == ("a", False)
    assert "before it" in found.why


def test_nobody_is_first_alone_or_on_nobodys_word():
    assert told(piece("a", NOW)).first is None
    assert told(piece("a", None, NOW), piece("b", NOW + hours(1))).first is None


# --- what each added -----------------------------------------------------------------


def test_names_and_figures_count_for_whoever_had_them_first():
    one = piece("a", NOW, text="On Friday Ada Byron of Acme Corp cut 1,200 jobs.")
    two = piece(
        "b",
        NOW + hours(1),
        text="Ada Byron cut 1,200 jobs. Now Charles Babbage pays $5 million.",
    )
    three = piece("c", NOW + hours(2), text="They say Babbage pays $5 million.")
    pieces = {p.article: p for p in told(three, two, one).pieces}
    assert (pieces["a"].names, pieces["a"].figures) == ((), ())
    assert pieces["b"].names == ("Charles Babbage",)
    assert pieces["b"].figures == ("$5 million",)
    assert (pieces["c"].names, pieces["c"].figures) == ((), ())


def test_a_copy_adds_nothing_and_says_whose_it_is():
    one = piece("a", NOW, text="On Friday Ada Byron spoke.")
    two = piece("b", NOW + hours(1), text="On Friday Charles Babbage spoke.")
    copy = Copy(
        article=two.id, original=one.id, source="a.example", kind=CopyKind.REPRINT
    )
    found = timeline.timeline(judged(one, two, copies=(copy,))).pieces[1]
    assert (found.names, found.copy_of) == ((), "a")


# --- what changed --------------------------------------------------------------------


def changes(
    past: Past, *members: Article
) -> list[tuple[ChangeKind, str | None, datetime]]:
    found = told(*(members or (piece("a", NOW),)), past=past).changes
    return [(one.kind, one.article, one.at) for one in found]


def test_another_headline_is_told_with_the_one_before():
    one = piece("a", NOW)
    versions = (version(1, "Old", NOW), version(2, "New", NOW + hours(1)))
    (change,) = told(one, past=Past(versions=((one.id, versions),))).changes
    assert change.kind is ChangeKind.HEADLINE
    assert (change.before, change.now) == ("Old", "New")
    assert change.at == NOW + hours(1)


def test_an_edit_that_two_feeds_list_is_told_once_when_first_seen():
    one = piece("a", NOW)
    late = (version(1, "Old", NOW), version(2, "New", NOW + hours(2)))
    soon = (version(1, "Old", NOW), version(2, "New", NOW + hours(1)))
    past = Past(versions=((one.id, late), (one.id, soon)))
    assert changes(past, one) == [(ChangeKind.HEADLINE, "a", NOW + hours(1))]


def test_other_words_below_the_same_headline_are_a_change_of_text():
    one = piece("a", NOW)
    versions = (version(1, "T", NOW, "a"), version(2, "T", NOW + hours(1), "b"))
    past = Past(versions=((one.id, versions),))
    assert changes(past, one) == [(ChangeKind.TEXT, "a", NOW + hours(1))]


def test_a_correction_that_a_feed_brings_is_told_when_it_was_seen():
    one = piece("a", NOW)
    note = "Correction: the sum was wrong."
    versions = (version(1, "T", NOW, "a"), version(2, "T", NOW + hours(1), note))
    past = Past(versions=((one.id, versions),))
    assert changes(past, one) == [(ChangeKind.CORRECTION, "a", NOW + hours(1))]


def test_a_correction_in_an_article_is_told_at_its_last_update():
    note = "Correction: An earlier version gave a wrong date."
    one = piece("a", NOW, text=f"What happened.\n\n{note}", updated_at=NOW + hours(3))
    (change,) = told(one).changes
    assert (change.kind, change.at, change.now) == (
        ChangeKind.CORRECTION,
        NOW + hours(3),
        note,
    )


def test_a_page_that_is_gone_is_a_withdrawal_where_there_was_one():
    past = Past(losses=((piece("a", NOW).id, NOW, "the page answered 410"),))
    assert changes(past) == [(ChangeKind.WITHDRAWN, "a", NOW)]
    assert changes(past, piece("a", NOW, page_read=False)) == []


def test_events_of_the_story_stand_in_its_timeline():
    event = StoryEvent(story=StoryId("s1"), at=NOW, kind="lead", why="it is better")
    odd = replace(event, kind="something new")
    assert changes(Past(events=(event, odd))) == [(ChangeKind.LEAD, None, NOW)]


def test_what_is_said_of_articles_elsewhere_is_left_out():
    elsewhere = piece("z", NOW).id
    versions = (version(1, "Old", NOW), version(2, "New", NOW))
    past = Past(versions=((elsewhere, versions),), losses=((elsewhere, NOW, "gone"),))
    assert changes(past) == []


def test_the_order_of_members_makes_no_difference():
    members = [piece(name, NOW + n * MINUTE) for n, name in enumerate("abcd")]
    assert told(*members) == told(*reversed(members))


@pytest.mark.parametrize(
    ("stage", "kind", "is_final", "is_gone"),
    [
        ("fetch", "http 410", True, True),
        ("fetch", "http 404", True, True),
        ("fetch", "http 403", True, False),
        ("fetch", "http 404", False, False),
        ("read", "http 404", True, False),
    ],
)
def test_only_a_page_that_is_gone_for_good_is_withdrawn(
    stage: str, kind: str, is_final: bool, is_gone: bool
):
    failed = Failed(
        stage=stage, key="a", subject="a", reason="", kind=kind, is_final=is_final
    )
    assert timeline.is_withdrawal(failed) is is_gone
