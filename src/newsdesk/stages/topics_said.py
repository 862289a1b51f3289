"""Articles, and what editors said of their topics -> articles with the topics said.

An editor's topic brings its parents with it, as one that was found does; a topic that is
taken away takes those below it along, since these would imply it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsdesk.model.article import Article, TopicHit
from newsdesk.model.ruling import Ruling, TopicCall
from newsdesk.model.site import Topic
from newsdesk.model.story import Story, StoryId

EVIDENCE = "the desk"
"""What a topic that an editor gave has as its evidence."""


def applied(
    articles: Iterable[Article],
    stories: Iterable[Story],
    rulings: Mapping[StoryId, Ruling],
    topics: Sequence[Topic],
) -> tuple[Article, ...]:
    """The articles in the order given, those of which editors said topics with these."""
    calls = {
        member: ruling.topics
        for story in stories
        if (ruling := rulings.get(story.id)) is not None and ruling.topics
        for member in story.members
    }
    return tuple(
        corrected(article, calls[article.id], topics)
        if article.id in calls
        else article
        for article in articles
    )


def corrected(
    article: Article, calls: Sequence[TopicCall], topics: Sequence[Topic]
) -> Article:
    """An article with its topics as said, most specific first, roots last."""
    tree = _Tree(topics)
    hits = {hit.topic: hit for hit in article.topics}
    for call in calls:
        if call.article not in (None, article.id) or call.topic not in tree.by_id:
            continue
        if call.is_about:
            given = TopicHit(topic=call.topic, strength=1.0, evidence=(EVIDENCE,))
            hits[call.topic] = given
            for child, above in tree.line(call.topic):
                implied = TopicHit(
                    topic=above, strength=1.0, evidence=(f"child: {child}",)
                )
                hits.setdefault(above, implied)
        else:
            gone = {call.topic, *(of for of in hits if tree.is_below(of, call.topic))}
            hits = {of: hit for of, hit in hits.items() if of not in gone}
            hits = tree.without_orphans(hits)
    if hits == {hit.topic: hit for hit in article.topics}:
        return article
    order = sorted(
        hits.values(),
        key=lambda hit: (-tree.depth(hit.topic), -hit.strength, tree.place(hit.topic)),
    )
    return replace(article, topics=tuple(order))


class _Tree:
    """The site's topics as they stand below each other."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.by_id = {topic.id: topic for topic in topics}
        self._by_name = {topic.name: topic for topic in topics}
        self._places = {topic.id: place for place, topic in enumerate(topics)}

    def line(self, of: str) -> list[tuple[str, str]]:
        """From a topic up: each with the one above it."""
        found: list[tuple[str, str]] = []
        topic = self.by_id.get(of)
        while topic and topic.parent and (above := self._by_name.get(topic.parent)):
            if len(found) > len(self.by_id):
                break
            found.append((topic.id, above.id))
            topic = above
        return found

    def depth(self, of: str) -> int:
        """How many topics stand above it."""
        return len(self.line(of))

    def place(self, of: str) -> int:
        """Its place among the site's topics."""
        return self._places.get(of, len(self._places))

    def is_below(self, of: str, above: str) -> bool:
        """Whether a topic stands below another."""
        return any(upper == above for _, upper in self.line(of))

    def without_orphans(self, hits: Mapping[str, TopicHit]) -> dict[str, TopicHit]:
        """The hits without those that only stood there for a child that is gone; a parent
        that another child still implies names that one."""
        left = dict(hits)
        for topic in sorted(left, key=lambda of: (-self.depth(of), of)):
            child = _child(left[topic])
            if child is None or child in left:
                continue
            others = [of for of in left if self.line(of)[:1] == [(of, topic)]]
            if others:
                evidence = (f"child: {min(others)}",)
                left[topic] = replace(left[topic], evidence=evidence)
            else:
                del left[topic]
        return left


def _child(hit: TopicHit) -> str | None:
    """The child that alone implies a topic; None: it is there by itself."""
    if len(hit.evidence) != 1 or not hit.evidence[0].startswith("child: "):
        return None
    return hit.evidence[0].removeprefix("child: ")
