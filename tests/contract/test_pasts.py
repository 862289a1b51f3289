"""What a store knows of the past of stories, and of challenges to their leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import samples
from fakes import NOW, FakeStore
from newsdesk.model.feed import Change, Version
from newsdesk.model.ports import Store
from newsdesk.model.run import Failed
from newsdesk.model.story import Contribution, Past, StoryEvent, StoryId
from newsdesk.store import open_store

LONG_AGO = NOW - timedelta(days=30)
S, T = StoryId("s"), StoryId("t")


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    with open_store(tmp_path) as opened:
        yield opened.store


def with_versions(store: Store, of: str) -> tuple[Version, ...]:
    """An article whose entry was listed with other words."""
    candidate = samples.candidate(of)
    store.admit([candidate], [(candidate.entry.id, candidate.id)])
    store.save_articles([samples.article(of)])
    kept = tuple(samples.version(candidate.entry.id, n) for n in (1, 2))
    change = Change(entry=candidate.entry, versions=kept)
    store.save_polls([replace(samples.poll("wire"), changes=(change,))])
    return kept


def test_a_story_has_its_events_and_the_versions_of_its_articles(store: Store) -> None:
    kept = with_versions(store, "x")
    with_versions(store, "elsewhere")
    event = StoryEvent(story=S, at=NOW, kind="lead", why="it is better")
    other = StoryEvent(story=T, at=NOW, kind="lead", why="it is better")
    gone = replace(samples.story("t"), merged_into="s")
    store.save_stories([samples.story("s", "x"), gone], [], [], [event, other])
    assert store.pasts([S, StoryId("nothing")]) == {
        S: Past(events=(event, other), versions=(("x", kept),))
    }


def test_a_story_without_a_past_is_left_out(store: Store) -> None:
    store.save_articles([samples.article("x")])
    store.save_stories([samples.story("s", "x")], [], [])
    assert store.pasts([S]) == {}
    assert store.pasts([]) == {}


def test_a_challenge_comes_back(store: Store) -> None:
    known = replace(samples.story("s", "x"), challenger="x", challenged_at=NOW)
    store.save_stories([known], [], [])
    assert store.stories(LONG_AGO) == (known,)
    store.save_stories([replace(known, challenger=None, challenged_at=None)], [], [])
    assert store.stories(LONG_AGO) == (samples.story("s", "x"),)


def test_what_members_brought_comes_back_with_the_story(store: Store) -> None:
    lead, other = samples.article("x"), samples.article("y")
    store.save_articles([lead, other])
    judged = replace(
        samples.judged(samples.story("s", "x", "y", lead="x"), lead, other),
        also_in=((lead.id, (other.id,)),),
        contributions=(
            Contribution(
                article=other.id, names=("Ada Byron",), correction="It was 2."
            ),
        ),
    )
    store.save_stories([], [], [judged])
    store.save_records([samples.published("p", judged)])
    assert store.records()[0].story == judged


def test_pages_that_are_gone_for_good_are_losses(tmp_path: Path) -> None:
    def failed(of: str, kind: str, *, is_final: bool = True) -> Failed:
        return Failed(
            stage="fetch",
            key=of,
            subject=of,
            reason=f"the page answered {kind[-3:]}",
            kind=kind,
            is_final=is_final,
        )

    with open_store(tmp_path) as opened:
        members = [samples.article(of) for of in "xyz"]
        opened.store.save_articles(members)
        opened.store.save_stories([samples.story("s", *"xyz")], [], [])
        run = opened.ledger.begin(NOW, NOW)
        passing = failed("z", "http 404", is_final=False)
        failures = [failed("x", "http 410"), failed("y", "http 403"), passing]
        opened.ledger.record(run, failures, NOW)
        losses = (("x", NOW, "the page answered 410"),)
        assert opened.store.pasts([S]) == {S: Past(losses=losses)}
