"""`newsdesk new` and `import`: what stands in the site folder."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from newsdesk import config, wiring
from newsdesk.cli import options
from newsdesk.model.story import Published


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--template",
    type=click.Choice(["ai", "iptc", "blank"]),
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
