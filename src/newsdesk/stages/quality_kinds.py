"""A headline and a text -> the kind of writing that is no news, where it is clearly one.

Market research, coupons, horoscopes and the like are known by the phrases that they are
made of; these stand in quality_kinds.toml, where each kind says how many are asked for.
News about such things has one or two of them. How the text reads otherwise is for
`quality_reads`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from newsdesk.stages.quality_text import FIRST_WORD, Prose, is_within

NEEDED = 3
"""How much of a kind must be found, unless it says otherwise."""
WEIGHTS = {"strong": 3, "strong_start": 3, "title": 2, "text": 1}
PATTERN = 2
TOLD = 4
"""Phrases that a receipt names."""
_PLACES = {
    "strong": ("title", "text"),
    "strong_start": ("start",),
    "title": ("title",),
    "text": ("text",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of writing that is no news."""

    name: str
    points: float
    """What it takes from quality; below 0."""
    needed: int
    pattern: int
    """What a pattern counts."""
    title_patterns: tuple[re.Pattern[str], ...]
    text_patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One thing that gives a kind away."""

    kind: str
    text: str
    place: str
    """The part of a `Prose` that it is looked for in."""
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a piece of writing is."""

    name: str
    points: float
    evidence: tuple[str, ...]
    """Phrases found, as they stand in the list, the strongest first."""
    clearness: float = 1.0
    """How often all that is asked for was found; 1 or more."""


def kind(piece: Prose) -> Found | None:
    """The kind of no news that a piece most clearly is; None: none."""
    found: dict[str, list[tuple[int, str]]] = {}
    for phrase in _near(piece):
        if is_within(phrase.text, getattr(piece, phrase.place)):
            found.setdefault(phrase.kind, []).append(
                (phrase.weight, phrase.text.strip())
            )
    best: Kind | None = None
    most, evidence = 1.0, list[str]()
    for one in shipped().values():
        told_of = [*found.get(one.name, ()), *_matched(one, piece)]
        share = sum(weight for weight, _ in told_of) / one.needed
        if share > most or (share == most and best is None):
            best, most = one, share
            ranked = sorted(told_of, key=lambda each: (-each[0], each[1]))
            evidence = [text for _, text in ranked]
    if best is None:
        return None
    unlike = tuple(dict.fromkeys(evidence))[:TOLD]
    return Found(name=best.name, points=best.points, evidence=unlike, clearness=most)


@cache
def shipped() -> Mapping[str, Kind]:
    """The kinds that come with newsdesk, by name."""
    return {
        row["name"]: Kind(
            name=row["name"],
            points=float(row["points"]),
            needed=row.get("needed", NEEDED),
            pattern=row.get("pattern", PATTERN),
            title_patterns=_compiled(row.get("title_patterns", ()), re.IGNORECASE),
            text_patterns=_compiled(row.get("text_patterns", ()), 0),
        )
        for row in _rows()
    }


@cache
def _rows() -> list[dict[str, Any]]:
    folder = resources.files("newsdesk.stages")
    text = folder.joinpath("quality_kinds.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["kind"]
    return rows


def _compiled(patterns: list[str], flags: int) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, flags) for one in patterns)


@cache
def _phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """All phrases by their first word, so that few are looked for in one text."""
    found: dict[str, dict[Phrase, None]] = {}
    for row in _rows():
        for field, weight in WEIGHTS.items():
            for text in row.get(field, ()):
                first = FIRST_WORD.search(text)
                for place in _PLACES[field]:
                    phrase = Phrase(
                        kind=row["name"], text=text, place=place, weight=weight
                    )
                    key = first.group() if first else ""
                    found.setdefault(key, {})[phrase] = None
    return {key: tuple(phrases) for key, phrases in found.items()}


def _near(piece: Prose) -> Iterator[Phrase]:
    """The phrases whose first word the piece has."""
    by_word = _phrases()
    for word in by_word.keys() & piece.pieces:
        yield from by_word[word]


def _matched(one: Kind, piece: Prose) -> Iterator[tuple[int, str]]:
    for patterns, text in (
        (one.title_patterns, piece.title),
        (one.text_patterns, piece.body),
    ):
        for pattern in patterns:
            if match := pattern.search(text):
                yield one.pattern, " ".join(match.group().split())[:50]
