"""Articles and editors' yes and no about a topic -> a head: a correction to what the
topic's words say, in the space of text vectors.

First the prototype moves half way to the middle of the articles that are about the topic:
its words are a few, theirs are many. Then logistic regression corrects what is left
wrong; it starts from what has been said so far, so that few decisions change little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.model.topic_heads import TopicHead

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 2
"""Decisions of each kind, yes and no, from which they are learnt from."""
FEWEST_ARTICLES = 10
"""Articles about a topic from which its prototype moves."""
MOVED = 0.5
"""How far. From .3 to .7 precision and recall both rise on BBC and HuffPost news; further
a topic might wander off."""
STIFFNESS = 0.2
"""How strongly weights are held at nothing: of .06, .2 and .6 the one in the middle; on BBC
and HuffPost news, with 10 to 100 decisions a topic, F1 differs by .03 at most."""
BIAS_STIFFNESS = 0.02
STEPS = 12
"""Of Newton's method; it has settled after eight."""
SMALLEST_STEP = 1e-6
DIGITS = 4
"""Decimals that are kept, so that a file is the same on every machine."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is added to the logit of every text: a weight for each dimension, a bias."""

    weights: NDArray[np.float64]
    bias: float
    count: int
    """Of articles that it was learnt from."""

    def of(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """What is added for each text."""
        return rows @ self.weights + self.bias


def moved(
    rows: NDArray[np.float32],
    shares: Sequence[float],
    direction: NDArray[np.float32],
    logits: float,
) -> Correction | None:
    """The prototype `direction`, moved. `shares`: how surely each text is about the topic,
    0 to 1; `logits`: what a cosine of 1 counts. None: too few texts are."""
    import numpy as np

    held = np.asarray(shares, np.float64)
    count = int((held >= 0.5).sum())
    if count < FEWEST_ARTICLES:
        return None
    middle = held @ rows - held.sum() * rows.mean(axis=0)
    middle = middle / max(float(np.sqrt(middle @ middle)), 1e-9)
    # In the measure of the old cosines, so that the threshold stays where it was.
    old, new = rows @ direction, rows @ middle
    scale = float(old.std() / max(float(new.std()), 1e-9))
    bias = float(old.mean() - scale * new.mean())
    return Correction(
        logits * MOVED * (scale * middle - direction), logits * MOVED * bias, count
    )


def head(
    topic: str,
    rows: NDArray[np.float32],
    said: Sequence[float],
    is_about: Sequence[bool],
    first: Correction | None = None,
) -> TopicHead | None:
    """The head of a topic from articles that editors decided on: their vectors, the logit
    that the classifier gives them without a head, and what was decided. `first` comes
    before all that. None: there is nothing to learn from."""
    import numpy as np

    yes = sum(is_about)
    no = len(is_about) - yes
    is_taught = min(yes, no) >= FEWEST
    if not is_taught and first is None:
        return None
    weights = np.zeros(rows.shape[1] + 1)
    start = np.asarray(said, np.float64)
    if first is not None:
        weights += [*first.weights, first.bias]
        start = start + first.of(rows)
    if is_taught:
        weights += _fitted(rows, start, is_about)
    return TopicHead(
        topic=topic,
        weights=tuple(round(float(one), DIGITS) for one in weights[:-1]),
        bias=round(float(weights[-1]), DIGITS),
        yes=yes,
        no=no,
        articles=first.count if first else 0,
    )


def _fitted(
    rows: NDArray[np.float32], start: NDArray[np.float64], is_about: Sequence[bool]
) -> NDArray[np.float64]:
    import numpy as np

    inputs = np.hstack([rows, np.ones((len(rows), 1))]).astype(np.float64)
    wanted = np.asarray(is_about, np.float64)
    stiff = np.array([STIFFNESS] * rows.shape[1] + [BIAS_STIFFNESS])

    def loss(weights: NDArray[np.float64]) -> float:
        logits = inputs @ weights + start
        errors = np.logaddexp(0, logits) - wanted * logits
        return float(errors.sum() + (stiff * weights * weights).sum() / 2)

    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-np.clip(inputs @ weights + start, -30, 30)))
        slope = inputs.T @ (share - wanted) + stiff * weights
        curve = (inputs * (share * (1 - share))[:, None]).T @ inputs + np.diag(stiff)
        step = np.linalg.solve(curve, slope)
        now = loss(weights)
        # Where the curve is flat a whole step overshoots.
        while loss(weights - step) > now and np.abs(step).max() > SMALLEST_STEP:
            step /= 2
        weights -= step
    return weights
