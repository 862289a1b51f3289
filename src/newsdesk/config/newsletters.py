"""newsletters.toml to newsletters: one `[[newsletter]]` each."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from email.utils import parseaddr
from typing import Any

from newsdesk.config import shapes, sources
from newsdesk.config.options import syntax_problem
from newsdesk.config.shapes import Place, Problem
from newsdesk.model.site import Newsletter
from newsdesk.text import mail_addresses

FILE = "newsletters.toml"
_TABLE = "newsletter"


def parse(
    text: str, topics: Collection[str]
) -> tuple[tuple[Newsletter, ...], tuple[Problem, ...]]:
    """The newsletters in the text of a newsletters.toml, and what is wrong with it.
    `topics` are the ids that exist."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (), (syntax_problem(FILE, error),)
    unknown = [key for key in document if key != _TABLE]
    tables = document.get(_TABLE, [])
    if (
        unknown
        or not isinstance(tables, list)
        or not all(isinstance(table, dict) for table in tables)
    ):
        key = unknown[0] if unknown else _TABLE
        reason = "write [[newsletter]], in double brackets, above each newsletter"
        return (), (_problem(text, Place(path=FILE), key, reason),)
    found: list[Newsletter] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables):
        place = Place(path=FILE, table=_TABLE, occurrence=number)
        values, faults = shapes.build(Newsletter, table, place=place, text=text)
        problems += faults
        if not faults:
            problems += _objections(values, found, topics, text, place)
            found.append(Newsletter(**values))
    return tuple(found), tuple(problems)


def _objections(
    values: Mapping[str, Any],
    before: Collection[Newsletter],
    topics: Collection[str],
    text: str,
    place: Place,
) -> Iterator[Problem]:
    for topic in values.get("topics", ()):
        if topic not in topics:
            yield _problem(text, place, "topics", sources.no_topic(topic, topics))
    if any(one.id == values["id"] for one in before):
        reason = f"the id `{values['id']}` is taken by a newsletter above"
        yield _problem(text, place, "id", reason)
    sender = values.get("sender", "")
    if sender and mail_addresses.normal(parseaddr(sender)[1]) is None:
        reason = (
            "`sender` must hold an address, in ASCII before its `@`: "
            "`The Site <news@example.org>`"
        )
        yield _problem(text, place, "sender", reason)


def _problem(text: str, place: Place, key: str, reason: str) -> Problem:
    return Problem(path=FILE, line=shapes.line_of(text, place, key), reason=reason)
