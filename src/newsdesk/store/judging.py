"""How stories were judged, in short, and how often readers asked for their pages.

Whole judgements are for `rows` and `loading`; here is what is asked of thousands of
stories at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from newsdesk.model.ruling import Ruling
from newsdesk.model.story import JudgedStory, StoryId, VerdictState
from newsdesk.model.summary import ProviderRecord, StorySummary
from newsdesk.store import codec

KEEP_VISITS = timedelta(days=90)
"""How long hours with their visits are kept."""

_SAVE = text(
    """
    INSERT INTO summaries (story_id, provider, topics, quality, state, rule, ruling)
    VALUES (:story_id, :provider, :topics, :quality, :state, :rule, :ruling)
    ON CONFLICT (story_id) DO UPDATE SET
        provider = excluded.provider, topics = excluded.topics,
        quality = excluded.quality, state = excluded.state, rule = excluded.rule,
        ruling = excluded.ruling
    """
)
_SUMMARIES = text(
    """
    SELECT s.id, s.first_at, j.provider, j.topics, j.quality, j.state, j.rule
    FROM stories s JOIN summaries j ON j.story_id = s.id
    WHERE s.first_at >= :since AND s.merged_into IS NULL
    ORDER BY s.id
    """
)
_RULINGS = text(
    "SELECT story_id, ruling FROM summaries WHERE ruling IS NOT NULL ORDER BY story_id"
)
_PROVIDERS = text(
    """
    SELECT c.provider, count(*), sum(c.is_copy), sum(c.corrects) FROM stories s
    JOIN coverage c ON c.story_id = s.id
    WHERE s.changed_at >= :since AND s.merged_into IS NULL AND c.provider IS NOT NULL
    GROUP BY c.provider ORDER BY c.provider
    """
)
_VANISHED = text(
    """
    SELECT c.provider, count(*) FROM failures f
    JOIN members m ON m.article_id = f.key
    JOIN stories s ON s.id = m.story_id
    JOIN coverage c ON c.story_id = m.story_id AND c.article_id = m.article_id
    WHERE f.stage = 'fetch' AND f.is_final AND f.kind IN ('http 404', 'http 410')
      AND s.changed_at >= :since
    GROUP BY c.provider
    """
)
_ADD_VISITS = text(
    """
    INSERT INTO visits (story_id, hour, visits)
    SELECT coalesce(s.merged_into, r.story_id), :hour, :visits
    FROM records r JOIN stories s ON s.id = r.story_id
    WHERE r.path = :path
    ON CONFLICT (story_id, hour) DO UPDATE SET visits = visits + excluded.visits
    """
)
_FORGET_VISITS = text("DELETE FROM visits WHERE hour < :before")
_VISITS = text(
    """
    SELECT story_id, hour, visits FROM visits
    WHERE hour >= :since AND hour < :until
    ORDER BY story_id, hour
    """
)


def save(connection: Connection, judged: Sequence[JudgedStory]) -> None:
    """Keep stories in short, as they are judged now."""
    if judged:
        connection.execute(_SAVE, [_row(one) for one in judged])


def summaries(connection: Connection, since: datetime) -> tuple[StorySummary, ...]:
    """Living stories that began at or after an instant and were judged, by id."""
    found = connection.execute(_SUMMARIES, {"since": codec.instant_text(since)})
    return tuple(
        StorySummary(
            story=StoryId(of),
            first_at=codec.instant(first_at),
            provider=provider,
            topics=tuple(json.loads(topics)),
            quality=quality,
            state=VerdictState(state),
            rule=rule,
        )
        for of, first_at, provider, topics, quality, state, rule in found
    )


def rulings(connection: Connection) -> dict[StoryId, Ruling]:
    """What editors said of stories when these were judged last."""
    found = connection.execute(_RULINGS)
    return {StoryId(of): codec.loads(Ruling, ruling) for of, ruling in found}


def provider_records(
    connection: Connection, since: datetime
) -> tuple[ProviderRecord, ...]:
    """What providers have shown in stories that changed at or after an instant, by
    domain."""
    wanted = {"since": codec.instant_text(since)}
    gone: dict[str, int] = dict(
        tuple(row) for row in connection.execute(_VANISHED, wanted)
    )
    return tuple(
        ProviderRecord(
            domain=domain,
            articles=articles,
            copies=copies or 0,
            gone=gone.get(domain, 0),
            corrected=corrected or 0,
        )
        for domain, articles, copies, corrected in connection.execute(
            _PROVIDERS, wanted
        )
    )


def add_visits(
    connection: Connection, visits: Mapping[tuple[str, datetime], int]
) -> None:
    """Add visits by record path and hour; those of a path that nobody knows are dropped,
    and so are hours of long ago."""
    if not visits:
        return
    for (path, hour), many in sorted(visits.items()):
        row = {"path": path, "hour": codec.instant_text(hour), "visits": many}
        connection.execute(_ADD_VISITS, row)
    newest = max(hour for _, hour in visits)
    before = {"before": codec.instant_text(newest - KEEP_VISITS)}
    connection.execute(_FORGET_VISITS, before)


def visits(
    connection: Connection, since: datetime, until: datetime
) -> dict[StoryId, Sequence[tuple[datetime, int]]]:
    """By story the hours from `since` on that began before `until`, with their visits."""
    wanted = {"since": codec.instant_text(since), "until": codec.instant_text(until)}
    found: dict[StoryId, list[tuple[datetime, int]]] = {}
    for of, hour, many in connection.execute(_VISITS, wanted):
        found.setdefault(StoryId(of), []).append((codec.instant(hour), many))
    return {of: tuple(hours) for of, hours in found.items()}


def _row(judged: JudgedStory) -> dict[str, str | int | None]:
    return {
        "story_id": judged.story.id,
        "provider": judged.lead.provider.domain,
        "topics": json.dumps([hit.topic for hit in judged.lead.topics]),
        "quality": judged.quality.value,
        "state": judged.verdict.state.value,
        "rule": judged.verdict.rule,
        "ruling": codec.dumps(judged.ruling) if judged.ruling else None,
    }
