"""Front matter written by its table of keys.

What the reader kept goes back to its place: unknown keys as they were, spellings as
long as they still mean the value there is now. See `record_reader` for the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from newsdesk.model.errors import RecordError
from newsdesk.model.record import Spelling, UnknownKey
from newsdesk.render.record_blocks import END, Block, Document, Key, prefix
from newsdesk.render.record_scalars import Kind, Scalar, ScalarError

_LEAD = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\n)*+")
_FENCE = re.compile(r"^---$", re.MULTILINE)


def write(record: Any, document: Document[Any]) -> bytes:
    """The file of a record; raises RecordError where a value cannot be written."""
    writer = _Writer(record.unknown, record.spellings)
    writer.out.append(document.opening)
    writer.block(record, document.block, path="", indent=0, dash=False)
    writer.end(document)
    return writer.finish()


class _Writer:
    def __init__(
        self, unknown: Iterable[UnknownKey], spellings: Iterable[Spelling]
    ) -> None:
        self.out: list[str] = []
        self._unknown: dict[tuple[str, str], list[UnknownKey]] = {}
        for kept in unknown:
            self._unknown.setdefault((kept.path, kept.after), []).append(kept)
        self._spellings = {(kept.path, kept.key): kept for kept in spellings}

    def block(
        self, record: Any, block: Block[Any], *, path: str, indent: int, dash: bool
    ) -> None:
        """One level. With `dash` its first line opens a list item."""
        first = dash and not self._put_unknown(path, "")
        if not dash:
            self._put_unknown(path, "")
        for key in block.keys:
            value = getattr(record, key.attribute)
            if self._key(key, value, path, indent, first):
                first = False
            if self._put_unknown(path, key.name):
                first = False

    def _put_unknown(self, path: str, after: str) -> bool:
        kept = self._unknown.pop((path, after), ())
        for item in kept:
            if not item.text.endswith("\n") or _FENCE.search(item.text):
                raise self._error("keeps a key whose text is not whole lines")
            self.out.append(item.text)
        return bool(kept)

    def _key(self, key: Key, value: Any, path: str, indent: int, first: bool) -> bool:
        """Write one key; False where there is nothing to write."""
        start = prefix(indent, first) + key.name + ":"
        spelled = self._spellings.get((path, key.name))
        if isinstance(key.value, Kind) and not key.is_list:
            line = self._line(key.value, value, start, spelled)
        else:
            line = _header(start, spelled) if value else None
        if line is None:
            return False
        self._put_lead(key.group, spelled)
        self.out.append(f"{line}\n")
        if key.is_list or isinstance(key.value, Block):
            self._below(key, value, f"{path}/{key.name}".lstrip("/"), indent + 2)
        return True

    def _line(
        self, kind: Kind, value: Any, start: str, spelled: Spelling | None
    ) -> str | None:
        """The line of a value, as it was where it still means it; None: no line."""
        if spelled and spelled.text and _still_means(spelled.text, start, kind, value):
            return spelled.text
        if value is None:
            return None
        try:
            return f"{start} {kind.write(value)}"
        except ScalarError as error:
            raise self._error(f"{start.strip(' -:') or 'item'} {error}") from None

    def _put_lead(self, group: bool, spelled: Spelling | None) -> None:
        if spelled and spelled.lead is not None:
            if not _LEAD.fullmatch(spelled.lead):
                raise self._error("keeps lines that are neither empty nor comments")
            self.out.append(spelled.lead)
        elif group:
            self.out.append("\n")

    def _below(self, key: Key, value: Any, path: str, indent: int) -> None:
        if isinstance(key.value, Kind):
            self._names(key.value, value, path, indent)
        elif key.is_list:
            for place, item in enumerate(value):
                inner = f"{path}/{place}"
                self.block(item, key.value, path=inner, indent=indent + 2, dash=True)
        else:
            self.block(value, key.value, path=path, indent=indent, dash=False)

    def _names(self, kind: Kind, values: Iterable[Any], path: str, indent: int) -> None:
        start = f"{' ' * indent}-"
        for place, value in enumerate(values):
            spelled = self._spellings.get((path, str(place)))
            line = self._line(kind, value, start, spelled)
            self._put_lead(False, spelled)
            self.out.append(f"{line}\n")

    def end(self, document: Document[Any]) -> None:
        """What stands behind the last key."""
        spelled = self._spellings.get(("", END))
        self._put_lead(False, spelled)
        text = document.closing
        if spelled and spelled.text is not None:
            text = spelled.text
        if document.opening:
            if f"{text}\n".split("\n", 1)[0] != END:
                raise self._error("keeps an end that is none")
        else:
            whole = "".join(self.out)
            self.out = [whole.removesuffix("\n")]
        self.out.append(text)

    def finish(self) -> bytes:
        """The bytes; raises RecordError where a kept key has lost its place."""
        for path, after in self._unknown:
            reason = f"keeps an unknown key in {path or 'the record'}"
            raise self._error(f"{reason} behind {after or 'the start'}: no such place")
        try:
            return "".join(self.out).encode("utf-8")
        except UnicodeEncodeError:
            raise self._error("keeps text that UTF-8 cannot carry") from None

    def _error(self, reason: str) -> RecordError:
        return RecordError(reason, line=sum(part.count("\n") for part in self.out) + 1)


def _header(start: str, spelled: Spelling | None) -> str:
    """The line of a key whose value stands below it."""
    text = spelled.text if spelled else None
    if text is None or "\n" in text or not text.startswith(start):
        return start
    return text


def _still_means(text: str, start: str, kind: Kind, value: Scalar) -> bool:
    """Whether a line kept from reading still stands for the value there is now."""
    if "\n" in text or not text.startswith(start):
        return False
    try:
        return kind.read(text[len(start) :]) == value
    except ScalarError:
        return False
