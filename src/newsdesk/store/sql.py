"""Every query, named; in the dialect that SQLite and PostgreSQL share, PRAGMAS apart.

Values are bound, times too. A name in capitals says what comes back or what is kept;
the order of the columns is that of the rows in `rows`.
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


def _with_ids(query: str) -> TextClause:
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

KNOWN_ENTRIES = _with_ids("SELECT id, digest FROM entries WHERE id IN :ids")
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
VERSIONS = _with_ids(
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
ENTRIES = _with_ids(
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
SETTLED_ARTICLES = _with_ids(
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
_ARTICLES = """
    SELECT a.id, a.url, a.source_id, a.first_seen_at, a.provider, a.topics,
           a.article, a.duplicate_of, b.packed
    FROM articles a LEFT JOIN bodies b ON b.kind = 'article' AND b.id = a.id
    """
# With every member of a story that changed since, however old the member. Asking for
# the stage outside would make the planner go through all that was ever read.
ARTICLES_SINCE = text(
    f"""{_ARTICLES}
    WHERE a.article IS NOT NULL AND a.id IN (
        SELECT r.id FROM articles r WHERE r.stage = 'read' AND r.first_seen_at >= :since
        UNION
        SELECT m.article_id FROM members m JOIN stories s ON s.id = m.story_id
        WHERE s.changed_at >= :since
    )
    ORDER BY a.id
    """
)
ARTICLES_OF = _with_ids(
    f"""{_ARTICLES}
    WHERE a.article IS NOT NULL AND a.id IN (
        SELECT m.article_id FROM members m WHERE m.story_id IN :ids
    )
    ORDER BY a.id
    """
)
ARTICLE = text(f"{_ARTICLES} WHERE a.id = :id AND a.stage = 'read'")
MARK_DUPLICATE = text("UPDATE articles SET duplicate_of = :of WHERE id = :id")

# --- stories -----------------------------------------------------------------------

SAVE_STORY = text(
    """
    INSERT INTO stories (
        id, lead, first_at, changed_at, merged_into, split_from, follows, challenger,
        challenged_at
    ) VALUES (
        :id, :lead, :first_at, :changed_at, :merged_into, :split_from, :follows,
        :challenger, :challenged_at
    )
    ON CONFLICT (id) DO UPDATE SET
        lead = excluded.lead, first_at = excluded.first_at,
        changed_at = excluded.changed_at, merged_into = excluded.merged_into,
        split_from = excluded.split_from, follows = excluded.follows,
        challenger = excluded.challenger, challenged_at = excluded.challenged_at
    """
)
# What was merged into it earlier, however long ago, goes where it goes.
LEAD_ON = text("UPDATE stories SET merged_into = :merged_into WHERE merged_into = :id")
DROP_MEMBERS = text("DELETE FROM members WHERE story_id = :id")
SAVE_MEMBER = text(
    """
    INSERT INTO members (article_id, story_id, position)
    VALUES (:article_id, :story_id, :position)
    ON CONFLICT (article_id) DO UPDATE SET
        story_id = excluded.story_id, position = excluded.position
    """
)
_STORIES = """
    SELECT s.id, s.lead, s.first_at, s.changed_at, s.merged_into, s.split_from,
           s.follows, s.challenger, s.challenged_at, m.article_id
    FROM stories s LEFT JOIN members m ON m.story_id = s.id
    """
_BY_STORY = "ORDER BY s.id, m.position"
# With every story that is named after a member of one of these: its name is taken.
STORIES_SINCE = text(
    f"""{_STORIES}
    WHERE s.id IN (
        SELECT c.id FROM stories c WHERE c.changed_at >= :since
        UNION
        SELECT n.id FROM stories c
        JOIN members f ON f.story_id = c.id
        JOIN stories n ON n.id >= 's' || f.article_id
                      AND n.id < 's' || f.article_id || '.'
        WHERE c.changed_at >= :since
    )
    {_BY_STORY}"""
)
STORIES_NAMED = _with_ids(
    f"""{_STORIES}
    WHERE s.id IN :ids
       OR s.id IN (SELECT d.merged_into FROM stories d WHERE d.id IN :ids)
       OR s.id IN (SELECT f.story_id FROM members f WHERE f.article_id IN :ids)
    {_BY_STORY}"""
)
ADD_EVENT = text(
    """
    INSERT INTO story_events (story_id, at, kind, why)
    VALUES (:story_id, :at, :kind, :why)
    ON CONFLICT (story_id, at, kind, why) DO NOTHING
    """
)
# Those of a story and of what was merged into it.
EVENTS = text(
    """
    SELECT story_id, at, kind, why FROM story_events
    WHERE story_id = :id
       OR story_id IN (SELECT d.id FROM stories d WHERE d.merged_into = :id)
    ORDER BY at, story_id, kind, why
    """
)

# What changed about stories since they were first seen; the story stands in front.
PAST_EVENTS = _with_ids(
    """
    SELECT coalesce(s.merged_into, e.story_id) AS story, e.story_id, e.at, e.kind, e.why
    FROM story_events e LEFT JOIN stories s ON s.id = e.story_id
    WHERE e.story_id IN :ids
       OR e.story_id IN (SELECT d.id FROM stories d WHERE d.merged_into IN :ids)
    ORDER BY story, e.at, e.story_id, e.kind, e.why
    """
)
PAST_VERSIONS = _with_ids(
    """
    SELECT m.story_id, m.article_id, v.entry_id, v.number, v.seen_at, v.version
    FROM members m JOIN entries e ON e.article_id = m.article_id
                   JOIN versions v ON v.entry_id = e.id
    WHERE m.story_id IN :ids
    ORDER BY m.story_id, m.article_id, v.entry_id, v.number
    """
)
PAST_LOSSES = _with_ids(
    """
    SELECT m.story_id, m.article_id, f.tried_at, f.failure
    FROM members m JOIN failures f ON f.stage = 'fetch' AND f.key = m.article_id
    WHERE m.story_id IN :ids AND f.is_final AND f.kind IN ('http 404', 'http 410')
    ORDER BY m.story_id, m.article_id
    """
)

SAVE_JUDGED = text(
    """
    INSERT INTO judged (story_id, is_published, quality, heat, verdict)
    VALUES (:story_id, :is_published, :quality, :heat, :verdict)
    ON CONFLICT (story_id) DO UPDATE SET
        is_published = excluded.is_published, quality = excluded.quality,
        heat = excluded.heat, verdict = excluded.verdict
    """
)
DROP_COVERAGE = text("DELETE FROM coverage WHERE story_id = :id")
SAVE_COVERAGE = text(
    """
    INSERT INTO coverage (story_id, article_id, role)
    VALUES (:story_id, :article_id, :role)
    ON CONFLICT (story_id, article_id) DO UPDATE SET role = excluded.role
    """
)

# A judged story takes three queries, for one story or for all that have a record.
_JUDGED = "SELECT story_id, verdict FROM judged"
_OF_RECORDS = "(SELECT r.story_id FROM records r WHERE r.story_id IS NOT NULL)"
_COVERED = "SELECT c.article_id FROM coverage c WHERE c.story_id"
ONE_JUDGED = text(f"{_JUDGED} WHERE story_id = :id")
ONE_STORY = text(f"{_STORIES} WHERE s.id = :id {_BY_STORY}")
ONE_COVERAGE = text(f"{_ARTICLES} WHERE a.id IN ({_COVERED} = :id)")
RECORDED_JUDGED = text(f"{_JUDGED} WHERE story_id IN {_OF_RECORDS}")
RECORDED_STORIES = text(f"{_STORIES} WHERE s.id IN {_OF_RECORDS} {_BY_STORY}")
RECORDED_COVERAGE = text(f"{_ARTICLES} WHERE a.id IN ({_COVERED} IN {_OF_RECORDS})")

# --- records -----------------------------------------------------------------------

SAVE_RECORD = text(
    """
    INSERT INTO records (path, story_id, published_at, record)
    VALUES (:path, :story_id, :published_at, :record)
    ON CONFLICT (path) DO UPDATE SET
        story_id = excluded.story_id, published_at = excluded.published_at,
        record = excluded.record
    """
)
_RECORDS = "SELECT path, story_id, record FROM records"
RECORDS = text(f"{_RECORDS} ORDER BY published_at DESC, path")
RECORD = text(f"{_RECORDS} WHERE path = :path")

# --- looking things up ---------------------------------------------------------------

# A merged story stands for the one that it became.
STORY_IDS = text("SELECT coalesce(merged_into, id) FROM stories WHERE id = :text")
STORY_OF_RECORD = text(
    """
    SELECT coalesce(s.merged_into, r.story_id)
    FROM records r LEFT JOIN stories s ON s.id = r.story_id
    WHERE r.path = :text
    """
)
STORY_OF_ARTICLE = text("SELECT story_id FROM members WHERE article_id = :text")
PATH_OF_STORY = text("SELECT path FROM records WHERE story_id = :id ORDER BY path")
PATHS_ENDING = text(
    """
    SELECT path FROM records WHERE path = :name OR path LIKE :like ESCAPE '\\'
    ORDER BY path
    """
)
ARTICLE_IDS = text("SELECT id FROM articles WHERE id = :text")
# Read ones first: an address may have been met before it led to another.
ARTICLE_OF_ADDRESS = text(
    """
    SELECT id FROM articles WHERE url_key = :key OR web_key = :key
    ORDER BY CASE stage WHEN 'read' THEN 0 ELSE 1 END, duplicate_of IS NOT NULL, id
    """
)
ARTICLE_OF_ENTRY = text(
    "SELECT article_id FROM entries WHERE id = :text AND article_id IS NOT NULL"
)
ARTICLE_STAGE = text("SELECT stage, reason FROM articles WHERE id = :id")
TOTALS = text(
    """
    SELECT (SELECT count(*) FROM sources WHERE is_listed) AS sources,
           (SELECT count(*) FROM entries) AS entries,
           (SELECT count(*) FROM articles WHERE stage = 'new') AS unread,
           (SELECT count(*) FROM articles WHERE stage = 'read') AS articles,
           (SELECT count(*) FROM articles WHERE stage = 'archived') AS archived,
           (SELECT count(*) FROM articles WHERE stage = 'refused') AS refused,
           (SELECT count(*) FROM stories WHERE merged_into IS NULL) AS stories,
           (SELECT count(*) FROM judged WHERE is_published AND story_id IN
               (SELECT id FROM stories WHERE merged_into IS NULL)) AS published,
           (SELECT count(*) FROM judged WHERE NOT is_published AND story_id IN
               (SELECT id FROM stories WHERE merged_into IS NULL)) AS held,
           (SELECT count(*) FROM records) AS records
    """
)

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
