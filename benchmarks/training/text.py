"""Grows the trees by which runs of text are judged to be an article's.

    python benchmarks/training/text.py PAGES.warc.gz GOLD.jsonl.gz [--folds 5] [--write]

Needs `lightgbm` and `numpy` beside the project's own packages; neither is used when
pages are read. Runs are labelled by how many of their words the gold text holds; a page
counts as much as any other, its runs by their words. Each page is also shown blurred
(names that say nothing, another nesting) and amid the furniture of another page, so that
the trees lean on no single sign. Pages whose gold no choice of runs comes near to are
left out. `--folds` tells the F1 on pages held out; `--write` writes the weights.
"""

from __future__ import annotations

import argparse
import json
import random  # noqa: TID251 - a seeded generator of its own
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

import pages as quality

from newsdesk.stages import (
    read_clues,
    read_document,
    read_text_around,
    read_text_runs,
    read_text_signs,
    read_title,
)
from newsdesk.stages.read_text import LIKELY, MIN_REPEAT
from newsdesk.stages.read_text_runs import Run
from newsdesk.stages.read_text_signs import NAMES

WEIGHTS = Path(read_text_signs.__file__).with_name("read_text_weights.json")
TREES = 60
LEAVES = 8
RATE = 0.15
SIZE = 4
"""Words of a shingle by which runs are found in the gold."""
WORTHY = 0.9
"""F1 that the best choice of runs must reach for a page to be learnt from."""
READABLE = 0.55
"""F1 that a general extractor must reach for a page's gold to be believed."""
BLURRED, CROWDED = 0.5, 0.6
"""Weight of a page shown blurred, and amid another's furniture."""
NEIGHBOURS = 6
"""Runs up to which a short one looks for a neighbour that the gold holds."""
_AT = {name: place for place, name in enumerate(NAMES)}


@dataclass
class Sample:
    """The runs of a page with their signs, labels and words."""

    runs: Sequence[Run]
    signs: Any
    judged: Any
    """Which runs have signs."""
    labels: Any
    words: Any

    def weights(self) -> Any:
        worth = numpy.asarray(self.words, float) + 1
        whole = (worth * (self.labels >= 0.5)).sum() + 50
        return numpy.minimum(worth / whole, 0.3)[self.judged]


@dataclass
class Case:
    """A page with its gold, as it is and amid another's furniture."""

    html: str
    titles: set[str]
    gold: str
    plain: Sample
    is_worthy: bool
    crowded: Sample | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("warc")
    parser.add_argument("gold")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = read(options.warc, options.gold)
    print(f"{len(cases)} pages, {sum(one.is_worthy for one in cases)} to learn from")
    if options.folds:
        print("held out:", held_out(cases, options.folds))
    if options.write:
        WEIGHTS.write_text(written(grown(cases)), encoding="utf-8")
        print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")
    return 0


def read(warc: str, gold: str) -> list[Case]:
    rows = quality.gold_lines(gold)
    cases = []
    for reply in quality.replies(warc):
        row = rows.get(reply.url)
        if row and row.get("main_content"):
            cases.append(case(reply, row["main_content"]))
    draw = random.Random(5)
    for one in cases:
        one.crowded = crowded(one, draw.choice(cases), draw)
    return cases


def case(reply: Any, gold: str) -> Case:
    document = read_document.document(reply)
    clues = read_clues.clues(document)
    headline = read_title.headline(clues, sites=(), feed_title=None)
    known = (headline, *clues.headings[:1], clues.first("og:title"), clues.title)
    titles = {read_text_signs.key(one) for one in known if one} - {""}
    runs = read_text_runs.runs(LexborHTMLParser(document.html))
    labels, words = labelled(runs, gold)
    sample = measured(runs, titles, labels, words)
    best = f1(text_of(runs, labels), gold)
    theirs = f1(quality.by_trafilatura(reply.body), gold)
    return Case(
        html=document.html,
        titles=titles,
        gold=gold,
        plain=sample,
        is_worthy=best > WORTHY and theirs > READABLE,
    )


