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
_WEB = 1990
_GREENWICH = timedelta(0)
_AHEAD = timedelta(days=1)
"""Clocks and zones go wrong by hours, embargoes by days."""
# Where Unix, Windows and spreadsheets begin to count.
_ZEROS = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1601, 1, 1, tzinfo=UTC),
    datetime(1899, 12, 30, tzinfo=UTC),
    datetime(1900, 1, 1, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """What a text says about time."""

    at: datetime | None
    """In UTC."""
    has_time: bool = True
    """False: only the day is known (or less), and the time of `at` is 00:00."""
    ahead: timedelta | None = None
    """How far the zone that the text names is ahead of UTC; None: it names none."""
    note: str | None = None
    """Why there is no instant."""


# Quarter past nine, in digits: what stands before it is the day, what follows the zone.
_CLOCK = re.compile(
    r"(?<![\d:.+\-\u2212])(\d{1,2})[:h](\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?(?!\d)"
    r"\s*([ap]\.?m\b\.?)?"
)
_DOTTED_CLOCK = re.compile(
    r"(?<=\s)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![.\d])\s*([ap]\.?m\b\.?)?"
)
_YEAR_LAST = re.compile(
    r"\s*(?P<zone>[^\d+-].*?|[+-]\d{4})??\s*(?<![\d:+-])(?P<year>\d{4})\s*(?P<late>[a-z]{2,5})?"
)
_DAY_LAST = re.compile(r"[\s,]*(?P<day>.*?\d{4})(?P<zone>\s+[a-z+\-].*)?")
_LOOSE_ZONE = re.compile(
    r"(?<=\d)(?:\s+[+-]\d{4}|\s*[+-]\d\d:\d\d|\s*z|\s+[a-z]{3,4}|\s+\(.*\))$"
)
_LEADING_NAME = re.compile(r"[^\W\d_]{2,14}\.?\s?,")
_HOURS = frozenset(("uhr", "hrs", "hs", "h"))
_WORDS = re.compile(r"\d+|[^\W\d_]+(?:\.m\.?)?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)(?![^\W\d_])")
_FILLERS = frozenset(
    "t at um de of the of le den der il alle ore kl klo a à г року feira uhr on del".split()
)
_SIGNS = frozenset("年月日년월일")
_YMD = re.compile(
    r"(\d{4})(?:\s?[-/.]\s?|\s?[年년]\s?)(\d{1,3})(?:\s?[-/.]\s?|\s?[月월]\s?)(\d{1,2})\s?[日일]?"
)
_EASTERN_CLOCK = re.compile(
    r"(\d{1,2})\s?[時时点點시]\s?(\d{1,2})\s?[分분](?:\s?(\d{1,2})\s?[秒초])?"
)
_EASTERN_DAY = re.compile(
    r"\s?[(（][月火水木金土日월화수목금토일][)）]|[月火水木金土日]曜日?|[월화수목금토일]요일"
    r"|(?:星期|周|週)[一二三四五六日天]"
)
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?([z+\-].*)?)?"
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
        return quick
    return _read(cleaned)


def doubt(at: datetime, now: datetime | None) -> str | None:
    """Why an instant is hardly true: ahead of `now` or before there was a web."""
    if now is not None and at > now + _AHEAD:
        return f"in the future: {at:%Y-%m-%d}"
    if at.year < _WEB:
        return f"before the web: {at.year:04}{at:-%m-%d}"
    return None


def is_placeholder(at: datetime) -> bool:
    """Whether an instant is what programs print for no date at all."""
    if at.year <= 1:
        return True
    return any(abs(at - zero) < _AHEAD for zero in _ZEROS)


def _none(note: str) -> ParsedDate:
    return ParsedDate(at=None, note=note)


