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

from sqlalchemy import Connection, Engine

from newsdesk.model.article import Article, ArticleId, Candidate
from newsdesk.model.edition import KeptEdition
from newsdesk.model.feed import (
    Entry,
    EntryId,
    Listing,
    Poll,
    Source,
    SourceState,
)
from newsdesk.model.receipt import RuleSet
from newsdesk.model.ruling import Ruling
from newsdesk.model.story import (
    JudgedStory,
    Past,
    Published,
    Story,
    StoryEvent,
    StoryId,
)
from newsdesk.model.summary import ProviderRecord, StorySummary
from newsdesk.store import (
    codec,
    editions,
    judging,
    loading,
    opening,
    pasts,
    recent,
    rows,
    rule_sets,
    saving,
    schema,
    sql,
    sql_stories,
    story_rows,
)


class SqliteStore:
    """Implements `model.ports.Store`; made by `newsdesk.store.open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sync_sources(self, sources: Sequence[Source]) -> None:
        """Make the known sources those of the site; history of the others is kept."""
        listed = {source.id: rows.listed_row(source) for source in sources}
        with opening.writing(self._engine) as connection, connection.begin():
            connection.execute(sql.UNLIST_SOURCES)
            saving.write(connection, sql.LIST_SOURCE, saving.by_key(listed))

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
            found = saving.found(connection, sql.KNOWN_ENTRIES, ids)
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
            saving.write(connection, sql.SAVE_STATE, saving.by_key(states))
            added = saving.add_entries(connection, listed)
            saving.save_changes(connection, saving.by_key(changes))
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
            saving.add_entries(connection, [item.entry for item in candidates])
            saving.write(connection, sql.ADD_CANDIDATE, saving.by_key(added))
            saving.write(connection, sql.CLAIM_ENTRY, claimed)

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
            settled = saving.present(connection, sql.SETTLED_ARTICLES, ids)
            pairs = {
                article.id: rows.article_rows(article)
                for article in reversed(articles)
                if article.id not in settled
            }
            ordered = saving.by_key(pairs)
            saving.write(connection, sql.SAVE_ARTICLE, [row for row, _ in ordered])
            saving.write(connection, sql.ADD_BODY, [body for _, body in ordered])
            recent.note(connection, sorted(pairs))
            saving.write(connection, sql.REFUSE, refusals)
            saving.write(connection, sql.KEEP_AS_READ, refusals)

    def articles(
        self, since: datetime, of: Collection[StoryId] = ()
    ) -> tuple[Article, ...]:
        """Articles first seen at or after `since`, and every member of a story that
        changed at or after it or is among `of`, by id."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql.ARTICLES_SINCE, _since(since))
            by_id = {row[0]: rows.article(row) for row in found}
            for row in saving.found(connection, sql.ARTICLES_OF, tuple(of)):
                by_id.setdefault(row[0], rows.article(row))
            return tuple(saving.by_key(by_id))

    def last_change(self) -> int:
        """The number of the last change to an article that was read; 0: none."""
        with opening.reading(self._engine) as connection:
            return recent.last_change(connection)

    def changed_articles(self, after: int, until: int) -> tuple[Article, ...]:
        """Articles read, first or once more, after one change and up to another, by
        id."""
        with opening.reading(self._engine) as connection:
            return recent.changed(connection, after, until)

    def members(self, of: Collection[StoryId]) -> tuple[Article, ...]:
        """The articles of stories, by id."""
        with opening.reading(self._engine) as connection:
            return recent.members(connection, of)

    def articles_named(self, ids: Collection[ArticleId]) -> tuple[Article, ...]:
        """Those of these articles that were read, by id."""
        with opening.reading(self._engine) as connection:
            return recent.named(connection, ids)

    def lights(self, since: datetime) -> tuple[Article, ...]:
        """What `articles` gives, without texts, excerpts and other long parts."""
        with opening.reading(self._engine) as connection:
            return recent.lights(connection, since)

    def memory(self, name: str) -> bytes | None:
        """What a run remembered under a name; None: nothing."""
        with opening.reading(self._engine) as connection:
            return recent.memory(connection, name)

    def remember(self, name: str, data: bytes) -> None:
        """Remember something for later runs; it is no truth, and may be lost."""
        with opening.writing(self._engine) as connection, connection.begin():
            recent.remember(connection, name, data)

    def stories(
        self, since: datetime, named: Collection[str] = ()
    ) -> tuple[Story, ...]:
        """Stories that changed at or after `since` and those named after one of their
        members; further those `named` by their own ids or a member's, and what they
        were merged into. By id."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql_stories.STORIES_SINCE, _since(since))
            by_id = {story.id: story for story in story_rows.stories(found)}
            wanted = sorted(set(named))
            for start in range(0, len(wanted), loading.IDS_AT_ONCE):
                ids = {"ids": wanted[start : start + loading.IDS_AT_ONCE]}
                more = story_rows.stories(
                    connection.execute(sql_stories.STORIES_NAMED, ids)
                )
                by_id.update((story.id, story) for story in more)
            return tuple(saving.by_key(by_id))

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
            saving.save_members(connection, saving.by_key(kept))
            saving.write(
                connection,
                sql_stories.ADD_EVENT,
                [story_rows.event_row(one) for one in events],
            )
            saving.write(connection, sql.MARK_DUPLICATE, copies)
            saving.save_verdicts(connection, saving.by_key(verdicts))

    def pasts(self, of: Sequence[StoryId]) -> Mapping[StoryId, Past]:
        """What changed about those of these stories about which anything did."""
        with opening.reading(self._engine) as connection:
            return pasts.pasts(connection, sorted(set(of)))

    def summaries(self, since: datetime) -> tuple[StorySummary, ...]:
        """Living stories that began at or after an instant, as judged last, by id."""
        with opening.reading(self._engine) as connection:
            return judging.summaries(connection, since)

    def rulings(self) -> Mapping[StoryId, Ruling]:
        """What editors said of stories when these were judged last."""
        with opening.reading(self._engine) as connection:
            return judging.rulings(connection)

    def provider_records(self, since: datetime) -> tuple[ProviderRecord, ...]:
        """What providers have shown in stories that changed at or after an instant, by
        domain."""
        with opening.reading(self._engine) as connection:
            return judging.provider_records(connection, since)

    def add_visits(self, visits: Mapping[tuple[str, datetime], int]) -> None:
        """Add visits of readers to story pages, by record path and hour."""
        with opening.writing(self._engine) as connection, connection.begin():
            judging.add_visits(connection, visits)

    def visits(
        self, since: datetime, until: datetime
    ) -> Mapping[StoryId, Sequence[tuple[datetime, int]]]:
        """By story the hours from `since` on that began before `until`, with their
        visits."""
        with opening.reading(self._engine) as connection:
            return judging.visits(connection, since, until)

    def records(self) -> tuple[Published, ...]:
        """Every record and the story behind it, newest first, then by path."""
        with opening.reading(self._engine) as connection:
            judged = loading.recorded_stories(connection)
            found = connection.execute(sql_stories.RECORDS)
            return tuple(story_rows.published(row, judged) for row in found)

    def save_records(self, records: Sequence[Published]) -> None:
        """Keep records by path."""
        kept = {record.path: story_rows.record_row(record) for record in records}
        with opening.writing(self._engine) as connection, connection.begin():
            saving.write(connection, sql_stories.SAVE_RECORD, saving.by_key(kept))

    def save_rules(self, rules: RuleSet, run: int, now: datetime) -> None:
        """Keep the rules that a run judges by."""
        with opening.writing(self._engine) as connection, connection.begin():
            rule_sets.save(connection, rules, run, now)

    def save_edition(
        self,
        edition: KeptEdition,
        files: Sequence[tuple[str, bytes]],
        forget_before: datetime | None = None,
    ) -> int | None:
        """Keep what a front page showed, where that differs from the edition before, and
        drop editions that nobody saw since `forget_before`. Returns the number of the
        edition, None where nothing differs."""
        with opening.writing(self._engine) as connection, connection.begin():
            number = editions.keep(connection, edition, files)
            if forget_before is not None:
                editions.forget(connection, forget_before)
            return number

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """All rows by table, in the order of their keys, but for when runs were made:
        two stores that dump alike hold the same."""
        tables = [t for t in schema.metadata.sorted_tables if _is_kept(t.name)]
        with opening.reading(self._engine) as connection:
            return {table.name: _rows_of(connection, table) for table in tables}


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
