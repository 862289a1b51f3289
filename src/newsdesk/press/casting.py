"""Who and what an event is about: fills a script's slots, once for all outlets."""

from __future__ import annotations

from collections.abc import Mapping

from newsdesk.press import words
from newsdesk.press.dice import Dice
from newsdesk.press.phrasebook import Script
from newsdesk.press.wording import Fact, Firm, Person, roll

# slot: (role, name of the fact that the role mentions)
_PEOPLE = {
    "engineer": "head of engineering at {co}",
    "heir": "the new chief executive",
    "backer": "a partner at {fund}",
    "worker": "an office manager in {city}",
    "organiser": "an organiser at {union}",
    "official": "a director at {regulator}",
    "minister": "the minister of technology of {country}",
    "judge": "the presiding judge",
    "lawyer": "a lawyer for the claimants",
    "critic": "policy director at {campaign}",
    "analyst": "an analyst at {firm}",
    "sci": "a professor at {lab}",
    "sci2": "who leads a research group at {lab2}",
    "doctor": "a consultant at {hospital}",
    "teacher": "a head teacher in {city}",
    "artist": "an illustrator from {city}",
    "resident": "a resident of {city}",
    "rescuer": "head of the rescue service in {city}",
    "accused": "a former accountant from {city}",
    "prosecutor": "the prosecutor in {city}",
    "defender": "a lawyer for the defence",
    "coach": "the winning coach",
    "organiser2": "director of the fair",
}

_PLACES = {
    "regulator": words.REGULATORS,
    "ministry": words.MINISTRIES,
    "journal": words.JOURNALS,
    "hospital": words.HOSPITALS,
    "firm": words.ANALYST_FIRMS,
    "campaign": words.CAMPAIGNS,
    "union": words.UNIONS,
    "fund": words.FUNDS,
}

_COMPANIES = words.companies()


def cast(
    script: Script, dice: Dice, day: str, given: Mapping[str, Fact] | None = None
) -> dict[str, Fact]:
    """Every fact of an event. `given` ones are kept: a sequel has the cast of its start."""
    facts: dict[str, Fact] = {"day": day}
    _add_places(facts, dice)
    _add_companies(facts, script, dice, given or {})
    if given:
        facts.update({key: given[key] for key in given if key != "day"})
    _add_people(facts, dice, given or {})
    for name, options in script.facts:
        facts[name] = _fill(roll(dice.pick(options), dice), facts)
    return facts


def _add_places(facts: dict[str, Fact], dice: Dice) -> None:
    city, city2 = dice.sample(words.CITIES, 2)
    country, country2 = dice.sample(words.COUNTRIES, 2)
    lab, lab2 = dice.sample(words.LABS, 2)
    product, product2 = dice.sample(words.PRODUCT_NAMES, 2)
    facts.update(city=city, city2=city2, country=country, country2=country2)
    facts.update(lab=lab, lab2=lab2, product=product, product2=product2)
    facts.update({slot: dice.pick(names) for slot, names in _PLACES.items()})
    facts.update(months=str(5 + dice.below(14)), years=dice.pick(_YEARS))


_YEARS = ("two", "three", "four", "five", "six")


def _add_companies(
    facts: dict[str, Fact], script: Script, dice: Dice, given: Mapping[str, Fact]
) -> None:
    taken = {fact.name for fact in given.values() if isinstance(fact, Firm)}
    wanted = dict(script.cast)
    for slot in ("co", "co2"):
        sectors = wanted.get(slot, ("models", "cloud"))
        able = [
            company
            for company in _COMPANIES
            if company.sector in sectors and company.name not in taken
        ]
        company = dice.pick(able)
        taken.add(company.name)
        number = slot[2:]
        facts[slot] = Firm(name=company.name, what=company.what, city=company.city)
        facts[f"ceo{number}"] = Person(
            name=company.boss, role=f"{company.role} of {company.name}"
        )
        facts[f"what{number}"] = company.what


def _add_people(facts: dict[str, Fact], dice: Dice, given: Mapping[str, Fact]) -> None:
    first = dice.sample(words.FIRST_NAMES, len(_PEOPLE))
    bosses = {company.boss.rsplit(" ", 1)[-1] for company in _COMPANIES}
    free = [name for name in words.LAST_NAMES if name not in bosses]
    last = dice.sample(free, len(_PEOPLE))
    for (slot, role), given_name, surname in zip(
        _PEOPLE.items(), first, last, strict=True
    ):
        if slot not in given:
            facts[slot] = Person(
                name=f"{given_name} {surname}", role=_fill(role, facts)
            )


def _fill(text: str, facts: Mapping[str, Fact]) -> str:
    for name, fact in facts.items():
        plain = fact if isinstance(fact, str) else fact.name
        text = text.replace("{" + name + "}", plain)
    return text
