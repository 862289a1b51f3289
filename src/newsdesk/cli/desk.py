"""What editors said, for `explain` and `status`: what holds, what a later one overrules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.model.decision import Decision
from newsdesk.model.ports import Store
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.site import Site
from newsdesk.model.story import JudgedStory, Verdict
from newsdesk.stages import decisions, rulings

_SOON = timedelta(hours=24)
_FOR_GOOD = timedelta(days=366_000)


def tell(console: Console, story: JudgedStory) -> None:
    """Prints which rules speak against a story, and what editors said of it."""
    verdict, ruling = story.verdict, story.ruling
    for one in verdict.objections[1:]:
        console.print(escape(f"Also: {one.why} ({one.rule})."), soft_wrap=True)
    if ruling is None:
        return
    table = Table(
        *("decision", "kind", "by", "said", "until", "why"),
        title="What the desk said",
        title_justify="left",
    )
    for said, note in _with_notes(ruling):
        table.add_row(
            escape(said.decision),
            said.kind + note,
            escape(said.by),
            _when(said.at),
            _when(said.until) if said.until else "",
            escape(said.why),
        )
    console.print(table)
    lead = story.lead.reading
    for name, shown, own in (
        ("Headline", ruling.title, lead.title),
        ("Excerpt", ruling.excerpt, lead.excerpt),
    ):
        if shown is not None:
            told = f"{name} of the desk: {shown} The outlet's own: {own}"
            console.print(escape(told), soft_wrap=True)


def row(story: JudgedStory) -> dict[str, object]:
    """The same for machines."""
    return {"verdict": _verdict(story.verdict), "ruling": _ruling(story)}


def standing(site: Site, store: Store, now: datetime) -> tuple[str, ...]:
    """Lines that say how many decisions hold, and which are overruled; none where nobody
    decided anything."""
    if not site.decisions:
        return ()
    hold = [one for one in site.decisions if one.holds(now)]
    lines = ["; ".join((
        f"{len(hold)} of {len(site.decisions)} decisions hold",
        *_counted(site.decisions, now),
    ))]  # fmt: skip
    known = store.stories(now + _FOR_GOOD, decisions.named(hold, now))
    found = rulings.rulings(hold, known, (), now).by_story
    lines += [
        f"{said.decision}.yaml ({said.kind} {story}, by {said.by}) is overruled by a "
        "later one"
        for story, ruling in found.items()
        for said in ruling.overruled
    ]
    return tuple(lines)


def _counted(said: Sequence[Decision], now: datetime) -> list[str]:
    over = sum(one.expires_at is not None and one.expires_at <= now for one in said)
    ahead = sum(one.at > now for one in said)
    soon = sum(one.holds(now) and not one.holds(now + _SOON) for one in said)
    counts = ((over, "are over"), (ahead, "begin later"), (soon, "end within a day"))
    return [f"{count} {what}" for count, what in counts if count]


def _with_notes(ruling: Ruling) -> list[tuple[Said, str]]:
    both = [(said, "") for said in ruling.said]
    both += [(said, ", overruled") for said in ruling.overruled]
    return sorted(both, key=lambda pair: (pair[0].at, pair[0].decision))


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "state": verdict.state.value,
        "rule": verdict.rule,
        "threshold": verdict.threshold,
        "reason": verdict.reason,
        "lacks": [{"rule": one.rule, "why": one.why} for one in verdict.objections],
    }


def _ruling(story: JudgedStory) -> dict[str, object] | None:
    ruling = story.ruling
    if ruling is None:
        return None
    return {
        "verdict": ruling.verdict.kind if ruling.verdict else None,
        "place": ruling.place or None,
        "expired": ruling.is_expired,
        "title": ruling.title,
        "excerpt": ruling.excerpt,
        "topics": [
            {"topic": one.topic, "about": one.is_about, "article": one.article}
            for one in ruling.topics
        ],
        "said": [
            {
                "decision": said.decision,
                "kind": said.kind,
                "by": said.by,
                "at": said.at.isoformat(),
                "until": said.until.isoformat() if said.until else None,
                "why": said.why,
                "overruled": bool(note),
            }
            for said, note in _with_notes(ruling)
        ],
    }


def _when(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
