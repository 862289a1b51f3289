"""Which outlets tell an event, and in what order: the size of its coverage is drawn, the
specialists of its field come first to mind, companies and labs announce their own."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.press.dice import Dice
from newsdesk.press.happenings import Happening
from newsdesk.press.records import Publisher
from newsdesk.press.records import PublisherKind as Kind
from newsdesk.press.wording import Firm

# How many outlets cover an event: most are small, a few are everywhere.
_SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14)
_SIZE_WEIGHTS = (3, 6, 8, 8, 8, 7, 6, 5, 4, 3)
MANY_PRINT_A_RELEASE = 0.5
"""Share of announced events of which every press-release wire carries the release."""

FIELD_TRADE = {
    "chips": "stackandsolder",
    "robots": "roboticsweek",
    "health": "clinicandcode",
    "security": "patchwork-security",
    "markets": "capitalcircuit",
    "policy": "govtechbulletin",
    "research": "labnotesweekly",
}
"""The trade paper of each field, by its id; it covers nothing else."""

_SPEED = {
    Kind.COMPANY: 0,
    Kind.LAB: 0,
    Kind.RELEASES: 1,
    Kind.AGENCY: 2,
    Kind.BROADCASTER: 3,
    Kind.NEWSPAPER: 3,
    Kind.TRADE: 4,
    Kind.BLOG: 5,
    Kind.SPAM: 6,
}
# Kinds of events that companies announce themselves.
_ANNOUNCED = frozenset(
    "launch funding acquisition partnership earnings leadership openmodel hospital drug "
    "robots fab datacentre benchmark standards".split()
)


def outlets(
    publishers: Sequence[Publisher], happening: Happening, dice: Dice
) -> list[Publisher]:
    """Who covers it, the fastest kind first."""
    size = dice.weighted(_SIZES, _SIZE_WEIGHTS)
    trade = FIELD_TRADE.get(happening.event.field)
    pool = [item for item in publishers if _may_cover(item, happening)]
    weights = {item.id: item.weight * (6 if item.id == trade else 1) for item in pool}
    chosen: list[Publisher] = []
    while pool and len(chosen) < size:
        publisher = dice.weighted(pool, [weights[item.id] for item in pool])
        pool.remove(publisher)
        chosen.append(publisher)
    if any(item.kind is Kind.RELEASES for item in (*chosen, *pool)):
        chosen += _release_wires(pool, happening)
    return sorted(chosen, key=lambda item: _SPEED[item.kind])


def _release_wires(pool: list[Publisher], happening: Happening) -> list[Publisher]:
    dice = Dice("release wires", happening.event.id, happening.event.happened_at)
    if not dice.chance(MANY_PRINT_A_RELEASE):
        return []
    return [item for item in pool if item.kind is Kind.RELEASES]


def _may_cover(publisher: Publisher, happening: Happening) -> bool:
    special = publisher.id in FIELD_TRADE.values()
    if special:
        return FIELD_TRADE.get(happening.event.field) == publisher.id
    is_announced = happening.event.kind in _ANNOUNCED
    if publisher.kind is Kind.COMPANY:
        return is_announced and publisher.name.split()[0] == _hero(happening)
    if publisher.kind is Kind.LAB:
        is_home = publisher.name in str(happening.facts["lab"])
        return is_home and happening.event.alike is None
    if publisher.kind is Kind.RELEASES:
        return is_announced
    return publisher.kind is not Kind.SPAM


def _hero(happening: Happening) -> str:
    fact = happening.facts["co"]
    return fact.name.split()[0] if isinstance(fact, Firm) else ""
