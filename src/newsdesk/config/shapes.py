"""From a frozen record to the shape its TOML must have, and from TOML to the record.

The records of `model.site` say every option once: name, type, bounds, default. Here a
pydantic model is made from such a record, a table of a TOML document is held against
it, and each complaint becomes a sentence with file, line, key and what to write
instead. Which table belongs to which record is for the callers to say.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as Option

from newsdesk.model.forms import Between, Like

PAIRS = tuple[tuple[str, int], ...]
"""How a record holds a table of numbers by name."""
INSTANTS = tuple[tuple[str, datetime], ...]
"""The same of instants."""

SECRETS = re.compile(r"(?i)(^|_)(password|passwd|secret|token|api_?key|key)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a file of the site folder."""

    path: str
    """Below the site folder."""
    line: int | None
    """1-based; None where it cannot be told."""
    reason: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table stands, to name it and to find lines in it."""

    path: str
    table: str = ""
    """Its name without brackets; empty: the top of the file."""
    occurrence: int = 0
    """Which one of an array of tables, from 0."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    by_folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def line_of(text: str, place: Place, key: str | None) -> int | None:
    """The 1-based line of a key in a table; the table's header where `key` is None or
    is not found there; None where there is no header either."""
    current, seen, header = "", -1 if place.table else 0, None
    name = re.escape(key or "")
    opens = re.compile(rf"\s*[\"']?{name}[\"']?\s*[=.]").match if key else _never
    own_table = f"{place.table}.{key}".strip(".")
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$", line):
            current = found[1]
            seen += current == place.table
            if key and current == own_table:
                return number
            if current == place.table and seen == place.occurrence:
                header = number
        elif current == place.table and seen == place.occurrence and opens(line):
            return number
    return header


def _never(_: str) -> None:
    return None


