"""What editors say of one story at an instant: their decisions, put together.

Decisions are files that name stories; a ruling is what those that hold come to for one of
them. The later of two that contradict each other holds, and the other is kept to be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.article import ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One decision about a story, as far as a reader of receipts asks."""

    decision: str
    """The name of its file, without the ending."""
    kind: str
    """`approve`, `hold`, `reject`, `withdraw`, `pin`, `expire`, `edit`, `topic`."""
    by: str
    at: datetime
    why: str
    until: datetime | None = None
    """From when it no longer holds; None: for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCall:
    """That an article is about a topic, or is not."""

    topic: str
    """Id of the topic."""
    is_about: bool
    article: ArticleId | None = None
    """None: every article of the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What editors say of one story now."""

    verdict: Said | None = None
    """Whether readers see it, whatever the rules say: `approve`, `pin`, `hold`, `reject`
    or `withdraw`; None: the rules decide."""
    place: int = 0
    """Where on the front page it is pinned, from 1; 0: it is not."""
    is_expired: bool = False
    """It is old news: it left the ranking (heat -1), its page stays."""
    title: str | None = None
    """The headline that readers see instead of the lead's; None: the lead's own."""
    excerpt: str | None = None
    """The excerpt, likewise."""
    topics: tuple[TopicCall, ...] = ()
    """In the order in which they were said; of two on the same the later holds."""
    said: tuple[Said, ...] = ()
    """All that holds, in the order in which it was said."""
    overruled: tuple[Said, ...] = ()
    """What a later decision overrides while that one holds."""
