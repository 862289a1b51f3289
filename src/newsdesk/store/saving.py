"""How records of several rows are written, and many ids asked for, in one transaction.

Which transaction, and what belongs into it, is for `sqlite`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, TextClause

from newsdesk.model.feed import Change, Entry
from newsdesk.model.story import JudgedStory, Story
from newsdesk.store import codec, judging, loading, rows, sql, sql_stories, story_rows


def add_entries(connection: Connection, entries: Sequence[Entry]) -> int:
    """Add those not known; returns how many that were."""
    ids = [entry.id for entry in entries]
    known = dict(found(connection, sql.KNOWN_ENTRIES, ids))
    undigested = {
        entry.id: {"id": entry.id, "digest": entry.digest}
        for entry in reversed(entries)
        if entry.digest and known.get(entry.id, entry.digest) is None
    }
    pairs = {
        entry.id: rows.entry_rows(entry)
        for entry in reversed(entries)  # listed twice, the first place holds
        if entry.id not in known
    }
    ordered = by_key(pairs)
    write(connection, sql.ADD_ENTRY, [row for row, _ in ordered])
    write(connection, sql.ADD_BODY, [body for _, body in ordered if body])
    write(connection, sql.ADD_DIGEST, by_key(undigested))
    return len(pairs)


def save_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """Give known entries their new words, and keep the old ones as versions."""
    pairs = [rows.entry_rows(change.entry) for change in changes]
    kept = [rows.version_row(one) for change in changes for one in change.versions]
    again = [
        {
            "id": change.entry.id,
            "seen_at": codec.instant_text(change.versions[-1].seen_at),
        }
        for change in changes
        if change.is_reread
    ]
    write(connection, sql.CHANGE_ENTRY, [row for row, _ in pairs])
    write(connection, sql.ADD_BODY, [body for _, body in pairs if body])
    bare = [{"kind": "entry", "id": row["id"]} for row, body in pairs if not body]
    write(connection, sql.DROP_BODY, bare)
    write(connection, sql.SAVE_VERSION, kept)
    write(connection, sql.REREAD, again)


def save_members(connection: Connection, stories: Sequence[Story]) -> None:
    """Keep stories, each with its members and none of the members that it had."""
    members = [row for story in stories for row in story_rows.member_rows(story)]
    saved = [story_rows.story_row(story) for story in stories]
    write(connection, sql_stories.SAVE_STORY, saved)
    write(connection, sql_stories.LEAD_ON, [row for row in saved if row["merged_into"]])
    write(connection, sql_stories.DROP_MEMBERS, [{"id": story.id} for story in stories])
    write(connection, sql_stories.SAVE_MEMBER, members)


def save_verdicts(connection: Connection, judged: Sequence[JudgedStory]) -> None:
    """Keep how stories were judged, with the articles that they show."""
    covered = [row for item in judged for row in story_rows.coverage_rows(item)]
    write(
        connection,
        sql_stories.SAVE_JUDGED,
        [story_rows.judged_row(item) for item in judged],
    )
    judging.save(connection, judged)
    write(
        connection,
        sql_stories.DROP_COVERAGE,
        [{"id": item.story.id} for item in judged],
    )
    write(connection, sql_stories.SAVE_COVERAGE, covered)


def present(
    connection: Connection, query: TextClause, ids: Sequence[str]
) -> frozenset[str]:
    """Those of `ids` that the query finds."""
    return frozenset(row[0] for row in found(connection, query, ids))


def found(
    connection: Connection, query: TextClause, ids: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The rows that the query finds for `ids`."""
    wanted = sorted(set(ids))
    chunks = range(0, len(wanted), loading.IDS_AT_ONCE)
    return [
        tuple(row)
        for start in chunks
        for row in connection.execute(
            query, {"ids": wanted[start : start + loading.IDS_AT_ONCE]}
        )
    ]


def write(
    connection: Connection, statement: TextClause, values: Sequence[rows.Row]
) -> None:
    """Run a statement once a row; an empty list does nothing."""
    if values:
        connection.execute(statement, values)


def by_key(items: dict[Any, Any]) -> list[Any]:
    """The values in the order of their keys."""
    return [items[key] for key in sorted(items)]
