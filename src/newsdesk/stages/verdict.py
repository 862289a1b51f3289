"""A lead and its quality -> the verdict: whether readers see the story, and why.

The reason is one sentence that a person can check.
"""

from __future__ import annotations

from newsdesk.model.article import Article
from newsdesk.model.site import Rules
from newsdesk.model.story import Score, Verdict


def of(first: Article, quality: Score, rules: Rules, *, has_topics: bool) -> Verdict:
    """The verdict on a story that `first` leads."""
    threshold = _threshold(first, rules)
    held = _objection(first, quality, rules, threshold, has_topics=has_topics)
    return Verdict(
        is_published=held is None,
        threshold=threshold,
        reason=held or f"quality {quality.value} reaches the threshold of {threshold}",
    )


def _threshold(first: Article, rules: Rules) -> int:
    own = [
        points
        for topic, points in rules.thresholds
        if any(hit.topic == topic for hit in first.topics)
    ]
    return min(own, default=rules.threshold)


def _objection(
    first: Article, quality: Score, rules: Rules, threshold: int, *, has_topics: bool
) -> str | None:
    words = len(first.reading.text.split())
    if has_topics and rules.only_on_topic and not first.topics:
        return "belongs to no topic of the site"
    if words < rules.min_words:
        return f"{words} words, fewer than the {rules.min_words} asked for"
    if quality.value < threshold:
        return f"quality {quality.value} is below the threshold of {threshold}"
    return None
