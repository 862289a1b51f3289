"""What the desk measures of itself, for its status page.

All of it is worked out from the edition and what the run knows of its sources, as of the
edition's newest news, so that the page changes when the news does. Figures are of the
last days; where too few stories make one, it is left out rather than guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from newsdesk.model.story import Edition, Published
from newsdesk.model.timeline import Certainty, ChangeKind
from newsdesk.render import visibility
from newsdesk.render.html_words import count, span

DAYS = 7
"""Days that figures are of."""
ENOUGH = 5
"""Pieces from which a median says something."""
_GATES = 6
"""Reasons for which stories were held, that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure with what it means."""

    name: str
    value: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How the sources of the desk are doing."""

    by_health: tuple[tuple[str, int], ...]
    """How many are how, most first."""
    ailing: tuple[tuple[str, str], ...] = ()
    """Those that need a look: name and what is wrong, worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A reason for which stories were held, how often, and one of them."""

    reason: str
    many: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """Everything on the status page."""

    as_of: datetime | None
    figures: tuple[Figure, ...]
    gates: tuple[Gate, ...]
    sources: SourceHealth | None


def status(edition: Edition, sources: SourceHealth | None = None) -> StatusView:
    """The measures of an edition."""
    recent = tuple(_recent(edition))
    return StatusView(
        as_of=edition.as_of,
        figures=tuple(_figures(edition, recent)),
        gates=_gates(recent),
        sources=sources,
    )


def _recent(edition: Edition) -> Iterator[Published]:
    """Stories with news of the last days that were not joined to others."""
    if edition.as_of is None:
        return
    since = edition.as_of - timedelta(days=DAYS)
    for one in edition.records:
        told = one.story.story if one.story else None
        if told and told.is_alive and told.changed_at >= since:
            yield one


def _figures(edition: Edition, recent: Sequence[Published]) -> Iterator[Figure]:
    shown = visibility.shown(recent)
    everything = len(visibility.shown(edition.records))
    yield Figure(
        name="Published",
        value=count(len(shown), "story", "stories"),
        means=f"{len(recent) - len(shown):,} held; {everything:,} in the archive",
    )
    articles = [a for p in shown if p.story for a in p.story.story.members]
    if articles:
        outlets = {
            a.provider.domain
            for p in shown
            if p.story
            for a in (p.story.lead, *p.story.related, *p.story.more)
        }
        yield Figure(
            name="Articles in them",
            value=f"{len(articles):,}",
            means=f"of {count(len(outlets), 'outlet')}",
        )
    yield from _speed(shown)
    yield from _copies(shown)
    yield from _steadiness(shown)
    yield from _fixes(shown)


def _speed(shown: Sequence[Published]) -> Iterator[Figure]:
    """How soon we see what outlets publish, where they give the minute."""
    lags = [
        (piece.seen_at - piece.at).total_seconds()
        for one in shown
        if one.timeline
        for piece in one.timeline.pieces
        if piece.certainty is Certainty.MINUTE
    ]
    if len(lags) >= ENOUGH:
        most = quantiles(lags, n=20, method="inclusive")[-1]
        yield Figure(
            name="From out to seen",
            value=span(timedelta(seconds=median(lags))),
            means=f"for half of all pieces; {span(timedelta(seconds=most))} for 19 of 20",
        )


def _copies(shown: Sequence[Published]) -> Iterator[Figure]:
    """What share of coverage is somebody else's text."""
    looked = [one.story for one in shown if one.story and one.story.origins]
    members = sum(len(one.story.members) for one in looked)
    copies = sum(copy.is_dependent for one in looked for copy in one.copies)
    if members >= ENOUGH:
        yield Figure(
            name="Copies",
            value=f"{100 * copies / members:.0f} %",
            means="of the articles carry another's text and confirm nothing",
        )


def _steadiness(shown: Sequence[Published]) -> Iterator[Figure]:
    """How often a reader finds another piece in the lead."""
    changes = sum(
        change.kind is ChangeKind.LEAD
        for one in shown
        if one.timeline
        for change in one.timeline.changes
    )
    if len(shown) >= ENOUGH:
        yield Figure(
            name="Changes of lead",
            value=f"{changes / len(shown):.2f}",
            means="a story, after it was published",
        )


def _fixes(shown: Sequence[Published]) -> Iterator[Figure]:
    kinds = Counter(
        change.kind for one in shown if one.timeline for change in one.timeline.changes
    )
    right, gone = kinds[ChangeKind.CORRECTION], kinds[ChangeKind.WITHDRAWN]
    yield Figure(
        name="Put right by outlets",
        value=count(right, "correction"),
        means=f"{count(gone, 'piece')} taken down, "
        f"{count(kinds[ChangeKind.HEADLINE], 'headline')} changed",
    )


def _gates(recent: Sequence[Published]) -> tuple[Gate, ...]:
    """Why stories were held: the rule that decided, else its words without figures."""
    held = (
        one.story.verdict
        for one in recent
        if one.story and not visibility.is_shown(one)
        if not one.story.verdict.is_confidential
    )
    reasons = Counter(re.sub(r"\d+", "…", verdict.reason) for verdict in held)
    return tuple(
        Gate(reason=reason, many=many)
        for reason, many in sorted(
            reasons.items(), key=lambda each: (-each[1], each[0])
        )[:_GATES]
    )
