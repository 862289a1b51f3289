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
    "mest": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "msd": 4, "trt": 3, "sast": 2,
    "eat": 3, "wat": 1, "cat": 2, "gst": 4, "pkt": 5, "npt": 5.75, "ict": 7, "wib": 7,
    "wita": 8, "wit": 9, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9,
    "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
# North American time of whatever season it is: hours in winter.
_SEASONAL: Final = {"at": -4, "et": -5, "ct": -6, "mt": -7, "pt": -8}
# Said of several zones: Irish, Indian or Israeli; Samoa or Singapore; and so on.
_AMBIGUOUS = frozenset(
    ("ist", "bst", "sst", "amt", "amst", "ect", "gft", "lst", "pyt", "wst", "bt", "sct")
)
# Places by name, as some programs print them: hours in winter, and whose summer time.
_EUROPE = {
    0: "london dublin lisbon belfast",
    1: "berlin paris madrid rome brussels amsterdam vienna zurich stockholm oslo "
    "copenhagen prague warsaw budapest belgrade luxembourg monaco zagreb ljubljana "
    "bratislava malta andorra vaduz",
    2: "athens helsinki kiev kyiv bucharest sofia riga tallinn vilnius",
}
_AMERICA = {
    -5: "new_york toronto detroit montreal",
    -6: "chicago winnipeg",
    -7: "denver edmonton boise",
    -8: "los_angeles vancouver tijuana",
    -4: "halifax",
}
_FIXED = {
    "asia/tokyo": 9, "asia/seoul": 9, "asia/shanghai": 8, "asia/hong_kong": 8,
    "asia/taipei": 8, "asia/singapore": 8, "asia/manila": 8, "asia/kolkata": 5.5,
    "asia/calcutta": 5.5, "asia/dubai": 4, "asia/bangkok": 7, "asia/jakarta": 7,
    "asia/karachi": 5, "asia/dhaka": 6, "america/phoenix": -7, "africa/lagos": 1,
    "africa/nairobi": 3, "africa/johannesburg": 2, "australia/brisbane": 10,
    "europe/moscow": 3, "europe/istanbul": 3, "america/bogota": -5, "america/lima": -5,
}  # fmt: skip
_OFFSET = re.compile(
    r"(?:[a-z]{1,5}\s?)?([+\-\u2212\u2013])-?\s*(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?"
    r"(?:z|\s+[a-z]{1,5}|\s*\([^()]*\))?"
)
_WORD = re.compile(r"[(\[]?([a-zмск_]+(?:/[a-z_]+)?)[)\]]?")
MAX_WEST: Final = 12
MAX_EAST: Final = 14
"""Hours: no place is further from Greenwich (Baker Island and Kiribati)."""


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
    if hours > (MAX_EAST if sign > 0 else MAX_WEST) or minutes > 59:
        return f"impossible time zone {zone!r}"
    return sign * timedelta(hours=hours, minutes=minutes)


def _named(name: str, local: datetime) -> timedelta | str:
    if name in _UTC_NAMES:
        return timedelta(0)
    if name in _HOURS:
        return timedelta(hours=_HOURS[name])
    if name in _SEASONAL:
        return timedelta(hours=_SEASONAL[name] + is_american_summer(local))
    if name in _FIXED:
        return timedelta(hours=_FIXED[name])
    if "/" in name:
        return _at_place(name, local)
    if name == "bst" and is_european_summer(local, 0):
        return timedelta(hours=1)  # Bangladesh never wrote BST without an offset
    if name in _AMBIGUOUS:
        return f"ambiguous time zone {name.upper()}"
    return f"unknown time zone {name.upper()}"


def _at_place(name: str, local: datetime) -> timedelta | str:
    region, _, city = name.partition("/")
    if region == "europe":
        for hours, cities in _EUROPE.items():
            if city in cities.split():
                return timedelta(hours=hours + is_european_summer(local, hours))
    if region == "america":
        for hours, cities in _AMERICA.items():
            if city in cities.split():
                return timedelta(hours=hours + is_american_summer(local))
    return f"unknown time zone {name!r}"


def is_european_summer(local: datetime, hours: int) -> bool:
    """Whether summer time holds in the Union (Directive 2000/84/EC), local in winter."""
    begin = _sunday(local.year, 3, 25) + timedelta(hours=hours - 1)
    end = _sunday(local.year, 10, 25) + timedelta(hours=hours)
    return begin <= local.replace(tzinfo=UTC) < end


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