def build(
    record: type[Any],
    table: Mapping[str, Any],
    *,
    without: tuple[str, ...] = (),
    place: Place,
    text: str,
    elsewhere: Mapping[str, str] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The values that a table gives a record, and what is wrong with the table.

    `without` names fields of the record that are not options; `text` is the whole file,
    to find lines; `elsewhere` tells in which table a key lives that is unknown here,
    `renamed` what became of one.
    """
    shape = _shape(record, without)  # type: ignore[arg-type]  # classes are hashable
    try:
        read = shape.model_validate({k: _settled(v) for k, v in table.items()})
    except ValidationError as error:
        names = tuple(shape.model_fields)
        return {}, tuple(
            Problem(
                path=place.path,
                line=line_of(text, place, str(fault["loc"][0])),
                reason=_complaint(
                    record, fault, names, place, elsewhere or {}, renamed or {}
                ),
            )
            for fault in _one_a_key(error)
        )
    fields_of = {key(option): option.name for option in options(record, without)}
    given = {fields_of[one]: getattr(read, one) for one in read.model_fields_set}
    return {
        k: tuple(v.items()) if isinstance(v, dict) else v for k, v in given.items()
    }, ()


def key(option: Field[Any]) -> str:
    """How an option is written in a file: a field's name, without the underscore at the
    end of one that is a word of Python's."""
    return option.name.rstrip("_")


def options(record: type[Any], without: tuple[str, ...] = ()) -> tuple[Field[Any], ...]:
    """The fields of a record that are options, in their order."""
    return tuple(f for f in fields(record) if f.name not in without)


def expectation(record: type[Any], name: str) -> str:
    """What an option must be, in words: `a whole number from 0 to 100`."""
    hint, bounds, form = _annotation(record, name)
    if form:
        return form.says
    return _within(_words(hint), bounds)


def _within(words: str, bounds: Between | None) -> str:
    if bounds is None:
        return words
    if bounds.least is not None and bounds.most is not None:
        return f"{words} from {bounds.least:g} to {bounds.most:g}"
    if bounds.least is not None:
        return f"{words}, {bounds.least:g} or more"
    return f"{words}, {bounds.most:g} or less"


@cache
def _shape(record: type[Any], without: tuple[str, ...]) -> type[BaseModel]:
    parts: dict[str, Any] = {
        key(option): (
            _outer_type(record, key(option)),
            ... if _required(option) else None,
        )
        for option in options(record, without)
    }
    strict = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    model: type[BaseModel] = create_model(record.__name__, __config__=strict, **parts)
    return model


def _outer_type(record: type[Any], name: str) -> Any:
    hint, bounds, form = _annotation(record, name)
    if hint == PAIRS:
        return dict[str, int]
    if hint == INSTANTS:
        return dict[str, datetime]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Annotated[hint, Option(strict=False)]
    if bounds and get_origin(hint) is tuple:
        item: Any = Annotated[
            get_args(hint)[0], Option(ge=bounds.least, le=bounds.most)
        ]
        return tuple.__class_getitem__((item, ...))
    if bounds:
        return Annotated[hint, Option(ge=bounds.least, le=bounds.most)]
    if form:
        return Annotated[hint, Option(pattern=f"^(?:{form.pattern})$")]
    return hint


def _required(option: Field[Any]) -> bool:
    return option.default is MISSING and option.default_factory is MISSING


def _annotation(
    record: type[Any], name: str
) -> tuple[Any, Between | None, Like | None]:
    """The bare type of an option and its bounds or form."""
    hints = _hints(record)  # type: ignore[arg-type]  # classes are hashable
    hint = hints[name if name in hints else f"{name}_"]
    if get_origin(hint) is not Annotated:
        return hint, None, None
    bare, *extras = get_args(hint)
    bounds = next((e for e in extras if isinstance(e, Between)), None)
    form = next((e for e in extras if isinstance(e, Like)), None)
    return bare, bounds, form


@cache
def _hints(record: type[Any]) -> dict[str, Any]:
    return get_type_hints(record, include_extras=True)


def _settled(value: Any) -> Any:
    """TOML's lists as the tuples that records hold; an instant without a zone is in
    UTC."""
    if isinstance(value, dict):
        return {key: _settled(one) for key, one in value.items()}
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return tuple(map(_settled, value)) if isinstance(value, list) else value


def _one_a_key(error: ValidationError) -> list[Any]:
    by_key: dict[object, Any] = {}
    for fault in error.errors(include_url=False, include_context=False):
        by_key.setdefault(fault["loc"][0], fault)
    return list(by_key.values())


def _complaint(
    record: type[Any],
    fault: Any,
    names: tuple[str, ...],
    place: Place,
    elsewhere: Mapping[str, str],
    renamed: Mapping[str, str],
) -> str:
    key, where = str(fault["loc"][0]), f" in [{place.table}]" if place.table else ""
    if fault["type"] == "missing":
        return f"missing key `{key}`{where}: {expectation(record, key)}"
    if fault["type"] == "extra_forbidden":
        if key in renamed:
            return f"`{key}`{where} is now {renamed[key]}"
        return f"unknown key `{key}`{where}" + _advice(key, names, elsewhere)
    wanted = expectation(record, key)
    for inner in fault["loc"][1:2]:
        is_item = isinstance(inner, int)
        wanted = _item(record, key) if is_item else _value(record, key)
        key = f"{key}[{inner}]" if is_item else f"{key}.{inner}"
    return f"`{key}`{where} must be {wanted}, not {_shown(fault['input'])}"


def _advice(key: str, names: tuple[str, ...], elsewhere: Mapping[str, str]) -> str:
    if SECRETS.search(key):
        return "; secrets are never kept in the site folder, but in the environment"
    if key in elsewhere:
        return f"; `{key}` belongs {elsewhere[key]}"
    if meant := nearest(key, names):
        return f"; did you mean `{meant}`?"
    if meant := nearest(key, elsewhere):
        return f"; did you mean `{meant}` {elsewhere[meant]}?"
    return f"; known are {', '.join(f'`{name}`' for name in names)}"


def _item(record: type[Any], name: str) -> str:
    """What one thing in a list must be, in words."""
    hint, bounds, _ = _annotation(record, name)
    is_number = get_origin(hint) is tuple and get_args(hint)[0] is int
    return _within("a whole number" if is_number else "text in quotes", bounds)


def _value(record: type[Any], name: str) -> str:
    """What stands beside a name in a table, in words."""
    is_instant = _annotation(record, name)[0] == INSTANTS
    return "an instant such as 2026-02-19T06:00:00Z" if is_instant else "a whole number"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _words(hint: Any) -> str:
    if hint == PAIRS:
        return "a table of whole numbers"
    if hint == INSTANTS:
        return "a table of instants such as 2026-02-19T06:00:00Z"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " or ".join(f'"{choice.value}"' for choice in hint)
    if get_origin(hint) is tuple:
        is_number = get_args(hint)[0] is int
        return "a list of whole numbers" if is_number else "a list of texts"
    plain = {
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        date: "a day such as 2026-02-19, without quotes",
    }
    return plain.get(hint, "text in quotes")
