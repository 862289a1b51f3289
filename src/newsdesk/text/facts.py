"""Text -> the names and figures in it, as far as letters alone tell them.

A name is a run of capitalised words, a figure a number with what it counts. Nothing is
looked up and nothing is understood, so both are for saying what one text has and another
lacks, never for saying what is so. Scripts without capitals have figures only. What a
difference means is for the stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsdesk.text import months

MAX_TEXT = 8_000
"""Characters that are looked at: what comes later is background."""
MAX_NAME_WORDS = 6
LONGEST_FIGURE = 9
"""Digits beyond which a number is an identifier."""

_CAPITAL = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƏƠƯȘȚẠ-Ỹ"
    "Α-ΩΆΈΉΊΌΎΏА-ЯЁІЇЄҐЎЈЉЊЋЌЂЏԱ-Ֆ"
)
_INSIDE = (
    r"(?:of|the|de|del|di|da|do|dos|du|la|le|van|von|der|den|bin|ibn|al|el|y|e|&|zu)"
)
_ONE = rf"[{_CAPITAL}](?:\.(?=[  ][{_CAPITAL}])|[^\W\d_]*(?:[.&'’-][^\W\d_]+)*)"
_RUN = re.compile(
    rf"(?<![^\W_])(?<!\d[  ]){_ONE}(?:[  ](?:{_INSIDE}[  ]){{0,2}}{_ONE})*"
)
_STARTS = re.compile(r"(?:^|[.!?:…»”\"“„«‘\n(])[\s“„«\"‘'(–—-]*$")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_WITHIN = frozenset(_INSIDE[3:-1].split("|"))
"""Small words that may stand inside a name."""
_NO_NAME = frozenset(
    """i i'm i've i'd it's the a an and but or so if in on at to of for by with from as he
    she it we they you this that these those there here his her its our their my your when
    while where who what why how not no yes after before since until both all some many
    most more however meanwhile also although now today yesterday tomorrow earlier later
    last next even just only other others another such under over about between among
    during through without within against despite because once still yet then according
    mr mrs
    ms dr prof sir lord lady sen rep gov president minister chief
    der die das ein eine und aber im am bei mit nach von zu auf für wie was wer wenn als es
    er sie wir ich nicht auch noch seit
    le la les un une des et mais au aux ce cette ces il elle ils elles nous vous je on dans
    pour par avec sur selon après
    el los las una unos y pero en con por para según su sus lo al se no
    il lo gli i uno e ma nel nella con per secondo
    o os as um uma e mas no na em com por para segundo
    het een en maar op met voor volgens
    advertisement related photo image video read watch copyright""".split()
)
"""Words that begin a sentence or stand before a name and are none, in some languages."""
_UPPER_NOUNS = frozenset({"de", "lb", "gsw"})
"""Languages that write every noun with a capital: one word proves no name there."""
_ALONE = "alone "
"""Before a word that was a whole name."""
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\s?(?:am|pm|a\.m|p\.m|uhr|h\b)", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?<![\w.,:/#\-])(?P<money>(?:US|A|C|HK)?[$€£¥₹₽₩]\s?)?"
    r"(?P<number>\d{1,3}(?:[,.  '’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
    r"(?P<scale>\s?(?:%|percent\b|per cent\b|[^\W\d_]*illi?[oó]n\w*|[^\W\d_]*illiard\w*"
    r"|bn\b|mn\b|tn\b|[mk]\b))?"
    r"(?P<more>\s?[€%]|\s[^\W\d_]{3,20}\b)?(?![\w:/]|[.,]\d)"
)
_OF_NOTHING = frozenset(
    """and the for with from that this were was are has have had while when after before
    und der die das von mit bis oder nach auf les des une par pour dans que con por para
    los las del per che nel een van het uhr""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The names and figures of a text, each once, in the order of the text."""

    names: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    """What it comes to, to compare by, and how the text puts it."""


def facts(text: str, *, language: str | None = None) -> Facts:
    """The names and figures of a text; of a very long one, those of its beginning."""
    looked_at = text[:MAX_TEXT]
    names = _names(looked_at, is_plain=language not in _UPPER_NOUNS)
    figures = dict(_figures(looked_at))
    return Facts(names=tuple(dict.fromkeys(names)), figures=tuple(figures.items()))


def new_names(names: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """Those of the names that are not among `known`, a set of `name_words`.

    A surname is not new where the whole name was there, nor the whole one where the
    surname stood alone, nor a name for the title before it.
    """
    return tuple(name for name in names if not _is_known(_words(name), known))


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names, to hold other names against."""
    split = [_words(name) for name in names]
    alone = {_ALONE + words[0] for words in split if len(words) == 1}
    return frozenset(alone.union(*split))


