"""What editors say, and what grouping and leads make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from makers import NOW, article, at, hours
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import decisions
from newsdesk.stages import stories as stage

COURT = "Court fines chipmaker Orbane over export licences for graphics processors"
QUAKE = "Strong earthquake shakes Valdoria, hundreds leave their homes in the capital"
COURTS = [
    article(f"c{n}", f"{n}.example", title=f"{COURT} {n}", text=COURT) for n in range(3)
]
QUAKES = [
    article(f"q{n}", f"{n}.example", title=f"{QUAKE} {n}", text=QUAKE) for n in range(3)
]
ALL = [*COURTS, *QUAKES]
LATER = NOW + hours(9)
"""When all that is said in these tests holds."""


def decision(kind: str, story: str, *, after: float = 0, **more) -> Decision:
    given = {
        "id": f"{kind}-{story}-{after}",
        "kind": DecisionKind(kind),
        "story": StoryId(story),
        "by": "Ada",
        "at": NOW + hours(after),
        "why": "It is so.",
    }
    return Decision(**(given | more))


def run(
    said, known: tuple[Story, ...] = (), articles=ALL, now: datetime = LATER
) -> tuple[Story, ...]:
    """Every story there is after a run that heeds what was said."""
    told = decisions.told(said, articles, known, now)
    assert told.troubles == ()
    made = stage.grouped(articles, known, story_hours=96, told=told.homes)
    there = {one.id: one for one in known} | {one.id: one for one in made.stories}
    return tuple(there[of] for of in sorted(there))


def alive(stories: tuple[Story, ...]) -> dict[str, set[str]]:
    return {one.id: set(one.members) for one in stories if one.is_alive}


@pytest.fixture
def known() -> tuple[Story, ...]:
    stories = run([])
    assert alive(stories) == {"sc0": {"c0", "c1", "c2"}, "sq0": {"q0", "q1", "q2"}}
    return stories


def test_merged_stories_are_one_under_the_id_that_the_editor_named(known):
    said = [decision("merge", "sq0", stories=(StoryId("sc0"),))]
    once = run(said, known)
    assert alive(once) == {"sq0": {"c0", "c1", "c2", "q0", "q1", "q2"}}
    assert run(said, once) == once


def test_what_was_split_off_is_a_story_of_its_own_and_stays_so(known):
    said = [decision("split", "sc0", articles=("c1", "c2"))]
    once = run(said, known)
    assert alive(once) == {
        "sc0": {"c0"},
        "sc1": {"c1", "c2"},
        "sq0": {"q0", "q1", "q2"},
    }
    assert run(said, once) == once
    late = at(article("c9", "9.example", title=f"{COURT} 9", text=COURT), 2)
    grown = alive(run(said, once, [*ALL, late]))
    assert sum("c9" in members for members in grown.values()) == 1
    assert "c0" in grown["sc0"]
    assert {"c1", "c2"} <= grown["sc1"]


def test_without_the_decision_the_next_news_puts_a_story_together_again(known):
    said = [decision("split", "sc0", articles=("c1", "c2"))]
    apart = run(said, known)
    late = at(article("c9", "9.example", title=f"{COURT} 9", text=COURT), 2)
    again = run([], apart, [*ALL, late])
    assert alive(again)["sc0"] == {"c0", "c1", "c2", "c9"}


def test_a_moved_article_is_where_the_editor_put_it(known):
    said = [decision("move", "sq0", articles=("c2",))]
    once = run(said, known)
    assert alive(once) == {"sc0": {"c0", "c1"}, "sq0": {"c2", "q0", "q1", "q2"}}
    assert run(said, once) == once


def test_an_article_may_be_given_by_its_address(known):
    said = [decision("move", "sq0", articles=("https://2.example/c2",))]
    assert "c2" in alive(run(said, known))["sq0"]


def test_of_two_decisions_the_later_one_holds_whatever_a_run_did_between(known):
    split = decision("split", "sc0", articles=("c1", "c2"))
    merge = decision("merge", "sc0", after=1, stories=(StoryId("sc1"),))
    apart = run([split], known)
    whole = run([split, merge], apart)
    assert alive(whole)["sc0"] == {"c0", "c1", "c2"}
    assert run([merge, split], whole) == whole
    there_and_back = [
        decision("move", "sq0", articles=("c2",)),
        decision("move", "sc0", after=1, articles=("c2",)),
    ]
    assert run(there_and_back, known) == known


def test_a_decision_about_a_merged_story_is_about_what_it_became(known):
    merge = decision("merge", "sc0", stories=(StoryId("sq0"),))
    merged = run([merge], known)
    late = at(article("x", "9.example", title="Something else", text="Altogether."), 2)
    more = run([merge], merged, [*ALL, late])
    said = [merge, decision("move", "sq0", articles=("x",), after=1)]
    assert "x" in alive(run(said, more, [*ALL, late]))["sc0"]


def test_a_decision_holds_from_when_it_says(known):
    move = decision("move", "sq0", articles=("c2",), after=1)
    assert run([move], known, now=NOW) == known
    assert "c2" in alive(run([move], known, now=NOW + hours(1)))["sq0"]


def test_a_decision_that_has_expired_is_not_heeded(known):
    over = decision("move", "sq0", articles=("c2",), expires_at=NOW + hours(1))
    assert alive(run([over], known, now=NOW))["sq0"] > {"c2"}
    assert run([over], known, now=NOW + hours(1)) == known


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (decision("move", "sx", articles=("c2",)), "there is no story sx"),
        (decision("move", "sq0", articles=("x",)), "x is no article in any recent"),
        (decision("merge", "sc0", stories=(StoryId("sx"),)), "there is no story sx"),
        (
            decision("split", "sc0", articles=("c0", "c1", "c2")),
            "nothing would be left",
        ),
    ],
)
def test_a_decision_about_what_nobody_knows_is_told_of_and_changes_nothing(
    known, said, reason
):
    told = decisions.told([said], ALL, known, NOW)
    (trouble,) = told.troubles
    assert reason in trouble.reason
    assert trouble.subject == f"{said.id}.yaml"
    assert stage.grouped(ALL, known, story_hours=96, told=told.homes).stories == ()


def test_a_frozen_story_changes_for_an_editor_only(known):
    late = at(article("c9", "9.example", title=f"{COURT} 9", text=COURT), 200)
    frozen = run([], known, [*ALL, late])
    assert alive(frozen)["sc0"] == {"c0", "c1", "c2"}
    assert alive(frozen)["sc9"] == {"c9"}
    said = [decision("move", "sc0", articles=("c9",))]
    moved = alive(run(said, frozen, [*ALL, late]))
    assert moved == {"sc0": {"c0", "c1", "c2", "c9"}, "sq0": {"q0", "q1", "q2"}}


def test_an_article_of_a_frozen_story_can_leave_it(known):
    said = [decision("move", "sq0", articles=("c2",))]
    late = at(
        article("x", "9.example", title="Something else", text="Altogether."), 200
    )
    moved = alive(run(said, known, [*ALL, late]))
    assert moved["sc0"] == {"c0", "c1"}
    assert moved["sq0"] == {"c2", "q0", "q1", "q2"}


def test_a_lead_is_told_by_the_latest_who_speaks_of_a_member(known):
    said = [
        decision("lead", "sc0", articles=("c1",)),
        decision("lead", "sc0", after=1, articles=("c2",)),
        decision("lead", "sc0", after=2, articles=("q0",)),
        decision("lead", "sx", after=3, articles=("q0",)),
    ]
    leads = decisions.leads(said, known, ALL, LATER)
    assert leads.by_story == {"sc0": "c2"}
    assert [one.reason.partition(";")[0] for one in leads.troubles] == [
        "q0 is no article of sc0, so it cannot lead it",
        "there is no story sx",
    ]


def test_stories_that_are_not_as_decided_are_asked_for_however_old(known):
    move = decision("move", "sq0", articles=("c2",))
    lead = decision("lead", "sc0", articles=("c1",))
    assert decisions.named([move], NOW) == {"sq0", "c2"}
    assert decisions.unmet([move], known, NOW) == {"sc0", "sq0"}
    assert decisions.unmet([move], run([move], known), NOW) == frozenset()
    assert decisions.unmet([lead], known, NOW) == {"sc0"}
    led = [replace(one, lead="c1") if one.id == "sc0" else one for one in known]
    assert decisions.unmet([lead], led, NOW) == frozenset()
