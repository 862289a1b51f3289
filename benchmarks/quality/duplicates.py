"""How well copies are found: near-duplicates of labelled sets, wire copy of the simulator.

    python benchmarks/quality/duplicates.py [ARTICLES TRUTH]… [--press SEED…] [--json]

ARTICLES are JSON lines (gzip or not) with id and text, TRUTH such lines with a and b, the
ids of two that are copies. Prints precision and recall over pairs for each set. `--press`
makes simulated weeks and prints, over all of them, precision, recall and F1 over pairs of
articles with one wire text, and how many copies are given the original they really have.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsdesk import press
from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.model.story import Copy
from newsdesk.press import World
from newsdesk.press.records import Article as Printed
from newsdesk.stages import copies, copies_alike

START = datetime(2026, 3, 2, tzinfo=UTC)

Pair = frozenset[str]


def read(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return [json.loads(line) for line in data.splitlines() if line.strip()]


def article(name: str, reading: Reading, provider: Provider) -> Article:
    return Article(
        id=ArticleId(name),
        url=reading.web_url,
        source_id=SourceId("set"),
        first_seen_at=reading.published_at or START,
        reading=reading,
        provider=provider,
    )


def labelled(row: dict[str, str]) -> Article:
    """An article of a set: nobody's, and of no time."""
    name = str(row["id"])
    url = f"https://example.com/{name}"
    reading = Reading(title="", excerpt="", text=row["text"], web_url=url)
    return article(name, reading, Provider(domain="example.com", name=""))


def planted(articles: Path, truth: Path) -> dict[str, float]:
    rows = [labelled(row) for row in read(articles)]
    true = {Pair((str(row["a"]), str(row["b"]))) for row in read(truth)}
    began = time.process_time()
    alike = copies_alike.alike(rows)
    found = {Pair((p.one, p.other)) for p in alike if copies.is_one_text(p)}
    seconds = time.process_time() - began
    return {
        **_agreement(found, true),
        "articles": len(rows),
        "articles_a_second": round(len(rows) / max(seconds, 1e-9)),
    }


def simulated(seeds: Sequence[int]) -> dict[str, float]:
    """Over the whole weeks of some seeds, as a reader sees the pages."""
    found: set[Pair] = set()
    true: set[Pair] = set()
    given = right = 0
    for seed in seeds:
        world = press.build_world(seed, start=START)
        printed = {f"{seed}-{one.id}": one for one in world.articles}
        rows = [_printed(name, one, world) for name, one in printed.items()]
        held = copies.found(rows)
        by_copy = {copy.article: copy for copy in held if copy.is_dependent}
        found |= _pairs(_root(row.id, by_copy) for row in rows)
        first = {
            ArticleId(name): ArticleId(f"{seed}-{one.copied_from}")
            for name, one in printed.items()
            if one.copied_from
        }
        true |= _pairs((name, _followed(ArticleId(name), first)) for name in printed)
        for name, one in printed.items():
            if one.copied_from:
                copy = by_copy.get(ArticleId(name))
                given += 1
                right += (
                    copy is not None and copy.original == f"{seed}-{one.copied_from}"
                )
    return {
        **_agreement(found, true),
        "copies": given,
        "original_right": round(right / max(given, 1), 4),
    }


def _printed(name: str, one: Printed, world: World) -> Article:
    publisher = world.publisher_of(one)
    reading = Reading(
        title=one.title,
        excerpt=one.deck,
        text="\n\n".join(one.paragraphs),
        web_url=world.canonical_url(one),
        published_at=one.published_at,
        authors=one.authors,
    )
    provider = Provider(domain=publisher.domain, name=publisher.name)
    return article(name, reading, provider)


def _followed(name: ArticleId, first: dict[ArticleId, ArticleId]) -> str:
    while name in first:
        name = first[name]
    return name


def _root(name: ArticleId, by_copy: dict[ArticleId, Copy]) -> tuple[str, str]:
    at = name
    while at in by_copy:
        original = by_copy[at].original
        if original is None:
            return name, by_copy[at].source
        at = original
    return name, at


def _pairs(rooted: Iterable[tuple[str, str]]) -> set[Pair]:
    """Every two articles that go back to one text."""
    families: dict[str, list[str]] = defaultdict(list)
    for name, root in rooted:
        families[root].append(name)
    return {
        Pair(pair)
        for family in families.values()
        for pair in itertools.combinations(family, 2)
    }


def _agreement(found: set[Pair], true: set[Pair]) -> dict[str, float]:
    both = len(found & true)
    precision = both / len(found) if found else 1.0
    recall = both / len(true) if true else 1.0
    total = precision + recall
    return {
        "pairs_true": len(true),
        "pairs_found": len(found),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / total if total else 0.0, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--press", nargs="*", type=int, default=[])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if len(given.files) % 2:
        parser.error("each file of articles needs its file of pairs after it")
    results: dict[str, object] = {}
    pairs = zip(given.files[::2], given.files[1::2], strict=True)
    files = {path.name.split(".")[0]: planted(path, truth) for path, truth in pairs}
    if files:
        results["files"] = files
    if given.press:
        results["press"] = simulated(given.press)
    if given.json:
        print(json.dumps(results))
        return
    for name, figures in (*files.items(), ("press", results.get("press"))):
        if figures:
            print(name, figures)


if __name__ == "__main__":
    main()
