"""What stands in the papers besides the news that several tell: single pieces, columns,
recipes, match reports, market-research spam, and old pieces that surface again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from newsdesk.press.casting import cast
from newsdesk.press.dice import Dice
from newsdesk.press.happenings import Calendar
from newsdesk.press.outlets import FIELD_TRADE
from newsdesk.press.phrasebook import Script, of_field, of_role
from newsdesk.press.printing import Order
from newsdesk.press.records import Article, ArticleKind, Publisher
from newsdesk.press.records import PublisherKind as Kind
from newsdesk.press.rhythm import moment_of_news
from newsdesk.press.writing import Form, write

SINGLES_A_DAY = 18

# Which publishers bring which single pieces, how often in relation, and how often a week
# one script may be used: a column that appears twice under two names would be a copy.
_SINGLES = (
    ("event", (Kind.NEWSPAPER, Kind.TRADE, Kind.BROADCASTER), 6.0, 1),
    ("evergreen", (Kind.NEWSPAPER, Kind.BROADCASTER, Kind.AGENCY), 6.0, 3),
    ("opinion", (Kind.BLOG, Kind.TRADE), 4.0, 1),
    ("research", (Kind.LAB,), 1.5, 4),
    ("spam", (Kind.SPAM, Kind.RELEASES), 4.5, 14),
)
_KINDS = {
    "evergreen": ArticleKind.EVERGREEN,
    "opinion": ArticleKind.OPINION,
    "research": ArticleKind.RELEASE,
    "spam": ArticleKind.SPAM,
}

Forms = Mapping[Kind, tuple[Form, ...]]


def singles(
    calendar: Calendar, publishers: Sequence[Publisher], forms: Forms
) -> Iterator[tuple[Order, Dice]]:
    """Orders of single pieces, each with the chance that prints it; no headline twice."""
    dice = Dice("singles", calendar.seed)
    weeks = max(1, round(calendar.days / 7))
    decks = {
        role: [s for _ in range(often * weeks) for s in dice.shuffled(of_role(role))]
        for role, _, _, often in _SINGLES
    }
    used: set[str] = set()
    for number in range(round(calendar.days * SINGLES_A_DAY)):
        able = [item for item in _SINGLES if decks[item[0]]]
        if not able:
            break
        role, kinds, _, _ = dice.weighted(able, [item[2] for item in able])
        script = decks[role].pop(0)
        at = moment_of_news(calendar.start, calendar.days, dice)
        own = Dice("single", calendar.seed, number)
        facts = cast(script, own, f"{at:%A}")
        outlets = _able(script, kinds, publishers)
        if not outlets:
            continue
        publisher = own.weighted(outlets, [item.weight for item in outlets])
        form = _form(script, publisher, forms, own)
        staged = calendar.staged(script, own)
        field = of_field(script.field).staged(own)
        piece = write(staged, field, facts, form, own, used)
        if piece.title in used:
            continue
        used.add(piece.title)
        kind = _KINDS.get(script.role, ArticleKind.NEWS)
        yield (
            Order(
                publisher=publisher,
                kind=kind,
                piece=piece,
                at=at,
                script=script,
                facts=facts,
            ),
            own,
        )


def old_pieces(articles: Sequence[Article], seed: int, days: int) -> list[Article]:
    """The articles, of which a few singles turn out to be old and are listed anew."""
    dice = Dice("old", seed)
    result = list(articles)
    able = [
        index
        for index, item in enumerate(result)
        if item.event is None and item.kind is ArticleKind.NEWS
    ]
    for index in dice.sample(able, max(1, days // 2)):
        item = result[index]
        age = timedelta(days=90 + dice.below(500))
        result[index] = replace(
            item,
            kind=ArticleKind.OLD,
            published_at=item.published_at - age,
            changes=(),
            withdrawn_at=None,
        )
    return result


def _able(
    script: Script, kinds: tuple[Kind, ...], publishers: Sequence[Publisher]
) -> list[Publisher]:
    special = set(FIELD_TRADE.values()) - {FIELD_TRADE.get(script.field)}
    return [
        item
        for item in publishers
        if item.kind in kinds and (item.id not in special or script.role == "opinion")
    ]


def _form(script: Script, publisher: Publisher, forms: Forms, dice: Dice) -> Form:
    if script.role == "event":
        return dice.pick(forms[publisher.kind])
    return Form.LONG if script.role in ("opinion", "research") else Form.REPORT
