"""What changed after it was out, and who changed it: the log of a story and of the site.

Outlets change headlines, put things right and take pieces down; the desk gives a story
another lead, joins and parts stories, and its editors decide. Both stand in one form
here, for the page of a story and for the page of corrections. Held stories are told of
only where an editor took back what readers had seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher

from newsdesk.model.ruling import Said
from newsdesk.model.story import Published
from newsdesk.model.timeline import ChangeKind, StoryChange
from newsdesk.render import addresses, visibility
from newsdesk.render.html_rows import Outlet, language
from newsdesk.render.html_words import link, sentence

DAYS = 90
"""How far back the page of corrections goes."""
MOST = 200
"""Entries on it, of each sort."""

_OUTLETS_OWN = {
    ChangeKind.HEADLINE: "changed its headline",
    ChangeKind.TEXT: "changed its text",
    ChangeKind.CORRECTION: "put something right",
    ChangeKind.WITHDRAWN: "took its piece down",
}
_DESKS_OWN = {
    ChangeKind.LEAD: "put another piece in the lead",
    ChangeKind.MERGED: "joined another story to this one",
    ChangeKind.SPLIT: "gave articles a story of their own",
    ChangeKind.MOVED: "moved an article",
}
_SAID = {
    "approve": "An editor published it",
    "hold": "An editor held it",
    "reject": "An editor rejected it",
    "withdraw": "An editor took it back",
    "expire": "An editor took it off the front page",
    "pin": "An editor chose it for the front page",
    "edit": "An editor gave it another headline or excerpt",
    "topic": "An editor set its topics",
    "lead": "An editor chose the piece that leads",
    "merge": "An editor joined another story to it",
    "split": "An editor parted a story from it",
    "move": "An editor moved an article",
}
FIXES = (ChangeKind.CORRECTION, ChangeKind.WITHDRAWN)
"""Changes that a reader should not miss."""

Words = tuple[tuple[str, str], ...]
"""Runs of words, each with `same`, `gone` or `new`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a log."""

    at: datetime
    what: str
    """What happened, to follow who did it, or a sentence of its own."""
    outlet: Outlet | None = None
    """Who did; None: the desk."""
    words: Words = ()
    """Of a changed headline, what went and what came."""
    told: str = ""
    """The correction, or why."""
    language: str | None = None
    is_fix: bool = False
    """A correction or a withdrawal."""
    title: str = ""
    """The story's headline, in a log of several."""
    title_language: str | None = None
    page: str = ""
    """Address of its page; empty: it has none any more."""


def of_story(published: Published) -> tuple[Change, ...]:
    """Everything that changed about a story, newest first."""
    found = [*_outlets(published), *_desk(published)]
    return tuple(sorted(found, key=lambda one: (one.at, one.what), reverse=True))


def of_outlets(
    records: Iterable[Published], as_of: datetime | None
) -> tuple[Change, ...]:
    """The corrections and withdrawals that outlets made lately, newest first."""
    shown = visibility.shown(records)
    return _lately((c for one in shown for c in _outlets(one) if c.is_fix), as_of)


def of_desk(records: Iterable[Published], as_of: datetime | None) -> tuple[Change, ...]:
    """What the desk changed or took back lately, newest first."""
    told = (
        one
        for one in records
        if visibility.is_shown(one) or visibility.withdrawal(one) is not None
    )
    return _lately((change for one in told for change in _desk(one)), as_of)


def _lately(changes: Iterable[Change], as_of: datetime | None) -> tuple[Change, ...]:
    since = (as_of or datetime.min.replace(tzinfo=UTC) + timedelta(days=DAYS)) - (
        timedelta(days=DAYS)
    )
    kept = (one for one in changes if one.at >= since)
    order = sorted(kept, key=lambda c: (c.at, c.page, c.what, c.told), reverse=True)
    return tuple(order[:MOST])


def _outlets(one: Published) -> Iterator[Change]:
    for change in one.timeline.changes if one.timeline else ():
        if change.kind in _OUTLETS_OWN:
            yield _of_outlet(one, change)


def _of_outlet(one: Published, change: StoryChange) -> Change:
    judged = one.story
    assert judged is not None
    members = {a.id: a for a in (judged.lead, *judged.related, *judged.more)}
    article = members.get(change.article) if change.article else None
    is_headline = change.kind is ChangeKind.HEADLINE
    return Change(
        at=change.at,
        what=_OUTLETS_OWN[change.kind],
        outlet=Outlet(
            name=article.provider.name or article.provider.domain,
            url=link(article.reading.web_url),
            page=addresses.outlet_page(article.provider.domain),
        )
        if article
        else None,
        words=differing(change.before, change.now) if is_headline else (),
        told="" if is_headline else change.now or sentence(change.why),
        language=article.reading.language if article and change.now else None,
        is_fix=change.kind in FIXES,
        title=one.record.title,
        title_language=language(one),
        page=addresses.story_page(one.path),
    )


def _desk(one: Published) -> Iterator[Change]:
    ruling = one.story.ruling if one.story else None
    for word in (*ruling.said, *ruling.overruled) if ruling else ():
        yield _of_desk(one, word.at, _said(word), _why(one, word))
    for change in one.timeline.changes if one.timeline else ():
        if change.kind in _DESKS_OWN:
            what = f"The desk {_DESKS_OWN[change.kind]}"
            yield _of_desk(one, change.at, what, change.why)


def _of_desk(one: Published, at: datetime, what: str, why: str) -> Change:
    return Change(
        at=at,
        what=what,
        told=sentence(why),
        title=one.record.title,
        title_language=language(one),
        page=addresses.story_page(one.path),
    )


def _why(one: Published, word: Said) -> str:
    """The reason for a decision, and what an edit replaced."""
    ruling = one.story.ruling if one.story else None
    if one.story is None or ruling is None or word.kind != "edit" or not ruling.title:
        return word.why
    own = one.story.lead.reading.title
    return f"{sentence(word.why)} The outlet's own headline: “{own}”"


def _said(word: Said) -> str:
    return _SAID.get(word.kind, f"An editor decided: {word.kind}")


def differing(before: str, now: str) -> Words:
    """Two headlines as one, word by word: what stayed, what went, what came."""
    old, new = before.split(), now.split()
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", " ".join(old[a:b])))
            continue
        if a < b:
            found.append(("gone", " ".join(old[a:b])))
        if c < d:
            found.append(("new", " ".join(new[c:d])))
    return tuple(found)
