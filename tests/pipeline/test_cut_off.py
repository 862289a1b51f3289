"""A run that is cut off between what it judges and what it keeps of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desks import Desk
from newsdesk.model.story import Published
from newsdesk.store import open_store


class Killed(BaseException):
    """What a kill looks like from inside."""


class CutOff:
    """A store that is there until records are to be kept."""

    def __init__(self, store: object) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def save_records(self, records: Sequence[Published]) -> None:
        raise Killed


@pytest.mark.parametrize("hours", [0, 1])
def test_stories_judged_before_a_kill_get_their_records_in_the_next_run(
    tmp_path: Path, hours: int
) -> None:
    with open_store(tmp_path) as opened:
        made = Desk(replace(opened, store=CutOff(opened.store)))
        with pytest.raises(Killed):
            made.run()
        made.opened = opened
        made.run(hours)
        assert sorted(made.shown()) == sorted(map(made.record, ("court", "flood")))


def test_a_decision_heeded_before_a_kill_reaches_its_record_in_the_next_run(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as opened:
        made = Desk(opened)
        made.run()
        made.say("hold", made.story("court"))
        made.opened = replace(opened, store=CutOff(opened.store))
        with pytest.raises(Killed):
            made.run()
        made.opened = opened
        made.run()
        assert made.shown() == [made.record("flood")]
