"""A text -> who speaks in it: statements that are put to somebody's name, and quotations.

A statement counts where a verb of saying stands in the sentence of a full name or of an
office. That the person exists, or said so, is not known to letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk.stages import quality_signs
from newsdesk.stages.quality_text import HEAD

NEAR = 90
"""Characters on either side of the verb in which the name stands."""
QUOTE = range(15, 401)
"""Characters of a quotation that says something."""

_QUOTE = re.compile(
    r"[“„«]([^“”„«»]{1,600})[”“»]|\"([^\"\n]{1,600})\"|「([^「」]{1,400})」"
)
_CAPITAL = r"[A-ZÀ-ÞŚŻŁ][\w'’-]+"
_NAME = (
    rf"(?P<name>\b{_CAPITAL}(?:(?: (?:[A-Z]\.|van|von|de|der|den|del|della|da|di|dos|bin"
    rf"|al|el)){{0,2}} {_CAPITAL}){{1,3}})"
)
_SPEAKER_BEFORE = re.compile(rf"{_NAME}(?:,[^,]{{2,70}},)?(?: \w+){{0,3}}[ ,]*$")
_SPEAKER_AFTER = re.compile(rf"^,?(?: to)?(?: [^\W\dA-Z][\w'’-]*,?){{0,4}} {_NAME}")
_NO_FIRST = frozenset(
    """a an the this that these in on at as and but for from by with after before while when
    since our their his her its he she they we i it if so to of not no yes still also even
    der die das ein eine im in am als und aber mit nach von bei le la les un une des en et
    mais dans el los las un una en y pero il lo gli un una e ma het een op en maar o os as
    um uma e mas na no w i z na po""".split()
)
"""Words that begin a sentence or stand before a name, and are no part of one."""
_OFFICES = ("er", "in", "or", "ent", "ist", "chef", "wirt", "walt")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STOP = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Who speaks in a text."""

    named: tuple[str, ...] = ()
    """People and bodies who are named, in the order of the text."""
    unnamed: int = 0
    """Further statements of officials and the like without a name."""
    quotes: int = 0


def voices(text: str, language: str | None) -> Voices:
    """Who speaks in the beginning of a text. In a language without words, only its
    quotations are counted."""
    read = text[:HEAD]
    quotes = sum(
        len(next(filter(None, found))) in QUOTE for found in _QUOTE.findall(read)
    )
    words = quality_signs.shipped().get(language or "")
    if words is None:
        return Voices(quotes=quotes)
    said, officials = words["said"].words, words["officials"].words
    named: dict[str, str] = {}
    unnamed = 0
    for before, after in _statements(read, said):
        name = next(_names(before, after, language), None)
        if name:
            named.setdefault(name.split()[-1], name)
        elif not officials.isdisjoint(_WORD.findall(f"{before} {after}".lower())):
            unnamed += 1
    return Voices(named=tuple(named.values()), unnamed=unnamed, quotes=quotes)


def _names(before: str, after: str, language: str | None) -> Iterator[str]:
    """Names that stand next to a verb of saying: `Ada Byron, who led it, said`, `said
    the mayor, Ada Byron`."""
    for pattern, text in ((_SPEAKER_BEFORE, before), (_SPEAKER_AFTER, after)):
        if found := pattern.search(text):
            words = found["name"].split()
            while words and words[0].lower() in _NO_FIRST:
                words = words[1:]
            if language == "de" and len(words) > 2 and words[0].endswith(_OFFICES):
                words = words[1:]  # German writes offices with a capital
            if len(words) > 1:
                yield " ".join(words)


def _statements(text: str, said: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What stands before and after each verb of saying, within its sentence."""
    for found in _WORD.finditer(text):
        if found.group().lower() in said:
            before = _STOP.split(text[max(0, found.start() - NEAR) : found.start()])[-1]
            after = _STOP.split(text[found.end() : found.end() + NEAR])[0]
            yield before, after