def measured(
    runs: Sequence[Run], titles: set[str], labels: Any, words: Any
) -> Sample:  # fmt: skip
    rows = read_text_signs.signs(runs, titles)
    given = [row for row in rows if row is not None]
    return Sample(
        runs=runs,
        signs=numpy.array(given, float).reshape(-1, len(NAMES)),
        judged=numpy.array([row is not None for row in rows], bool),
        labels=numpy.asarray(labels, float),
        words=words,
    )


def labelled(runs: Sequence[Run], gold: str) -> tuple[list[float], list[int]]:
    """For each run the share of its words in the gold, and how many words it has."""
    wanted = [one.casefold() for one in quality.tokens(gold)]
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(wanted)):
        for size in range(1, SIZE + 1):
            places.setdefault(tuple(wanted[at : at + size]), []).append(at)
    words = [[one.casefold() for one in quality.tokens(run.text)] for run in runs]
    labels = [0.0] * len(runs)
    found: list[int | None] = [None] * len(runs)
    for number, own in enumerate(words):
        if len(own) >= SIZE:
            labels[number], found[number] = coverage(own, places)
    drop_copies(words, labels, found, places)
    for number, own in enumerate(words):
        if 0 < len(own) < SIZE and stands_beside(number, own, words, found, places):
            labels[number] = 1.0
    return labels, [len(own) for own in words]


def coverage(
    own: list[str], places: dict[tuple[str, ...], list[int]]
) -> tuple[float, int | None]:
    covered = [False] * len(own)
    first = None
    for at in range(len(own) - SIZE + 1):
        known = places.get(tuple(own[at : at + SIZE]))
        if known:
            covered[at : at + SIZE] = [True] * SIZE
            first = known[0] if first is None else first
    share = sum(covered) / len(own)
    return share, first if share > 0.5 else None


def drop_copies(
    words: list[list[str]],
    labels: list[float],
    found: list[int | None],
    places: dict[tuple[str, ...], list[int]],
) -> None:
    """A text that a page holds twice and the gold once is right where it has neighbours."""
    copies: dict[tuple[str, ...], list[int]] = {}
    for number, own in enumerate(words):
        if found[number] is not None:
            copies.setdefault(tuple(own), []).append(number)
    for own_words, numbers in copies.items():
        times = len(places.get(own_words[:SIZE], ())) or 1
        if len(numbers) <= times:
            continue
        near = {
            one: sum(
                place is not None for place in found[max(0, one - 4) : one + 5]
            )
            for one in numbers
        }  # fmt: skip
        for one in sorted(numbers, key=lambda one: -near[one])[times:]:
            labels[one], found[one] = 0.0, None


def stands_beside(
    number: int,
    own: list[str],
    words: list[list[str]],
    found: list[int | None],
    places: dict[tuple[str, ...], list[int]],
) -> bool:
    starts = places.get(tuple(own), ())
    first = max(0, number - NEIGHBOURS)
    for other in range(first, min(len(words), number + NEIGHBOURS + 1)):
        at = found[other]
        if at is None:
            continue
        end = at + len(words[other])
        if any(at - 30 <= start <= end + 30 for start in starts):
            return True
    return False


