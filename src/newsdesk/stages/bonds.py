"""Members of a story -> why each of them is in it: how alike it is to the others, word by
word.

The same likeness that `grouping` asks for, the mean over the other members of what terms
two articles share, each by how much it tells. Grouping weighs terms by the whole window
and so does this by the story's own articles; so the two differ a little, but this one can
be worked out again from what is stored, whatever else was in the window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Part, Score
from newsdesk.stages import weighing
from newsdesk.stages.score import summed
from newsdesk.stages.weighing import Vector

RULE = "story/1"
TOLD = 8
"""Terms that a receipt names; the others are counted together."""
MOST = 60
"""Members that are compared, the earliest: more would say nothing new, and take long."""


def bonds(members: Sequence[Article]) -> tuple[tuple[ArticleId, Score], ...]:
    """How alike each member is to the others, 0–100, with the terms that make it so; in
    order of time. Empty for a member by itself."""
    ordered = sorted(members, key=lambda a: (a.instant, a.id))[:MOST]
    if len(ordered) < 2:
        return ()
    vectors = weighing.vectors(ordered)
    whole: dict[str, float] = {}
    spread: Counter[str] = Counter()
    for article in ordered:
        spread.update(vectors[article.id].keys())
        for term, weight in vectors[article.id].items():
            whole[term] = whole.get(term, 0.0) + weight
    others = len(ordered) - 1
    return tuple(
        (article.id, _likeness(vectors[article.id], whole, spread, others))
        for article in ordered
    )


def _likeness(
    own: Vector, whole: Mapping[str, float], spread: Mapping[str, int], others: int
) -> Score:
    """The mean over the other members, by term."""
    shared = sorted(
        (
            (100 * weight * (whole[term] - weight) / others, term)
            for term, weight in own.items()
            if spread[term] > 1
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    parts = [
        Part(
            name=term,
            points=round(points, 2),
            why=f"in {spread[term] - 1} of {others} others",
        )
        for points, term in shared[:TOLD]
    ]
    if rest := shared[TOLD:]:
        points = round(sum(points for points, _ in rest), 2)
        parts.append(
            Part(name="", points=points, why=f"{len(rest)} more terms that others have")
        )
    return summed(RULE, parts)
