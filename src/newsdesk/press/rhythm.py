"""When news happens and how fast outlets follow: days, nights, weekends, delays."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsdesk.press.dice import Dice
from newsdesk.press.records import PublisherKind as Kind

# Share of the day's news by hour UTC: quiet nights, a peak before noon.
_HOURS = tuple(
    map(int, "1 1 1 1 2 4 7 9 11 12 12 11 10 11 11 10 8 7 5 4 3 3 2 1".split())
)
_WEEKEND = 0.45
"""Weight of a Saturday or Sunday against a weekday."""


def moment_of_news(start: datetime, days: int, dice: Dice) -> datetime:
    """A moment at which something happens, within the days of a world."""
    numbers = range(days)
    weights = [
        _WEEKEND if (start + timedelta(days=day)).weekday() > 4 else 1.0
        for day in numbers
    ]
    day = dice.weighted(numbers, weights)
    hour = dice.weighted(range(24), _HOURS)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + timedelta(days=day, hours=hour, seconds=dice.below(3600))
    # A world that starts at noon owes nobody its first morning.
    return moment if moment >= start else moment + timedelta(days=1)


def delay(place: int, kind: Kind, dice: Dice) -> timedelta:
    """How long after an event an outlet reports; `place` 0 is the first to do so."""
    if place == 0:
        return timedelta(0)
    if kind in (Kind.AGENCY, Kind.RELEASES, Kind.COMPANY, Kind.LAB):
        return timedelta(minutes=2 + dice.wait(9))
    if kind is Kind.BLOG or (kind is Kind.TRADE and dice.chance(0.3)):
        return timedelta(hours=4 + dice.wait(12))
    if dice.chance(0.08):
        return timedelta(hours=16 + dice.between(1, 10))
    return timedelta(minutes=9 + dice.wait(110))
