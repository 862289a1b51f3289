"""Front matter read by its table of keys, in one pass over the lines.

What the table names becomes a record; what it does not name is kept beside it: keys as
`UnknownKey`, lines that are written otherwise than we would as `Spelling`. Indentation
is the format's own, two spaces a level. What values look like is in `record_scalars`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from newsdesk.model.errors import RecordError
from newsdesk.model.record import Spelling, UnknownKey
from newsdesk.render.record_blocks import END, Block, Document, Key, Made, prefix
from newsdesk.render.record_scalars import Kind, Scalar, ScalarError

_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:(?=[ \t]|$)")
_ANY_KEY = re.compile(r"(?:[^\s#\-]|-(?=\S))[^\n]*?:(?:[ \t]|$)")
# YAML forbids these wherever they stand; a carriage return means foreign line ends.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")


def read(data: bytes, document: Document[Made]) -> Made:
    """The record that `data` holds; raises RecordError with reason and line."""
    lines = _Lines(_text(data), document)
    reader = _Reader(lines=lines)
    values = reader.block(document.block, path="", indent=0, dash=False)
    reader.end(document)
    return document.block.make(
        **values, unknown=tuple(reader.unknown), spellings=tuple(reader.spellings)
    )


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordError("is not UTF-8", line=line) from None
    if text.startswith("\ufeff"):
        raise RecordError("starts with a byte-order mark; remove it", line=1)
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise RecordError(_forbidden(found[0]), line=line)
    return text


def _forbidden(character: str) -> str:
    if character == "\r":
        return "holds a carriage return; records end their lines with LF only"
    return f"holds the control character U+{ord(character):04X}; write it as an escape"


class _Lines:
    """The lines of the front matter and how far we are."""

    def __init__(self, text: str, document: Document[Any]) -> None:
        self.all = text.split("\n")
        self.at = 0
        self.stop = len(self.all)
        self.tail = ""
        if document.opening:
            self._find_fences()
        elif not self.all[-1]:
            self.all.pop()
            self.stop -= 1
            self.tail = "\n"

    def _find_fences(self) -> None:
        if self.all[0] != END:
            raise RecordError("does not start with a line ---", line=1)
        try:
            self.stop = self.all.index(END, 1)
        except ValueError:
            reason = "has no line --- that ends the front matter"
            raise RecordError(reason, line=len(self.all)) from None
        self.at = 1

    def next_at(self) -> int:
        """Place of the next line that is neither empty nor a comment."""
        at = self.at
        while at < self.stop and _is_lead(self.all[at]):
            at += 1
        return at

    def take(self, until: int) -> str:
        """The lines up to a place, with their ends; goes there."""
        taken = "".join(f"{line}\n" for line in self.all[self.at : until])
        self.at = until
        return taken

    def rest(self) -> str:
        """Everything from the end of the keys."""
        return "\n".join(self.all[self.stop :]) or self.tail


def _is_lead(line: str) -> bool:
    bare = line.lstrip(" \t")
    return not bare or bare[0] == "#"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_dash(line: str, indent: int) -> bool:
    return line.startswith("- ", indent) or line[indent:] == "-"


@dataclass(slots=True)
class _Reader:
    lines: _Lines
    unknown: list[UnknownKey] = field(default_factory=list)
    spellings: list[Spelling] = field(default_factory=list)

    def block(
        self, block: Block[Any], *, path: str, indent: int, dash: bool
    ) -> dict[str, object]:
        """The attributes of one level. With `dash` its first line opens a list item."""
        known = {key.name: key for key in block.keys}
        values: dict[str, object] = {}
        after = ""
        first = dash
        while (at := self.lines.next_at()) < self.lines.stop:
            start = indent - 2 if first else indent
            if not self._continues(at, start, first):
                break
            name = self._name(at, indent)
            if (key := known.get(name)) is None:
                self._keep_unknown(at, path, after, indent)
            else:
                if key.attribute in values:
                    raise RecordError(f"has {name} twice", line=at + 1)
                values[key.attribute] = self._key(key, at, path, indent, first)
                after = name
            first = False
        self._require(block, values)
        return {name: value for name, value in values.items() if value is not None}

    def _continues(self, at: int, start: int, first: bool) -> bool:
        line = self.lines.all[at]
        found = _indent(line)
        if line[found] == "\t":
            raise RecordError("is indented with a tab; use spaces", line=at + 1)
        if found < start:
            return False
        if found == start:
            return first or not _is_dash(line, start)
        raise RecordError(
            f"is indented by {found} spaces where {start} are expected", line=at + 1
        )

    def _name(self, at: int, indent: int) -> str:
        """The key of a line; `` for one that no table could know."""
        line = self.lines.all[at]
        if match := _KEY.match(line, indent):
            return match[1]
        if _ANY_KEY.match(line, indent):
            return ""
        raise RecordError("is neither a key with a value nor a list item", line=at + 1)

    def _keep_unknown(self, at: int, path: str, after: str, indent: int) -> None:
        lines, end = self.lines, at + 1
        for place in range(at + 1, lines.stop):
            line = lines.all[place]
            if not line.strip(" "):
                continue
            found = _indent(line)
            if found < indent or (found == indent and not _is_dash(line, indent)):
                break
            end = place + 1
        self.unknown.append(UnknownKey(path=path, after=after, text=lines.take(end)))

    def _key(self, key: Key, at: int, path: str, indent: int, first: bool) -> object:
        lead = self.lines.take(at)
        line = self.lines.all[at]
        self.lines.at = at + 1
        start = prefix(indent, first) + key.name + ":"
        raw = line[line.index(":") + 1 :]
        if isinstance(key.value, Kind) and not key.is_list:
            value = self._scalar(key.value, raw, at)
            canonical = None if value is None else f"{start} {key.value.write(value)}"
            self._note(path, key.name, key.group, lead, line, canonical)
            return value
        if not _is_lead(raw):
            reason = f"has a value behind {key.name}: where lines below are expected"
            raise RecordError(reason, line=at + 1)
        self._note(path, key.name, key.group, lead, line, start)
        inner = f"{path}/{key.name}".lstrip("/")
        if isinstance(key.value, Block) and not key.is_list:
            values = self.block(key.value, path=inner, indent=indent + 2, dash=False)
            return key.value.make(**values)
        return self._list(key, at, inner, indent + 2)

    def _scalar(self, kind: Kind, raw: str, at: int) -> Scalar:
        try:
            return kind.read(raw)
        except ScalarError as error:
            raise RecordError(str(error), line=at + 1) from None

    def _note(
        self,
        path: str,
        key: str,
        group: bool,
        lead: str,
        line: str,
        canonical: str | None,
    ) -> None:
        usual = "\n" if group else ""
        kept_lead = None if lead == usual else lead
        kept_line = None if line == canonical else line
        if kept_lead is not None or kept_line is not None:
            self.spellings.append(
                Spelling(path=path, key=key, lead=kept_lead, text=kept_line)
            )

    def _list(self, key: Key, at: int, path: str, indent: int) -> tuple[object, ...]:
        items = tuple(self._items(key, path, indent))
        if not items:
            raise RecordError(f"has nothing below {key.name}:", line=at + 1)
        return items

    def _items(self, key: Key, path: str, indent: int) -> Iterable[object]:
        count = 0
        while (at := self.lines.next_at()) < self.lines.stop:
            line = self.lines.all[at]
            if _indent(line) != indent or not _is_dash(line, indent):
                return
            if isinstance(key.value, Kind):
                yield self._name_item(key.value, at, path, count, indent)
            else:
                yield self._block_item(key.value, at, f"{path}/{count}", indent)
            count += 1

    def _name_item(
        self, kind: Kind, at: int, path: str, place: int, indent: int
    ) -> object:
        lead = self.lines.take(at)
        line = self.lines.all[at]
        self.lines.at = at + 1
        value = self._scalar(kind, line[indent + 1 :], at)
        if value is None:
            raise RecordError("is a list item without a value", line=at + 1)
        canonical = f"{' ' * indent}- {kind.write(value)}"
        self._note(path, str(place), False, lead, line, canonical)
        return value

    def _block_item(self, block: Block[Any], at: int, path: str, indent: int) -> object:
        line = self.lines.all[at]
        if _indent(line[indent + 1 :]) != 1:
            raise RecordError("has no key one space behind its dash", line=at + 1)
        values = self.block(block, path=path, indent=indent + 2, dash=True)
        return block.make(**values)

    def _require(self, block: Block[Any], values: dict[str, object]) -> None:
        for key in block.keys:
            if key.required and values.get(key.attribute) is None:
                line = min(self.lines.at, self.lines.stop) + 1
                raise RecordError(f"has no {key.name} up to here", line=line)

    def end(self, document: Document[Any]) -> None:
        """Keep what stands behind the last key where it is not what we would write."""
        lines = self.lines
        if lines.next_at() < lines.stop:
            raise RecordError("is no key of the record", line=lines.next_at() + 1)
        lead = lines.take(lines.stop)
        rest = lines.rest()
        if lead or rest != document.closing:
            self.spellings.append(Spelling(path="", key=END, lead=lead, text=rest))
