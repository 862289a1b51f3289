"""Dates as feeds and pages write them, to instants in UTC.

RFC 822 and its successors, W3CDTF and ISO 8601, asctime, and what people type. A date
that can be read in two ways, or is impossible, has no instant: its note says why. Leaves
the question whether an instant is plausible to the caller, who knows what time it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from newsdesk.text import months, zones

MAX_CHARS: Final = 100
"""A longer text is no date."""
# A year of two digits below this is of this century (RFC 2822, section 4.3: 49).
_PIVOT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """What a text says about time."""

    at: datetime | None
    """In UTC."""
    has_time: bool = True
    """False: only the day is known (or less), and the time of `at` is 00:00."""
    note: str | None = None
    """Why there is no instant."""


_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>[ap]\.?m\.?(?![a-z]))?"
)
_ZONE = r"\s*(?P<zone>[a-z(+\-\u2212].{0,40})?"
_WORD = r"[^\W\d_]+\.?"
_DAY_FIRST = re.compile(
    rf"(?:{_WORD}(?:-feira)?\s*,?\s*)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?"
    rf"[\s\-/,]*(?:de\s+)?(?P<month>{_WORD})[\s\-/,.']*(?:de\s+|of\s+)?(?P<year>\d{{4}}|\d{{2}})"
    rf"(?:(?:\s*,\s*|\s*-\s*|[\sT:]\s*)(?:at\s+|um\s+|à\s+)?{_TIME}{_ZONE})?",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"(?:{_WORD}\s*,?\s*)?(?P<month>{_WORD})[\s\-,]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:\s*,\s*|\s+|-)(?P<year>\d{{4}})"
    rf"(?:(?:\s*,\s*|\s*-\s*|[\sT]\s*)(?:at\s+)?{_TIME}{_ZONE})?",
    re.I,
)
_ASCTIME = re.compile(
    rf"(?:{_WORD}\s*,?\s*)?(?P<month>{_WORD})\s+(?P<day>\d{{1,2}}),?\s+{_TIME}"
    r"\s+(?:(?P<zone>[a-z]+|(?:gmt|utc)?[+-]\d\d:?\d\d)\s+)?(?P<year>\d{4})",
    re.I,
)
_YEAR_FIRST = re.compile(
    rf"(?:{_WORD}\s*,?\s*)?(?P<year>\d{{4}})(?:\s?[-/.]\s?|[年년]\s?)0?"
    rf"(?P<month>\d{{1,2}}|{_WORD})(?:\s?[-/.]\s?|[月월]\s?)0?(?P<day>\d{{1,2}})[日일]?"
    r"(?:(?:\s*[Tt,]\s*|\s+|(?<=[日일]))(?P<before>오전|오후|上午|下午|午前|午後)?\s*"
    rf"{_TIME}{_ZONE})?",
    re.I,
)
_NUMBERS = re.compile(
    rf"(?:{_WORD}\s*,?\s*)?(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<second_>\d{{1,2}})(?P=sep)"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:\s*,?\s*{_TIME}{_ZONE})?",
    re.I,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:[T\s]?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?"
    rf"(?:\.(?P<fraction>\d+))?(?P<half>\b\B)?{_ZONE})?",
    re.I,
)
# Reduced and two-digit forms of ISO 8601:1988, section 5.2.
_REDUCED = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})"),
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-?(?P<ordinal>\d{3})"),
    re.compile(r"(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<year>\d{2})-(?P<month>\d{2})-(?P<day>\d{2})"),
    re.compile(r"-(?P<year>\d{2})-?(?P<month>\d{2})"),
    re.compile(r"(?P<year>\d{2})-?(?P<ordinal>\d{3})"),
)
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?")
# The two forms nearly every feed uses, tried first for speed.
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2},? )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) "
    r"(?:GMT|UTC|Z|([+-]\d\d)(\d\d))"
)
_W3CDTF = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-]\d\d):(\d\d))"
)
_ENGLISH = {
    name: number
    for number, name in enumerate(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1
    )
}


def parse(text: str) -> ParsedDate:
    """The instant that a text names; without a zone it counts as UTC. Never raises."""
    cleaned = " ".join(text.split())
    if not cleaned:
        return _none("empty date")
    if len(cleaned) > MAX_CHARS:
        return _none("too long for a date")
    quick = _quick(cleaned)
    if quick is not None:
        return ParsedDate(at=quick)
    return _read(cleaned)


def _none(note: str) -> ParsedDate:
    return ParsedDate(at=None, note=note)


def _quick(text: str) -> datetime | None:
    """The usual case, or None where a closer look is needed."""
    try:
        if found := _W3CDTF.fullmatch(text):
            year, month, *clock, hours, minutes = found.groups()
            number = int(month)
        elif found := _RFC_822.fullmatch(text):
            day, name, year, *rest, hours, minutes = found.groups()
            number, clock = _ENGLISH[name], [day, *rest]
        else:
            return None
        at = datetime(int(year), number, *map(int, clock), tzinfo=UTC)
    except (ValueError, KeyError):
        return None
    if not hours or hours[1:] + minutes == "0000":
        return at
    if int(hours[1:]) > zones.MAX_HOURS or int(minutes) > 59:
        return None
    ahead = timedelta(hours=int(hours[1:]), minutes=int(minutes))
    try:
        return at + ahead if hours[0] == "-" else at - ahead
    except OverflowError:
        return None


def _read(text: str) -> ParsedDate:
    if epoch := _EPOCH.fullmatch(text):
        return ParsedDate(at=datetime.fromtimestamp(int(epoch[1]), UTC))
    for pattern in (_DAY_FIRST, _YEAR_FIRST, _COMPACT, _MONTH_FIRST, _ASCTIME):
        if found := pattern.fullmatch(text):
            return _from_names(found, found["day"], found["month"], text)
    for pattern in _REDUCED:
        if found := pattern.fullmatch(text):
            return _reduced(found, text)
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers(found, text)
    return _none(f"not a date: {text[:60]!r}")


def _from_names(found: re.Match[str], day: str, month: str, text: str) -> ParsedDate:
    number = int(month) if month.isdecimal() else months.month(month)
    if number is None:
        return _none(f"no month called {month!r}")
    return _assemble(found, int(day), number, text)


def _reduced(found: re.Match[str], text: str) -> ParsedDate:
    parts = found.groupdict()
    if "ordinal" not in parts:
        if "day" in parts and "-" in text and not 30 <= int(parts["day"]) <= 96:
            # 01-02-03; feeds began in 1997, so that 03-12-31 has one reading only.
            return _none(f"ambiguous date {text!r}")
        return _assemble(
            found, int(parts.get("day") or 1), int(parts.get("month") or 1), text
        )
    if re.fullmatch(r"[1-9](?:19|20)\d\d", text):
        return _none(f"ambiguous date {text!r}")  # a day of a year, or M YYYY
    start = datetime(_year(found["year"]), 1, 1, tzinfo=UTC)
    at = start + timedelta(days=int(found["ordinal"]) - 1)
    if at.year != start.year:
        return _none(f"no such day: {text!r}")
    return ParsedDate(at=at, has_time=False)


def _from_numbers(found: re.Match[str], text: str) -> ParsedDate:
    """1/2/2006: the order shows, or an American clock or the day's name tells it."""
    first, second = int(found["first"]), int(found["second_"])
    as_day_first = _assemble(found, first, second, text)
    as_month_first = _assemble(found, second, first, text)
    if as_day_first.at is None or as_month_first.at is None or first == second:
        return as_month_first if as_day_first.at is None else as_day_first
    if found["sep"] == ".":
        return as_day_first
    if found["sep"] == "/" and (found["half"] or _is_american(found["zone"])):
        return as_month_first
    return _none(f"ambiguous date {text!r}")


