"""Editors' decisions -> what they come to for each story: shown or not, where, as what.

Decisions are taken in the order in which they were made. Each says something about a few
things (whether readers see the story, its place on the front page, its headline, a topic);
what it says of one of them holds until a later decision says something else or it is over
itself, and then the earlier one holds again. Which articles belong to a story, and which
leads it, is for `decisions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.ruling import Ruling, Said, TopicCall
from newsdesk.model.run import Failed
from newsdesk.model.story import Story, StoryEvent, StoryId
from newsdesk.stages import decisions as desk
from newsdesk.stages.decisions import Desk

FIRST_PLACE = 1

_Kind = DecisionKind
_SHOWN = (_Kind.APPROVE, _Kind.PIN)
_HIDDEN = (_Kind.HOLD, _Kind.REJECT, _Kind.WITHDRAW)
KINDS = (*_SHOWN, *_HIDDEN, _Kind.EXPIRE, _Kind.EDIT, _Kind.TOPIC)
"""The kinds that say what readers see of a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """What editors say of stories."""

    by_story: Mapping[StoryId, Ruling]
    troubles: tuple[Failed, ...] = ()


def rulings(
    decisions: Iterable[Decision],
    known: Iterable[Story],
    articles: Sequence[Article],
    now: datetime,
    *,
    topics: Collection[str] | None = None,
) -> Rulings:
    """What the decisions that hold at `now` come to, by living story.

    `known`: the stories of the window and those that decisions name. `topics`: ids of the
    site's topics, so that another one is told of; None: they are not checked.
    """
    here = Desk(articles, tuple(known))
    notes: dict[StoryId, _Notes] = {}
    troubles: list[Failed] = []
    for one in desk.in_order(decisions, now):
        if one.kind not in KINDS:
            continue
        about, unknown = _about(one, here)
        wrong = [*unknown, *_no_topics(one, topics)]
        troubles += (desk.trouble(one, reason) for reason in wrong)
        for story, places in about.items():
            notes.setdefault(story, _Notes()).write(one, places, topics)
    return Rulings(
        by_story={of: notes[of].ruling() for of in sorted(notes) if notes[of].said},
        troubles=tuple(troubles),
    )


def stale(
    now: Mapping[StoryId, Ruling], before: Mapping[StoryId, Ruling]
) -> frozenset[StoryId]:
    """Stories of which editors say something else than when they were judged last:
    these are judged anew however old they are."""
    return frozenset(
        story for story in now.keys() | before if now.get(story) != before.get(story)
    )


def events(found: Mapping[StoryId, Ruling]) -> tuple[StoryEvent, ...]:
    """What happened to stories by the word of editors, each once."""
    return tuple(
        StoryEvent(
            story=story,
            at=said.at,
            kind=said.kind,
            why=f"{said.by}: {said.why}"
            + (f" (until {said.until:%Y-%m-%d %H:%M} UTC)" if said.until else ""),
        )
        for story, ruling in sorted(found.items())
        for said in ruling.said
    )


@dataclass(slots=True)
class _Notes:
    """What was said of one story so far, by the thing that it is about."""

    said: list[Said] = field(default_factory=list)
    holder: dict[str, tuple[Said, Decision]] = field(default_factory=dict)
    calls: dict[tuple[str, ArticleId | None], tuple[Said, TopicCall]] = field(
        default_factory=dict
    )

    def write(
        self,
        one: Decision,
        places: Sequence[ArticleId | None],
        topics: Collection[str] | None,
    ) -> None:
        """Note a decision; `places` are the articles that it is about, None: all."""
        said = Said(
            decision=one.id,
            kind=one.kind.value,
            by=one.by,
            at=one.at,
            why=one.why,
            until=one.expires_at,
        )
        calls = [
            TopicCall(topic=topic, is_about=is_about, article=article)
            for names, is_about in ((one.add, True), (one.remove, False))
            for topic in names
            if topics is None or topic in topics
            for article in places
        ]
        if one.kind is _Kind.TOPIC and not calls:
            return
        self.said.append(said)
        for thing in _things(one):
            self.holder[thing] = (said, one)
        for call in calls:
            self._call(said, call)

    def _call(self, said: Said, call: TopicCall) -> None:
        if call.article is None:
            for key in [key for key in self.calls if key[0] == call.topic]:
                del self.calls[key]
        key = (call.topic, call.article)
        self.calls.pop(key, None)  # so that it stands where it was said last
        self.calls[key] = (said, call)

    def ruling(self) -> Ruling:
        """What all of it comes to."""
        verdict = self._holder("verdict")
        place = self._holder("place")
        title, excerpt = self._holder("title"), self._holder("excerpt")
        in_force = {
            said.decision
            for thing, (said, one) in self.holder.items()
            # What hides a story has no place: that it ended a pin is nothing by itself.
            if thing != "place" or one.kind not in _HIDDEN
        }
        in_force |= {said.decision for said, _ in self.calls.values()}
        is_pinned = place is not None and place[1].kind is _Kind.PIN
        return Ruling(
            verdict=verdict[0] if verdict else None,
            place=max(FIRST_PLACE, place[1].place) if place and is_pinned else 0,
            is_expired=place is not None and place[1].kind is _Kind.EXPIRE,
            title=title[1].title if title else None,
            excerpt=excerpt[1].excerpt if excerpt else None,
            topics=tuple(call for _, call in self.calls.values()),
            said=tuple(one for one in self.said if one.decision in in_force),
            overruled=tuple(one for one in self.said if one.decision not in in_force),
        )

    def _holder(self, thing: str) -> tuple[Said, Decision] | None:
        return self.holder.get(thing)


def _things(one: Decision) -> tuple[str, ...]:
    """What a decision says something about."""
    if one.kind is _Kind.APPROVE:
        return ("verdict",)
    if one.kind in (_Kind.PIN, *_HIDDEN):
        return ("verdict", "place")
    if one.kind is _Kind.EXPIRE:
        return ("place",)
    given = (("title", one.title), ("excerpt", one.excerpt))
    return tuple(name for name, text in given if text is not None)


def _about(
    one: Decision, here: Desk
) -> tuple[dict[StoryId, tuple[ArticleId | None, ...]], list[str]]:
    """The stories that a decision is about, with those of their articles; None: all. And
    what nobody knows."""
    if one.story and not one.articles:
        story = here.living(one.story)
        if story is None:
            return {}, [desk.no_story(one.story)]
        return {story: (None,)}, []
    found: dict[StoryId, list[ArticleId | None]] = {}
    unknown = []
    for given in one.articles:
        article = here.article(given)
        home = here.home(article) if article else None
        if article is None or home is None:
            unknown.append(f"{given} is no article in any recent story")
        else:
            found.setdefault(home, []).append(article)
    return {story: tuple(articles) for story, articles in found.items()}, unknown


def _no_topics(one: Decision, topics: Collection[str] | None) -> list[str]:
    if topics is None:
        return []
    return [
        f"the site has no topic {topic}"
        for topic in (*one.add, *one.remove)
        if topic not in topics
    ]
