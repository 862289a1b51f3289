"""What we make of it: stories, scores with their receipts, and what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.basis import Basis
from newsdesk.model.feed import Version
from newsdesk.model.letter import Letter
from newsdesk.model.picture import PictureCopy
from newsdesk.model.record import Record
from newsdesk.model.ruling import Ruling
from newsdesk.model.sponsor import Sponsor
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
    """`merged`, `split`, `moved`, `lead`, `follows`, or the kind of a decision that an
    editor made about it: `approve`, `hold`, `reject`, `withdraw`, `expire`, `pin`, `edit`,
    `topic`."""
    why: str
    """One sentence for a person."""


class Trend(StrEnum):
    """Where a story's heat is going, against six hours before."""

    NEW = "new"
    """Nobody told of it six hours before."""
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


class Lifecycle(StrEnum):
    """How far a story has come."""

    BREAKING = "breaking"
    """Hours old, and several voices tell of it already."""
    DEVELOPING = "developing"
    """New coverage still joins it."""
    SETTLED = "settled"
    """Without news for `window.story_hours`: members, lead and scores are fixed."""
    ARCHIVED = "archived"
    """Settled for so long that no run looks at it again, unless an editor says so."""


class VerdictState(StrEnum):
    """What readers see of a story."""

    PUBLISHED = "published"
    HELD = "held"
    """Not shown now; it may be later, and may be named among the nearest misses."""
    REJECTED = "rejected"
    """Never shown, nor named among the misses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A rule that speaks against publishing a story, and why."""

    rule: str
    """Its name: the option in site.toml, or `decision`."""
    why: str
    """One sentence for a person, without a full stop."""
    gap: float = 0.0
    """How much is missing, 0 (next to nothing) to 1 (all of it); orders the misses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a story is published, and why."""

    is_published: bool
    threshold: int
    reason: str
    """One sentence for a person."""
    is_rejected: bool = False
    """Never shown, not even as a miss; then it is not published either."""
    rule: str = ""
    """What decided: the name of an option in site.toml, or `decision`; empty: judged
    before rules had names."""
    objections: tuple[Objection, ...] = ()
    """All that a held story lacks, the decisive first: what a list of misses tells."""
    is_confidential: bool = False
    """Held by an embargo or an editor: readers are not to hear of it, so that it is not
    among the misses."""

    @property
    def lacks(self) -> str:
        """All that a held story lacks in one line; else the reason."""
        return "; ".join(one.why for one in self.objections) or self.reason

    @property
    def state(self) -> VerdictState:
        """Published, held or rejected."""
        if self.is_published:
            return VerdictState.PUBLISHED
        return VerdictState.REJECTED if self.is_rejected else VerdictState.HELD


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
    """As of `heat_at`, without readers' visits: it stays the same until there is news."""
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
    bonds: tuple[tuple[ArticleId, Score], ...] = ()
    """How alike each member is to the others, and by which words; empty: it is alone, or
    was judged before this was told."""
    basis: Basis | None = None
    """What else its numbers came of; None: judged before this was kept."""
    heat_at: datetime | None = None
    """When an independent voice was last first heard, or came back; None: judged before
    this was kept, as of `story.changed_at`."""
    ruling: Ruling | None = None
    """What editors say of it now; None: nothing. Where the website tells of it, `why` is
    for readers: `chosen by the desk: …`."""

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
    """Heat at the edition's `as_of`, 0–100; -1: taken out of the ranking; None for an
    adopted record."""
    trend: Trend | None = None
    """At the edition's `as_of`, for the front page and the API; None for an adopted
    record and for one taken out of the ranking."""
    lifecycle: Lifecycle | None = None
    """Likewise; None for an adopted record."""
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
    """The front page: what editors pinned in its place, the rest hottest first."""
    crowded_out: tuple[tuple[str, Objection], ...] = ()
    """Paths of published stories hot enough for the front page for which a cap left no
    room, hottest first, each with the cap."""
    misses: tuple[Published, ...]
    """The nearest held stories of the front page's window, those that lack least first,
    three at most. What each lacks stands in its `story.verdict.objections`; what is held
    by an embargo or an editor, or rejected, is never among them."""
    copies: Mapping[str, PictureCopy] = field(default_factory=dict)
    """The pictures that we hold, by address."""
    letters: tuple[Letter, ...] = ()
    """Every issue of the site's newsletters, newest first."""
    slots: Mapping[str, Sponsor] = field(default_factory=dict)
    """Whom a place of the website shows as its sponsor on the edition's day: `front`,
    `story`, `topic:ID`."""
