"""A piece of writing -> signs of whether it reads like news, each from 0 to 1.

Some count words, by language, that stand in quality_words.toml; others count marks of any
language: quotations, names, lists, questions, code. None knows what a piece is about. What
the signs weigh together is for `quality_reads`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsdesk.stages.quality_text import Prose, is_within

LEAST_WORDS = 50
"""A shorter text counts as one of this length, so that one word is no habit."""
LEAST_SENTENCES = 8

_ENDS = re.compile(r"[.!?:]\s")
_FIRST = re.compile(r"[\"“„'*•–-]{0,3}\s?([^\W\d_]+(?:'[^\W\d_]+)?)")
_NAME_WITHIN = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]{2,}")
_FULL_NAME = re.compile(
    r"(?<![.!?:] )(?<!\n)\b[A-ZÀ-Þ][a-zà-ÿ]+ (?:[A-Z]\. )?[A-ZÀ-Þ][a-zà-ÿ]{2,}\b"
)
_DATELINE = re.compile(
    r"^\W{0,2}(?:[A-ZÀ-Þ][A-ZÀ-Þ .'-]{2,30}(?:,[^\n—–(-]{2,30})?|[A-ZÀ-Þ][\w .'-]{2,30})"
    r"\s?(?:\([^()\n]{2,25}\)\s?)?(?:—|–|--|-)\s"
)
_FIGURE = re.compile(r"(?<![\w.])\d[\d.,]*")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_CLOCK_PRICE = re.compile(r"[$€£]\s?\d{1,4}[.,]\d\d\b")
_CODE = re.compile(r"[{}<>\\|=_#;`~*^]|\(\)|--\w|::")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w")
_MARKED = re.compile(r"^(?:[•*·▪►✓✔→-]|\d{1,2}[.)]\s|step \d)", re.IGNORECASE)
_TRADE = re.compile(r"[®™©]")
_TITLE_NUMBER = re.compile(
    r"^(?:the |las? |los |les |die |i |le |de |as |os )?(?:top |best )?\d{1,3}\b"
    r"(?!\s?(?:dead|killed|people|die|tote|morts|muertos|morti))|\btop \d+"
)
_TITLE_YEAR = re.compile(r"\b(?:in|for|of|to|by)? ?20[12]\d\b")
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_IS_A = re.compile(
    r"^.{0,120}?\b(?:is|are|ist|sind|es|son|est|sont|è|sono|een|jest|é|são)\b "
    r"(?:a|an|the|one|any|ein|eine|der|die|das|un|una|uno|une|le|la|el|il|het|um|uma)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one sign counts in one language."""

    full: float
    words: frozenset[str]
    phrases: tuple[str, ...] = ()


OWN = ("second", "first", "we")
"""Counted outside quotation marks only: people in the news say I and you."""
HEADLINE = ("headline_event", "headline_advice")


@cache
def shipped() -> Mapping[str, Mapping[str, Words]]:
    """The words by language and sign."""
    text = (
        resources.files("newsdesk.stages")
        .joinpath("quality_words.toml")
        .read_text(encoding="utf-8")
    )
    found: dict[str, dict[str, Words]] = {}
    for sign, row in tomllib.loads(text).items():
        for code in row:
            if len(code) == 2:
                given = Words(
                    full=row["full"],
                    words=frozenset(row[code].split()),
                    phrases=tuple(row.get(f"{code}_phrases", ())),
                )
                found.setdefault(code, {})[sign] = given
    return found


def is_known(language: str | None) -> bool:
    """Whether there are words of a language."""
    return language in shipped()


def signs(piece: Prose, title: str) -> dict[str, float]:
    """The signs of a piece by name, rounded to a thousandth; `title` is as it was
    written."""
    given = dict(_counted(piece, piece.body))
    given.update(_marked(piece, piece.body))
    given.update(_headed(piece, title))
    given.update(_missing(piece, given))
    return {name: round(max(0.0, min(1.0, value)), 3) for name, value in given.items()}


