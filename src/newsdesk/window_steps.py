"""The part of the path that keeps what runs know of the recent articles between them.

It follows from the store's rows. It stays in memory while a process goes on, and is
packed now and then for the next one, which takes in what was read since; where neither
helps, or the site asks for something else than before, it is made anew. In any case the
stories are the same, and only what they cost differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsdesk import __version__
from newsdesk.model.article import Article, ArticleId
from newsdesk.model.feed import SourceKind
from newsdesk.model.site import Site
from newsdesk.model.story import Copy, JudgedStory, Published, Story, StoryId
from newsdesk.stages import (
    basis,
    caps,
    copies,
    lead,
    recent_making,
    regrouping,
    stories,
    window_building,
)
from newsdesk.stages import window_snapshot as snapshots
from newsdesk.stages.recent import Recent, Taken
from newsdesk.stages.stories import Grouped
from newsdesk.steps import Pass, source_health, withdrawn

STATE, WINDOW, SITE, OWED = "recent", "window", "site", "owed"
PACKED_FROM = 500
"""Articles from which packing a window is worth it: fewer are read again as quickly."""
PACKED_AFTER = 0.05
"""Share of a window that has to be new for it to be packed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the last run that grouped left."""

    number: int = 0
    """The last change of an article that it knew of."""
    rule: str = ""
    """What it did besides articles and decisions depends on."""
    said: str = ""
    """The decisions that held."""
    now: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    """What editors put together, as it was heeded."""
    leads: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Session:
    """What is recent, while a run works at it."""

    recent: Recent
    before: State
    number: int
    """The last change of an article that this run knows of."""
    is_new: bool = False
    """Nothing is known of how stories were judged: all are looked at."""
    taken: Taken = field(default_factory=Taken)
    told: Mapping[ArticleId, str] = field(default_factory=dict)


def is_settled(this: Pass) -> bool:
    """Whether nothing came in or was said since the last run that grouped."""
    before = _state(this)
    return (
        not owed(this)
        and this.ports.store.last_change() == before.number
        and _rule(this.site) == before.rule
        and _said(this) == before.said
        and sorted(withdrawn(this)) == list(before.gone)
        and not _is_over(this, before)
    )


def owed(this: Pass) -> frozenset[StoryId]:
    """Stories that were judged and have no record for it: a run was cut off between."""
    return frozenset(map(StoryId, json.loads(this.ports.store.memory(OWED) or b"[]")))


def owe(this: Pass, judged: Iterable[StoryId]) -> None:
    """Remember the stories that records are owed to; none: there are for all."""
    before = this.ports.store.memory(OWED) or b"[]"
    after = json.dumps(sorted(judged)).encode()
    if after != before:
        this.ports.store.remember(OWED, after)


def told_before(this: Pass) -> Mapping[str, int]:
    """What the last run that grouped counted in the window."""
    return _state(this).counts


def is_published(this: Pass, judged: Sequence[JudgedStory]) -> bool:
    """Whether what readers see was made within this hour of all that there is: nothing
    is judged anew, and the site and its sources are as they were."""
    if judged or this.site.rules.count_visits:
        return False
    return this.ports.store.memory(SITE) == _site_seen(this)


def note_published(this: Pass) -> None:
    """Remember what the pages were made of, unless more pictures may be found."""
    found = sum(this.counts.get(f"pictures {what}", 0) for what in ("kept", "measured"))
    this.ports.store.remember(SITE, b"" if found else _site_seen(this))


def opened(this: Pass) -> Session:
    """What is recent, as the last run left it."""
    store, before = this.ports.store, _state(this)
    kept, rule = this.ports.kept, _rule(this.site)
    if before.rule == rule and before.number:
        if isinstance(kept.recent, Recent) and kept.number == before.number:
            return Session(recent=kept.recent, before=before, number=before.number)
        if recent := _unpacked(this, before):
            return Session(recent=recent, before=before, number=before.number)
    number = store.last_change()
    articles, known = store.articles(since(this)), store.stories(since(this))
    recent, taken = recent_making.anew(this.site, articles, known)
    return Session(
        recent=recent, before=before, number=number, is_new=True, taken=taken
    )


def take(
    this: Pass, session: Session, known: Iterable[Story], late: Collection[StoryId]
) -> None:
    """Take in what was read since, and stories that editors speak of with the articles of
    those that are `late`, however old."""
    store, recent = this.ports.store, session.recent
    recent.drop_older(since(this))
    recent.know(story for story in known if recent.stories.get(story.id) != story)
    number = store.last_change()
    fresh = [
        article
        for article in store.changed_articles(session.number, number)
        if article.first_seen_at >= since(this) or article.id in recent.home
    ]
    there = {article.id for article in fresh}
    old = store.members(late) if late else ()
    fresh += [a for a in old if a.id not in there and a.id not in recent.lights]
    taken = recent.take(fresh)
    _bind(this, recent, fresh)
    session.number = number
    if window_building.due(recent.window, recent.as_of):
        articles = store.articles(since(this), late)
        session.recent, again = recent_making.anew(
            this.site, articles, recent.everything()
        )
        taken.dirty |= again.dirty
        this.ports.kept.packed_at = 0
    _join(session.taken, taken)


def regrouped(this: Pass, session: Session, told: Mapping[ArticleId, str]) -> Grouped:
    """The stories that are new or changed. `told`: where decisions put articles."""
    recent, before = session.recent, session.before.told
    session.told = regrouping.heeded(recent, told)
    earlier = {ArticleId(of): label for of, label in before.items()}
    dirty = session.taken.dirty | regrouping.differing(session.told, earlier)
    hours = this.site.window.story_hours
    return regrouping.regrouped(recent, dirty, session.told, story_hours=hours)


def to_judge(
    this: Pass,
    session: Session,
    touched: Collection[StoryId],
    leads: Mapping[StoryId, ArticleId],
) -> list[Story]:
    """The stories that may be judged otherwise than they were, by id: those `touched`,
    those with articles that read differently, those whose lead an editor chose or no
    longer does, and those whose time has come."""
    recent = session.recent
    if (
        session.is_new
        or caps.has_caps(this.site.rules)
        or _is_over(this, session.before)
    ):
        return regrouping.current(recent, recent.stories)
    wanted = set(touched)
    gone = withdrawn(this) ^ {ArticleId(of) for of in session.before.gone}
    wanted |= {
        recent.home[of] for of in session.taken.touched | gone if of in recent.home
    }
    earlier = {StoryId(of): lead for of, lead in session.before.leads.items()}
    wanted |= {of for of in leads.keys() | earlier if leads.get(of) != earlier.get(of)}
    wanted |= {
        story.id
        for story in recent.alive()
        if story.challenged_at and recent.as_of
        if recent.as_of - story.challenged_at >= lead.HOLD
    }
    return regrouping.current(recent, wanted)


def members(
    this: Pass, session: Session, of: Sequence[Story]
) -> tuple[list[Article], list[Article]]:
    """The articles of stories as they are stored, and as stories are told of them: those
    at hand."""
    lights = session.recent.lights
    wanted = {member for story in of for member in story.members if member in lights}
    here = list(this.ports.store.articles_named(wanted))
    return here, [session.recent.clean(article) for article in here]


def copied(session: Session, articles: Sequence[Article]) -> tuple[Copy, ...]:
    """The copies among articles."""
    recent = session.recent
    return copies.found(articles, recent.known, recent.at_hand())


def left(
    this: Pass,
    session: Session,
    judged: Sequence[JudgedStory],
    leads: Mapping[StoryId, ArticleId],
) -> Mapping[str, int]:
    """Remember what is recent for the next run. Returns what there is to count in it."""
    recent, kept = session.recent, this.ports.kept
    recent.know(one.story for one in judged)
    counts = recent.counts()
    state = {
        "number": session.number,
        "rule": _rule(this.site),
        "said": _said(this),
        "now": this.now.isoformat(),
        "told": dict(session.told),
        "leads": dict(leads),
        "gone": sorted(withdrawn(this)),
        "counts": counts,
    }
    text = json.dumps(state, sort_keys=True).encode("utf-8", "backslashreplace")
    this.ports.store.remember(STATE, text)
    kept.recent, kept.number = recent, session.number
    size = len(recent.window)
    if size >= PACKED_FROM and session.number - kept.packed_at > PACKED_AFTER * size:
        packed = snapshots.snapshot(recent.window, session.number)
        this.ports.store.remember(WINDOW, packed)
        kept.packed_at = session.number
    return counts


def current(
    this: Pass, judged: Sequence[JudgedStory], known: Iterable[Published]
) -> tuple[JudgedStory, ...]:
    """The stories of the window that have or may get a record, as judged last, by id."""
    there = {one.story.id: one for one in judged}
    for p in known:
        one = p.story
        if one and one.story.is_alive and one.story.changed_at >= since(this):
            there.setdefault(one.story.id, basis.as_judged(one))
    return tuple(there[of] for of in sorted(there))


def since(this: Pass) -> datetime:
    """From when on articles are at hand."""
    window = this.site.window
    return this.now - timedelta(
        hours=max(window.story_hours, 24 * window.new_source_days)
    )


def _bind(this: Pass, recent: Recent, fresh: Sequence[Article]) -> None:
    """Keep new articles together with those whose text they have, or that have theirs."""
    near = recent.likely_copies(article.id for article in fresh)
    others = {of for found in near.values() for of in found}
    others -= {article.id for article in fresh}
    if others or any(near.values()):
        recent.bind([*fresh, *this.ports.store.articles_named(others)], near)


def _unpacked(this: Pass, before: State) -> Recent | None:
    """What is recent, by a window that was packed, with what was taken in since then."""
    store, site = this.ports.store, this.site
    data = store.memory(WINDOW)
    settings = stories.asking(site.rules.same_story)
    hours = float(site.window.story_hours)
    found = snapshots.restored(data, settings, reach=hours) if data else None
    if found is None or found[1] > before.number:
        return None
    window, number = found
    later = store.changed_articles(number, before.number)
    known = store.stories(since(this))
    recent = recent_making.again(site, window, store.lights(since(this)), known, later)
    _bind(this, recent, [a for a in later if recent.is_there(a.id)])
    this.ports.kept.packed_at = number
    return recent


def _state(this: Pass) -> State:
    data = this.ports.store.memory(STATE)
    found = json.loads(data) if data else {}
    return State(**(found | {"gone": tuple(found.get("gone", ()))}))


def _rule(site: Site) -> str:
    """What stories depend on besides articles, decisions and pages that are gone."""
    asked_for = sorted(s.id for s in site.sources if s.kind is SourceKind.PAGES)
    told = (__version__, site.rules, site.window, site.topics, site.providers)
    text = repr((told, site.outlets, asked_for))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _said(this: Pass) -> str:
    """The decisions that hold."""
    held = [one for one in this.site.decisions if one.holds(this.now)]
    text = repr(sorted(held, key=lambda one: one.id))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _site_seen(this: Pass) -> bytes:
    hour = this.now.replace(minute=0, second=0, microsecond=0)
    told = (_rule(this.site), _said(this), source_health(this), hour, _state(this))
    text = repr((told, this.site))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).digest()


def _is_over(this: Pass, before: State) -> bool:
    """Whether an embargo ended since."""
    if not before.now:
        return True
    last = datetime.fromisoformat(before.now)
    return any(last < until <= this.now for _, until in this.site.rules.embargoes)


def _join(taken: Taken, more: Taken) -> None:
    taken.duplicates += more.duplicates
    taken.dirty |= more.dirty
    taken.touched |= more.touched