def _quick(text: str) -> ParsedDate | None:
    """The usual case, or None where a closer look is needed."""
    try:
        if found := _W3CDTF.fullmatch(text):
            year, month, day, hour, minute, second, hours, minutes = found.groups()
            number = int(month)
        elif found := _RFC_822.fullmatch(text):
            day, month, year, hour, minute, second, hours, minutes = found.groups()
            number = _ENGLISH[month]
        else:
            return None
        clock = int(hour), int(minute), int(second)
        at = datetime(int(year), number, int(day), *clock, tzinfo=UTC)
    except (ValueError, KeyError):
        return None
    if not hours or hours[1:] + minutes == "0000":
        return ParsedDate(at=at, ahead=_GREENWICH)
    if int(hours[1:]) > zones.MAX_WEST or int(minutes) > 59:
        return None
    ahead = timedelta(hours=int(hours[1:]), minutes=int(minutes))
    ahead = -ahead if hours[0] == "-" else ahead
    try:
        return ParsedDate(at=at - ahead, ahead=ahead)
    except OverflowError:
        return None


def _read(text: str) -> ParsedDate:
    """A date in any other form."""
    if epoch := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(epoch[1]), UTC)
        return ParsedDate(at=at, ahead=_GREENWICH)
    lowered = text.lower()
    if compact := _COMPACT.fullmatch(lowered):
        return _compact(compact, text)
    for pattern in _REDUCED:
        if found := pattern.fullmatch(lowered):
            return _reduced(found.groupdict(), text)
    try:
        return _split(lowered)
    except _DateError as problem:
        return _none(f"{problem}: {text[:60]!r}")


class _DateError(Exception):
    """Why a text is no date."""


def _split(text: str) -> ParsedDate:
    """The day from what stands before the clock, the zone from what follows it."""
    if "年" in text or "년" in text:
        text = _EASTERN_DAY.sub(" ", _EASTERN_CLOCK.sub(_with_colons, text))
    clock = _CLOCK.search(text) or _DOTTED_CLOCK.search(text)
    if clock is None:
        day = _day(_LOOSE_ZONE.sub("", text), None)
        return ParsedDate(at=day, has_time=False)
    before, zone, year = text[: clock.start()], text[clock.end() :], None
    if not any(map(str.isdecimal, before)):
        found = _DAY_LAST.fullmatch(zone)
        if found is None:
            raise _DateError("no day")
        before, zone = before + found["day"], found["zone"] or ""
    elif found := _YEAR_LAST.fullmatch(zone):
        year, zone = found["year"], found["zone"] or found["late"] or ""
        if zone.strip() == "cst":
            # Java prints it so on servers in China as well as in Chicago.
            raise _DateError("ambiguous time zone CST")
    local = _day(before, year, is_american=bool(clock[4]) or _is_american(zone))
    local += _clock(clock, months.half_in(before))
    zone = zone.strip(" ,:")
    return _in_zone(local, "" if zone in _HOURS else zone, text)


def _with_colons(found: re.Match[str]) -> str:
    return ":".join(part for part in found.groups() if part) + " "


def _in_zone(local: datetime, zone: str, text: str) -> ParsedDate:
    ahead = zones.offset(zone, local) if zone else _unsaid(text)
    if isinstance(ahead, str):
        raise _DateError(ahead)
    try:
        return ParsedDate(at=local - ahead, ahead=ahead if zone or ahead else None)
    except OverflowError:
        raise _DateError("beyond the calendar") from None


