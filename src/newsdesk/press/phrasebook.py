"""Reads the scripts in `phrases/`: for each kind of event, what can be said about it.

A script is a few `key: value` lines, facts to draw (`@sum: ${40..90/10} million | …`), and
phrases by part: H headline, L lead, D detail, Q quote, B background, O outlook, R remark.
What the slots mean is left to `casting`, how phrases become sentences to `wording`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from newsdesk.press.dice import Dice
from newsdesk.press.wording import roll

PARTS = {
    "H": "headlines",
    "L": "leads",
    "D": "details",
    "Q": "quotes",
    "B": "background",
    "O": "outlook",
    "R": "remarks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Everything that can be said about one kind of event."""

    kind: str
    role: str
    """`event`, `sequel`, `twin`, `field`, `evergreen`, `opinion`, `spam` or `research`."""
    field: str
    topics: tuple[str, ...] = ()
    cast: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Company slots and the sectors they may come from."""
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Fact slots and what they may be."""
    follows: tuple[str, ...] = ()
    """Kinds this can be a sequel to."""
    headlines: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    outlook: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def staged(self, dice: Dice, turn: float = 0) -> Script:
        """The script for one event, every figure in it drawn so that all outlets agree.
        `turn` counts events of this kind: two in a row share few of their phrases, a part
        of a turn apart more of them."""

        def drawn(phrases: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(roll(phrase, dice) for phrase in phrases)

        def part(phrases: tuple[str, ...]) -> tuple[str, ...]:
            start = int(turn * len(phrases) / 2)
            kept = math.ceil(len(phrases) * _KEPT_SHARE)
            return (
                drawn((phrases * 3)[start % len(phrases) :][:kept]) if phrases else ()
            )

        return replace(
            self,
            headlines=drawn(self.headlines),
            leads=part(self.leads),
            details=part(self.details),
            quotes=part(self.quotes),
            background=part(self.background),
            outlook=part(self.outlook),
            remarks=drawn(self.remarks),
        )


_NO_FIELD = Script(kind="none", role="field", field="none")
_KEPT_SHARE = 0.6
"""Of a script's phrases, by part, that serve one event. Less makes its coverage poorer;
more makes different events of one kind read alike."""


def of_role(role: str) -> list[Script]:
    """The scripts of one role, in their order."""
    return [item for item in scripts() if item.role == role]


def of_field(name: str) -> Script:
    """What can be said about a field in general; an empty script where nothing is."""
    found = (item for item in scripts() if item.role == "field" and item.kind == name)
    return next(found, _NO_FIELD)


@cache
def scripts() -> tuple[Script, ...]:
    """All scripts, by file name and in file order."""
    folder = resources.files("newsdesk.press") / "phrases"
    files = sorted(folder.iterdir(), key=lambda item: item.name)
    texts = [item.read_text("utf-8") for item in files if item.name.endswith(".txt")]
    return tuple(script for text in texts for script in read_scripts(text))


def read_scripts(text: str) -> list[Script]:
    """The scripts of one file. ValueError names a line that is none of its parts."""
    chunks = text.split("=== ")[1:]
    return [_read_script(chunk) for chunk in chunks]


def _read_script(chunk: str) -> Script:
    head, *lines = chunk.splitlines()
    keys: dict[str, str] = {}
    facts: list[tuple[str, tuple[str, ...]]] = []
    phrases: dict[str, list[str]] = {name: [] for name in PARTS.values()}
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("@"):
            name, _, options = line[1:].partition(": ")
            facts.append((name, _options(options)))
        elif line[:1] in PARTS and line[1:2] == " ":
            phrases[PARTS[line[0]]].append(line[2:])
        elif ": " in line:
            key, _, value = line.partition(": ")
            keys[key] = value
        else:
            raise ValueError(f"script {head}: {line!r} is no part of a script")
    return Script(
        kind=head.strip(),
        role=keys.get("class", "event"),
        field=keys.get("field", head.strip()),
        topics=tuple(keys.get("topics", "").split()),
        cast=_cast(keys.get("cast", "")),
        facts=tuple(facts),
        follows=tuple(keys.get("follows", "").split()),
        **{name: tuple(found) for name, found in phrases.items()},
    )


def _options(text: str) -> tuple[str, ...]:
    # A fact whose options hold choices of their own is written in brackets throughout.
    return tuple(option.strip().strip("[]") for option in text.split(" | "))


def _cast(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = (item.split("=") for item in text.split())
    return tuple((slot, tuple(sectors.split(","))) for slot, sectors in pairs)
