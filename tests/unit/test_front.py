"""What stands on the front page, in which order, and what came nearest to it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import editions
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.site import Output, Rules, Topic
from newsdesk.model.story import Objection, Published, Verdict
from newsdesk.stages import front

PINNED = Said(decision="d", kind="pin", by="Ada", at=editions.AS_OF, why="Matters.")


def story(place: int, *, pin: int = 0, domain: str = "", topics=("AI",)) -> Published:
    made = editions.published(place)
    assert made.story is not None
    ruling = Ruling(verdict=PINNED, place=pin) if pin else None
    provider = replace(made.record.provider, domain=domain or f"{place}.example")
    return replace(
        made,
        record=replace(made.record, provider=provider, topics=topics),
        story=replace(made.story, ruling=ruling),
    )


def shown(stories: list[Published], most: int = 30, **rules) -> list[Published]:
    site = editions.site(
        output=Output(front_stories=most),
        rules=Rules(**rules),
        topics=(Topic(id="ai", name="AI"),),
    )
    heat = {p.path: 50.0 - place for place, p in enumerate(stories)}
    pinned = [p for p in stories if front.is_pinned(p)]
    return [*front.front(stories, pinned, heat, site).shown]


def test_the_hottest_stand_first_and_the_page_has_an_end():
    stories = [story(n) for n in range(4)]
    assert shown(stories, most=3) == stories[:3]


def test_what_is_taken_out_of_the_ranking_is_not_shown():
    out = story(0)
    out = replace(out, record=replace(out.record, heat=-1))
    assert shown([out, story(1)]) == [story(1)]


def test_a_pin_has_the_place_that_it_was_given():
    a, b, c, d = story(0), story(1), story(2, pin=2), story(3, pin=1)
    assert shown([a, b, c, d]) == [d, c, a, b]


def test_a_pin_beyond_the_end_stands_last():
    a, b, c = story(0), story(1), story(2, pin=9)
    assert shown([a, b, c], most=2) == [a, c]


def test_a_provider_has_so_many_places_and_a_pin_takes_one():
    a, b, c = (story(n, domain="a.example") for n in range(3))
    d = story(3)
    assert shown([a, b, c, d], provider_on_front=2) == [a, b, d]
    pinned = story(4, pin=1, domain="a.example")
    assert shown([a, b, d, pinned], provider_on_front=2) == [pinned, a, d]


def test_a_topic_has_so_many_places():
    a, b, c = story(0), story(1), story(2, topics=())
    assert shown([a, b, c], topic_on_front=(("ai", 1),)) == [a, c]


def test_what_a_cap_keeps_off_is_told_with_the_cap():
    a, b = story(0, domain="a.example"), story(1, domain="a.example")
    site = editions.site(rules=Rules(provider_on_front=1))
    heat = {a.path: 2.0, b.path: 1.0}
    ((path, cap),) = front.front([a, b], [], heat, site).crowded_out
    assert (path, cap.rule) == (b.path, "provider_on_front")
    assert cap.why == "a.example leads 1 stories of the front page already, the most"


@given(st.permutations(range(5)), st.integers(0, 3))
def test_the_order_in_which_stories_come_makes_no_difference(order, cap):
    stories = [story(n, domain="ab"[n % 2], pin=(0, 0, 0, 2, 0)[n]) for n in range(5)]
    site = editions.site(rules=Rules(provider_on_front=cap))
    heat = {p.path: float(n // 2) for n, p in enumerate(stories)}
    pinned = [stories[3]]
    first = front.front(stories, pinned, heat, site)
    mixed = [stories[n] for n in order]
    assert front.front(mixed, pinned, heat, site) == first


def held(place: int, *gaps: float, quality: int = 60, **more) -> Published:
    made = editions.held(place)
    assert made.story is not None
    verdict = Verdict(
        is_published=False,
        threshold=70,
        reason="so",
        objections=tuple(Objection(rule="r", why="w", gap=gap) for gap in gaps),
        **more,
    )
    return replace(
        made,
        record=replace(made.record, quality=quality),
        story=replace(made.story, verdict=verdict),
    )


def test_the_nearest_misses_lack_least():
    far, near, middle = held(0, 0.5, 0.5), held(1, 0.02), held(2, 0.3)
    assert front.misses([far, near, middle]) == (near, middle, far)


def test_of_a_story_judged_by_older_rules_its_quality_says_how_near_it_came():
    old, newer = held(0, quality=69), held(1, 0.5)
    assert front.misses([newer, old]) == (old, newer)


def test_readers_do_not_hear_of_what_is_rejected_or_confidential():
    rejected = held(0, 0.1, is_rejected=True)
    secret = held(1, 0.1, is_confidential=True)
    published = story(3)
    assert front.misses([rejected, secret, published, held(2, 1.0)]) == (held(2, 1.0),)
