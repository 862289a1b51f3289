"""A headline and a text -> their words in lower case, ready to be looked through.

Made once an article, for all that judges how it reads. Only the beginning and the end of
a long text are looked at: how a piece reads does not change in between.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from newsdesk.text import language as languages

HEAD, TAIL = 6_000, 2_000
"""Characters at the start and the end of a text that are looked at."""
START = 400
"""Characters in which what declares itself does so."""

_SPACE = re.compile(r"[ \t\xa0]+")
_STRAIGHT = str.maketrans("’‘“”„«»", '\'\'"""""')
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_QUOTED = re.compile(r"\"[^\"\n]{2,600}\"")
FIRST_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A piece of writing, ready to be looked through."""

    language: str | None
    title: str
    """In lower case, as all that follows, with straight quotes and single spaces."""
    text: str
    start: str
    """Headline and beginning."""
    lines: tuple[str, ...]
    """Of the text as it was written, without empty ones."""
    body: str
    """The lines."""
    title_words: frozenset[str]
    words: Counter[str]
    count: int
    """Words of the text that are looked at."""
    own: Counter[str]
    """Words outside quotation marks: what the writer says."""
    quoted: int
    """Words inside them."""
    pieces: frozenset[str]
    """Words of both, cut at apostrophes and hyphens too."""


def prose(title: str, text: str, language: str | None = None) -> Prose:
    """The words of a piece; its language is guessed where nobody says it."""
    shown = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"
    lower = shown.translate(_STRAIGHT).lower()
    own = _QUOTED.sub(" ", lower)
    words = Counter(_WORD.findall(lower))
    mine = Counter(_WORD.findall(own)) if len(own) < len(lower) else words
    head = _folded(title)
    lines = tuple(line.strip() for line in shown.splitlines() if line.strip())
    said = language or _guessed(f"{title}\n{shown[:1000]}")
    count = words.total()
    return Prose(
        language=said,
        title=f" {head} ",
        text=f" {_folded(lower)} ",
        start=f" {head} {_folded(lower[:START])} ",
        lines=lines,
        body="\n".join(lines),
        title_words=frozenset(_WORD.findall(head)),
        words=words,
        count=count,
        own=mine,
        quoted=count - mine.total(),
        pieces=frozenset(
            piece
            for word in (*words, *_WORD.findall(head))
            for piece in (word, *FIRST_WORD.findall(word))
        ),
    )


def _guessed(text: str) -> str | None:
    """The language; English where nothing else can be told and all letters are plain."""
    return languages.detect(text) or ("en" if text.isascii() else None)


def is_within(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, not as part of longer words."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        starts = not phrase[0].isalnum() or not text[at - 1 : at].isalnum()
        ends = not phrase[-1].isalnum() or not text[end : end + 1].isalnum()
        if starts and ends:
            return True
        at = text.find(phrase, at + 1)
    return False


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_STRAIGHT).replace("\n", " ")).lower()
