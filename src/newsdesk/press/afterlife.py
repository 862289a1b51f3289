"""What becomes of articles once they are out: corrections, updates, withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from newsdesk.press.dice import Dice
from newsdesk.press.records import Article, Change


def later_life(article: Article, dice: Dice) -> Article:
    """The article with the corrections, updates or withdrawal that await it."""
    changes = tuple(_changes(article, dice))
    fate = dice.share()
    gone = (
        article.published_at + timedelta(hours=2 + dice.wait(8))
        if fate < 0.012
        else None
    )
    return replace(article, changes=changes, withdrawn_at=gone)


def _changes(article: Article, dice: Dice) -> Iterable[Change]:
    fate = dice.share()
    at = article.published_at + timedelta(minutes=20 + dice.wait(150))
    if fate < 0.05:
        yield Change(at=at, note=dice.pick(_CORRECTIONS))
    elif fate < 0.12:
        title = article.title + " — update" if dice.chance(0.3) else None
        yield Change(at=at, note=dice.pick(_UPDATES), title=title)


_CORRECTIONS = (
    "Correction: An earlier version of this article misstated a job title.",
    "Correction: An earlier version gave a wrong date for the announcement.",
    "Correction: A figure in an earlier version was given in thousands, not millions.",
)
_UPDATES = (
    "This article was updated with further details.",
    "Updated with a comment from the company.",
    "Updated to add background.",
)
