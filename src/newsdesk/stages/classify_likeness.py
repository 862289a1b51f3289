"""How much texts read like topics, in the space of text vectors.

A topic's prototype lies between its keywords, its name, its description and its examples.
What editors taught (`TopicHeads`) corrects the likeness in the same space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsdesk.model.article import Reading
from newsdesk.model.ports import TextVectors
from newsdesk.model.site import Topic
from newsdesk.model.topic_heads import TopicHeads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEYWORDS_SHARE = 1.0
NAME_SHARE = 0.5
DESCRIPTION_SHARE = 0.5
EXAMPLES_SHARE = 1.0
"""What each part of a topic weighs in its prototype; several keywords or examples count
as their mean. Set on BBC and HuffPost news with three lists of keywords each."""
LEAD = 300
"""Characters of the text that are read beside the headline."""


@dataclass(frozen=True, slots=True)
class Prototypes:
    """The topics of a site as directions."""

    vectors: TextVectors
    directions: NDArray[np.float32] = field(repr=False)
    """A row of length one for each topic."""
    weights: NDArray[np.float32] | None = field(repr=False)
    """What heads add: a row for each topic, zeros for one without a head."""
    biases: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one text reads, topic by topic, in the order of the topics."""

    cosines: tuple[float, ...]
    """-1 to 1: how near the text is to the prototype."""
    taught: tuple[float, ...]
    """What was learnt adds, in logits; 0 where there is no head."""


def prototypes(
    topics: Sequence[Topic], vectors: TextVectors, heads: TopicHeads | None = None
) -> Prototypes:
    """The topics as directions. Heads that were learnt in another space are left out."""
    import numpy as np

    rows = np.stack([_direction(topic, vectors) for topic in topics])
    weights, biases = None, (0.0,) * len(topics)
    if heads and heads.vectors == vectors.version:
        by_topic = {head.topic: head for head in heads.heads}
        mine = [by_topic.get(topic.id) for topic in topics]
        weights = np.asarray(
            [one.weights if one else np.zeros(rows.shape[1]) for one in mine],
            np.float32,
        )
        biases = tuple(one.bias if one else 0.0 for one in mine)
    return Prototypes(vectors, rows, weights, biases)


def read_text(reading: Reading) -> str:
    """What of an article is made a vector: its headline and how it begins."""
    return f"{reading.title}. {(reading.text or reading.excerpt)[:LEAD]}"


def likenesses(texts: Sequence[str], like: Prototypes) -> list[Likeness]:
    """How texts read, in the order given."""
    if not texts:
        return []
    rows = like.vectors.of(texts)
    near = rows @ like.directions.T
    taught = near * 0 if like.weights is None else rows @ like.weights.T + like.biases
    return [
        Likeness(tuple(map(float, one)), tuple(map(float, more)))
        for one, more in zip(near, taught, strict=True)
    ]


def _direction(topic: Topic, vectors: TextVectors) -> NDArray[np.float32]:
    name = topic.name.replace("/", " ").lower()
    parts = (
        (KEYWORDS_SHARE, topic.keywords),
        (NAME_SHARE, (name,)),
        (DESCRIPTION_SHARE, (topic.description,) if topic.description else ()),
        (EXAMPLES_SHARE, topic.examples),
    )
    means = [
        share * unit(vectors.of(texts).mean(axis=0)) for share, texts in parts if texts
    ]
    return unit(sum(means[1:], start=means[0]))


def unit(row: NDArray[np.float32]) -> NDArray[np.float32]:
    """A row (or each row) at length one; zeros stay zeros."""
    import numpy as np

    length = np.sqrt((row * row).sum(axis=-1, keepdims=True))
    return (row / np.maximum(length, 1e-9)).astype(np.float32)  # type: ignore[no-any-return]
