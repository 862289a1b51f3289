"""Writes one outlet's piece about an event: picks an angle, phrases and their order.

Two outlets share names, figures and some quotes, but not headline, order or selection.
The facts come from `casting`, the phrases from `phrasebook`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from newsdesk.press.dice import Dice
from newsdesk.press.phrasebook import Script
from newsdesk.press.wording import Facts, Wording


class Form(StrEnum):
    """How an outlet tells it."""

    FLASH = "flash"
    REPORT = "report"
    LONG = "long"
    REMARK = "remark"
    RELEASE = "release"


# form: (details, quotes, background, of the field, outlook), least and most of each
_MEASURES = {
    Form.FLASH: ((2, 3), (1, 1), (0, 1), (0, 1), (0, 1)),
    Form.REPORT: ((3, 5), (1, 3), (1, 2), (1, 2), (1, 1)),
    Form.LONG: ((5, 7), (3, 4), (2, 3), (3, 4), (1, 2)),
    Form.REMARK: ((2, 3), (1, 1), (1, 1), (1, 2), (0, 0)),
    Form.RELEASE: ((4, 5), (1, 1), (1, 1), (0, 0), (1, 1)),
}

_REMARK_TITLES = (
    "{}: some notes",
    "{} — and now what?",
    "{}. A few thoughts",
    "{}: what I would watch",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A written piece, before it is anybody's article."""

    title: str
    deck: str
    paragraphs: tuple[str, ...]


def write(
    script: Script,
    field: Script,
    facts: Facts,
    form: Form,
    dice: Dice,
    used: Set[str] = frozenset(),
) -> Piece:
    """A piece in that form, under a headline that is not in `used` where one is left."""
    lead, deck = _lead_and_deck(script, dice)
    plan = _plan(script, field, form, dice)
    wording = Wording(facts, dice)
    paragraphs = tuple(wording.say(phrase) for phrase in (lead, *plan))
    return Piece(
        title=headline(script, facts, form, dice, used),
        deck=_first_sentences(Wording(facts, dice).say(deck)),
        paragraphs=paragraphs,
    )


def headline(
    script: Script, facts: Facts, form: Form, dice: Dice, used: Set[str]
) -> str:
    """A headline that is not in `used` where one is left."""
    title = ""
    phrases = dice.shuffled(script.headlines)
    kicker = _KICKERS.get(script.field, "")
    # Where every headline is taken, sober outlets put the subject before it.
    for opening in ("", f"{kicker}: ", "Background: ") if kicker else ("",):
        for phrase in phrases:
            wording = Wording(facts, dice, introduce=False)
            title = opening + wording.say(phrase)
            if form is Form.REMARK and script.role in ("event", "sequel"):
                title = dice.pick(_REMARK_TITLES).format(title)
            if title not in used:
                return title
    return title


_KICKERS = {
    "policy": "AI policy",
    "markets": "AI business",
    "assistants": "Chatbots",
    "work": "AI at work",
    "media": "Made by machines",
    "chips": "Chips",
    "health": "Health AI",
    "robots": "Robotics",
    "security": "Security",
    "research": "AI research",
    "safety": "AI safety",
    "education": "AI in schools",
    "energy": "Data centres",
    "ground": "Earthquake",
    "sport": "Football",
    "culture": "Books",
}


def _lead_and_deck(script: Script, dice: Dice) -> tuple[str, str]:
    leads = dice.shuffled(script.leads)
    others = leads[1:] + list(script.details[:1])
    return leads[0], others[0] if others else leads[0]


def _plan(script: Script, field: Script, form: Form, dice: Dice) -> list[str]:
    details, quotes, background, context, outlook = (
        low + dice.below(high - low + 1) for low, high in _MEASURES[form]
    )
    said = _own_voices(script) if form is Form.RELEASE else script.quotes
    facts = dice.sample(script.details, details)
    voices = dice.sample((*said, *_some(field.quotes, form, dice)), quotes)
    middle = _woven(facts, voices)
    past = dice.sample(script.background, background)
    around = dice.sample(field.background, context)
    own = dice.sample(field.remarks, 2) if form is Form.REMARK else []
    end = dice.sample(script.outlook, outlook)
    return [*own[:1], *middle, *_woven(past, around), *own[1:], *end]


def _own_voices(script: Script) -> tuple[str, ...]:
    """The quotes that a sender would put into its own release."""
    own = ("{ceo}", "{engineer}", "{sci}", "{heir}")
    return tuple(quote for quote in script.quotes if any(who in quote for who in own))


def _some(quotes: tuple[str, ...], form: Form, dice: Dice) -> list[str]:
    return dice.sample(quotes, 1) if form is Form.LONG else []


def _woven(first: list[str], second: list[str]) -> list[str]:
    """The two lists merged, beginning with the first and spreading the second."""
    result: list[str] = []
    rest = list(second)
    for index, item in enumerate(first):
        result.append(item)
        due = (index + 1) * len(second) // max(len(first), 1)
        while rest and len(second) - len(rest) < due:
            result.append(rest.pop(0))
    return result + rest


_DECK_LENGTH = 240
"""Characters; about what feeds carry as a summary."""


def _first_sentences(text: str) -> str:
    """As many whole sentences as fit a summary, at least one."""
    cut = text.find(". ", 60)
    end = cut
    while 0 < cut < _DECK_LENGTH:
        end, cut = cut, text.find(". ", cut + 1)
    return text if len(text) <= _DECK_LENGTH or end < 0 else text[: end + 1]
