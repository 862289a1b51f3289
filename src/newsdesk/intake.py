"""What comes in beside the path: first looks at new sources, and entries that are pushed.

Both are kept as the path's first step keeps what it was answered; the next run goes on
from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newsdesk import steps
from newsdesk.model.feed import Poll, Source, SourceId, SourceState
from newsdesk.model.ports import Store
from newsdesk.model.site import Site
from newsdesk.stages import poll, push, versions


def keep_looks(
    site: Site, store: Store, looks: Sequence[poll.Answer], now: datetime
) -> int:
    """Answers of sources that were looked at when they were added → their first polls,
    so that no run asks for the same once more. Returns how many entries were new."""
    store.sync_sources(site.sources)
    states = {state.source.id: state for state in store.sources()}
    return store.save_polls(
        [
            steps.polled(store, states[SourceId(one.key)], one, site.schedule, now)
            for one in looks
            if one.key in states
        ]
    )


def receive(store: Store, source: Source, data: bytes, now: datetime) -> push.Receipt:
    """Pushed lines → entries of their source, for the next run to admit. What a source
    says of itself is kept with them, as with one that was asked."""
    parsed = push.parsed(data)
    entries = push.entries(parsed, source, now)
    known = store.known_entries([entry.id for entry in entries])
    before = {state.source.id: state for state in store.sources()}
    state = push.state_after(
        before.get(source.id, SourceState(source=source)),
        len(entries) - len(known),
        now,
    )
    other = versions.changed(entries, known)
    changes = versions.changes(entries, store.listings(other), swept=0, now=now)
    store.save_polls([Poll(state=state, entries=tuple(entries), changes=changes)])
    return push.receipt(parsed, entries, known.keys(), other)
