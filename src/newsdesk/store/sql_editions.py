"""The queries of the journal of editions, named; see `sql`."""

from __future__ import annotations

from sqlalchemy import text

LAST_NUMBER = text("SELECT coalesce(max(number), 0) FROM editions")
ADD = text(
    """
    INSERT INTO editions (number, run, now, as_of, version)
    VALUES (:number, :run, :now, :as_of, :version)
    """
)
ADD_FILE = text(
    "INSERT INTO edition_files (path, number, digest) VALUES (:path, :number, :digest)"
)
ADD_TEXT = text(
    """
    INSERT INTO edition_texts (digest, size, base, steps, packed)
    VALUES (:digest, :size, :base, :steps, :packed)
    """
)
_EDITION = "SELECT number, run, now, as_of, version FROM editions"
AT = text(f"{_EDITION} WHERE now <= :now ORDER BY now DESC, number DESC LIMIT 1")
SINCE = text(f"{_EDITION} WHERE now >= :now ORDER BY now, number")
STANDING = text(
    """
    SELECT f.path, f.digest FROM edition_files f
    JOIN (
        SELECT path, max(number) AS number FROM edition_files
        WHERE number <= :number GROUP BY path
    ) newest ON newest.path = f.path AND newest.number = f.number
    """
)
TEXT = text("SELECT base, steps, packed FROM edition_texts WHERE digest = :digest")
SHELF = text(
    """
    SELECT (SELECT count(*) FROM editions), (SELECT min(now) FROM editions),
        (SELECT max(now) FROM editions), count(*), coalesce(sum(size), 0),
        coalesce(sum(length(packed)), 0)
    FROM edition_texts
    """
)
# The edition that stood at that instant is still one that readers saw.
FIRST_TO_STAY = text("SELECT max(number) FROM editions WHERE now <= :now")
DROP = text("DELETE FROM editions WHERE number < :number")
DROP_FILES = text(
    """
    DELETE FROM edition_files WHERE number < (
        SELECT max(newer.number) FROM edition_files newer
        WHERE newer.path = edition_files.path AND newer.number <= :number
    )
    """
)
DIGESTS = text("SELECT DISTINCT digest FROM edition_files WHERE digest IS NOT NULL")
BASES = text("SELECT digest, base FROM edition_texts")
DROP_TEXT = text("DELETE FROM edition_texts WHERE digest = :digest")
