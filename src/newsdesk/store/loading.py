"""Records out of several tables: judged stories and listings of entries.

A handful of queries each, for one or for thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.feed import EntryId, Listing
from newsdesk.model.story import JudgedStory, StoryId
from newsdesk.store import rows, sql, sql_stories, story_rows

# Ids in one query; SQLite's own limit is 32,766, PostgreSQL's drivers differ.
IDS_AT_ONCE = 500


def listings(connection: Connection, ids: Sequence[EntryId]) -> tuple[Listing, ...]:
    """Those of the entries that are there, with their versions, in the order given."""
    found: dict[EntryId, Listing] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        wanted = {"ids": ids[start : start + IDS_AT_ONCE]}
        versions = rows.versions(connection.execute(sql.VERSIONS, wanted))
        for row in connection.execute(sql.ENTRIES, wanted):
            entry = rows.entry(row)
            found[entry.id] = Listing(entry=entry, versions=versions.get(entry.id, ()))
    return tuple(found[of] for of in ids if of in found)


def recorded_stories(connection: Connection) -> dict[StoryId, JudgedStory]:
    """Every judged story that has a record, by id."""
    return _together(
        connection.execute(sql_stories.RECORDED_STORIES),
        connection.execute(sql_stories.RECORDED_JUDGED),
        connection.execute(sql_stories.RECORDED_COVERAGE),
    )


def story(connection: Connection, of: StoryId) -> JudgedStory | None:
    """One judged story; None where there is none, or nobody judged it yet."""
    wanted = {"id": of}
    found = _together(
        connection.execute(sql_stories.ONE_STORY, wanted),
        connection.execute(sql_stories.ONE_JUDGED, wanted),
        connection.execute(sql_stories.ONE_COVERAGE, wanted),
    )
    return found.get(of)


def changed_stories(connection: Connection, since: str) -> tuple[JudgedStory, ...]:
    """Judged stories that changed at or after an instant, by id, without those that were
    merged into another."""
    wanted = {"since": since}
    found = _together(
        connection.execute(sql_stories.CHANGED_STORIES, wanted),
        connection.execute(sql_stories.CHANGED_JUDGED, wanted),
        connection.execute(sql_stories.CHANGED_COVERAGE, wanted),
    )
    return tuple(found[of] for of in sorted(found) if found[of].story.is_alive)


def _together(
    stories: Iterable[Any], judged: Iterable[Any], coverage: Iterable[Any]
) -> dict[StoryId, JudgedStory]:
    found = (rows.article(row) for row in coverage)
    articles: dict[ArticleId, Article] = {article.id: article for article in found}
    verdicts: dict[StoryId, str] = dict(tuple(row) for row in judged)
    return {
        story.id: story_rows.judged_story(story, verdicts[story.id], articles)
        for story in story_rows.stories(stories)
        if story.id in verdicts
    }
