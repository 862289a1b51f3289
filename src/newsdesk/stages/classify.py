"""Article -> topics: which nodes of the site's taxonomy a text is about, with evidence.

Keywords only: a word in the headline says more than one in the running text, and a
passing mention says nothing. Parents are implied, so the root comes last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsdesk.model.article import Reading, TopicHit
from newsdesk.model.site import Topic

# What one occurrence is worth, and how much a text must earn. A headline word or three
# mentions in the text make a topic; set by hand, to be measured on topic sets.
TITLE_POINTS = 3.0
EXCERPT_POINTS = 1.5
TAG_POINTS = 2.0
TEXT_POINTS = 0.75
TEXT_MENTIONS = 4
"""Mentions of one keyword in the text that count."""
NEEDED = 2.25
NEEDED_OF_REQUIRED = 1.5
"""A required word in the headline or excerpt, or twice in the text: once is by chance."""
TEXT_READ = 6_000
"""Characters of the text that are looked at: what an article is about, it says early."""
ACRONYM_LENGTH = 5
"""Keywords up to this length written in capitals match only in capitals."""
MANY_TAGS = 24


@dataclass(frozen=True, slots=True)
class Classifier:
    """The topics of one site, made ready to be found in texts."""

    topics: tuple[Topic, ...]
    _pattern: re.Pattern[str] | None = field(repr=False, default=None)
    _owners: dict[str, tuple[tuple[str, str], ...]] = field(
        repr=False, default_factory=dict
    )


def classifier(topics: Sequence[Topic]) -> Classifier:
    """A classifier for `topics`; build it once a run."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for topic in topics:
        for word in (*topic.keywords, *topic.required, *topic.excluded):
            owners.setdefault(_fold(word), []).append((topic.id, word))
    # Longest first, so that `machine learning chip` wins over `machine learning`.
    words = sorted((word for word in owners if word), key=lambda w: (-len(w), w))
    pattern = None
    if words:
        choices = "|".join(re.escape(word).replace(r"\ ", r"[\s\-]+") for word in words)
        pattern = re.compile(rf"(?<!\w)({choices})(?:s|es|['’]s)?(?!\w)", re.IGNORECASE)
    return Classifier(
        tuple(topics), pattern, {word: tuple(who) for word, who in owners.items()}
    )


def topics(
    reading: Reading, given: Iterable[str], with_: Classifier
) -> tuple[TopicHit, ...]:
    """Topics of an article: most specific first, roots last, each with its evidence.

    `given` are the topics that the source vouches for. Empty: off-topic.
    """
    earned = _earned(reading, with_)
    hits: dict[str, TopicHit] = {}
    for topic in with_.topics:
        words = earned.get(topic.id, {})
        if topic.id in given:
            hits[topic.id] = TopicHit(
                topic=topic.id, strength=1.0, evidence=("source",)
            )
        elif _is_about(topic, words):
            points = sum(words[word] for word in topic.keywords if word in words)
            found = sorted(
                (word for word in topic.keywords if word in words),
                key=lambda word: (-words[word], word),
            )
            hits[topic.id] = TopicHit(
                topic=topic.id,
                strength=round(1 - math.exp(-points / TITLE_POINTS), 3),
                evidence=tuple(found),
            )
    return _in_order(_with_parents(hits, with_.topics), with_.topics)


def _earned(reading: Reading, with_: Classifier) -> dict[str, dict[str, float]]:
    """Points by topic and keyword."""
    earned: dict[str, dict[str, float]] = {}
    if with_._pattern is None:
        return earned
    tags = " . ".join(reading.tags[:MANY_TAGS])
    for text, worth, most in (
        (reading.title, TITLE_POINTS, 1),
        (reading.excerpt, EXCERPT_POINTS, 1),
        (tags, TAG_POINTS, 1),
        (reading.text[:TEXT_READ], TEXT_POINTS, TEXT_MENTIONS),
    ):
        seen: dict[tuple[str, str], int] = {}
        for match in with_._pattern.finditer(text):
            written = match.group(1)
            for topic, word in with_._owners[_fold(written)]:
                if _is_acronym(word) and not written.isupper():
                    continue
                times = seen[topic, word] = seen.get((topic, word), 0) + 1
                if times <= most:
                    words = earned.setdefault(topic, {})
                    words[word] = words.get(word, 0.0) + worth
    return earned


def _is_about(topic: Topic, words: dict[str, float]) -> bool:
    if any(word in words for word in topic.excluded):
        return False
    required = sum(words.get(word, 0.0) for word in topic.required)
    if topic.required and required < NEEDED_OF_REQUIRED:
        return False
    return sum(words.get(word, 0.0) for word in topic.keywords) >= NEEDED


def _with_parents(
    hits: dict[str, TopicHit], topics: Sequence[Topic]
) -> dict[str, TopicHit]:
    by_name = {topic.name: topic for topic in topics}
    by_id = {topic.id: topic for topic in topics}
    whole = dict(hits)
    for hit in hits.values():
        topic = by_id[hit.topic]
        while topic.parent and (above := by_name.get(topic.parent)):
            if above.id in whole:
                break
            whole[above.id] = TopicHit(
                topic=above.id, strength=hit.strength, evidence=(f"child: {topic.id}",)
            )
            topic = above
    return whole


def _in_order(
    hits: dict[str, TopicHit], topics: Sequence[Topic]
) -> tuple[TopicHit, ...]:
    by_name = {topic.name: topic for topic in topics}
    places = {topic.id: place for place, topic in enumerate(topics)}

    def depth(topic: Topic) -> int:
        steps = 0
        while topic.parent and (above := by_name.get(topic.parent)):
            topic, steps = above, steps + 1
            if steps > len(topics):
                break
        return steps

    depths = {topic.id: depth(topic) for topic in topics}
    return tuple(
        sorted(
            hits.values(),
            key=lambda hit: (-depths[hit.topic], -hit.strength, places[hit.topic]),
        )
    )


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= ACRONYM_LENGTH


def _fold(word: str) -> str:
    return re.sub(r"[\s\-]+", " ", word.strip()).lower()
