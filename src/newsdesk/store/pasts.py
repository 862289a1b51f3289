"""What changed about stories, out of the tables that keep it: events, versions of entries,
pages that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, TextClause

from newsdesk.model.article import ArticleId
from newsdesk.model.story import Past, StoryEvent, StoryId
from newsdesk.store import codec, loading, rows, sql_stories, story_rows

Versions = tuple[ArticleId, tuple[Any, ...]]


def pasts(connection: Connection, ids: Sequence[StoryId]) -> dict[StoryId, Past]:
    """The pasts of those of the stories that have one, by id."""
    events: dict[StoryId, list[StoryEvent]] = {}
    versions: dict[StoryId, list[Any]] = {}
    losses: dict[StoryId, list[Any]] = {}
    for start in range(0, len(ids), loading.IDS_AT_ONCE):
        wanted = list(ids[start : start + loading.IDS_AT_ONCE])

        def ask(query: TextClause, wanted: list[StoryId] = wanted) -> Iterable[Any]:
            return connection.execute(query, {"ids": wanted})

        _by_story(events, ask(sql_stories.PAST_EVENTS), _events)
        _by_story(versions, ask(sql_stories.PAST_VERSIONS), _versions)
        _by_story(losses, ask(sql_stories.PAST_LOSSES), _losses)
    return {
        of: Past(
            events=tuple(events.get(of, ())),
            versions=tuple(versions.get(of, ())),
            losses=tuple(losses.get(of, ())),
        )
        for of in sorted({*events, *versions, *losses})
    }


def _by_story(
    found: dict[StoryId, list[Any]],
    answer: Iterable[Any],
    read: Callable[[Iterable[Any]], Iterator[Any]],
) -> None:
    """Adds what rows say, a story at a time; its id is their first column."""
    for of, group in groupby(answer, key=lambda row: row[0]):
        found.setdefault(StoryId(of), []).extend(read(row[1:] for row in group))


def _events(found: Iterable[Any]) -> Iterator[StoryEvent]:
    return map(story_rows.story_event, found)


def _versions(found: Iterable[Any]) -> Iterator[Versions]:
    """The versions of one entry together, beside its article."""
    for article, group in groupby(found, key=lambda row: row[0]):
        for entry in rows.versions(row[1:] for row in group).values():
            yield ArticleId(article), entry


def _losses(found: Iterable[Any]) -> Iterator[tuple[ArticleId, Any, str]]:
    for article, tried_at, failure in found:
        yield ArticleId(article), codec.instant(tried_at), rows.reason_of(failure)
