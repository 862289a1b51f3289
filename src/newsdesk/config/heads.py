"""What was learnt about topics, as a file: `_data/topic-heads.json` below
the content folder.

One file for all topics, so that Git shows when something was learnt anew. Made by
`newsdesk topics train` and by nothing else; taking it away undoes the learning.
"""

from __future__ import annotations

import json
import math
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from newsdesk.config import writing
from newsdesk.config.shapes import Problem
from newsdesk.model.topic_heads import TopicHead, TopicHeads

FILE = "_data/topic-heads.json"
LARGEST = 10_000_000
"""Bytes of a file that are read: some 3,000 topics."""
MOST_WEIGHTS = 4_096


def read(content: Path, shown: str) -> tuple[TopicHeads | None, list[Problem]]:
    """What was learnt, and what is wrong with the file. `shown`: what the content folder
    is called in problems."""
    path = content / FILE
    if not path.is_file():
        return None, []
    try:
        return parse(writing.read(path)), []
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"is not what `newsdesk topics train` writes ({error}); train anew"
        return None, [Problem(path=f"{shown}/{FILE}", line=None, reason=reason)]


def parse(data: bytes) -> TopicHeads:
    """What a file says. Raises ValueError, KeyError or TypeError for what is none."""
    if len(data) > LARGEST:
        raise ValueError("too large")
    said: dict[str, Any] = json.loads(data)
    heads = tuple(_head(name, said["heads"][name]) for name in sorted(said["heads"]))
    if len({len(head.weights) for head in heads}) > 1:
        raise ValueError("heads of different sizes")
    trained_at = datetime.fromisoformat(said["trained_at"])
    if trained_at.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return TopicHeads(
        version=str(said["version"]),
        vectors=str(said["vectors"]),
        trained_at=trained_at,
        heads=heads,
    )


def write(content: Path, heads: TopicHeads) -> Path:
    """Keep what was learnt in place of what was learnt before; gives the file."""
    said = {
        "version": heads.version,
        "vectors": heads.vectors,
        "trained_at": heads.trained_at.isoformat(),
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in said.items()]
    rows = [
        f"  {json.dumps(topic)}: {json.dumps(one)}"
        for topic, one in _documents(heads.heads).items()
    ]
    body = "\n".join(["{", *lines, ' "heads": {', ",\n".join(rows), " }", "}", ""])
    path = content / FILE
    writing.write(path, body.encode())
    return path


def made(heads: tuple[TopicHead, ...], vectors: str, now: datetime) -> TopicHeads:
    """Heads with their version: the same heads have the same, whenever trained."""
    told = json.dumps([vectors, _documents(heads)], sort_keys=True)
    version = sha256(told.encode()).hexdigest()[:12]
    return TopicHeads(version=version, vectors=vectors, trained_at=now, heads=heads)


def _documents(heads: tuple[TopicHead, ...]) -> dict[str, Any]:
    return {
        head.topic: {
            "yes": head.yes,
            "no": head.no,
            "articles": head.articles,
            "bias": head.bias,
            "weights": list(head.weights),
        }
        for head in sorted(heads, key=lambda head: head.topic)
    }


def _head(topic: str, said: dict[str, Any]) -> TopicHead:
    weights = tuple(map(float, said["weights"]))
    bias = float(said["bias"])
    if not all(map(math.isfinite, (*weights, bias))) or len(weights) > MOST_WEIGHTS:
        raise ValueError(f"the numbers of {topic}")
    return TopicHead(
        topic=topic,
        weights=weights,
        bias=bias,
        yes=int(said["yes"]),
        no=int(said["no"]),
        articles=int(said["articles"]),
    )
