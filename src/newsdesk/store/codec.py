"""Records to JSON and back, by their type hints and nothing else.

The same record gives the same text: keys are sorted, instants are in UTC, floats are
written so that they come back to the bit. Reading is strict about what it knows (a
wrong type or a missing field is an error that names it) and lenient about what it does
not: fields of an older or newer edition of a record are skipped or take their default.
What goes into which column is for `rows`.
"""

from __future__ import annotations

import base64
import json
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin
from typing import get_type_hints as hints_of

T = TypeVar("T")

Encoder = Callable[[Any], Any]
Decoder = Callable[..., Any]

# A field at one of these defaults is left out: absent means empty. Any other default
# is written, so that changing it later does not change what old rows say.
EMPTY = (None, (), False, 0, "")


_MICROSECOND = timedelta(microseconds=1)


class CodecError(ValueError):
    """A value does not fit the record it belongs to."""


def dumps(record: object) -> str:
    """The JSON of one record, keys sorted."""
    return text_of(encode(record))


def loads(kind: type[T], text: str | bytes) -> T:
    """The record of type `kind` that `text` holds. CodecError: it does not fit."""
    return decode(kind, json.loads(text))


def dumps_all(records: tuple[object, ...]) -> str:
    """The JSON array of records."""
    return text_of([encode(record) for record in records])


def loads_all(kind: type[T], text: str | bytes) -> tuple[T, ...]:
    """The records of type `kind` in a JSON array. CodecError: one does not fit."""
    read = _decoder(cast(Any, kind))
    return tuple(read(document) for document in json.loads(text))


def encode(record: object) -> dict[str, Any]:
    """A record as a document of JSON types. CodecError: a value JSON cannot hold."""
    return cast("dict[str, Any]", _encoder(cast(Any, type(record)))(record))


def decode(kind: type[T], document: object, **ready: object) -> T:
    """A document of JSON types as a record of type `kind`; `ready` are fields that
    need no reading. CodecError: it does not fit."""
    return cast(T, _decoder(cast(Any, kind))(document, **ready))


