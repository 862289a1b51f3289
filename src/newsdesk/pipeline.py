"""The path, top to bottom: from due sources to a published site.

    due sources → replies → entries → new ones → pages → articles → topics, providers,
    duplicates → stories → scores → decisions → records → outputs

`run` is one pass. Each step reads rows, lets pure stages work on them, and keeps the
outcome in one transaction, so a pass that is cut off anywhere is simply run again. A
failed item is a value in the ledger; it never stops a pass.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from newsdesk.model.article import Article, ArticleId, Candidate, Page
from newsdesk.model.errors import RecordError
from newsdesk.model.feed import (
    Entry,
    EntryId,
    Poll,
    Reply,
    Request,
    Source,
    SourceId,
    SourceKind,
    SourceState,
)
from newsdesk.model.ports import Fetcher, Ledger, Progress, Runner, Sink, Store
from newsdesk.model.run import Failed, Written
from newsdesk.model.site import Site
from newsdesk.model.story import Edition, JudgedStory, Published
from newsdesk.render import addresses, feeds, html, json_api, record, sitemap
from newsdesk.stages import (
    admit,
    compose,
    cover,
    duplicates,
    judge,
    pictures,
    poll,
    push,
    schedule,
    stories,
    versions,
)

BATCH = 20
"""Items kept in one transaction while they come in."""
TRY_PAGE_FOR = timedelta(minutes=30)
"""How long a page that fails for the moment is tried before its feed's words must do."""
TRY_PAGE_EVERY = timedelta(minutes=10)
TRY_PICTURE_EVERY = timedelta(hours=6)

Answered = poll.Answer | Failed

Item = TypeVar("Item")


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
    content: Sink
    public: Sink
    pictures: Sink
    """Cached pictures; kept apart, since they are not made anew on every run."""
    clock: Callable[[], datetime]
    """For the ledger only: when a run really began and ended."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did."""

    number: int
    counts: tuple[tuple[str, int], ...]
    """By name, in the order of the path."""
    failures: tuple[tuple[str, str, int], ...]
    """Stage, kind and how many; most first."""
    written: Written
    """Files below the site folder."""
    shown: tuple[tuple[str, str], ...]
    """Headline and record path of each story that readers see since this run."""


def run(
    site: Site, ports: Ports, now: datetime, delivered: Sequence[Reply] = ()
) -> Report:
    """One pass over the whole path at the instant `now`. `delivered`: what hubs sent,
    read as if its sources had been asked."""
    this = Pass(site, ports, now, ports.ledger.begin(now, ports.clock()))
    state = "crashed"
    try:
        ask_sources(this, delivered)
        admit_entries(this)
        read_pages(this)
        judged = group_and_judge(this)
        written, shown = publish(this, judged)
        state = "done"
    except KeyboardInterrupt:
        state = "stopped"
        raise
    finally:
        ports.ledger.count(this.number, tuple(this.counts.items()))
        ports.ledger.finish(this.number, state, ports.clock())
    ranked = sorted(this.failures.items(), key=lambda item: (-item[1], item[0]))
    return Report(
        number=this.number,
        counts=tuple(this.counts.items()),
        failures=tuple((stage, kind, many) for (stage, kind), many in ranked),
        written=written,
        shown=shown,
    )


