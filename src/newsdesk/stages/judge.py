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
from newsdesk.model.basis import Basis
from newsdesk.model.ruling import Ruling
from newsdesk.model.site import Rules
from newsdesk.model.story import (
    Copy,
    JudgedStory,
    Origin,
    Score,
    Story,
    StoryEvent,
    StoryId,
    Verdict,
)
from newsdesk.stages import (
    bonds,
    contributions,
    heat,
    lead,
    listing,
    origins,
    quality,
    rule_sets,
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

    name: str
    """Of the rules, for whoever judges once more."""
    rules: Rules
    has_topics: bool
    as_of: datetime
    copies: Mapping[ArticleId, Copy]
    leads: Mapping[StoryId, ArticleId]
    gone: Collection[ArticleId]
    rulings: Mapping[StoryId, Ruling]
    voices: Mapping[str, float]
    now: datetime | None


def judged(
    stories: Sequence[Story],
    articles: Mapping[ArticleId, Article],
    rules: Rules,
    *,
    has_topics: bool,
    copies: Sequence[Copy] = (),
    leads: Mapping[StoryId, ArticleId] | None = None,
    gone: Collection[ArticleId] = frozenset(),
    rulings: Mapping[StoryId, Ruling] | None = None,
    voices: Mapping[str, float] | None = None,
    now: datetime | None = None,
    as_of: datetime | None = None,
) -> Judged:
    """Each story with lead, related coverage, scores and verdict, in the order given.
    Stories none of whose members are at hand are left out.

    `as_of` is the newest news there is, by default of `articles`. `leads` are those that
    editors chose; `gone` are articles whose page is withdrawn; `rulings` are what editors
    say that readers see. `voices`: by provider what its record makes of its voice (see
    `heat`). `now` is the instant of the run, for embargoes alone; None: all are over.
    Caps, which compare stories, are for `caps`.
    """
    if not articles:
        return Judged(stories=())
    court = _Court(
        name=rule_sets.name(rules, has_topics=has_topics),
        rules=rules,
        has_topics=has_topics,
        as_of=as_of or max(a.first_seen_at for a in articles.values()),
        copies={copy.article: copy for copy in copies},
        leads=leads or {},
        gone=gone,
        rulings=rulings or {},
        voices=voices or {},
        now=now,
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
    told = origins.of(members, court.copies)
    qualities = {
        a.id: quality.scored(
            a, copy=copies.get(a.id), voice=court.voices.get(a.provider.domain)
        )
        for a in members
    }
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
        is_shown=_is_shown(story, ranked, qualities, told, court),
    )
    first = choice.lead
    coverage = listing.coverage(first, members, qualities, standings, copies)
    by_quality = sorted(ranked, key=lambda a: -qualities[a.id].value)
    said = _verdict(story, first, members, qualities, told, court)
    heat_at = heat.news_at(members, told)
    made = JudgedStory(
        story=_led(story, choice, said),
        lead=first,
        related=coverage.related,
        more=coverage.more,
        qualities=tuple((a.id, qualities[a.id]) for a in by_quality),
        quality=qualities[first.id],
        heat=heat.scored(
            members,
            heat_at,
            half_life_h=court.rules.half_life_h,
            origins=told,
            voices=court.voices,
            carries_on=story.follows is not None,
        ),
        verdict=said,
        provider_count=len({article.provider.domain for article in members}),
        copies=tuple(copies[of] for of in sorted(copies)),
        origins=told,
        also_in=coverage.also_in,
        standings=tuple((a.id, standings[a.id]) for a in ranked),
        contributions=contributions.contributions(members, copies),
        bonds=bonds.bonds(members),
        basis=_basis(members, told, court),
        ruling=court.rulings.get(story.id),
        heat_at=heat_at,
    )
    return made, choice


def _led(story: Story, choice: Choice, said: Verdict) -> Story:
    """The story with who leads it: nobody before readers first saw a lead."""
    is_chosen = said.is_published or story.lead is not None
    return replace(
        story,
        lead=choice.lead.id if is_chosen else None,
        challenger=choice.challenger,
        challenged_at=choice.challenged_at,
    )


def _basis(members: Sequence[Article], told: Sequence[Origin], court: _Court) -> Basis:
    """What else went into the scores: rules, and providers' weights."""
    speakers = sorted(_speakers(members, told))
    weights = ((of, court.voices[of]) for of in speakers if of in court.voices)
    return Basis(rules=court.name, voices=tuple(weights))


def _speakers(members: Sequence[Article], told: Sequence[Origin]) -> set[str]:
    """Whose record counts: providers of members, and where their texts are from."""
    return {a.provider.domain for a in members} | {one.source for one in told}


def _verdict(
    story: Story,
    first: Article,
    members: Sequence[Article],
    qualities: Mapping[ArticleId, Score],
    told: Sequence[Origin],
    court: _Court,
) -> Verdict:
    """The verdict on a story, were `first` to lead it."""
    return verdict.of(
        first,
        qualities[first.id],
        court.rules,
        has_topics=court.has_topics,
        covering=members,
        origin_count=len(told),
        as_of=court.now,
        ruling=court.rulings.get(story.id),
    )


def _is_shown(
    story: Story,
    members: Sequence[Article],
    qualities: Mapping[ArticleId, Score],
    told: Sequence[Origin],
    court: _Court,
) -> bool:
    """Whether readers see the story with the lead that it has."""
    holder = next((a for a in members if a.id == story.lead), None)
    return (
        holder is not None
        and _verdict(story, holder, members, qualities, told, court).is_published
    )
