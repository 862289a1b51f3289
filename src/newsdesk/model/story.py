"""What we make of it: stories, scores with their receipts, and what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.picture import PictureCopy
from newsdesk.model.record import Record

StoryId = NewType("StoryId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of a receipt."""

    name: str
    points: float
    """What it contributes to the sum, rounded to two decimals."""
    why: str
    """The input and the rule, for a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A number with its receipt: the parts add up to it before it is bounded."""

    value: int
    """0–100."""
    rule: str
    """Name and version of the rule, e.g. `quality/1`."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles of any number of providers on one event."""

    id: StoryId
    """`s` and the id of the article that founded it; never changes."""
    members: tuple[ArticleId, ...]
    """In the order they joined."""
    lead: ArticleId | None = None
    """The member that stands for the story; None until first chosen."""
    first_at: datetime
    """The earliest instant of a member."""
    changed_at: datetime
    """When a member was last first seen: the story's newest news."""
    merged_into: StoryId | None = None
    """The story that this one turned out to be; it has no members of its own then."""
    split_from: StoryId | None = None
    """The story that it was part of before."""
    follows: StoryId | None = None
    """The earlier story that it carries on, where there is one."""

    @property
    def is_alive(self) -> bool:
        """Whether it has not been merged into another."""
        return self.merged_into is None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEvent:
    """Something that happened to a story, for whoever wonders why it looks as it does."""

    story: StoryId
    at: datetime
    """The newest news by which it happened."""
    kind: str
    """`merged`, `split`, `moved`, `lead`, `follows`."""
    why: str
    """One sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a story is published, and why."""

    is_published: bool
    threshold: int
    reason: str
    """One sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedStory:
    """A story with its articles at hand, scored and decided."""

    story: Story
    lead: Article
    related: tuple[Article, ...]
    """The other providers' coverage, best first, one a provider."""
    more: tuple[Article, ...]
    """Members that are not listed: copies, and further pieces of a provider listed."""
    qualities: tuple[tuple[ArticleId, Score], ...]
    """The quality of each member."""
    quality: Score
    """The lead's."""
    heat: Score
    """As of the story's newest news (`story.changed_at`)."""
    verdict: Verdict
    provider_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A record in the content folder and, where we made it, the story behind it."""

    path: str
    """`_news/YYYY-MM-DD-slug.md`."""
    record: Record
    story: JudgedStory | None = None
    """None: adopted from an older content folder."""
    heat_now: int | None = None
    """Heat at the edition's `as_of`, 0–100; None for an adopted record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything one run publishes, as of its newest news."""

    as_of: datetime | None
    """The newest news in it, so that a run without news changes no byte; None: empty."""
    records: tuple[Published, ...]
    """Every record, published or held, newest first."""
    front: tuple[Published, ...]
    """The front page, hottest first."""
    misses: tuple[Published, ...]
    """The nearest held stories of the front page's window, best first, three at most."""
    copies: Mapping[str, PictureCopy] = field(default_factory=dict)
    """The pictures that we hold, by address."""
