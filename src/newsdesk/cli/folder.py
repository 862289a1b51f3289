"""`newsdesk new`, `add` and `import`: what stands in the site folder."""

from __future__ import annotations

from pathlib import Path

import click

from newsdesk import config, wiring
from newsdesk.cli import options
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
    click.echo(f"Next: newsdesk run --site {folder}")


@click.command()
@click.argument("given", nargs=-1, metavar="ADDRESS|FILE…")
@options.site
@click.option(
    "--pages", is_flag=True, help="What is given lists pages, one address a line."
)
@click.option("--title", help="What to call the source.")
@click.option("--topic", "topics", multiple=True, help="Topic of everything from it.")
def add(
    given: tuple[str, ...],
    site_folder: Path,
    pages: bool,
    title: str | None,
    topics: tuple[str, ...],
) -> None:
    """Add sources: addresses, text files of addresses, OPML files or WARC archives."""
    if not given:
        raise click.UsageError(
            "give an address, a text file, an OPML file or a WARC file"
        )
    kind = "pages" if pages else None
    done = config.add(site_folder, given, kind=kind, title=title, topics=topics)
    for line in done.notes:
        click.echo(line)
    for refused in done.refused:
        click.echo(f"refused: {refused}", err=True)
    told = f"{len(done.added)} added, {len(done.known)} already there"
    if done.pages_added or done.pages_known:
        told += f"; {done.pages_added} pages added, {done.pages_known} already there"
    click.echo(f"{told}; {len(done.refused)} refused")
    if done.refused and not (done.added or done.known or done.pages_added):
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
