"""Fakes at the ports: small, in memory, and held to the same contracts as adapters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from newsdesk.model.article import Article, ArticleId, Candidate
from newsdesk.model.edition import KeptEdition
from newsdesk.model.feed import (
    Change,
    Entry,
    EntryId,
    Listing,
    Poll,
    Reply,
    Request,
    Source,
    SourceId,
    SourceState,
    Version,
)
from newsdesk.model.receipt import RuleSet
from newsdesk.model.ruling import Ruling
from newsdesk.model.run import Failed, RunSummary, Unmade, Written
from newsdesk.model.story import (
    JudgedStory,
    Past,
    Published,
    Story,
    StoryEvent,
    StoryId,
)
from newsdesk.model.summary import ProviderRecord, StorySummary

NOW = datetime(2026, 2, 19, 6, tzinfo=UTC)


class FakeClock:
    """Time that stands still until told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Moves on by a `timedelta` of these parts."""
        self.now += timedelta(**span)


class FakeStore:
    """A `Store` of dictionaries."""

    def __init__(self) -> None:
        self._states: dict[SourceId, SourceState] = {}
        self._listed: set[SourceId] = set()
        self._entries: dict[EntryId, Entry] = {}
        self._versions: dict[EntryId, dict[int, Version]] = {}
        self._rereads: dict[str, datetime] = {}
        self._claims: dict[str, str] = {}
        self._candidates: dict[ArticleId, Candidate] = {}
        self._refused: dict[ArticleId, str] = {}
        self._articles: dict[ArticleId, Article] = {}
        self._changes: dict[ArticleId, int] = {}
        self._memory: dict[str, bytes] = {}
        self._stories: dict[StoryId, Story] = {}
        self._judged: dict[StoryId, JudgedStory] = {}
        self._records: dict[str, Published] = {}
        self.events: set[StoryEvent] = set()
        self._visits: Counter[tuple[StoryId, datetime]] = Counter()
        self.rules: dict[str, RuleSet] = {}
        self.editions: list[tuple[KeptEdition, dict[str, bytes]]] = []

    def sync_sources(self, sources: Sequence[Source]) -> None:
        self._listed = {source.id for source in sources}
        for source in sources:
            known = self._states.get(source.id, SourceState(source=source))
            self._states[source.id] = replace(known, source=source)

    def sources(self) -> tuple[SourceState, ...]:
        return tuple(self._states[of] for of in sorted(self._listed))

    def left_sources(self) -> tuple[SourceState, ...]:
        return tuple(
            self._states[of] for of in sorted(self._states.keys() - self._listed)
        )

    def known_entries(self, ids: Sequence[EntryId]) -> dict[EntryId, str]:
        return {of: self._entries[of].digest for of in ids if of in self._entries}

    def listings(self, ids: Sequence[EntryId]) -> tuple[Listing, ...]:
        return tuple(
            Listing(
                entry=self._entries[of],
                versions=tuple(
                    v for _, v in sorted(self._versions.get(of, {}).items())
                ),
            )
            for of in sorted(set(ids))
            if of in self._entries
        )

    def save_polls(self, polls: Sequence[Poll]) -> int:
        before = len(self._entries)
        for poll in polls:
            of = poll.state.source.id
            if of not in self._states:
                self._listed.add(of)
            known = self._states.get(of, poll.state)
            self._states[of] = replace(poll.state, source=known.source)
            for entry in poll.entries:
                known_entry = self._entries.setdefault(entry.id, entry)
                if not known_entry.digest:
                    self._entries[entry.id] = replace(known_entry, digest=entry.digest)
        added = len(self._entries) - before
        for change in (change for poll in polls for change in poll.changes):
            self._change_entry(change)
        return added

    def _change_entry(self, change: Change) -> None:
        entry = change.entry
        self._entries[entry.id] = entry
        kept = self._versions.setdefault(entry.id, {})
        kept.update((version.number, version) for version in change.versions)
        of = ArticleId(self._claims.get(entry.id, ""))
        candidate = self._candidates.get(of)
        if candidate is None or candidate.entry.id != entry.id:
            return
        self._candidates[of] = replace(candidate, entry=entry)
        if change.is_reread and of in self._articles:
            self._rereads.setdefault(of, change.versions[-1].seen_at)

    def unclaimed_entries(self) -> tuple[Entry, ...]:
        free = (e for e in self._entries.values() if e.id not in self._claims)
        return tuple(
            sorted(free, key=lambda e: (e.source_id, e.position, e.first_seen_at, e.id))
        )

    def admit(
        self, candidates: Sequence[Candidate], claims: Sequence[tuple[str, str]]
    ) -> None:
        for candidate in candidates:
            entry = self._entries.setdefault(candidate.entry.id, candidate.entry)
            self._candidates.setdefault(candidate.id, replace(candidate, entry=entry))
        for entry_id, article_id in sorted(claims):
            if entry_id in self._entries:
                self._claims.setdefault(entry_id, article_id)

    def unread(self) -> tuple[Candidate, ...]:
        return tuple(
            replace(
                candidate,
                reread_at=self._rereads.get(of),
                had_page=of in self._rereads and self._articles[of].reading.page_read,
            )
            for of, candidate in sorted(self._candidates.items())
            if not candidate.archived
            and (of not in self._articles or of in self._rereads)
            and of not in self._refused
        )

    def save_articles(
        self,
        articles: Sequence[Article],
        refused: Sequence[tuple[ArticleId, str]] = (),
    ) -> None:
        for article in articles:
            candidate = self._candidates.get(article.id)
            archived = candidate is not None and candidate.archived
            if article.id in self._rereads:
                copied = article.duplicate_of or self._articles[article.id].duplicate_of
                self._articles[article.id] = replace(article, duplicate_of=copied)
                self._changes[article.id] = self.last_change() + 1
                del self._rereads[article.id]
            elif not archived and article.id not in self._refused:
                if article.id not in self._articles:
                    self._changes[article.id] = self.last_change() + 1
                self._articles.setdefault(article.id, article)
        for of, reason in sorted(refused):
            self._rereads.pop(of, None)
            candidate = self._candidates.get(of)
            if candidate and not candidate.archived and of not in self._articles:
                self._refused.setdefault(of, reason)

    def articles(
        self, since: datetime, of: Collection[StoryId] = ()
    ) -> tuple[Article, ...]:
        wanted = [s for s in self._stories.values() if s.changed_at >= since]
        wanted += [self._stories[each] for each in of if each in self._stories]
        needed = {member for story in wanted for member in story.members}
        return tuple(
            article
            for of, article in sorted(self._articles.items())
            if article.first_seen_at >= since or of in needed
        )

    def last_change(self) -> int:
        return max(self._changes.values(), default=0)

    def changed_articles(self, after: int, until: int) -> tuple[Article, ...]:
        return tuple(
            self._articles[of]
            for of, number in sorted(self._changes.items())
            if after < number <= until
        )

    def members(self, of: Collection[StoryId]) -> tuple[Article, ...]:
        named = {
            m for one in of if one in self._stories for m in self._stories[one].members
        }
        return self.articles_named(named)

    def articles_named(self, ids: Collection[ArticleId]) -> tuple[Article, ...]:
        return tuple(self._articles[of] for of in sorted(set(ids) & {*self._articles}))

    def lights(self, since: datetime) -> tuple[Article, ...]:
        return tuple(
            replace(article, reading=replace(article.reading, text="", html=""))
            for article in self.articles(since)
        )

    def memory(self, name: str) -> bytes | None:
        return self._memory.get(name)

    def remember(self, name: str, data: bytes) -> None:
        self._memory[name] = data

    def stories(
        self, since: datetime, named: Collection[str] = ()
    ) -> tuple[Story, ...]:
        recent = {s.id: s for s in self._stories.values() if s.changed_at >= since}
        names = {f"s{member}" for s in recent.values() for member in s.members}
        named_too = {
            s.id
            for s in self._stories.values()
            if s.id.partition("-")[0] in names
            or s.id in named
            or not set(s.members).isdisjoint(named)
        }
        named_too |= {
            s.merged_into
            for s in self._stories.values()
            if s.id in named and s.merged_into
        }
        return tuple(
            story
            for of, story in sorted(self._stories.items())
            if of in recent or of in named_too
        )

    def save_stories(
        self,
        stories: Sequence[Story],
        duplicates: Sequence[tuple[ArticleId, ArticleId]],
        judged: Sequence[JudgedStory],
        events: Sequence[StoryEvent] = (),
    ) -> None:
        self.events.update(events)
        kept = {story.id: story for story in stories}
        kept.update((item.story.id, item.story) for item in judged)
        moved = {of for story in kept.values() for of in story.members}
        for of, story in self._stories.items():
            stay = tuple(member for member in story.members if member not in moved)
            self._stories[of] = replace(story, members=stay)
        self._stories.update(kept)
        for of, story in self._stories.items():
            into = kept.get(story.merged_into) if story.merged_into else None
            if into is not None and into.merged_into:
                self._stories[of] = replace(story, merged_into=into.merged_into)
        for copy, of in duplicates:
            if copy in self._articles:
                self._articles[copy] = replace(self._articles[copy], duplicate_of=of)
        self._judged.update((item.story.id, item) for item in judged)

    def pasts(self, of: Sequence[StoryId]) -> dict[StoryId, Past]:
        found = {story: self._past(story) for story in sorted(set(of))}
        return {story: past for story, past in found.items() if past != Past()}

    def _past(self, of: StoryId) -> Past:
        merged = {s.id: s.merged_into for s in self._stories.values()}
        events = [e for e in self.events if of in (e.story, merged.get(e.story))]
        story = self._stories.get(of)
        listed = sorted(
            (article, entry)
            for entry, article in self._claims.items()
            if story and article in story.members and EntryId(entry) in self._versions
        )
        return Past(
            events=tuple(sorted(events, key=lambda e: (e.at, e.story, e.kind, e.why))),
            versions=tuple(
                (
                    ArticleId(article),
                    tuple(v for _, v in sorted(self._versions[EntryId(entry)].items())),
                )
                for article, entry in listed
            ),
        )

    def summaries(self, since: datetime) -> tuple[StorySummary, ...]:
        return tuple(
            StorySummary(
                story=of,
                first_at=story.first_at,
                provider=judged.lead.provider.domain,
                topics=tuple(hit.topic for hit in judged.lead.topics),
                quality=judged.quality.value,
                state=judged.verdict.state,
                rule=judged.verdict.rule,
            )
            for of, story in sorted(self._stories.items())
            if story.is_alive and story.first_at >= since
            if (judged := self._judged.get(of))
        )

    def rulings(self) -> dict[StoryId, Ruling]:
        judged = sorted(self._judged.items())
        return {of: one.ruling for of, one in judged if one.ruling}

    def provider_records(self, since: datetime) -> tuple[ProviderRecord, ...]:
        count: Counter[tuple[str, bool]] = Counter()
        corrected: Counter[str] = Counter()
        for of, judged in self._judged.items():
            story = self._stories[of]
            copies = {copy.article for copy in judged.copies if copy.is_dependent}
            members = (judged.lead, *judged.related, *judged.more)
            if story.is_alive and story.changed_at >= since:
                count.update((a.provider.domain, a.id in copies) for a in members)
                noted = {c.article for c in judged.contributions if c.correction}
                corrected.update(a.provider.domain for a in members if a.id in noted)
        return tuple(
            ProviderRecord(
                domain=domain,
                articles=count[domain, True] + count[domain, False],
                copies=count[domain, True],
                corrected=corrected[domain],
            )
            for domain in sorted({domain for domain, _ in count})
        )

    def add_visits(self, visits: Mapping[tuple[str, datetime], int]) -> None:
        for (path, hour), many in visits.items():
            story = self._records[path].story if path in self._records else None
            if story is not None:
                self._visits[story.story.id, hour] += many

    def visits(
        self, since: datetime, until: datetime
    ) -> dict[StoryId, tuple[tuple[datetime, int], ...]]:
        found: dict[StoryId, tuple[tuple[datetime, int], ...]] = {}
        for (of, hour), many in sorted(self._visits.items()):
            if since <= hour < until:
                found[of] = (*found.get(of, ()), (hour, many))
        return found

    def records(self) -> tuple[Published, ...]:
        by_path = sorted(self._records.values(), key=lambda record: record.path)
        newest = sorted(
            by_path, key=lambda record: record.record.published_at, reverse=True
        )
        return tuple(
            replace(record, story=self._as_stored(record), heat_now=None)
            for record in newest
        )

    def save_records(self, records: Sequence[Published]) -> None:
        self._records.update((record.path, record) for record in records)

    def save_rules(self, rules: RuleSet, run: int, now: datetime) -> None:
        self.rules[rules.id] = rules

    def save_edition(
        self,
        edition: KeptEdition,
        files: Sequence[tuple[str, bytes]],
        forget_before: datetime | None = None,
    ) -> int | None:
        if self.editions and self.editions[-1][1] == dict(files):
            return None
        self.editions.append((edition, dict(files)))
        return len(self.editions)

    def _as_stored(self, record: Published) -> JudgedStory | None:
        """The story behind a record, with its articles as they stand now."""
        judged = self._judged.get(record.story.story.id) if record.story else None
        if judged is None:
            return None
        return replace(
            judged,
            story=self._stories[judged.story.id],
            lead=self._articles[judged.lead.id],
            related=tuple(self._articles[item.id] for item in judged.related),
            more=tuple(self._articles[item.id] for item in judged.more),
        )


class FakeLedger:
    """A `Ledger` of lists."""

    def __init__(self) -> None:
        self._runs: list[RunSummary] = []
        self._failures: dict[tuple[str, str], tuple[Failed, datetime]] = {}

    def begin(self, now: datetime, started_at: datetime) -> int:
        self._runs = [
            replace(run, state="crashed") if run.state == "running" else run
            for run in self._runs
        ]
        run = RunSummary(
            id=len(self._runs) + 1,
            started_at=started_at,
            ended_at=None,
            now=now,
            state="running",
            counts=(),
        )
        self._runs.append(run)
        return run.id

    def count(self, run: int, counts: Sequence[tuple[str, int]]) -> None:
        merged = {**dict(self._runs[run - 1].counts), **dict(counts)}
        self._change(run, counts=tuple(merged.items()))

    def finish(self, run: int, state: str, ended_at: datetime) -> None:
        self._change(run, state=state, ended_at=ended_at)

    def record(self, run: int, failures: Sequence[Failed], now: datetime) -> None:
        for failed in failures:
            self._failures[failed.stage, failed.key] = (failed, now)

    def clear(self, stage: str, keys: Sequence[str]) -> None:
        for key in keys:
            self._failures.pop((stage, key), None)

    def failures(self) -> tuple[tuple[Failed, datetime], ...]:
        by_key = [self._failures[key] for key in sorted(self._failures)]
        return tuple(sorted(by_key, key=lambda pair: pair[1], reverse=True))

    def runs(self, limit: int) -> tuple[RunSummary, ...]:
        return tuple(self._runs[::-1][:limit])

    def _change(self, run: int, **values: object) -> None:
        self._runs[run - 1] = replace(self._runs[run - 1], **values)


class FakeFetcher:
    """A `Fetcher` that answers by address: bytes, a reply, a failure, or a function.

    An address it was not given fails as `not found`; `asked` keeps what was asked.
    """

    def __init__(
        self,
        answers: Mapping[
            str, bytes | Reply | Failed | Callable[[Request], Reply | Failed]
        ],
    ) -> None:
        self.answers = dict(answers)
        self.asked: list[Request] = []
        self.is_closed = False

    def fetch(self, requests: Iterable[Request]) -> Iterator[Reply | Failed]:
        for request in requests:
            self.asked.append(request)
            yield self._answer(request)

    def close(self) -> None:
        self.is_closed = True

    def _answer(self, request: Request) -> Reply | Failed:
        answer = self.answers.get(request.url)
        if isinstance(answer, bytes):
            return reply(request, body=answer)
        if isinstance(answer, Reply | Failed):
            return replace(answer, key=request.key)
        if answer is not None:
            return answer(request)
        return Failed(
            stage="fetch",
            key=request.key,
            subject=request.url,
            reason="this fake knows no such address",
            kind="not found",
        )


def reply(
    request: Request,
    *,
    status: int = 200,
    body: bytes = b"",
    headers: Sequence[tuple[str, str]] = (),
    fetched_at: datetime = NOW,
) -> Reply:
    """A plain answer to a request."""
    return Reply(
        key=request.key,
        url=request.url,
        final_url=request.url,
        status=status,
        headers=tuple(headers),
        body=body,
        fetched_at=fetched_at,
    )


class FakeSink:
    """A `Sink` of one dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._own: set[str] = set()

    def write(
        self, files: Iterable[tuple[str, bytes | Unmade]], *, prune: bool = False
    ) -> Written:
        added, changed, given = [], [], set()
        for path, said in files:
            content = said.make() if isinstance(said, Unmade) else said
            given.add(path)
            known = self.files.get(path)
            if known != content:
                (added if known is None else changed).append(path)
                self.files[path] = content
                self._own.add(path)
        removed = sorted(self._own - given) if prune else []
        for path in removed:
            self._own.discard(path)
            self.files.pop(path, None)
        return Written(
            added=tuple(sorted(added)),
            changed=tuple(sorted(changed)),
            removed=tuple(removed),
            unchanged=len(given) - len(added) - len(changed),
        )

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def holds(self, path: str) -> bool:
        return path in self.files

    def keep(self, paths: Collection[str]) -> tuple[str, ...]:
        removed = tuple(sorted(self._own - set(paths)))
        for path in removed:
            self._own.discard(path)
            self.files.pop(path, None)
        return removed


class FakeProgress:
    """A `Progress` that remembers what it was told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def start(self, stage: str, total: int | None = None) -> None:
        self.told.append(("start", stage, total))

    def advance(self, stage: str, count: int = 1) -> None:
        self.told.append(("advance", stage, count))

    def end(self, stage: str, summary: str) -> None:
        self.told.append(("end", stage, summary))

    def stages(self) -> list[str]:
        """The stages begun, in order."""
        return [str(call[1]) for call in self.told if call[0] == "start"]


class WordDirections:
    """Vectors of texts by a list of words that mean the same direction; for tests."""

    version = "words of a test"

    def __init__(self, *subjects: str) -> None:
        self.place = {
            word: at for at, words in enumerate(subjects) for word in words.split()
        }
        self.size = len(subjects)

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text: how many of its words point where."""
        rows = np.zeros((len(texts), self.size), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                if word in self.place:
                    row[self.place[word]] += 1
        lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        return rows / np.maximum(lengths, 1e-9)
