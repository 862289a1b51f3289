"""How well stories are grouped: runs the shipped settings over labelled sets.

    python benchmarks/quality/stories.py FILE… [--json] [--ignore-times]
    python benchmarks/quality/stories.py --pairs FILE [--json]
    python benchmarks/quality/stories.py --train FILE…

A set is JSON lines (gzip or not): id, title, text, story, and where given url,
published, source, lang. Times count where all articles have instants that are their own;
else, and with `--ignore-times`, every article counts as published at one instant, in the
order of a hash of its id. Prints BCubed and pairwise precision, recall and F1, adjusted
mutual information and the number of stories, for each file and as a mean; there is one
setting for all.

`--pairs`: pairs of articles with how like people found them, 1 (the same story) to 4.
All are grouped as one window; told is how many of the like and the unlike ended together.
`--train`: learns stages/same_story.toml from development windows cut out of the files,
and says how well each file's windows do with what the others teach.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stories_scores import adjusted_mutual_information, bcubed, f1, pairwise
from stories_sets import article, labelled, name_of, rows_of, trusted_times, windows
from stories_training import train

from newsdesk.model.article import Article
from newsdesk.stages import stories

SAME = 1.5
"""People's mean mark up to which two articles are of the same story."""
UNLIKE = 3.0
"""Mark from which they are not."""


def grouped(articles: Sequence[Article], same_story: float) -> dict[str, str]:
    """The story of each article, by the shipped settings."""
    found = stories.grouped(articles, (), story_hours=96, same_story=same_story).stories
    return {member: story.id for story in found for member in story.members}


def score(path: Path, same_story: float, ignore_times: bool) -> dict[str, float]:
    """The figures of one file."""
    rows = labelled(path)
    times = {} if ignore_times else trusted_times(rows)
    truth = {name_of(row): row["story"] for row in rows}
    articles = {name_of(row): article(row, times.get(name_of(row))) for row in rows}
    began = time.process_time()
    found = grouped(list(articles.values()), same_story)
    seconds = time.process_time() - began
    b, p = bcubed(truth, found), pairwise(truth, found)
    return {
        "articles": len(truth),
        "bcubed_precision": round(b[0], 4),
        "bcubed_recall": round(b[1], 4),
        "bcubed_f1": round(f1(*b), 4),
        "pairwise_precision": round(p[0], 4),
        "pairwise_recall": round(p[1], 4),
        "pairwise_f1": round(f1(*p), 4),
        "ami": round(adjusted_mutual_information(truth, found), 4),
        "stories_true": len(set(truth.values())),
        "stories_found": len(set(found.values())),
        "times_used": int(bool(times)),
        "articles_a_second": round(len(truth) / max(seconds, 1e-9)),
    }


def pairs(path: Path, same_story: float) -> dict[str, float]:
    """How many pairs of like and of unlike articles in one language ended together."""
    rows = [row for row in rows_of(path) if row.get("overall") is not None]
    rows = [row for row in rows if row.get("lang1") == row.get("lang2")]
    articles = {
        one.id: one for row in rows for one in (article(side(row, n)) for n in "12")
    }
    found = grouped(list(articles.values()), same_story)
    counted = {"same": [0, 0], "unlike": [0, 0]}
    for row in rows:
        mark = float(row["overall"])
        kind = "same" if mark <= SAME else "unlike" if mark >= UNLIKE else None
        if kind:
            first, second = (found[name_of(side(row, n))] for n in "12")
            counted[kind][0] += first == second
            counted[kind][1] += 1
    return {
        "same_pairs": counted["same"][1],
        "same_together": round(counted["same"][0] / max(1, counted["same"][1]), 4),
        "unlike_pairs": counted["unlike"][1],
        "false_merges": round(counted["unlike"][0] / max(1, counted["unlike"][1]), 4),
    }


def side(row: dict[str, str], which: str) -> dict[str, str]:
    """One article of a pair."""
    title = row.get("title" + which) or row.get("slug_title" + which) or ""
    url = row.get("url" + which) or f"{row['id']}/{which}"
    return {
        "id": url,
        "title": title,
        "text": row.get("text" + which) or "",
        "lang": row.get("lang" + which) or "",
        "url": url,
    }


def _family(path: Path) -> str:
    return path.name.split(".")[0]


def _report(given: argparse.Namespace) -> dict[str, Any]:
    if given.pairs:
        return {"pairs": pairs(given.pairs, given.same_story)}
    files = {}
    for path in given.files:
        files[_family(path)] = score(path, given.same_story, given.ignore_times)
        if not given.json:
            print(path.name, files[_family(path)], flush=True)
    mean = sum(one["bcubed_f1"] for one in files.values()) / max(1, len(files))
    return {"files": files, "mean_bcubed_f1": round(mean, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ignore-times", action="store_true")
    parser.add_argument("--same-story", type=float, default=0.0)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--train", action="store_true")
    given = parser.parse_args()
    if given.train:
        train(windows({_family(path): labelled(path) for path in given.files}))
        return
    report = _report(given)
    if given.json:
        print(json.dumps(report))
    elif given.pairs:
        print(report["pairs"])
    else:
        print(f"mean BCubed F1 {report['mean_bcubed_f1']:.4f}")


if __name__ == "__main__":
    main()
