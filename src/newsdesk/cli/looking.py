"""`newsdesk status` and `explain`: how the site is doing, and why a story stands where
it stands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk import config, wiring
from newsdesk.cli import (
    desk,
    hubs,
    identity,
    options,
    receipts,
    source_health,
    unfolding,
    voices,
)
from newsdesk.model.article import Whereabouts
from newsdesk.model.feed import Listing
from newsdesk.model.run import Failed, RunSummary
from newsdesk.model.story import JudgedStory, Published, Score, StoryEvent
from newsdesk.render import receipts as receipt
from newsdesk.stages import versions

NOT_RUN = "There was no run yet; newsdesk run, or newsdesk serve, begins."
ADOPTED = "was adopted from the older system; its scores carry no receipt"


@click.command()
@options.site
@click.option("--now", type=options.Instant(), help="Take this instant for now.")
@options.as_json
def status(site_folder: Path, now: datetime | None, as_json: bool) -> None:
    """Sources by health, the last runs, and what stands failed and why."""
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        kept, left = opened.store.sources(), opened.store.left_sources()
        runs = opened.ledger.runs(5)
        failures = opened.ledger.failures()
        totals = opened.archive.totals()
        instant = now or wiring.utc_now()
        said = desk.standing(site, opened.store, instant)
    states = source_health.of_site(site, (*left, *kept))
    totals = (("sources", len(states)), *(t for t in totals if t[0] != "sources"))
    sources = source_health.assessed(states, instant)
    if as_json:
        told = {
            "sources": [source_health.row(*pair, instant) for pair in sources],
            "hubs_ending": [one for s in (*kept, *left) for one in hubs.ending(s)],
            "runs": [_run_row(one) for one in runs],
            "failures": [_failure_row(*pair) for pair in failures],
            "totals": dict(totals),
            "decisions": said,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    console = Console()
    console.print(
        f"[bold]{escape(site.title)}[/bold]: {source_health.headline(sources)}"
    )
    console.print("; ".join(f"{count:,} {name}" for name, count in totals))
    source_health.tell(console, sources)
    if states and not runs:
        console.print(NOT_RUN)
    listed = {state.source.id for state in states}
    gone = [state for state in left if state.source.id not in listed]
    hubs.tell(console, (*states, *gone), instant)
    _tell_runs(console, runs)
    for line in said:
        console.print(escape(line), soft_wrap=True)
    _tell_failures(console, failures)


def _run_row(one: RunSummary) -> dict[str, object]:
    return {
        "run": one.id,
        "now": one.now.isoformat(),
        "state": one.state,
        "counts": dict(one.counts),
    }


def _failure_row(failed: Failed, tried_at: datetime) -> dict[str, object]:
    return {
        "stage": failed.stage,
        "subject": failed.subject,
        "reason": failed.reason,
        "kind": failed.kind,
        "at": tried_at.isoformat(),
    }


def _tell_runs(console: Console, runs: Sequence[RunSummary]) -> None:
    table = Table(
        "run", "now", "state", "counts", title="Last runs", title_justify="left"
    )
    for one in runs:
        told = ", ".join(f"{count} {name}" for name, count in one.counts if count)
        table.add_row(str(one.id), _when(one.now), one.state, told)
    console.print(table)


def _tell_failures(
    console: Console, failures: Sequence[tuple[Failed, datetime]]
) -> None:
    kinds = Counter((failed.stage, failed.kind) for failed, _ in failures)
    table = Table("stage", "why", "how many", "for example", title="What stands failed")
    table.columns[-1].overflow = "fold"  # an address is shown whole
    for (stage, kind), count in kinds.most_common():
        example = next(f for f, _ in failures if (f.stage, f.kind) == (stage, kind))
        told = escape(f"{example.subject}: {example.reason}")
        table.add_row(stage, kind, str(count), told)
    if kinds:
        console.print(table)


@click.command()
@click.argument("what", metavar="PATH|ID|ADDRESS")
@click.option(
    "--recompute",
    is_flag=True,
    help="Work out its numbers again from what is stored; exit with 1 if one differs.",
)
@options.site
@options.as_json
def explain(what: str, site_folder: Path, as_json: bool, recompute: bool) -> None:
    """Why a story stands where it stands: by record path, id or article address."""
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        story = opened.archive.find_story(what)
        record = opened.archive.find_record(story.story.id if story else what)
        found = opened.archive.find_article(what)
        article = found.id if found else story.lead.id if story else what
        listings = opened.archive.find_listings(article)
        events = opened.archive.find_events(what)
        past = unfolding.past(opened.store, story)
        again = receipts.tally([story], opened) if recompute and story else None
    if story is None and found is None and record is None:
        raise click.ClickException(
            f"nothing is known of {what!r}; give a record's path, a story's id or the "
            "address of an article"
        )
    if as_json:
        told = _explained(story, found, record, listings, events)
        told |= unfolding.row(story, past) if story else {}
        told |= {"receipt": _receipt_of(story, record)} if story else {}
        told |= {"recomputed": receipts.document(again)} if again else {}
        click.echo(json.dumps(told, ensure_ascii=False))
        receipts.judge(again)
        return
    console = Console()
    if story:
        _tell_story(console, story, record.path if record else None)
        identity.tell(console, story.story, events)
        unfolding.tell(console, story, past)
    elif found:
        _tell_article(console, found)
    else:
        console.print(f"{escape(what)} {ADOPTED}.", soft_wrap=True)
    _tell_versions(console, listings)
    if again:
        receipts.tell(again)
    receipts.judge(again)


def _receipt_of(story: JudgedStory, record: Published | None) -> dict[str, object]:
    """The document that stands beside the story's JSON."""
    return receipt.document(story, record.path if record else None)


