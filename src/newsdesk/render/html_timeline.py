"""The timeline of a story: every piece by its instant, and who was first.

From the articles where we made the story; from the record alone where it was adopted from
an older content folder. How it is drawn is for the templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model.article import Article
from newsdesk.model.record import Record
from newsdesk.model.story import JudgedStory, Published
from newsdesk.render.html_rows import Outlet, outlet
from newsdesk.render.html_words import link


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One piece in the timeline."""

    at: datetime
    has_time: bool
    after: timedelta
    """Since the first piece."""
    title: str
    language: str | None
    outlet: Outlet
    note: str
    """`first`, `lead`, `copy`, `further piece`, joined; `` for none."""


def timeline(published: Published) -> tuple[Step, ...]:
    """Every piece by time. Order between equal times is by address, so that it holds."""
    if published.story is None:
        return _timeline_of_record(published.record)
    judged = published.story
    articles = sorted(
        (judged.lead, *judged.related, *judged.more),
        key=lambda one: (one.instant, one.id),
    )
    first = articles[0].instant
    return tuple(
        Step(
            at=one.instant,
            has_time=_has_time(one),
            after=one.instant - first,
            title=one.reading.title,
            language=one.reading.language,
            outlet=Outlet(name=one.provider.name, url=link(one.reading.web_url)),
            note=_note(one, judged, is_first=one is articles[0]),
        )
        for one in articles
    )


def _has_time(article: Article) -> bool:
    """Whether the hour is known: a bare day says nothing about who was first."""
    claimed = article.reading.published_at
    return article.reading.published_has_time or article.instant != claimed


def _note(article: Article, judged: JudgedStory, *, is_first: bool) -> str:
    notes = []
    if is_first and _has_time(article):
        notes.append("first")
    if article.id == judged.lead.id:
        notes.append("lead")
    elif article in judged.more:
        notes.append("copy" if article.duplicate_of else "further piece")
    return ", ".join(notes)


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
            after=at - pieces[0][0],
            title=title,
            language=None,
            outlet=other,
            note=", ".join(filter(None, ("" if place else "first", note))),
        )
        for place, (at, title, other, note) in enumerate(pieces)
    )