def _counted(piece: Prose, body: str) -> Iterator[tuple[str, float]]:
    words = shipped().get(piece.language or "", shipped()["en"])
    hundreds = max(LEAST_WORDS, piece.count) / 100
    for sign, given in words.items():
        if sign == "command":
            yield sign, _commands(body, given) / given.full
        elif sign in HEADLINE:
            found = len(piece.title_words & given.words)
            found += sum(is_within(p, piece.title) for p in given.phrases)
            yield sign, found / given.full
        else:
            counted = piece.own if sign in OWN else piece.words
            found = sum(counted[word] for word in given.words & counted.keys())
            found += sum(piece.text.count(p) for p in given.phrases)
            yield sign, found / hundreds / given.full


def _commands(body: str, given: Words) -> float:
    """How many of a hundred sentences begin like advice."""
    starts = [
        found.group(1).lower()
        for line in body.replace("’", "'").split("\n")
        for sentence in _ENDS.split(line)
        if (found := _FIRST.match(sentence))
    ]
    found_in = sum(one in given.words for one in starts)
    return 100 * found_in / max(LEAST_SENTENCES, len(starts))


def _marked(piece: Prose, body: str) -> Iterator[tuple[str, float]]:
    """Marks that mean the same in all languages."""
    hundreds = max(LEAST_WORDS, piece.count) / 100
    sentences = max(LEAST_SENTENCES, len(re.findall(r"[.!?](?:\s|$|[\"”])", body)))
    lines = piece.lines
    short = [one for one in lines if len(one.split()) < 10 and one[-1] not in '.!?"”']
    yield "quoted", piece.quoted / max(1, piece.count) * 5
    yield "names", len(_NAME_WITHIN.findall(body)) / hundreds / 6
    yield "full names", len(set(_FULL_NAME.findall(body))) / hundreds / 2.5
    yield "dateline", float(bool(_DATELINE.match(body)))
    yield "figures", len(_FIGURE.findall(body)) / hundreds / 5
    yield "prices", len(_CLOCK_PRICE.findall(body)) / hundreds
    yield "code", len(_CODE.findall(body)) / hundreds / 3
    yield "addresses", len(_ADDRESS.findall(body)) / hundreds
    yield "list items", _share([bool(_MARKED.match(one)) for one in lines]) * 3
    yield "short lines", len(short) / max(4, len(lines)) * 1.5
    yield "questions", body.count("?") / sentences * 5
    yield "exclamations", body.count("!") / sentences * 4
    yield "trade marks", len(_TRADE.findall(body)) / hundreds
    yield "capitals", len(_CAPITALS.findall(body)) / hundreds / 4
    yield "definition", float(bool(_IS_A.match(body[:160])))
    yield "brackets", body.count("(") / hundreds / 2.5


def _missing(piece: Prose, given: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """What reports of some length have and tales, lives and descriptions lack."""
    is_long = piece.count >= LEAST_WORDS
    told = given["when"] + given["said"] + given["quoted"]
    named = given["full names"] + given["officials"] + given["figures"]
    years = set(_YEAR.findall(piece.body))
    yield "of no day", float(is_long and told == 0)
    yield "of nobody", float(is_long and named == 0)
    yield "years", (len(years) - 1) / max(2.0, piece.count / 50)


def _headed(piece: Prose, title: str) -> Iterator[tuple[str, float]]:
    head = piece.title.strip()
    yield "headline number", float(bool(_TITLE_NUMBER.search(head)))
    yield "headline year", float(bool(_TITLE_YEAR.search(head)))
    yield "headline question", float("?" in head)
    yield "headline colon", float(bool(re.search(r"\w[:|] ", head)))
    yield "headline exclaims", float("!" in head)
    yield "headline to you", float(bool(piece.title_words & _to_you(piece.language)))
    yield "headline short", float(len(piece.title_words) < 4)


def _to_you(language: str | None) -> frozenset[str]:
    words = shipped().get(language or "", shipped()["en"])
    return words["second"].words | words["first"].words


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / max(4, len(flags))
