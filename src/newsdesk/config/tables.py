"""A TOML file of one kind of tables, `[[name]]` above each, to what they say."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from newsdesk.config import shapes
from newsdesk.config.options import syntax_problem
from newsdesk.config.shapes import Place, Problem

T = TypeVar("T")

Objections = Callable[[Mapping[str, Any], list[T]], Iterable[tuple[str, str]]]
"""Keys and what is wrong with them, of a table that has the right shape, given those that
stand above it."""


def parse(
    text: str, file: str, name: str, record: type[T], objections: Objections[T]
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    """The records in the text of a file, and what is wrong with it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (), (syntax_problem(file, error),)
    tables = document.get(name, [])
    unknown = [key for key in document if key != name]
    is_list = isinstance(tables, list) and all(isinstance(one, dict) for one in tables)
    if unknown or not is_list:
        key = unknown[0] if unknown else name
        reason = f"write [[{name}]], in double brackets, above each {name}"
        return (), (_problem(text, Place(path=file), key, reason),)
    found: list[T] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables):
        place = Place(path=file, table=name, occurrence=number)
        values, faults = shapes.build(record, table, place=place, text=text)
        problems += faults
        if not faults:
            problems += (
                _problem(text, place, key, reason)
                for key, reason in objections(values, found)
            )
            found.append(record(**values))
    return tuple(found), tuple(problems)


def _problem(text: str, place: Place, key: str, reason: str) -> Problem:
    return Problem(
        path=place.path, line=shapes.line_of(text, place, key), reason=reason
    )
