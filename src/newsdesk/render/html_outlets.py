"""Outlets as readers see them: what each published, how often it was first, what it put
right.

Figures are of the stories that the site shows; a page changes with the stories that its
outlet has a piece in. Which outlets are read, and what is thought of them, is told
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from newsdesk.model.article import Article, Provider
from newsdesk.model.story import Published
from newsdesk.model.timeline import Certainty, ChangeKind
from newsdesk.render import addresses
from newsdesk.render.html_rows import language
from newsdesk.render.html_words import link

LISTED = 50
"""Stories on an outlet's page, the newest."""
ENOUGH = 5
"""Stories from which a share or a median says something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An outlet's first piece in a story."""

    story: Published
    title: str
    language: str | None
    url: str | None
    at: datetime
    after: timedelta | None
    """Since the first piece of the story, where that is known."""
    is_lead: bool
    first: str
    """`first` or `probably first`; empty: it was not, or nobody can tell."""
    copy: str
    """Of what sort of copy its words are; empty: its own."""
    is_shared: bool
    """Whether another outlet tells of it too."""
    fixes: int
    """Corrections that it made, or pieces that it took down."""
    edits: int
    """Headlines or texts that it changed without a word."""

    @property
    def page(self) -> str:
        """Address of the story's page."""
        return addresses.story_page(self.story.path)


@dataclass(slots=True)
class OutletView:
    """An outlet and the stories that it has a piece in, newest first."""

    domain: str
    name: str
    provider: Provider | None = None
    appearances: list[Appearance] = field(default_factory=list)

    @property
    def page(self) -> str:
        """Address of its page."""
        return addresses.outlet_page(self.domain)

    @property
    def kind(self) -> str:
        """`newspaper, GB`; empty where nothing is known."""
        if self.provider is None:
            return ""
        return ", ".join(filter(None, (self.provider.kind, self.provider.country)))

    @property
    def led(self) -> int:
        """Stories that it leads."""
        return sum(one.is_lead for one in self.appearances)

    @property
    def shared(self) -> int:
        """Stories that others tell too: only there can one be first."""
        return sum(one.is_shared for one in self.appearances)

    @property
    def first(self) -> int:
        """Stories that it told first, as far as anyone can tell."""
        return sum(bool(one.first) for one in self.appearances)

    @property
    def own(self) -> int:
        """Stories that it told in its own words."""
        return sum(not one.copy for one in self.appearances)

    @property
    def fixes(self) -> int:
        """Corrections and withdrawals."""
        return sum(one.fixes for one in self.appearances)

    @property
    def edits(self) -> int:
        """Changes without a word."""
        return sum(one.edits for one in self.appearances)

    @property
    def lag(self) -> timedelta | None:
        """How long after the first piece it comes, half of the times when it is not
        first; None: seen too seldom."""
        lags = [one.after for one in self.appearances if one.after]
        if len(lags) < ENOUGH:
            return None
        return timedelta(seconds=median(lag.total_seconds() for lag in lags))

    @property
    def listed(self) -> Sequence[Appearance]:
        """The newest of its stories."""
        return self.appearances[:LISTED]


def outlets(records: Iterable[Published]) -> tuple[OutletView, ...]:
    """The outlets that have a piece in these records, by name. `records` are those that
    readers may see, newest first."""
    found: dict[str, OutletView] = {}
    for one in records:
        for domain, name, provider, seen in _appearances(one):
            view = found.get(domain)
            if view is None:
                view = found[domain] = OutletView(domain=domain, name=name)
            view.provider = view.provider or provider
            view.appearances.append(seen)
    return tuple(
        sorted(found.values(), key=lambda view: (view.name.casefold(), view.domain))
    )


def _appearances(
    one: Published,
) -> Iterator[tuple[str, str, Provider | None, Appearance]]:
    if one.story is None or one.timeline is None:
        yield from _of_record(one)
        return
    told, judged = one.timeline, one.story
    pieces = {piece.article: piece for piece in told.pieces}
    copies = {copy.article: copy for copy in judged.copies if copy.is_dependent}
    for articles in _by_domain(one).values():
        article = articles[0]
        piece = pieces.get(article.id)
        copy = copies.get(article.id)
        ids = {each.id for each in articles}
        is_first = told.first is not None and told.first.article in ids
        mine = [change for change in told.changes if change.article in ids]
        yield (
            article.provider.domain,
            article.provider.name or article.provider.domain,
            article.provider,
            Appearance(
                story=one,
                title=article.reading.title,
                language=article.reading.language,
                url=link(article.reading.web_url),
                at=piece.at if piece else article.instant,
                after=_after(piece.after, piece.certainty) if piece else None,
                is_lead=judged.lead.id in ids,
                first=_first(is_first, told.first is not None and told.first.is_sure),
                copy=copy.kind.value if copy else "",
                is_shared=judged.provider_count > 1,
                fixes=sum(change.kind in _FIXES for change in mine),
                edits=sum(change.kind in _EDITS for change in mine),
            ),
        )


_FIXES = (ChangeKind.CORRECTION, ChangeKind.WITHDRAWN)
_EDITS = (ChangeKind.HEADLINE, ChangeKind.TEXT)


def _after(after: timedelta | None, certainty: Certainty) -> timedelta | None:
    """Only times known to the minute make a fair median."""
    return after if certainty is Certainty.MINUTE else None


def _first(is_first: bool, is_sure: bool) -> str:
    if not is_first:
        return ""
    return "first" if is_sure else "probably first"


def _by_domain(one: Published) -> dict[str, list[Article]]:
    """A story's articles by outlet: what leads the story first, then by time."""
    assert one.story is not None
    lead = one.story.lead
    members = {a.id: a for a in (lead, *one.story.related, *one.story.more)}
    found: dict[str, list[Article]] = {}
    for article in sorted(
        members.values(), key=lambda a: (a.id != lead.id, a.instant, a.id)
    ):
        found.setdefault(article.provider.domain, []).append(article)
    return found


def _of_record(
    one: Published,
) -> Iterator[tuple[str, str, Provider | None, Appearance]]:
    """Of an adopted record only who has a piece in it is known."""
    record = one.record
    told = [(record.provider, record.title, record.web_url, record.published_at)]
    told += [
        (item.provider, item.title, item.web_url, item.published_at)
        for item in record.related
    ]
    seen: set[str] = set()
    for who, title, url, at in told:
        if who.domain in seen:
            continue
        yield (
            who.domain,
            who.name or who.domain,
            None,
            Appearance(
                story=one,
                title=title,
                language=language(one),
                url=link(url),
                at=at,
                after=None,
                is_lead=not seen,
                first="",
                copy="",
                is_shared=bool(record.related),
                fixes=0,
                edits=0,
            ),
        )
        seen.add(who.domain)
