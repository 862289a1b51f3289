"""Stories that pass on their own -> which of them a cap holds back, and why.

A cap compares the stories of one day, so it looks at short summaries of all of them, not
at stories. What readers see already keeps its place: a better story that comes later does
not push it out. An editor's word comes before every cap, and takes a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from newsdesk.model.site import Rules
from newsdesk.model.story import JudgedStory, Objection, StoryId, Verdict
from newsdesk.stages.verdict import DECISION


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A story that the other rules let readers see."""

    story: StoryId
    day: date
    """In UTC, the day on which it began."""
    provider: str
    """Domain of the provider that leads it."""
    topics: tuple[str, ...] = ()
    """Ids of the lead's topics."""
    quality: int = 0
    first_at: datetime
    is_shown: bool = False
    """Readers saw it after the last run."""
    is_fixed: bool = False
    """An editor said that it is published."""


def has_caps(rules: Rules) -> bool:
    """Whether a day has any cap, so that contenders are needed at all."""
    return bool(rules.provider_a_day or rules.topic_a_day)


def day_of(at: datetime) -> date:
    """The day that an instant belongs to, in UTC."""
    return at.astimezone(UTC).date()


def contender(judged: JudgedStory, *, is_shown: bool) -> Contender | None:
    """The summary of a story as judged by itself; None where other rules hold it.
    `is_shown`: whether readers saw it after the last run."""
    if not judged.verdict.is_published:
        return None
    return Contender(
        story=judged.story.id,
        day=day_of(judged.story.first_at),
        provider=judged.lead.provider.domain,
        topics=tuple(hit.topic for hit in judged.lead.topics),
        quality=judged.quality.value,
        first_at=judged.story.first_at,
        is_shown=is_shown,
        is_fixed=judged.verdict.rule == DECISION,
    )


def held(contenders: Iterable[Contender], rules: Rules) -> dict[StoryId, Objection]:
    """Which contenders a cap holds, and why. The same contenders give the same answer,
    whatever their order: editors' stories take their places first, then what readers see
    already, then the better, the earlier."""
    order = sorted(
        contenders,
        key=lambda one: (
            not one.is_fixed,
            not one.is_shown,
            -one.quality,
            one.first_at,
            one.story,
        ),
    )
    taken: Counter[tuple[date, str, str]] = Counter()
    found = {}
    for one in order:
        objection = None if one.is_fixed else next(_full(one, rules, taken), None)
        if objection is not None:
            found[one.story] = objection
            continue
        taken[one.day, "provider", one.provider] += 1
        taken.update((one.day, "topic", topic) for topic in set(one.topics))
    return found


def applied(
    stories: Iterable[JudgedStory], objections: Mapping[StoryId, Objection]
) -> tuple[JudgedStory, ...]:
    """The stories in the order given, those that a cap holds with the verdict that says
    so."""
    return tuple(
        replace(one, verdict=capped(one.verdict, objections[one.story.id]))
        if one.story.id in objections
        else one
        for one in stories
    )


def capped(verdict: Verdict, objection: Objection) -> Verdict:
    """The verdict on a story that is good enough and for which there is no room."""
    return replace(
        verdict,
        is_published=False,
        reason=objection.why,
        rule=objection.rule,
        objections=(objection,),
    )


def _full(
    one: Contender, rules: Rules, taken: Mapping[tuple[date, str, str], int]
) -> Iterator[Objection]:
    """Caps that the day has reached without it."""
    count = taken[one.day, "provider", one.provider]
    if rules.provider_a_day and count >= rules.provider_a_day:
        why = (
            f"{one.provider} leads {count} stories of {one.day} already, the most a day"
        )
        yield Objection(rule="provider_a_day", why=why)
    for topic, most in rules.topic_a_day:
        count = taken[one.day, "topic", topic]
        if topic in one.topics and count >= most:
            why = f"{topic} has {count} stories of {one.day} already, the most a day"
            yield Objection(rule="topic_a_day", why=why)