def ask_sources(this: Pass, delivered: Sequence[Reply] = ()) -> None:
    """Due sources → replies → entries. A source's new state and entries go together."""
    store, ports = this.ports.store, this.ports
    store.sync_sources(this.site.sources)
    known = store.sources()
    told = {reply.key for reply in delivered}
    there = [state for state in known if state.source.id in told]
    due = [
        state
        for state in schedule.due(known, this.now)
        if state.source.id not in told  # in a minute, when the delivery is kept
    ]
    lists = [state for state in known if state.source.kind is SourceKind.PAGES]
    by_id = {state.source.id: state for state in (*due, *lists, *there)}
    replies = [reply for reply in delivered if reply.key in by_id]
    ports.progress.start("sources", len(by_id))
    this.count("sources asked", len(by_id))
    this.count("sources failed", 0)
    this.count("new entries", 0)
    this.count("changed entries", 0)
    requests = (schedule.request(state, this.site.fetching) for state in due)
    incoming = itertools.chain(replies, ports.fetcher.fetch(requests))
    answers = ports.runner.each("parse", poll.answered, incoming)
    for batch in _batches(itertools.chain(_list_answers(this, lists), answers)):
        polls = []
        for answer in batch:
            outcome = _poll(this, by_id, answer)
            by_id[outcome.state.source.id] = outcome.state
            polls.append(outcome)
        this.count("new entries", store.save_polls(polls))
        this.count("changed entries", sum(len(one.changes) for one in polls))
        ports.progress.advance("sources", len(batch))
    this.count(
        "sources failed", sum(n for (s, _), n in this.failures.items() if s == "poll")
    )
    ports.progress.end(
        "sources",
        f"{len(by_id)} asked, {this.counts['sources failed']} failed, "
        f"{this.counts['new entries']} new entries",
    )


def receive(store: Store, source: Source, data: bytes, now: datetime) -> push.Receipt:
    """Pushed lines → entries of their source, for the next run to admit. What a source
    says of itself is kept with them, as with one that was asked."""
    parsed = push.parsed(data)
    entries = push.entries(parsed, source, now)
    known = store.known_entries([entry.id for entry in entries])
    before = {state.source.id: state for state in store.sources()}
    state = push.state_after(
        before.get(source.id, SourceState(source=source)),
        len(entries) - len(known),
        now,
    )
    other = versions.changed(entries, known)
    changes = versions.changes(entries, store.listings(other), swept=0, now=now)
    store.save_polls([Poll(state=state, entries=tuple(entries), changes=changes)])
    return push.receipt(parsed, entries, known.keys(), other)


def admit_entries(this: Pass) -> None:
    """Entries → candidates: one an address, old items of new sources archived."""
    entries = this.ports.store.unclaimed_entries()
    admission = admit.admission(
        entries, new_source_days=this.site.window.new_source_days
    )
    # An entry that leads nowhere is claimed for no article, so that it is told of once.
    nowhere = [(entry.id, ArticleId("")) for entry in admission.homeless]
    archived = sum(candidate.archived for candidate in admission.candidates)
    this.count("archived at the door", archived)
    this.fail(
        Failed(
            stage="admit",
            key=entry.id,
            subject=entry.item.title or entry.id,
            reason="the entry has no usable address",
            kind="no address",
            is_final=True,
        )
        for entry in admission.homeless
    )
    this.ports.store.admit(admission.candidates, [*admission.claims, *nowhere])


def read_pages(this: Pass) -> None:
    """Candidates → pages → articles with provider and topics."""
    store, ports = this.ports.store, this.ports
    waiting = _waiting(this)
    unread = {c.id: c for c in store.unread() if c.id not in waiting}
    whole = [c for c in unread.values() if c.entry.is_whole]
    ports.progress.start("articles", len(unread))
    this.count("articles read", 0)
    this.count("no article", 0)
    requests = (
        Request(
            key=candidate.id,
            url=candidate.url,
            accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            max_bytes=this.site.fetching.max_page_bytes,
            obey_robots=this.site.fetching.obey_robots,
        )
        for candidate in unread.values()
        if not candidate.entry.is_whole
    )
    work = partial(cover.covered, newsroom=cover.newsroom(this.site, store.sources()))
    pages = itertools.chain(
        (Page(candidate=candidate, reply=None) for candidate in whole),
        _pages(this, unread, ports.fetcher.fetch(requests)),
    )
    for batch in _batches(ports.runner.each("read", work, pages)):
        articles = [one for one in batch if isinstance(one, Article)]
        lost = [one for one in batch if isinstance(one, Failed)]
        hopeless = [f for f in lost if f.is_final or not _is_young(this, unread, f)]
        store.save_articles(articles, [(ArticleId(f.key), f.reason) for f in hopeless])
        this.fail(lost)
        this.count("articles read", len(articles))
        this.count("no article", len(lost))
        ports.progress.advance("articles", len(batch))
    ports.progress.end(
        "articles",
        f"{this.counts['articles read']} read, {this.counts['no article']} no article, "
        f"{sum(n for (s, _), n in this.failures.items() if s == 'fetch')} without page",
    )


