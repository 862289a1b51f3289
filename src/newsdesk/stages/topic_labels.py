"""Editors' decisions on topics -> labels on articles, and heads learnt from them.

A story or article that an editor gave a topic is about the topics above it, too; one that
is not about a topic is not about those below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.decision import Decision
from newsdesk.model.ports import TextVectors
from newsdesk.model.site import Topic
from newsdesk.model.story import Story
from newsdesk.model.topic_heads import TopicHead
from newsdesk.stages import classify, classify_likeness, rulings, topic_heads
from newsdesk.stages.classify import Judged

Labels = Mapping[ArticleId, Mapping[str, bool]]
"""By article and topic id: whether it is about it, as far as editors said."""


def labels(
    decisions: Iterable[Decision],
    stories: Sequence[Story],
    articles: Sequence[Article],
    topics: Sequence[Topic],
    now: datetime,
) -> Labels:
    """What editors said of the topics of articles, by the decisions that hold."""
    said = rulings.rulings(decisions, stories, articles, now).by_story
    members = {story.id: story.members for story in stories}
    found: dict[ArticleId, dict[str, bool]] = {}
    for story, ruling in said.items():
        for call in ruling.topics:
            those = [call.article] if call.article else members.get(story, ())
            for article in those:
                for topic in _implied(call.topic, topics, call.is_about):
                    found.setdefault(article, {}).setdefault(topic, call.is_about)
                found.setdefault(article, {})[call.topic] = call.is_about
    return found


def _implied(topic: str, topics: Sequence[Topic], is_about: bool) -> Iterator[str]:
    """Ids of the topics above it, where it is about the topic; else of those below."""
    lines = {one.id: _line(one, topics) for one in topics}
    if is_about:
        yield from lines.get(topic, ())
    else:
        yield from (below for below, line in lines.items() if topic in line)


def _line(topic: Topic, topics: Sequence[Topic]) -> list[str]:
    """Ids of the topics above one, the nearest first."""
    by_name = {one.name: one for one in topics}
    line: list[str] = []
    above = by_name.get(topic.parent or "")
    while above is not None and above.id not in line:
        line.append(above.id)
        above = by_name.get(above.parent or "")
    return line


def heads(
    articles: Sequence[Article],
    labelled: Labels,
    topics: Sequence[Topic],
    vectors: TextVectors,
) -> tuple[TopicHead, ...]:
    """A head for each topic with enough articles or decisions, by topic id. Articles in
    languages that the vectors are not for teach nothing."""
    those = sorted((a for a in articles if _is_fit(a)), key=lambda a: a.id)
    if not those or not topics:
        return ()
    readings = [article.reading for article in those]
    ready = classify.classifier(topics, vectors)
    judged = classify.judge(readings, ready)
    rows = vectors.of([classify_likeness.read_text(reading) for reading in readings])
    said = [labelled.get(one.id, {}) for one in those]
    found = []
    for at, topic in enumerate(topics):
        mine = [i for i, labels in enumerate(said) if topic.id in labels]
        first = topic_heads.moved(
            rows,
            [
                _surely(each[at], labels.get(topic.id))
                for each, labels in zip(judged, said, strict=True)
            ],
            ready.like.directions[at] if ready.like else rows[0],
            classify.LIKENESS_LOGIT,
        )
        found.append(
            topic_heads.head(
                topic.id,
                rows[mine],
                [judged[i][at].logit for i in mine],
                [said[i][topic.id] for i in mine],
                first,
            )
        )
    return tuple(sorted(filter(None, found), key=lambda head: head.topic))


def _is_fit(article: Article) -> bool:
    return article.reading.language in (None, classify.READ_IN)


def _surely(judged: Judged, label: bool | None) -> float:
    """How surely an article is about a topic, 0 to 1: an editor knows."""
    if label is not None:
        return float(label)
    return judged.strength if judged.is_about else 0.0
