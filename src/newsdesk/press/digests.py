"""Pieces about several events: round-ups in the evening, live blogs through a day. Whoever
groups news must not take one for coverage of any event alone, nor for a bridge between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsdesk.press.dice import Dice
from newsdesk.press.happenings import Happening
from newsdesk.press.printing import Order
from newsdesk.press.records import Article, ArticleKind, Publisher
from newsdesk.press.records import PublisherKind as Kind
from newsdesk.press.wording import Wording
from newsdesk.press.writing import Form, Piece, headline

ROUND_UPS_A_DAY = 2
ITEMS = (4, 7)
"""Fewest and most events in a round-up."""
LIVE_BLOG_FROM = 6
"""Articles from which an event may have a live blog."""
LIVE_BLOG_SHARE = 0.4

_ROUND_UP_TITLES = (
    "Morning briefing: {}",
    "The day in brief: {}",
    "What you need to know today: {}",
    "News round-up: {}",
    "Five minutes of news: {}",
    "This week in AI: {}",
)
_LIVE_TITLES = ("Live: {}", "{} – live updates", "{} – as it happened")
_TELLERS = (Kind.NEWSPAPER, Kind.BROADCASTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    happening: Happening
    articles: tuple[Article, ...]


def round_ups(
    seed: int,
    happenings: Sequence[Happening],
    articles: Sequence[Article],
    publishers: Mapping[str, Publisher],
) -> Iterator[tuple[Order, Dice]]:
    """Each evening's looks at what was told that day, with the chance that prints them."""
    told = _told(happenings, articles)
    for day in sorted(
        {item.published_at.date() for one in told for item in one.articles}
    ):
        for number in range(ROUND_UPS_A_DAY):
            dice = Dice("round-up", seed, day, number)
            evening = datetime(day.year, day.month, day.day, 17 + number, tzinfo=UTC)
            at = evening + timedelta(minutes=dice.below(60))
            fresh = [one for one in told if _is_of_the_day(one, at)]
            if len(fresh) >= ITEMS[0]:
                many = ITEMS[0] + dice.below(ITEMS[1] - ITEMS[0] + 1)
                teller = _teller(dice, publishers)
                yield _round_up(dice.sample(fresh, many), teller, at, dice), dice


def live_blogs(
    seed: int,
    happenings: Sequence[Happening],
    articles: Sequence[Article],
    publishers: Mapping[str, Publisher],
) -> Iterator[tuple[Order, Dice]]:
    """Minute by minute accounts of events that many tell; every other one strays to a
    second event."""
    told = _told(happenings, articles)
    for one in told:
        dice = Dice("live blog", seed, one.happening.event.id)
        if len(one.articles) < LIVE_BLOG_FROM or not dice.chance(LIVE_BLOG_SHARE):
            continue
        at = one.happening.event.happened_at + timedelta(minutes=20 + dice.below(60))
        others = [o for o in told if o is not one and _is_of_the_day(o, at)]
        also = dice.sample(others, 1) if dice.chance(0.5) else []
        yield _live_blog([one, *also], _teller(dice, publishers), at, dice), dice


def _told(happenings: Sequence[Happening], articles: Sequence[Article]) -> list[_Told]:
    by_event: dict[str, list[Article]] = {}
    for item in articles:
        if item.event:
            by_event.setdefault(item.event, []).append(item)
    return [
        _Told(happening=one, articles=tuple(by_event[one.event.id]))
        for one in happenings
        if one.event.id in by_event
    ]


def _is_of_the_day(one: _Told, at: datetime) -> bool:
    since = at - one.happening.event.happened_at
    return timedelta(0) < since < timedelta(hours=20)


def _teller(dice: Dice, publishers: Mapping[str, Publisher]) -> Publisher:
    return dice.pick([p for p in publishers.values() if p.kind in _TELLERS])


def _round_up(
    items: Sequence[_Told], publisher: Publisher, at: datetime, dice: Dice
) -> Order:
    heads = [_headline(one.happening, dice) for one in items]
    paragraphs = [
        Wording(one.happening.facts, dice).say(dice.pick(phrases))
        for one in items
        for phrases in (one.happening.script.leads, one.happening.script.details)
    ]
    title = dice.pick(_ROUND_UP_TITLES).format("; ".join(heads[:2]))
    return _order(ArticleKind.ROUND_UP, items, title, paragraphs, publisher, at)


def _live_blog(
    items: Sequence[_Told], publisher: Publisher, at: datetime, dice: Dice
) -> Order:
    title = dice.pick(_LIVE_TITLES).format(_headline(items[0].happening, dice))
    said = [
        (one, phrase)
        for one in items
        for phrase in (
            *one.happening.script.leads[:1],
            *one.happening.script.details,
            *one.happening.script.quotes,
        )
    ]
    wordings = {
        one.happening.event.id: Wording(one.happening.facts, dice) for one in items
    }
    moment, paragraphs = at, []
    for one, phrase in said:
        moment += timedelta(minutes=3 + dice.below(35))
        text = wordings[one.happening.event.id].say(phrase)
        paragraphs.append(f"{moment:%H:%M} – {text}")
    # The newest entry stands first, as live blogs have it.
    paragraphs.reverse()
    return _order(ArticleKind.LIVE_BLOG, items, title, paragraphs, publisher, at)


def _headline(happening: Happening, dice: Dice) -> str:
    return headline(happening.script, happening.facts, Form.FLASH, dice, frozenset())


def _order(
    kind: ArticleKind,
    items: Sequence[_Told],
    title: str,
    paragraphs: Sequence[str],
    publisher: Publisher,
    at: datetime,
) -> Order:
    first = items[0].happening
    return Order(
        publisher=publisher,
        kind=kind,
        piece=Piece(title=title, deck=paragraphs[-1], paragraphs=tuple(paragraphs)),
        at=at,
        script=first.script,
        facts=first.facts,
        tells=tuple(one.happening.event.id for one in items),
    )
