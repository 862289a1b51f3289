"""A record at the instant of an edition: how hot it is, where that is going, how far its
story has come; and what is out of the ranking altogether."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from newsdesk.model.site import Site
from newsdesk.model.story import (
    JudgedStory,
    Lifecycle,
    Published,
    StoryId,
    VerdictState,
)
from newsdesk.stages import heat, lifecycle
from newsdesk.stages.heat import Visits

OUT = -1
"""The heat of what was taken out of the ranking: superseded, expired or taken back."""
COLD = 10
"""Half-lives after which nothing is left of any heat."""


def is_out(judged: JudgedStory) -> bool:
    """Whether a story is taken out of the ranking."""
    is_expired = judged.ruling is not None and judged.ruling.is_expired
    is_rejected = judged.verdict.state is VerdictState.REJECTED
    return is_expired or is_rejected or not judged.story.is_alive


def with_heat(
    p: Published, as_of: datetime, site: Site, visits: Mapping[StoryId, Visits]
) -> tuple[Published, float]:
    """A record with its heat now, where that is going and how far its story has come;
    and its heat to the hundredth."""
    judged = p.story
    if judged is None:
        return p, 0.0
    state = lifecycle.of(judged.story, judged.origin_count, as_of, site.window)
    if not judged.story.is_alive:
        state = Lifecycle.ARCHIVED
    if p.record.heat == OUT or is_out(judged):
        return replace(p, heat_now=OUT, lifecycle=state), 0.0
    since, half_life_h = (
        judged.heat_at or judged.story.changed_at,
        site.rules.half_life_h,
    )
    if as_of - since > timedelta(hours=COLD * half_life_h):
        return replace(p, heat_now=0, lifecycle=state), 0.0
    now = heat.faded(
        judged.heat,
        since,
        as_of,
        half_life_h=half_life_h,
        visits=visits.get(judged.story.id, ()),
    )
    members = (judged.lead, *judged.related, *judged.more)
    trend = heat.trend(
        members,
        as_of,
        half_life_h=half_life_h,
        origins=judged.origins,
        since=judged.heat_at,
    )
    value = min(100, math.floor(now + 0.5))
    return replace(p, heat_now=value, trend=trend, lifecycle=state), now
