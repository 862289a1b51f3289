"""What the page of one story shows: timeline, topics, shelves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import editions
from newsdesk.model.article import TopicHit
from newsdesk.model.feed import EntryId, Version
from newsdesk.model.site import Topic
from newsdesk.model.story import Copy, CopyKind, Past, Published
from newsdesk.render import html_shelves, html_story
from newsdesk.render.html_rows import Rows
from newsdesk.stages import timeline


def view(one: Published, past: Past = timeline.NO_PAST) -> html_story.StoryView:
    site = editions.site()
    if one.story is not None:
        one = replace(one, timeline=timeline.timeline(one.story, past))
    return html_story.view(one, site, Rows(site, editions.copies([one])))


def test_the_timeline_says_who_was_first_and_how_long_the_others_took():
    steps = view(editions.published(0)).timeline
    assert steps[0].note == "first"
    assert steps[0].outlet.name == "Signal & Noise"
    assert steps[1].note == "lead"
    assert steps[1].after == timedelta(minutes=52)
    assert sorted(one.at for one in steps) == [one.at for one in steps]


def test_who_knows_only_the_day_is_not_called_first():
    one = editions.published(18)
    assert one.story is not None
    lead = one.story.lead
    midnight = datetime(2026, 2, 18, tzinfo=UTC)
    reading = replace(lead.reading, published_at=midnight, published_has_time=False)
    dated = replace(one, story=replace(one.story, lead=replace(lead, reading=reading)))
    step = view(dated).timeline[0]
    assert not step.has_time
    assert step.note == "lead"


def test_copies_and_further_pieces_are_named_so():
    one = editions.published(0)
    assert one.story is not None
    first, second, *rest = one.story.related
    copy = Copy(
        article=first.id,
        original=one.story.lead.id,
        source=one.story.lead.provider.domain,
        kind=CopyKind.REPRINT,
    )
    story = replace(
        one.story, related=tuple(rest), more=(first, second), copies=(copy,)
    )
    notes = {
        step.outlet.name: step.note
        for step in view(replace(one, story=story)).timeline
        if step.outlet
    }
    assert notes[first.provider.name] == "reprint"
    assert notes[second.provider.name] == "first, further piece"


def test_the_timeline_of_an_adopted_record_comes_from_the_record():
    steps = view(editions.adopted()).timeline
    assert [(one.outlet.name, one.note) for one in steps] == [
        ("Notes", "first"),
        ("Lecture Hall", "lead"),
    ]
    assert steps[0].outlet.url is None


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("robot arm", "robot arm"),
        ("source", "everything from this source"),
        ("child: policy", "because of Law & Policy"),
        ("child: unheard-of", "because of unheard-of"),
    ],
)
def test_evidence_for_a_topic_is_told_in_words(evidence: str, words: str):
    one = editions.published(0)
    assert one.story is not None
    hit = TopicHit(topic="ai", strength=0.5, evidence=(evidence,))
    lead = replace(one.story.lead, topics=(hit,))
    about = view(replace(one, story=replace(one.story, lead=lead))).topics
    assert about[1].evidence == (words,)
    assert about[1].percent == 50


def test_each_score_is_shown_with_the_sum_of_its_parts():
    sums = view(editions.published(0)).sums
    assert [(one.name, one.total) for one in sums] == [
        ("Quality", 94.0),
        ("Heat", 97.0),
    ]


def test_topics_stand_below_the_topic_above_them():
    topics = (
        Topic(id="b", name="B", parent="A"),
        Topic(id="a", name="A"),
        Topic(id="c", name="C", parent="B"),
    )
    shelves = html_shelves.shelves(editions.site(topics=topics), ())
    assert [(one.topic.id, one.depth) for one in shelves] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
    ]


def test_no_topic_is_lost_where_parents_form_a_ring_or_are_unknown():
    topics = (
        Topic(id="a", name="A", parent="B"),
        Topic(id="b", name="B", parent="A"),
        Topic(id="c", name="C", parent="Nowhere"),
        Topic(id="d", name="D", parent="D"),
    )
    shelves = html_shelves.shelves(editions.site(topics=topics), ())
    assert sorted(one.topic.id for one in shelves) == ["a", "b", "c", "d"]


def test_days_hold_every_record_once_newest_first():
    records = editions.edition().records
    days = html_shelves.days(records)
    assert sum(len(day.records) for day in days) == len(records)
    assert [day.on for day in days] == sorted((day.on for day in days), reverse=True)
    assert sum(len(month.days) for month in html_shelves.months(days)) == len(days)


def test_changes_stand_between_the_pieces_at_their_time():
    one = editions.published(0)
    assert one.story is not None
    lead = one.story.lead
    old, new = (
        Version(
            entry_id=EntryId("e"),
            number=number,
            seen_at=lead.instant + timedelta(minutes=number),
            title=title,
            excerpt="",
            body_hash=title,
        )
        for number, title in ((1, "Old headline"), (2, "New headline"))
    )
    steps = view(one, Past(versions=((lead.id, (old, new)),))).timeline
    (change,) = [step for step in steps if step.happened]
    assert (change.before, change.told) == ("Old headline", "New headline")
    assert change.outlet is not None
    assert change.outlet.name == lead.provider.name
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_the_page_says_who_was_first_and_by_how_much():
    firsts = view(editions.published(0)).firsts
    assert firsts is not None
    assert (firsts.outlet.name, firsts.is_sure) == ("Signal & Noise", True)
    assert firsts.ahead == timedelta(minutes=52)
    assert view(editions.adopted()).firsts is None


def test_who_carries_the_same_text_stands_with_it():
    one = editions.published(0)
    assert one.story is not None
    first, *rest = one.story.related
    story = replace(
        one.story,
        related=tuple(rest),
        more=(first,),
        also_in=((one.story.lead.id, (first.id,)),),
    )
    lead, *others = view(replace(one, story=story)).coverage
    assert [outlet.name for outlet in lead.also] == [first.provider.name]
    assert all(not other.also for other in others)
