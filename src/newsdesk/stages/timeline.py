"""A judged story and its past -> its timeline: who was when, who was first, what changed.

Times are as good as what outlets say of them, so each comes with how sure it is. Whoever
was first is named only as far as nothing speaks against it. What an outlet changed later
is known from its feeds, which we keep, and from what the article says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.feed import Version
from newsdesk.model.run import Failed
from newsdesk.model.story import Contribution, JudgedStory, Past
from newsdesk.model.timeline import (
    Certainty,
    ChangeKind,
    First,
    Piece,
    StoryChange,
    Timeline,
)
from newsdesk.text import corrections

BACKDATED = timedelta(hours=12)
"""How much earlier than it was seen a first piece may say that it came out, where others
were seen before it, to be believed without a doubt."""
GONE = ("http 404", "http 410")
NO_PAST = Past()

_EVENTS = {kind.value: kind for kind in ChangeKind}


def is_withdrawal(failed: Failed) -> bool:
    """Whether a failure says that an article's page is gone for good."""
    return failed.stage == "fetch" and failed.is_final and failed.kind in GONE


def timeline(judged: JudgedStory, past: Past = NO_PAST) -> Timeline:
    """How a story unfolded, from its members and what is known of their past. The same
    story and past give the same timeline, whatever their order."""
    members = sorted(
        {a.id: a for a in (judged.lead, *judged.related, *judged.more)}.values(),
        key=lambda a: (a.instant, a.first_seen_at, a.id),
    )
    bare = [_piece(article) for article in members]
    first = _first(bare, members)
    copies = {c.article: c for c in judged.copies if c.is_dependent}
    brought = {one.article: one for one in judged.contributions}
    here = {article.id for article in members}
    pieces = []
    for piece in bare:
        copy = copies.get(piece.article)
        original = copy.original if copy and copy.original in here else None
        got = brought.get(piece.article, Contribution(article=piece.article))
        pieces.append(
            Piece(
                article=piece.article,
                at=piece.at,
                certainty=piece.certainty,
                seen_at=piece.seen_at,
                claimed_at=piece.claimed_at,
                after=_lateness(piece, bare, first),
                copy_of=original,
                names=got.names,
                figures=got.figures,
            )
        )
    return Timeline(
        pieces=tuple(pieces), changes=_changes(judged, members, past), first=first
    )


def certainty(article: Article) -> Certainty:
    """How well we know when an article came out."""
    reading = article.reading
    if article.is_timeless or reading.published_at is None:
        return Certainty.SEEN
    if reading.published_at > article.first_seen_at:
        return Certainty.DOUBTFUL
    return Certainty.MINUTE if reading.published_has_time else Certainty.DAY


def _piece(article: Article) -> Piece:
    return Piece(
        article=article.id,
        at=article.instant,
        certainty=certainty(article),
        seen_at=article.first_seen_at,
        claimed_at=article.reading.published_at,
    )


def _lateness(
    piece: Piece, pieces: Sequence[Piece], first: First | None
) -> timedelta | None:
    """How much later than the first; None where either time says too little."""
    if first is None or piece.certainty is not Certainty.MINUTE:
        return None
    began = next(one for one in pieces if one.article == first.article)
    if piece is began or began.certainty is not Certainty.MINUTE:
        return None
    return piece.at - began.at


# --- who was first -----------------------------------------------------------------


def _first(pieces: Sequence[Piece], members: Sequence[Article]) -> First | None:
    """Who was first: whose latest possible time is the earliest; None where there is one
    piece, or where that one came in on the word of nobody."""
    if len(pieces) < 2:
        return None
    first = min(pieces, key=lambda piece: (_latest(piece), piece.article))
    if first.certainty in (Certainty.SEEN, Certainty.DOUBTFUL):
        return None
    names = {a.id: a.provider.name or a.provider.domain for a in members}
    others = [piece for piece in pieces if piece is not first]
    doubt = _doubt(first, others, names)
    return First(
        article=first.article,
        is_sure=doubt is None,
        why=doubt or "no other can have come out before it",
    )


