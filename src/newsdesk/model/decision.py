"""What an editor said about stories: kept as files beside the records, one a decision.

A decision is told to every run anew, so that it outlives whatever a run works out. The
kinds here say what belongs to which story and what stands for it; further ones, such as
to hold or to pin a story, take their place beside these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsdesk.model.story import StoryId


class DecisionKind(StrEnum):
    """What an editor can say."""

    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing that an editor said."""

    id: str
    """The name of its file, without the ending."""
    kind: DecisionKind
    story: StoryId
    """The story it is about: of merged ones the one that stays, of a move where to."""
    stories: tuple[StoryId, ...] = ()
    """To merge: the others, which become part of it."""
    articles: tuple[str, ...] = ()
    """To split or move: what leaves, or joins; for a lead: the one. By id or address."""
    by: str
    """Who said it."""
    at: datetime
    """Since when it holds. Of two that contradict each other the later one does."""
    why: str
    """The reason, for a person."""
    expires_at: datetime | None = None
    """From when it is as if it had not been said; None: never."""

    def holds(self, now: datetime) -> bool:
        """Whether it is to be heeded at an instant."""
        return self.expires_at is None or now < self.expires_at
