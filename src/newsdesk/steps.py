"""The small print of the path: what a pass carries, and what a step does with one item.

`pipeline` says what happens in which order; here stands how: the ports, the counts, when
a failed page is tried again, which files are left alone.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from newsdesk import __version__
from newsdesk.model.article import ArticleId, Candidate, Page
from newsdesk.model.edition import KeptEdition
from newsdesk.model.errors import RecordError
from newsdesk.model.feed import (
    Entry,
    EntryId,
    Health,
    Poll,
    Reply,
    Request,
    SourceId,
    SourceState,
)
from newsdesk.model.ports import (
    ContentSink,
    Fetcher,
    Ledger,
    Letters,
    Progress,
    Runner,
    Sink,
    Store,
    TextVectors,
)
from newsdesk.model.run import Failed, Unmade, Written
from newsdesk.model.site import Schedule, Site
from newsdesk.model.story import Edition
from newsdesk.render import addresses, front_files, record, record_changes
from newsdesk.render.html_status import SourceHealth
from newsdesk.render.sealing import Keys
from newsdesk.stages import (
    cover,
    habit,
    health,
    poll,
    schedule,
    shelving,
    sitemaps,
    timeline,
    versions,
    websub_telling,
)

BATCH = 20
"""Items kept in one transaction while they come in."""
TRY_PAGE_FOR = timedelta(minutes=30)
"""How long a page that fails for the moment is tried before its feed's words must do."""
TRY_PAGE_EVERY = timedelta(minutes=10)
AILING = (Health.FAILING, Health.BLOCKED, Health.MOVED, Health.GONE)
"""Sources that readers are told of by name."""


Answered = poll.Answer | Failed

Item = TypeVar("Item")


@dataclass(slots=True, kw_only=True)
class Kept:
    """What a process keeps from run to run, so as not to read it again; it follows from
    the store, see `window_steps`."""

    recent: object = None
    number: int = 0
    """Up to which change of an article it is good."""
    packed_at: int = 0
    """The number with which it was packed last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Everything the path touches the world through."""

    store: Store
    ledger: Ledger
    fetcher: Fetcher
    runner: Runner
    progress: Progress
    folder: Sink
    """The site folder, for lists of addresses."""
    content: ContentSink
    public: Sink
    pictures: Sink
    """Cached pictures; kept apart, since they are not made anew on every run."""
    clock: Callable[[], datetime]
    """For the ledger only: when a run really began and ended."""
    letters: Letters | None = None
    """The site's newsletters; None: nobody asks for them."""
    seals: Keys = ()
    """With which records keep closed what is not for readers; none: they do not."""
    kept: Kept = field(default_factory=Kept)
    vectors: TextVectors | None = None
    """How texts read; None: keywords alone say what an article is about."""


@dataclass(slots=True)
class Pass:
    """One run under way: its ports, its instant, and what it counted."""

    site: Site
    ports: Ports
    now: datetime
    number: int
    counts: dict[str, int] = field(default_factory=dict)
    failures: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, name: str, more: int) -> None:
        """Add to a count; counts keep the order of the path."""
        self.counts[name] = self.counts.get(name, 0) + more

    def fail(self, failures: Iterable[Failed]) -> None:
        """Keep failed items in the ledger, to be seen and tried again."""
        kept = list(failures)
        for failed in kept:
            self.failures[failed.stage, failed.kind] += 1
        if kept:
            self.ports.ledger.record(self.number, kept, self.now)


def list_answers(this: Pass, lists: Iterable[SourceState]) -> Iterator[Answered]:
    """What the lists of pages in the site folder say."""
    for state in lists:
        text = this.ports.folder.read(state.source.url)
        yield poll.list_answer(state.source, text, this.now)


def with_sitemaps(
    this: Pass,
    states: Mapping[SourceId, SourceState],
    answers: Iterable[poll.Answer | Failed],
) -> Iterator[poll.Answer | Failed]:
    """Answers as they come in; a list of sitemaps waits for the newest of these."""
    lists: list[tuple[poll.Answer, tuple[Request, ...]]] = []
    for answer in answers:
        state = states[SourceId(answer.key)]
        asks = sitemaps.requests(answer, state, this.site.fetching)
        if asks and isinstance(answer, poll.Answer):
            lists.append((answer, asks))
        else:
            yield answer
    replies = this.ports.fetcher.fetch(ask for _, asks in lists for ask in asks)
    found = list(this.ports.runner.each("parse", poll.answered, replies))
    for index, asks in lists:
        keys = {ask.key for ask in asks}
        own = [one for one in found if one.key in keys]
        yield sitemaps.together(index, asks, own)


