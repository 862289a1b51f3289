"""Decides what happens in the world and when: events, their sequels, their look-alikes.

Events come in a daily rhythm; some have a sequel a day or two later. Look-alikes are the
hard part for whoever groups news: they are told from one script, hours or days apart, share
half of their phrases, and differ in names, places and figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsdesk.press.casting import cast
from newsdesk.press.dice import Dice
from newsdesk.press.phrasebook import Script, of_field, of_role, scripts
from newsdesk.press.records import Event
from newsdesk.press.rhythm import moment_of_news
from newsdesk.press.wording import Fact, Facts, Person

EVENTS_A_DAY = 7.0
SEQUEL_SHARE = 0.6
"""Of events that can have one and happen early enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event with all that is needed to write about it."""

    event: Event
    script: Script
    field: Script
    facts: Facts
    turn: float = 0.0
    """Which of its script's phrases a look-alike is told in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """A set of events that look alike."""

    kind: str
    """Of the script."""
    many: int
    apart: tuple[float, float]
    """Least and most hours between one and the next."""
    has_sequel: bool = False
    """The first of them is followed up, between or after the others."""


STEP = 0.67
"""Turns from one look-alike to the next: they share about half of their phrases."""
TWINS = (
    Twins(kind="quake", many=2, apart=(7, 50), has_sequel=True),
    Twins(kind="earnings", many=3, apart=(0.4, 5)),
    Twins(kind="trial", many=2, apart=(2, 40), has_sequel=True),
    Twins(kind="fixture", many=3, apart=(0.2, 4)),
    Twins(kind="fair", many=2, apart=(5, 60)),
)
"""Once in a week each."""


@dataclass(slots=True, kw_only=True)
class Calendar:
    """What happens in one world; `happenings` is called once."""

    seed: int
    start: datetime
    days: int
    _turns: Counter[str] = field(default_factory=Counter)
    _count: int = 0

    @property
    def end(self) -> datetime:
        """When the world's last day is over."""
        return self.start + timedelta(days=self.days)

    def happenings(self) -> list[Happening]:
        """Usual events, then their sequels, then look-alikes with theirs."""
        dice = Dice("events", self.seed)
        moments = sorted(
            moment_of_news(self.start, self.days, dice)
            for _ in range(round(self.days * EVENTS_A_DAY))
        )
        kinds = _spread(of_role("event"), len(moments), dice)
        told = [
            self._happen(script, moment, None)
            for moment, script in zip(moments, kinds, strict=True)
        ]
        told += self._sequels(told, SEQUEL_SHARE, dice)
        return told + self._twins()

    def staged(self, script: Script, dice: Dice) -> Script:
        """The script as one event is told; the next of its kind shares few phrases."""
        turn = self._turns[script.kind]
        self._turns[script.kind] += 1
        return script.staged(dice, turn)

    def _sequels(
        self, told: list[Happening], share: float, dice: Dice
    ) -> list[Happening]:
        """What comes of some events a day or two later: an inquiry, a strike."""
        result: list[Happening] = []
        for before in told:
            able = [item for item in scripts() if before.script.kind in item.follows]
            hours = dice.between(18, 60)
            moment = before.event.happened_at + timedelta(hours=hours)
            fits = moment < self.end
            if able and fits and dice.chance(share):
                result.append(self._happen(dice.pick(able), moment, before))
        return result

    def _happen(
        self, script: Script, moment: datetime, before: Happening | None
    ) -> Happening:
        dice = Dice("event", self.seed, self._count)
        given = _kept(before) if before else None
        facts = cast(script, dice, f"{moment:%A}", given)
        follows = before.event.id if before else None
        event = self._event(script, facts, moment, follows)
        staged = self.staged(script, dice)
        field_script = of_field(script.field).staged(dice)
        return Happening(event=event, script=staged, field=field_script, facts=facts)

    def _event(
        self, script: Script, facts: Facts, moment: datetime, follows: str | None
    ) -> Event:
        number, self._count = self._count, self._count + 1
        return Event(
            id=f"e{number:03d}",
            kind=script.kind,
            field=script.field,
            happened_at=moment,
            topics=script.topics,
            names=_names(script, facts),
            follows=follows,
        )

    # Look-alikes

    def _twins(self) -> list[Happening]:
        result: list[Happening] = []
        weeks = max(1, round(self.days / 7))
        for number, twins in enumerate(TWINS * weeks):
            dice = Dice("twins", self.seed, number)
            alike = self._alike(twins, f"a{number:02d}", dice)
            result += alike
            if twins.has_sequel:
                result += self._sequels(alike[:1], 1.0, dice)
        return result

    def _alike(self, twins: Twins, name: str, dice: Dice) -> list[Happening]:
        """Events of one script; those past the end are left out."""
        script = next(item for item in scripts() if item.kind == twins.kind)
        turn = self._turns[script.kind]
        self._turns[script.kind] += 1
        moment = moment_of_news(self.start, max(1, self.days - 2), dice)
        result: list[Happening] = []
        taken: set[str] = set()
        for number in range(twins.many):
            if moment >= self.end:
                break
            phase = turn + number * STEP
            facts = _other_cast(script, dice, f"{moment:%A}", taken)
            event = self._event(script, facts, moment, None)
            taken.update(event.names)
            figures = Dice("figures", self.seed, event.id)
            result.append(
                Happening(
                    event=replace(event, alike=name),
                    script=script.staged(figures, phase),
                    field=of_field(script.field).staged(figures),
                    facts=facts,
                    turn=phase,
                )
            )
            moment += timedelta(hours=dice.between(*twins.apart))
        return result


