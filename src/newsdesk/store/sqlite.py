"""The store on SQLite: the truth about one site, one file in its state folder.

Each method is one transaction that can be repeated: killed in the middle, nothing of it
is there; run twice, nothing changes. Batches are written in the order of their keys, so
that the same records give the same file, and two writers never wait for each other
crosswise. Looking things up for a person is for `archive`; runs are for `ledger`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, TextClause

from newsdesk.model.article import Article, ArticleId, Candidate
from newsdesk.model.feed import (
    Change,
    Entry,
    EntryId,
    Listing,
    Poll,
    Source,
    SourceState,
)
from newsdesk.model.story import (
    JudgedStory,
    Past,
    Published,
    Story,
    StoryEvent,
    StoryId,
)
from newsdesk.store import codec, loading, opening, pasts, rows, schema, sql


class SqliteStore:
    """Implements `model.ports.Store`; made by `newsdesk.store.open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sync_sources(self, sources: Sequence[Source]) -> None:
        """Make the known sources those of the site; history of the others is kept."""
        listed = {source.id: rows.listed_row(source) for source in sources}
        with opening.writing(self._engine) as connection, connection.begin():
            connection.execute(sql.UNLIST_SOURCES)
            _write(connection, sql.LIST_SOURCE, _by_key(listed))

    def sources(self) -> tuple[SourceState, ...]:
        """The site's sources and what we remember of them, by id."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql.SOURCES)
            return tuple(rows.source_state(*row) for row in found)

    def left_sources(self) -> tuple[SourceState, ...]:
        """Sources that were taken out of the site, and what we remember of them, by
        id."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql.LEFT_SOURCES)
            return tuple(rows.source_state(*row) for row in found)

    def known_entries(self, ids: Sequence[EntryId]) -> Mapping[EntryId, str]:
        """Those of these entries that the store holds, with the digest of each."""
        with opening.reading(self._engine) as connection:
            found = _found(connection, sql.KNOWN_ENTRIES, ids)
            return {EntryId(of): digest or "" for of, digest in found}

    def listings(self, ids: Sequence[EntryId]) -> tuple[Listing, ...]:
        """Those of these entries that the store holds, with their versions, by id."""
        with opening.reading(self._engine) as connection:
            return loading.listings(connection, sorted(set(ids)))

    def save_polls(self, polls: Sequence[Poll]) -> int:
        """Keep new states, entries and changes; entries already known stay as they are
        but for the words that a change gives them. Returns how many were new."""
        states = {poll.state.source.id: rows.source_row(poll.state) for poll in polls}
        listed = [entry for poll in polls for entry in poll.entries]
        changes = {one.entry.id: one for poll in polls for one in poll.changes}
        with opening.writing(self._engine) as connection, connection.begin():
            _write(connection, sql.SAVE_STATE, _by_key(states))
            added = _add_entries(connection, listed)
            _save_changes(connection, _by_key(changes))
            return added

    def unclaimed_entries(self) -> tuple[Entry, ...]:
        """Entries that no candidate speaks for yet, by source id and position."""
        with opening.reading(self._engine) as connection:
            return tuple(map(rows.entry, connection.execute(sql.UNCLAIMED_ENTRIES)))

    def admit(
        self, candidates: Sequence[Candidate], claims: Sequence[tuple[str, str]]
    ) -> None:
        """Keep new candidates, and which entry id belongs to which article id. A
        candidate known already stays as it is."""
        added = {item.id: rows.candidate_row(item) for item in reversed(candidates)}
        claimed = [{"id": entry, "article_id": of} for entry, of in sorted(claims)]
        with opening.writing(self._engine) as connection, connection.begin():
            _add_entries(connection, [item.entry for item in candidates])
            _write(connection, sql.ADD_CANDIDATE, _by_key(added))
            _write(connection, sql.CLAIM_ENTRY, claimed)

    def unread(self) -> tuple[Candidate, ...]:
        """Candidates that are not archived, not refused and not yet read, or to be read
        once more, by id."""
        with opening.reading(self._engine) as connection:
            return tuple(map(rows.candidate, connection.execute(sql.UNREAD)))

    def save_articles(
        self,
        articles: Sequence[Article],
        refused: Sequence[tuple[ArticleId, str]] = (),
    ) -> None:
        """Keep what was read, and which candidates turned out to be no article and why;
        a candidate that is past this stage already is left as it is. One that was to be
        read once more stays as first read where it is refused."""
        refusals = [{"id": of, "reason": reason} for of, reason in sorted(refused)]
        with opening.writing(self._engine) as connection, connection.begin():
            ids = [article.id for article in articles]
            settled = _present(connection, sql.SETTLED_ARTICLES, ids)
            pairs = {
                article.id: rows.article_rows(article)
                for article in reversed(articles)
                if article.id not in settled
            }
            ordered = _by_key(pairs)
            _write(connection, sql.SAVE_ARTICLE, [row for row, _ in ordered])
            _write(connection, sql.ADD_BODY, [body for _, body in ordered])
            _write(connection, sql.REFUSE, refusals)
            _write(connection, sql.KEEP_AS_READ, refusals)

    def articles(
        self, since: datetime, of: Collection[StoryId] = ()
    ) -> tuple[Article, ...]:
        """Articles first seen at or after `since`, and every member of a story that
        changed at or after it or is among `of`, by id."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql.ARTICLES_SINCE, _since(since))
            by_id = {row[0]: rows.article(row) for row in found}
            for row in _found(connection, sql.ARTICLES_OF, tuple(of)):
                by_id.setdefault(row[0], rows.article(row))
            return tuple(_by_key(by_id))

    def stories(
        self, since: datetime, named: Collection[str] = ()
    ) -> tuple[Story, ...]:
        """Stories that changed at or after `since` and those named after one of their
        members; further those `named` by their own ids or a member's, and what they
        were merged into. By id."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql.STORIES_SINCE, _since(since))
            by_id = {story.id: story for story in rows.stories(found)}
            wanted = sorted(set(named))
            for start in range(0, len(wanted), loading.IDS_AT_ONCE):
                ids = {"ids": wanted[start : start + loading.IDS_AT_ONCE]}
                more = rows.stories(connection.execute(sql.STORIES_NAMED, ids))
                by_id.update((story.id, story) for story in more)
            return tuple(_by_key(by_id))

    def save_stories(
        self,
        stories: Sequence[Story],
        duplicates: Sequence[tuple[ArticleId, ArticleId]],
        judged: Sequence[JudgedStory],
        events: Sequence[StoryEvent] = (),
    ) -> None:
        """Keep stories with their members, duplicates, scores with receipts, and what
        happened to stories, each event once.

        A judged story counts as a story too. An article is in one story at most: saved
        into another, it leaves the first. Articles are saved before their stories. What
        was merged into a story that is merged now goes where that one goes.
        """
        verdicts = {item.story.id: item for item in judged}
        kept = {story.id: story for story in stories}
        kept.update((of, item.story) for of, item in verdicts.items())
        copies = [{"id": copy, "of": of} for copy, of in sorted(duplicates)]
        with opening.writing(self._engine) as connection, connection.begin():
            _save_members(connection, _by_key(kept))
            _write(connection, sql.ADD_EVENT, [rows.event_row(one) for one in events])
            _write(connection, sql.MARK_DUPLICATE, copies)
            _save_verdicts(connection, _by_key(verdicts))

    def pasts(self, of: Sequence[StoryId]) -> Mapping[StoryId, Past]:
        """What changed about those of these stories about which anything did."""
        with opening.reading(self._engine) as connection:
            return pasts.pasts(connection, sorted(set(of)))

    def records(self) -> tuple[Published, ...]:
        """Every record and the story behind it, newest first, then by path."""
        with opening.reading(self._engine) as connection:
            judged = loading.recorded_stories(connection)
            found = connection.execute(sql.RECORDS)
            return tuple(rows.published(row, judged) for row in found)

    def save_records(self, records: Sequence[Published]) -> None:
        """Keep records by path."""
        kept = {record.path: rows.record_row(record) for record in records}
        with opening.writing(self._engine) as connection, connection.begin():
            _write(connection, sql.SAVE_RECORD, _by_key(kept))

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """All rows by table, in the order of their keys, but for when runs were made:
        two stores that dump alike hold the same."""
        tables = [t for t in schema.metadata.sorted_tables if _is_kept(t.name)]
        with opening.reading(self._engine) as connection:
            return {table.name: _rows_of(connection, table) for table in tables}


def _add_entries(connection: Connection, entries: Sequence[Entry]) -> int:
    """Adds those not known; returns how many that were."""
    ids = [entry.id for entry in entries]
    known = dict(_found(connection, sql.KNOWN_ENTRIES, ids))
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
    ordered = _by_key(pairs)
    _write(connection, sql.ADD_ENTRY, [row for row, _ in ordered])
    _write(connection, sql.ADD_BODY, [body for _, body in ordered if body])
    _write(connection, sql.ADD_DIGEST, _by_key(undigested))
    return len(pairs)


def _save_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """Gives known entries their new words, and keeps the old ones as versions."""
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
    _write(connection, sql.CHANGE_ENTRY, [row for row, _ in pairs])
    _write(connection, sql.ADD_BODY, [body for _, body in pairs if body])
    bare = [{"kind": "entry", "id": row["id"]} for row, body in pairs if not body]
    _write(connection, sql.DROP_BODY, bare)
    _write(connection, sql.SAVE_VERSION, kept)
    _write(connection, sql.REREAD, again)


def _save_members(connection: Connection, stories: Sequence[Story]) -> None:
    members = [row for story in stories for row in rows.member_rows(story)]
    saved = [rows.story_row(story) for story in stories]
    _write(connection, sql.SAVE_STORY, saved)
    _write(connection, sql.LEAD_ON, [row for row in saved if row["merged_into"]])
    _write(connection, sql.DROP_MEMBERS, [{"id": story.id} for story in stories])
    _write(connection, sql.SAVE_MEMBER, members)


def _save_verdicts(connection: Connection, judged: Sequence[JudgedStory]) -> None:
    covered = [row for item in judged for row in rows.coverage_rows(item)]
    _write(connection, sql.SAVE_JUDGED, [rows.judged_row(item) for item in judged])
    _write(connection, sql.DROP_COVERAGE, [{"id": item.story.id} for item in judged])
    _write(connection, sql.SAVE_COVERAGE, covered)


def _present(
    connection: Connection, query: TextClause, ids: Sequence[str]
) -> frozenset[str]:
    """Those of `ids` that the query finds."""
    return frozenset(row[0] for row in _found(connection, query, ids))


def _found(
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


def _write(
    connection: Connection, statement: TextClause, values: Sequence[rows.Row]
) -> None:
    """Runs a statement once a row; an empty list does nothing."""
    if values:
        connection.execute(statement, values)


def _by_key(items: dict[Any, Any]) -> list[Any]:
    """The values in the order of their keys."""
    return [items[key] for key in sorted(items)]


def _since(since: datetime) -> dict[str, str]:
    return {"since": codec.instant_text(since)}


def _is_kept(table: str) -> bool:
    return table not in schema.VOLATILE


def _rows_of(connection: Connection, table: Any) -> list[dict[str, Any]]:
    ordered = table.select().order_by(*table.primary_key.columns)
    return [_plain(row._mapping) for row in connection.execute(ordered)]


def _plain(columns: Iterable[Any]) -> dict[str, Any]:
    """A row with its long text as a text: compressors differ in bytes."""
    row = dict(columns)
    if "packed" in row:
        row["packed"] = rows.unpack(row["packed"])
    return row
