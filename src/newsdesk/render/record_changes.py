"""Two versions of a record -> what a reader would notice, and what may wait.

A repository is worth reading when each commit says something. So a commit is due when
what a record tells has changed; more coverage, points and heat alone wait until the
story has settled, and are kept with the next commit of the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsdesk.model.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a record since the version that is kept."""

    path: str
    title: str
    notes: tuple[str, ...]
    """What a reader notices, a few words each; empty: nothing."""
    waits: bool
    """Whether it differs only in what may wait."""


def change(path: str, old: Record | None, new: Record) -> Change | None:
    """What became of the record at `path`; None where nothing did. `old` is the version
    kept, None: there is none. A held record tells readers nothing, so it waits."""
    if old is None:
        note = _standing(new) if new.published else ""
        return Change(
            path=path, title=new.title, notes=(note,) if note else (), waits=not note
        )
    if old == new:
        return None
    notes = tuple(_notes(old, new)) if old.published or new.published else ()
    return Change(path=path, title=new.title, notes=notes, waits=not notes)


def is_settled(record: Record, now: datetime, story_hours: int) -> bool:
    """Whether a record's story is too old for anything to join it."""
    newest = max((one.published_at for one in record.related), default=None)
    last = max(record.published_at, newest or record.published_at)
    return now - last > timedelta(hours=story_hours)


def _notes(old: Record, new: Record) -> list[str]:
    if old.published != new.published:
        return [_standing(new) if new.published else "taken back"]
    found = []
    if old.provider.domain != new.provider.domain or old.web_url != new.web_url:
        found.append(f"led by {new.provider.name} instead of {old.provider.name}")
    elif old.title != new.title:
        found.append(f"headline was “{old.title}”")
    if old.topics != new.topics:
        found.append(f"topics {', '.join(new.topics) or 'none'}")
    if not found and _words(old) != _words(new):
        found.append("its words or picture")
    return found


def _words(record: Record) -> Record:
    """A record without what may wait: it counts, is sealed, or comes and goes with the
    pictures' copies."""
    return replace(
        record,
        quality=0,
        heat=0,
        secured=None,
        related=(),
        updated_at=None,
        images=tuple(
            replace(i, is_cached=None, width=None, height=None) for i in record.images
        ),
        provider=replace(record.provider, images=()),
        spellings=(),
    )


def _standing(record: Record) -> str:
    outlets = len({one.provider.domain for one in record.related})
    also = f", also in {outlets}" if outlets else ""
    return f"{record.provider.name}{also}, quality {record.quality}"
