"""Builds the adapters and hands them to the path: the only place that knows every class.

Each adapter is loaded where it is built: a command that looks into the store waits for
neither the network's part nor the reading of pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk import __version__
from newsdesk.deliver.files import FolderSink
from newsdesk.model.ports import ContentSink, Fetcher, Progress, Sink
from newsdesk.model.site import Site

if TYPE_CHECKING:
    from newsdesk.steps import Ports
    from newsdesk.store import OpenStore

Clock = Callable[[], datetime]

HOST_NOTES = "hosts.jsonl"
"""Below the state folder."""


def utc_now() -> datetime:
    """The instant that it is, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def http(
    site: Site,
    *,
    clock: Clock = utc_now,
    routes: Mapping[str, tuple[str, int]] | None = None,
    to_warc: Path | None = None,
) -> Iterator[Fetcher]:
    """The world over HTTP; what is fetched is kept in `to_warc` where given. What hosts
    tell us, robots.txt and to wait, is kept in the site's state folder."""
    from newsdesk.fetch.client import HttpFetcher, user_agent
    from newsdesk.fetch.warc_writing import WarcWriter

    keep = WarcWriter(to_warc) if to_warc else None
    fetcher = HttpFetcher(
        site.fetching,
        user_agent=user_agent(__version__, site.fetching.contact),
        clock=clock,
        routes=routes or {},
        keep=keep,
        notes=site.state_folder / HOST_NOTES,
    )
    try:
        yield fetcher
    finally:
        fetcher.close()
        if keep:
            keep.close()


@contextmanager
def archives(files: Sequence[Path], now: datetime) -> Iterator[Fetcher]:
    """A world that lies in WARC files."""
    from newsdesk.fetch.warc import WarcFetcher

    fetcher = WarcFetcher(files, now)
    try:
        yield fetcher
    finally:
        fetcher.close()


@contextmanager
def ports(
    site: Site,
    fetcher: Fetcher,
    progress: Progress,
    *,
    clock: Clock = utc_now,
    workers: int | None = None,
) -> Iterator[Ports]:
    """Everything a run of `site` needs, with the site held against other runs.

    BusyError: another run is under way. StoreError: the store cannot be opened.
    """
    from newsdesk import embed
    from newsdesk.render import sealing
    from newsdesk.run.local import ProcessRunner
    from newsdesk.steps import Ports
    from newsdesk.store import lock, open_store

    state, public = site.state_folder, site.public_folder
    with lock.hold(state), open_store(state) as opened:
        runner = ProcessRunner(workers)
        try:
            yield Ports(
                store=opened.store,
                ledger=opened.ledger,
                fetcher=fetcher,
                runner=runner,
                progress=progress,
                folder=FolderSink(site.folder, state / "folder.files"),
                content=_content(site),
                public=_website(site),
                pictures=FolderSink(public, state / "pictures.files"),
                clock=clock,
                letters=opened.letters,
                seals=sealing.keys_in(os.environ),
                vectors=embed.found(),
            )
        finally:
            runner.close()


def _content(site: Site) -> ContentSink:
    """Where records are written, those in the archive too."""
    from newsdesk.deliver.records import RecordFolder

    folder = site.content_folder
    return RecordFolder(FolderSink(folder, site.state_folder / "content.files"), folder)


def _website(site: Site) -> Sink:
    """Where the website is written, with compressed copies if the owner wants them."""
    sink = FolderSink(site.public_folder, site.state_folder / "public.files")
    if not site.output.compress:
        return sink
    from newsdesk.deliver.compressed import CompressedSink

    return CompressedSink(sink)


def look_up(site: Site) -> OpenStore:
    """The site's store, to look things up while other runs go on."""
    from newsdesk.store import open_store

    return open_store(site.state_folder)
