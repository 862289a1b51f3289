"""Article -> topics: which nodes of the site's taxonomy a text is about, with evidence.

Two kinds of evidence: keywords, by where they stand and how rare they are, and how much
the text reads like the topic as a whole (`classify_likeness`), corrected by what was
learnt. Without text vectors keywords decide alone. A passing mention says nothing.
Parents are implied, so the root comes last; what belongs to no topic has a nearest miss.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from newsdesk.model.article import Article, Reading, TopicHit
from newsdesk.model.feed import SourceId
from newsdesk.model.ports import TextVectors
from newsdesk.model.site import Topic
from newsdesk.model.topic_heads import TopicHeads
from newsdesk.stages import classify_likeness, classify_words
from newsdesk.stages.classify_likeness import Likeness, Prototypes
from newsdesk.text import terms, word_spread

# What one occurrence is worth, and how much a text must earn where keywords decide alone:
# a headline word or three mentions in the text make a topic.
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
MANY_TAGS = 24

# With text vectors: logit = BIAS + POINT_LOGIT * points + LIKENESS_LOGIT * cosine + learnt,
# where points count the rare more, and a topic without any of its keywords gets UNNAMED
# on top. Fitted on BBC and HuffPost news where most articles are of no topic, then
# rounded: docs/explanation/topics.md has the figures.
BIAS = -4.5
POINT_LOGIT = 1.1
MOST_KEYWORDS_LOGIT = 8.0
LIKENESS_LOGIT = 18.0
UNNAMED = -1.0
LEAST_RARITY = 0.1
MOST_MISSED = 0.499
"""Strength of a near miss that only lacks what is required, or has what is excluded."""
READ_IN = "en"
"""The language that the likeness of texts is to be trusted in."""

_PLACES = (
    ("headline", TITLE_POINTS, 1),
    ("excerpt", EXCERPT_POINTS, 1),
    ("tags", TAG_POINTS, 1),
    ("text", TEXT_POINTS, TEXT_MENTIONS),
)


@dataclass(frozen=True, slots=True)
class Classifier:
    """The topics of one site, made ready to be found in texts."""

    topics: tuple[Topic, ...]
    like: Prototypes | None = None
    """None: keywords decide alone."""
    heads: str = ""
    """Version of what was learnt."""
    _words: classify_words.Index = field(
        repr=False, default_factory=lambda: classify_words.index(())
    )
    _owners: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    """Ids of topics by the word as it is written there."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What speaks for one topic in one text."""

    topic: Topic
    finds: Mapping[str, Mapping[str, int]]
    """How often each of the topic's words stands in each place."""
    cosine: float | None
    """How much the text reads like the topic; None: not looked at."""
    taught: float
    """What was learnt adds, in logits."""
    logit: float
    """Above 0 it is about the topic, as far as its keywords go."""
    bar: str
    """Why it is not about the topic whatever its keywords say; empty: no reason."""

    @property
    def is_about(self) -> bool:
        """Whether the text is about the topic."""
        return not self.bar and self.logit >= 0

    @property
    def strength(self) -> float:
        """0–1; at least .5 where it is about the topic."""
        return round(_share(self.logit), 3)


def classifier(
    topics: Sequence[Topic],
    vectors: TextVectors | None = None,
    heads: TopicHeads | None = None,
) -> Classifier:
    """A classifier for `topics`; build it once a run."""
    owners: dict[str, dict[str, None]] = {}
    for topic in topics:
        for word in (*topic.keywords, *topic.required, *topic.excluded):
            owners.setdefault(word, {})[topic.id] = None
    like = None
    if vectors is not None and topics:
        like = classify_likeness.prototypes(topics, vectors, heads)
    return Classifier(
        tuple(topics),
        like,
        heads.version if heads else "",
        classify_words.index(owners),
        {word: tuple(ids) for word, ids in owners.items()},
    )


def topics(
    reading: Reading, given: Iterable[str], with_: Classifier
) -> tuple[TopicHit, ...]:
    """Topics of an article: most specific first, roots last, each with its evidence.

    `given` are the topics that the source vouches for. Empty: off-topic.
    """
    (judged,) = judge([reading], with_)
    return _hits(judged, frozenset(given), with_)


def classified(
    articles: Sequence[Article],
    given: Mapping[SourceId, Sequence[str]],
    with_: Classifier,
) -> list[Article]:
    """The articles with their topics; one of no topic with the one it came nearest to."""
    found: list[Article] = []
    readings = [article.reading for article in articles]
    for article, judged in zip(articles, judge(readings, with_), strict=True):
        vouched = frozenset(given.get(article.source_id, ()))
        hits = _hits(judged, vouched, with_)
        miss = None if hits else nearest(judged, with_.heads)
        found.append(replace(article, topics=hits, near_miss=miss))
    return found


