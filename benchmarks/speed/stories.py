"""How fast new articles find their stories in a full window, and how much memory it takes.

    python benchmarks/speed/stories.py [--sizes N …] [--new N] [--seed N] [--whole] [--json]

For each size a window is filled with made-up agency news whose stories are known, then
new articles are added in four steps. Articles a second are of CPU time of one process.
`--whole` also groups the smallest window from scratch, as `stages.stories` does in each
run, and says how many pairs of articles the two ways have in common. Growth is the power
of the window's size that the cost of an article grows with. Memory: the peak of a process
of its own for each size.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from synthetic_news import Made, Newsroom

from newsdesk.model.article import Article
from newsdesk.stages import stories, window_building, window_snapshot
from newsdesk.stages.window import Window

SIZES = (10_000, 100_000)
NEW = 1_000
STEPS = 4
DAYS = 4  # a window lasts so long
REACH = 24.0 * DAYS


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def measure(size: int, new: int, seed: int, *, whole: bool) -> dict[str, Any]:
    room = Newsroom(seed, size // DAYS)
    past = list(room.articles(size))
    fresh = list(room.articles(new))
    told = {m.article.id: str(m.story) for m in (*past, *fresh)}
    settings = stories.shipped()
    took, window = timed(
        lambda: window_building.built([m.article for m in past], settings, reach=REACH)
    )
    window.settle(told)
    found = {
        "window": size,
        "asked": round(window.climate.asked, 4),
        "build_seconds": round(took, 2),
    }
    compared = compare(past, window) if whole else {}
    past.clear()
    adding, touched = timed(lambda: added(window, fresh))
    found["articles_a_second"] = round(new / adding)
    found["articles_grouped_again"] = touched
    found |= right(window.groups(), told, fresh)
    writing, data = timed(lambda: window_snapshot.snapshot(window, 0))
    reading, again = timed(
        lambda: window_snapshot.restored(data, settings, reach=REACH)
    )
    assert again is not None
    assert len(again[0]) == len(window)
    found |= {
        "snapshot_mb": round(len(data) / 1e6, 1),
        "snapshot_written_s": round(writing, 2),
        "snapshot_read_s": round(reading, 2),
    }
    return found | compared


def added(window: Window, fresh: Sequence[Made]) -> int:
    touched = 0
    step = math.ceil(len(fresh) / STEPS)
    for start in range(0, len(fresh), step):
        touched += grown(window, [m.article for m in fresh[start : start + step]])
    return touched


def grown(window: Window, articles: Sequence[Article]) -> int:
    """Take articles in, in groups; how many articles were looked at for it."""
    window.add(articles)
    changed = window.regrouped([article.id for article in articles], {})
    window.settle({of: group[0] for group in changed for of in group})
    return sum(map(len, changed))


def right(
    groups: Iterable[Sequence[str]], told: dict[str, str], fresh: Sequence[Made]
) -> dict[str, float]:
    """Precision and recall over the pairs that a new article is in."""
    new = {m.article.id for m in fresh}
    sizes = Counter(told[of] for group in groups for of in group)
    both = found = true = 0
    for group in groups:
        own = Counter(told[of] for of in group)
        for of in group:
            if of in new:
                both += own[told[of]] - 1
                found += len(group) - 1
                true += sizes[told[of]] - 1
    return {
        "pair_precision": round(both / found, 4) if found else 1.0,
        "pair_recall": round(both / true, 4) if true else 1.0,
    }


def compare(made: Sequence[Made], full: Window) -> dict[str, Any]:
    """The window's stories when all of it was added hour by hour, beside those of
    grouping it from scratch."""
    articles = [m.article for m in made]
    took, whole = timed(lambda: stories.grouped(articles, (), story_hours=96).stories)
    step = len(articles) // 20
    window = window_building.built(articles[: 2 * step], full.settings, reach=REACH)
    first = window.grouped({})
    window.settle({of: group[0] for group in first for of in group})
    window.rows.climate = full.climate
    for at in range(2 * step, len(articles), step):
        grown(window, articles[at : at + step])
    theirs = {of: story.id for story in whole for of in story.members}
    ours = {of: n for n, group in enumerate(window.groups()) for of in group}
    both = pairs(Counter((theirs[of], ours[of]) for of in ours).values())
    return {
        "whole_articles_a_second": round(len(articles) / took),
        "whole_pairs_found": round(both / pairs(Counter(theirs.values()).values()), 4),
        "pairs_of_whole": round(both / pairs(Counter(ours.values()).values()), 4),
    }


def pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def growth(rows: Sequence[dict[str, Any]]) -> float | None:
    """The power with which the cost of an article grows, the worst between two sizes."""
    found = [
        math.log(one["articles_a_second"] / other["articles_a_second"])
        / math.log(other["window"] / one["window"])
        for one, other in pairwise(rows)
    ]
    return round(max(found), 3) if found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--new", type=int, default=NEW)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if len(given.sizes) == 1:
        row = measure(given.sizes[0], given.new, given.seed, whole=given.whole)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows = [row | {"peak_mb": round(peak)}]
    else:
        rows = [alone(size, given) for size in sorted(given.sizes)]
    if given.json:
        print(json.dumps({"windows": rows, "growth": growth(rows)}))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    print(f"growth n^{growth(rows)}")


def alone(size: int, given: argparse.Namespace) -> dict[str, Any]:
    """One size in a process of its own."""
    words = [sys.executable, __file__, "--sizes", size, "--new", given.new, "--json"]
    words += ["--seed", given.seed]
    if given.whole and size == min(given.sizes):
        words.append("--whole")
    done = subprocess.run(map(str, words), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    row: dict[str, Any] = json.loads(done.stdout)["windows"][0]
    return row


if __name__ == "__main__":
    main()
