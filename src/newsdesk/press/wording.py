"""From a script's phrases to plain sentences.

A phrase holds choices `[said|told reporters]` and slots `{co}`, `{ceo}`, `{sum}`. Slots
for people and companies are introduced properly at their first mention in a text
(`Mara Duarte, chief executive of Corvanta,`) and shortened after it (`Duarte`), so that
paragraphs can be put in any order without a seam. Choosing phrases is left to `writing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newsdesk.press.dice import Dice

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z0-9]+)(?:\.([a-z]+))?\}(?=(.?.?))")
_RANGE = re.compile(r"\{(\d[\d,]*(?:\.\d)?)\.\.(\d[\d,]*(?:\.\d)?)(?:/([\d.]+))?\}")
_ARTICLE = re.compile(r"\b([Aa])\(n\) (?=(\S+))")
_SENTENCE_START = re.compile(r"((?:^|[.!?]”? )“?)([a-zø])")
_VOWEL_SOUND = re.compile(r"(?i)(?:[aeiou](?!ni[vcoqt]|se|ne-|ur)|AI\b|8|11\b|18\b|MR)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is quoted."""

    name: str
    role: str
    """Follows the name after a comma: `chief executive of Corvanta`."""

    @property
    def last(self) -> str:
        """The surname."""
        return self.name.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A company as a text mentions it."""

    name: str
    what: str
    city: str


Fact = str | Person | Firm
Facts = Mapping[str, Fact]


class Wording:
    """Turns the phrases of one text into sentences, knowing whom it has introduced."""

    def __init__(self, facts: Facts, dice: Dice, *, introduce: bool = True) -> None:
        self._facts = facts
        self._dice = dice
        self._introduce = introduce
        self._met: set[str] = set()

    def say(self, phrase: str) -> str:
        """The phrase with its choices made and its slots filled. KeyError: no such slot."""
        chosen = choose(phrase, self._dice)
        filled = _SLOT.sub(self._fill, chosen)
        return tidy(filled)

    def _fill(self, match: re.Match[str]) -> str:
        name, part, after = match.group(1), match.group(2), match.group(3)
        fact = self._facts[name]
        if isinstance(fact, str):
            return fact
        if part:
            return str(getattr(fact, part))
        if isinstance(fact, Person):
            return self._person(fact, after)
        return self._firm(fact, after)

    def _person(self, person: Person, after: str) -> str:
        if person.name in self._met or not self._introduce:
            return person.last
        self._met.add(person.name)
        return f"{person.name}, {person.role}{_closing_comma(after)}"

    def _firm(self, firm: Firm, after: str) -> str:
        if firm.name in self._met or not self._introduce:
            return firm.name
        self._met.add(firm.name)
        way = self._dice.below(4)
        if way == 0:
            return firm.name
        if way == 1 and after[:1] == " ":
            return f"{firm.name}, a(n) {firm.what} based in {firm.city},"
        return f"{firm.what} {firm.name}"


def _closing_comma(after: str) -> str:
    return "" if not after or after[0] in ".,;:!?)”" else ","


def choose(phrase: str, dice: Dice) -> str:
    """The phrase with one alternative taken from each `[a|b]`, innermost first."""
    while found := _CHOICE.search(phrase):
        taken = dice.pick(found.group(1).split("|"))
        phrase = phrase[: found.start()] + taken + phrase[found.end() :]
    return phrase


def roll(text: str, dice: Dice) -> str:
    """The text with a number drawn for each `{low..high/step}`."""
    return _RANGE.sub(lambda match: _number(match, dice), text)


def _number(match: re.Match[str], dice: Dice) -> str:
    low, high = (float(match.group(part).replace(",", "")) for part in (1, 2))
    step = float(match.group(3) or 1)
    value = low + step * dice.below(int((high - low) / step + 1e-6) + 1)
    # A tenth of a step of slack keeps 2.3000000000000003 from showing.
    return f"{value:,.0f}" if step >= 1 else f"{value:.1f}"


def tidy(text: str) -> str:
    """The text with `a(n)` resolved, spaces folded and sentences begun in capitals."""
    text = re.sub(r"\s+", " ", text).strip()
    text = _ARTICLE.sub(_indefinite, text)
    text = text.replace(",,", ",").replace(",.", ".")
    return _SENTENCE_START.sub(lambda m: m.group(1) + m.group(2).upper(), text)


def _indefinite(match: re.Match[str]) -> str:
    article = match.group(1)
    return f"{article}n " if _VOWEL_SOUND.match(match.group(2)) else f"{article} "
