"""`newsdesk push`: the site's own crawlers hand over what they found."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click

from newsdesk import config, intake, wiring
from newsdesk.cli import options
from newsdesk.model.feed import Source, SourceKind
from newsdesk.model.site import Site
from newsdesk.stages.push import MAX_BYTES, Receipt

DEFAULT_NAME = "own"
"""What the push source of a site that has none is called."""
SHOWN = 20
"""Refused lines told of one by one."""


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--source",
    "name",
    metavar="NAME",
    help="The push source; made in sources.toml where there is none of that name. "
    f"Without it, the site's only one, or `{DEFAULT_NAME}` in a site that has none.",
)
@options.site
@options.as_json
def push(file: BinaryIO, name: str | None, site_folder: Path, as_json: bool) -> None:
    """Push entries: FILE holds one JSON object a line, `-` reads standard input.

    What is pushed waits for the next run. A line that cannot be used is refused with
    its number and the reason, and the command then ends with 1; the others are taken.
    """
    site = config.load(site_folder)
    source = _source(site, name)
    data = file.read(MAX_BYTES + 1)
    with wiring.look_up(site) as opened:
        receipt = intake.receive(opened.store, source, data, wiring.utc_now())
    if as_json:
        click.echo(json.dumps(receipt_row(source, receipt), ensure_ascii=False))
    else:
        _tell(source, receipt)
    if receipt.problems:
        raise click.exceptions.Exit(1)


def receiver(site_folder: Path) -> Callable[[str | None, bytes], dict[str, object]]:
    """What takes pushes for a site while it is served, one after the other.

    The site is read anew each time, so that a source put into sources.toml counts at
    once. Raises LookupError where there is no such push source.
    """
    one_at_a_time = threading.Lock()

    def receive(name: str | None, data: bytes) -> dict[str, object]:
        site = config.load(site_folder)
        source = _listed(site, name)
        with one_at_a_time, wiring.look_up(site) as opened:
            now = wiring.utc_now()
            return receipt_row(source, intake.receive(opened.store, source, data, now))

    return receive


def receipt_row(source: Source, receipt: Receipt) -> dict[str, object]:
    """What became of a push, for machines."""
    return {
        "source": source.url,
        "taken": receipt.taken,
        "new": receipt.new,
        "changed": receipt.changed,
        "unchanged": receipt.unchanged,
        "refused": [{"line": p.line, "reason": p.reason} for p in receipt.problems],
    }


def _push_sources(site: Site) -> dict[str, Source]:
    """The push sources of a site, by name."""
    return {
        one.url.removeprefix("push:"): one
        for one in site.sources
        if one.kind is SourceKind.PUSH
    }


def _source(site: Site, name: str | None) -> Source:
    """The source meant on the command line, made where it is not there yet."""
    there = _push_sources(site)
    if name is None and len(there) > 1:
        names = ", ".join(there)
        raise click.UsageError(f"give --source: the site has several ({names})")
    if name is None and there:
        return next(iter(there.values()))
    return config.add_push(site.folder, name or DEFAULT_NAME)


def _listed(site: Site, name: str | None) -> Source:
    """The source meant over HTTP, which has to stand in sources.toml."""
    there = _push_sources(site)
    if name is None and len(there) == 1:
        return next(iter(there.values()))
    if name in there:
        return there[name]
    names = ", ".join(f"`{one}`" for one in there) or "none yet"
    raise LookupError(
        f"name a push source of the site as `?source=NAME`; there are: {names}. "
        "`newsdesk push --source NAME` makes one, or [[source]] in sources.toml"
    )


def _tell(source: Source, receipt: Receipt) -> None:
    for problem in receipt.problems[:SHOWN]:
        click.echo(f"line {problem.line}: {problem.reason}", err=True)
    if len(receipt.problems) > SHOWN:
        more = len(receipt.problems) - SHOWN
        click.echo(f"… and {more} more; --json lists all.", err=True)
    click.echo(
        f"{source.url}: {receipt.new} new, {receipt.changed} changed, "
        f"{receipt.unchanged} unchanged; {len(receipt.problems)} lines refused"
    )
