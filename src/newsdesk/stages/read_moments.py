"""Moments as pages write them into attributes and structured data.

Notations that content systems get wrong in known ways are mended, the rest is
`text.dates`' and `text.datelines`' work. Which of a page's moments is the article's is
for `read_dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.text import datelines, dates, language, urls
from newsdesk.text.datelines import NOWHERE, Place

MAX_CHARS = 160
"""Characters of a value; a longer one is no date."""
MONTH_FIRST = frozenset(("us", "ph"))
"""Countries whose English writes the month first; Canada writes both."""
_UNDECIDED = frozenset((None, "ca"))
_GENERIC = frozenset("tv io co me ai fm ly to cc ws la eu".split())
"""Two-letter endings that say nothing of a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time as a page tells it."""

    at: datetime
    """In UTC; where no zone is told, the time as if it were UTC."""
    has_time: bool
    ahead: timedelta | None = None
    """How far the zone that is told is ahead of UTC; None: none is told."""
    by: str
    """Who says so."""

    @property
    def local(self) -> datetime:
        """What the clock showed where it was written."""
        return self.at + (self.ahead or timedelta(0))

    @property
    def is_midnight(self) -> bool:
        """Whether the time is the start of a day, as templates write a day alone."""
        return not self.has_time or self.local.time() == datetime.min.time()


_EPOCH = re.compile(r"(?:/?Date\(|@)?(-?\d{10}|\d{13})(?:\d{3}|\.\d+)?(?:\)/?)?$")
_DOUBLE_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})(?:Z|[+-]\d{2}:?\d{2})$", re.I)
_PLACE_NAME = re.compile(r"\[[A-Za-z_+/-]+\]$")
_LOST_PLUS = re.compile(
    r"(?<=\d:\d\d) (?=\d{2}:?\d{2}$)|(?<=\d\.\d{3}) (?=\d{2}:?\d{2}$)"
)
# `T` taken for PHP's letter that prints the zone: 2024-05-01CEST10:00:00.
_ZONE_AS_T = re.compile(r"^(\d{4}-\d\d-\d\d)([A-Z]{3,5})(\d\d:\d\d(?::\d\d)?)(.*)$")
_SHORT_ZONE = re.compile(r"([T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?[+-])(\d):?(\d{2})$")
_SHORTEST_ZONE = re.compile(r"([T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?[+-]\d{2})$")
_BARE_HOUR = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d)$")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:[.,]0+)?)?(?:Z|\s?[+-]00:?00)?$", re.I)
_RUN_TOGETHER = re.compile(r"^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$")


def moment(value: str, *, by: str = "", place: Place = NOWHERE) -> Moment | None:
    """The moment that a value names, or None where it names none.

    A time of midnight without a zone, or at Greenwich, is how templates write a day.
    """
    text = _mended(datelines.folded(value.strip()[: MAX_CHARS + 1]))
    if not text or len(text) > MAX_CHARS:
        return None
    if epoch := _EPOCH.match(text):
        return _counted(epoch[1], by)
    parsed = dates.parse(text)
    if parsed.at is not None and 1500 < parsed.at.year < datelines.YEARS_ELSEWHERE:
        has_time = parsed.has_time and not _MIDNIGHT.search(text)
        return Moment(at=parsed.at, has_time=has_time, ahead=parsed.ahead, by=by)
    told = datelines.first(text, place)
    if told is None:
        return None
    has_time = told.has_time and not _MIDNIGHT.search(text)
    return Moment(at=told.at, has_time=has_time, ahead=told.ahead, by=by)


def moments(values: Iterable[str], by: str, place: Place) -> Iterator[Moment]:
    """Those of the values that name a moment."""
    for value in values:
        read = moment(value, by=by, place=place)
        if read:
            yield read


def values(value: Any) -> tuple[str, ...]:
    """The texts and numbers in a value of structured data."""
    found = []
    for one in read_jsonld.items(value):
        if isinstance(one, int | float) and not isinstance(one, bool):
            found.append(f"{one:.0f}")
        elif text := read_jsonld.text(one):
            found.append(text)
    return tuple(found)


def place_of(clues: Clues) -> Place:
    """Where the page is at home, by what it declares and its domain's ending."""
    told = (clues.html_lang, clues.first("og:locale", "content-language"))
    spoken = next((code for one in told if (code := language.primary(one))), None)
    ending = (urls.host(clues.url) or "").rsplit(".", 1)[-1]
    country = ending if len(ending) == 2 and ending not in _GENERIC else None
    if country is None:
        regions = (_region(one) for one in told if one)
        country = next((one for one in regions if one), None)
    return Place(
        language=spoken, is_month_first=_order(spoken, country), country=country
    )


def _region(tag: str) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}[-_]([A-Za-z]{2})\b", tag)
    return found[1].lower() if found else None


def _order(spoken: str | None, country: str | None) -> bool | None:
    """Whether the month comes first; None where that depends on the writer."""
    if spoken in ("tl", "fil"):
        return True
    if spoken not in (None, "en"):
        return False
    if country in _UNDECIDED:
        return None
    return country in MONTH_FIRST


def _mended(text: str) -> str:
    """A notation that programs print by mistake as it was meant."""
    text = _PLACE_NAME.sub("", _DOUBLE_ZONE.sub(r"\1", text))
    text = _LOST_PLUS.sub("+", text)
    if found := _ZONE_AS_T.match(text):
        day, zone, clock, rest = found.groups()
        text = f"{day}T{clock}{rest}" if rest else f"{day} {clock} {zone}"
    if found := _RUN_TOGETHER.match(text):
        year, month, number, hour, minute, second = found.groups()
        text = f"{year}-{month}-{number} {hour}:{minute}:{second or '00'}"
    text = _SHORT_ZONE.sub(r"\g<1>0\2:\3", text)
    text = _SHORTEST_ZONE.sub(r"\1:00", text)
    return _BARE_HOUR.sub(r"\1:00", text)


def _counted(digits: str, by: str) -> Moment | None:
    seconds = int(digits) / (1000 if len(digits) == 13 else 1)
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Moment(at=at, has_time=True, ahead=timedelta(0), by=by)
