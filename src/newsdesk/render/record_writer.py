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

_FENCE = re.compile(r"^---$", re.MULTILINE)


def write(record: Any, document: Document) -> bytes:
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
        self, record: Any, block: Block, *, path: str, indent: int, dash: bool
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
        if key.kind is not None and not key.is_list:
            return self._scalar(key, value, start, spelled)
        if value is None or value == ():
            return False
        self._line(start, key.group, spelled)
        self._below(key, value, f"{path}/{key.name}".lstrip("/"), indent)
        return True

    def _scalar(
        self, key: Key, value: Any, start: str, spelled: Spelling | None
    ) -> bool:
        if key.kind is None:
            raise TypeError(f"{key.name} names no kind")
        if spelled and _still_means(spelled, start, key.kind, value):
            canonical = spelled.text or ""
        elif value is None:
            return False
        else:
            canonical = f"{start} {self._written(key.kind, value, key.name)}"
        self._put_lead(key.group, spelled)
        self.out.append(f"{canonical}\n")
        return True

    def _written(self, kind: Kind, value: Any, name: str) -> str:
        try:
            return kind.write(value)
        except ScalarError as error:
            raise self._error(f"{name} {error}") from None

    def _line(self, start: str, group: bool, spelled: Spelling | None) -> None:
        self._put_lead(group, spelled)
        text = spelled.text if spelled else None
        kept = text is not None and text.startswith(start)
        self.out.append(f"{text if kept else start}\n")

    def _put_lead(self, group: bool, spelled: Spelling | None) -> None:
        if spelled and spelled.lead is not None:
            self.out.append(spelled.lead)
        elif group:
            self.out.append("\n")

    def _below(self, key: Key, value: Any, path: str, indent: int) -> None:
        if key.kind is not None:
            self._names(key, value, path, indent + 2)
        elif key.block is not None and key.is_list:
            for place, item in enumerate(value):
                inner = f"{path}/{place}"
                self.block(item, key.block, path=inner, indent=indent + 4, dash=True)
        elif key.block is not None:
            self.block(value, key.block, path=path, indent=indent + 2, dash=False)

    def _names(self, key: Key, values: Iterable[Any], path: str, indent: int) -> None:
        if key.kind is None:
            raise TypeError(f"{key.name} names no kind")
        start = f"{' ' * indent}-"
        for place, value in enumerate(values):
            spelled = self._spellings.get((path, str(place)))
            if spelled and _still_means(spelled, start, key.kind, value):
                line = spelled.text or ""
            else:
                line = f"{start} {self._written(key.kind, value, key.name)}"
            self._put_lead(False, spelled)
            self.out.append(f"{line}\n")

    def end(self, document: Document) -> None:
        """What stands behind the last key."""
        spelled = self._spellings.get(("", END))
        if spelled and spelled.lead:
            self.out.append(spelled.lead)
        if not document.opening:
            self.out[-1] = self.out[-1].removesuffix("\n")
        text = spelled.text if spelled else None
        self.out.append(document.closing if text is None else text)

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


def _still_means(spelled: Spelling, start: str, kind: Kind, value: Scalar) -> bool:
    """Whether a line kept from reading still stands for the value there is now."""
    text = spelled.text
    if text is None or not text.startswith(start):
        return False
    try:
        return kind.read(text[len(start) :]) == value
    except ScalarError:
        return False
