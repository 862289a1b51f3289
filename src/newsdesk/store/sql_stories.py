"""The queries of stories, how they were judged, and their records, named; see `sql`."""

from __future__ import annotations

from sqlalchemy import text

from newsdesk.store.sql import ARTICLE_COLUMNS, with_ids

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
STORIES_NAMED = with_ids(
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
PAST_EVENTS = with_ids(
    """
    SELECT coalesce(s.merged_into, e.story_id) AS story, e.story_id, e.at, e.kind, e.why
    FROM story_events e LEFT JOIN stories s ON s.id = e.story_id
    WHERE e.story_id IN :ids
       OR e.story_id IN (SELECT d.id FROM stories d WHERE d.merged_into IN :ids)
    ORDER BY story, e.at, e.story_id, e.kind, e.why
    """
)
PAST_VERSIONS = with_ids(
    """
    SELECT m.story_id, m.article_id, v.entry_id, v.number, v.seen_at, v.version
    FROM members m JOIN entries e ON e.article_id = m.article_id
                   JOIN versions v ON v.entry_id = e.id
    WHERE m.story_id IN :ids
    ORDER BY m.story_id, m.article_id, v.entry_id, v.number
    """
)
PAST_LOSSES = with_ids(
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
    INSERT INTO coverage
        (story_id, article_id, role, provider, is_copy, corrects)
    VALUES (:story_id, :article_id, :role, :provider, :is_copy, :corrects)
    ON CONFLICT (story_id, article_id) DO UPDATE SET
        role = excluded.role, provider = excluded.provider, is_copy = excluded.is_copy,
        corrects = excluded.corrects
    """
)

# A judged story takes three queries, for one story or for all that have a record.
_JUDGED = "SELECT story_id, verdict FROM judged"
_OF_RECORDS = "(SELECT r.story_id FROM records r WHERE r.story_id IS NOT NULL)"
_COVERED = "SELECT c.article_id FROM coverage c WHERE c.story_id"
ONE_JUDGED = text(f"{_JUDGED} WHERE story_id = :id")
ONE_STORY = text(f"{_STORIES} WHERE s.id = :id {_BY_STORY}")
ONE_COVERAGE = text(f"{ARTICLE_COLUMNS} WHERE a.id IN ({_COVERED} = :id)")
RECORDED_JUDGED = text(f"{_JUDGED} WHERE story_id IN {_OF_RECORDS}")
RECORDED_STORIES = text(f"{_STORIES} WHERE s.id IN {_OF_RECORDS} {_BY_STORY}")
RECORDED_COVERAGE = text(
    f"{ARTICLE_COLUMNS} WHERE a.id IN ({_COVERED} IN {_OF_RECORDS})"
)
_CHANGED = "(SELECT c.id FROM stories c WHERE c.changed_at >= :since)"
NEWEST_NEWS = text("SELECT max(changed_at) FROM stories")
CHANGED_JUDGED = text(f"{_JUDGED} WHERE story_id IN {_CHANGED}")
CHANGED_STORIES = text(f"{_STORIES} WHERE s.id IN {_CHANGED} {_BY_STORY}")
CHANGED_COVERAGE = text(f"{ARTICLE_COLUMNS} WHERE a.id IN ({_COVERED} IN {_CHANGED})")

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
