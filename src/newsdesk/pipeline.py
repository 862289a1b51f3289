"""The path, top to bottom: from due sources to a published site.

    due sources → replies → entries → new ones → pages → articles → topics, providers,
    duplicates → stories → scores → decisions → records → outputs

`run` is one pass. Each step reads rows, lets pure stages work on them, and keeps the
outcome in one transaction, so a pass that is cut off anywhere is simply run again. A
failed item is a value in the ledger; it never stops a pass.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from newsdesk import (
    judging_steps,
    lettering,
    outputs,
    picture_steps,
    steps,
    window_steps,
)
from newsdesk.model.article import Article, ArticleId, Page
from newsdesk.model.feed import (
    Reply,
    Request,
    SourceKind,
)
from newsdesk.model.ruling import Ruling
from newsdesk.model.run import Failed, Written
from newsdesk.model.site import Site
from newsdesk.model.story import Edition, JudgedStory, StoryEvent, StoryId
from newsdesk.render import (
    fingerprints,
    sealing,
)
from newsdesk.stages import (
    admit,
    basis,
    classify,
    compose,
    cover,
    decisions,
    judge,
    poll,
    queueing,
    rule_sets,
    rulings,
    schedule,
    topics_said,
)
from newsdesk.stages.stories import Grouped
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
    site: Site,
    ports: Ports,
    now: datetime,
    delivered: Sequence[Reply] = (),
    *,
    may_rest: bool = False,
) -> Report:
    """One pass over the whole path at the instant `now`. `delivered`: what hubs sent,
    read as if its sources had been asked. With `may_rest` nothing is published where
    nothing changed that readers could see since the last time, within an hour."""
    this = Pass(site, ports, now, ports.ledger.begin(now, ports.clock()))
    state = "crashed"
    try:
        ask_sources(this, delivered)
        admit_entries(this)
        read_pages(this)
        judged = group_and_judge(this)
        rests = may_rest and window_steps.is_published(this, judged)
        written, shown = (Written(), ()) if rests else publish(this, judged)
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
    answers = steps.with_sitemaps(
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
    subjects = classify.classifier(
        this.site.topics, ports.vectors if unread else None, this.site.heads
    )
    vouched = {source.id: source.topics for source in this.site.sources}
    pages = itertools.chain(
        (Page(candidate=candidate, reply=None) for candidate in whole),
        steps.pages_of(this, unread, ports.fetcher.fetch(requests)),
    )
    for batch in steps.batches(ports.runner.each("read", work, pages, instead)):
        read = [one for one in batch if isinstance(one, Article)]
        articles = classify.classified(read, vouched, subjects)
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
    """New articles → duplicates → stories → scores → decisions. Returns the stories that
    were judged anew: those that something changed."""
    store = this.ports.store
    this.ports.progress.start("stories")
    store.save_rules(rule_sets.of(this.site), this.number, this.now)
    if window_steps.is_settled(this):
        return _as_before(this)
    session, owed = window_steps.opened(this), window_steps.owed(this)
    grouped = _group(this, session, owed)
    judged, events = _judge(this, session, grouped)
    twice, regrouped = session.taken.duplicates, grouped.regrouped
    window_steps.owe(this, owed | {one.story.id for one in judged})
    store.save_stories(
        [*regrouped.stories, *(one.story for one in judged)],
        twice,
        judged,
        [*regrouped.events, *events],
    )
    window = window_steps.left(this, session, judged, grouped.leads)
    this.count("duplicates", len(twice))
    this.count("stories changed", len(regrouped.stories))
    this.count("stories judged", len(judged))
    _count_window(this, window, len(regrouped.stories))
    return judged


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grouped:
    """What became of the stories, and what editors say about them."""

    regrouped: Grouped
    touched: Collection[StoryId]
    """Stories that an editor or the grouping touched, and those that are owed a record."""
    leads: Mapping[StoryId, ArticleId]
    """Who leads, where editors said so."""
    rulings: Mapping[StoryId, Ruling]


def _group(
    this: Pass, session: window_steps.Session, owed: Collection[StoryId]
) -> _Grouped:
    """New articles → duplicates and copies → stories, as editors want them. `owed`:
    stories that were judged before and got no record."""
    said = this.site.decisions
    spoken = judging_steps.known(this, session.recent.everything())
    window_steps.take(this, session, spoken.stories, spoken.late)
    there = tuple(session.recent.lights.values()) if said else ()
    told = decisions.told(said, there, session.recent.everything(), this.now)
    regrouped = window_steps.regrouped(this, session, told.homes)
    current = session.recent.everything()
    fixed = decisions.leads(said, current, there, this.now)
    ruled = judging_steps.told(this, current, there)
    steps.tell_of_decisions(this, (*told.troubles, *fixed.troubles, *ruled.troubles))
    return _Grouped(
        regrouped=regrouped,
        touched={*spoken.late, *(story.id for story in regrouped.stories), *owed},
        leads=fixed.by_story,
        rulings=ruled.by_story,
    )


def _judge(
    this: Pass, session: window_steps.Session, grouped: _Grouped
) -> tuple[tuple[JudgedStory, ...], Sequence[StoryEvent]]:
    """Stories that something changed → topics, leads, scores, verdicts, caps."""
    site, touched = this.site, grouped.touched
    as_of = session.recent.as_of
    asked = window_steps.to_judge(this, session, touched, grouped.leads)
    before = judging_steps.summaries(this, asked)
    open_ = judging_steps.open_stories(
        asked, as_of, site, judged=before.keys(), touched=touched
    )
    stored, fresh = window_steps.members(this, session, open_)
    read = topics_said.applied(fresh, open_, grouped.rulings, site.topics)
    verdicts = judge.judged(
        open_,
        {article.id: article for article in read},
        site.rules,
        has_topics=bool(site.topics),
        copies=window_steps.copied(session, fresh),
        leads=grouped.leads,
        gone=steps.withdrawn(this),
        rulings=grouped.rulings,
        voices=judging_steps.loudness(this),
        now=this.now,
        as_of=as_of,
    )
    capped = judging_steps.capped(verdicts.stories, before, site)
    events = [*verdicts.events, *rulings.events(grouped.rulings)]
    return basis.signed(capped, stored), events


def _as_before(this: Pass) -> tuple[JudgedStory, ...]:
    """Nothing came in, and nobody said anything: nothing is judged."""
    for name in ("duplicates", "stories changed", "stories judged"):
        this.count(name, 0)
    _count_window(this, window_steps.told_before(this), 0)
    return ()


def _count_window(this: Pass, window: Mapping[str, int], changed: int) -> None:
    for name, many in window.items():
        this.count(name, many)
    this.ports.progress.end(
        "stories",
        f"{changed} changed of {window['stories in the window']}, "
        f"{window['stories of two or more providers']} of two or more providers",
    )


def publish(
    this: Pass, judged: tuple[JudgedStory, ...]
) -> tuple[Written, tuple[tuple[str, str], ...]]:
    """Judged stories → records → everything that readers and machines read. Returns
    the files written and the headlines that are new to readers."""
    store, ports = this.ports.store, this.ports
    known = store.records()
    current = window_steps.current(this, judged, known)
    pictures = picture_steps.find(this, current, known)
    ports.progress.start("publish")
    made = compose.published(current, known, this.site, pictures)
    store.save_records(sealing.with_seals(made, ports.seals))
    window_steps.owe(this, ())
    records = store.records()
    pasts = store.pasts([p.story.story.id for p in records if p.story])
    seen = judging_steps.visits(this, records)
    edition = compose.edition(records, this.site, pictures.copies, pasts, seen)
    edition = lettering.with_letters(
        this.site, ports.letters, edition, ports.content, this.now
    )
    content = ports.content.write(steps.record_files(this, edition))
    steps.shelve(this, edition)
    sheets = outputs.sheets(edition, this.site, steps.source_health(this))
    pages = fingerprints.marked(sheets, edition, this.site)
    files = steps.watched(this, edition, pages)
    public = ports.public.write(files, prune=True)
    steps.tell_hub(this, public)
    picture_steps.keep(this, pictures, edition)
    written = outputs.together(content, public)
    _tell_of_publishing(this, edition, written)
    window_steps.note_published(this)
    before = {p.path for p in known if p.record.published}
    shown = tuple(
        (p.record.title, p.path)
        for p in edition.records
        if p.record.published and p.path not in before
    )
    return written, shown


def _tell_of_publishing(this: Pass, edition: Edition, written: Written) -> None:
    published = sum(p.record.published for p in edition.records)
    merged = sum(not p.story.story.is_alive for p in edition.records if p.story)
    held = len(edition.records) - published - merged
    this.count("published", published)
    this.count("held", held)
    this.count("files written", len(written.added) + len(written.changed))
    this.ports.progress.end(
        "publish",
        f"{published} published, {held} held, "
        f"{len(written.added)} files new, {len(written.changed)} changed",
    )
