"""Editors' decisions as files: `_data/decisions/NAME.yaml` below the content folder.

One file a decision, so that a folder in Git tells who said what and when, and two editors
never change the same file. Reading is strict: a key that is not known, a value that does
not fit or a decision that lacks something is a problem with its line. What a decision
does is for the stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from newsdesk.config import shapes, writing
from newsdesk.config.decision_forms import KEYS, LISTS, NEEDED, form_of
from newsdesk.config.shapes import Problem
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.errors import ConfigError
from newsdesk.model.story import StoryId
from newsdesk.text import slugs

FOLDER = "_data/decisions"
"""Folder of the decisions, below the content folder."""
ENDING = ".yaml"
LARGEST = 100_000
"""Bytes of a file that are read; bounds the work of the YAML library."""
MOST_NAMED = 1_000
"""Stories or articles that one decision may name."""
LONGEST = 1_000
"""Characters of one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """What stands under a key."""

    line: int
    texts: tuple[str, ...]
    is_list: bool


def read(content: Path, shown: str) -> tuple[tuple[Decision, ...], list[Problem]]:
    """The decisions of a content folder by name, and what is wrong with their files.
    `shown`: what the folder is called in problems."""
    folder = content / FOLDER
    found: list[Decision] = []
    problems: list[Problem] = []
    files = folder.iterdir() if folder.is_dir() else ()
    ours = (file for file in files if file.suffix in (ENDING, ".yml"))
    for file in sorted(ours, key=lambda file: (file.stem, file.suffix)):
        path = f"{shown}/{FOLDER}/{file.name}"
        read_one = parse(path, writing.read(file))
        if isinstance(read_one, Decision):
            found.append(read_one)
        else:
            problems += read_one
    return tuple(found), problems


def parse(path: str, data: bytes) -> Decision | list[Problem]:
    """The decision in a file, or everything that is wrong with it."""
    try:
        values, problems = _values(path, data)
    except _NoMapping as error:
        return [Problem(path=path, line=error.line, reason=error.reason)]
    problems += _unfit(path, values)
    if problems:
        return sorted(problems, key=lambda one: one.line or 0)
    one = {key: value.texts[0] for key, value in values.items() if value.texts}
    expires = one.get("expires")
    return Decision(
        id=re.sub(r"\.ya?ml$", "", path.rpartition("/")[2]),
        kind=DecisionKind(one["decision"]),
        story=StoryId(one.get("story", "")),
        stories=tuple(map(StoryId, _texts(values, "stories"))),
        articles=_texts(values, "articles"),
        place=int(one.get("place", 0)),
        title=one.get("title"),
        excerpt=one.get("excerpt"),
        add=_texts(values, "add"),
        remove=_texts(values, "remove"),
        by=one["by"],
        at=_instant(one["at"]),
        why=one["why"],
        expires_at=_instant(expires) if expires else None,
    )


def text(decision: Decision, notes: Sequence[str] = ()) -> str:
    """The file of a decision. `notes` stand above it as comments."""
    seen = ("".join(c if c.isprintable() else " " for c in note) for note in notes)
    lines = [f"# {' '.join(note.split())}" for note in seen]
    lines += [f"decision: {decision.kind}"]
    if decision.story:
        lines += [f"story: {_scalar(decision.story)}"]
    if decision.place:
        lines += [f"place: {decision.place}"]
    for key in LISTS:
        values: tuple[str, ...] = getattr(decision, key)
        if values:
            lines += [f"{key}:", *(f"  - {_scalar(value)}" for value in values)]
    for key, value in (("title", decision.title), ("excerpt", decision.excerpt)):
        if value is not None:
            lines += [f"{key}: {_scalar(value)}"]
    lines += [f"by: {_scalar(decision.by)}", f"at: {_written(decision.at)}"]
    lines += [f"why: {_scalar(decision.why)}"]
    if decision.expires_at:
        lines += [f"expires: {_written(decision.expires_at)}"]
    return "\n".join(lines) + "\n"


def add(content: Path, decision: Decision, notes: Sequence[str] = ()) -> Path:
    """Keep a decision as a new file and give its path; its id is the file's name, with a
    number where that is taken. Raises ConfigError where it cannot be written or would
    not be read."""
    folder = content / FOLDER
    stem, number = decision.id, 1
    while (path := folder / f"{stem}{ENDING}").exists():
        number += 1
        stem = f"{decision.id}-{number}"
    body = text(decision, notes).encode("utf-8", "backslashreplace")
    again = parse(path.name, body)
    if not isinstance(again, Decision):
        raise ConfigError("; ".join(one.reason for one in again))
    writing.write(path, body)
    return path


def name(kind: DecisionKind, at: datetime, title: str) -> str:
    """What to call a decision: the day, the kind and what the story is about."""
    day = at.astimezone(UTC).date().isoformat()
    return f"{day}-{kind}-{slugs.slug(title)[:60].rstrip('-')}"