def _tell_story(console: Console, story: JudgedStory, path: str | None) -> None:
    lead = story.lead
    console.print(f"[bold]{escape(lead.reading.title)}[/bold]", highlight=False)
    where = f"{lead.provider.name}, {_when(lead.instant)}, {lead.reading.web_url}"
    console.print(escape(where), soft_wrap=True)
    console.print(f"story {story.story.id}" + (f", record {path}" if path else ""))
    word = story.verdict.state.value.capitalize()
    rule = f" ({story.verdict.rule})" if story.verdict.rule else ""
    console.print(escape(f"{word}: {story.verdict.reason}{rule}."), soft_wrap=True)
    desk.tell(console, story)
    for one in story.verdict.objections[1:]:
        console.print(escape(f"Also against it: {one.why} ({one.rule})."))
    hits = "; ".join(f"{h.topic} ({', '.join(h.evidence)})" for h in lead.topics)
    if miss := lead.near_miss:
        hits += f"none; the nearest is {miss.topic} ({', '.join(miss.evidence)})"
    console.print(escape(f"Topics: {hits or 'none'}"))
    _receipt(console, "Quality of the lead", story.quality)
    at = _when(story.heat_at or story.story.changed_at)
    _receipt(console, f"Heat as of its newest voice, {at}", story.heat)
    _tell_bonds(console, story)
    table = Table(
        "quality",
        "provider",
        "published",
        "headline",
        title="Coverage",
        title_justify="left",
    )
    qualities = dict(story.qualities)
    for article in (lead, *story.related, *story.more):
        table.add_row(
            str(qualities[article.id].value),
            escape(article.provider.name),
            _when(article.instant),
            escape(article.reading.title),
        )
    console.print(table)
    voices.tell(console, story)


def _tell_bonds(console: Console, story: JudgedStory) -> None:
    """Why each member is in the story: how alike it is to the others, and by what."""
    if not story.bonds:
        return
    names = {a.id: a.provider.name for a in (story.lead, *story.related, *story.more)}
    table = Table("alike", "provider", "by", title="In one story", title_justify="left")
    for of, score in story.bonds:
        words = ", ".join(
            f"{p.name or 'other words'} {p.points:g}" for p in score.parts
        )
        table.add_row(str(score.value), escape(names.get(of, of)), escape(words))
    console.print(table)


def _tell_article(console: Console, found: Whereabouts) -> None:
    url = found.candidate.url if found.candidate else found.id
    console.print(escape(f"{url} is {found.stage}, in no story."), soft_wrap=True)
    if found.reason:
        console.print(escape(f"Why: {found.reason}."))


def _tell_versions(console: Console, listings: Sequence[Listing]) -> None:
    """How the words of an article's entries changed, where they did."""
    if not any(listing.versions for listing in listings):
        return
    table = Table(
        *("version", "seen", "published", "updated", "headline", "excerpt"),
        title="Versions of its entries",
        title_justify="left",
    )
    for listing in listings:
        for one in versions.history(listing):
            again = ", read again" if one.is_reread else ""
            table.add_row(
                f"{one.number}{again}",
                _when(one.seen_at),
                _when(one.published_at),
                _when(one.updated_at),
                escape(one.title or "–"),
                escape(one.excerpt[:80]),
            )
        table.add_section()
    console.print(table)


def _versions_rows(listings: Sequence[Listing]) -> list[dict[str, object]]:
    return [
        {
            "entry": one.entry_id,
            "source": listing.entry.source_id,
            "number": one.number,
            "seen": one.seen_at.isoformat(),
            "title": one.title,
            "excerpt": one.excerpt,
            "published": one.published_at.isoformat() if one.published_at else None,
            "updated": one.updated_at.isoformat() if one.updated_at else None,
            "body": one.body_hash,
            "read_again": one.is_reread,
        }
        for listing in listings
        for one in versions.history(listing)
    ]


def _receipt(console: Console, title: str, score: Score) -> None:
    table = Table(
        "part", "points", "why", title=f"{title}: {score.value} ({score.rule})",
        title_justify="left",
    )  # fmt: skip
    for part in score.parts:
        table.add_row(part.name, f"{part.points:+.2f}", escape(part.why))
    console.print(table)


def _explained(
    story: JudgedStory | None,
    found: Whereabouts | None,
    record: Published | None,
    listings: Sequence[Listing],
    events: Sequence[StoryEvent],
) -> dict[str, object]:
    if story is None and found is None and record is not None:
        return {"record": record.path, "reason": ADOPTED, "versions": []}
    if story is None:
        return {
            "article": found.id if found else None,
            "stage": found.stage if found else None,
            "reason": found.reason if found else None,
            "versions": _versions_rows(listings),
        }
    return {
        "story": story.story.id,
        "lead": story.lead.reading.web_url,
        "published": story.verdict.is_published,
        "reason": story.verdict.reason,
        **desk.row(story),
        "quality": _score_dict(story.quality),
        "heat": _score_dict(story.heat),
        "topics": {hit.topic: list(hit.evidence) for hit in story.lead.topics},
        "providers": story.provider_count,
        **voices.row(story),
        "members": list(story.story.members),
        **identity.row(story.story, events),
        "versions": _versions_rows(listings),
    }


def _score_dict(score: Score) -> dict[str, object]:
    parts = [{"name": p.name, "points": p.points, "why": p.why} for p in score.parts]
    return {"value": score.value, "rule": score.rule, "parts": parts}


def _when(instant: datetime | None) -> str:
    return instant.strftime("%Y-%m-%d %H:%M") if instant else "–"
