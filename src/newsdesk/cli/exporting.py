"""`newsdesk export`: the site's feeds as OPML, for a feed reader or another site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from newsdesk import config, wiring
from newsdesk.cli import options
from newsdesk.model.feed import SourceId, SourceKind, SourceState
from newsdesk.model.site import Site
from newsdesk.text import opml
from newsdesk.text.opml import Outline


@click.command()
@click.argument("file", type=click.File("wb", lazy=True), default="-")
@options.site
def export(file: BinaryIO, site_folder: Path) -> None:
    """Write the site's feeds to FILE (or to the screen) as OPML, folders as topics.

    A feed of several topics stands in the folder of each; `newsdesk add` reads that
    back as it was.
    """
    site = config.load(site_folder)
    feeds = list(outlines(site, _states(site)))
    file.write(opml.write(site.title, feeds))
    others = sum(source.kind is not SourceKind.FEED for source in site.sources)
    told = f"{len({feed.url for feed in feeds})} feeds written"
    if others:
        told += f"; {others} sources that are no feeds left out"
    click.echo(told, err=True)


def outlines(site: Site, states: dict[SourceId, SourceState]) -> Iterator[Outline]:
    """Every feed of the site, once for each of its topics, in the order of the file."""
    names = {topic.id: topic.name for topic in site.topics}
    for source in site.sources:
        if source.kind is not SourceKind.FEED:
            continue
        state = states.get(source.id)
        for topic in source.topics or (None,):
            yield Outline(
                url=source.url,
                title=source.title or (state.title if state else None),
                folders=(names[topic],) if topic in names else (),
                language=source.language,
                home_url=state.home_url if state else None,
            )


def _states(site: Site) -> dict[SourceId, SourceState]:
    """What is remembered of the sources; no store is made for this."""
    if not site.state_folder.is_dir():
        return {}
    with wiring.look_up(site) as opened:
        return {state.source.id: state for state in opened.store.sources()}
