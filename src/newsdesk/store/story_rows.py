"""Rows of stories, of how they were judged and of records, to records and back; see
`rows`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.basis import Basis
from newsdesk.model.record import Record
from newsdesk.model.ruling import Ruling
from newsdesk.model.story import (
    Contribution,
    Copy,
    JudgedStory,
    Origin,
    Published,
    Score,
    Story,
    StoryEvent,
    StoryId,
    Verdict,
)
from newsdesk.store import codec
from newsdesk.store.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A judged story without what has rows of its own: the story and its articles."""

    lead: ArticleId
    related: tuple[ArticleId, ...]
    more: tuple[ArticleId, ...]
    qualities: tuple[tuple[ArticleId, Score], ...]
    quality: Score
    heat: Score
    decision: Verdict  # stored under this name since the first rows
    provider_count: int
    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    also_in: tuple[tuple[ArticleId, tuple[ArticleId, ...]], ...] = ()
    standings: tuple[tuple[ArticleId, Score], ...] = ()
    contributions: tuple[Contribution, ...] = ()
    bonds: tuple[tuple[ArticleId, Score], ...] = ()
    basis: Basis | None = None
    heat_at: datetime | None = None
    ruling: Ruling | None = None


def story_row(story: Story) -> Row:
    """The row of a story; its members have their own."""
    return {
        "id": story.id,
        "lead": story.lead,
        "first_at": codec.instant_text(story.first_at),
        "changed_at": codec.instant_text(story.changed_at),
        "merged_into": story.merged_into,
        "split_from": story.split_from,
        "follows": story.follows,
        "challenger": story.challenger,
        "challenged_at": codec.instant_text(story.challenged_at)
        if story.challenged_at
        else None,
    }


def event_row(event: StoryEvent) -> Row:
    """The row of something that happened to a story."""
    return {
        "story_id": event.story,
        "at": codec.instant_text(event.at),
        "kind": event.kind,
        "why": event.why,
    }


def story_event(row: Iterable[Any]) -> StoryEvent:
    """An event of `EVENTS`' columns."""
    of, at, kind, why = row
    return StoryEvent(story=of, at=codec.instant(at), kind=kind, why=why)


def member_rows(story: Story) -> list[Row]:
    """The rows of a story's members, in order."""
    return [
        {"article_id": member, "story_id": story.id, "position": position}
        for position, member in enumerate(story.members)
    ]


def stories(rows: Iterable[Any]) -> list[Story]:
    """Stories of `_STORIES`' columns, a row a member, in order."""
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        together = list(group)
        of, lead, first_at, changed_at, merged, split, follows, *rival, _ = together[0]
        challenger, challenged_at = rival
        found.append(
            Story(
                id=of,
                members=tuple(row[-1] for row in together if row[-1] is not None),
                lead=lead,
                first_at=codec.instant(first_at),
                changed_at=codec.instant(changed_at),
                merged_into=merged,
                split_from=split,
                follows=follows,
                challenger=challenger,
                challenged_at=codec.instant(challenged_at) if challenged_at else None,
            )
        )
    return found


def judged_row(judged: JudgedStory) -> Row:
    """The row of a story's scores, receipts and verdict."""
    verdict = Judgement(
        lead=judged.lead.id,
        related=tuple(article.id for article in judged.related),
        more=tuple(article.id for article in judged.more),
        qualities=judged.qualities,
        quality=judged.quality,
        heat=judged.heat,
        decision=judged.verdict,
        provider_count=judged.provider_count,
        copies=judged.copies,
        origins=judged.origins,
        also_in=judged.also_in,
        standings=judged.standings,
        contributions=judged.contributions,
        bonds=judged.bonds,
        basis=judged.basis,
        heat_at=judged.heat_at,
        ruling=judged.ruling,
    )
    return {
        "story_id": judged.story.id,
        "is_published": judged.verdict.is_published,
        "quality": judged.quality.value,
        "heat": judged.heat.value,
        "verdict": codec.dumps(verdict),
    }


def coverage_rows(judged: JudgedStory) -> list[Row]:
    """The rows that say which articles a judged story shows, and as what."""
    roles = (
        *((judged.lead, "lead"),),
        *((article, "related") for article in judged.related),
        *((article, "more") for article in judged.more),
    )
    copies = {copy.article for copy in judged.copies if copy.is_dependent}
    corrected = {one.article for one in judged.contributions if one.correction}
    return [
        {
            "story_id": judged.story.id,
            "article_id": article.id,
            "role": role,
            "provider": article.provider.domain,
            "is_copy": article.id in copies,
            "corrects": article.id in corrected,
        }
        for article, role in roles
    ]


def judged_story(
    story: Story, verdict: str, articles: Mapping[ArticleId, Article]
) -> JudgedStory:
    """A judged story of its verdict and the articles at hand."""
    found = codec.loads(Judgement, verdict)
    return JudgedStory(
        story=story,
        lead=articles[found.lead],
        related=tuple(articles[of] for of in found.related),
        more=tuple(articles[of] for of in found.more),
        qualities=found.qualities,
        quality=found.quality,
        heat=found.heat,
        verdict=found.decision,
        provider_count=found.provider_count,
        copies=found.copies,
        origins=found.origins,
        also_in=found.also_in,
        standings=found.standings,
        contributions=found.contributions,
        bonds=found.bonds,
        basis=found.basis,
        heat_at=found.heat_at,
        ruling=found.ruling,
    )


def record_row(published: Published) -> Row:
    """The row of a record."""
    return {
        "path": published.path,
        "story_id": published.story.story.id if published.story else None,
        "published_at": codec.instant_text(published.record.published_at),
        "record": codec.dumps(published.record),
    }


def published(row: Iterable[Any], judged: Mapping[StoryId, JudgedStory]) -> Published:
    """A record of `RECORDS`' columns, with the story behind it."""
    path, story_id, record = row
    return Published(
        path=path,
        record=codec.loads(Record, record),
        story=judged.get(story_id),
    )
