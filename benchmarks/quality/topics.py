"""How well articles are told apart by topic, from keywords alone or with a few labels.

    topics.py FILE… --topics TOPICS.yaml [--shots N] [--draws N] [--alone] [--json]

FILE: one article a line (JSON, gzip or not) with `title`, `text` and `category`. TOPICS:
a YAML file with a list of topics, or a mapping of ids to topics, in the keys of
`_data/topics`: `_id` or `id`, `name`, `description`, `keywords`, `examples`; or a folder
of such files. A category is matched to an id or name, whatever its case and punctuation;
categories that are numbers, and as many as there are topics, go by the order of the file.

Each article gets exactly one topic, the likeliest. As on a site, where what was read
lately is at hand, the unlabelled articles of the file help each other
(`stages.topic_spread`); `--alone` judges each one by itself. With `--shots N`, N articles a
class are drawn as labels, `--draws` times, and the rest is the test; macro F1 is the mean.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from newsdesk import embed
from newsdesk.model.site import Topic
from newsdesk.stages import (
    classify,
    classify_likeness,
    topic_heads,
    topic_spread,
)

WORDS_LEAD = 1_000
"""Characters of the text whose words are counted."""


def main() -> None:
    args = _arguments()
    topics = topics_in(args.topics)
    vectors = embed.found()
    if vectors is None:
        sys.exit("the package wordllama is not installed; `make test` installs it")
    files = {}
    for file in args.files:
        rows = [json.loads(line) for line in _lines(file)]
        found = measured(rows, topics, vectors, args.shots, args.draws, args.alone)
        files[file.name] = found
        if not args.json:
            print(f"{file.name}: {json.dumps(found)}")
    f1s = [one["macro_f1"] for one in files.values() if one["macro_f1"] is not None]
    mean = round(float(np.mean(f1s)), 4) if f1s else None
    if args.json:
        print(json.dumps({"files": files, "mean_macro_f1": mean, "shots": args.shots}))
    else:
        print(f"mean macro F1 {mean}")


def measured(
    rows: Sequence[dict[str, Any]],
    topics: Sequence[Topic],
    vectors: embed.WordTable,
    shots: int,
    draws: int,
    is_alone: bool,
) -> dict[str, Any]:
    """The figures of one file."""
    known = {_plain(key): at for at, t in enumerate(topics) for key in _keys(t)}
    called = [_plain(str(row.get("category", ""))) for row in rows]
    if not known.keys() & set(called):
        known = _by_order(called, topics)
    places = [known.get(one) for one in called]
    articles = [row for row, at in zip(rows, places, strict=True) if at is not None]
    wanted = np.array([at for at in places if at is not None])
    if not articles:
        return {"macro_f1": None, "articles": 0, "left_out": len(rows)}
    # Topics that the file has none of are no answer.
    present = sorted(set(wanted.tolist()))
    wanted = np.searchsorted(present, wanted)
    began = time.process_time()
    task = Task(articles, [topics[at] for at in present], vectors)
    f1s = []
    for draw in range(draws if shots else 1):
        labelled = _drawn(articles, wanted, shots, draw)
        test = np.setdiff1d(np.arange(len(articles)), labelled)
        given = task.answers({i: int(wanted[i]) for i in labelled}, is_alone)
        f1s.append(macro_f1(wanted[test], given[test]))
    seconds = time.process_time() - began
    return {
        "macro_f1": round(float(np.mean(f1s)), 4),
        "lowest": round(min(f1s), 4),
        "articles": len(articles),
        "classes": len(present),
        "left_out": len(rows) - len(articles),
        "texts_per_cpu_s": round(len(articles) * len(f1s) / seconds),
    }


def _by_order(called: Sequence[str], topics: Sequence[Topic]) -> dict[str, int]:
    """Topics by the numbers that stand for them, in the order of their file."""
    numbers = sorted({one for one in called if one.isdigit()}, key=int)
    fits = len(numbers) == len(topics)
    return {number: at for at, number in enumerate(numbers)} if fits else {}


class Task:
    """Articles to be told apart, with all that does not depend on labels."""

    def __init__(
        self,
        articles: Sequence[dict[str, Any]],
        topics: Sequence[Topic],
        vectors: embed.WordTable,
    ) -> None:
        texts = [
            (
                html.unescape(row.get("title") or ""),
                html.unescape(row.get("text") or ""),
            )
            for row in articles
        ]
        lead = classify_likeness.LEAD
        self.rows = vectors.of([f"{title}. {text[:lead]}" for title, text in texts])
        self.topics = topics
        directions = classify_likeness.prototypes(topics, vectors).directions
        self.near = topic_spread.guess(self.rows, directions)
        self.words = topic_spread.bag(
            [f"{title}. {text[:WORDS_LEAD]}" for title, text in texts]
        )

    def answers(self, known: dict[int, int], is_alone: bool) -> np.ndarray:
        """The number of the topic of each article."""
        near = self._taught(known) if known else self.near
        scores = near
        if not is_alone:
            scores = topic_spread.spread(self.words, self.rows, near, known)
        return scores.argmax(axis=1)

    def _taught(self, known: dict[int, int]) -> np.ndarray:
        """How near each text is to each topic, corrected by the labels."""
        near = self.near.copy()
        ids = list(known)
        for at, topic in enumerate(self.topics):
            said = classify.BIAS + classify.LIKENESS_LOGIT * self.near[ids, at]
            is_about = [known[i] == at for i in ids]
            head = topic_heads.head(topic.id, self.rows[ids], said, is_about)
            if head is not None:
                more = self.rows @ np.asarray(head.weights) + head.bias
                near[:, at] += more / classify.LIKENESS_LOGIT
        return near


def macro_f1(wanted: np.ndarray, given: np.ndarray) -> float:
    """The mean of the classes' F1."""
    found = []
    for one in sorted(set(wanted.tolist())):
        right = int(((wanted == one) & (given == one)).sum())
        either = int((wanted == one).sum() + (given == one).sum())
        found.append(2 * right / either)
    return float(np.mean(found))