def _words(name: str) -> list[str]:
    return [word for word in name.casefold().split() if word not in _WITHIN]


def _is_known(words: list[str], known: frozenset[str]) -> bool:
    return not words or _ALONE + words[-1] in known or known.issuperset(words[-2:])


def _names(text: str, *, is_plain: bool) -> Iterator[str]:
    """Runs of capitalised words. The first word of a sentence is capitalised anyway, so
    alone it proves nothing."""
    for found in _RUN.finditer(text):
        before = text[max(0, found.start() - 4) : found.start()]
        starts = found.start() == 0 or _STARTS.search(before) is not None
        for place, words in enumerate(_parts(found.group())):
            yield from _named(words, starts and place == 0, is_plain)


def _parts(run: str) -> Iterator[list[str]]:
    """A run cut where one name ends: at words that are none, and after a possessive."""
    part: list[str] = []
    for word in run.split():
        bare = _POSSESSIVE.sub("", word).strip(".")
        if bare.casefold() in _NO_NAME and word not in _WITHIN:
            yield part
            part = []
            continue
        part.append(bare)
        if bare != word and word[-1] != ".":
            yield part
            part = []
    yield part


def _named(words: list[str], starts: bool, is_plain: bool) -> Iterator[str]:
    if starts and len(words) > 1 and words[1] in _WITHIN:
        words = words[2:]  # `Shares of Acme`
        starts = False
    while words and words[0] in _WITHIN:
        words = words[1:]
    while words and words[-1] in _WITHIN:
        words = words[:-1]
    if not words or len(words) > MAX_NAME_WORDS or all(map(_is_calendar_word, words)):
        return
    if not is_plain and any(word in _WITHIN for word in words):
        return
    if len(words) > 1 and all(word.isupper() and len(word) > 3 for word in words):
        words = [word.capitalize() for word in words]  # a dateline: `SANTA MIRELA`
    if len(words) > 1 or _is_acronym(words[0]):
        yield " ".join(words)
    elif is_plain and not starts and len(words[0]) > 2:
        yield words[0]


@lru_cache(maxsize=16_384)
def _is_calendar_word(word: str) -> bool:
    return bool(word) and (months.month(word) is not None or months.is_day_name(word))


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 6 and word.isupper()


def _figures(text: str) -> Iterator[tuple[str, str]]:
    """Figures as (to compare by, as written)."""
    for found in _FIGURE.finditer(text):
        money, number = found["money"] or "", found["number"]
        scale, more = found["scale"] or "", found["more"] or ""
        counted = more.strip()
        if _is_calendar_word(counted) or _CLOCK.match(text, found.start()):
            continue
        digits = re.sub(r"\D", "", number)
        has_unit = bool(money or scale or counted in ("€", "%"))
        if not has_unit and not _says_enough(number, digits):
            continue
        if counted.casefold() in _OF_NOTHING or "%" in _comparable("", "", scale):
            counted = ""
        written = f"{money}{number}{scale}"
        if counted:
            written += more if counted in ("€", "%") else f" {counted}"
        yield _comparable(money, number, scale or counted), " ".join(written.split())


def _says_enough(number: str, digits: str) -> bool:
    """Whether a number without unit is neither tiny, nor a year, nor an identifier."""
    is_year = number == digits and len(digits) == 4 and digits[:2] in ("19", "20")
    return 2 <= len(digits) <= LONGEST_FIGURE and not is_year


def _comparable(money: str, number: str, scale: str) -> str:
    """The same for `$1,200` and `$1.200`, for `5 percent` and `5%`."""
    whole = re.sub(r"[,.  '’](?=\d{3}(?!\d))", "", number).replace(",", ".")
    word = scale.strip().casefold()
    if word in ("%", "percent", "per cent", "prozent", "por", "pour"):
        word = "%"
    is_scale = word == "%" or "illi" in word or word in ("bn", "mn", "tn", "m", "k")
    return f"{money.strip()[-1:]}{whole}{word[:4] if is_scale else ''}"
