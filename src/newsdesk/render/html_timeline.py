"""The timeline of a story as its page shows it: pieces and changes in one list by time.

From the timeline that the edition carries; of a record adopted from an older content
folder from the record alone. How it is drawn is for the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.record import Record
from newsdesk.model.story import JudgedStory, Published
from newsdesk.model.timeline import Certainty, ChangeKind, Piece, StoryChange, Timeline
from newsdesk.render import addresses
from newsdesk.render.html_rows import Outlet, outlet
from newsdesk.render.html_words import link, sentence, span

LATE = timedelta(hours=1)
"""How long after it came out we must have seen a piece for that to be worth a word."""
FEW = 5
"""Names and figures of a piece that are shown."""

_HAPPENED = {
    ChangeKind.HEADLINE: "changed its headline",
    ChangeKind.TEXT: "changed its text",
    ChangeKind.CORRECTION: "put something right",
    ChangeKind.WITHDRAWN: "took its piece down",
    ChangeKind.LEAD: "Another piece leads",
    ChangeKind.MERGED: "Another story became part of this one",
    ChangeKind.SPLIT: "Articles left for a story of their own",
    ChangeKind.MOVED: "An article was moved",
}
"""What follows what is told by a link above."""
_TELLING = (ChangeKind.WITHDRAWN, ChangeKind.LEAD)
"""Changes whose reason tells a reader something; of others it names ids."""
_LOUD = (ChangeKind.CORRECTION, ChangeKind.WITHDRAWN)
"""Changes that a reader should not miss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the timeline: a piece, or a change to one or to the story."""

    at: datetime
    has_time: bool
    """Whether the hour is known."""
    title: str = ""
    language: str | None = None
    outlet: Outlet | None = None
    """Who published it, or changed it; None: the story itself changed."""
    note: str = ""
    """`first`, `probably first`, `lead`, `copy`, `further piece`, joined."""
    after: timedelta | None = None
    """Since the first piece, where that is known."""
    doubt: str = ""
    """What is doubtful about its time, and when we saw it, where that tells something."""
    adds: tuple[str, ...] = ()
    """Names and figures that no earlier piece has."""
    happened: str = ""
    """What changed; empty for a piece."""
    before: str = ""
    """The headline before."""
    told: str = ""
    """The headline since, the correction, or why."""
    is_loud: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Firsts:
    """Who was first, for a sentence above the timeline."""

    outlet: Outlet
    is_sure: bool
    ahead: timedelta | None
    """Of the next one whose time is known to the minute."""
    why: str


def timeline(published: Published) -> tuple[Step, ...]:
    """Pieces and changes by time; of one instant pieces come first."""
    judged, told = published.story, published.timeline
    if judged is None or told is None:
        return _timeline_of_record(published.record)
    articles = {a.id: a for a in (judged.lead, *judged.related, *judged.more)}
    steps = [_of_piece(one, judged, told, articles) for one in told.pieces]
    steps += [
        _of_change(one, articles) for one in told.changes if one.kind in _HAPPENED
    ]
    return tuple(sorted(steps, key=lambda step: (step.at, bool(step.happened))))


def firsts(published: Published) -> Firsts | None:
    """Who was first; None where there is one piece or nobody can tell."""
    judged, told = published.story, published.timeline
    if judged is None or told is None or told.first is None:
        return None
    articles = {a.id: a for a in (judged.lead, *judged.related, *judged.more)}
    ahead = (one.after for one in told.pieces if one.after)
    return Firsts(
        outlet=_outlet(articles[told.first.article]),
        is_sure=told.first.is_sure,
        ahead=min(ahead, default=None),
        why=sentence(told.first.why),
    )


def _of_piece(
    piece: Piece,
    judged: JudgedStory,
    told: Timeline,
    articles: Mapping[ArticleId, Article],
) -> Step:
    article = articles[piece.article]
    return Step(
        at=piece.at,
        has_time=piece.certainty is not Certainty.DAY or piece.at != piece.claimed_at,
        title=article.reading.title,
        language=article.reading.language,
        outlet=_outlet(article),
        note=", ".join(_notes(piece, judged, told)),
        after=piece.after,
        doubt=_doubt(piece),
        adds=(*piece.names[:FEW], *piece.figures[: max(2, FEW - len(piece.names))]),
    )


def _notes(piece: Piece, judged: JudgedStory, told: Timeline) -> list[str]:
    notes = []
    if told.first and told.first.article == piece.article:
        notes.append("first" if told.first.is_sure else "probably first")
    copy = next((c for c in judged.copies if c.article == piece.article), None)
    if piece.article == judged.lead.id:
        notes.append("lead")
    if copy and copy.is_dependent:
        notes.append(copy.kind.value)
    elif any(article.id == piece.article for article in judged.more):
        notes.append("further piece")
    return notes


def _doubt(piece: Piece) -> str:
    """What a reader should know of its time, in a few words."""
    if piece.certainty is Certainty.SEEN:
        return "gives no time; this is when we saw it"
    if piece.certainty is Certainty.DOUBTFUL:
        return "gives a time to come; this is when we saw it"
    if piece.certainty is Certainty.DAY:
        return "gives the day only"
    lag = piece.seen_at - piece.at
    return f"seen {span(lag)} later" if lag >= LATE else ""


def _of_change(change: StoryChange, articles: Mapping[ArticleId, Article]) -> Step:
    article = articles.get(change.article) if change.article else None
    return Step(
        at=change.at,
        has_time=True,
        title=article.reading.title if article else "",
        language=article.reading.language if article else None,
        outlet=_outlet(article) if article else None,
        happened=_HAPPENED[change.kind],
        before=change.before,
        told=change.now or (sentence(change.why) if change.kind in _TELLING else ""),
        is_loud=change.kind in _LOUD,
    )


def _outlet(article: Article) -> Outlet:
    name = article.provider.name or article.provider.domain
    return Outlet(
        name=name,
        url=link(article.reading.web_url),
        page=addresses.outlet_page(article.provider.domain),
    )


def _timeline_of_record(record: Record) -> tuple[Step, ...]:
    who = outlet(record)
    pieces = [(record.published_at, record.title, who, "lead")]
    for item in record.related:
        name = item.provider.name or item.provider.domain
        other = Outlet(name=name, url=link(item.web_url))
        pieces.append((item.published_at, item.title, other, ""))
    pieces.sort(key=lambda piece: (piece[0], piece[2].name, piece[1]))
    return tuple(
        Step(
            at=at,
            has_time=True,
            after=at - pieces[0][0] if place else None,
            title=title,
            outlet=other,
            note=", ".join(filter(None, ("" if place else "first", note))),
        )
        for place, (at, title, other, note) in enumerate(pieces)
    )
