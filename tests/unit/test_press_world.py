"""The simulated world: repeatable, truthful, and fit to be read."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newsdesk.press import World, build_world, demo_site
from newsdesk.press.answers import answer
from newsdesk.press.dice import Dice
from newsdesk.press.phrasebook import read_scripts, scripts
from newsdesk.press.pictures import logo_bytes, picture_bytes
from newsdesk.press.records import Article, ArticleKind, Dialect, Event, Markup
from newsdesk.press.wording import Firm, Person, Wording, roll

START = datetime(2026, 2, 16, tzinfo=UTC)
WORLD = build_world(3, start=START)


def _texts(world: World) -> list[str]:
    return [
        text
        for article in world.articles
        for text in (article.title, article.deck, *article.paragraphs)
    ]


def test_the_same_seed_gives_the_same_world() -> None:
    again = build_world(3, start=START)
    assert json.dumps(again.truth()) == json.dumps(WORLD.truth())
    assert again.articles == WORLD.articles


def test_another_seed_gives_another_world() -> None:
    titles = {item.title for item in WORLD.articles}
    others = {item.title for item in build_world(4, start=START).articles}
    assert len(titles & others) < len(titles) / 2


def test_the_same_address_gives_the_same_bytes() -> None:
    again = build_world(3, start=START)
    for publisher in WORLD.publishers:
        for path in ("/", publisher.feed_path):
            first = answer(WORLD, WORLD.end, publisher.domain, path)
            assert first.status == 200
            assert first == answer(again, WORLD.end, publisher.domain, path)


def test_a_picture_and_a_logo_can_be_drawn_again() -> None:
    shown = next(item for item in WORLD.articles if item.picture)
    publisher = WORLD.publisher_of(shown)
    assert picture_bytes(shown, publisher) == picture_bytes(shown, publisher)
    assert logo_bytes(publisher, 50) != logo_bytes(WORLD.publishers[-1], 50)


def test_a_week_is_as_large_as_promised() -> None:
    covered = Counter(item.event for item in WORLD.articles if item.event)
    assert len(WORLD.publishers) >= 30
    assert 60 <= len(WORLD.events) <= 80
    assert 450 <= len(WORLD.articles) <= 700
    assert max(covered.values()) <= 16
    assert sum(1 for size in covered.values() if size >= 3) >= 25
    assert {item.dialect for item in WORLD.publishers} == set(Dialect)
    assert {item.kind for item in WORLD.articles} == set(ArticleKind)
    assert sum(1 for item in WORLD.publishers if item.news_sitemap) >= 2


def test_no_text_shows_its_seams() -> None:
    seams = re.compile(
        r"[{}\[\]]|\ba\(n\)|\b(\w+) \1\b(?! were)|,,|\.\.|[Tt]he the |, ?[.;]|  |^[a-z]"
        r"| a [aeio]\w+ | an [bcdfgjklmnpqrstvwxz]\w+ "
    )
    for text in _texts(WORLD):
        assert not seams.search(text), text


def test_texts_have_the_length_of_news() -> None:
    covering = [item for item in WORLD.articles if item.event]
    words = [sum(len(p.split()) for p in item.paragraphs) for item in covering]
    assert min(words) > 60
    assert max(words) <= 900
    assert sorted(words)[len(words) // 2] >= 150


def test_outlets_choose_different_headlines_for_one_event() -> None:
    for event in WORLD.events:
        titles = [
            item.title
            for item in WORLD.articles
            if item.event == event.id and item.copied_from is None
        ]
        assert len(set(titles)) == len(titles), titles


def test_coverage_of_an_event_shares_its_names() -> None:
    for event in WORLD.events:
        about = [item for item in WORLD.articles if item.event == event.id]
        for item in about:
            text = " ".join((item.title, item.deck, *item.paragraphs))
            assert any(name in text for name in event.names), (event, item.title)


def test_the_truth_is_consistent() -> None:
    by_id = {item.id: item for item in WORLD.articles}
    events = {item.id: item for item in WORLD.events}
    topics = {item.id for item in WORLD.topics}
    assert len(by_id) == len(WORLD.articles)
    assert len(WORLD.article_at) == len(WORLD.articles)
    for item in WORLD.articles:
        assert START <= item.listed_at < WORLD.end
        assert set(item.topics) <= topics
        assert (item.kind is ArticleKind.OLD) is (item.published_at < item.listed_at)
        if item.event:
            happened_at = events[item.event].happened_at
            assert item.published_at >= happened_at.replace(microsecond=0)
            assert item.topics == events[item.event].topics
        if item.copied_from:
            _check_copy(item, by_id[item.copied_from])


def _check_copy(copy: Article, original: Article) -> None:
    assert copy.published_at > original.published_at
    assert copy.event == original.event
    assert copy.publisher != original.publisher
    kept = [text.split(") – ")[-1] for text in copy.paragraphs]
    theirs = [text.split(") – ")[-1] for text in original.paragraphs]
    start = 1 if copy.copied_how == "edited" else 0
    assert kept[start:] == theirs[start : len(kept)]
    assert (copy.copied_how == "whole") <= (len(kept) == len(theirs))
    if copy.credit:
        assert copy.credit in {item.name for item in WORLD.publishers}
        assert not copy.authors


def test_copies_are_whole_cut_and_edited_with_a_credit_or_without() -> None:
    copies = [item for item in WORLD.articles if item.copied_from]
    agencies = [item for item in copies if item.kind is ArticleKind.COPY]
    releases = [item for item in copies if item.kind is ArticleKind.RELEASE]
    assert {item.copied_how for item in copies} == {"whole", "cut", "edited"}
    assert any(item.credit for item in agencies)
    assert any(item.credit is None for item in agencies)
    assert len(releases) >= 3
    copied = {item.id for item in copies}
    assert any(item.copied_from in copied for item in copies)


def test_look_alikes_share_their_phrases_and_nobody_and_nothing_they_are_about() -> (
    None
):
    sets: dict[str, list[Event]] = {}
    for event in WORLD.events:
        if event.alike and event.happened_at >= START:
            sets.setdefault(event.alike, []).append(event)
    assert len(sets) >= 5
    assert all(len(events) >= 2 for events in sets.values())
    for one, *others in sets.values():
        for other in others:
            assert other.kind == one.kind
            assert not set(one.names) & set(other.names)
            gap = abs(other.happened_at - one.happened_at)
            assert gap < timedelta(days=5)
    quakes = next(events for events in sets.values() if events[0].kind == "quake")
    texts = [
        {
            re.sub(r"[^a-z ]", "", text)
            for item in WORLD.articles
            if item.event == event.id
            for paragraph in item.paragraphs
            for text in paragraph.split(". ")
        }
        for event in quakes
    ]
    assert texts[0] & texts[1]


def test_last_years_fair_comes_back_as_an_event_of_its_own() -> None:
    past = [event for event in WORLD.events if event.happened_at < START]
    assert past
    for event in past:
        articles = [item for item in WORLD.articles if item.event == event.id]
        assert [item.kind for item in articles] == [ArticleKind.OLD]
        now = next(e for e in WORLD.events if e.id == event.id.removesuffix("y"))
        assert event.names == now.names


def test_a_round_up_tells_of_several_events_and_belongs_to_none() -> None:
    digests = (ArticleKind.ROUND_UP, ArticleKind.LIVE_BLOG)
    events = {event.id for event in WORLD.events}
    for item in WORLD.articles:
        if item.kind in digests:
            assert item.event is None
            assert set(item.tells) <= events
            least = 4 if item.kind is ArticleKind.ROUND_UP else 1
            assert len(item.tells) >= least
        else:
            assert item.tells == ()


def test_a_live_blog_says_that_it_is_one() -> None:
    blogs = [i for i in WORLD.articles if i.kind is ArticleKind.LIVE_BLOG]
    assert blogs
    for item in blogs:
        page = answer(WORLD, WORLD.end, f"{item.publisher}.example", item.path)
        if Markup.JSON_LD in WORLD.publisher_of(item).markup:
            assert b'"@type": "LiveBlogPosting"' in page.body
        assert item.path.startswith("/live/")


def test_sequels_follow_an_earlier_event_about_the_same_company() -> None:
    events = {item.id: item for item in WORLD.events}
    sequels = [item for item in WORLD.events if item.follows]
    assert sequels
    for item in sequels:
        assert item.follows is not None
        before = events[item.follows]
        assert before.happened_at < item.happened_at
        assert set(before.names) & set(item.names)


def test_the_truth_is_plain_json() -> None:
    truth = WORLD.truth()
    assert json.loads(json.dumps(truth)) == truth
    listed = truth["articles"]
    assert isinstance(listed, list)
    assert listed[0]["canonical_url"] == WORLD.canonical_url(WORLD.articles[0])


def test_nights_and_weekends_are_quieter() -> None:
    hours = Counter(item.listed_at.hour for item in WORLD.articles)
    days = Counter(item.listed_at.weekday() for item in WORLD.articles)
    assert sum(hours[h] for h in range(8, 12)) > 2 * sum(hours[h] for h in range(4))
    assert (days[5] + days[6]) / 2 < sum(days[d] for d in range(5)) / 5


def test_a_correction_shows_from_its_time_on() -> None:
    item = next(item for item in WORLD.articles if item.changes)
    change = item.changes[0]
    host = WORLD.publisher_of(item).domain
    before = answer(WORLD, change.at - timedelta(seconds=1), host, item.path)
    after = answer(WORLD, change.at, host, item.path)
    assert change.note.encode() not in before.body
    assert change.note.encode() in after.body
    assert after.modified_at == change.at


def test_an_old_piece_is_there_before_it_is_listed_again() -> None:
    item = next(item for item in WORLD.articles if item.kind is ArticleKind.OLD)
    publisher = WORLD.publisher_of(item)
    earlier = item.listed_at - timedelta(seconds=1)
    assert answer(WORLD, earlier, publisher.domain, item.path).status == 200
    assert item not in WORLD.listed(publisher, earlier)
    assert item in WORLD.listed(publisher, item.listed_at)


def test_the_demo_site_has_every_feed_and_ordered_topics() -> None:
    site = demo_site(WORLD)
    feeds = {item.url for item in site.feeds}
    assert {item.feed_url for item in WORLD.publishers} <= feeds
    known: set[str | None] = {None}
    for topic in site.topics:
        assert topic.parent in known
        assert topic.keywords
        known.add(topic.id)


def test_a_world_refuses_a_naive_start_and_too_few_publishers() -> None:
    with pytest.raises(ValueError, match="time zone"):
        build_world(1, start=START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="at least"):
        build_world(1, start=START, publishers=3)


def test_a_world_may_start_at_any_hour_and_in_any_zone() -> None:
    noon = datetime(2026, 2, 16, 14, tzinfo=timezone(timedelta(hours=2)))
    world = build_world(1, start=noon, days=2)
    assert world.start == noon
    assert all(noon <= item.listed_at < world.end for item in world.articles)
    assert world.truth() == build_world(1, start=noon.astimezone(UTC), days=2).truth()


def test_no_rival_is_quoted_in_a_release() -> None:
    releases = [
        item
        for item in WORLD.articles
        if item.kind is ArticleKind.RELEASE and item.event
    ]
    assert releases
    for item in releases:
        assert not any("an analyst at" in text for text in item.paragraphs)


def test_a_person_is_introduced_once() -> None:
    facts = {"boss": Person(name="Ada Reed", role="head of Ord")}
    wording = Wording(facts, Dice(1))
    assert wording.say("{boss} said no.") == "Ada Reed, head of Ord, said no."
    assert wording.say("“No,” said {boss}.") == "“No,” said Reed."


def test_a_headline_names_a_company_plainly() -> None:
    facts = {"co": Firm(name="Ord", what="oven maker", city="Ley")}
    wording = Wording(facts, Dice(1), introduce=False)
    assert wording.say("{co} hires a(n) aide") == "Ord hires an aide"


def test_a_range_is_drawn_within_its_bounds_and_steps() -> None:
    drawn = {
        int(roll("{1,000..1,600/200}", Dice(n)).replace(",", "")) for n in range(90)
    }
    assert drawn == {1000, 1200, 1400, 1600}


def test_a_script_line_of_no_known_part_is_named() -> None:
    with pytest.raises(ValueError, match="odd line"):
        read_scripts("=== kind\nodd line\n")


def test_every_event_script_can_be_told_in_many_ways() -> None:
    told = [item for item in scripts() if item.role == "event"]
    assert len(told) >= 25
    for script in told:
        assert len(script.headlines) >= 5, script.kind
        assert len(script.leads) >= 3, script.kind
        assert len(script.details) >= 5, script.kind
        assert len(script.quotes) >= 2, script.kind
