"""`newsdesk add`: sources for a site, looked at first where they are addresses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newsdesk import config, wiring
from newsdesk.cli import finding, options


@click.command()
@click.argument("given", nargs=-1, metavar="ADDRESS|FILE…")
@options.site
@click.option(
    "--pages", is_flag=True, help="What is given lists pages, one address a line."
)
@click.option("--title", help="What to call the source.")
@click.option("--topic", "topics", multiple=True, help="Topic of everything from it.")
@click.option("--dry-run", is_flag=True, help="Show what would come in; add nothing.")
@click.option("--no-check", is_flag=True, help="Add addresses without asking them.")
@click.option("--all", "takes_all", is_flag=True, help="Add every feed of a page.")
@click.option("--now", type=options.Instant(), help="Take this instant for now.")
@options.as_json
def add(
    given: tuple[str, ...],
    site_folder: Path,
    pages: bool,
    title: str | None,
    topics: tuple[str, ...],
    dry_run: bool,
    no_check: bool,
    takes_all: bool,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Add sources: addresses, text files of addresses, OPML files or WARC archives.

    An address is looked at first, so that a page leads to its feeds. Files are taken as
    they are.
    """
    if not given:
        raise click.UsageError(
            "give an address, a text file, an OPML file or a WARC file"
        )
    if as_json and not dry_run:
        raise click.UsageError("--json goes with --dry-run")
    instant = now or wiring.utc_now()
    if dry_run:
        from newsdesk.cli import foreseen  # shows what a whole run would make of it

        foreseen.show(site_folder, given, instant, topics=topics, as_json=as_json)
        return
    found = finding.Resolved(items=given)
    if not pages and not no_check:
        found = _looked_at(site_folder, given, instant, takes_all=takes_all)
    kind = "pages" if pages else None
    done = config.add(site_folder, found.items, kind=kind, title=title, topics=topics)
    if done.added and found.looks:
        finding.keep(config.load(site_folder), done.added, found.looks, instant)
    _tell(found, done)


def _looked_at(
    site_folder: Path, given: tuple[str, ...], now: datetime, *, takes_all: bool
) -> finding.Resolved:
    """What is given, with feeds in the place of the addresses that lead to them."""
    if not any(map(finding.address_of, given)):
        return finding.Resolved(items=given)
    looked = finding.look(config.load(site_folder), given, now)
    return finding.resolved(looked, takes_all=takes_all)


def _tell(found: finding.Resolved, done: config.Added) -> None:
    """What came of it; exits 1 where there were only refusals."""
    for line in (*found.notes, *done.notes):
        click.echo(line)
    refused = (*found.refused, *map(str, done.refused))
    for line in refused:
        click.echo(f"refused: {line}", err=True)
    told = f"{len(done.added)} added, {len(done.known)} already there"
    if done.pages_added or done.pages_known:
        told += f"; {done.pages_added} pages added, {done.pages_known} already there"
    click.echo(f"{told}; {len(refused)} refused")
    if refused and not (done.added or done.known or done.pages_added):
        raise click.exceptions.Exit(1)
