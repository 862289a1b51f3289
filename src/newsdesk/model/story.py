"""What we make of it: stories, scores with their receipts, and what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.feed import Version
from newsdesk.model.picture import PictureCopy
from newsdesk.model.record import Record
from newsdesk.model.timeline import Timeline

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
    """The member that stands for the story; None until readers first see one."""
    challenger: ArticleId | None = None
    """The member that would stand for it better, clearly, but not yet for long."""
    challenged_at: datetime | None = None
    """The newest news when it first would have."""
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


class CopyKind(StrEnum):
    """How an article depends on another."""

    WIRE = "wire copy"
    """An agency's text."""
    RELEASE = "press release"
    REPUBLISHED = "republished"
    """Another outlet's text, by its own word."""
    REPRINT = "reprint"
    """Another outlet's text, by comparison alone."""
    AGAIN = "again"
    """The provider's own text, at another address."""
    MATERIAL = "material"
    """Its own text, which uses what another delivered: still a voice of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article whose text is another's, and how we know."""

    article: ArticleId
    original: ArticleId | None = None
    """Whose text it is; None: we do not hold that article."""
    source: str
    """Who is the source: a provider's domain, else the name as it is given."""
    kind: CopyKind
    share: float = 0.0
    """Share of its words that stand in the original, 0–1; 0: there was none to compare."""
    evidence: tuple[str, ...] = ()
    """For a person, the strongest first."""

    @property
    def is_dependent(self) -> bool:
        """Whether it confirms nothing that its original did not say."""
        return self.kind is not CopyKind.MATERIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent voice in a story: a provider with its own text, and its copies."""

    source: str
    """A provider's domain, else the name that copies give."""
    articles: tuple[ArticleId, ...]
    """Members that go back to it, its own first, then as they were published."""
    own: int = 0
    """How many of these are its own, at the start; 0: only copies of it are at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one member brought to a story."""

    article: ArticleId
    names: tuple[str, ...] = ()
    """Names that no earlier member has, in the order of its text."""
    figures: tuple[str, ...] = ()
    """Figures that no earlier member has, likewise."""
    correction: str | None = None
    """What it says that it put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedStory:
    """A story with its articles at hand, scored and decided."""

    story: Story
    lead: Article
    related: tuple[Article, ...]
    """The other coverage, best first: one piece a provider, but for what adds to it."""
    more: tuple[Article, ...]
    """Members that are not listed: copies of what is, and further pieces of a provider
    that add nothing."""
    qualities: tuple[tuple[ArticleId, Score], ...]
    """The quality of each member."""
    quality: Score
    """The lead's."""
    heat: Score
    """As of the story's newest news (`story.changed_at`)."""
    verdict: Verdict
    provider_count: int
    copies: tuple[Copy, ...] = ()
    """Members that depend on another article or agency, by id."""
    origins: tuple[Origin, ...] = ()
    """The independent voices, the earliest first; empty: never looked for."""
    also_in: tuple[tuple[ArticleId, tuple[ArticleId, ...]], ...] = ()
    """Beside a listed piece or the lead, the members that carry its text elsewhere."""
    standings: tuple[tuple[ArticleId, Score], ...] = ()
    """How well each member would stand for the story, best first."""
    contributions: tuple[Contribution, ...] = ()
    """Of members that brought something, in order of time."""

    @property
    def origin_count(self) -> int:
        """How many voices tell it independently of each other."""
        return len(self.origins) or self.provider_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What changed about a story and its articles since we first saw them."""

    events: tuple[StoryEvent, ...] = ()
    """In order of time."""
    versions: tuple[tuple[ArticleId, tuple[Version, ...]], ...] = ()
    """The words of each entry that was listed with other words later, oldest first,
    beside the article that it speaks of."""
    losses: tuple[tuple[ArticleId, datetime, str], ...] = ()
    """Articles whose page was gone when it was asked for once more, when that was seen
    and what was answered."""


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
    timeline: Timeline | None = None
    """Made for an edition; None for an adopted record."""


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