def _day(text: str, year: str | None, *, is_american: bool = False) -> datetime:
    """The day that a text without clock and zone names; `year` where it came later."""
    words = _WORDS.findall(_ORDINAL.sub("", text))
    names = [word for word in words if not word.isdecimal()]
    numbers = [word for word in words if word.isdecimal()]
    if year is not None:
        numbers.append(year)
    unknown = [name for name in names if not _is_known(name)]
    if len(unknown) > 1 and (unknown[0] == "mar" or _LEADING_NAME.match(text)):
        # A day's name in some language; `mar.` is one in three, as well as a month.
        unknown = unknown[1:]
    month = months.month(unknown[0]) if len(unknown) == 1 else None
    if month is not None:
        return _named_day(numbers, month)
    if unknown:
        raise _DateError(f"no month called {unknown[0]!r}")
    bare = _without_names(text, names)
    if found := _YMD.fullmatch(bare):
        return _date(found[1], int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(bare):
        return _numbered_day(found, months.weekday(names), is_american=is_american)
    raise _DateError("not a date")


def _is_known(name: str) -> bool:
    """Whether a word next to a day says nothing more about it."""
    if months.is_day_name(name) or months.half(name) is not None:
        return months.month(name) is None
    return name in _FILLERS or name in _SIGNS


def _without_names(text: str, names: list[str]) -> str:
    """The digits and what separates them."""
    for name in names:
        if name not in _SIGNS:
            text = text.replace(name, " ", 1)
    return text.strip(" ,.-t")


def _named_day(numbers: list[str], month: int) -> datetime:
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return _date(numbers[0], month, 1)
    if len(numbers) != 2:
        raise _DateError("not a date")
    first, second = numbers
    if len(first) == 4 and len(second) <= 2:
        return _date(first, month, int(second))
    if len(first) > 2 or len(second) not in (2, 4):
        raise _DateError("not a date")
    return _date(second, month, int(first))


def _numbered_day(
    found: re.Match[str], weekday: int | None, *, is_american: bool
) -> datetime:
    """1/2/2006: the day's name, the order, or an American clock tells which is which."""
    first, separator, second, year = found.groups()
    readings = {}
    for order, (day, month) in {
        "day": (first, second),
        "month": (second, first),
    }.items():
        try:
            readings[order] = _date(year, int(month), int(day))
        except _DateError:
            continue
    fitting = [at for at in readings.values() if at.weekday() == weekday]
    if len(set(fitting)) == 1:
        return fitting[0]
    if len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    if not readings:
        raise _DateError("no such day")
    if separator == ".":
        return readings["day"]
    if separator == "/" and is_american:
        return readings["month"]
    raise _DateError("ambiguous date")


def _is_american(zone: str) -> bool:
    return bool(re.fullmatch(r"\s*\(?[ecmp][sd]?t\)?\s*", zone))


def _date(year: str, month: int, day: int) -> datetime:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < _PIVOT else 1900
    try:
        return datetime(number, month, day, tzinfo=UTC)
    except (ValueError, OverflowError):
        raise _DateError("no such day") from None


def _clock(found: re.Match[str], half_before: str | None) -> timedelta:
    """Time since midnight."""
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = months.half(found[4] or "") or half_before
    if half is not None and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    is_midnight = hour == 24 and minute == second == 0
    # A leap second is written :60.
    if (hour > 23 and not is_midnight) or minute > 59 or second > 60:
        raise _DateError("no such time")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _unsaid(text: str) -> timedelta:
    """The zone where none is given: UTC, or where the language is at home in one."""
    if any(sign in text for sign in ("오전", "오후", "년", "午前", "午後")):
        return timedelta(hours=9)  # Korea, Japan
    if "上午" in text or "下午" in text:
        return timedelta(hours=8)  # China, Hong Kong, Taiwan, Singapore
    return timedelta(0)


def _compact(found: re.Match[str], text: str) -> ParsedDate:
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        local = _date(year, int(month), int(day))
        if hour is None:
            return ParsedDate(at=local, has_time=False)
        if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60:
            return _none(f"no such time: {text!r}")
        local += timedelta(
            hours=int(hour), minutes=int(minute), seconds=int(second or 0)
        )
        return _in_zone(local, zone or "", text)
    except _DateError as problem:
        return _none(f"{problem}: {text!r}")


def _reduced(parts: dict[str, str], text: str) -> ParsedDate:
    try:
        if "ordinal" in parts:
            return _ordinal(parts, text)
        month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
        if "day" in parts and "-" in text and not 30 <= day <= 96:
            # 01-02-03; feeds began in 1997, so that 03-12-31 has one reading only.
            return _none(f"ambiguous date: {text!r}")
        return ParsedDate(at=_date(parts["year"], month, day), has_time=False)
    except _DateError as problem:
        return _none(f"{problem}: {text!r}")


def _ordinal(parts: dict[str, str], text: str) -> ParsedDate:
    """A day of a year."""
    if re.fullmatch(r"[1-9](?:19|20)\d\d", text):
        return _none(f"ambiguous date: {text!r}")  # or M YYYY
    start = _date(parts["year"], 1, 1)
    try:
        at = start + timedelta(days=int(parts["ordinal"]) - 1)
    except OverflowError:
        raise _DateError("no such day") from None
    if at.year != start.year:
        return _none(f"no such day: {text!r}")
    return ParsedDate(at=at, has_time=False)
