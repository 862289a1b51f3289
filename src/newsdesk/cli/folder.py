"""`newsdesk new`, `add` and `import`: what stands in the site folder."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path

import click

from newsdesk import config, wiring
from newsdesk.cli import finding, foreseen, options
from newsdesk.model.story import Published


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--template",
    type=click.Choice(["ai", "blank"]),
    default="ai",
    show_default=True,
    help="What to start from.",
)
def new(folder: Path, template: str) -> None:
    """Make a site in FOLDER: site.toml, topics and a starting set of sources."""
    created = config.create(folder, template)
    site = config.load(folder)
    click.echo(
        f"{folder} is a site with {len(site.topics)} topics and "
        f"{len(site.sources)} sources ({len(created)} files)."
    )
    click.echo(f"Next: newsdesk run --site {shlex.quote(str(folder))}")


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
        foreseen.show(site_folder, given, instant, topics=topics, as_json=as_json)
        return
    found = finding.Resolved(items=given)
    is_looked_at = not pages and not no_check
    if is_looked_at and any(map(finding.address_of, given)):
        site = config.load(site_folder)
        looked = finding.look(site, given, instant)
        found = finding.resolved(looked, takes_all=takes_all)
    kind = "pages" if pages else None
    done = config.add(site_folder, found.items, kind=kind, title=title, topics=topics)
    if done.added and found.looks:
        finding.keep(config.load(site_folder), done.added, found.looks, instant)
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


@click.command("import")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@options.site
def import_(old: Path, site_folder: Path) -> None:
    """Adopt OLD, a content folder (or one record) of the older system.

    Records, topics, organisations and newsletters are copied byte for byte;
    nothing is overwritten, nothing is lost.
    """
    adopted = config.adopt(site_folder, old)
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        known = {p.path for p in opened.store.records()}
        fresh = [
            Published(path=path, record=record)
            for path, record in adopted.records
            if path not in known
        ]
        opened.store.save_records(fresh)
    for line in adopted.problems:
        click.echo(line, err=True)
    click.echo(
        f"{adopted.copied} files copied, {adopted.unchanged} already there, "
        f"{len(adopted.problems)} problems; {len(adopted.records)} records adopted, "
        f"{len(fresh)} of them new."
    )
