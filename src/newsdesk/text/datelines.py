"""Days and times amid the words of a page: `Publié le 1er mai 2024 à 10h30`.

Finds a day in the languages of the press, in any digits and in the calendars of Thailand
and Iran, with the clock and zone that stand next to it. A day that can be read in two
ways is left out unless the page's language settles it. Single notations that programs
write are for `text.dates`; whether a day is the article's is for the reader of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from newsdesk.text import calendars, months, zones

BEFORE: Final = 34
"""Characters before a year in which its day and month stand."""
AFTER: Final = 26
"""Characters after a year in which its day and month stand."""
BESIDE: Final = 28
"""Characters beside a day in which its clock stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page is at home, as far as it decides how dates are read."""

    language: str | None = None
    """Primary subtag."""
    is_month_first: bool | None = None
    """Whether 5/1 is the first of May; None: nobody can tell."""
    country: str | None = None
    """Two letters, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A day that a text names."""

    start: int
    end: int
    at: datetime
    """In UTC; where no zone is told, the time as if it were UTC."""
    has_time: bool
    ahead: timedelta | None
    """How far the zone that is told is ahead of UTC; None: none is told."""


# What vowel signs and tone marks are made of: no letters to `re`, but parts of words.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670\u0900-\u0963\u0980-\u09e3\u0a00-\u0dff"
    "\u0e30-\u0e4e\u0eb0-\u0ecd\u200c\u200d"
)
_WORD = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
# Thai months in short have dots inside: ม.ค., มิ.ย.
_NAME = rf"(?:[\u0e01-\u0e2e][\u0e34-\u0e3a]?\.[\u0e01-\u0e2e]\.|(?:{_WORD}\s)?{_WORD})"
_OF = (
    r"(?:(?:de|del|of|di|d['’]|den|da|ta['’]?|ng|bulan|tháng|เดือน|ماه|من|شهر|года|року)"
    r"\s+)?"
)
_YEAR_WORD = r"(?:(?:de|del|of|di|năm|พ\.ศ\.|ค\.ศ\.|tahun|سنة|عام|سال)\s*)?"
_YEAR = re.compile(
    r"(?:20[0-4]\d|19[89]\d|1[34]\d\d|25[4-9]\d)(?!\d|[.,]\d{3}(?!\d)|[%°€$£])"
    r"(?:(?<![\d/.-].{4})|(?<=\w[/.-].{4}))"
)
_ORDINAL = r"(?:st|nd|rd|th|er|ère|º|ª|°|\.º|ος|η|ին|-?го|-?ше|-?жы)?"
_DAY_MONTH = re.compile(
    rf"(?<![\d.,/:-])(\d{{1,2}}){_ORDINAL}(?:[.,/\s-]+|(?=[^\W\d_])){_OF}"
    rf"({_NAME})[.,/\s-]*{_YEAR_WORD}$",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"({_NAME})\.?[\s-]*(?<!\d)(\d{{1,2}}){_ORDINAL}[.,\s-]+{_YEAR_WORD}$", re.I
)
_NUMBERS = re.compile(
    rf"(?<![\d.,/:-])(\d{{1,2}})\s?([./\u2044-])\s?(\d{{1,2}})\s?\2\s?{_YEAR_WORD}$"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:tháng|thg|th)\s*(\d{1,2}),?\s*(?:năm\s*)?$", re.I
)
_THEN_MONTH = re.compile(
    r"\s?(?:[-/.]|[年년])\s?(\d{1,2})\s?(?:[-/.]|[月월])\s?(\d{1,2})(?!\d)(?:\s?[日일号號]|\.)?"
)
_THEN_NAME = re.compile(
    rf"(?:\.?\s?(?:gada|g|m|ko|eko|г|оны|年)\.?)?[.,\s-]+({_WORD})\.?(?:ren|aren)?[\s-]+"
    r"(\d{1,2})(?!\d|(?:st|nd|rd|th)?\s*[.,]?\s*\d{4})(?:\.|\s?d\.?|a|an|ean|eko)?",
    re.I,
)
_THEN_DAY_NAME = re.compile(rf"\.?\s?(?:gada\s+)?(\d{{1,2}})\.\s?({_WORD})", re.I)
_LINK = (
    r"(?:at|um|à|às|alle(?:\s+ore)?|ore|a\s+las|a\s+les|kl|klo|klokka|klukkan|ob|u|v|w|"
    r"o\s*godz|godz|ora|orele|saat|kello|la\s+ora|в|о|об|у|във|ώρα|στις|lúc|pukul|jam|pkl|"
    r"pm|время|час|בשעה|الساعة|ساعت|वाजता|บน|เวลา|นาฬิกา|ժամը|h|hour|time|ngày|på|den|"
    r"le|il|on|og|a|e|и|և|ve)"
)
_HALF_BEFORE = "上午|下午|午前|午後|早上|晚上|凌晨|中午|오전|오후"
_CLOCK_TEXT = (
    rf"(?P<early>{_HALF_BEFORE})?\s?"
    r"(?P<hour>\d{1,2})(?:\s?[:.hH時时시ʰ：]\s?|\s[hH]\s)(?P<minute>\d{2})"
    r"(?:\s?[:.분分]\s?(?P<second>\d{2})秒?(?!\d)|\s?[분分])?(?!\s?[.,:/-]?\d)"
    r"(?P<half>\s?(?:[ap]\.?\s?m\b\.?|[πμ]\.?μ\b\.?|[صم](?![^\W\d_])|SA\b|CH\b|"
    r"صباحا?ً?|مساءً?))?"
)
_CLOCK_AFTER = re.compile(
    rf"\.?(?:\s*[,|•·–—/(@-]+\s*|\s+|(?<=[日일号號]))"
    rf"(?:\(?(?!{_HALF_BEFORE}){_WORD}(?:\)\s*|[.,:\s]+)){{0,3}}\(?"
    rf"{_CLOCK_TEXT}",
    re.I,
)
_LONE_HOUR = re.compile(
    r"(?:\s*[,|•·–—/(@-]+\s*|\s+)(?:at\s+)?(?P<hour>1[0-2]|[1-9])\s?(?P<half>[ap]\.?m\b\.?)",
    re.I,
)
_CLOCK_BEFORE = re.compile(
    rf"(?<![\d:.,])(?:{_CLOCK_TEXT})(?P<zone>\s*\(?[A-Za-z]{{2,5}}\)?)?\s?(?:Uhr|hrs|น\.?)?"
    rf"(?:\s*[,|•·–—/)@-]+\s*|\s+)(?:{_LINK}\b\.?\s*|{_WORD},?\s*){{0,2}}$",
    re.I,
)
_ZONE_AFTER = re.compile(
    r"\s*(?:Uhr|hrs|horas|h\b|น\.|ч\.)?\s*[(,\[]?\s*((?:GMT|UTC)?\s?[+−-]\s?\d{1,2}(?::?\d{2})?(?!\d)|"
    r"(?:[A-Za-z]{2,5}|мск)(?![^\W_]))",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]")
_DIGITS = {
    zero + digit: str(digit)
    for zero in (
        0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
        0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10,
    )
    for digit in range(10)
}  # fmt: skip
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x200E: None, 0x200F: None}
_FOLD = {**_DIGITS, **_SPACES, 0x2011: "-", 0x2010: "-"}
_FOLDABLE = re.compile(f"[{''.join(map(chr, _FOLD))}]")
NOWHERE: Final = Place()
YEARS_ELSEWHERE: Final = calendars.BUDDHIST_FROM
"""A year from here on is not of the Gregorian calendar."""


def folded(text: str) -> str:
    """The text in Western digits, odd spaces and direction marks folded."""
    if text.isascii() or not _FOLDABLE.search(text):
        return text
    return text.translate(_FOLD)


def told(text: str, place: Place = NOWHERE) -> Iterator[Told]:
    """The days in a text that `folded` prepared, in order, with their clocks."""
    last = 0
    for year in _YEAR.finditer(text):
        found = _before(text, year, last, place) or _after(text, year, place)
        if found is None:
            continue
        start, end, day = found
        if start < last:
            continue
        one = _timed(text, start, end, day, last, place)
        last = one.end
        yield one


def first(text: str, place: Place = NOWHERE) -> Told | None:
    """The first day that a text names, or None."""
    return next(told(folded(text), place), None)


def _before(
    text: str, year: re.Match[str], floor: int, place: Place
) -> tuple[int, int, datetime] | None:
    """A day that ends in its year."""
    base = max(floor, year.start() - BEFORE)
    window = text[base : year.start()]
    day = None
    if found := _VIETNAMESE.search(window):
        day = _day(year[0], int(found[2]), found[1], place)
    elif found := _NUMBERS.search(window):
        day = _in_order(year[0], found[1], found[3], found[2], place)
    elif found := _DAY_MONTH.search(window):
        day = _named(year[0], found[2], found[1], place)
    if day is None and (found := _MONTH_DAY.search(window)):
        day = _named(year[0], found[1], found[2], place)
        # `Updated May 1`: the first of two words is the month's only in Arabic.
        if " " in found[1] and months.month(found[1]) is None:
            base += found[1].index(" ") + 1
    if found is None or day is None:
        return None
    return base + found.start(), year.end(), day


def _after(
    text: str, year: re.Match[str], place: Place
) -> tuple[int, int, datetime] | None:
    """A day that begins with its year."""
    end = year.end()
    window = text[end : end + AFTER]
    day = None
    if found := _THEN_MONTH.match(window):
        day = _day(year[0], int(found[1]), found[2], place)
    elif found := _THEN_NAME.match(window):
        day = _named(year[0], found[1], found[2], place)
    if day is None and (found := _THEN_DAY_NAME.match(window)):
        day = _named(year[0], found[2], found[1], place)
    if found is None or day is None:
        return None
    return year.start(), end + found.end(), day


def _named(year: str, name: str, day: str, place: Place) -> datetime | None:
    """A day by its month, whose name is among two words or is both."""
    for one in (name, *name.split()):
        if (number := calendars.jalali_month(one)) is not None:
            return calendars.from_jalali(int(year), number, int(day))
        number = months.month(one, place.language)
        if number is not None:
            return _day(year, number, day, place)
    return None


def _in_order(
    year: str, first: str, second: str, separator: str, place: Place
) -> datetime | None:
    """1/5/2024: the first of May, or of January fifth in the language's order."""
    one, two = int(first), int(second)
    if one == two or one > 12 or separator == ".":
        return _day(year, two, first, place)
    if two > 12:
        return _day(year, one, second, place)
    if place.is_month_first is None:
        return None
    if place.is_month_first:
        return _day(year, one, second, place)
    return _day(year, two, first, place)


