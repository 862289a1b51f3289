"""A file of the public folder that is not made yet, and what it is made from.

Whoever knows what changed since it was made last makes only the sheets that it touched;
`fingerprints` tells the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file that is made when it is asked for."""

    path: str
    """Below the public folder."""
    of: tuple[str, ...] | None
    """Paths of the records that it is made from, beside what all files share; None:
    the whole edition. A page lists others by headline; these are among them."""
    make: Callable[[], bytes]
    beside: Hashable = ()
    """What else it shows, such as how many pages there are; told by its `repr`."""
    is_still: bool = False
    """Nothing in it goes with the hour: neither heat now, nor trend, nor lifecycle."""