def _is_american(zone: str | None) -> bool:
    return bool(re.fullmatch(r"\s*\(?[ecmp][sd]?t\)?\s*", zone or "", re.I))


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _assemble(found: re.Match[str], day: int, month: int, text: str) -> ParsedDate:
    """The instant of a day and of the groups for year, clock and zone."""
    parts = found.groupdict()
    try:
        local = datetime(_year(parts["year"]), month, day, tzinfo=UTC)
    except ValueError:
        return _none(f"no such day: {text!r}")
    if parts.get("hour") is None:
        return ParsedDate(at=local, has_time=False)
    clock = _clock(parts)
    if clock is None:
        return _none(f"no such time: {text!r}")
    zone = (parts.get("zone") or "").strip()
    ahead = zones.offset(zone, local + clock) if zone else _unsaid(parts, text)
    if isinstance(ahead, str):
        return _none(ahead)
    try:
        return ParsedDate(at=local + clock - ahead)
    except OverflowError:
        return _none(f"beyond the calendar: {text!r}")


def _clock(parts: dict[str, str | None]) -> timedelta | None:
    """Time since midnight, or None where no clock shows it."""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts.get("second") or 0)
    half = months.half(parts.get("half") or "") or months.half(parts.get("before") or "")
    if half is not None and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    is_midnight = hour == 24 and minute == second == 0
    # A leap second is written :60.
    if (hour > 23 and not is_midnight) or minute > 59 or second > 60:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _unsaid(parts: dict[str, str | None], text: str) -> timedelta | str:
    """The zone where none is given: UTC, or where the language is at home in one."""
    before = parts.get("before") or ""
    if before in ("오전", "오후", "午前", "午後") or "년" in text:
        return timedelta(hours=9)  # Korea, Japan
    if before in ("上午", "下午"):
        return timedelta(hours=8)  # China, Hong Kong, Taiwan, Singapore
    return "no time zone" if "年" in text else timedelta(0)