def _day(year: str, month: int, day: str, place: Place) -> datetime | None:
    """A day of the calendar that its year is of; None where that cannot be told."""
    number = int(year)
    if number < 1500:
        # Also years of the Hijra, whose months begin by the moon: no table tells them.
        if place.language in calendars.JALALI_LANGUAGES:
            return calendars.from_jalali(number, month, int(day))
        return None
    if number > calendars.BUDDHIST_FROM:
        number -= calendars.BUDDHIST_AHEAD
    try:
        return datetime(number, month, int(day), tzinfo=UTC)
    except ValueError:
        return None


def _timed(
    text: str, start: int, end: int, day: datetime, floor: int, place: Place
) -> Told:
    """The day with the clock that follows it or stands before it."""
    limit = end + BESIDE
    found = _CLOCK_AFTER.match(text, end, limit) or _LONE_HOUR.match(text, end, limit)
    if found and (clock := _clock(found)) is not None:
        zone = _ZONE_AFTER.match(text, found.end(), found.end() + 14)
        ahead = _ahead(zone[1] if zone else "", day + clock, place)
        stop = zone.end() if zone and ahead is not None else found.end()
        return _placed(start, stop, day + clock, ahead)
    base = max(floor, start - BESIDE)
    found = _CLOCK_BEFORE.search(text[base:start])
    if found and (clock := _clock(found)) is not None:
        ahead = _ahead(found["zone"] or "", day + clock, place)
        return _placed(base + found.start(), end, day + clock, ahead)
    return Told(start=start, end=end, at=day, has_time=False, ahead=None)


