"""Tells the news: which outlet writes about an event, when, and who prints whose text.

An agency, a lab or the company itself is first, others follow within minutes or hours,
some reprint the agency's copy or a release, some look back a day later. What happens is
for `happenings`, what else stands in the papers for `singles` and `digests`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsdesk.press.afterlife import later_life
from newsdesk.press.copying import copied, wants_copy
from newsdesk.press.dice import Dice
from newsdesk.press.digests import live_blogs, round_ups
from newsdesk.press.happenings import Calendar, Happening, a_year_before
from newsdesk.press.outlets import outlets
from newsdesk.press.printing import Order, print_article
from newsdesk.press.records import Article, ArticleKind, Event, Publisher
from newsdesk.press.records import PublisherKind as Kind
from newsdesk.press.rhythm import delay
from newsdesk.press.singles import old_pieces, singles
from newsdesk.press.writing import Form, write

FORMS = {
    Kind.AGENCY: (Form.FLASH, Form.REPORT),
    Kind.NEWSPAPER: (Form.REPORT, Form.LONG),
    Kind.BROADCASTER: (Form.FLASH, Form.REPORT),
    Kind.TRADE: (Form.LONG, Form.REPORT),
    Kind.BLOG: (Form.REMARK,),
    Kind.LAB: (Form.RELEASE,),
    Kind.COMPANY: (Form.RELEASE,),
    Kind.RELEASES: (Form.RELEASE,),
    Kind.SPAM: (Form.FLASH,),
}
"""How each kind of outlet writes."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Makes the news of one world; `report` is called once."""

    seed: int
    start: datetime
    days: int
    publishers: tuple[Publisher, ...]
    _articles: list[Article] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def report(self) -> tuple[tuple[Event, ...], tuple[Article, ...]]:
        """All events in order of happening and all articles in order of listing."""
        calendar = Calendar(seed=self.seed, start=self.start, days=self.days)
        happenings = calendar.happenings()
        for happening in happenings:
            self._cover(happening, calendar.end)
        for order, dice in singles(calendar, self.publishers, FORMS):
            self._articles.append(later_life(self._print(order, dice), dice))
        self._articles = old_pieces(self._articles, self.seed, self.days)
        last_years = self._bring_back_last_year(happenings)
        for orders in (round_ups, live_blogs):
            for order, dice in orders(
                self.seed, happenings, self._articles, self._by_id
            ):
                if order.at < calendar.end:
                    self._articles.append(self._print(order, dice))
        articles = sorted(self._articles, key=lambda item: (item.listed_at, item.id))
        events = [item.event for item in happenings] + last_years
        events.sort(key=lambda event: event.happened_at)
        return tuple(events), tuple(articles)

    @property
    def _by_id(self) -> dict[str, Publisher]:
        return {publisher.id: publisher for publisher in self.publishers}

    def _cover(self, happening: Happening, end: datetime) -> None:
        event = happening.event
        dice = Dice("coverage", self.seed, event.id)
        used: set[str] = set()
        shared: list[Article] = []
        for place, publisher in enumerate(outlets(self.publishers, happening, dice)):
            at = event.happened_at + delay(place, publisher.kind, dice)
            if at >= end:
                continue
            source = wants_copy(publisher, shared, dice)
            if source:
                first = shared[0]
                order = self._copy(source, first, happening, publisher, at, dice, used)
            else:
                order = self._piece(happening, publisher, at, dice, used)
            article = self._print(order, dice)
            is_source = article.kind in (ArticleKind.NEWS, ArticleKind.RELEASE)
            is_first = not shared and publisher.kind in _SOURCES and is_source
            if is_first or (source and source.id == shared[0].id):
                shared.append(article)
            used.add(article.title)
            self._articles.append(later_life(article, dice))

    def _piece(
        self,
        happening: Happening,
        publisher: Publisher,
        at: datetime,
        dice: Dice,
        used: set[str],
    ) -> Order:
        form = dice.pick(FORMS[publisher.kind])
        piece = write(
            happening.script, happening.field, happening.facts, form, dice, used
        )
        late = at - happening.event.happened_at > timedelta(hours=16)
        return Order(
            publisher=publisher,
            kind=_article_kind(form, is_late=late),
            piece=piece,
            at=at,
            script=happening.script,
            facts=happening.facts,
            event=happening.event.id,
        )

    def _copy(
        self,
        original: Article,
        first: Article,
        happening: Happening,
        publisher: Publisher,
        at: datetime,
        dice: Dice,
        used: set[str],
    ) -> Order:
        at = max(at, original.published_at + timedelta(minutes=4 + dice.below(40)))
        own = write(
            happening.script, happening.field, happening.facts, Form.FLASH, dice, used
        )
        copy = copied(original, self._by_id[first.publisher].name, own, dice)
        is_release = first.kind is ArticleKind.RELEASE
        from_wire = publisher.kind is Kind.RELEASES
        return Order(
            publisher=publisher,
            kind=ArticleKind.RELEASE if is_release and from_wire else ArticleKind.COPY,
            piece=copy.piece,
            at=at,
            script=happening.script,
            facts=happening.facts,
            event=happening.event.id,
            copied_from=original.id,
            copied_how=copy.how,
            credit=copy.credit,
        )

    def _print(self, order: Order, dice: Dice) -> Article:
        domain = order.publisher.id
        number = self._counts[domain] = self._counts.get(domain, 0) + 1
        return print_article(order, number, dice)

    def _bring_back_last_year(self, happenings: Sequence[Happening]) -> list[Event]:
        """Of each yearly event one outlet's feed lists last year's report again."""
        events: list[Event] = []
        for happening in happenings:
            told = [a for a in self._articles if a.event == happening.event.id]
            if happening.event.kind != "fair" or not told:
                continue
            dice = Dice("last year", self.seed, happening.event.id)
            then = a_year_before(happening, self.seed)
            now = dice.pick(told)
            publisher = self._by_id[now.publisher]
            at = now.published_at - timedelta(days=364)
            order = self._piece(then, publisher, at, dice, {now.title})
            article = replace(
                self._print(order, dice),
                kind=ArticleKind.OLD,
                listed_at=now.listed_at + timedelta(minutes=5),
            )
            if article.listed_at < self.start + timedelta(days=self.days):
                self._articles.append(article)
                events.append(then.event)
        return events


_SOURCES = (Kind.AGENCY, Kind.COMPANY, Kind.LAB, Kind.RELEASES)
"""Kinds of outlets whose texts others print."""


def _article_kind(form: Form, *, is_late: bool) -> ArticleKind:
    if form is Form.RELEASE:
        return ArticleKind.RELEASE
    if form is Form.REMARK:
        return ArticleKind.OPINION
    return ArticleKind.FOLLOW_UP if is_late else ArticleKind.NEWS
