"""Looking things up for a person: by whatever they have at hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Connection, Engine, TextClause

from newsdesk.model.article import ArticleId, Whereabouts
from newsdesk.model.feed import EntryId, Listing
from newsdesk.model.receipt import RuleSet
from newsdesk.model.story import JudgedStory, Published, StoryEvent, StoryId
from newsdesk.store import (
    codec,
    loading,
    opening,
    rows,
    rule_sets,
    sql,
    sql_looking,
    sql_stories,
    story_rows,
)
from newsdesk.text import urls


class SqliteArchive:
    """Implements `model.ports.Archive`; made by `newsdesk.store.open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find_story(self, text: str) -> JudgedStory | None:
        """The story that an id, a record's path, an article's id or an address means; of
        one that was merged, what it became."""
        with opening.reading(self._engine) as connection:
            of = _story_id(connection, text)
            return loading.story(connection, of) if of else None

    def find_events(self, text: str) -> tuple[StoryEvent, ...]:
        """What happened to the story that `find_story` finds, and to those that were
        merged into it, oldest first."""
        with opening.reading(self._engine) as connection:
            of = _story_id(connection, text)
            found = connection.execute(sql_stories.EVENTS, {"id": of})
            return tuple(map(story_rows.story_event, found))

    def find_article(self, text: str) -> Whereabouts | None:
        """What became of an article or candidate, by its id, its address as met or as
        canonical, or the id of an entry that lists it."""
        with opening.reading(self._engine) as connection:
            of = _article_id(connection, text)
            return _whereabouts(connection, of) if of else None

    def find_listings(self, text: str) -> tuple[Listing, ...]:
        """The entries that list what `find_article` finds, with their versions, in the
        order first seen."""
        with opening.reading(self._engine) as connection:
            of = _article_id(connection, text)
            found = connection.execute(sql.ENTRIES_OF_ARTICLE, {"id": of}).scalars()
            return loading.listings(connection, [EntryId(each) for each in found])

    def find_record(self, text: str) -> Published | None:
        """The record at a path (its file name is enough), or of what `find_story`
        finds."""
        with opening.reading(self._engine) as connection:
            path = _record_path(connection, text)
            if path is None:
                return None
            row = connection.execute(sql_stories.RECORD, {"path": path}).one()
            judged = loading.story(connection, row.story_id) if row.story_id else None
            return story_rows.published(
                row, {judged.story.id: judged} if judged else {}
            )

    def newest_news(self) -> datetime | None:
        """When the newest news of any story came in; None: there is no story."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql_stories.NEWEST_NEWS).scalar_one_or_none()
            return codec.instant(found) if found else None

    def judged_since(self, since: datetime) -> tuple[JudgedStory, ...]:
        """Judged stories that changed at or after an instant, by id, without those that
        were merged into another."""
        with opening.reading(self._engine) as connection:
            return loading.changed_stories(connection, codec.instant_text(since))

    def rule_sets(self) -> tuple[RuleSet, ...]:
        """The rules that stories were judged by, those of the last run first."""
        with opening.reading(self._engine) as connection:
            return rule_sets.every(connection)

    def totals(self) -> tuple[tuple[str, int], ...]:
        """How much the store holds, by name, in the order of the path."""
        with opening.reading(self._engine) as connection:
            row = connection.execute(sql_looking.TOTALS).one()
            return tuple((name, int(count)) for name, count in row._mapping.items())


def _story_id(connection: Connection, text: str) -> StoryId | None:
    of = _first(connection, sql_looking.STORY_IDS, text)
    path = None if of else _path_like(connection, text)
    if path:
        of = _first(connection, sql_looking.STORY_OF_RECORD, path)
    if not of and not path:
        article = _article_id(connection, text)
        of = (
            _first(connection, sql_looking.STORY_OF_ARTICLE, article)
            if article
            else None
        )
    return StoryId(of) if of else None


def _record_path(connection: Connection, text: str) -> str | None:
    path = _path_like(connection, text)
    if path:
        return path
    story = _story_id(connection, text)
    found = (
        connection.execute(sql_looking.PATH_OF_STORY, {"id": story}).scalars().first()
    )
    return str(found) if found else None


def _path_like(connection: Connection, text: str) -> str | None:
    """The path of the one record with this file name; None: none, or several."""
    name = PurePosixPath(text.replace("\\", "/")).name
    if not name or "://" in text:
        return None
    escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    wanted = {"name": name, "like": f"%/{escaped}"}
    found = connection.execute(sql_looking.PATHS_ENDING, wanted).scalars().all()
    exact = [path for path in found if text in (path, f"./{path}")]
    return str((exact or found)[0]) if exact or len(found) == 1 else None


def _article_id(connection: Connection, text: str) -> ArticleId | None:
    of = _first(connection, sql_looking.ARTICLE_IDS, text)
    of = of or _first(connection, sql_looking.ARTICLE_OF_ENTRY, text)
    key = None if of else urls.key(text)
    if key:
        wanted = {"key": key}
        of = (
            connection.execute(sql_looking.ARTICLE_OF_ADDRESS, wanted).scalars().first()
        )
    return ArticleId(of) if of else None


def _whereabouts(connection: Connection, of: ArticleId) -> Whereabouts | None:
    wanted = {"id": of}
    stage = connection.execute(sql_looking.ARTICLE_STAGE, wanted).one_or_none()
    if stage is None:
        return None
    candidate = connection.execute(sql.CANDIDATE, wanted).one_or_none()
    article = connection.execute(sql.ARTICLE, wanted).one_or_none()
    return Whereabouts(
        id=of,
        stage=stage.stage,
        reason=stage.reason,
        candidate=rows.candidate(candidate) if candidate else None,
        article=rows.article(article) if article else None,
        story_id=_first(connection, sql_looking.STORY_OF_ARTICLE, of),
    )


def _first(connection: Connection, query: TextClause, text: str) -> str | None:
    found = connection.execute(query, {"text": text}).scalars().first()
    return str(found) if found else None
