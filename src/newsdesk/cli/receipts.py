"""`newsdesk receipts`: numbers worked out again from what is stored, to the last digit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from newsdesk import config, wiring
from newsdesk.cli import options
from newsdesk.model.receipt import Difference
from newsdesk.model.story import JudgedStory
from newsdesk.stages import rejudge
from newsdesk.store import OpenStore

EVER = datetime(1970, 1, 1, tzinfo=UTC)
SHOWN = 20
"""Differences that are told to a person; `--json` tells all."""


@dataclass(slots=True)
class Tally:
    """What came of all stories."""

    stories: int = 0
    numbers: int = 0
    differences: list[Difference] = field(default_factory=list)
    older: Counter[str] = field(default_factory=Counter)
    """Stories with numbers by an older rule, by its name."""
    without_basis: int = 0


@click.group()
def receipts() -> None:
    """Doubt the numbers: have them made before your eyes."""


@receipts.command()
@click.argument("what", nargs=-1, metavar="[PATH|ID|ADDRESS]…")
@options.site
@options.as_json
def check(what: tuple[str, ...], site_folder: Path, as_json: bool) -> None:
    """Work out every score of every story, or of some, again from what is stored, and
    compare digits. Exits with 1 where one differs."""
    site = config.load(site_folder)
    with wiring.look_up(site) as opened:
        stories = _named(opened, what) if what else _all(opened)
        told = tally(stories, opened)
    if as_json:
        click.echo(json.dumps(document(told), ensure_ascii=False))
    else:
        tell(told)
    judge(told)


def judge(told: Tally | None) -> None:
    """Ends the command with 1 where a number differs."""
    if told and told.differences:
        raise click.exceptions.Exit(1)


def _all(opened: OpenStore) -> Sequence[JudgedStory]:
    return opened.archive.judged_since(EVER)


def _named(opened: OpenStore, what: Iterable[str]) -> Sequence[JudgedStory]:
    found = []
    for text in what:
        story = opened.archive.find_story(text)
        if story is None:
            raise click.ClickException(
                f"no story is known by {text!r}; give a record's path, a story's id or "
                "the address of an article"
            )
        found.append(story)
    return found


def tally(stories: Sequence[JudgedStory], opened: OpenStore) -> Tally:
    """Every number of these stories worked out again."""
    rules = {one.id: one for one in opened.archive.rule_sets()}
    copies = {copy.article: copy for one in stories for copy in one.copies}
    told = Tally(stories=len(stories))
    for story in stories:
        basis = story.basis
        found = rejudge.checked(
            story, rules.get(basis.rules) if basis else None, copies
        )
        told.numbers += found.numbers
        told.differences += found.differences
        told.older.update(found.older)
        told.without_basis += found.without_basis
    return told


def tell(told: Tally) -> None:
    """Prints what came of it."""
    for one in told.differences[:SHOWN]:
        click.echo(f"{one.story}: {one.what} differs")
        click.echo(f"  stored: {one.stored}\n  again:  {one.again}")
    if len(told.differences) > SHOWN:
        click.echo(f"… and {len(told.differences) - SHOWN} more; --json tells all.")
    for rule, count in sorted(told.older.items()):
        click.echo(
            f"{_stories(count)} with numbers by {rule}, a rule of another newsdesk: "
            "their parts were added up, no more."
        )
    if told.without_basis:
        click.echo(
            f"{_stories(told.without_basis)} judged before all that heat and verdict "
            "depend on was kept: these two were not worked out again."
        )
    differ = len(told.differences)
    click.echo(
        f"{told.numbers:,} numbers of {_stories(told.stories)}: "
        + (f"{differ:,} come out otherwise." if differ else "all the same.")
    )


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count:,} stories"


def document(told: Tally) -> dict[str, object]:
    """The same for machines."""
    return {
        "stories": told.stories,
        "numbers": told.numbers,
        "differences": [asdict(one) for one in told.differences],
        "older_rules": dict(sorted(told.older.items())),
        "without_basis": told.without_basis,
    }
