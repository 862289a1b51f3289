"""The queries of what comes in and of runs, named; those of stories and their records
are in `sql_stories`, of looking things up in `sql_looking`.

In the dialect that SQLite and PostgreSQL share, PRAGMAS apart. Values are bound, times
too. A name in capitals says what comes back or what is kept; the order of the columns is
that of the rows in `rows` and `story_rows`.
"""

from __future__ import annotations

from sqlalchemy import TextClause, bindparam, text

# SQLite only, for each connection. 16 MB of cache; 4 KB pages, its default, did best.
PRAGMAS = (
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
)
# Kept in the file, so it does something once only.
USE_WAL = "PRAGMA journal_mode = WAL"
TABLE_NAMES = text("SELECT name FROM sqlite_master WHERE type = 'table'")
REVISION = text("SELECT version_num FROM alembic_version")
# As Alembic makes it.
MAKE_REVISION = text(
    """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )
    """
)
SET_REVISION = text("INSERT INTO alembic_version (version_num) VALUES (:revision)")


def with_ids(query: str) -> TextClause:
    """A query whose `:ids` takes a list; the caller keeps lists below 1,000."""
    return text(query).bindparams(bindparam("ids", expanding=True))


# --- sources and entries -----------------------------------------------------------

UNLIST_SOURCES = text("UPDATE sources SET is_listed = false WHERE is_listed")
# What we remember of a source outlives changes of its title, topics or language.
LIST_SOURCE = text(
    """
    INSERT INTO sources (id, is_listed, url, health, next_poll_at, source, state)
    VALUES (:id, true, :url, :health, :next_poll_at, :source, :state)
    ON CONFLICT (id) DO UPDATE
    SET is_listed = true, url = excluded.url, source = excluded.source
    """
)
SAVE_STATE = text(
    """
    INSERT INTO sources (id, is_listed, url, health, next_poll_at, source, state)
    VALUES (:id, true, :url, :health, :next_poll_at, :source, :state)
    ON CONFLICT (id) DO UPDATE
    SET health = excluded.health, next_poll_at = excluded.next_poll_at,
        state = excluded.state
    """
)
SOURCES = text("SELECT source, state FROM sources WHERE is_listed ORDER BY id")
LEFT_SOURCES = text("SELECT source, state FROM sources WHERE NOT is_listed ORDER BY id")

KNOWN_ENTRIES = with_ids("SELECT id, digest FROM entries WHERE id IN :ids")
ADD_ENTRY = text(
    """
    INSERT INTO entries (id, source_id, position, first_seen_at, entry, digest)
    VALUES (:id, :source_id, :position, :first_seen_at, :entry, :digest)
    ON CONFLICT (id) DO NOTHING
    """
)
ADD_BODY = text(
    """
    INSERT INTO bodies (kind, id, packed) VALUES (:kind, :id, :packed)
    ON CONFLICT (kind, id) DO UPDATE SET packed = excluded.packed
    """
)
DROP_BODY = text("DELETE FROM bodies WHERE kind = :kind AND id = :id")
# What is not known by its words yet, as those kept before digests were.
ADD_DIGEST = text(
    "UPDATE entries SET digest = :digest WHERE id = :id AND digest IS NULL"
)
CHANGE_ENTRY = text(
    "UPDATE entries SET entry = :entry, digest = :digest WHERE id = :id"
)
SAVE_VERSION = text(
    """
    INSERT INTO versions (entry_id, number, seen_at, version)
    VALUES (:entry_id, :number, :seen_at, :version)
    ON CONFLICT (entry_id, number) DO UPDATE
    SET seen_at = excluded.seen_at, version = excluded.version
    """
)
VERSIONS = with_ids(
    """
    SELECT entry_id, number, seen_at, version FROM versions
    WHERE entry_id IN :ids ORDER BY entry_id, number
    """
)
_ENTRY = "e.id, e.source_id, e.position, e.first_seen_at, e.entry, e.digest, b.packed"
_ENTRY_BODY = "LEFT JOIN bodies b ON b.kind = 'entry' AND b.id = e.id"
UNCLAIMED_ENTRIES = text(
    f"""
    SELECT {_ENTRY} FROM entries e {_ENTRY_BODY}
    WHERE e.article_id IS NULL
    ORDER BY e.source_id, e.position, e.first_seen_at, e.id
    """
)
ENTRIES = with_ids(
    f"SELECT {_ENTRY} FROM entries e {_ENTRY_BODY} WHERE e.id IN :ids ORDER BY e.id"
)
ENTRIES_OF_ARTICLE = text(
    """
    SELECT id FROM entries WHERE article_id = :id
    ORDER BY first_seen_at, source_id, position, id
    """
)
# The first claim stands.
CLAIM_ENTRY = text(
    "UPDATE entries SET article_id = :article_id WHERE id = :id AND article_id IS NULL"
)

# --- articles ----------------------------------------------------------------------

ADD_CANDIDATE = text(
    """
    INSERT INTO articles (
        id, stage, url, url_key, entry_id, source_id, first_seen_at, candidate
    ) VALUES (
        :id, :stage, :url, :url_key, :entry_id, :source_id, :first_seen_at, :candidate
    )
    ON CONFLICT (id) DO NOTHING
    """
)
_CANDIDATE = f"""
    SELECT a.id, a.url, a.stage, a.candidate, a.reread_at, a.article, {_ENTRY}
    FROM articles a
    """
