"""Stories under a set of rules -> the front pages of past instants, and how two differ.

A front page is made of what was there at its instant, as warm as it was then; readers'
visits are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from newsdesk.model.article import Article
from newsdesk.model.preview import FrontChange, Move
from newsdesk.model.receipt import RuleSet
from newsdesk.model.record import Record, RecordProvider
from newsdesk.model.site import Site
from newsdesk.model.story import JudgedStory, Published, StoryId
from newsdesk.stages import front, heat, rejudge

MOST_DAYS = 60
"""Front pages that are compared, one a day."""


def days(since: datetime, until: datetime) -> list[datetime]:
    """Instants whose front pages are compared: a day apart, the newest first."""
    found: list[datetime] = []
    at = until.astimezone(UTC)
    while at > since and len(found) < MOST_DAYS:
        found.append(at)
        at -= timedelta(days=1)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runner:
    """A published story that may be on a front page."""

    p: Published
    judged: JudgedStory
    members: tuple[Article, ...]
    first_at: datetime
    """When its first member was seen."""
    last_at: datetime

    def exact(self, rules: RuleSet, at: datetime) -> float:
        """Its heat at an instant, of the members that were there then."""
        judged, half_life_h = self.judged, rules.rules.half_life_h
        if self.last_at <= at:
            since = judged.heat_at or judged.story.changed_at
            return heat.faded(judged.heat, since, at, half_life_h=half_life_h)
        there = [a for a in self.members if a.first_seen_at <= at]
        return heat.exact(rejudge.heat_of(judged, there, rules, judged.basis, at))

    def is_recent(self, since: datetime, at: datetime) -> bool:
        """Whether it had news between two instants."""
        return any(since <= a.first_seen_at <= at for a in self.members)


def fronts(
    cases: Iterable[tuple[JudgedStory, tuple[Article, ...]]],
    rules: RuleSet,
    site: Site,
    instants: Iterable[datetime],
) -> list[tuple[Published, ...]]:
    """The front page of each instant under a set of rules. `cases`: published stories as
    these rules have them, with their members."""
    names = {topic.id: topic.name for topic in site.topics}
    as_if = replace(site, rules=rules.rules)
    runners = []
    for judged, members in cases:
        seen = [article.first_seen_at for article in members]
        runners.append(
            _Runner(
                p=_stub(judged, names),
                judged=judged,
                members=members,
                first_at=min(seen),
                last_at=max(seen),
            )
        )
    return [_front(runners, rules, as_if, at) for at in instants]


def _front(
    runners: Sequence[_Runner], rules: RuleSet, site: Site, at: datetime
) -> tuple[Published, ...]:
    """The front page of an instant: of what was there then, as warm as it was then."""
    since = at - timedelta(days=site.window.front_days)
    recent, pinned, points = [], [], {}
    for one in runners:
        is_pinned = front.is_pinned(one.p)
        if one.first_at > at or (one.last_at < since and not is_pinned):
            continue
        is_recent = one.is_recent(since, at)
        if not is_recent and not is_pinned:
            continue
        points[one.p.path] = one.exact(rules, at)
        if is_recent:
            recent.append(one.p)
        if is_pinned:
            pinned.append(one.p)
    return front.front(recent, pinned, points, site).shown


def _stub(judged: JudgedStory, names: Mapping[str, str]) -> Published:
    """As much of a record as a place on the front page depends on."""
    lead = judged.lead
    is_expired = judged.ruling is not None and judged.ruling.is_expired
    return Published(
        path=judged.story.id,
        record=Record(
            title=lead.reading.title,
            excerpt=None,
            published_at=lead.instant,
            original_url=lead.url,
            quality=judged.quality.value,
            heat=-1 if is_expired else 1,
            published=True,
            provider=RecordProvider(
                name=lead.provider.name, domain=lead.provider.domain
            ),
            topics=tuple(names[h.topic] for h in lead.topics if h.topic in names),
        ),
        story=judged,
    )


def change(
    at: datetime, old: Sequence[Published], new: Sequence[Published]
) -> FrontChange:
    """What differs between two front pages of an instant."""
    before = {p.path: place for place, p in enumerate(old, 1)}
    after = {p.path: place for place, p in enumerate(new, 1)}
    titles = {p.path: p.record.title for p in (*old, *new)}
    moves = [
        Move(
            story=StoryId(of),
            title=titles[of],
            before=before.get(of),
            after=after.get(of),
        )
        for of in sorted(
            titles, key=lambda of: (after.get(of, 10**6), before.get(of, 0))
        )
    ]
    stay = [m for m in moves if m.before and m.after]
    # Who moved up because another left did not move against those that stay.
    order = {
        m.story: n for n, m in enumerate(sorted(stay, key=lambda m: m.before or 0))
    }
    moved = tuple(m for n, m in enumerate(stay) if order[m.story] != n)
    return FrontChange(
        at=at,
        entered=tuple(m for m in moves if m.before is None),
        left=tuple(m for m in moves if m.after is None),
        moved=moved,
        stayed=len(stay) - len(moved),
    )
