"""`newsdesk topics`: how the topics of a site do, and learning from editors."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk import config, embed, wiring
from newsdesk.cli import options
from newsdesk.config import heads
from newsdesk.model.article import Article
from newsdesk.model.site import Site
from newsdesk.stages import classify, decisions, topic_heads, topic_labels, topic_report
from newsdesk.stages.topic_labels import Labels
from newsdesk.stages.topic_report import TopicReport

_since = click.option(
    "--since",
    "days",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="Look at articles of so many days, and all that editors decided on.",
)
_now = click.option("--now", type=options.Instant(), help="Take this instant for now.")


@click.group()
def topics() -> None:
    """See how topics do, and let them learn from editors."""


@topics.command()
@click.argument("only", nargs=-1, metavar="[TOPIC]…")
@options.site
@_since
@_now
@options.as_json
def report(
    only: tuple[str, ...],
    site_folder: Path,
    days: int,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Show what each topic finds, keyword by keyword, and what would tell it better.

    Articles are judged anew with the topics as they are now; nothing is changed.
    """
    site = _site(site_folder)
    instant = now or wiring.utc_now()
    known = {topic.id for topic in site.topics}
    if wrong := sorted(set(only) - known):
        raise click.UsageError(
            f"there is no topic {', '.join(wrong)}; known are {', '.join(sorted(known))}"
        )
    articles, labelled = _read(site, instant, days)
    ready = classify.classifier(site.topics, embed.found(), site.heads)
    found = [
        one
        for one in topic_report.report(articles, labelled, ready)
        if not only or one.topic in only
    ]
    if as_json:
        rows = {one.topic: _row(one) for one in found}
        version = site.heads.version if site.heads else None
        told = {"articles": len(articles), "heads": version, "topics": rows}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    console = Console()
    console.print(f"{len(articles)} articles, {len(labelled)} with topics by editors.")
    for one in found:
        _tell(console, one)


@topics.command()
@options.site
@_since
@_now
def train(site_folder: Path, days: int, now: datetime | None) -> None:
    """Learn from articles that are about a topic, and from what editors decided on topics.

    Writes _data/topic-heads.json in the content folder, for what is read from then on.
    Nothing is ever learnt without this command, and taking the file away undoes it.
    """
    site = _site(site_folder)
    instant = now or wiring.utc_now()
    vectors = embed.found()
    if vectors is None:
        raise click.ClickException(
            "learning needs the package wordllama, which is not installed; "
            "`pip install wordllama` brings it"
        )
    articles, labelled = _read(site, instant, days)
    learnt = topic_labels.heads(articles, labelled, site.topics, vectors)
    if not learnt:
        raise click.ClickException(
            f"no topic has {topic_heads.FEWEST_ARTICLES} articles about it yet, nor "
            f"{topic_heads.FEWEST} decisions each way; `newsdesk decide` makes decisions"
        )
    made = heads.made(learnt, vectors.version, instant)
    if site.heads and site.heads.version == made.version:
        click.echo(f"Nothing new since {site.heads.trained_at:%Y-%m-%d %H:%M} UTC.")
        return
    path = heads.write(site.content_folder, made)
    for head in learnt:
        told = f"{head.articles} articles, {head.yes} yes and {head.no} no by editors"
        click.echo(f"{head.topic}: learnt from {told}")
    before = f" in place of {site.heads.version}" if site.heads else ""
    click.echo(f"{path} is version {made.version}{before}.")


def _site(folder: Path) -> Site:
    site = config.load(folder)
    if not site.topics:
        raise click.ClickException(
            f"{folder} has no topics; content/_data/topics holds them"
        )
    return site


def _read(site: Site, now: datetime, days: int) -> tuple[tuple[Article, ...], Labels]:
    """Articles of the last days and all that editors decided on, with what they said."""
    with wiring.look_up(site) as opened:
        named = decisions.named(site.decisions, now)
        stories = opened.store.stories(now, named)
        since = now - timedelta(days=days)
        articles = opened.store.articles(since, [story.id for story in stories])
    labelled = topic_labels.labels(site.decisions, stories, articles, site.topics, now)
    return articles, labelled


def _row(one: TopicReport) -> dict[str, Any]:
    row = asdict(one)
    row["precision"] = one.precision
    row["keywords"] = [
        {**asdict(word), "precision": word.precision} for word in one.keywords
    ]
    return row


def _tell(console: Console, one: TopicReport) -> None:
    said = f"{one.articles} articles, {one.by_likeness} by likeness alone"
    if one.precision is not None:
        said += f"; editors agree with {one.precision:.0%} of {one.yes + one.no}"
    if one.missed:
        said += f"; {one.missed} missed"
    console.print(f"\n[bold]{escape(one.topic)}[/bold]: {said}", highlight=False)
    _tell_keywords(console, one)
    for other in one.collisions:
        shared = ", ".join(other.keywords)
        also = f"; keywords of both: {shared}" if shared else ""
        console.print(escape(f"collides with {other.topic}: {other.articles}{also}"))
    for what, words in (
        ("require", one.to_require),
        ("exclude", one.to_exclude),
        ("add as keywords", one.to_add),
    ):
        if words:
            console.print(escape(f"perhaps {what}: {', '.join(words)}"))


def _tell_keywords(console: Console, one: TopicReport) -> None:
    table = Table("keyword", "articles", "on topic", "precision", box=None)
    for word in one.keywords:
        if word.articles:
            right = "" if word.precision is None else f"{word.precision:.0%}"
            counts = (str(word.articles), str(word.on_topic))
            table.add_row(escape(word.keyword), *counts, right)
    if table.row_count:
        console.print(table)
    if idle := [word.keyword for word in one.keywords if not word.articles]:
        console.print(escape(f"found nowhere: {', '.join(idle)}"))