def instant_text(instant: datetime) -> str:
    """An instant so that texts sort as instants do: UTC, always with microseconds."""
    if instant.tzinfo is None:
        raise CodecError(f"{instant.isoformat()} has no time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def instant(text: str) -> datetime:
    """The instant that `instant_text` wrote. CodecError: it is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise CodecError(f"{text!r} is no instant") from None
    if found.tzinfo is None:
        raise CodecError(f"{text!r} has no time zone")
    return found.astimezone(UTC)


def text_of(document: object) -> str:
    """The one JSON text of a document. CodecError: it holds what JSON cannot."""
    options: dict[str, Any] = {"sort_keys": True, "separators": (",", ":")}
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, **options)
    except ValueError as error:
        raise CodecError(f"JSON cannot hold this: {error}") from None
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: only escapes can carry it
        return json.dumps(document, allow_nan=False, **options)
    return text


# --- writing ---------------------------------------------------------------------


@cache
def _encoder(hint: Any) -> Encoder:
    """How values of a type are written."""
    hint = _bare(hint)
    if is_dataclass(hint):
        return _record_encoder(cast(type, hint))
    if hint is datetime:
        return instant_text
    if hint is date:
        return date.isoformat
    if hint is timedelta:
        return lambda value: value // _MICROSECOND
    if hint is bytes:
        return lambda value: base64.b64encode(value).decode("ascii")
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value: value.value
    if get_origin(hint) is tuple:
        return _tuple_encoder(get_args(hint))
    if optional := _optional(hint):
        return _unless_none(_encoder(optional))
    if hint is float:
        return float
    if hint in PLAIN:
        return _same
    raise TypeError(f"the codec knows no type {hint!r}")


def _record_encoder(kind: type) -> Encoder:
    hints = hints_of(kind)
    plan = [
        (field.name, _encoder(hints[field.name]), _omitted(field))
        for field in fields(kind)
    ]

    def write(record: Any) -> dict[str, Any]:
        document = {}
        for name, convert, omitted in plan:
            value = getattr(record, name)
            if omitted is MISSING or value != omitted:
                document[name] = value if convert is _same else convert(value)
        return document

    return write


def _omitted(field: Field[Any]) -> Any:
    """The value at which a field is left out; MISSING where it is always written."""
    default = field.default
    return default if any(default is empty for empty in EMPTY) else MISSING


def _tuple_encoder(args: tuple[Any, ...]) -> Encoder:
    if len(args) == 2 and args[1] is Ellipsis:
        convert = _encoder(args[0])
        return list if convert is _same else lambda value: [convert(v) for v in value]
    converts = [_encoder(arg) for arg in args]
    return lambda value: [f(v) for f, v in zip(converts, value, strict=True)]


# --- reading ---------------------------------------------------------------------


@cache
def _decoder(hint: Any) -> Decoder:
    """How values of a type are read."""
    hint = _bare(hint)
    if is_dataclass(hint):
        return _record_decoder(cast(type, hint))
    if hint is datetime:
        return instant
    if hint is date:
        return _day
    if hint is timedelta:
        return _span
    if hint is bytes:
        return _bytes
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_decoder(hint)
    if get_origin(hint) is tuple:
        return _tuple_decoder(get_args(hint))
    if optional := _optional(hint):
        return _unless_none(_decoder(optional))
    if hint in PLAIN:
        return PLAIN[hint]
    raise TypeError(f"the codec knows no type {hint!r}")


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise CodecError(f"{value!r} is no day") from None


def _record_decoder(kind: type) -> Decoder:
    hints = hints_of(kind)
    plan = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    needed = frozenset(field.name for field in fields(kind) if _is_needed(field))

    def read(document: Any, **values: Any) -> Any:
        for name, value in _items(kind, document):
            convert = plan.get(name)
            if convert is not None:
                try:
                    values[name] = convert(value)
                except CodecError as error:
                    raise CodecError(f"{kind.__name__}.{name}: {error}") from None
        if not needed <= values.keys():
            missing = ", ".join(sorted(needed - values.keys()))
            raise CodecError(f"{kind.__name__} lacks {missing}")
        return kind(**values)

    return read


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _items(kind: type, document: Any) -> Any:
    if type(document) is not dict:
        raise CodecError(f"{kind.__name__} is an object, not {document!r:.40}")
    return document.items()


def _tuple_decoder(args: tuple[Any, ...]) -> Decoder:
    if len(args) == 2 and args[1] is Ellipsis:
        convert = _decoder(args[0])
        return lambda value: tuple([convert(v) for v in _items_of(value)])
    converts = [_decoder(arg) for arg in args]

    def read(value: Any) -> tuple[Any, ...]:
        if len(_items_of(value)) != len(converts):
            raise CodecError(f"{len(converts)} values expected, not {len(value)}")
        return tuple(f(v) for f, v in zip(converts, value, strict=True))

    return read


def _items_of(value: Any) -> list[Any]:
    if type(value) is not list:
        raise CodecError(f"an array is expected, not {value!r:.40}")
    return value


def _enum_decoder(kind: type[StrEnum]) -> Decoder:
    members = {member.value: member for member in kind}

    def read(value: Any) -> StrEnum:
        try:
            return members[value]
        except (KeyError, TypeError):
            raise CodecError(f"{value!r:.40} is no {kind.__name__}") from None

    return read


def _span(value: Any) -> timedelta:
    try:
        return timedelta(microseconds=_int(value))
    except OverflowError:
        raise CodecError(
            f"{value} microseconds are more than a time can last"
        ) from None


def _bytes(value: Any) -> bytes:
    return base64.b64decode(_str(value))


def _str(value: Any) -> str:
    if type(value) is str:
        return value
    raise CodecError(f"text is expected, not {value!r:.40}")


def _int(value: Any) -> int:
    if type(value) is int:
        return value
    raise CodecError(f"a whole number is expected, not {value!r:.40}")


def _float(value: Any) -> float:
    if type(value) is float or type(value) is int:
        return float(value)
    raise CodecError(f"a number is expected, not {value!r:.40}")


def _bool(value: Any) -> bool:
    if type(value) is bool:
        return value
    raise CodecError(f"true or false is expected, not {value!r:.40}")


def _same(value: Any) -> Any:
    return value


PLAIN: dict[Any, Decoder] = {str: _str, int: _int, float: _float, bool: _bool}


# --- types -----------------------------------------------------------------------


def _bare(hint: Any) -> Any:
    """A NewType's own type; anything else as it is."""
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint


def _optional(hint: Any) -> Any:
    """X for `X | None`, else None."""
    if get_origin(hint) not in (Union, types.UnionType):
        return None
    inner = [arg for arg in get_args(hint) if arg is not type(None)]
    return inner[0] if len(inner) == 1 and len(get_args(hint)) == 2 else None


def _unless_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    if convert is _same:
        return _same
    return lambda value: None if value is None else convert(value)
