"""What came in since a run grouped, and what runs remember for the next one.

Each article that is read, or read once more, gets a number higher than any before: whoever
knows up to which number he has seen all can ask for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, TextClause, bindparam, text

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import StoryId
from newsdesk.store import codec, loading, rows, sql

_NOTE = text(
    """
    INSERT INTO changes (article_id, number)
    VALUES (:id, (SELECT coalesce(max(number), 0) + 1 FROM changes))
    ON CONFLICT (article_id) DO UPDATE SET number = excluded.number
    """
)
_LAST = text("SELECT coalesce(max(number), 0) FROM changes")
_CHANGED = text(
    f"""{sql.ARTICLE_COLUMNS}
    WHERE a.stage = 'read' AND a.id IN (
        SELECT c.article_id FROM changes c
        WHERE c.number > :after AND c.number <= :until
    )
    ORDER BY a.id
    """
)
_NAMED = text(
    f"{sql.ARTICLE_COLUMNS} WHERE a.stage = 'read' AND a.id IN :ids ORDER BY a.id"
).bindparams(bindparam("ids", expanding=True))
_LIGHTS = text(
    """
    SELECT a.id, a.url, a.source_id, a.first_seen_at, a.provider, a.topics,
           a.article, a.duplicate_of
    FROM articles a
    WHERE a.article IS NOT NULL AND a.id IN (
        SELECT r.id FROM articles r WHERE r.stage = 'read' AND r.first_seen_at >= :since
        UNION
        SELECT m.article_id FROM members m JOIN stories s ON s.id = m.story_id
        WHERE s.changed_at >= :since
    )
    ORDER BY a.id
    """
)
_MEMORY = text("SELECT packed FROM memory WHERE name = :name")
_REMEMBER = text(
    """
    INSERT INTO memory (name, packed) VALUES (:name, :packed)
    ON CONFLICT (name) DO UPDATE SET packed = excluded.packed
    """
)


def note(connection: Connection, ids: Iterable[ArticleId]) -> None:
    """Number these articles as changed."""
    values = [{"id": of} for of in ids]
    if values:
        connection.execute(_NOTE, values)


def last_change(connection: Connection) -> int:
    """The number of the last change; 0: there was none."""
    return int(connection.execute(_LAST).scalar_one())


def changed(connection: Connection, after: int, until: int) -> tuple[Article, ...]:
    """The articles that changed after a number and up to another, by id."""
    found = connection.execute(_CHANGED, {"after": after, "until": until})
    return tuple(rows.article(row) for row in found)


def members(connection: Connection, of: Collection[StoryId]) -> tuple[Article, ...]:
    """The articles of stories, by id."""
    return _in_pieces(connection, sql.ARTICLES_OF, of)


def named(connection: Connection, ids: Collection[ArticleId]) -> tuple[Article, ...]:
    """Those of the articles that were read, by id."""
    return _in_pieces(connection, _NAMED, ids)


def lights(connection: Connection, since: datetime) -> tuple[Article, ...]:
    """What `articles` gives, without texts and what else is told at length."""
    found = connection.execute(_LIGHTS, {"since": codec.instant_text(since)})
    return tuple(rows.light(row) for row in found)


def memory(connection: Connection, name: str) -> bytes | None:
    """What was remembered under a name."""
    found = connection.execute(_MEMORY, {"name": name}).scalar_one_or_none()
    return bytes(found) if found is not None else None


def remember(connection: Connection, name: str, data: bytes) -> None:
    """Remember it under a name."""
    connection.execute(_REMEMBER, {"name": name, "packed": data})


def _in_pieces(
    connection: Connection, query: TextClause, ids: Collection[str]
) -> tuple[Article, ...]:
    wanted = sorted(set(ids))
    found: dict[ArticleId, Article] = {}
    for start in range(0, len(wanted), loading.IDS_AT_ONCE):
        some = {"ids": wanted[start : start + loading.IDS_AT_ONCE]}
        for row in connection.execute(query, some):
            article = rows.article(row)
            found[article.id] = article
    return tuple(found[of] for of in sorted(found))
