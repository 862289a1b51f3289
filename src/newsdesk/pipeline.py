"""The path, top to bottom: from due sources to a published site.

    due sources → replies → entries → new ones → pages → articles → topics, providers,
    duplicates → stories → scores → decisions → records → outputs

`run` is one pass. Each step reads rows, lets pure stages work on them, and keeps the
outcome in one transaction, so a pass that is cut off anywhere is simply run again. A
failed item is a value in the ledger; it never stops a pass.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from newsdesk import picture_steps, steps
from newsdesk.model.article import Article, ArticleId, Page
from newsdesk.model.feed import (
    Poll,
    Reply,
    Request,
    Source,
    SourceId,
    SourceKind,
    SourceState,
)
from newsdesk.model.ports import Store
from newsdesk.model.run import Failed, Written
from newsdesk.model.site import Site
from newsdesk.model.story import Edition, JudgedStory
from newsdesk.render import addresses, feeds, html, json_api, sitemap
from newsdesk.stages import (
    admit,
    compose,
    copies,
    cover,
    decisions,
    duplicates,
    identify_registry,
    judge,
    picture_shared,
    poll,
    push,
    queueing,
    schedule,
    sitemaps,
    stories,
    versions,
)
from newsdesk.steps import Pass, Ports
from newsdesk.text import relays


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
    queue = queueing.sorted_out(known, this.now)
    due = [
        state
        for state in queue.due
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
    answers = _with_sitemaps(
        this, by_id, ports.runner.each("parse", poll.answered, incoming)
    )
    for batch in steps.batches(
        itertools.chain(steps.list_answers(this, lists), answers)
    ):
        polls = []
        for answer in batch:
            outcome = steps.outcome(this, by_id, answer)
            by_id[outcome.state.source.id] = outcome.state
            polls.append(outcome)
        this.count("new entries", store.save_polls(polls))
        this.count("changed entries", sum(len(one.changes) for one in polls))
        ports.progress.advance("sources", len(batch))
    this.count(
        "sources failed", sum(n for (s, _), n in this.failures.items() if s == "poll")
    )
    rest = ""
    if queue.put_off:
        this.count("sources put off", len(queue.put_off))
        rest = f", {len(queue.put_off)} wait for their domain's turn"
    ports.progress.end(
        "sources",
        f"{len(by_id)} asked, {this.counts['sources failed']} failed, "
        f"{this.counts['new entries']} new entries{rest}",
    )


def _with_sitemaps(
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


def keep_looks(
    site: Site, store: Store, looks: Sequence[poll.Answer], now: datetime
) -> int:
    """Answers of sources that were looked at when they were added → their first polls,
    so that no run asks for the same once more. Returns how many entries were new."""
    store.sync_sources(site.sources)
    states = {state.source.id: state for state in store.sources()}
    return store.save_polls(
        [
            steps.polled(store, states[SourceId(one.key)], one, site.schedule, now)
            for one in looks
            if one.key in states
        ]
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
    waiting = steps.waiting(this)
    unread = {c.id: c for c in store.unread() if c.id not in waiting}
    whole = [c for c in unread.values() if c.entry.is_whole]
    ports.progress.start("articles", len(unread))
    this.count("articles read", 0)
    this.count("no article", 0)
    requests = (
        Request(
            key=candidate.id,
            url=relays.behind(candidate.url),
            accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            max_bytes=this.site.fetching.max_page_bytes,
            obey_robots=this.site.fetching.obey_robots,
        )
        for candidate in unread.values()
        if not candidate.entry.is_whole
    )
    newsroom = cover.newsroom(this.site, store.sources())
    work, *instead = (
        partial(each, newsroom=newsroom)
        for each in (cover.covered, cover.covered_cheaply, cover.covered_unread)
    )
    pages = itertools.chain(
        (Page(candidate=candidate, reply=None) for candidate in whole),
        steps.pages_of(this, unread, ports.fetcher.fetch(requests)),
    )
    for batch in steps.batches(ports.runner.each("read", work, pages, instead)):
        articles = [one for one in batch if isinstance(one, Article)]
        lost = [one for one in batch if isinstance(one, Failed)]
        hopeless = [
            f for f in lost if f.is_final or not steps.is_young(this, unread, f)
        ]
        store.save_articles(articles, [(ArticleId(f.key), f.reason) for f in hopeless])
        this.fail([*lost, *filter(None, map(cover.breakdown, articles))])
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
    known = store.stories(since, decisions.named(site.decisions, this.now))
    late = decisions.unmet(site.decisions, known, this.now)
    articles = picture_shared.without(store.articles(since, late))
    twice = duplicates.duplicates(articles)
    fresh = cover.without(cover.fresh(articles, site), dict(twice))
    told = decisions.told(site.decisions, fresh, known, this.now)
    regrouped = stories.grouped(
        fresh,
        known,
        story_hours=site.window.story_hours,
        same_story=site.rules.same_story,
        told=told.homes,
    )
    changed = regrouped.stories
    current = {story.id: story for story in (*known, *changed)}
    fixed = decisions.leads(site.decisions, current.values(), fresh, this.now)
    steps.tell_of_decisions(this, (*told.troubles, *fixed.troubles))
    verdicts = judge.judged(
        sorted(current.values(), key=lambda story: story.id),
        {article.id: article for article in fresh},
        site.rules,
        has_topics=bool(site.topics),
        copies=copies.found(
            fresh, identify_registry.directory(site.providers, site.outlets)
        ),
        leads=fixed.by_story,
        gone=steps.withdrawn(this),
    )
    judged = verdicts.stories
    store.save_stories(
        [*changed, *(one.story for one in judged)],
        twice,
        judged,
        [*regrouped.events, *verdicts.events],
    )
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
    pictures = picture_steps.find(this, judged, known)
    ports.progress.start("publish")
    store.save_records(compose.published(judged, known, this.site, pictures))
    records = store.records()
    pasts = store.pasts([p.story.story.id for p in records if p.story])
    edition = compose.edition(records, this.site, pictures.copies, pasts)
    content = ports.content.write(steps.record_files(this, edition))
    public = ports.public.write(public_files(edition, this.site), prune=True)
    picture_steps.keep(this, pictures)
    published = sum(p.record.published for p in edition.records)
    merged = sum(not p.story.story.is_alive for p in edition.records if p.story)
    held = len(edition.records) - published - merged
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