def _placed(start: int, end: int, local: datetime, ahead: timedelta | None) -> Told:
    at = local - (ahead or timedelta(0))
    return Told(start=start, end=end, at=at, has_time=True, ahead=ahead)


_LATE = frozenset(("下午", "午後", "晚上", "오후", "pm", "μμ", "م", "ch", "مساء"))
_EARLY = frozenset(
    ("上午", "午前", "早上", "凌晨", "오전", "am", "πμ", "ص", "sa", "صباح")
)


def _clock(found: re.Match[str]) -> timedelta | None:
    """Time since midnight; None where there is no such time."""
    parts = found.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    second = int(parts.get("second") or 0)
    half = (parts.get("early") or parts.get("half") or "").lower()
    half = re.sub(r"[\s.]|ا?ً?$", "", half)
    if half in _LATE and hour < 12:
        hour += 12
    elif half in _EARLY and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _ahead(zone: str, local: datetime, place: Place) -> timedelta | None:
    """The offset of a zone as written; None where it is none, or one of several."""
    name = zone.strip(" ()").replace(" ", "")
    return zone_ahead(name, local, place) if name else None


# Zones of one name and several places: by country or language, hours ahead of UTC.
_AT_HOME: Final[dict[str, dict[str, float]]] = {
    "ist": {"in": 5.5, "hi": 5.5, "lk": 5.5, "": 5.5, "ie": 1, "il": 2, "he": 2},
    "bst": {"bd": 6, "bn": 6},
    "cst": {"cn": 8, "zh": 8, "tw": 8, "hk": 8, "cu": -5},
    "ast": {"sa": 3, "ar": 3, "qa": 3, "kw": 3},
    "sst": {"sg": 8},
    "amt": {"br": -4, "am": 4, "hy": 4},
}


def zone_ahead(name: str, local: datetime, place: Place) -> timedelta | None:
    """How far ahead of UTC a zone is, where its name or the page's home tells it."""
    lowered = name.lower()
    homes = _AT_HOME.get(lowered)
    if homes is not None:
        hours = homes.get(place.country or "", homes.get(place.language or ""))
        if lowered in ("ist",) and place.country == "il":
            hours = 2 + zones.is_european_summer(local, 2)
        if hours is None and place.country in (None, "us", "com"):
            hours = homes.get("")
        if hours is not None:
            return timedelta(hours=hours)
    ahead = zones.offset(name, local)
    return None if isinstance(ahead, str) else ahead