_CANDIDATE_ENTRY = f"JOIN entries e ON e.id = a.entry_id {_ENTRY_BODY}"
# `> ''` says 'not null' so that SQLite looks it up in the index.
UNREAD = text(
    f"""
    {_CANDIDATE} {_CANDIDATE_ENTRY}
    WHERE a.id IN (
        SELECT n.id FROM articles n WHERE n.stage = 'new'
        UNION
        SELECT r.id FROM articles r WHERE r.reread_at > ''
    )
    ORDER BY a.id
    """
)
CANDIDATE = text(f"{_CANDIDATE} {_CANDIDATE_ENTRY} WHERE a.id = :id")

REFUSE = text(
    """
    UPDATE articles SET stage = 'refused', reason = :reason
    WHERE id = :id AND stage = 'new'
    """
)
# Where another reading came to nothing, the first one stands.
KEEP_AS_READ = text(
    "UPDATE articles SET reread_at = NULL WHERE id = :id AND stage = 'read'"
)
# The entry that speaks for an article changed.
REREAD = text(
    """
    UPDATE articles SET reread_at = coalesce(reread_at, :seen_at)
    WHERE id = (SELECT e.article_id FROM entries e WHERE e.id = :id)
      AND entry_id = :id AND stage = 'read'
    """
)
# Read, refused or archived: what is not to be touched again.
SETTLED_ARTICLES = with_ids(
    """
    SELECT id FROM articles
    WHERE id IN :ids AND stage <> 'new' AND reread_at IS NULL
    """
)
SAVE_ARTICLE = text(
    """
    INSERT INTO articles (
        id, stage, url, url_key, source_id, first_seen_at, instant, language,
        provider_domain, web_key, duplicate_of, provider, topics, article
    ) VALUES (
        :id, 'read', :url, :url_key, :source_id, :first_seen_at, :instant, :language,
        :provider_domain, :web_key, :duplicate_of, :provider, :topics, :article
    )
    ON CONFLICT (id) DO UPDATE SET
        stage = 'read', url = excluded.url, url_key = excluded.url_key,
        source_id = excluded.source_id, first_seen_at = excluded.first_seen_at,
        instant = excluded.instant, language = excluded.language,
        provider_domain = excluded.provider_domain, web_key = excluded.web_key,
        duplicate_of = coalesce(excluded.duplicate_of, articles.duplicate_of),
        provider = excluded.provider, topics = excluded.topics,
        article = excluded.article, reread_at = NULL
    WHERE articles.stage = 'new' OR articles.reread_at IS NOT NULL
    """
)
ARTICLE_COLUMNS = """
    SELECT a.id, a.url, a.source_id, a.first_seen_at, a.provider, a.topics,
           a.article, a.duplicate_of, b.packed
    FROM articles a LEFT JOIN bodies b ON b.kind = 'article' AND b.id = a.id
    """
# With every member of a story that changed since, however old the member. Asking for
# the stage outside would make the planner go through all that was ever read.
ARTICLES_SINCE = text(
    f"""{ARTICLE_COLUMNS}
    WHERE a.article IS NOT NULL AND a.id IN (
        SELECT r.id FROM articles r WHERE r.stage = 'read' AND r.first_seen_at >= :since
        UNION
        SELECT m.article_id FROM members m JOIN stories s ON s.id = m.story_id
        WHERE s.changed_at >= :since
    )
    ORDER BY a.id
    """
)
ARTICLES_OF = with_ids(
    f"""{ARTICLE_COLUMNS}
    WHERE a.article IS NOT NULL AND a.id IN (
        SELECT m.article_id FROM members m WHERE m.story_id IN :ids
    )
    ORDER BY a.id
    """
)
ARTICLE = text(f"{ARTICLE_COLUMNS} WHERE a.id = :id AND a.stage = 'read'")
MARK_DUPLICATE = text("UPDATE articles SET duplicate_of = :of WHERE id = :id")

# --- runs --------------------------------------------------------------------------

MARK_CRASHED = text("UPDATE runs SET state = 'crashed' WHERE state = 'running'")
BEGIN_RUN = text(
    """
    INSERT INTO runs (state, now, started_at, counts)
    VALUES ('running', :now, :started_at, '[]') RETURNING id
    """
)
COUNTS = text("SELECT counts FROM runs WHERE id = :id")
SAVE_COUNTS = text("UPDATE runs SET counts = :counts WHERE id = :id")
FINISH_RUN = text("UPDATE runs SET state = :state, ended_at = :ended_at WHERE id = :id")
RUNS = text(
    """
    SELECT id, started_at, ended_at, now, state, counts FROM runs
    ORDER BY id DESC LIMIT :limit
    """
)
SAVE_FAILURE = text(
    """
    INSERT INTO failures (stage, key, tried_at, kind, is_final, failure)
    VALUES (:stage, :key, :tried_at, :kind, :is_final, :failure)
    ON CONFLICT (stage, key) DO UPDATE SET
        tried_at = excluded.tried_at, kind = excluded.kind,
        is_final = excluded.is_final, failure = excluded.failure
    """
)
CLEAR_FAILURE = text("DELETE FROM failures WHERE stage = :stage AND key = :key")
FAILURES = text(
    "SELECT failure, tried_at FROM failures ORDER BY tried_at DESC, stage, key"
)