def _latest(piece: Piece) -> datetime:
    """When a piece was out at the latest."""
    if piece.certainty is Certainty.DAY:
        return min(piece.at + timedelta(days=1), piece.seen_at)
    return piece.at


def _doubt(
    first: Piece, others: Sequence[Piece], names: Mapping[ArticleId, str]
) -> str | None:
    """Why another may have been first after all; None: nothing speaks for that."""
    until = _latest(first)
    for other in others:
        name = names[other.article]
        if other.certainty is Certainty.MINUTE and other.at <= until:
            if first.certainty is Certainty.MINUTE:
                return f"{name} gives the same minute"
            return f"it gives the day only, and {name} came out on that day"
        if other.certainty is Certainty.DAY and other.at <= until:
            return f"{name} gives the day only"
        if other.certainty in (Certainty.SEEN, Certainty.DOUBTFUL):
            return f"nobody knows when {name} came out"
    seen = min(others, key=lambda piece: (piece.seen_at, piece.article))
    if first.seen_at - first.at > BACKDATED and seen.seen_at < first.seen_at:
        return f"we saw {names[seen.article]} before it and have only its word"
    return None


# --- what changed --------------------------------------------------------------------


def _changes(
    judged: JudgedStory, members: Sequence[Article], past: Past
) -> tuple[StoryChange, ...]:
    """Each change once, however many feeds tell of it: when it was first seen."""
    here = {article.id: article for article in members}
    found = [
        *_edits(here, past),
        *_corrections(judged, here),
        *_losses(here, past),
        *_events(past),
    ]
    found.sort(key=lambda c: (c.at, c.kind, c.article or "", c.now, c.why))
    once = {(c.kind, c.article, c.before, c.now, c.why): c for c in reversed(found)}
    return tuple(
        sorted(
            once.values(), key=lambda c: (c.at, c.kind, c.article or "", c.now, c.why)
        )
    )


def _edits(here: Mapping[ArticleId, Article], past: Past) -> Iterator[StoryChange]:
    """Headlines and texts that feeds list with other words."""
    for of, versions in past.versions:
        if of in here:
            for before, now in pairwise(versions):
                yield from _edit(of, before, now)


def _edit(of: ArticleId, before: Version, now: Version) -> Iterator[StoryChange]:
    was, new = before.title or "", now.title or ""
    if was and new and was != new:
        yield StoryChange(
            kind=ChangeKind.HEADLINE, at=now.seen_at, article=of, before=was, now=new
        )
    if now.body_hash == before.body_hash:
        return
    note = corrections.correction("", now.excerpt)
    if note and note != corrections.correction("", before.excerpt):
        yield StoryChange(
            kind=ChangeKind.CORRECTION, at=now.seen_at, article=of, now=note
        )
    elif was == new:
        yield StoryChange(
            kind=ChangeKind.TEXT,
            at=now.seen_at,
            article=of,
            why="its feed lists it with other words",
        )


def _corrections(
    judged: JudgedStory, here: Mapping[ArticleId, Article]
) -> Iterator[StoryChange]:
    """What articles say that they put right: then when they were last updated, as far as
    they say; else when they came out, for it was there when we read them."""
    for one in judged.contributions:
        if one.correction and one.article in here:
            article = here[one.article]
            yield StoryChange(
                kind=ChangeKind.CORRECTION,
                at=_updated(article) or article.instant,
                article=article.id,
                now=one.correction,
            )


def _updated(article: Article) -> datetime | None:
    updated = article.reading.updated_at
    return updated if updated and updated >= article.instant else None


def _losses(here: Mapping[ArticleId, Article], past: Past) -> Iterator[StoryChange]:
    for of, at, reason in past.losses:
        if of in here and here[of].reading.page_read:
            yield StoryChange(kind=ChangeKind.WITHDRAWN, at=at, article=of, why=reason)


def _events(past: Past) -> Iterator[StoryChange]:
    for event in past.events:
        if event.kind in _EVENTS:
            yield StoryChange(kind=_EVENTS[event.kind], at=event.at, why=event.why)
