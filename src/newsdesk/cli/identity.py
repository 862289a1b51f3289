"""What `newsdesk explain` tells of how a story came to be: which it follows, what it was
split from, and everything that happened to it and to those that became part of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.model.story import Story, StoryEvent


def tell(console: Console, story: Story, events: Sequence[StoryEvent]) -> None:
    """Links to other stories, then events, oldest first; nothing where there are none."""
    if story.split_from:
        console.print(f"Split from story {escape(story.split_from)}.")
    if story.follows:
        console.print(f"Follows story {escape(story.follows)}.")
    if not events:
        return
    table = Table(
        *("when", "story", "what", "why"),
        title="What happened",
        title_justify="left",
    )
    for one in events:
        table.add_row(
            one.at.strftime("%Y-%m-%d %H:%M"),
            escape(one.story),
            one.kind,
            escape(one.why),
        )
    console.print(table)


def row(story: Story, events: Sequence[StoryEvent]) -> dict[str, object]:
    """The same for machines."""
    return {
        "split_from": story.split_from,
        "follows": story.follows,
        "events": [
            {
                "story": one.story,
                "at": one.at.isoformat(),
                "kind": one.kind,
                "why": one.why,
            }
            for one in events
        ],
    }
