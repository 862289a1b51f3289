"""site.toml to the options of a site, every complaint at once, and their reference.

The options, their defaults, bounds and documentation are the fields of `model.site`;
nothing is said a second time here. Topics, organisations and sources are files of
their own and are read elsewhere.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from newsdesk.config import shapes
from newsdesk.config.shapes import Place, Problem
from newsdesk.model import site as records
from newsdesk.model.site import (
    Fetching,
    Git,
    Output,
    Paths,
    Rules,
    Schedule,
    Site,
    Window,
)

FILE = "site.toml"

SECTIONS: Mapping[str, type[Any]] = {
    "fetching": Fetching,
    "schedule": Schedule,
    "window": Window,
    "rules": Rules,
    "output": Output,
    "git": Git,
    "paths": Paths,
}
"""The tables of site.toml, in the order of the reference."""

NOT_OPTIONS = (
    *("folder", "topics", "providers", "outlets", "sources", "newsletters"),
    *("decisions", "theme", "sponsors"),
    *SECTIONS,
)
"""Fields of `Site` that are no keys at the top of site.toml."""

RENAMED: Mapping[str, str] = {
    "picture_width": "`picture_widths`, a list such as [320, 640, 1200]; [] for none",
}
"""Keys of older versions and what became of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What site.toml says, ready for `Site`, and what is wrong with it."""

    given: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


def parse(text: str) -> Options:
    """The options in the text of a site.toml; without problems they make a `Site`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Options(given={}, problems=(syntax_problem(FILE, error),))
    given, problems = _sections(document, text)
    top = {k: v for k, v in document.items() if k not in SECTIONS}
    plain = {k: v for k, v in top.items() if not isinstance(v, dict)}
    values, faults = shapes.build(
        Site,
        plain,
        without=NOT_OPTIONS,
        place=Place(path=FILE),
        text=text,
        elsewhere=_homes(""),
    )
    tables = [_unknown_table(name, text) for name in top if name not in plain]
    problems = [*faults, *tables, *problems]
    if not problems:
        problems = list(_disagreements({**values, **given}, text))
    return Options(given={**_ended(values), **given}, problems=tuple(problems))


def syntax_problem(path: str, error: tomllib.TOMLDecodeError) -> Problem:
    """What a TOML reader did not understand, with its line."""
    said = str(error)
    where = re.search(r"\(at line (\d+), column \d+\)", said)
    reason = said[: where.start()].strip() if where else said
    return Problem(
        path=path,
        line=int(where[1]) if where else None,
        reason=f"not TOML: {reason[:1].lower()}{reason[1:]}",
    )


def reference() -> str:
    """The reference page of site.toml, in Markdown, made from `model.site`."""
    parts = [_PREFACE, _table(Site, NOT_OPTIONS)]
    for name, record in SECTIONS.items():
        about = (record.__doc__ or "").strip()
        parts += [f"## [{name}]\n\n{about}\n", _table(record)]
    return "\n".join(parts)


def documentation(record: type[Any], name: str) -> str | None:
    """The string under a field of a record of `model.site`, on one line, or None."""
    said = _strings().get((record.__name__, name))
    return " ".join(said.split()) if said else None


def _sections(
    document: Mapping[str, Any], text: str
) -> tuple[dict[str, Any], list[Problem]]:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, record in SECTIONS.items():
        table = document.get(name, {})
        place = Place(path=FILE, table=name)
        if not isinstance(table, dict):
            line = shapes.line_of(text, Place(path=FILE), name)
            reason = f"`{name}` must be a table: write [{name}] on a line of its own"
            problems.append(Problem(path=FILE, line=line, reason=reason))
            continue
        values, faults = shapes.build(
            record,
            table,
            place=place,
            text=text,
            elsewhere=_homes(name),
            renamed=RENAMED,
        )
        problems += faults
        if not faults:
            given[name] = record(**values)
    return given, problems


