"""Prints another outlet's text: whole, cut down or under an opening of its own, with a
credit or without. Who copies whom is decided in `coverage`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsdesk.press.dice import Dice
from newsdesk.press.records import Article, ArticleKind, Publisher
from newsdesk.press.records import PublisherKind as Kind
from newsdesk.press.writing import Piece

COPY_SHARE = 0.35
"""Of newspapers and broadcasters that cover what an agency has covered."""
RELEASE_SHARE = 0.15
"""Of newspapers and trade papers that cover what a release has announced."""
SECOND_HAND_SHARE = 0.2
"""Of copies of agencies' texts that are taken from an earlier copy."""

_HOW = ("whole", "cut", "edited")
_HOW_WEIGHTS = (4, 4, 2)
_CREDIT = ("in text", "in byline", "nowhere")
_CREDIT_WEIGHTS = (6, 2, 2)
FEWEST_WORDS = 90
"""What a cut leaves of a text, where it has as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A copy before it is printed."""

    piece: Piece
    how: str
    credit: str | None
    """Name that the copy shows."""


def wants_copy(
    publisher: Publisher, texts: Sequence[Article], dice: Dice
) -> Article | None:
    """Which of the texts told so far an outlet prints in place of its own, if any. The
    first text is the one that all copies come from."""
    if not texts:
        return None
    if texts[0].kind is ArticleKind.RELEASE:
        if publisher.kind is Kind.RELEASES:
            return texts[0]
        able = publisher.kind in (Kind.NEWSPAPER, Kind.TRADE)
        return texts[0] if able and dice.chance(RELEASE_SHARE) else None
    able = publisher.kind in (Kind.NEWSPAPER, Kind.BROADCASTER)
    if not able or not dice.chance(COPY_SHARE):
        return None
    second_hand = len(texts) > 1 and dice.chance(SECOND_HAND_SHARE)
    return dice.pick(texts[1:]) if second_hand else texts[0]


def copied(original: Article, source: str, own: Piece, dice: Dice) -> Copied:
    """The original as another outlet prints it. `source` is the name of whose text it
    is, `own` what the outlet would have written."""
    is_release = original.kind is ArticleKind.RELEASE
    how = dice.weighted(_HOW, (6, 3, 1) if is_release else _HOW_WEIGHTS)
    credit = "nowhere" if is_release else dice.weighted(_CREDIT, _CREDIT_WEIGHTS)
    paragraphs = list(original.paragraphs)
    if how != "whole":
        paragraphs = _cut(paragraphs, dice)
    if how == "edited":
        paragraphs[0] = own.paragraphs[0]
    if credit == "in text" and not paragraphs[0].startswith("("):
        paragraphs[0] = f"({source}) – {paragraphs[0]}"
    keeps_title = how != "edited" and dice.chance(0.5)
    return Copied(
        piece=replace(
            own,
            title=original.title if keeps_title else own.title,
            deck=own.deck if how == "edited" else original.deck,
            paragraphs=tuple(paragraphs),
        ),
        how=how,
        credit=None if credit == "nowhere" else source,
    )


def _cut(paragraphs: list[str], dice: Dice) -> list[str]:
    """The beginning: a third of the text up to all but its last paragraph."""
    least = max(2, len(paragraphs) // 3)
    kept = least + dice.below(max(1, len(paragraphs) - least))
    while kept < len(paragraphs) and _words(paragraphs[:kept]) < FEWEST_WORDS:
        kept += 1
    return paragraphs[:kept]


def _words(paragraphs: list[str]) -> int:
    return sum(len(text.split()) for text in paragraphs)
