"""Labelled pieces of writing: those of a file, and our own.

A file has a piece a line: {id?, title, text, url?, source?, published?, lang?, label}, as
it is or compressed; without a label it is news. Our own stand in `written/`: blocks that
begin with `=== label language`, a headline and a text, in which `{a|b}` stands for any of
these. Each block gives up to eight pieces; all of every third are kept for testing.
"""

from __future__ import annotations

import gzip
import json
import random  # noqa: TID251 - a seeded generator of its own
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WRITTEN = Path(__file__).parent / "written"
VARIANTS = 8
TEST_EVERY = 3

_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A labelled piece of writing."""

    id: str
    title: str
    text: str
    label: str
    """`news`, or what else it is."""
    family: str
    """The file that it is from."""
    url: str = ""
    published: str | None = None
    language: str | None = None
    is_test: bool = False
    """Never learnt from."""


def pieces(file: Path) -> Iterator[Piece]:
    """The pieces of a file, a JSON object a line."""
    is_packed = file.suffix == ".gz"
    with gzip.open(file, "rt") if is_packed else file.open(encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            if line.strip():
                yield _piece(json.loads(line), file, at)


def _piece(row: dict[str, Any], file: Path, at: int) -> Piece:
    return Piece(
        id=str(row.get("id", at)),
        title=row.get("title") or "",
        text=row.get("text") or "",
        label=str(row.get("label") or "news"),
        family=file.name,
        url=row.get("url") or "",
        published=row.get("published"),
        language=row.get("lang"),
    )


def written() -> Iterator[Piece]:
    """Our own pieces."""
    for file in sorted(WRITTEN.glob("*.txt")):
        blocks = re.split(r"(?m)^=== ", file.read_text(encoding="utf-8"))[1:]
        for at, block in enumerate(blocks):
            yield from _variants(block, f"{file.stem}-{at}", at % TEST_EVERY == 1)


def _variants(block: str, name: str, is_test: bool) -> Iterator[Piece]:
    head, _, body = block.partition("\n")
    label, *language = head.split()
    seen: set[str] = set()
    for number in range(VARIANTS):
        text = _chosen(body, random.Random(f"{name} {number}")).strip()
        if text in seen:
            continue
        seen.add(text)
        title, _, rest = text.partition("\n")
        yield Piece(
            id=f"{name}-{number}",
            title=title,
            text=rest.strip(),
            label=label,
            family="written",
            language=language[0] if language else "en",
            is_test=is_test,
        )


def _chosen(body: str, dice: random.Random) -> str:
    """The text with each choice made, the same where the same is offered again."""
    made: dict[str, int] = {}

    def one(found: re.Match[str]) -> str:
        offered = found.group(1).split("|")
        place = made.setdefault(found.group(1).lower(), dice.randrange(len(offered)))
        return offered[place]

    return _CHOICE.sub(one, body)
