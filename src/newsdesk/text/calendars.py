"""Days of other calendars than the Gregorian: the solar one of Iran, Thai years.

Conversion by the 33-year rule of the solar Hijri calendar, which gives the days of every
year from 1343 to 1472 (1964 to 2094). Names of its months in Persian, Dari and English;
years of the lunar Hijra are not converted, their months being announced, not computed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

BUDDHIST_AHEAD: Final = 543
"""Years that the Thai count is ahead."""
BUDDHIST_FROM: Final = 2480
"""A year past it is a Thai one."""
JALALI_LANGUAGES: Final = frozenset(("fa", "ps"))
"""Those in which a year about 1400 is of the solar calendar."""
FIRST, LAST = 1343, 1472
"""Years for which the 33-year rule is right."""

_NAMES = (
    "فروردین حمل farvardin", "اردیبهشت ثور ordibehesht", "خرداد جوزا khordad",
    "تیر سرطان tir", "مرداد امرداد اسد mordad", "شهریور سنبله shahrivar",
    "مهر میزان mehr", "آبان عقرب aban", "آذر قوس azar", "دی جدی dey",
    "بهمن دلو bahman", "اسفند حوت esfand",
)  # fmt: skip
_MONTHS = {
    name: number for number, names in enumerate(_NAMES, 1) for name in names.split()
}
_LEAP_REMAINDERS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_LETTERS = str.maketrans("يكﻱﻙ", "یکیک")
# The first day of 1343 in the West.
_START = datetime(1964, 3, 21, tzinfo=UTC)


def jalali_month(name: str) -> int | None:
    """The number of a month of the solar Hijri calendar, or None."""
    return _MONTHS.get(name.lower().translate(_LETTERS))


def from_jalali(year: int, month: int, day: int) -> datetime | None:
    """Midnight UTC of a day of the solar Hijri calendar; None where there is no such
    day, or the year is not one that we can convert."""
    if not FIRST <= year <= LAST or not 1 <= month <= 12 or day < 1:
        return None
    if day > _length(year, month):
        return None
    days = sum(365 + is_jalali_leap(one) for one in range(FIRST, year))
    days += sum(_length(year, one) for one in range(1, month)) + day - 1
    return _START + timedelta(days=days)


def is_jalali_leap(year: int) -> bool:
    """Whether Esfand has thirty days in a year."""
    return year % 33 in _LEAP_REMAINDERS


def _length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or is_jalali_leap(year) else 29
