"""`newsdesk records`: looks after the Markdown records of a content folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from newsdesk.cli import options
from newsdesk.render import record_check
from newsdesk.render.record_check import CheckReport, Outcome, What


@click.group()
def records() -> None:
    """Look after Markdown records."""


@records.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@options.as_json
def check(folder: Path, as_json: bool) -> None:
    """Read each record below FOLDER, write it back in memory and compare the bytes.

    Exits 1 when any record differs or cannot be read. Writes nothing.
    """
    report = record_check.check(_markdown(folder))
    if as_json:
        click.echo(json.dumps(_as_dict(report), ensure_ascii=False))
    else:
        for line in _lines(report):
            click.echo(line)
    if report.troubles:
        raise click.exceptions.Exit(1)


def _lines(report: CheckReport) -> Iterator[str]:
    for what in (What.RECORD, What.ORGANIZATION):
        read = report.read(what)
        counts = {outcome: report.count(outcome, what) for outcome in Outcome}
        if what is What.RECORD or any(counts.values()):
            told = ", ".join(f"{n} {outcome}" for outcome, n in counts.items())
            yield f"{what}s: {read} read, {told}"
    if report.skipped:
        yield f"left out, no records: {', '.join(report.skipped)}"
    for one in report.troubles:
        yield f"{one.path}:{one.line}: {one.outcome}: {one.reason}"


def _as_dict(report: CheckReport) -> dict[str, object]:
    counts = {
        f"{what}s": {
            "read": report.read(what),
            **{str(outcome): report.count(outcome, what) for outcome in Outcome},
        }
        for what in (What.RECORD, What.ORGANIZATION)
    }
    troubles = [
        {"path": t.path, "line": t.line, "outcome": t.outcome, "reason": t.reason}
        for t in report.troubles
    ]
    return {**counts, "skipped": list(report.skipped), "troubles": troubles}


def _markdown(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.md")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