def group_and_judge(this: Pass) -> tuple[JudgedStory, ...]:
    """Articles → duplicates → stories → scores → decisions, over the recent window."""
    store, site = this.ports.store, this.site
    this.ports.progress.start("stories")
    since = this.now - timedelta(
        hours=max(site.window.story_hours, 24 * site.window.new_source_days)
    )
    articles = store.articles(since)
    twice = duplicates.duplicates(articles)
    fresh = cover.without(cover.fresh(articles, site), dict(twice))
    known = store.stories(since)
    changed = stories.grouped(
        fresh,
        known,
        story_hours=site.window.story_hours,
        same_story=site.rules.same_story,
    )
    current = {story.id: story for story in (*known, *changed)}
    judged = judge.judged(
        sorted(current.values(), key=lambda story: story.id),
        {article.id: article for article in fresh},
        site.rules,
        has_topics=bool(site.topics),
    )
    store.save_stories([one.story for one in judged], twice, judged)
    this.count("duplicates", len(twice))
    this.count("stories changed", len(changed))
    this.count("stories in the window", len(judged))
    shared = sum(one.provider_count > 1 for one in judged)
    this.count("stories of two or more providers", shared)
    this.ports.progress.end(
        "stories",
        f"{len(changed)} changed of {len(judged)}, {shared} of two or more providers",
    )
    return judged


def publish(
    this: Pass, judged: tuple[JudgedStory, ...]
) -> tuple[Written, tuple[tuple[str, str], ...]]:
    """Judged stories → records → everything that readers and machines read. Returns
    the files written and the headlines that are new to readers."""
    store, ports = this.ports.store, this.ports
    known = store.records()
    cached = _cached(this, judged, known)
    ports.progress.start("publish")
    store.save_records(compose.published(judged, known, this.site, cached))
    edition = compose.edition(store.records(), this.site)
    content = ports.content.write(_record_files(this, edition))
    public = ports.public.write(public_files(edition, this.site), prune=True)
    published = sum(p.record.published for p in edition.records)
    held = len(edition.records) - published
    this.count("published", published)
    this.count("held", held)
    written = Written(
        added=content.added + public.added,
        changed=content.changed + public.changed,
        removed=content.removed + public.removed,
        unchanged=content.unchanged + public.unchanged,
    )
    this.count("files written", len(written.added) + len(written.changed))
    ports.progress.end(
        "publish",
        f"{published} published, {held} held, "
        f"{len(written.added)} files new, {len(written.changed)} changed",
    )
    before = {p.path for p in known if p.record.published}
    shown = tuple(
        (p.record.title, p.path)
        for p in edition.records
        if p.record.published and p.path not in before
    )
    return written, shown


