"""Members of a story -> the one that stands for it, and when another takes its place.

How well a member stands for its story is a sum with a receipt: its quality, less what
speaks against showing it first. The lead is sticky: a challenger must be clearly better,
and stay so while news of some hours come in, so that a story does not flap between
outlets. Time is that of the newest news, not of the clock: where nothing came in, nothing
changes. What an editor says comes before all of this.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model.article import Article, ArticleId, ArticleType, ProviderKind
from newsdesk.model.story import Copy, Part, Score, Story, StoryEvent
from newsdesk.stages import score

RULE = "lead/1"

CHALLENGE = 12
"""Points by which another member must stand better to take over a lead that readers see.
That is more than a named author, or a picture and a few quotes, make: what differs by
less is as good to a reader."""
CLOSE_CHALLENGE = 5
"""The same where readers do not see the story now, or where the lead has the challenger's
text."""
HOLD = timedelta(hours=2)
"""How long it must have stood better. Most of what is written of an event comes out
within two hours of the first piece; what is best then stays best."""

# What speaks against showing a member first. Set by hand: a copy gives way to an equal
# original, and to one that is a little worse; a live blog to any article.
COPY = -15.0
COPY_OF_UNKNOWN = -8.0
PAYWALL = -12.0
NO_TIME = -4.0
OWN_CAUSE = -8.0
FORMS = {
    ArticleType.LIVE_BLOG: -30.0,
    ArticleType.LISTING: -40.0,
    ArticleType.VIDEO: -15.0,
    ArticleType.GALLERY: -15.0,
    ArticleType.PODCAST: -15.0,
}
NO_COPIES: Mapping[ArticleId, Copy] = {}
_SPEAKERS = (ProviderKind.COMPANY, ProviderKind.WIRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who leads, who is about to, and what happened."""

    lead: Article
    challenger: ArticleId | None = None
    challenged_at: datetime | None = None
    event: StoryEvent | None = None
    """Where another leads than before."""


def standing(article: Article, quality: Score, copy: Copy | None = None) -> Score:
    """How well an article stands for its story, 0–100, with its receipt. `copy`: whose
    text it has, where it is not its own."""
    parts = [
        Part(name="quality", points=float(quality.value), why=quality.rule),
        _text(copy),
        _access(article),
        _time(article),
        _form(article),
        _cause(article),
    ]
    return score.summed(RULE, [part for part in parts if part is not None])


def ranked(
    members: Sequence[Article], standings: Mapping[ArticleId, Score]
) -> tuple[Article, ...]:
    """Members by how well they stand for their story, best first; of equals the earlier."""
    return tuple(
        sorted(members, key=lambda a: (-standings[a.id].value, a.instant, a.id))
    )


def chosen(
    story: Story,
    members: Sequence[Article],
    standings: Mapping[ArticleId, Score],
    *,
    as_of: datetime,
    copies: Mapping[ArticleId, Copy] = NO_COPIES,
    told: ArticleId | None = None,
    gone: Collection[ArticleId] = frozenset(),
    is_shown: bool = True,
) -> Choice:
    """Who leads the story as of the newest news.

    `members` are ranked and not empty; `told` is whom an editor chose; `gone` are those
    whose page is withdrawn. Where readers do not see the story (`is_shown`), a challenger
    need neither wait nor be much better; the second goes for the original of a copy too.
    """
    fit = [a for a in members if a.id not in gone and a.duplicate_of is None]
    fit = fit or list(members)
    fixed = next((a for a in members if a.id == told), None)
    if fixed is not None:
        return _changed(story, fixed, as_of, "an editor chose it")
    holder = next((a for a in fit if a.id == story.lead), None)
    if holder is None:
        return _changed(story, fit[0], as_of, _vacancy(story, gone))
    surplus = _surplus(holder, fit, standings, copies, is_shown=is_shown)
    rival = _rival(story, fit, surplus)
    if rival is None:
        return Choice(lead=holder)
    is_same = rival.id == story.challenger and story.challenged_at is not None
    since = story.challenged_at if is_same and story.challenged_at else as_of
    if is_shown and as_of - since < HOLD:
        return Choice(lead=holder, challenger=rival.id, challenged_at=since)
    why = (
        f"it stands better for the story, with {standings[rival.id].value} points "
        f"against {standings[holder.id].value}"
    )
    hours = (as_of - since) / timedelta(hours=1)
    how = f", for {hours:.1f} hours" if is_shown else ""
    return _changed(story, rival, as_of, why + how)


def _surplus(
    holder: Article,
    members: Sequence[Article],
    standings: Mapping[ArticleId, Score],
    copies: Mapping[ArticleId, Copy],
    *,
    is_shown: bool,
) -> dict[ArticleId, int]:
    """By how much each member stands better than it must to take over; below 0: worse."""
    copy = copies.get(holder.id)
    original = copy.original if copy and copy.is_dependent else None
    return {
        a.id: standings[a.id].value
        - standings[holder.id].value
        - (CHALLENGE if is_shown and a.id != original else CLOSE_CHALLENGE)
        for a in members
    }


def _rival(
    story: Story, fit: Sequence[Article], surplus: Mapping[ArticleId, int]
) -> Article | None:
    """Who beats the holder: the one that did already, unless another beats that too."""
    best = max(fit, key=lambda a: surplus[a.id])  # of equals the first
    if surplus[best.id] < 0:
        return None
    before = next((a for a in fit if a.id == story.challenger), None)
    if before is None or surplus[before.id] < 0:
        return best
    is_beaten = surplus[best.id] - surplus[before.id] >= CLOSE_CHALLENGE
    return best if is_beaten else before


def _changed(story: Story, lead: Article, as_of: datetime, why: str) -> Choice:
    if story.lead is None or story.lead == lead.id:
        return Choice(lead=lead)
    name = lead.provider.name or lead.provider.domain
    event = StoryEvent(
        story=story.id,
        at=as_of,
        kind="lead",
        why=f"“{lead.reading.title}” of {name} leads: {why}",
    )
    return Choice(lead=lead, event=event)


def _vacancy(story: Story, gone: Collection[ArticleId]) -> str:
    if story.lead in gone:
        return "the page that led was withdrawn"
    if story.lead in story.members:
        return "what led is the same article as another"
    return "what led belongs to another story"


def _text(copy: Copy | None) -> Part | None:
    if copy is None or not copy.is_dependent:
        return None
    if copy.original is None:
        why = f"{copy.kind} of {copy.source}, whose own we do not have"
        return Part(name="copy", points=COPY_OF_UNKNOWN, why=why)
    return Part(name="copy", points=COPY, why=f"{copy.kind} of {copy.source}")


def _access(article: Article) -> Part | None:
    reasons = article.reading.paywall
    if not reasons:
        return None
    return Part(name="paywall", points=PAYWALL, why=reasons[0])


def _time(article: Article) -> Part | None:
    claimed = article.reading.published_at
    if claimed is not None and claimed <= article.first_seen_at:
        return None
    return Part(name="time", points=NO_TIME, why="nobody knows when it came out")


def _form(article: Article) -> Part | None:
    kind = article.reading.type
    if kind not in FORMS:
        return None
    return Part(name="form", points=FORMS[kind], why=f"a {kind}, no article")


def _cause(article: Article) -> Part | None:
    is_release = article.reading.type is ArticleType.PRESS_RELEASE
    if not is_release and article.provider.kind not in _SPEAKERS:
        return None
    return Part(name="own cause", points=OWN_CAUSE, why="speaks for whom it is about")
