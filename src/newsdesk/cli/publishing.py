"""`newsdesk publish`: keeps the content folder in Git, a commit when there is news.
`newsdesk unseal`: opens what records keep closed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from newsdesk import config, wiring
from newsdesk.cli import options
from newsdesk.deliver.git import Repository
from newsdesk.model.errors import NewsdeskError, RecordError
from newsdesk.model.record import Record
from newsdesk.model.site import Site
from newsdesk.render import commit_message, record, record_changes, sealing
from newsdesk.render.record_changes import Change
from newsdesk.text import shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What stands to be kept."""

    changes: tuple[Change, ...]
    """Records to keep now."""
    files: tuple[str, ...]
    """Where they lie, and lay."""
    moved: tuple[str, ...]
    """Where records lay and lie that went to the archive, or came back, as they were:
    two files each. They are kept in a commit of their own."""
    others: tuple[str, ...]
    """Further files to keep now: topics, organisations, decisions, newsletters."""
    waiting: tuple[str, ...]
    """Records that wait until their story has settled."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Of all that is to be kept, sorted."""
        return tuple(sorted((*self.files, *self.others)))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.paths and not self.moved


@click.command()
@options.site
@click.option("--push", is_flag=True, help="Then send the commits to the remote.")
@click.option("--all", "all_", is_flag=True, help="Keep also what could wait.")
@click.option("--dry-run", is_flag=True, help="Show the message; keep nothing.")
@click.option("--now", type=options.Instant(), help="Take this instant for now.")
@options.as_json
def publish(
    site_folder: Path,
    push: bool,
    all_: bool,
    dry_run: bool,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Keep the content folder in Git: one commit, when a reader could see a difference.

    The message names the stories and why they stand as they do. More coverage, points
    and held records wait until their story has settled. Files that Git ignores, and what
    you have staged yourself, are left alone.
    """
    site = config.load(site_folder)
    repository = Repository(site.content_folder)
    due = waiting(repository, site, now or wiring.utc_now(), all_=all_)
    message = _message(site, due)
    name = None
    if not due.is_empty and not dry_run:
        name = _commit(repository, due, message)
    if push and not dry_run:
        repository.push()
    if as_json:
        click.echo(json.dumps(_as_dict(due, name, None if due.is_empty else message)))
        return
    if not due.is_empty:
        click.echo(message if dry_run else f"{name} {message.splitlines()[0]}")
    else:
        click.echo("Nothing to keep: no reader could see a difference.")
    if due.waiting:
        click.echo(f"{len(due.waiting)} records wait until their story has settled.")


def keep(site: Site, now: datetime) -> str | None:
    """What `serve` does after a pass, where the site wants it: one line for a person, or
    None where there was nothing to keep.

    DeliveryError: Git refused; the files stay as they are, for the next time.
    """
    if not site.git.commit:
        return None
    repository = Repository(site.content_folder)
    due = waiting(repository, site, now)
    if due.is_empty:
        if site.git.push and repository.is_ahead():  # it was refused before
            repository.push()
            return "pushed what was refused before"
        return None
    message = _message(site, due)
    name = _commit(repository, due, message)
    if site.git.push:
        repository.push()
    return f"{name} {message.splitlines()[0]}"


def _commit(repository: Repository, due: Due, message: str) -> str:
    """Keeps what is due; the name of the last commit. Moves come first, alone."""
    name = ""
    if due.moved:
        name = repository.commit(due.moved, commit_message.of_moves(due.moved))
    return repository.commit(due.paths, message) if due.paths else name


def _message(site: Site, due: Due) -> str:
    if not due.paths and due.moved:
        return commit_message.of_moves(due.moved)
    return commit_message.message(due.changes, due.others, _reasons(site, due))


def waiting(
    repository: Repository, site: Site, now: datetime, *, all_: bool = False
) -> Due:
    """What differs from the last commit, sorted into what is due and what may wait."""
    paths = repository.differing()
    by_record = _by_record(paths)
    news = sorted(by_record)
    kept = repository.kept([*news, *map(shelves.archived, news)])
    changes, files, later, moved = [], [], [], []
    others = [path for path in paths if not shelves.is_record(path)]
    for name in news:
        places = by_record[name]
        there, before = _versions(site.content_folder, name, kept)
        new = _parsed(there) if there is not None else None
        if new is None:  # gone, or no record: a person's doing
            others += places
            continue
        if there == before and len(places) > 1:
            moved += places
            continue
        old = _parsed(before) if before is not None else None
        change = record_changes.change(name, old, new)
        if change is None:  # other spelling, same words: a person's doing
            others += places
        elif not change.waits or all_ or _is_settled(new, now, site):
            changes.append(change)
            files += places
        else:
            later.append(name)
    return Due(
        changes=tuple(changes),
        files=tuple(files),
        moved=tuple(sorted(moved)),
        others=tuple(sorted(others)),
        waiting=tuple(later),
    )


def _by_record(paths: Iterable[str]) -> dict[str, list[str]]:
    """Paths of the files of records, by what the records are known by."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if shelves.is_record(path):
            found.setdefault(shelves.identity(path), []).append(path)
    return found


def _versions(
    content: Path, name: str, kept: Mapping[str, bytes]
) -> tuple[bytes | None, bytes | None]:
    """What a record's file holds now and in the last commit, wherever it lies or lay;
    None: there is, or was, none."""
    places = (name, shelves.archived(name))
    now = (content / one for one in places if (content / one).is_file())
    before = (kept[one] for one in places if one in kept)
    file = next(now, None)
    return (file.read_bytes() if file else None), next(before, None)


def _is_settled(new: Record, now: datetime, site: Site) -> bool:
    return record_changes.is_settled(new, now, site.window.story_hours)


def _parsed(data: bytes) -> Record | None:
    try:
        return record.read(data)
    except RecordError:
        return None


def _reasons(site: Site, due: Due) -> dict[str, str]:
    """Why records stand as they do, where the store knows it."""
    if not any(one.notes for one in due.changes) or not site.state_folder.is_dir():
        return {}
    with wiring.look_up(site) as opened:
        told = [one.path for one in due.changes if one.notes]
        found = {path: opened.archive.find_record(path) for path in told}
    return {
        path: p.story.verdict.reason
        for path, p in found.items()
        if p is not None and p.story is not None
    }


def _as_dict(due: Due, name: str | None, message: str | None) -> dict[str, object]:
    return {
        "commit": name,
        "message": message,
        "kept": sorted((*due.paths, *due.moved)),
        "waiting": list(due.waiting),
    }


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
def unseal(files: tuple[Path, ...]) -> None:
    """Open what the records FILES keep closed, with the keys in NEWSDESK_SEAL_KEYS.

    Writes a line of JSON a record. Exits 1 where one does not open.
    """
    keys = sealing.keys_in(os.environ)
    if not keys:
        raise NewsdeskError(f"there is no key: set {sealing.VARIABLE}")
    failed = False
    for file in files:
        line, opened = _unsealed(file, keys)
        failed |= not opened
        click.echo(json.dumps(line, ensure_ascii=False))
    if failed:
        raise click.exceptions.Exit(1)


def _unsealed(file: Path, keys: sealing.Keys) -> tuple[dict[str, object], bool]:
    path = f"{file.resolve().parent.name}/{file.name}"
    try:
        value = record.read(file.read_bytes()).secured
    except RecordError as error:
        return {"path": path, "error": f"line {error.line}: {error.reason}"}, False
    if value is None:
        return {"path": path, "secured": None}, True
    inside = sealing.opened(value, path, keys)
    if inside is None:
        reason = "none of the keys opens it: sealed with another, for another record"
        return {"path": path, "error": f"{reason}, or by another system"}, False
    try:
        return {"path": path, "secured": json.loads(inside)}, True
    except ValueError:
        return {"path": path, "secured": inside.decode("utf-8", "replace")}, True
