"""Which benchmark runs on which files of a data folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Bench:
    """One script and the files it wants."""

    name: str
    script: str
    words: tuple[str, ...]
    """Arguments; those that begin with `@` are paths below the data folder."""

    def command(self, data: Path) -> list[str]:
        words = [str(data / w[1:]) if w.startswith("@") else w for w in self.words]
        return [sys.executable, str(HERE / self.script), *words, "--json"]

    def missing(self, data: Path) -> list[str]:
        return [
            w[1:] for w in self.words if w[:1] == "@" and not (data / w[1:]).exists()
        ]


QUALITY = (
    Bench(
        "feeds",
        "quality/feeds.py",
        ("--cases", "@feeds/feedparser_cases.json.gz")
        + ("--inputs", "@feeds/feedparser_cases.tar.gz"),
    ),
    Bench("dates", "quality/feed_dates.py", ("@feeds/feedparser_dates.json.gz",)),
    Bench(
        "pages", "quality/pages.py", ("@web/pages.warc.gz", "@web/pages.gold.jsonl.gz")
    ),
    Bench(
        "stories",
        "quality/stories.py",
        ("@stories/allsides_triples_train.jsonl.gz", "@stories/googlenews_t.jsonl.gz")
        + ("@stories/wikinews.jsonl.gz",),
    ),
    Bench(
        "duplicates",
        "quality/duplicates.py",
        ("@duplicates/articles_1000.jsonl.gz", "@duplicates/truth_1000.jsonl.gz")
        + ("@duplicates/articles_2500.jsonl.gz", "@duplicates/truth_2500.jsonl.gz")
        + ("--press", "7", "8", "9"),
    ),
    Bench(
        "topics",
        "quality/topics.py",
        ("@topics/bbc.jsonl.gz",)
        + ("--topics", str(HERE / "quality/topics_files/bbc.yaml")),
    ),
    Bench(
        "topics-16",
        "quality/topics.py",
        ("@topics/bbc.jsonl.gz", "--shots", "16")
        + ("--topics", str(HERE / "quality/topics_files/bbc.yaml")),
    ),
    Bench("quality", "quality/quality.py", ()),
    Bench("press", "quality/press.py", ()),
)
SPEED = (
    Bench("feeds-speed", "speed/feeds.py", ("@web/feeds.warc.gz",)),
    Bench("stories-speed", "speed/stories.py", ()),
)


def results(benches: tuple[Bench, ...], data: Path) -> Iterator[tuple[str, Any]]:
    """Name and JSON result of each benchmark whose files are there."""
    for bench in benches:
        if missing := bench.missing(data):
            print(f"{bench.name}: left out, {data} has no {', '.join(missing)}")
            continue
        done = subprocess.run(
            bench.command(data), capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{bench.name} failed:\n{done.stderr}")
        yield bench.name, json.loads(done.stdout.splitlines()[-1])