def _homes(table: str) -> dict[str, str]:
    """Where the options of the other tables live, to send a lost key home."""
    homes = {
        option.name: f"in [{name}]"
        for name, record in SECTIONS.items()
        if name != table
        for option in shapes.options(record)
    }
    if table:
        top = {
            option.name: "at the top" for option in shapes.options(Site, NOT_OPTIONS)
        }
        homes = {**top, **homes}
    return homes


def _unknown_table(name: str, text: str) -> Problem:
    reason = f"unknown table [{name}]"
    if meant := shapes.nearest(name, SECTIONS):
        reason += f"; did you mean [{meant}]?"
    else:
        reason += f"; known are {', '.join(f'[{known}]' for known in SECTIONS)}"
    line = shapes.line_of(text, Place(path=FILE), name)
    return Problem(path=FILE, line=line, reason=reason)


def _ended(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the site's address ending in a slash."""
    url = values.get("url")
    return {**values, "url": f"{url.rstrip('/')}/"} if url else dict(values)


def _disagreements(given: Mapping[str, Any], text: str) -> Iterator[Problem]:
    """Options that are each fine and do not go together."""
    schedule = given.get("schedule", Schedule())
    if schedule.shortest_m > schedule.longest_m:
        yield _problem(
            text,
            "schedule",
            "shortest_m",
            f"`shortest_m` ({schedule.shortest_m}) in [schedule] is more than "
            f"`longest_m` ({schedule.longest_m})",
        )
    yield from _folders(given.get("paths", Paths()), text)


def _folders(paths: Paths, text: str) -> Iterator[Problem]:
    """Folders that would write into each other, or over the site itself."""
    named = {"content": paths.content, "public": paths.public, "state": paths.state}
    base = Path("/site")
    real = {key: Path(_plain(base / value)) for key, value in named.items()}
    for key, folder in list(real.items()):
        if base == folder or folder in base.parents:
            reason = f"`{key}` in [paths] must be a folder of its own, below the site"
            yield _problem(text, "paths", key, reason)
            real.pop(key)
    for key, other in combinations(real, 2):
        one, two = real[key], real[other]
        if one == two or one in two.parents or two in one.parents:
            reason = f"`{key}` and `{other}` in [paths] must lie apart"
            yield _problem(text, "paths", other, reason)


def _plain(path: Path) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and len(parts) > 1:
            parts.pop()
        elif part not in ("..", "."):
            parts.append(part)
    return str(Path(*parts))


def _problem(text: str, table: str, key: str, reason: str) -> Problem:
    place = Place(path=FILE, table=table)
    return Problem(path=FILE, line=shapes.line_of(text, place, key), reason=reason)


_PREFACE = """# site.toml

*This page is written by `make docs` from the program itself.*

One file says what a site is. Only `title` and `url` must be there; everything else has
a default. A key that is not on this page is an error that names the nearest one, and
all errors are reported at once, with their lines. Folders are below the folder of
site.toml unless absolute. Secrets are never kept here, but in the environment.

## At the top
"""


def _table(record: type[Any], without: tuple[str, ...] = ()) -> str:
    rows = ["| key | what | must be | default |", "|---|---|---|---|"]
    for option in shapes.options(record, without):
        said = documentation(record, option.name) or ""
        form = shapes.expectation(record, option.name)
        cells = [f"`{option.name}`", said, form, _default(option)]
        rows.append(
            f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        )
    return "\n".join(rows) + "\n"


def _default(option: Field[Any]) -> str:
    if option.default is MISSING:
        return "must be given"
    if option.default == ():
        return "none"
    return f"`{json.dumps(option.default, ensure_ascii=False)}`"


@cache
def _strings() -> dict[tuple[str, str], str]:
    """The strings under the fields of the records, by record and field."""
    found: dict[tuple[str, str], str] = {}
    for node in ast.parse(inspect.getsource(records)).body:
        if isinstance(node, ast.ClassDef):
            for field, below in zip(node.body, node.body[1:], strict=False):
                match (field, below):
                    case (
                        ast.AnnAssign(target=ast.Name(id=name)),
                        ast.Expr(value=ast.Constant(value=str() as said)),
                    ):
                        found[node.name, name] = said
    return found