def a_year_before(happening: Happening, seed: int) -> Happening:
    """Last year's edition of a yearly event: same place, other figures, in the phrases of
    this year's."""
    dice = Dice("year before", seed, happening.event.id)
    event, script = happening.event, happening.script
    whole = next(item for item in scripts() if item.kind == script.kind)
    moment = event.happened_at - timedelta(days=364)
    fresh = cast(whole, dice, f"{moment:%A}", _kept(happening))
    nth = int(str(happening.facts["nth"]).removesuffix("th")) - 1
    return replace(
        happening,
        script=whole.staged(dice, happening.turn),
        facts=fresh | {"nth": f"{nth}th"},
        event=replace(event, id=f"{event.id}y", happened_at=moment),
    )


_KEPT_FACTS = (
    *("co", "co2", "ceo", "ceo2", "what", "what2", "product", "country", "city"),
    *("regulator", "hospital", "lab", "union", "analyst", "firm", "sci"),
    *("rescuer", "accused", "prosecutor", "defender"),
)


def _kept(happening: Happening) -> dict[str, Fact]:
    return {slot: happening.facts[slot] for slot in _KEPT_FACTS}


_TRIES = 60


def _other_cast(script: Script, dice: Dice, day: str, taken: set[str]) -> Facts:
    """A cast of which nobody is among those taken, where chance grants one."""
    facts = cast(script, dice, day)
    for _ in range(_TRIES):
        if not taken.intersection(_names(script, facts)):
            break
        facts = cast(script, dice, day)
    return facts


def _spread(items: list[Script], count: int, dice: Dice) -> list[Script]:
    """`count` scripts, no kind again before every other has had its turn."""
    result: list[Script] = []
    while len(result) < count:
        result += dice.shuffled(items)
    return result[:count]


_NAMED = (
    *("co", "co2", "ceo", "heir", "sci", "product", "country", "city", "lab"),
    *("hospital", "regulator", "accused", "team", "team2"),
)


def _names(script: Script, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    phrases = " ".join((*script.headlines, *script.leads))
    named = (
        slot for slot in _NAMED if f"{{{slot}}}" in phrases or f"{{{slot}." in phrases
    )
    return tuple(_name(facts[slot]) for slot in named)


def _name(fact: Fact) -> str:
    if isinstance(fact, Person):
        return fact.last
    return fact if isinstance(fact, str) else fact.name
