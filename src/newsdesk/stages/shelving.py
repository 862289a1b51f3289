"""Which records leave the news for the archive: the oldest, many at a time.

They leave in bundles, so that a repository gets one commit for hundreds of them and not
one for each new story. Where files lie, and moving them, is for others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from newsdesk.model.story import Published

SHARE_LEFT = 0.9
"""Of the records that may stay, this many are left after a move."""


def leaving(
    there: Collection[str], settled: Iterable[Published], kept: int
) -> tuple[str, ...]:
    """Paths of the records to move, oldest first; none while no more than `kept` are
    `there`. Only those of `settled` stories go."""
    if len(there) <= kept:
        return ()
    known = frozenset(there)
    going = sorted(
        (one.record.published_at, one.path) for one in settled if one.path in known
    )
    many = len(there) - max(1, int(kept * SHARE_LEFT))
    return tuple(path for _, path in going[:many])
