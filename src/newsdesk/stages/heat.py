"""A story -> its heat, 0–100, with a receipt: how many cover it independently of each
other, how lately, how fast they came; and where that is going.

Every part fades by one half-life from an instant of the story's own, and no part asks how
late it is otherwise. So one more independent voice never lowers heat, a copy adds
nothing, the order of arrival makes no difference, and waiting changes the order of no two
stories.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model.article import Article
from newsdesk.model.story import Origin, Part, Score, Trend
from newsdesk.stages.score import summed

RULE = "heat/3"

# What each kind of part can give at most; together 100. Set by hand.
FIRST_ORIGIN = 15.0
"""Heat that the strongest independent origin brings when it publishes."""
NEXT_ORIGIN = 0.8
"""Each further one brings this share of the one before: at most 75 in all."""
VELOCITY = 15.0
VELOCITY_HOURS = 6.0
"""How far back `fast` looks, and what a trend is held against."""
VELOCITY_NEXT = 0.8
"""Each further origin within these hours leaves this share of what is missing to the
most."""
FOLLOW_UPS = 5.0
FOLLOW_UP = 1.0
"""For an outlet that comes back with a further piece of its own."""
FOLLOW_UP_HOURS = 1.0
"""How long after its first piece that one must come: the rest is the same report again."""
CARRIES_ON = 2.0
"""For a story that carries an earlier one on."""
VISITS = 5.0
VISITS_HOURS = 24
VISITS_HALF = 100
"""Visits within these hours that bring half of the most."""

# What a provider's record makes of its voice: never nothing, so that an unknown outlet
# that is alone with its news is still heard.
LEAST_VOICE = 0.5
NEUTRAL_VOICE = 0.8
"""Of one whose record says nothing yet."""

STEADY = 0.1
"""Share by which heat may change within the hours and still be steady."""

NO_VOICES: Mapping[str, float] = {}
Visits = Sequence[tuple[datetime, int]]
"""Hours, each by its start, with how many visits they saw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """An independent origin at the instant of its first piece."""

    name: str
    at: datetime
    weight: float
    is_timeless: bool
    copies: int
    """How many carry its text."""
    back_at: datetime | None
    """When it first came back with a further piece of its own."""


def scored(
    articles: Iterable[Article],
    as_of: datetime,
    *,
    half_life_h: float,
    origins: Sequence[Origin] = (),
    voices: Mapping[str, float] = NO_VOICES,
    carries_on: bool = False,
    visits: Visits = (),
) -> Score:
    """The heat of a story at `as_of` with its receipt, 0–100.

    Without `origins` each provider is one. `voices`: by source of an origin what its
    record makes of it, 0.5–1; 0.8 where nothing is said. What is later than `as_of` has
    not happened.
    """
    told = [voice for voice in _voices(articles, origins, voices) if voice.at <= as_of]
    clock = _Clock(as_of, half_life_h)
    parts = [*_origins(told, clock)]
    parts += [_velocity(told, clock), _follow_ups(told, clock, carries_on=carries_on)]
    if visits:
        parts.append(_visits(visits, clock))
    return summed(RULE, parts)


def exact(score: Score) -> float:
    """Heat to the hundredth, to rank by: points are whole numbers and often equal."""
    return sum(part.points for part in score.parts)


def news_at(articles: Iterable[Article], origins: Sequence[Origin] = ()) -> datetime:
    """When the last thing happened that counts: an independent voice was first heard, or
    came back. A copy, or yet another piece of the same outlet, is no news. `articles`
    must not be empty."""
    told = _voices(articles, origins, NO_VOICES)
    return max(max(voice.at, voice.back_at or voice.at) for voice in told)


def faded(
    score: Score,
    since: datetime,
    as_of: datetime,
    *,
    half_life_h: float,
    visits: Visits = (),
) -> float:
    """What is left at `as_of` of a score as of `since`, to the hundredth, with readers'
    visits where they are counted. As all parts fade alike, it is what `scored` would come
    to where nothing happened in between."""
    clock = _Clock(as_of, half_life_h)
    left = round(exact(score) * clock.fresh(since), 2)
    return left + (_visits(visits, clock).points if visits else 0.0)


