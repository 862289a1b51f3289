"""What editors and rules say that readers see, through the whole path and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desks import Desk, page
from makers import NOW, hours
from newsdesk.model.site import Rules, Topic
from newsdesk.model.story import JudgedStory
from newsdesk.store import open_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path) as opened:
        made = Desk(opened)
        made.run()
        yield made


def rules(desk: Desk, **given: object) -> None:
    desk.site = replace(desk.site, rules=Rules(**({"threshold": 20} | given)))


def judged(desk: Desk, name: str) -> JudgedStory:
    found = desk.opened.archive.find_story(f"https://{name}.example/news")
    assert found is not None
    return found


def front(desk: Desk) -> list[str]:
    """Names of the events on the front page, in order."""
    page = desk.public.files["index.html"].decode()
    at = {name: page.find(desk.record(name)[6:-3]) for name in ("court", "flood")}
    return sorted((name for name in at if at[name] >= 0), key=lambda name: at[name])


def test_what_is_held_is_not_shown_until_that_is_over_and_every_run_heeds_it(desk):
    court, flood = desk.record("court"), desk.record("flood")
    desk.say("hold", desk.story("court"), expires_at=NOW + hours(2))
    desk.run()
    desk.run(1)
    assert desk.shown() == [flood]
    verdict = judged(desk, "court").verdict
    assert verdict.reason == "held by Ada, until 2026-02-19 08:00 UTC: It is so"
    assert (verdict.state, verdict.rule) == ("held", "decision")
    assert b"Orbane" not in desk.public.files["index.html"]
    desk.run(2)
    assert desk.shown() == [flood, court]
    assert judged(desk, "court").ruling is None


def test_what_no_rule_lets_pass_is_published_by_an_editor(desk):
    rules(desk, threshold=100)
    desk.run()
    assert desk.shown() == []
    desk.say("approve", desk.story("court"))
    desk.run()
    assert desk.shown() == [desk.record("court")]
    events = {one.kind: one.why for one in desk.opened.archive.find_events(
        desk.story("court")
    )}  # fmt: skip
    assert events["approve"] == "Ada: It is so."


def test_what_is_rejected_is_not_even_a_miss(desk):
    rules(desk, threshold=100)
    desk.say("reject", desk.story("court"))
    desk.run()
    page = desk.public.files["index.html"].decode()
    assert "Flood on the river" in page
    assert "Orbane" not in page
    assert b"\nheat: -1\n" in desk.content.files[desk.record("court")]


def test_a_pin_stands_first_and_leaves_when_it_is_over(desk):
    assert front(desk) == ["flood", "court"]
    desk.say("pin", desk.story("court"), expires_at=NOW + hours(2))
    desk.run()
    assert front(desk) == ["court", "flood"]
    desk.run(2)
    assert front(desk) == ["flood", "court"]


def test_an_expired_story_leaves_the_front_page_and_keeps_its_own(desk):
    desk.say("expire", desk.story("flood"))
    desk.run()
    assert front(desk) == ["court"]
    record = desk.content.files[desk.record("flood")]
    assert b"\npublished: true\nheat" not in record
    assert b"\nheat: -1\npublished: true\n" in record
    assert desk.page(desk.record("flood")).css_first("h1") is not None


def test_an_edited_headline_is_shown_and_the_outlets_own_is_kept(desk):
    path = desk.record("court")
    desk.say("edit", desk.story("court"), title="Orbane must  pay", excerpt="A fine.")
    desk.run()
    record = desk.content.files[path].decode()
    assert 'title: "Orbane must pay"' in record
    assert 'excerpt: "A fine."' in record
    assert "Orbane must pay" in desk.page(path).text()
    told = desk.page(path).css_first("#changes").text()
    assert "The outlet's own headline: “Court fines chipmaker Orbane" in told


def test_a_topic_that_an_editor_gives_makes_a_story_part_of_the_site(desk):
    desk.site = replace(desk.site, topics=(Topic(id="law", name="Law"),))
    desk.run()
    assert judged(desk, "court").verdict.rule == "only_on_topic"
    desk.say("topic", desk.story("court"), add=("law",))
    desk.run()
    assert desk.shown() == [desk.record("court")]
    assert b"\n  - Law\n" in desk.content.files[desk.record("court")]
    desk.run()
    assert b"\n  - Law\n" in desk.content.files[desk.record("court")]


def test_a_decision_about_nothing_is_told_of(desk):
    desk.say("hold", "s0000")
    desk.run()
    (trouble,) = [f for f, _ in desk.opened.ledger.failures() if f.stage == "decide"]
    assert trouble.reason.startswith("there is no story s0000")


def test_an_embargo_of_a_domain_ends_by_the_clock_without_news(desk):
    until = NOW + hours(3)
    rules(desk, embargoes=(("court.example", until),))
    desk.run()
    assert desk.shown() == [desk.record("flood")]
    assert judged(desk, "court").verdict.is_confidential
    desk.run(3)
    assert desk.shown() == [desk.record("flood"), desk.record("court")]


def test_an_outlet_that_is_blocked_later_is_shown_no_longer(desk):
    rules(desk, blocked=("court.example",))
    desk.run()
    assert desk.shown() == [desk.record("flood")]
    record = desk.content.files[desk.record("court")]
    assert b"\nheat: -1\npublished: false\n" in record


def test_a_full_day_holds_what_comes_last_and_keeps_what_readers_see(desk):
    desk.site = replace(desk.site, topics=(Topic(id="all", name="All"),))
    desk.say("topic", desk.story("court"), add=("all",))
    rules(desk, topic_a_day=(("all", 1),))
    desk.run()
    assert desk.shown() == [desk.record("court")]
    desk.say("topic", desk.story("flood"), add=("all",))
    desk.run()
    assert desk.shown() == [desk.record("court")]
    verdict = judged(desk, "flood").verdict
    assert verdict.reason == "all has 1 stories of 2026-02-19 already, the most a day"
    desk.say("reject", desk.story("court"))
    desk.run()
    assert desk.shown() == [desk.record("flood")]


def test_a_settled_story_stays_as_it_was_judged(desk):
    before = judged(desk, "court")
    files = dict(desk.content.files)
    rules(desk, threshold=100, half_life_h=1.0)
    desk.fetcher.answers["https://late.example/feed"] = (
        desk.fetcher.answers["https://court.example/feed"]
        .replace(b"court.example", b"late.example")
        .replace(b"19 Feb 2026 03", b"23 Feb 2026 12")
        .replace(b"Court fines chipmaker Orbane over export licences", b"A cat sleeps")
    )
    desk.fetcher.answers["https://late.example/news"] = page(
        "A cat sleeps", "The cat of the harbour slept all day, the harbour said. "
    )
    desk.site = replace(
        desk.site,
        sources=(*desk.site.sources, replace(
            desk.site.sources[0], id="late", url="https://late.example/feed"
        )),
    )  # fmt: skip
    desk.run(110)
    assert judged(desk, "court") == before
    assert desk.content.files[desk.record("court")] == files[desk.record("court")]
    desk.say("hold", desk.story("court"))
    desk.run(111)
    assert judged(desk, "court").verdict.rule == "decision"


def test_visits_warm_the_front_page_and_rewrite_no_record(desk):
    rules(desk, count_visits=True)
    desk.run()
    files = dict(desk.content.files)
    assert front(desk) == ["flood", "court"]
    hour = NOW - timedelta(hours=1)
    desk.opened.store.add_visits({(desk.record("court"), hour): 400})
    desk.run(1)
    assert front(desk) == ["court", "flood"]
    assert desk.content.files == files
    rules(desk)
    desk.run(1)
    assert front(desk) == ["flood", "court"]
