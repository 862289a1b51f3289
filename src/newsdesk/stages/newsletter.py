"""An edition -> an issue of a newsletter: what its readers have not had yet.

Nothing is told twice unless it moved, nothing is filled up on a slow day: an issue
without news is empty, and names the nearest misses for the page that says so. What was
put right about stories that readers had is told in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from newsdesk.model.newsletter import (
    Amendment,
    Issue,
    Pick,
    Sent,
    Why,
)
from newsdesk.model.site import Cadence, Newsletter, Topic
from newsdesk.model.story import Edition, Published, StoryId
from newsdesk.model.timeline import ChangeKind
from newsdesk.text import english_days

MISSES = 3
MOVED_ORIGINS = 3
"""Further independent voices that make a story worth a second mention."""
REPEATED_WITHIN = timedelta(days=30)
"""How long an issue's stories are remembered."""
FIRST_DAYS = {Cadence.DAILY: 1, Cadence.WEEKDAYS: 1, Cadence.WEEKLY: 7}
"""Days that a first issue looks back."""
MOST_DAYS = {Cadence.DAILY: 2, Cadence.WEEKDAYS: 4, Cadence.WEEKLY: 14}
"""Days that any issue looks back at most: Monday's reaches to Friday's, and a day more."""
AMENDED = {
    ChangeKind.CORRECTION: "Corrected",
    ChangeKind.WITHDRAWN: "Withdrawn by its publisher",
}


def day_due(newsletter: Newsletter, now: datetime, last: date | None) -> date | None:
    """The day whose issue is to be made at an instant; None: none is, or it was made.
    `last` is the day of the last issue, one that was empty included."""
    moment = now.astimezone(UTC)
    latest = moment.date()
    if moment.time() < time(newsletter.hour):
        latest -= timedelta(days=1)
    while not _comes_out(newsletter, latest):
        latest -= timedelta(days=1)
    if last is not None and latest <= last:
        return None
    is_late = moment - _at(newsletter, latest) > timedelta(days=1)
    return None if is_late else latest


def issue(
    newsletter: Newsletter,
    day: date,
    edition: Edition,
    *,
    topics: Sequence[Topic],
    sent: Sequence[Sent],
    last_until: datetime | None,
) -> Issue:
    """The issue of a day, as of an edition. `sent` is how stories stood in issues of the
    last weeks, `last_until` how far the last issue reached."""
    until = edition.as_of or _at(newsletter, day)
    back = timedelta(days=FIRST_DAYS[newsletter.cadence])
    most = timedelta(days=MOST_DAYS[newsletter.cadence])
    since = max(last_until or until - back, until - most)
    before = {one.story: one for one in sorted(sent, key=lambda one: one.day)}
    shown = [p for p in edition.records if _is_for(p, newsletter, topics)]
    picks = [pick for p in _hottest(shown) if (pick := _pick(p, since, before))]
    chosen = tuple(picks[: newsletter.stories])
    told = {pick.published.path for pick in chosen}
    return Issue(
        newsletter=newsletter,
        day=day,
        since=since,
        until=until,
        picks=chosen,
        amendments=tuple(
            one
            for one in _amendments(edition.records, before, since, until)
            if one.published.path not in told
        ),
        misses=() if chosen else edition.misses[:MISSES],
    )


def as_sent(made: Issue) -> tuple[Sent, ...]:
    """How the stories of an issue stood when it came out, to be kept."""
    return tuple(
        Sent(
            story=story.story.id,
            day=made.day,
            path=pick.published.path,
            title=pick.published.record.title,
            lead=story.lead.id,
            origins=story.origin_count,
            heat=pick.published.record.heat,
        )
        for pick in made.picks
        if (story := pick.published.story) is not None
    )


def _comes_out(newsletter: Newsletter, day: date) -> bool:
    if newsletter.cadence is Cadence.WEEKLY:
        return day.isoweekday() == newsletter.weekday
    return newsletter.cadence is Cadence.DAILY or day.isoweekday() < 6


def _at(newsletter: Newsletter, day: date) -> datetime:
    return datetime.combine(day, time(newsletter.hour), UTC)


def _is_for(p: Published, newsletter: Newsletter, topics: Sequence[Topic]) -> bool:
    """Whether readers of the newsletter see a story at all."""
    if not p.record.published or p.story is None:
        return False
    names = {topic.name for topic in topics if topic.id in newsletter.topics}
    if newsletter.topics and names.isdisjoint(p.record.topics):
        return False
    language = p.story.lead.reading.language
    return not newsletter.language or language in (newsletter.language, None)


def _hottest(shown: Iterable[Published]) -> list[Published]:
    def rank(p: Published) -> tuple[int, int, str]:
        heat = p.record.heat if p.heat_now is None else p.heat_now
        return (-heat, -p.record.quality, p.path)

    return sorted(shown, key=rank)


def _pick(p: Published, since: datetime, before: Mapping[StoryId, Sent]) -> Pick | None:
    assert p.story is not None
    story = p.story
    if story.story.changed_at < since:
        return None
    old = before.get(story.story.id)
    if old is None:
        return Pick(published=p, why=Why.NEW, reason=_reason(p))
    moved = _moved(p, old)
    return Pick(published=p, why=Why.MOVED, reason=moved) if moved else None


def _moved(p: Published, old: Sent) -> str | None:
    """What happened to a story since it was in an issue; None: too little."""
    assert p.story is not None
    more = p.story.origin_count - old.origins
    if more >= MOVED_ORIGINS:
        return f"{more} more independent voices since {_day(old.day)}"
    if p.story.lead.id != old.lead and p.record.title != old.title:
        return f"new since {_day(old.day)}: then “{old.title}”"
    return None


def _reason(p: Published) -> str:
    """Why a story is in an issue, from what a reader can check."""
    assert p.story is not None
    story = p.story
    voices = story.origin_count
    said = (
        f"{voices} independent voices tell it"
        if voices > 1
        else f"told by {p.record.provider.name}"
    )
    first = p.timeline.first if p.timeline else None
    members = (story.lead, *story.related, *story.more)
    names = {a.id: a.provider.name for a in members}
    if voices > 1 and first is not None and first.is_sure and first.article in names:
        said += f", {names[first.article]} first"
    return said


def _amendments(
    records: Sequence[Published],
    before: Mapping[StoryId, Sent],
    since: datetime,
    until: datetime,
) -> Iterator[Amendment]:
    """What was put right about stories that readers had, in order of time."""
    found = [
        Amendment(published=p, at=change.at, what=_what(change.kind, change.now, p))
        for p in records
        if p.story is not None and p.story.story.id in before and p.timeline is not None
        for change in p.timeline.changes
        if change.kind in AMENDED and since < change.at <= until
    ]
    taken = [
        Amendment(published=p, at=until, what="We no longer show this story")
        for p in records
        if p.story is not None
        and p.story.story.id in before
        and p.story.story.is_alive
        and not p.record.published
        and before[p.story.story.id].path == p.path
        and since < p.story.story.changed_at <= until
    ]
    yield from sorted([*found, *taken], key=lambda one: (one.at, one.published.path))


def _what(kind: ChangeKind, said: str, p: Published) -> str:
    plain = " ".join(said.split())
    return f"{AMENDED[kind]}: {plain}" if plain else AMENDED[kind]


def _day(day: date) -> str:
    return f"{day.day} {english_days.MONTHS[day.month - 1]}"
