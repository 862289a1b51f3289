"""What comes of a decision on what readers see: said once it is written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import click

from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.ruling import Ruling
from newsdesk.model.site import Site
from newsdesk.model.story import JudgedStory, StoryId
from newsdesk.stages import rulings

OPTIONS: Mapping[str, tuple[DecisionKind, ...]] = {
    "place": (DecisionKind.PIN,),
    "title": (DecisionKind.EDIT,),
    "excerpt": (DecisionKind.EDIT,),
    "add": (DecisionKind.TOPIC,),
    "remove": (DecisionKind.TOPIC,),
}
"""Options of `decide` that go with some kinds only."""

_SAYS: Mapping[DecisionKind, str] = {
    DecisionKind.APPROVE: "The next run publishes {story}, whatever the rules say.",
    DecisionKind.HOLD: "The next run holds {story}: readers do not see it{until}.",
    DecisionKind.REJECT: "The next run rejects {story}: readers never see it, nor hear "
    "of it.",
    DecisionKind.WITHDRAW: "The next run takes {story} back; its page says so.",
    DecisionKind.EXPIRE: "The next run takes {story} off the front page; its page stays.",
    DecisionKind.PIN: "The next run publishes {story} and puts it in place {place} of the "
    "front page{until}.",
    DecisionKind.EDIT: "From the next run on, {story} shows what you wrote; the outlet's "
    "own words are told on its page.",
    DecisionKind.TOPIC: "The next run gives {story} these topics, and none of those taken "
    "away.",
}


def check(kind: DecisionKind, given: Mapping[str, object], site: Site) -> None:
    """Raises UsageError for options that do not go with a kind, lack, or name topics that
    the site has not."""
    for name, kinds in OPTIONS.items():
        if given.get(name) and kind not in kinds:
            raise click.UsageError(f"--{name} does not go with {kind}")
    if kind is DecisionKind.EDIT and not (given["title"] or given["excerpt"]):
        raise click.UsageError("give --title, --excerpt or both")
    if kind is not DecisionKind.TOPIC:
        return
    add, remove = _names(given["add"]), _names(given["remove"])
    if not add + remove:
        raise click.UsageError("give --add or --remove with the id of a topic")
    if both := sorted({*add} & {*remove}):
        raise click.UsageError(f"{both[0]} stands with --add and --remove")
    known = [topic.id for topic in site.topics]
    for topic in (*add, *remove):
        if topic not in known:
            listed = ", ".join(known) or "none"
            raise click.ClickException(
                f"the site has no topic {topic!r}; known are {listed}"
            )


def says(decision: Decision, called: str) -> str:
    """What the next run makes of a decision, in a sentence."""
    until = f" until {_instant(decision.expires_at)}" if decision.expires_at else ""
    return _SAYS[decision.kind].format(
        story=called, until=until, place=max(1, decision.place)
    )


def overruled(
    decisions: Iterable[Decision], new: Decision, story: JudgedStory, now: datetime
) -> tuple[str, ...]:
    """A line for each earlier decision about the story that a new one overrules."""
    before = _ruling(decisions, story, now)
    after = _ruling((*decisions, new), story, now)
    held = {said.decision for said in before.said} if before else set()
    return tuple(
        f"It overrules {said.decision}.yaml ({said.kind}, by {said.by}: {said.why})."
        for said in (after.overruled if after else ())
        if said.decision in held
    )


def _ruling(
    decisions: Iterable[Decision], story: JudgedStory, now: datetime
) -> Ruling | None:
    articles = (story.lead, *story.related, *story.more)
    found = rulings.rulings(decisions, [story.story], articles, now)
    return found.by_story.get(StoryId(story.story.id))


def _names(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, tuple) else ()


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