def outcome(
    this: Pass, by_id: Mapping[SourceId, SourceState], answer: Answered
) -> Poll:
    """The outcome of asking one source: its next state, and its entries."""
    state = by_id[SourceId(answer.key)]
    if isinstance(answer, Failed):
        this.fail([answer if answer.stage == "poll" else poll.failed(answer)])
        return Poll(
            state=schedule.after_failure(state, answer, this.site.schedule, this.now)
        )
    store, rules = this.ports.store, this.site.schedule
    kept = polled(store, state, answer, rules, this.now)
    if trouble := poll.trouble(answer, kept.state):
        this.fail([trouble])
    else:
        this.ports.ledger.clear("poll", [answer.key])
    return kept


def polled(
    store: Store,
    state: SourceState,
    answer: poll.Answer,
    rules: Schedule,
    now: datetime,
) -> Poll:
    """What an answer makes of a source, beside what the store holds of it."""
    entries = poll.entries(answer, state, now)
    known = store.known_entries([entry.id for entry in entries])
    after = poll.state_after(state, answer, entries, known.keys(), rules, now)
    return _with_changes(store, after, entries, known, now)


def _with_changes(
    store: Store,
    state: SourceState,
    entries: Sequence[Entry],
    known: Mapping[EntryId, str],
    now: datetime,
) -> Poll:
    """What a source listed, with what changed in the entries that we knew."""
    other = versions.changed(entries, known)
    swept = versions.sweeps(state, len(other), len(known))
    return Poll(
        state=replace(state, rewrites=swept),
        entries=tuple(entries),
        changes=versions.changes(
            entries, store.listings(other) if other else (), swept=swept, now=now
        ),
    )


def waiting(this: Pass) -> frozenset[str]:
    """Articles whose page failed so lately that it is not asked again yet."""
    return frozenset(
        failed.key
        for failed, tried_at in this.ports.ledger.failures()
        if failed.stage in ("fetch", "read")
        and not failed.is_final
        and timedelta() < this.now - tried_at < TRY_PAGE_EVERY
    )


def is_young(this: Pass, unread: Mapping[ArticleId, Candidate], failed: Failed) -> bool:
    """Whether a page that made a worker stumble is worth another try later."""
    return _waited(this, unread[ArticleId(failed.key)]) < TRY_PAGE_FOR


def _waited(this: Pass, candidate: Candidate) -> timedelta:
    """How long a candidate has waited to be read, or to be read once more."""
    return this.now - (candidate.reread_at or candidate.entry.first_seen_at)


def pages_of(
    this: Pass,
    unread: Mapping[ArticleId, Candidate],
    answers: Iterable[Reply | Failed],
) -> Iterator[Page]:
    """Pages as they come in. One that fails for the moment is left for a later run
    while it is young; else the feed's words must do."""
    for answer in answers:
        candidate = unread[ArticleId(answer.key)]
        missed = cover.page_failure(answer)
        if missed is None:
            assert isinstance(answer, Reply)
            this.ports.ledger.clear("fetch", [answer.key])
            yield Page(candidate=candidate, reply=answer)
            continue
        this.fail([missed])
        if missed.is_final or _waited(this, candidate) >= TRY_PAGE_FOR:
            yield Page(candidate=candidate, reply=None, miss=missed.reason)


def tell_of_decisions(this: Pass, troubles: Sequence[Failed]) -> None:
    """Keep in the ledger which decisions cannot be heeded, and forget those that can."""
    bad = {trouble.key for trouble in troubles}
    known = {one.id for one in this.site.decisions}
    known |= {f.key for f, _ in this.ports.ledger.failures() if f.stage == "decide"}
    this.ports.ledger.clear("decide", sorted(known - bad))
    this.fail(troubles)


