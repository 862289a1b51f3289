"""A story -> how far it has come: breaking, developing, settled, archived.

A settled story is fixed: grouping leaves its members alone (`stories`), and what it was
judged as stays (`fixed`), whatever comes in or changes later, unless an editor says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from newsdesk.model.site import Window
from newsdesk.model.story import Lifecycle, Story, StoryId

BREAKING = timedelta(hours=6)
"""How old a story may be to be breaking."""
BREAKING_ORIGINS = 3
"""Independent voices from which it is: two may be chance."""


def of(story: Story, origin_count: int, as_of: datetime, window: Window) -> Lifecycle:
    """How far a story has come as of the newest news."""
    quiet = as_of - story.changed_at
    if quiet > _kept(window):
        return Lifecycle.ARCHIVED
    if quiet > timedelta(hours=window.story_hours):
        return Lifecycle.SETTLED
    is_young = as_of - story.first_at <= BREAKING
    if is_young and origin_count >= BREAKING_ORIGINS:
        return Lifecycle.BREAKING
    return Lifecycle.DEVELOPING


def fixed(
    stories: Iterable[Story],
    as_of: datetime,
    window: Window,
    *,
    judged: Collection[StoryId],
    touched: Collection[StoryId] = frozenset(),
) -> frozenset[StoryId]:
    """Settled stories that keep their scores, lead and verdict as they are.

    `judged` are those that have any; `touched` are those that are judged anew although
    they are settled: an editor spoke of them, or their members changed by it.
    """
    reach = timedelta(hours=window.story_hours)
    return frozenset(
        story.id
        for story in stories
        if as_of - story.changed_at > reach
        and story.id in judged
        and story.id not in touched
    )


def _kept(window: Window) -> timedelta:
    """How far back a run looks for stories at all."""
    return timedelta(hours=max(window.story_hours, 24 * window.new_source_days))