def crowded(one: Case, other: Case, draw: random.Random) -> Sample:
    """The page with what is not the article of another before and after its own runs."""
    own = read_text_runs.runs(LexborHTMLParser(one.html))
    strange = [
        triple
        for triple in zip(
            read_text_runs.runs(LexborHTMLParser(other.html)),
            other.plain.labels,
            other.plain.words,
            strict=True,
        )
        if triple[1] < 0.3
    ]
    if not own or not strange:
        return one.plain
    root = list(own[0].holder.line())[-1]
    moved: set[int] = set()
    for run, _, _ in strange:
        line = [
            at for at in run.holder.line() if id(at) not in moved and at is not root
        ]
        for at in line:
            moved.add(id(at))
            at.depth += 1
        if line and line[-1].above is None:
            line[-1].above = root
    cut = draw.randint(0, len(strange) // 4)
    mine = list(zip(own, one.plain.labels, one.plain.words, strict=True))
    mixed = [*strange[:cut], *mine, *strange[cut:]]
    runs, labels, words = zip(*mixed, strict=True)
    return measured(runs, one.titles, [float(y > 0) * y for y in labels], words)


def blurred(signs: Any, draw: Any) -> Any:
    """The signs as they would be on a page whose maker named and nested otherwise."""
    rows = signs.copy()
    if draw.random() < 0.4:
        for name in ("box_far", "caption_far", "hidden_far", "frame_far"):
            if draw.random() < 0.6:
                rows[:, _AT[name]] = read_text_around.LEVELS
        if draw.random() < 0.6:
            for name in ("box_prose", "frame_prose", "comment_prose", "about_prose"):
                rows[:, _AT[name]] = 1.0
        if draw.random() < 0.6:
            rows[:, _AT["body_prose"]] = -0.1
    if draw.random() < 0.4:
        rows[:, _AT["in_main"]] = 0.0
    if draw.random() < 0.35:
        tags = rows[:, _AT["tag"]]
        tags[tags == 0] = 1
    if draw.random() < 0.4:
        depth = rows[:, _AT["depth"]] + draw.integers(-4, 8)
        rows[:, _AT["depth"]] = numpy.clip(depth, 1, 30)
    return rows


def grown(cases: Sequence[Case]) -> lightgbm.Booster:
    draw = numpy.random.default_rng(3)
    signs, labels, weights = [], [], []
    for one in cases:
        if not one.is_worthy or one.crowded is None:
            continue
        views = (
            (one.plain, one.plain.signs, 1.0),
            (one.plain, blurred(one.plain.signs, draw), BLURRED),
            (one.crowded, blurred(one.crowded.signs, draw), CROWDED),
        )
        for sample, rows, worth in views:
            signs.append(rows)
            labels.append(sample.labels[sample.judged])
            weights.append(sample.weights() * worth)
    worths = numpy.concatenate(weights)
    data = lightgbm.Dataset(
        numpy.concatenate(signs),
        numpy.concatenate(labels),
        weight=worths / worths.mean(),
    )
    options = {
        "objective": "cross_entropy", "num_leaves": LEAVES, "learning_rate": RATE,
        "min_data_in_leaf": 60, "lambda_l2": 10, "feature_fraction": 0.5,
        "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127, "seed": 1,
        "num_threads": 1, "verbose": -1, "deterministic": True,
    }  # fmt: skip
    return lightgbm.train(options, data, num_boost_round=TREES)


def held_out(cases: Sequence[Case], folds: int) -> dict[str, float | None]:
    """Text scores of pages whose trees never saw them: the runs alone, without what
    `read_text` adds (second reader, header, pointers, boxes, captions)."""
    order = numpy.random.default_rng(0).permutation(len(cases))
    board = quality.TextScore()
    for fold in range(folds):
        out = set(order[fold::folds].tolist())
        trees = grown([one for at, one in enumerate(cases) if at not in out])
        for at in sorted(out):
            one = cases[at]
            chances = numpy.zeros(len(one.plain.runs))
            if one.plain.judged.any():
                chances[one.plain.judged] = trees.predict(one.plain.signs)
            board.add(text_of(one.plain.runs, chances, LIKELY), [one.gold])
    return {**board.means(), "below_half": board.below_half}


def text_of(runs: Sequence[Run], chances: Any, least: float = 0.5) -> str:
    seen: set[str] = set()
    lines = []
    for run, chance in zip(runs, chances, strict=True):
        own = read_text_signs.key(run.text)
        if chance < least or (len(own) >= MIN_REPEAT and own in seen):
            continue
        seen.add(own)
        lines.append(run.text)
    return "\n\n".join(lines)


def f1(given: str, gold: str) -> float:
    board = quality.TextScore()
    return board.add(given, [gold])[2]


def written(trees: lightgbm.Booster) -> str:
    """The trees as the judge reads them, one a line."""
    dumped = trees.dump_model()["tree_info"]
    lines = ",\n".join(json.dumps(branch(one["tree_structure"])) for one in dumped)
    return f'{{"trees": [\n{lines}\n]}}\n'


def branch(node: dict[str, Any]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    return [
        NAMES[node["split_feature"]],
        float(f"{node['threshold']:.6g}"),
        branch(node["left_child"]),
        branch(node["right_child"]),
    ]


if __name__ == "__main__":
    sys.exit(main())
