"""Records of an edition -> its front page, and what came nearest to it.

The hottest stories of the last days, as far as caps leave room, with what editors pinned
in its place. Where a site's bar lets nothing pass, the nearest misses are what there is to
tell: those that lack least first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.site import Site
from newsdesk.model.story import Objection, Published, Verdict, VerdictState

MISSES = 3
"""Held stories that an edition names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front page."""

    shown: tuple[Published, ...]
    """In its order."""
    crowded_out: tuple[tuple[str, Objection], ...]
    """Paths of stories hot enough for which a cap left no room, and which; hottest
    first."""


def front(
    recent: Sequence[Published],
    pinned: Sequence[Published],
    heat: Mapping[str, float],
    site: Site,
) -> Front:
    """The front page, and what caps kept off it.

    `recent` are the records of its window, `pinned` those that editors pinned, however
    old. `heat` is by path, to the hundredth, so that few are equal; of equals the better.
    """
    order = sorted(recent, key=lambda p: (-heat[p.path], -p.record.quality, p.path))
    fixed = sorted(pinned, key=lambda p: (_place(p), -heat[p.path], p.path))
    is_fixed = {p.path for p in fixed}
    most = site.output.front_stories
    room = _Room(site)
    for p in fixed:
        room.take(p)
    shown: list[Published] = []
    crowded_out = []
    for p in order:
        if len(shown) + len(fixed) >= most:
            break
        if p.path in is_fixed or not p.record.published or p.record.heat <= 0:
            continue
        if objection := room.objection(p):
            crowded_out.append((p.path, objection))
        else:
            room.take(p)
            shown.append(p)
    for p in fixed:
        shown.insert(min(_place(p), most) - 1, p)
    return Front(shown=tuple(shown[:most]), crowded_out=tuple(crowded_out))


def misses(recent: Sequence[Published]) -> tuple[Published, ...]:
    """The nearest held stories, those that lack least first. What an embargo or an editor
    holds, or is rejected, readers are not to hear of."""
    near = [
        (_gap(p.story.verdict, p.record.quality), p)
        for p in recent
        if p.story is not None
        and p.story.story.is_alive
        and not p.record.published
        and p.story.verdict.state is VerdictState.HELD
        and not p.story.verdict.is_confidential
    ]
    near.sort(
        key=lambda pair: (
            pair[0],
            -pair[1].record.quality,
            -_changed(pair[1]).timestamp(),
            pair[1].path,
        )
    )
    return tuple(p for _, p in near[:MISSES])


def is_pinned(p: Published) -> bool:
    """Whether an editor pinned it and readers may see it."""
    return _place(p) > 0 and p.record.published


class _Room:
    """What caps leave on the front page."""

    def __init__(self, site: Site) -> None:
        most = dict(site.rules.topic_on_front)
        self._provider = site.rules.provider_on_front
        self._topics = {t.name: most[t.id] for t in site.topics if t.id in most}
        self._taken: Counter[tuple[str, str]] = Counter()

    def objection(self, p: Published) -> Objection | None:
        """Why there is no room for a story; None: there is."""
        kind, provider = _provider(p)
        count = self._taken[kind, provider]
        if self._provider and count >= self._provider:
            why = (
                f"{provider} leads {count} stories of the front page already, the most"
            )
            return Objection(rule="provider_on_front", why=why)
        for topic, most in self._topics.items():
            if topic in p.record.topics and self._taken["topic", topic] >= most:
                why = f"{topic} has {most} stories on the front page already, the most"
                return Objection(rule="topic_on_front", why=why)
        return None

    def take(self, p: Published) -> None:
        """Count a story."""
        self._taken[_provider(p)] += 1
        self._taken.update(("topic", topic) for topic in set(p.record.topics))


def _provider(p: Published) -> tuple[str, str]:
    return ("provider", p.record.provider.domain)


def _place(p: Published) -> int:
    return p.story.ruling.place if p.story and p.story.ruling else 0


def _gap(verdict: Verdict, quality: int) -> float:
    """How much a held story lacks; of one judged by older rules what its quality does."""
    if verdict.objections:
        return round(sum(one.gap for one in verdict.objections), 4)
    return max(0, verdict.threshold - quality) / 100


def _changed(p: Published) -> datetime:
    return p.story.story.changed_at if p.story else p.record.published_at
