"""The part of the path between stories and what was made of them: what editors said,
what stays as it was judged, which caps are reached.

Each step asks the store for what the pure stages need and hands it on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsdesk.model.article import Article
from newsdesk.model.site import Site
from newsdesk.model.story import JudgedStory, Published, Story, StoryId, VerdictState
from newsdesk.model.summary import StorySummary
from newsdesk.stages import caps, decisions, heat, lifecycle, rulings, voices
from newsdesk.stages.caps import Contender
from newsdesk.steps import Pass

VOICES = "voices"
"""What the store remembers weights of voices as."""
RECORD = timedelta(days=30)
"""How far back a provider's record goes."""
FAR = datetime.max.replace(tzinfo=UTC)
"""Since when nothing changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The stories of the window, and those about which editors say something new."""

    stories: tuple[Story, ...]
    late: frozenset[StoryId]
    """Stories whose articles are needed however old they are: they are not as decided."""


def known(this: Pass, stories: Iterable[Story]) -> Known:
    """The stories at hand, with what editors spoke of."""
    store, said, now = this.ports.store, this.site.decisions, this.now
    before = store.rulings()
    named = decisions.named(said, now) | before.keys()
    if not named:
        return Known(stories=tuple(stories), late=frozenset())
    there = {story.id: story for story in store.stories(FAR, named)}
    found = tuple(({story.id: story for story in stories} | there).values())
    topics = [topic.id for topic in this.site.topics]
    told = rulings.rulings(said, found, (), now, topics=topics).by_story
    late = decisions.unmet(said, found, now) | rulings.stale(told, before)
    return Known(stories=found, late=late)


def told(
    this: Pass, stories: Iterable[Story], articles: Sequence[Article]
) -> rulings.Rulings:
    """What editors say of stories as they are after grouping."""
    return rulings.rulings(
        this.site.decisions,
        stories,
        articles,
        this.now,
        topics=[topic.id for topic in this.site.topics],
    )


def summaries(this: Pass, stories: Iterable[Story]) -> Mapping[StoryId, StorySummary]:
    """Stories as judged last: these, and all that began on the same days or later."""
    first = min((story.first_at for story in stories), default=None)
    if first is None:
        return {}
    day = first.replace(hour=0, minute=0, second=0, microsecond=0)
    return {one.story: one for one in this.ports.store.summaries(day)}


def open_stories(
    stories: Iterable[Story],
    as_of: datetime | None,
    site: Site,
    *,
    judged: Collection[StoryId],
    touched: Collection[StoryId],
) -> list[Story]:
    """The stories that are judged now, by id: all but those that are settled as of the
    newest news."""
    there = sorted(stories, key=lambda story: story.id)
    if as_of is None:
        return there
    fixed = lifecycle.fixed(there, as_of, site.window, judged=judged, touched=touched)
    return [story for story in there if story.id not in fixed]


def capped(
    judged: Sequence[JudgedStory],
    before: Mapping[StoryId, StorySummary],
    site: Site,
) -> tuple[JudgedStory, ...]:
    """The stories in the order given, those for which a day has no room held. Stories
    that are not judged now keep the places that they have."""
    if not caps.has_caps(site.rules):
        return tuple(judged)
    now = {one.story.id for one in judged}
    contenders = [
        caps.contender(one, is_shown=_is_shown(before.get(one.story.id)))
        for one in judged
    ]
    contenders += [_settled(one) for of, one in before.items() if of not in now]
    held = caps.held([one for one in contenders if one is not None], site.rules)
    return caps.applied(judged, held)


def loudness(this: Pass) -> Mapping[str, float]:
    """How much each provider's voice weighs. It is worked out once a day, so that heat
    does not change with every article that comes in."""
    store, day = this.ports.store, caps.day_of(this.now).isoformat()
    kept = json.loads(store.memory(VOICES) or b"{}")
    if kept.get("day") != day:
        weights = voices.weights(store.provider_records(this.now - RECORD))
        kept = {"day": day, "weights": weights}
        store.remember(VOICES, json.dumps(kept, sort_keys=True).encode())
    return {str(of): float(weight) for of, weight in kept["weights"].items()}


def visits(this: Pass, records: Sequence[Published]) -> Mapping[StoryId, heat.Visits]:
    """Readers' visits of the front page's days, where the site counts them."""
    if not this.site.rules.count_visits or not records:
        return {}
    days = timedelta(days=this.site.window.front_days)
    return this.ports.store.visits(this.now - days, this.now)


def _is_shown(summary: StorySummary | None) -> bool:
    return summary is not None and summary.state is VerdictState.PUBLISHED


def _settled(one: StorySummary) -> Contender | None:
    if not _is_shown(one):
        return None
    return Contender(
        story=one.story,
        day=caps.day_of(one.first_at),
        provider=one.provider,
        topics=one.topics,
        quality=one.quality,
        first_at=one.first_at,
        is_shown=True,
        is_fixed=True,
    )