def record_files(this: Pass, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Record files to write. What a person added to a file is carried over; a file that
    cannot be read is reported and left alone; adopted records are never touched."""
    for p in edition.records:
        if p.story is None:
            continue
        there = this.ports.content.read(p.path)
        try:
            old = record.read(there) if there is not None else p.record
        except RecordError as error:
            this.fail([_unreadable(p.path, error)])
            continue
        this.ports.ledger.clear("record", [p.path])
        yield p.path, record.write(record.update(old, p.record))


def shelve(this: Pass, edition: Edition) -> None:
    """Old records into the archive, where there are more than the site wants among the
    news."""
    kept, content = this.site.output.records_kept, this.ports.content
    if len(edition.records) <= kept:
        return
    hours = this.site.window.story_hours
    settled = (
        p
        for p in edition.records
        if record_changes.is_settled(p.record, this.now, hours)
    )
    content.archive(shelving.leaving(content.records(), settled, kept))


def watched(
    this: Pass, edition: Edition, files: Iterable[tuple[str, bytes | Unmade]]
) -> Iterator[tuple[str, bytes | Unmade]]:
    """The files as they come; those that make the front page are made, and kept in the
    journal once all are there, so that it can be rebuilt."""
    front = [(front_files.RANKING, front_files.ranking(edition))]
    for path, said in files:
        if isinstance(said, Unmade) and not front_files.is_on_front(path):
            yield path, said
            continue
        content = said.make() if isinstance(said, Unmade) else said
        if front_files.belongs(path, content):
            front.append((path, content))
        yield path, content
    days = this.site.output.edition_days
    kept = KeptEdition(
        run=this.number, now=this.now, as_of=edition.as_of, version=__version__
    )
    this.ports.store.save_edition(
        kept, front, this.now - timedelta(days=days) if days else None
    )


def tell_hub(this: Pass, written: Written) -> None:
    """Tell the site's hub which of its feeds have news, where it has one."""
    hub, site = this.site.output.hub, this.site
    new = (*written.added, *written.changed)
    feeds = [path for path in new if path.startswith(f"{addresses.FEEDS}/")]
    if not hub or not feeds:
        return
    asks = websub_telling.requests(
        hub, (addresses.absolute(site.url, path) for path in feeds)
    )
    failures = [
        websub_telling.failure(answer, hub) for answer in this.ports.fetcher.fetch(asks)
    ]
    bad = {failed.key for failed in failures if failed}
    this.ports.ledger.clear("hub", sorted({ask.key for ask in asks} - bad))
    this.fail(failed for failed in failures if failed)


def _unreadable(path: str, error: RecordError) -> Failed:
    return Failed(
        stage="record",
        key=path,
        subject=path,
        reason=f"line {error.line}: {error.reason}; mend or remove the file, "
        "it is not written to until then",
        kind="unreadable",
    )


def source_health(this: Pass) -> SourceHealth:
    """How the sources are doing, for readers: what is the matter with one is told in a
    word, so that the page changes only when that does."""
    states = {state.source.id: state for state in this.ports.store.sources()}
    found = health.worst_first(
        health.assess(state, habit.instants(state.recent), this.now)
        for state in states.values()
    )
    words = [(one, "silent" if one.is_silent else one.health.value) for one in found]
    many = Counter(word for _, word in words)
    return SourceHealth(
        by_health=tuple(sorted(many.items(), key=lambda each: (-each[1], each[0]))),
        ailing=tuple(
            (_name(states[one.source_id]), word)
            for one, word in words
            if one.is_silent or one.health in AILING
        ),
    )


def _name(state: SourceState) -> str:
    """What readers know a source by; its address may hold keys."""
    host = urlsplit(state.source.url).hostname or state.source.id
    return state.source.title or state.title or host


def withdrawn(this: Pass) -> frozenset[ArticleId]:
    """Articles whose page was gone for good when it was asked for once more."""
    return frozenset(
        ArticleId(failed.key)
        for failed, _ in this.ports.ledger.failures()
        if timeline.is_withdrawal(failed)
    )


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Lists of at most `BATCH` items, in order, as they come in."""
    source = iter(items)
    while batch := list(itertools.islice(source, BATCH)):
        yield batch