def _drawn(
    articles: Sequence[dict[str, Any]], wanted: np.ndarray, shots: int, draw: int
) -> list[int]:
    """Articles drawn as labels, at most half of a class: by a digest, so that the draw is
    the same everywhere."""
    chosen: list[int] = []
    for one in sorted(set(wanted.tolist())) if shots else ():
        those = [i for i in range(len(articles)) if wanted[i] == one]
        those.sort(key=lambda i: sha256(f"{draw}/{i}".encode()).digest())
        chosen += those[: min(shots, len(those) // 2)]
    return sorted(chosen)


def topics_in(path: Path) -> list[Topic]:
    """The topics of a file or folder, in whichever of the shapes."""
    if path.is_dir():
        files = sorted(
            each for each in path.iterdir() if each.suffix in (".yaml", ".yml")
        )
        return [topic for file in files for topic in topics_in(file)]
    documents = list(yaml.safe_load_all(path.read_text("utf-8")))
    return [_topic(one) for document in documents for one in _mappings(document)]


def _mappings(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, list):
        for one in document:
            yield one if isinstance(one, dict) else {"name": str(one)}
    elif isinstance(document, dict):
        if {"name", "keywords", "_id", "id"} & document.keys():
            yield document
        elif set(document) == {"topics"} or isinstance(document.get("topics"), list):
            yield from _mappings(document["topics"])
        else:
            for key, value in document.items():
                more = value if isinstance(value, dict) else {"keywords": value}
                yield {"id": str(key), **more}


def _topic(one: dict[str, Any]) -> Topic:
    known = str(one.get("_id") or one.get("id") or one.get("name"))
    described = one.get("description") or one.get("definition")
    return Topic(
        id=known,
        name=str(one.get("name") or known),
        shortname=one.get("shortname"),
        description=str(described) if described else None,
        keywords=_strings(one.get("keywords")),
        examples=_strings(one.get("examples")),
    )


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    return tuple(str(one).strip() for one in value or () if str(one).strip())


def _keys(topic: Topic) -> Iterator[str]:
    yield topic.id
    yield topic.name
    if topic.shortname:
        yield str(topic.shortname)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _lines(file: Path) -> Iterator[str]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--topics", required=True, type=Path)
    parser.add_argument("--shots", type=int, default=0)
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
