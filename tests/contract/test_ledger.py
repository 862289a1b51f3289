"""What every ledger does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import samples
from fakes import NOW, FakeLedger
from newsdesk.model.ports import Ledger
from newsdesk.store import open_store

STARTED = NOW + timedelta(seconds=1)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["fake", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    if request.param == "fake":
        yield FakeLedger()
        return
    with open_store(tmp_path) as opened:
        yield opened.ledger


def test_a_run_is_kept_with_its_counts_in_order(ledger: Ledger) -> None:
    run = ledger.begin(NOW, STARTED)
    ledger.count(run, [("polled", 3), ("entries", 10)])
    ledger.count(run, [("polled", 4), ("articles", 2)])
    ledger.finish(run, "done", LATER)
    (summary,) = ledger.runs(10)
    assert summary.counts == (("polled", 4), ("entries", 10), ("articles", 2))
    assert (summary.now, summary.started_at, summary.ended_at, summary.state) == (
        *(NOW, STARTED, LATER),
        "done",
    )


def test_a_run_left_open_is_marked_crashed_by_the_next(ledger: Ledger) -> None:
    first = ledger.begin(NOW, STARTED)
    second = ledger.begin(LATER, LATER)
    assert second > first
    assert [run.state for run in ledger.runs(10)] == ["running", "crashed"]
    assert ledger.runs(1)[0].id == second


def test_a_run_that_was_stopped_stays_stopped(ledger: Ledger) -> None:
    ledger.finish(ledger.begin(NOW, STARTED), "stopped", LATER)
    ledger.begin(LATER, LATER)
    assert ledger.runs(2)[1].state == "stopped"


def test_a_failure_is_replaced_by_the_next_of_its_stage_and_key(ledger: Ledger) -> None:
    run = ledger.begin(NOW, STARTED)
    ledger.record(run, [samples.failed("a"), samples.failed("b")], NOW)
    again = samples.failed("a", kind="timeout")
    ledger.record(run, [samples.failed("a"), again], LATER)
    assert ledger.failures() == ((again, LATER), (samples.failed("b"), NOW))


def test_a_failure_is_cleared_for_its_stage_only(ledger: Ledger) -> None:
    run = ledger.begin(NOW, STARTED)
    picture = samples.failed("a", stage="picture")
    ledger.record(run, [samples.failed("a"), picture], NOW)
    ledger.clear("fetch", ["a", "unknown"])
    ledger.clear("picture", [])
    assert ledger.failures() == ((picture, NOW),)


def test_a_key_need_not_be_unicode(ledger: Ledger) -> None:
    odd = samples.failed("_news/\udcff.md")
    ledger.record(ledger.begin(NOW, STARTED), [odd], NOW)
    assert ledger.failures() == ((odd, NOW),)
    ledger.clear("fetch", [odd.key])
    assert ledger.failures() == ()