def trend(
    articles: Sequence[Article],
    as_of: datetime,
    *,
    half_life_h: float,
    origins: Sequence[Origin] = (),
    voices: Mapping[str, float] = NO_VOICES,
    since: datetime | None = None,
) -> Trend:
    """Where a story's heat is going: against six hours before, by what was there then.
    Readers' visits have no part in it. `since`: when the last thing happened that counts,
    where that is known; it spares looking."""
    before = as_of - timedelta(hours=VELOCITY_HOURS)
    if since is not None and since <= before:
        left = 2.0 ** (-VELOCITY_HOURS / half_life_h)
        return Trend.FALLING if left < 1 - STEADY else Trend.STEADY
    told = _voices(articles, origins, voices)
    if min(voice.at for voice in told) > before:
        return Trend.NEW
    now, then = (
        _points([voice for voice in told if voice.at <= at], _Clock(at, half_life_h))
        for at in (as_of, before)
    )
    if now > then * (1 + STEADY):
        return Trend.RISING
    return Trend.FALLING if now < then * (1 - STEADY) else Trend.STEADY


def _points(told: Sequence[_Voice], clock: _Clock) -> float:
    """What `scored` comes to, but for what an earlier story lends and for readers."""
    left = (v.weight * clock.fresh(v.at) for v in told if not v.is_timeless)
    own = sum(
        FIRST_ORIGIN * NEXT_ORIGIN**place * share
        for place, share in enumerate(sorted(left, reverse=True))
    )
    back = _follow_ups(told, clock, carries_on=False).points
    return own + _burst(told, clock).points + back


@dataclass(frozen=True, slots=True)
class _Clock:
    as_of: datetime
    half_life_h: float

    def hours(self, since: datetime) -> float:
        """How long ago, never below 0."""
        return max(0.0, (self.as_of - since).total_seconds() / 3600)

    def fresh(self, since: datetime) -> float:
        """What is left of something, 0–1."""
        return float(2.0 ** (-self.hours(since) / self.half_life_h))


def _origins(told: Sequence[_Voice], clock: _Clock) -> Iterator[Part]:
    """A part an origin, the one that weighs most now first."""
    left = {
        voice.name: 0.0 if voice.is_timeless else voice.weight * clock.fresh(voice.at)
        for voice in told
    }
    total = before = 0.0
    for place, voice in enumerate(sorted(told, key=lambda v: (-left[v.name], v.name))):
        full = FIRST_ORIGIN * NEXT_ORIGIN**place
        total += full * left[voice.name]
        hours = clock.hours(voice.at)
        age = "of no known time" if voice.is_timeless else f"{hours:.1f} hours old"
        behind = f"; copies add nothing: {voice.copies}" if voice.copies else ""
        yield Part(
            name=voice.name,
            # The sum is rounded, not each part: else one more could lower it by a hair.
            points=round(round(total, 2) - before, 2),
            why=f"{age}, {left[voice.name]:.0%} of {full:.1f}, "
            f"its record weighs {voice.weight:.2f}{behind}",
        )
        before = round(total, 2)


@dataclass(frozen=True, slots=True)
class _Burst:
    """The hours in which voices came fastest."""

    points: float = 0.0
    """What they bring now."""
    full: float = 0.0
    """What they brought then."""
    count: int = 0
    end: datetime | None = None


def _burst(told: Sequence[_Voice], clock: _Clock) -> _Burst:
    """Those six hours that say most now. One voice has no speed."""
    timed = sorted((v for v in told if not v.is_timeless), key=lambda v: (v.at, v.name))
    if len(timed) < 2:
        return _Burst()
    times = [voice.at for voice in timed]
    weights = [voice.weight for voice in timed]
    best = _Burst()
    for at in dict.fromkeys(times):
        first = bisect_right(times, at - timedelta(hours=VELOCITY_HOURS))
        within = weights[first : bisect_right(times, at)]
        if len(within) < 2:
            continue
        full = VELOCITY * (1 - VELOCITY_NEXT ** (math.fsum(within) - max(within)))
        if (points := full * clock.fresh(at)) > best.points:
            best = _Burst(points, full, len(within), at)
    return best


