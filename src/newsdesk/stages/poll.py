"""What one source answered -> its entries and its next state.

Reading the bytes is apart from weighing them: `answered` can run in any process, the
rest is cheap and needs to know what the store holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from newsdesk.model.feed import (
    Entry,
    EntryId,
    Feed,
    Health,
    Refusal,
    Reply,
    Source,
    SourceState,
    Validators,
)
from newsdesk.model.run import Failed
from newsdesk.model.site import Schedule
from newsdesk.stages import admit, parse, schedule

NOT_MODIFIED = 304
OK = 200
WALLED = (401, 403, 429, 503)
"""Statuses that bot checks and login pages come with."""
WALLS = ("challenge", "login")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source answered, read."""

    key: str
    """Id of the source."""
    reply: Reply | None
    """None for a list in the site folder."""
    feed: Feed | Refusal | None
    """None: the answer held no document to read, as with 304 and errors."""
    listed: tuple[Entry, ...] | None = None
    """Entries of a list in the site folder."""
    sitemaps: tuple[Validators, ...] = ()
    """Sitemaps that were read as this source."""


def answered(answer: Reply | Failed) -> Answer | Failed:
    """The answer of a feed, read."""
    if isinstance(answer, Failed):
        return failed(answer)
    feed = None
    if answer.status == OK or (answer.status in WALLED and answer.body):
        feed = parse.feed(answer.body, url=answer.final_url, headers=answer.headers)
    if answer.status != OK and not _is_wall(feed):
        feed = None
    return Answer(
        key=answer.key,
        reply=answer,
        feed=feed,
    )


def _is_wall(read: Feed | Refusal | None) -> bool:
    return isinstance(read, Refusal) and read.kind in WALLS


def looked_at(source: Source, reply: Reply, feed: Feed) -> Answer:
    """The answer of a source that was looked at before it was added. It is asked past
    the redirects that are for good, so these do not count as a move."""
    lasting = takewhile(lambda hop: hop.status in schedule.PERMANENT, reply.hops)
    hops = reply.hops[len(list(lasting)) :]
    own = replace(reply, key=source.id, url=source.url, hops=hops)
    return Answer(key=source.id, reply=own, feed=feed)


def list_answer(source: Source, text: bytes | None, now: datetime) -> Answer | Failed:
    """The answer of a list of addresses in the site folder."""
    if text is None:
        return Failed(
            stage="poll",
            key=source.id,
            subject=source.url,
            reason="no such file in the site folder; "
            "put it there or take the source out of sources.toml",
            kind="no file",
        )
    entries = admit.addresses(text.decode("utf-8", "replace"), source, now)
    return Answer(key=source.id, reply=None, feed=None, listed=tuple(entries))


def entries(answer: Answer, state: SourceState, now: datetime) -> list[Entry]:
    """The entries of an answer with their ids."""
    if answer.listed is not None:
        return list(answer.listed)
    if isinstance(answer.feed, Feed):
        first = state.ok_at is None
        return admit.listed(answer.feed, state.source, now, first=first)
    return []


def state_after(
    state: SourceState,
    answer: Answer,
    found: Sequence[Entry],
    known: AbstractSet[EntryId],
    rules: Schedule,
    now: datetime,
) -> SourceState:
    """What we remember of the source from now on."""
    new = sum(entry.id not in known for entry in found)
    if answer.reply is None:
        return replace(
            state,
            health=Health.FRESH if new else Health.QUIET,
            polled_at=now,
            ok_at=now,
            next_poll_at=now,
            new_at=now if new else state.new_at,
            entries_seen=state.entries_seen + new,
            failures=0,
            reason=None,
        )
    after = schedule.after_reply(
        state,
        answer.reply,
        answer.feed,
        new_entry_count=new,
        last_instants=[e.item.published_at for e in found if e.item.published_at],
        schedule=rules,
        now=now,
    )
    if isinstance(answer.feed, Feed) and not answer.reply.is_delivered:
        after = replace(after, sitemaps=answer.sitemaps)
    return replace(after, entries_seen=state.entries_seen + new)


def trouble(answer: Answer, after: SourceState) -> Failed | None:
    """The failure that a person should see, if the answer was no good."""
    reply = answer.reply
    if reply is None or reply.status == NOT_MODIFIED or isinstance(answer.feed, Feed):
        return None
    kind = f"http {reply.status}"
    reason = after.reason or f"answered {reply.status}"
    if isinstance(answer.feed, Refusal):
        kind, reason = answer.feed.kind, answer.feed.reason
    return Failed(
        stage="poll",
        key=answer.key,
        subject=reply.url,
        reason=reason,
        kind=kind,
        is_final=after.health is Health.GONE,
    )


def failed(answer: Failed) -> Failed:
    """A failed fetch as the failed poll that it is."""
    return replace(answer, stage="poll")
