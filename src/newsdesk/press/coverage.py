"""Decides what happens in the world, which outlets tell it, and when.

Events come in a daily rhythm; an agency, a lab or the company itself is first, others
follow within minutes or hours, some reprint the agency's copy, some look back a day later.
Around them stand single pieces: columns, recipes, match reports, market-research spam.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsdesk.press.afterlife import later_life
from newsdesk.press.casting import cast
from newsdesk.press.dice import Dice
from newsdesk.press.phrasebook import Script, scripts
from newsdesk.press.printing import Order, print_article
from newsdesk.press.records import Article, ArticleKind, Event, Publisher
from newsdesk.press.records import PublisherKind as Kind
from newsdesk.press.rhythm import delay, moment_of_news
from newsdesk.press.wording import Fact, Facts, Firm, Person
from newsdesk.press.writing import Form, write

EVENTS_A_DAY = 7.0
SINGLES_A_DAY = 18
SEQUEL_SHARE = 0.6
"""Of events that can have one and happen early enough."""
COPY_SHARE = 0.35
"""Of newspapers and broadcasters that cover what an agency has covered."""

# How many outlets cover an event: most are small, a few are everywhere.
_SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14)
_SIZE_WEIGHTS = (3, 6, 8, 8, 8, 7, 6, 5, 4, 3)

_FIELD_TRADE = {
    "chips": "stackandsolder",
    "robots": "roboticsweek",
    "health": "clinicandcode",
    "security": "patchwork-security",
    "markets": "capitalcircuit",
    "policy": "govtechbulletin",
    "research": "labnotesweekly",
}

_FORMS = {
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

# Which publishers bring which single pieces, how often in relation, and how often a week
# one script may be used: a column that appears twice under two names would be a copy.
_SINGLES = (
    ("event", (Kind.NEWSPAPER, Kind.TRADE, Kind.BROADCASTER), 6.0, 1),
    ("evergreen", (Kind.NEWSPAPER, Kind.BROADCASTER, Kind.AGENCY), 6.0, 3),
    ("opinion", (Kind.BLOG, Kind.TRADE), 4.0, 1),
    ("research", (Kind.LAB,), 1.5, 4),
    ("spam", (Kind.SPAM, Kind.RELEASES), 4.5, 14),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happening:
    """An event with all that is needed to write about it."""

    event: Event
    script: Script
    field: Script
    facts: Facts


@dataclass(slots=True, kw_only=True)
class Desk:
    """Makes the news of one world; `report` is called once."""

    seed: int
    start: datetime
    days: int
    publishers: tuple[Publisher, ...]
    _articles: list[Article] = field(default_factory=list)
    _used_titles: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)
    _turns: dict[str, int] = field(default_factory=dict)

    def report(self) -> tuple[tuple[Event, ...], tuple[Article, ...]]:
        """All events in order of happening and all articles in order of listing."""
        happenings = self._happenings()
        for happening in happenings:
            self._cover(happening)
        self._fill_with_singles()
        self._bring_back_old_pieces()
        articles = sorted(self._articles, key=lambda item: (item.listed_at, item.id))
        events = sorted(
            (item.event for item in happenings), key=lambda e: e.happened_at
        )
        return tuple(events), tuple(articles)

    @property
    def _end(self) -> datetime:
        return self.start + timedelta(days=self.days)

    # What happens

    def _happenings(self) -> list[_Happening]:
        dice = Dice("events", self.seed)
        count = round(self.days * EVENTS_A_DAY)
        moments = sorted(
            moment_of_news(self.start, self.days, dice) for _ in range(count)
        )
        kinds = _spread(_of_role("event"), count, dice)
        told = [
            self._happen(number, script, moment, None)
            for number, (moment, script) in enumerate(zip(moments, kinds, strict=True))
        ]
        return told + self._sequels(told, dice)

    def _sequels(self, told: list[_Happening], dice: Dice) -> list[_Happening]:
        """What comes of some events a day or two later: an inquiry, a strike."""
        result: list[_Happening] = []
        for before in told:
            able = [item for item in scripts() if before.script.kind in item.follows]
            hours = dice.between(18, 60)
            moment = before.event.happened_at + timedelta(hours=hours)
            fits = moment < self._end
            if able and fits and dice.chance(SEQUEL_SHARE):
                number = len(told) + len(result)
                script = dice.pick(able)
                result.append(self._happen(number, script, moment, before))
        return result

    def _happen(
        self, number: int, script: Script, moment: datetime, before: _Happening | None
    ) -> _Happening:
        dice = Dice("event", self.seed, number)
        given = _kept(before.facts) if before else None
        facts = cast(script, dice, f"{moment:%A}", given)
        event = Event(
            id=f"e{number:03d}",
            kind=script.kind,
            field=script.field,
            happened_at=moment,
            topics=script.topics,
            names=_names(script, facts),
            follows=before.event.id if before else None,
        )
        return _Happening(
            event=event,
            script=script.staged(dice, self._turn(script)),
            field=_field(script.field).staged(dice),
            facts=facts,
        )

    def _turn(self, script: Script) -> int:
        turn = self._turns.get(script.kind, 0)
        self._turns[script.kind] = turn + 1
        return turn

    # Who covers it

    def _cover(self, happening: _Happening) -> None:
        event = happening.event
        dice = Dice("coverage", self.seed, event.id)
        outlets = self._outlets(happening, dice)
        used: set[str] = set()
        agency_copy: Article | None = None
        for place, publisher in enumerate(outlets):
            at = event.happened_at + delay(place, publisher.kind, dice)
            if at >= self._end:
                continue
            if agency_copy and _reprints(publisher, dice):
                article = self._copy(agency_copy, publisher, at, dice, used, happening)
            else:
                article = self._piece(happening, publisher, at, dice, used)
            if publisher.kind is Kind.AGENCY and agency_copy is None:
                agency_copy = article
            used.add(article.title)
            self._articles.append(later_life(article, dice))

    def _outlets(self, happening: _Happening, dice: Dice) -> list[Publisher]:
        size = dice.weighted(_SIZES, _SIZE_WEIGHTS)
        trade = _FIELD_TRADE.get(happening.event.field)
        pool = [item for item in self.publishers if self._may_cover(item, happening)]
        weights = {
            item.id: item.weight * (6 if item.id == trade else 1) for item in pool
        }
        chosen: list[Publisher] = []
        while pool and len(chosen) < size:
            publisher = dice.weighted(pool, [weights[item.id] for item in pool])
            pool.remove(publisher)
            chosen.append(publisher)
        return sorted(chosen, key=lambda item: _SPEED[item.kind])

    def _may_cover(self, publisher: Publisher, happening: _Happening) -> bool:
        special = publisher.id in _FIELD_TRADE.values()
        if special:
            return _FIELD_TRADE.get(happening.event.field) == publisher.id
        if publisher.kind is Kind.COMPANY:
            owner = publisher.name.split()[0]
            return happening.event.kind in _ANNOUNCED and owner == _hero(happening)
        if publisher.kind is Kind.LAB:
            return publisher.name in str(happening.facts["lab"])
        if publisher.kind is Kind.RELEASES:
            return happening.event.kind in _ANNOUNCED
        return publisher.kind is not Kind.SPAM

    def _piece(
        self,
        happening: _Happening,
        publisher: Publisher,
        at: datetime,
        dice: Dice,
        used: set[str],
    ) -> Article:
        form = dice.pick(_FORMS[publisher.kind])
        piece = write(
            happening.script, happening.field, happening.facts, form, dice, used
        )
        late = at - happening.event.happened_at > timedelta(hours=16)
        return self._print(
            Order(
                publisher=publisher,
                kind=_article_kind(form, is_late=late),
                piece=piece,
                at=at,
                script=happening.script,
                facts=happening.facts,
                event=happening.event.id,
            ),
            dice,
        )

    def _copy(
        self,
        original: Article,
        publisher: Publisher,
        at: datetime,
        dice: Dice,
        used: set[str],
        happening: _Happening,
    ) -> Article:
        at = max(at, original.published_at + timedelta(minutes=4 + dice.below(40)))
        agency = next(p for p in self.publishers if p.id == original.publisher)
        piece = write(
            happening.script, happening.field, happening.facts, Form.FLASH, dice, used
        )
        kept = original.paragraphs
        if len(kept) > 3 and dice.chance(0.4):
            kept = kept[:-1]
        title = original.title if dice.chance(0.5) else piece.title
        opening = f"({agency.name}) – {kept[0]}"
        order = Order(
            publisher=publisher,
            kind=ArticleKind.COPY,
            piece=replace(
                piece, title=title, deck=original.deck, paragraphs=(opening, *kept[1:])
            ),
            at=at,
            script=happening.script,
            facts=happening.facts,
            event=happening.event.id,
            copied_from=original.id,
            credit=agency.name,
        )
        return self._print(order, dice)

    def _print(self, order: Order, dice: Dice) -> Article:
        domain = order.publisher.id
        number = self._counts[domain] = self._counts.get(domain, 0) + 1
        return print_article(order, number, dice)

    # What else stands in the papers

    def _fill_with_singles(self) -> None:
        dice = Dice("singles", self.seed)
        weeks = max(1, round(self.days / 7))
        decks = {
            role: [
                s for _ in range(often * weeks) for s in dice.shuffled(_of_role(role))
            ]
            for role, _, _, often in _SINGLES
        }
        for number in range(round(self.days * SINGLES_A_DAY)):
            able = [item for item in _SINGLES if decks[item[0]]]
            if not able:
                break
            role, kinds, _, _ = dice.weighted(able, [item[2] for item in able])
            self._single(
                number,
                decks[role].pop(0),
                kinds,
                moment_of_news(self.start, self.days, dice),
            )

    def _single(
        self, number: int, script: Script, kinds: tuple[Kind, ...], at: datetime
    ) -> None:
        dice = Dice("single", self.seed, number)
        facts = cast(script, dice, f"{at:%A}")
        able = self._able(script, kinds)
        if not able:
            return
        publisher = dice.weighted(able, [item.weight for item in able])
        form = _single_form(script, publisher, dice)
        piece = write(
            script.staged(dice, self._turn(script)),
            _field(script.field).staged(dice),
            facts,
            form,
            dice,
            self._used_titles,
        )
        if piece.title in self._used_titles:
            return
        self._used_titles.add(piece.title)
        order = Order(
            publisher=publisher,
            kind=_SINGLE_KINDS.get(script.role, ArticleKind.NEWS),
            piece=piece,
            at=at,
            script=script,
            facts=facts,
        )
        self._articles.append(later_life(self._print(order, dice), dice))

    def _able(self, script: Script, kinds: tuple[Kind, ...]) -> list[Publisher]:
        special = set(_FIELD_TRADE.values()) - {_FIELD_TRADE.get(script.field)}
        return [
            item
            for item in self.publishers
            if item.kind in kinds
            and (item.id not in special or script.role == "opinion")
        ]

    def _bring_back_old_pieces(self) -> None:
        """A few singles turn out to be old ones that a feed lists anew."""
        dice = Dice("old", self.seed)
        able = [
            index
            for index, item in enumerate(self._articles)
            if item.event is None and item.kind is ArticleKind.NEWS
        ]
        for index in dice.sample(able, max(1, self.days // 2)):
            item = self._articles[index]
            age = timedelta(days=90 + dice.below(500))
            self._articles[index] = replace(
                item,
                kind=ArticleKind.OLD,
                published_at=item.published_at - age,
                changes=(),
                withdrawn_at=None,
            )


_SPEED = {
    Kind.COMPANY: 0,
    Kind.LAB: 0,
    Kind.RELEASES: 1,
    Kind.AGENCY: 2,
    Kind.BROADCASTER: 3,
    Kind.NEWSPAPER: 3,
    Kind.TRADE: 4,
    Kind.BLOG: 5,
    Kind.SPAM: 6,
}
# Kinds of events that companies announce themselves.
_ANNOUNCED = frozenset(
    "launch funding acquisition partnership earnings leadership openmodel hospital drug "
    "robots fab datacentre benchmark standards".split()
)
_SINGLE_KINDS = {
    "evergreen": ArticleKind.EVERGREEN,
    "opinion": ArticleKind.OPINION,
    "research": ArticleKind.RELEASE,
    "spam": ArticleKind.SPAM,
}
_KEPT_FACTS = (
    *("co", "co2", "ceo", "ceo2", "what", "what2", "product", "country", "city"),
    *("regulator", "hospital", "lab", "union", "analyst", "firm", "sci"),
)


def _of_role(role: str) -> list[Script]:
    return [item for item in scripts() if item.role == role]


_NO_FIELD = Script(kind="none", role="field", field="none")


def _field(name: str) -> Script:
    found = (item for item in scripts() if item.role == "field" and item.kind == name)
    return next(found, _NO_FIELD)


def _spread(items: list[Script], count: int, dice: Dice) -> list[Script]:
    """`count` scripts, no kind again before every other has had its turn."""
    result: list[Script] = []
    while len(result) < count:
        result += dice.shuffled(items)
    return result[:count]


def _kept(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    return {slot: facts[slot] for slot in _KEPT_FACTS}


def _hero(happening: _Happening) -> str:
    fact = happening.facts["co"]
    return fact.name.split()[0] if isinstance(fact, Firm) else ""


def _names(script: Script, facts: Facts) -> tuple[str, ...]:
    phrases = " ".join((*script.headlines, *script.leads))
    slots = (
        *("co", "co2", "ceo", "heir", "sci", "product", "country", "city"),
        *("lab", "hospital", "regulator"),
    )
    named = (
        slot for slot in slots if f"{{{slot}}}" in phrases or f"{{{slot}." in phrases
    )
    return tuple(_name(facts[slot]) for slot in named)


def _name(fact: Fact) -> str:
    if isinstance(fact, Person):
        return fact.last
    return fact if isinstance(fact, str) else fact.name


def _reprints(publisher: Publisher, dice: Dice) -> bool:
    able = publisher.kind in (Kind.NEWSPAPER, Kind.BROADCASTER)
    return able and dice.chance(COPY_SHARE)


def _article_kind(form: Form, *, is_late: bool) -> ArticleKind:
    if form is Form.RELEASE:
        return ArticleKind.RELEASE
    if form is Form.REMARK:
        return ArticleKind.OPINION
    return ArticleKind.FOLLOW_UP if is_late else ArticleKind.NEWS


def _single_form(script: Script, publisher: Publisher, dice: Dice) -> Form:
    if script.role == "event":
        return dice.pick(_FORMS[publisher.kind])
    return Form.LONG if script.role in ("opinion", "research") else Form.REPORT
