"""What the elements around a run of text are, hold and are named like, as numbers.

Each element's are made from those of the element above it, so that a page is gone through
once. Which runs are asked about, and what else is told of them, is for `read_text_signs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdesk.stages import read_text_hints as hints
from newsdesk.stages.read_text_runs import Holder

LEVELS = 8
"""Elements above a run whose names are looked at."""
SHARES = 6
"""Elements above a run whose share of the page's prose is told."""
CLIMBS = (0.3, 0.6)
"""Shares of a page's prose up to which the way from a run is counted."""

_FAR = (hints.BOX, hints.FRAME, hints.CAPTION, hints.HIDDEN)
_LEAST = (hints.BOX, hints.FRAME, hints.COMMENTS, hints.ABOUT)


@dataclass(slots=True, eq=False)
class Surroundings:
    """What is told of an element by itself and all above it, each value from the value
    of the element above."""

    tags: list[float]
    """In a main, a footer, a figure."""
    far: list[int]
    """How far up the nearest element is of each hint in `_FAR`."""
    least: list[float]
    """Share of the page's prose in the nearest element of each hint in `_LEAST`; 1 where
    none is."""
    body: float
    body_far: int
    shares: list[float]
    links: list[float]
    means: list[float]
    climbs: list[int]
    inside: list[float]
    """In the core and how far up it is, in the heart and how far up that is."""
    depth: int
    row: tuple[float, float] = (0.0, 0.0)
    """Of the rows of like elements that it is in, the one with most links: their share,
    and how many elements there are."""

    def numbers(self) -> list[float]:
        """As signs, in the order of `NAMES`."""
        box, frame, caption, hidden = map(float, self.far)
        least_box, least_frame, comment, about = self.least
        return [
            *self.tags, box, least_box, frame, least_frame, comment, about, caption,
            self.body if self.body_far < LEVELS else -0.1, hidden,
            *self.shares, *self.links, *self.means, *map(float, self.climbs),
            *self.inside, float(min(30, self.depth)), *self.row,
        ]  # fmt: skip


def surroundings(
    holder: Holder,
    above: Surroundings | None,
    total: float,
    marked: Sequence[Holder | None],
) -> Surroundings:
    """What is told of an element by what it holds and `above` it; `total` is the page's
    prose, `marked` are its core and heart."""
    share = holder.prose / total
    links = holder.linked / max(1.0, holder.size)
    mean = min(600.0, holder.size / max(1, holder.runs))
    if above is None:
        inside = [x for one in marked for x in _found(holder is one)]
        return _topmost(share, links, mean, inside, holder.depth)
    bits, tag, far, least = holder.hints, holder.tag, above.far, above.least
    is_body = bool(bits & hints.BODY)
    # Most elements have no name that says a thing: what is told above holds for them.
    far = [LEVELS if one == LEVELS else one + 1 for one in far]
    if bits:
        far = [0 if bits & bit else one for bit, one in zip(_FAR, far, strict=True)]
        least = [
            share if bits & bit else one for bit, one in zip(_LEAST, least, strict=True)
        ]
    climbs = above.climbs
    return Surroundings(
        tags=_tags(tag, above.tags),
        far=far,
        least=least,
        body=share if is_body else above.body,
        body_far=0 if is_body else min(LEVELS, above.body_far + 1),
        shares=[share, *above.shares[:-1]],
        links=[links, *above.links[:-1]],
        means=[mean, above.means[0]],
        climbs=[
            0 if share >= CLIMBS[0] else min(12, climbs[0] + 1),
            0 if share >= CLIMBS[1] else min(12, climbs[1] + 1),
        ],
        inside=_inside(holder, above.inside, marked),
        depth=holder.depth,
    )


def _topmost(
    share: float, links: float, mean: float, inside: list[float], depth: int
) -> Surroundings:
    """What is told of an element that nothing stands above."""
    return Surroundings(
        tags=[0.0, 0.0, 0.0],
        far=[LEVELS] * len(_FAR),
        least=[1.0] * len(_LEAST),
        body=-0.1,
        body_far=LEVELS,
        shares=[share] * SHARES,
        links=[links] * 3,
        means=[mean] * 2,
        climbs=[0, 0],
        inside=inside,
        depth=depth,
    )


def _tags(tag: str, above: list[float]) -> list[float]:
    """Whether the element or one above it is a main, a footer, a figure."""
    if tag == "main":
        return [1.0, *above[1:]]
    if tag == "footer":
        return [above[0], 1.0, above[2]]
    return [*above[:2], 1.0] if tag in ("figure", "figcaption") else above


def _inside(
    holder: Holder, above: list[float], marked: Sequence[Holder | None]
) -> list[float]:
    """Whether the core and the heart are found going up, and after how many steps."""
    core, heart = marked
    if holder is core or holder is heart or above[0] or above[2]:
        return [
            *_found(holder is core, above[:2]),
            *_found(holder is heart, above[2:]),
        ]
    return above


def _found(is_here: bool, above: Sequence[float] = (0.0, -1.0)) -> list[float]:
    """Whether an element is found going up, and after how many steps; else -1."""
    if is_here:
        return [1.0, 0.0]
    return [1.0, above[1] + 1.0] if above[0] else [0.0, -1.0]
