"""Stories -> judged stories: chooses the lead, orders the rest, decides what to publish.

The lead is sticky: a challenger must be clearly better, so that a record does not flap
between outlets. The verdict is one sentence that a person can check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.site import Rules
from newsdesk.model.story import JudgedStory, Score, Story, Verdict
from newsdesk.stages import score

CHALLENGE = 10
"""Points of quality by which another article must lead to take the lead over."""


def judged(
    stories: Sequence[Story],
    articles: Mapping[ArticleId, Article],
    rules: Rules,
    *,
    has_topics: bool,
) -> tuple[JudgedStory, ...]:
    """Each story with lead, related coverage, scores and verdict, in the order given.
    Stories none of whose members are at hand are left out."""
    return tuple(
        _judged(story, members, rules, has_topics)
        for story in stories
        if (members := [articles[m] for m in story.members if m in articles])
    )


def _judged(
    story: Story, members: Sequence[Article], rules: Rules, has_topics: bool
) -> JudgedStory:
    qualities = {article.id: score.quality(article) for article in members}
    ranked = sorted(members, key=lambda a: (-qualities[a.id].value, a.instant, a.id))
    lead = _lead(story, ranked, qualities)
    related = _one_a_provider(ranked, lead)
    listed = {lead.id, *(article.id for article in related)}
    return JudgedStory(
        story=replace(story, lead=lead.id),
        lead=lead,
        related=related,
        more=tuple(article for article in ranked if article.id not in listed),
        qualities=tuple((article.id, qualities[article.id]) for article in ranked),
        quality=qualities[lead.id],
        heat=score.heat(members, story.changed_at, half_life_h=rules.half_life_h),
        verdict=_verdict(lead, qualities[lead.id], rules, has_topics),
        provider_count=len({article.provider.domain for article in members}),
    )


def _lead(
    story: Story, ranked: Sequence[Article], qualities: Mapping[ArticleId, Score]
) -> Article:
    best = ranked[0]
    holder = next((article for article in ranked if article.id == story.lead), None)
    if holder is None:
        return best
    margin = qualities[best.id].value - qualities[holder.id].value
    return best if margin >= CHALLENGE else holder


def _one_a_provider(ranked: Iterable[Article], lead: Article) -> tuple[Article, ...]:
    best: dict[str, Article] = {}
    for article in ranked:
        if article.provider.domain != lead.provider.domain:
            best.setdefault(article.provider.domain, article)
    return tuple(best.values())


def _verdict(lead: Article, quality: Score, rules: Rules, has_topics: bool) -> Verdict:
    own = [
        points
        for topic, points in rules.thresholds
        if any(hit.topic == topic for hit in lead.topics)
    ]
    threshold = min(own, default=rules.threshold)
    held = _objection(lead, quality, rules, threshold, has_topics)
    return Verdict(
        is_published=held is None,
        threshold=threshold,
        reason=held or f"quality {quality.value} reaches the threshold of {threshold}",
    )


def _objection(
    lead: Article, quality: Score, rules: Rules, threshold: int, has_topics: bool
) -> str | None:
    words = len(lead.reading.text.split())
    if has_topics and rules.only_on_topic and not lead.topics:
        return "belongs to no topic of the site"
    if words < rules.min_words:
        return f"{words} words, fewer than the {rules.min_words} asked for"
    if quality.value < threshold:
        return f"quality {quality.value} is below the threshold of {threshold}"
    return None
