"""How well stories are grouped: runs the shipped settings over labelled sets.

    python benchmarks/quality/stories.py FILE… [--json] [--same-story X]

A set is JSON lines (gzip or not): id, title, text, story, and where given url,
published, source, lang. Times are ignored: every article counts as published at one
instant, in the order of a hash of its id. Prints BCubed and pairwise precision, recall
and F1 and the number of stories, for each file and as a mean.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.stages import stories

ONE_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)


def read(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    rows = [json.loads(line) for line in data.splitlines() if line.strip()]
    return [row for row in rows if row.get("story") not in (None, "")]


def article(row: dict[str, str]) -> Article:
    name = hashlib.sha256(str(row["id"]).encode()).hexdigest()[:16]
    return Article(
        id=ArticleId(name),
        url=row.get("url") or f"https://example.com/{name}",
        source_id=SourceId("set"),
        first_seen_at=ONE_INSTANT,
        reading=Reading(
            title=row.get("title") or "",
            excerpt="",
            text=row.get("text") or "",
            web_url=row.get("url") or f"https://example.com/{name}",
            published_at=ONE_INSTANT,
            language=row.get("lang") or None,
        ),
        provider=Provider(domain=row.get("source") or "example.com", name=""),
    )


def bcubed(truth: dict[str, str], found: dict[str, str]) -> tuple[float, float]:
    """Precision and recall by article (Bagga and Baldwin 1998)."""
    both = Counter((truth[a], found[a]) for a in truth)
    by_truth, by_found = Counter(truth.values()), Counter(found.values())
    n = len(truth)
    return (
        sum(c * c / by_found[f] for (_, f), c in both.items()) / n,
        sum(c * c / by_truth[t] for (t, _), c in both.items()) / n,
    )


def pairwise(truth: dict[str, str], found: dict[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs of articles."""
    both = _pairs(Counter((truth[a], found[a]) for a in truth).values())
    in_found = _pairs(Counter(found.values()).values())
    in_truth = _pairs(Counter(truth.values()).values())
    return (both / in_found if in_found else 1.0, both / in_truth if in_truth else 1.0)


def adjusted_mutual_information(truth: dict[str, str], found: dict[str, str]) -> float:
    """AMI with the arithmetic mean of the entropies (Vinh, Epps and Bailey 2010)."""
    n = len(truth)
    both = Counter((truth[a], found[a]) for a in truth)
    rows, columns = Counter(truth.values()), Counter(found.values())
    mutual = sum(
        c / n * math.log(n * c / (rows[t] * columns[f])) for (t, f), c in both.items()
    )
    expected = _expected_information(rows.values(), columns.values(), n)
    mean = (_entropy(rows.values(), n) + _entropy(columns.values(), n)) / 2
    return (mutual - expected) / (mean - expected) if mean > expected else 1.0


def _expected_information(rows: Iterable[int], columns: Iterable[int], n: int) -> float:
    """What two random partitions with these sizes share; sizes that recur are taken
    together, or thousands of stories would take minutes."""
    log_factorial = [math.lgamma(k + 1) for k in range(n + 1)]
    total = 0.0
    of_rows, of_columns = Counter(rows), Counter(columns)
    for a, many_a in of_rows.items():
        for b, many_b in of_columns.items():
            fixed = (
                log_factorial[a] + log_factorial[b]
                + log_factorial[n - a] + log_factorial[n - b] - log_factorial[n]
            )  # fmt: skip
            for shared in range(max(1, a + b - n), min(a, b) + 1):
                chance = math.exp(
                    fixed - log_factorial[shared] - log_factorial[a - shared]
                    - log_factorial[b - shared] - log_factorial[n - a - b + shared]
                )  # fmt: skip
                total += (
                    many_a * many_b * chance * shared / n
                    * math.log(n * shared / (a * b))
                )  # fmt: skip
    return total


def _entropy(sizes: Iterable[int], n: int) -> float:
    return -sum(size / n * math.log(size / n) for size in sizes)


def f1(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def score(path: Path, same_story: float) -> dict[str, float]:
    truth, articles = {}, {}
    for row in read(path):
        one = article(row)
        truth[one.id], articles[one.id] = row["story"], one
    began = time.process_time()
    groups = stories.grouped(
        list(articles.values()), (), story_hours=96, same_story=same_story
    ).stories
    seconds = time.process_time() - began
    found = {member: group.id for group in groups for member in group.members}
    b, p = bcubed(truth, found), pairwise(truth, found)
    return {
        "bcubed_precision": round(b[0], 4),
        "bcubed_recall": round(b[1], 4),
        "bcubed_f1": round(f1(*b), 4),
        "pairwise_f1": round(f1(*p), 4),
        "ami": round(adjusted_mutual_information(truth, found), 4),
        "stories_true": len(set(truth.values())),
        "stories_found": len(groups),
        "articles_a_second": round(len(truth) / max(seconds, 1e-9)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--same-story", type=float, default=0.0)
    given = parser.parse_args()
    results = {}
    for path in given.files:
        by_name = defaultdict(float, score(path, given.same_story))
        results[path.name.split(".")[0]] = dict(by_name)
        if not given.json:
            print(path.name, dict(by_name))
    mean = sum(r["bcubed_f1"] for r in results.values()) / len(results)
    if given.json:
        print(json.dumps({"files": results, "mean_bcubed_f1": round(mean, 4)}))
    else:
        print(f"mean BCubed F1 {mean:.4f}")


if __name__ == "__main__":
    main()
