"""What an editor said about stories: kept as files beside the records, one a decision.

A decision is told to every run anew, so that it outlives whatever a run works out. Some
kinds say what belongs to which story and what stands for it; the others what readers see
of it, where, and under which headline. What the latter come to for one story is its
`Ruling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsdesk.model.story import StoryId

NO_STORY = StoryId("")


class DecisionKind(StrEnum):
    """What an editor can say."""

    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    LEAD = "lead"
    APPROVE = "approve"
    """Readers see it, whatever the rules say."""
    HOLD = "hold"
    """Readers do not see it yet."""
    REJECT = "reject"
    """Readers never see it, nor hear of it."""
    WITHDRAW = "withdraw"
    """What readers saw is taken back."""
    EXPIRE = "expire"
    """It is old news: it leaves the front page and the ranking; its page stays."""
    PIN = "pin"
    """It is published and has a fixed place on the front page."""
    EDIT = "edit"
    """Readers see another headline or excerpt than the outlet's."""
    TOPIC = "topic"
    """A story or articles are about topics, or are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing that an editor said."""

    id: str
    """The name of its file, without the ending."""
    kind: DecisionKind
    story: StoryId = NO_STORY
    """The story it is about: of merged ones the one that stays, of a move where to. Empty:
    it is about topics of `articles` only."""
    stories: tuple[StoryId, ...] = ()
    """To merge: the others, which become part of it."""
    articles: tuple[str, ...] = ()
    """To split or move: what leaves, or joins; for a lead: the one; for topics: what they
    are about, where that is not the whole story. By id or address."""
    place: int = 0
    """To pin: where on the front page, from 1."""
    title: str | None = None
    """To edit: the headline that readers see."""
    excerpt: str | None = None
    """To edit: the excerpt that readers see."""
    add: tuple[str, ...] = ()
    """Ids of topics that it is about."""
    remove: tuple[str, ...] = ()
    """Ids of topics that it is not about."""
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
        return self.at <= now and (self.expires_at is None or now < self.expires_at)
