"""Stories over simulated days: the same however many processes read, and whatever is cut
off and run again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from fakes import FakeProgress, reply
from newsdesk import pipeline, press, steps, wiring
from newsdesk.cli import showing
from newsdesk.model.feed import Reply, Request
from newsdesk.model.site import Site
from newsdesk.press.answers import answer
from newsdesk.run.local import SerialRunner

WORLD = press.build_world(5, start=showing.START, days=2, publishers=12)
STEP = timedelta(hours=9)
PASSES = 3
DISTURBED = 2
"""The pass that is cut off: there are stories already, and they grow."""

Rows = dict[str, list[dict[str, Any]]]

pytestmark = pytest.mark.slow


class Press:
    """A `Fetcher` that asks the simulated press without a network."""

    def __init__(self, clock: list[datetime]) -> None:
        self._clock = clock

    def fetch(self, requests: Iterable[Request]) -> Iterator[Reply]:
        for request in requests:
            yield self._answer(request)

    def close(self) -> None:
        pass

    def _answer(self, request: Request) -> Reply:
        url = request.url
        if "/media/" in url or "logo" in url:
            # Drawing takes longer than all the rest, and no story depends on it.
            return reply(request, status=404, fetched_at=self._clock[0])
        for _ in range(5):
            parts = urlsplit(url)
            found = answer(WORLD, self._clock[0], parts.netloc, parts.path)
            if not found.location:
                break
            url = found.location
        given = reply(
            request,
            status=found.status,
            body=found.body,
            headers=(("content-type", found.content_type),),
            fetched_at=self._clock[0],
        )
        return replace(given, final_url=url)


class CutOffError(BaseException):
    """What a kill looks like from within."""


class Dying:
    """A store that is cut off once it has kept something for the n-th time."""

    def __init__(self, store: Any, lives: int) -> None:
        self._store = store
        self.lives = lives

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        is_write = name.startswith(("save", "admit", "sync"))
        return self._dying(method) if is_write else method

    def _dying(self, method: Any) -> Any:
        def kept(*given: Any, **named: Any) -> Any:
            result = method(*given, **named)
            self.lives -= 1
            if self.lives == 0:
                raise CutOffError
            return result

        return kept


@dataclass(frozen=True)
class Outcome:
    """All that passes leave behind."""

    rows: Rows
    files: dict[str, bytes]


def at(number: int) -> datetime:
    return showing.START + (number + 1) * STEP


@contextmanager
def opened(site: Site, clock: list[datetime], workers: int) -> Iterator[steps.Ports]:
    with wiring.ports(
        site, Press(clock), FakeProgress(), clock=lambda: clock[0], workers=workers or 1
    ) as ports:
        yield ports if workers else replace(ports, runner=SerialRunner())


def run(folder: Path, numbers: Iterable[int], workers: int = 0) -> Outcome:
    site = showing.demo_site(WORLD, folder)
    clock = [showing.START]
    with opened(site, clock, workers) as ports:
        for number in numbers:
            clock[0] = at(number)
            pipeline.run(site, ports, at(number))
        rows = ports.store.dump()
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "content").rglob("*"))
        if path.is_file()
    }
    return Outcome(rows, files)


def cut_off(folder: Path, number: int, lives: int) -> bool:
    """Run a pass until the store has kept something so often; whether it came to that."""
    site = showing.demo_site(WORLD, folder)
    with opened(site, [at(number)], 0) as ports:
        dying = replace(ports, store=Dying(ports.store, lives))
        try:
            pipeline.run(site, dying, at(number))
        except CutOffError:
            return True
    return False


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "site"
    run(folder, range(DISTURBED))
    return folder


@pytest.fixture(scope="module")
def undisturbed(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("undisturbed") / "site"
    shutil.copytree(begun, folder)
    return run(folder, range(DISTURBED, PASSES))


def test_days_of_news_make_stories_that_grow(undisturbed: Outcome) -> None:
    homes = [row["story_id"] for row in undisturbed.rows["members"]]
    sizes = sorted(homes.count(home) for home in set(homes))
    assert len(homes) > 30
    assert sizes[-1] >= 4
    assert any(path.startswith("content/_news/") for path in undisturbed.files)


@pytest.mark.parametrize("workers", [1, 3])
def test_more_processes_make_the_same_stories(
    undisturbed: Outcome, tmp_path: Path, workers: int
) -> None:
    assert run(tmp_path / "site", range(PASSES), workers) == undisturbed


def test_cut_off_after_any_write_and_run_again_ends_undisturbed(
    begun: Path, undisturbed: Outcome, tmp_path: Path
) -> None:
    lives = 1
    while True:
        folder = tmp_path / f"life-{lives}"
        shutil.copytree(begun, folder)
        if not cut_off(folder, DISTURBED, lives):
            break
        again = run(folder, range(DISTURBED, PASSES))
        assert again.files == undisturbed.files, f"cut off after write {lives}"
        assert again.rows == undisturbed.rows, f"cut off after write {lives}"
        lives += 1
    assert lives > 5
