"""What was learnt about topics, from editors and from articles: kept as a file beside
the topics.

A head is a small correction to what keywords and likeness say, in the space of one set of
text vectors. It is made by a command and never by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHead:
    """What was learnt about one topic."""

    topic: str
    """Id of the topic."""
    weights: tuple[float, ...]
    """What each dimension of a text's vector adds, in logits."""
    bias: float
    """What is added for every text, in logits."""
    yes: int
    """Articles that editors said are about it."""
    no: int
    """Articles that editors said are not."""
    articles: int = 0
    """Articles that it took its prototype from besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHeads:
    """All heads of a site, as trained at one instant."""

    version: str
    """A digest of the heads: it changes where they do."""
    vectors: str
    """The space that they were learnt in."""
    trained_at: datetime
    heads: tuple[TopicHead, ...]
    """By topic id."""
