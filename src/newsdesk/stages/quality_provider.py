"""What a provider has shown lately -> what that gives an article of its.

The evidence, its last articles that were others' text, are gone or say what they put
right, is weighed in `voices`, once for heat and quality. Here the weight becomes points.
"""

from __future__ import annotations

from newsdesk.model.story import Part

RECORD = 3.0
UNKNOWN = 1.5
"""Of a provider that has shown too little."""
SLOPE = 12.0
"""Points that a record costs which takes all its weight from a voice."""


def part(voice: float | None) -> Part:
    """What a provider's record gives, at most `RECORD`, or takes. `voice`: the weight of
    its voice, 0.5–1; None: it has shown too little."""
    if voice is None:
        return Part(name="record", points=UNKNOWN, why="too few articles to tell")
    points = round(RECORD - SLOPE * (1.0 - voice), 2)
    if voice >= 1.0:
        why = "nothing to object to in its last articles"
    else:
        why = f"its last articles, by copies and dead pages, weigh {voice:.0%}"
    return Part(name="record", points=points, why=why)
