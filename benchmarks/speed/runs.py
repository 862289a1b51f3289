"""What a run costs once the desk is full: with a hundred new articles, and with none.

    python benchmarks/speed/runs.py [--sizes N …] [--new N] [--profile STEP] [--json]

For each size a site of its own is filled with made-up agency news (`synthetic_news`)
through the real store and the real path; nothing is fetched, and the articles lie in the
store as if their pages had just been read. Then come a run with `--new` articles, one
without, both again by a process that remembers nothing of the runs before, and seconds of
CPU time of each. `grouping` is the part of it that groups and judges; the rest publishes.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from synthetic_news import Newsroom

import makers
from fakes import FakeFetcher
from newsdesk import pipeline, wiring
from newsdesk.model.article import Article
from newsdesk.model.site import Site

SIZES = (1_000, 10_000)
NEW = 100
DAYS = 4
MINUTE = timedelta(minutes=1)


class Watch:
    """A progress that notes what CPU time each stage took."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._began: dict[str, float] = {}

    def start(self, stage: str, total: int | None = None) -> None:
        self._began[stage] = time.process_time()

    def advance(self, stage: str, count: int = 1) -> None:
        pass

    def end(self, stage: str, summary: str) -> None:
        self.took[stage] = time.process_time() - self._began[stage]


class Desk:
    """A site in a folder, and the runs of one process."""

    def __init__(self, folder: Path, profile: str | None) -> None:
        folder.mkdir(exist_ok=True)
        made = makers.site(sources=())
        self.site: Site = replace(
            made,
            folder=folder,
            output=replace(made.output, picture_widths=()),
        )
        self._profile = profile

    def runs(
        self, now: datetime, *batches: tuple[str, list[Article]]
    ) -> dict[str, Any]:
        """The runs of one process, by name, a minute apart."""
        found: dict[str, Any] = {}
        with wiring.ports(
            self.site, FakeFetcher({}), Watch(), clock=lambda: now, workers=1
        ) as ports:
            for at, (name, articles) in enumerate(batches):
                ports.store.save_articles(articles)
                watch = Watch()
                with profiled(name == self._profile):
                    began = time.process_time()
                    report = pipeline.run(
                        self.site,
                        replace(ports, progress=watch),
                        now + at * MINUTE,
                        may_rest=True,
                    )
                    whole = time.process_time() - began
                found[name] = {
                    "seconds": round(whole, 3),
                    "grouping": round(watch.took.get("stories", 0.0), 3),
                    "changed": dict(report.counts).get("stories changed", 0),
                }
        return found


def profiled(is_wanted: bool) -> Any:
    return Profiling() if is_wanted else nullcontext()


class Profiling(cProfile.Profile):
    """A profile that prints itself."""

    def __exit__(self, *told: object) -> None:
        super().__exit__(*told)
        pstats.Stats(self, stream=sys.stderr).sort_stats("cumulative").print_stats(45)


def batches(room: Newsroom, count: int) -> list[Article]:
    return [made.article for made in room.articles(count)]


def measure(size: int, new: int, profile: str | None) -> dict[str, Any]:
    room = Newsroom(1, size // DAYS)
    past = batches(room, size)
    later = [batches(room, new) for _ in range(2)]
    now = past[-1].first_seen_at + timedelta(minutes=5)
    later = [
        [in_time(a, now + at * MINUTE) for a in one] for at, one in enumerate(later)
    ]
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "site", profile)
        found = desk.runs(
            now, ("fill", past), ("new", later[0]), ("none", []), ("none again", [])
        )
        past.clear()
        found |= desk.runs(
            now + 5 * MINUTE, ("afresh: none", []), ("afresh: new", later[1])
        )
    fill = found["fill"]["seconds"]
    for one in found.values():
        one["of the fill"] = round(one["seconds"] / fill, 5)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"window": size, "runs": found, "peak_mb": round(peak)}


def in_time(article: Article, now: datetime) -> Article:
    reading = replace(article.reading, published_at=now)
    return replace(article, reading=reading, first_seen_at=now)


def rows(given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    if len(given.sizes) == 1:
        yield measure(given.sizes[0], given.new, given.profile)
        return
    for size in sorted(given.sizes):  # in a process of its own, for its memory
        words = [
            sys.executable,
            __file__,
            "--sizes",
            size,
            "--new",
            given.new,
            "--json",
        ]
        done = subprocess.run(map(str, words), stdout=subprocess.PIPE, check=True)
        yield json.loads(done.stdout)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--new", type=int, default=NEW)
    parser.add_argument("--profile", help="show where the time of this run goes")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.json:
        print(json.dumps(list(rows(given))))
        return
    for row in rows(given):
        print(f"{row['window']} articles in the window, {row['peak_mb']} MB")
        for name, run in row["runs"].items():
            told = "  ".join(f"{key} {value}" for key, value in run.items())
            print(f"  {name:<14}{told}")


if __name__ == "__main__":
    main()
