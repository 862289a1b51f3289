"""The values of the record format as text, one line each: strings, numbers, instants.

The format is a small part of YAML that any YAML reader takes for the same values; this
module writes that part and reads a little more of it (single quotes, comments, other
spellings of an instant). Values over several lines, anchors, tags and flow collections
are refused. Where a value stands in a file is for `record_blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Scalar = str | int | bool | datetime | None

_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_SHORT = {
    character: f"\\{letter}"
    for letter, character in _ESCAPES.items()
    if letter in '0abtnvfre"\\NLP'
}
# What YAML calls unprintable, what it takes for a line break, and what ends a string.
_UNPRINTABLE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_UNSAFE = re.compile(rf'[{_UNPRINTABLE}"\\]')
_UNSAFE_PLAIN = re.compile(f"[{_UNPRINTABLE}]|: | #|:$")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)
_DOUBLE = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"[ \t]*+(?:[ \t]#.*)?', re.DOTALL)
_SINGLE = re.compile(r"'([^']*+(?:''[^']*+)*+)'[ \t]*+(?:[ \t]#.*)?", re.DOTALL)
_COMMENT = re.compile(r"(?:^|[ \t])#")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_CONSTRUCTS = frozenset("[]{}&*!|>%@`,")
# Words and numbers that a YAML reader does not take for strings.
_WORDS = frozenset("null ~ true false yes no on off y n = <<".split())
_NUMBER_LIKE = re.compile(
    r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|\.inf|\.nan"
    r"|(?:[0-9][0-9_,]*(?::[0-9]+)*(?:\.[0-9_]*)?|\.[0-9_]+)(?:e[-+]?[0-9]+)?)",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?"
)


class ScalarError(ValueError):
    """The text is no such value; the message says why, without place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of value: how it is written, and what its text means."""

    write: Callable[[Scalar], str]
    """Raises ScalarError for what cannot be written."""
    read: Callable[[str], Scalar]
    """From the text behind `key:`; raises ScalarError."""


def quoted(text: str) -> str:
    """`text` in double quotes; what is not safe to show is escaped."""
    if _SURROGATE.search(text):
        raise ScalarError("holds half of a surrogate pair, which UTF-8 cannot carry")
    return f'"{_UNSAFE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def plain(text: str) -> str:
    """`text` as it is where every YAML reader gives it back as this string, else quoted."""
    return text if _is_safe_plain(text) else quoted(text)


def _is_safe_plain(text: str) -> bool:
    if not text or text[0] in _INDICATORS or text != text.strip():
        return False
    if text.lower() in _WORDS or _UNSAFE_PLAIN.search(text):
        return False
    return not (_NUMBER_LIKE.fullmatch(text) or _DATE_LIKE.fullmatch(text))


def read_text(raw: str) -> str | None:
    """The string that the text behind `key:` stands for; None: nothing, or null."""
    raw = raw.strip(" \t")
    if raw.startswith('"'):
        return _read_double(raw)
    if raw.startswith("'"):
        return _read_single(raw)
    return _read_plain(raw)


def _read_double(raw: str) -> str:
    match = _DOUBLE.fullmatch(raw)
    if match is None:
        raise ScalarError("a double-quoted text must end on its own line")
    text = _ESCAPE.sub(_unescaped, match[1]) if "\\" in match[1] else match[1]
    return _whole(text)


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        try:
            return _ESCAPES[match[4]]
        except KeyError:
            raise ScalarError(f"\\{match[4]} is no escape of YAML") from None
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        raise ScalarError(f"{match[0]} is no character") from None


def _whole(text: str) -> str:
    """Surrogate pairs, as JSON writes them, joined; half a pair is an error."""
    if not _SURROGATE.search(text):
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise ScalarError("holds half of a surrogate pair") from None


def _read_single(raw: str) -> str:
    match = _SINGLE.fullmatch(raw)
    if match is None:
        raise ScalarError("a single-quoted text must end on its own line")
    return match[1].replace("''", "'")


def _read_plain(raw: str) -> str | None:
    comment = _COMMENT.search(raw)
    value = raw[: comment.start()].rstrip(" \t") if comment else raw
    if value in ("", "~") or value.lower() == "null":
        return None
    if value[0] in _CONSTRUCTS:
        raise ScalarError(f"a value that starts with {value[0]} must be quoted")
    return value


def instant(moment: datetime) -> str:
    """An aware moment as `2021-12-13T10:22:00Z`: UTC, whole seconds."""
    if moment.tzinfo is None:
        raise ScalarError("is an instant without a time zone")
    try:
        whole = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    except OverflowError:
        raise ScalarError("is outside the years 1 to 9999") from None
    return f"{whole.isoformat()}Z"


def _read_instant(raw: str) -> datetime | None:
    text = read_text(raw)
    if text is None:
        return None
    if _INSTANT.fullmatch(text) is None:
        raise ScalarError(f"{_shown(text)} is no instant like 2021-12-13T10:22:00Z")
    try:
        moment = datetime.fromisoformat(text.upper())
        return (
            moment.replace(tzinfo=UTC)
            if moment.tzinfo is None
            else moment.astimezone(UTC)
        )
    except (ValueError, OverflowError):
        raise ScalarError(f"{_shown(text)} is no instant of the calendar") from None


def _read_number(raw: str) -> int | None:
    text = read_text(raw)
    if text is None:
        return None
    if _INTEGER.fullmatch(text) is None:
        raise ScalarError(f"{_shown(text)} is no whole number")
    return int(text)


def _read_flag(raw: str) -> bool | None:
    text = read_text(raw)
    if text is None:
        return None
    if text.lower() not in ("true", "false"):
        raise ScalarError(f"{_shown(text)} is neither true nor false")
    return text.lower() == "true"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _write_number(value: Scalar) -> str:
    text = str(value)
    if _INTEGER.fullmatch(text) is None:
        raise ScalarError(f"{_shown(text)} is no whole number of at most 18 digits")
    return text


def _write_flag(value: Scalar) -> str:
    return "true" if value else "false"


def _write_instant(value: Scalar) -> str:
    if not isinstance(value, datetime):
        raise ScalarError(f"{_shown(str(value))} is no instant")
    return instant(value)


QUOTED = Kind(write=lambda value: quoted(str(value)), read=read_text)
PLAIN = Kind(write=lambda value: plain(str(value)), read=read_text)
INSTANT = Kind(write=_write_instant, read=_read_instant)
NUMBER = Kind(write=_write_number, read=_read_number)
FLAG = Kind(write=_write_flag, read=_read_flag)
