"""Time zones as dates name them: offsets, abbreviations, and which of them are ambiguous.

A table instead of the system's zone data, so that the same text gives the same instant
on every machine. An abbreviation that means several zones is refused, not guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_UTC_NAMES = frozenset(
    ("z", "ut", "utc", "gmt", "etc/gmt", "etc/utc", "zulu", "universal", "wet", "uct")
)
# Hours east of Greenwich. RFC 822 section 5.1 for North America, common use for the rest.
_HOURS: Final[dict[str, float]] = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "nst": -3.5,
    "ndt": -2.5, "brt": -3, "brst": -2, "art": -3, "clt": -4, "clst": -3, "cot": -5,
    "pet": -5, "vet": -4, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "met": 1,
    "mest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3, "sast": 2, "eat": 3,
    "wat": 1, "cat": 2, "gst": 4, "pkt": 5, "npt": 5.75, "ict": 7, "wib": 7, "wita": 8,
    "wit": 9, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9,
    "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
# North American time of whatever season it is: hours in winter.
_SEASONAL: Final = {"at": -4, "et": -5, "ct": -6, "mt": -7, "pt": -8}
# Said of several zones: Irish, Indian or Israeli; Samoa or Singapore; and so on.
_AMBIGUOUS = frozenset(
    ("ist", "bst", "sst", "amt", "amst", "ect", "gft", "lst", "pyt", "wst", "bt", "sct")
)
_OFFSET = re.compile(
    r"(?:gmt|utc|ut|z)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?"
    r"(?:\s+\(?[a-z][a-z ./_-]*\)?|\([a-z ./_-]*\))?"
)
_WORD = re.compile(r"\(?([a-z]+(?:/[a-z]+)?)\)?")
MAX_HOURS: Final = 15
"""No place is further from Greenwich (Kiribati is at +14)."""


def offset(zone: str, local: datetime) -> timedelta | str:
    """How far ahead of UTC a zone is at a local time; a string says why not known.

    An empty zone counts as UTC. `local` decides about summer time.
    """
    lowered = zone.strip().lower()
    if not lowered or lowered in _UTC_NAMES:
        return timedelta(0)
    if numeric := _OFFSET.fullmatch(lowered):
        return _numeric(numeric, zone)
    word = _WORD.fullmatch(lowered)
    return _named(word[1], local) if word else f"unknown time zone {zone!r}"


def _numeric(found: re.Match[str], zone: str) -> timedelta | str:
    sign = 1 if found[1] == "+" else -1
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > MAX_HOURS or minutes > 59:
        return f"impossible time zone {zone!r}"
    return sign * timedelta(hours=hours, minutes=minutes)


def _named(name: str, local: datetime) -> timedelta | str:
    if name in _UTC_NAMES:
        return timedelta(0)
    if name in _HOURS:
        return timedelta(hours=_HOURS[name])
    if name in _SEASONAL:
        return timedelta(hours=_SEASONAL[name] + is_american_summer(local))
    if name == "bst" and 4 <= local.month <= 9:
        return timedelta(hours=1)  # Bangladesh never wrote BST without an offset
    if name in _AMBIGUOUS:
        return f"ambiguous time zone {name.upper()}"
    return f"unknown time zone {name.upper()}"


def is_american_summer(local: datetime) -> bool:
    """Whether daylight saving held in the United States (Energy Policy Act of 2005)."""
    year = local.year
    if year >= 2007:
        begin, end = _sunday(year, 3, 8), _sunday(year, 11, 1)
    else:
        begin, end = _sunday(year, 4, 1), _sunday(year, 10, 25)
    return begin <= local.replace(tzinfo=UTC) < end


def _sunday(year: int, month: int, day: int) -> datetime:
    """Two o'clock on the first Sunday on or after a day."""
    start = datetime(year, month, day, 2, tzinfo=UTC)
    return start + timedelta(days=6 - start.weekday())
