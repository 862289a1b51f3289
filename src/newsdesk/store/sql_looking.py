"""The queries of looking things up for a person, named; see `sql`."""

from __future__ import annotations

from sqlalchemy import text

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
