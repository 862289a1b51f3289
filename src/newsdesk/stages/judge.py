"""Stories -> judged stories: who leads, what is listed, what each brought, what readers
see.

The choice of a lead is `lead`'s, the list is `listing`'s, points are
`quality`'s and `heat`'s, the decision `verdict`'s; here they come together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.site import Rules
from newsdesk.model.story import (
    Copy,
    JudgedStory,
    Score,
    Story,
    StoryEvent,
    StoryId,
)
from newsdesk.stages import (
    contributions,
    heat,
    lead,
    listing,
    origins,
    quality,
    verdict,
)
from newsdesk.stages.lead import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Stories as judged, and what happened to them by it."""

    stories: tuple[JudgedStory, ...]
    """In the order given."""
    events: tuple[StoryEvent, ...] = ()
    """Changes of leads, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Court:
    """What all stories are judged by."""

    rules: Rules
    has_topics: bool
    as_of: datetime
    copies: Mapping[ArticleId, Copy]
    leads: Mapping[StoryId, ArticleId]
    gone: Collection[ArticleId]


def judged(
    stories: Sequence[Story],
    articles: Mapping[ArticleId, Article],
    rules: Rules,
    *,
    has_topics: bool,
    copies: Sequence[Copy] = (),
    leads: Mapping[StoryId, ArticleId] | None = None,
    gone: Collection[ArticleId] = frozenset(),
) -> Judged:
    """Each story with lead, related coverage, scores and verdict, in the order given.
    Stories none of whose members are at hand are left out.

    `articles` are all of the window: the newest of them tells what time it is. `leads`
    are those that editors chose; `gone` are articles whose page is withdrawn.
    """
    if not articles:
        return Judged(stories=())
    court = _Court(
        rules=rules,
        has_topics=has_topics,
        as_of=max(article.first_seen_at for article in articles.values()),
        copies={copy.article: copy for copy in copies},
        leads=leads or {},
        gone=gone,
    )
    found = [
        _judged(story, members, court)
        for story in stories
        if (members := [articles[m] for m in story.members if m in articles])
    ]
    return Judged(
        stories=tuple(one for one, _ in found),
        events=tuple(choice.event for _, choice in found if choice.event),
    )


def _judged(
    story: Story, members: Sequence[Article], court: _Court
) -> tuple[JudgedStory, Choice]:
    copies = {a.id: court.copies[a.id] for a in members if a.id in court.copies}
    qualities = {article.id: quality.scored(article) for article in members}
    standings = {
        a.id: lead.standing(a, qualities[a.id], copies.get(a.id)) for a in members
    }
    ranked = lead.ranked(members, standings)
    choice = lead.chosen(
        story,
        ranked,
        standings,
        as_of=court.as_of,
        copies=copies,
        told=court.leads.get(story.id),
        gone=court.gone,
        is_shown=_is_shown(story, ranked, qualities, court),
    )
    first = choice.lead
    coverage = listing.coverage(first, members, qualities, standings, copies)
    by_quality = sorted(ranked, key=lambda a: -qualities[a.id].value)
    voices = origins.of(members, court.copies)
    said = verdict.of(
        first, qualities[first.id], court.rules, has_topics=court.has_topics
    )
    is_chosen = said.is_published or story.lead is not None
    made = JudgedStory(
        story=replace(
            story,
            lead=first.id if is_chosen else None,
            challenger=choice.challenger,
            challenged_at=choice.challenged_at,
        ),
        lead=first,
        related=coverage.related,
        more=coverage.more,
        qualities=tuple((a.id, qualities[a.id]) for a in by_quality),
        quality=qualities[first.id],
        heat=heat.scored(
            members,
            story.changed_at,
            half_life_h=court.rules.half_life_h,
            origins=voices,
        ),
        verdict=said,
        provider_count=len({article.provider.domain for article in members}),
        copies=tuple(copies[of] for of in sorted(copies)),
        origins=voices,
        also_in=coverage.also_in,
        standings=tuple((a.id, standings[a.id]) for a in ranked),
        contributions=contributions.contributions(members, copies),
    )
    return made, choice


def _is_shown(
    story: Story,
    members: Sequence[Article],
    qualities: Mapping[ArticleId, Score],
    court: _Court,
) -> bool:
    """Whether readers see the story with the lead that it has."""
    holder = next((a for a in members if a.id == story.lead), None)
    return (
        holder is not None
        and verdict.of(
            holder, qualities[holder.id], court.rules, has_topics=court.has_topics
        ).is_published
    )