def judge(readings: Sequence[Reading], with_: Classifier) -> list[tuple[Judged, ...]]:
    """What speaks for each topic in each text, both in the order given."""
    likely: list[Likeness | None] = [None] * len(readings)
    if with_.like is not None:
        texts = [classify_likeness.read_text(reading) for reading in readings]
        likely = list(classify_likeness.likenesses(texts, with_.like))
    return [
        _judged(reading, like if _is_readable(reading) else None, with_)
        for reading, like in zip(readings, likely, strict=True)
    ]


def nearest(judged: Iterable[Judged], heads: str = "") -> TopicHit | None:
    """The topic that a text of no topic came nearest to; None: nothing speaks for any."""
    misses = [one for one in judged if one.finds or one.cosine is not None]
    best = max(misses, key=lambda one: one.logit, default=None)
    if best is None:
        return None
    why = (best.bar,) if best.bar else ()
    evidence = (*_evidence(best, heads), *why)
    strength = min(best.strength, MOST_MISSED)
    return TopicHit(topic=best.topic.id, strength=strength, evidence=evidence)


def rarity(word: str) -> float:
    """0–1: how much a keyword says by itself. A phrase says all, `game` next to nothing:
    by how many articles of news at large have it."""
    stems = terms.terms(word)
    if len(stems) > 1 or not word.isascii():
        return 1.0
    tells = (
        word_spread.tables()["en"].get(stems[0], word_spread.RAREST) if stems else 0.0
    )
    return max(LEAST_RARITY, (tells / word_spread.RAREST) ** 2)


def _judged(
    reading: Reading, like: Likeness | None, with_: Classifier
) -> tuple[Judged, ...]:
    found = _found(reading, with_)
    return tuple(
        _one(topic, found.get(topic.id, {}), like, at)
        for at, topic in enumerate(with_.topics)
    )


def _one(
    topic: Topic, finds: Mapping[str, Mapping[str, int]], like: Likeness | None, at: int
) -> Judged:
    told = {word: finds[word] for word in topic.keywords if word in finds}
    cosine = like.cosines[at] if like else None
    taught = like.taught[at] if like else 0.0
    if cosine is None:
        logit = _points(told) - NEEDED
    else:
        rare = _points(told, rarely=True)
        weighed = min(MOST_KEYWORDS_LOGIT, POINT_LOGIT * rare)
        logit = BIAS + weighed + LIKENESS_LOGIT * cosine + taught
        logit += 0 if told else UNNAMED
    return Judged(topic, told, cosine, taught, logit, _bar(topic, finds))


def _bar(topic: Topic, finds: Mapping[str, Mapping[str, int]]) -> str:
    if excluded := [word for word in topic.excluded if word in finds]:
        return f"excluded: {excluded[0]}"
    required = {word: finds[word] for word in topic.required if word in finds}
    if topic.required and _points(required) < NEEDED_OF_REQUIRED:
        return "none of what is required"
    return ""


def _points(finds: Mapping[str, Mapping[str, int]], *, rarely: bool = False) -> float:
    return sum(
        (_rarity(word) if rarely else 1.0)
        * sum(worth * min(places.get(place, 0), most) for place, worth, most in _PLACES)
        for word, places in finds.items()
    )


def _found(reading: Reading, with_: Classifier) -> dict[str, dict[str, dict[str, int]]]:
    """By topic and word, how often it stands where."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    texts = (
        reading.title,
        reading.excerpt,
        " . ".join(reading.tags[:MANY_TAGS]),
        reading.text[:TEXT_READ],
    )
    for (place, _, _), text in zip(_PLACES, texts, strict=True):
        for word in classify_words.found(text, with_._words, reading.language):
            for topic in with_._owners[word]:
                places = found.setdefault(topic, {}).setdefault(word, {})
                places[place] = places.get(place, 0) + 1
    return found


def _hits(
    judged: Sequence[Judged], given: frozenset[str], with_: Classifier
) -> tuple[TopicHit, ...]:
    hits: dict[str, TopicHit] = {}
    for one in judged:
        of = one.topic.id
        if of in given:
            hits[of] = TopicHit(topic=of, strength=1.0, evidence=("source",))
        elif one.is_about:
            evidence = _evidence(one, with_.heads)
            hits[of] = TopicHit(topic=of, strength=one.strength, evidence=evidence)
    return _in_order(_with_parents(hits, with_.topics), with_.topics)


def _evidence(one: Judged, heads: str) -> tuple[str, ...]:
    """The words that told, most telling first, and what the text reads like."""
    words = sorted(
        one.finds, key=lambda word: (-_points({word: one.finds[word]}), word)
    )
    told = [f"{word} ({_where(one.finds[word])})" for word in words]
    if one.cosine is not None:
        told.append(f"reads like {one.topic.name}: {one.cosine:.2f}")
    if one.taught:
        told.append(f"learnt, {heads}: {one.taught:+.1f}")
    return tuple(told)


def _where(places: Mapping[str, int]) -> str:
    return ", ".join(
        f"{place} {places[place]}×" if places[place] > 1 else place
        for place, _, _ in _PLACES
        if place in places
    )


def _is_readable(reading: Reading) -> bool:
    return reading.language in (None, READ_IN)


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


_rarity = lru_cache(maxsize=4_096)(rarity)


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