def _velocity(told: Sequence[_Voice], clock: _Clock) -> Part:
    """How fast voices came when they came fastest."""
    burst = _burst(told, clock)
    why = f"no two origins within {VELOCITY_HOURS:g} hours"
    if burst.end is not None:
        why = (
            f"{burst.count} origins within {VELOCITY_HOURS:g} hours bring "
            f"{burst.full:.1f} of {VELOCITY:g}; {clock.hours(burst.end):.1f} hours ago"
        )
    return Part(name="velocity", points=round(burst.points, 2), why=why)


def _follow_ups(told: Sequence[_Voice], clock: _Clock, *, carries_on: bool) -> Part:
    back = [
        voice.back_at
        for voice in told
        if voice.back_at is not None and voice.back_at <= clock.as_of
    ]
    points = sum(FOLLOW_UP * clock.fresh(at) for at in back)
    said = [f"{len(back)} outlets came back to it"] if back else []
    timed = [voice.at for voice in told if not voice.is_timeless]
    if carries_on and timed:
        points += CARRIES_ON * clock.fresh(max(timed))
        said.append("it carries an earlier story on")
    # The most fades too, or a story at it would outlast others.
    most = FOLLOW_UPS * max((clock.fresh(at) for at in (*timed, *back)), default=0.0)
    return Part(
        name="follow-ups",
        points=round(min(points, most), 2),
        why="; ".join(said) or "nobody came back to it",
    )


def _visits(visits: Visits, clock: _Clock) -> Part:
    """Readers at the hour from which their number says most now."""
    best, count = 0.0, 0
    for end, _ in visits:
        begin = end - timedelta(hours=VISITS_HOURS)
        seen = sum(many for at, many in visits if begin < at <= end)
        full = VISITS * (1 - 0.5 ** (seen / VISITS_HALF))
        if full * clock.fresh(end) > best:
            best, count = full * clock.fresh(end), seen
    why = f"{count} visits within {VISITS_HOURS} hours; at most {VISITS:g}"
    return Part(name="visits", points=round(best, 2), why=why)


def _voices(
    articles: Iterable[Article],
    origins: Sequence[Origin],
    weights: Mapping[str, float],
) -> list[_Voice]:
    in_time = sorted(articles, key=lambda a: (a.instant, a.id))
    if not origins:
        own: dict[str, list[Article]] = {}
        for article in in_time:
            own.setdefault(article.provider.domain, []).append(article)
        return [_voice(name, all_, 0, weights) for name, all_ in own.items()]
    by_id = {article.id: article for article in in_time}
    found = []
    for origin in origins:
        here = [by_id[of] for of in origin.articles[: origin.own] if of in by_id]
        copies = [by_id[of] for of in origin.articles[origin.own :] if of in by_id]
        own_copies = sum(a.provider.domain == origin.source for a in copies)
        if here:
            many = len(copies) - own_copies
            found.append(_voice(origin.source, here, many, weights))
        elif copies:
            # An agency whose own piece we lack: the first copy stands for it.
            copies.sort(key=lambda a: (a.instant, a.id))
            many = len(copies) - own_copies - 1
            found.append(_voice(origin.source, copies[:1], max(0, many), weights))
    return found


def _voice(
    name: str, own: Sequence[Article], copies: int, weights: Mapping[str, float]
) -> _Voice:
    """`own` are the origin's pieces in order of time."""
    first = min(own, key=lambda a: (a.instant, a.id))
    after = first.instant + timedelta(hours=FOLLOW_UP_HOURS)
    weight = weights.get(name, NEUTRAL_VOICE)
    return _Voice(
        name=name,
        at=first.instant,
        weight=min(1.0, max(LEAST_VOICE, weight)),
        is_timeless=first.is_timeless,
        copies=copies,
        back_at=min((a.instant for a in own if a.instant >= after), default=None),
    )
