"""sources.toml to sources, and single sources back to its text.

One `[[source]]` a source. What is asked and when is no business of this file; adding
to it is `adding`'s.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from newsdesk.config import shapes
from newsdesk.config.options import syntax_problem
from newsdesk.config.shapes import Place, Problem
from newsdesk.model.feed import Source, SourceId, SourceKind
from newsdesk.text import urls

FILE = "sources.toml"

PUSH = "push:"
"""What the address of a push source begins with; its name follows."""

_PUSH = re.compile(r"push:[a-z0-9][a-z0-9._-]{0,63}")
_TABLE = "source"
_NOT_KEYS = ("id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The sources of a site, each address once, and what is wrong with the file."""

    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


def parse(text: str, topics: Iterable[str]) -> Sources:
    """The sources in the text of a sources.toml. `topics` are the ids that exist.

    An address that is listed twice is one source: the first one's words, all topics.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Sources(problems=(syntax_problem(FILE, error),))
    problems = [_unknown(key, text) for key in document if key != _TABLE]
    tables = document.get(_TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        reason = "write [[source]], in double brackets, above each source"
        line = shapes.line_of(text, Place(path=FILE), _TABLE)
        return Sources(problems=(Problem(path=FILE, line=line, reason=reason),))
    found: dict[SourceId, Source] = {}
    known = frozenset(topics)
    for number, table in enumerate(tables):
        source, faults = _source(table, number, text, known)
        problems += faults
        if source and source.id in found:
            source = folded(found[source.id], source)
        if source:
            found[source.id] = source
    return Sources(sources=tuple(found.values()), problems=tuple(problems))


def make(
    url: str,
    kind: SourceKind = SourceKind.FEED,
    *,
    title: str | None = None,
    topics: Sequence[str] = (),
    language: str | None = None,
    was: str | None = None,
) -> Source:
    """A source with its id. Raises ValueError with the reason where `url` cannot be
    the address of a feed, the path of a list below the site folder, or `push:` with a
    name."""
    identity = _IDENTITIES.get(kind, _address)(url)
    first = _address(was) if was and kind is SourceKind.FEED else identity
    return Source(
        id=SourceId(urls.identity(f"{kind.value}\n{first}")),
        url=url.strip() if kind is SourceKind.FEED else identity,
        kind=kind,
        title=title,
        topics=tuple(topics),
        language=language,
        was=was,
    )


def folded(first: Source, again: Source) -> Source:
    """Two of one address as one: the first one's words, all topics."""
    topics = tuple(dict.fromkeys((*first.topics, *again.topics)))
    return replace(
        first,
        topics=topics,
        title=first.title or again.title,
        language=first.language or again.language,
    )


def block(source: Source) -> str:
    """A source as it stands in sources.toml, an empty line before it."""
    lines = ["", f"[[{_TABLE}]]", f"url = {_quoted(source.url)}"]
    if source.kind is not SourceKind.FEED:
        lines.append(f"kind = {_quoted(source.kind.value)}")
    if source.title:
        lines.append(f"title = {_quoted(source.title)}")
    if source.topics:
        lines.append(f"topics = [{', '.join(map(_quoted, source.topics))}]")
    if source.language:
        lines.append(f"language = {_quoted(source.language)}")
    if source.was:
        lines.append(f"was = {_quoted(source.was)}")
    return "\n".join(lines) + "\n"


def _source(
    table: Mapping[str, Any], number: int, text: str, topics: frozenset[str]
) -> tuple[Source | None, list[Problem]]:
    place = Place(path=FILE, table=_TABLE, occurrence=number)
    values, faults = shapes.build(
        Source, table, without=_NOT_KEYS, place=place, text=text
    )
    if faults:
        return None, list(faults)
    problems = [
        _problem(text, place, "topics", no_topic(topic, topics))
        for topic in values.get("topics", ())
        if topic not in topics
    ]
    try:
        return make(**values), problems
    except ValueError as error:
        return None, [*problems, _problem(text, place, "url", str(error))]


def _address(url: str) -> str:
    address = urls.canonical(url)
    if address is None:
        raise ValueError(f"`{_short(url)}` is no address; write `https://…`")
    if "@" in address.split("/", 3)[2]:
        raise ValueError("the address holds a user name; secrets are never kept here")
    return address


def _list_path(url: str) -> str:
    """The path of a list, which must lie below the site folder."""
    path = PurePosixPath(url)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\\" in url:
        raise ValueError(
            f"`{_short(url)}` must be the path of a text file below the site folder"
        )
    return str(path)


def _push_name(url: str) -> str:
    """The address of a push source, which is a name and leads nowhere."""
    if not _PUSH.fullmatch(url):
        raise ValueError(
            f"`{_short(url)}` must be `{PUSH}` and a name of small letters, digits, "
            f"`-`, `_` and `.`, such as `{PUSH}crawler`"
        )
    return url


_IDENTITIES = {SourceKind.PAGES: _list_path, SourceKind.PUSH: _push_name}


def no_topic(topic: str, topics: Collection[str]) -> str:
    """That a topic does not exist, and which one may have been meant."""
    meant = shapes.nearest(topic, topics)
    advice = f"; did you mean `{meant}`?" if meant else ""
    return f"there is no topic `{topic}`{advice}"


def _unknown(key: str, text: str) -> Problem:
    reason = f"unknown key `{key}`; each source stands under a [[source]] of its own"
    return _problem(text, Place(path=FILE), key, reason)


def _problem(text: str, place: Place, key: str, reason: str) -> Problem:
    return Problem(path=FILE, line=shapes.line_of(text, place, key), reason=reason)


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
