"""Builds the adapters and hands them to the path: the only place that knows every class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from newsdesk import __version__
from newsdesk.deliver.files import FolderSink
from newsdesk.fetch.client import HttpFetcher, user_agent
from newsdesk.fetch.warc import WarcFetcher, WarcWriter
from newsdesk.model.ports import Fetcher, Progress
from newsdesk.model.site import Site
from newsdesk.run.local import ProcessRunner
from newsdesk.steps import Ports
from newsdesk.store import OpenStore, lock, open_store

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
                content=FolderSink(site.content_folder, state / "content.files"),
                public=FolderSink(public, state / "public.files"),
                pictures=FolderSink(public, state / "pictures.files"),
                clock=clock,
            )
        finally:
            runner.close()


def look_up(site: Site) -> OpenStore:
    """The site's store, to look things up while other runs go on."""
    return open_store(site.state_folder)