def public_files(edition: Edition, site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the public folder but the pictures."""
    yield from html.pages(edition, site)
    records = [(p.path, p.record) for p in edition.records]
    yield from json_api.pages(records, site.topics, locale=site.locale)
    yield from feeds.files(site, edition)
    yield addresses.NEWS_SITEMAP, sitemap.news(site, edition.records, edition.as_of)


def _list_answers(this: Pass, lists: Iterable[SourceState]) -> Iterator[Answered]:
    for state in lists:
        text = this.ports.folder.read(state.source.url)
        yield poll.list_answer(state.source, text, this.now)


def _poll(this: Pass, by_id: Mapping[SourceId, SourceState], answer: Answered) -> Poll:
    """The outcome of asking one source: its next state, and its entries."""
    state = by_id[SourceId(answer.key)]
    if isinstance(answer, Failed):
        this.fail([answer if answer.stage == "poll" else poll.failed(answer)])
        return Poll(
            state=schedule.after_failure(state, answer, this.site.schedule, this.now)
        )
    entries = poll.entries(answer, state, this.now)
    known = this.ports.store.known_entries([entry.id for entry in entries])
    after = poll.state_after(
        state, answer, entries, known.keys(), this.site.schedule, this.now
    )
    if trouble := poll.trouble(answer, after):
        this.fail([trouble])
    else:
        this.ports.ledger.clear("poll", [answer.key])
    return _with_changes(this.ports.store, after, entries, known, this.now)


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


def _waiting(this: Pass) -> frozenset[str]:
    """Articles whose page failed so lately that it is not asked again yet."""
    return frozenset(
        failed.key
        for failed, tried_at in this.ports.ledger.failures()
        if failed.stage in ("fetch", "read")
        and not failed.is_final
        and timedelta() < this.now - tried_at < TRY_PAGE_EVERY
    )


def _is_young(
    this: Pass, unread: Mapping[ArticleId, Candidate], failed: Failed
) -> bool:
    """Whether a page that made a worker stumble is worth another try later."""
    return _waited(this, unread[ArticleId(failed.key)]) < TRY_PAGE_FOR


def _waited(this: Pass, candidate: Candidate) -> timedelta:
    """How long a candidate has waited to be read, or to be read once more."""
    return this.now - (candidate.reread_at or candidate.entry.first_seen_at)


def _pages(
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


def _cached(
    this: Pass, judged: Iterable[JudgedStory], known: Iterable[Published]
) -> dict[str, tuple[int, int]]:
    """True sizes of the pictures we hold, after fetching those that are missing."""
    wanted = compose.wanted_pictures(judged, known)
    sizes = {
        image.url: (image.width, image.height)
        for p in known
        for image in p.record.images
        if image.is_cached and image.width and image.height
    }
    held = {url: sizes[url] for url in wanted if url in sizes and _holds(this, url)}
    width = this.site.output.picture_width
    hopeless = {
        failed.key
        for failed, tried_at in this.ports.ledger.failures()
        if failed.stage == "picture"
        and (failed.is_final or this.now - tried_at < TRY_PICTURE_EVERY)
    }
    missing = [url for url in wanted if url not in held and url not in hopeless]
    if not missing or not width:
        return held
    this.ports.progress.start("pictures", len(missing))
    requests = (
        Request(
            key=url,
            url=url,
            accept="image/*",
            max_bytes=this.site.fetching.max_picture_bytes,
            obey_robots=this.site.fetching.obey_robots,
        )
        for url in missing
    )
    work = partial(pictures.copied, width=width)
    fetched = this.ports.runner.each(
        "picture", work, this.ports.fetcher.fetch(requests)
    )
    for batch in _batches(fetched):
        copies = [one for one in batch if isinstance(one, pictures.Copy)]
        this.fail(one for one in batch if isinstance(one, Failed))
        this.ports.pictures.write(
            (addresses.picture(copy.url), copy.webp) for copy in copies
        )
        held |= {copy.url: (copy.width, copy.height) for copy in copies}
        this.ports.progress.advance("pictures", len(batch))
    this.count("pictures kept", sum(url in held for url in missing))
    this.ports.progress.end(
        "pictures", f"{sum(url in held for url in missing)} of {len(missing)} kept"
    )
    return held


def _holds(this: Pass, url: str) -> bool:
    return this.ports.pictures.read(addresses.picture(url)) is not None


def _record_files(this: Pass, edition: Edition) -> Iterator[tuple[str, bytes]]:
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


def _unreadable(path: str, error: RecordError) -> Failed:
    return Failed(
        stage="record",
        key=path,
        subject=path,
        reason=f"line {error.line}: {error.reason}; mend or remove the file, "
        "it is not written to until then",
        kind="unreadable",
    )


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(itertools.islice(source, BATCH)):
        yield batch