class _NoMapping(Exception):
    """The file is no list of keys."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def _values(path: str, data: bytes) -> tuple[dict[str, _Value], list[Problem]]:
    """Every known key with what stands under it, and what is wrong with the others."""
    values: dict[str, _Value] = {}
    problems: list[Problem] = []
    for key, node in _pairs(data):
        line = key.start_mark.line + 1
        named = str(key.value) if isinstance(key, yaml.ScalarNode) else "…"
        if named not in KEYS:
            meant = shapes.nearest(named, KEYS)
            known = ", ".join(f"`{one}`" for one in KEYS)
            hint = f"did you mean `{meant}`?" if meant else f"known are {known}"
            reason = f"unknown key `{named[:60]}`; {hint}"
            problems.append(Problem(path=path, line=line, reason=reason))
        elif named in values:
            reason = f"`{named}` stands here twice"
            problems.append(Problem(path=path, line=line, reason=reason))
        else:
            values[named] = _value(line, node)
    return values, problems


def _pairs(data: bytes) -> list[tuple[yaml.Node, yaml.Node]]:
    if len(data) > LARGEST:
        raise _NoMapping(1, f"larger than {LARGEST:,} bytes")
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _NoMapping(line, "not UTF-8; save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _NoMapping(line, f"not YAML: {error.problem or error}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise _NoMapping(1, f"not YAML: {str(error)[:200]}") from None
    if not isinstance(node, yaml.MappingNode):
        raise _NoMapping(1, "a decision is a list of keys, such as `decision: merge`")
    return list(node.value)


def _value(line: int, node: yaml.Node) -> _Value:
    """Texts as they are written: an id of digits alone is no number."""
    is_list = isinstance(node, yaml.SequenceNode)
    items = node.value if is_list else [node]
    texts = tuple(
        str(item.value).strip() for item in items if isinstance(item, yaml.ScalarNode)
    )
    whole = len(texts) == len(items)
    return _Value(line=line, texts=texts if whole else (), is_list=is_list)


def _unfit(path: str, values: Mapping[str, _Value]) -> Iterator[Problem]:
    """Values that do not fit, and what is missing."""
    for key, value in values.items():
        reason = _complaint(key, value)
        if reason:
            yield Problem(path=path, line=value.line, reason=reason)
    for key in NEEDED:
        if key not in values:
            yield Problem(path=path, line=None, reason=f"`{key}` is missing")
    given = values.get("decision")
    if given is None or _complaint("decision", given):
        return
    kind = DecisionKind(given.texts[0])
    for reason in _missing(kind, values):
        yield Problem(path=path, line=given.line, reason=reason)
    for key, value in values.items():
        if key not in form_of(kind).keys:
            reason = f"`{key}` does not go with `decision: {kind}`"
            yield Problem(path=path, line=value.line, reason=reason)
    if kind is DecisionKind.LEAD and len(_texts(values, "articles")) > 1:
        reason = "one article leads a story, not several"
        yield Problem(path=path, line=values["articles"].line, reason=reason)
    for twice in sorted({*_texts(values, "add")} & {*_texts(values, "remove")}):
        reason = f"`{twice}` stands under `add` and `remove`"
        yield Problem(path=path, line=values["remove"].line, reason=reason)


def _missing(kind: DecisionKind, values: Mapping[str, _Value]) -> Iterator[str]:
    """What a kind lacks."""
    form = form_of(kind)
    for key in form.needs:
        if key not in values:
            what = f": what to {kind}" if key in LISTS else ""
            yield f"`{key}` is missing{what}"
    for group in form.one_of:
        if values.keys().isdisjoint(group):
            yield f"{' or '.join(f'`{key}`' for key in group)} is missing"


def _complaint(key: str, value: _Value) -> str | None:
    if key in LISTS:
        if not value.texts or len(value.texts) > MOST_NAMED or not all(value.texts):
            return f"`{key}` must be a list of one to {MOST_NAMED:,} ids"
    elif value.is_list or len(value.texts) != 1 or not value.texts[0]:
        return f"`{key}` must be one text"
    if any(len(one) > LONGEST for one in value.texts):
        return f"`{key}` is longer than {LONGEST:,} characters"
    if key == "decision" and value.texts[0] not in list(DecisionKind):
        kinds = ", ".join(f"`{kind}`" for kind in DecisionKind)
        meant = shapes.nearest(value.texts[0], [str(kind) for kind in DecisionKind])
        hint = f"; did you mean `{meant}`?" if meant else f"; known are {kinds}"
        return f"there is no decision `{value.texts[0]}`{hint}"
    if key == "place" and not re.fullmatch(r"[1-9]\d{0,3}", value.texts[0]):
        return "`place` must be a whole number, 1 for the first"
    if key in ("at", "expires") and not _is_instant(value.texts[0]):
        return f"`{key}` must be an instant such as 2026-02-19T06:00:00Z"
    return None


def _texts(values: Mapping[str, _Value], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values[key].texts)) if key in values else ()


def _is_instant(text: str) -> bool:
    try:
        _instant(text)
    except (ValueError, OverflowError):
        return False
    return True


def _instant(text: str) -> datetime:
    """An instant in UTC; one without a zone is in UTC already."""
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _scalar(value: str) -> str:
    """A text as YAML: as it is where nobody could take it for something else."""
    if re.fullmatch(r"[A-Za-z][\w .,’()/-]*[\w.)]", value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(map(_character, escaped))}"'


def _character(one: str) -> str:
    """A character inside double quotes: what nobody can see becomes its escape."""
    return one if one.isprintable() else f"\\U{ord(one):08X}"
