"""Stored scores -> the same scores worked out again, and where they differ.

Nothing but what is stored goes in: articles, copies, rulings, and the basis that judging
left. So whoever doubts a number can have it made before their eyes, years later, as long
as the rule that made it is still the one in use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.basis import Basis
from newsdesk.model.receipt import Difference, RuleSet
from newsdesk.model.story import Copy, JudgedStory, Score, Verdict
from newsdesk.stages import bonds, heat, lead, origins, quality, verdict
from newsdesk.stages.basis import as_judged, members

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_CAPS = ("provider_a_day", "topic_a_day")
RULES = frozenset({quality.RULE, heat.RULE, lead.RULE, bonds.RULE})
"""Names of the rules that can be worked out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of working out the numbers of a story again."""

    numbers: int
    """That were compared."""
    differences: tuple[Difference, ...] = ()
    older: tuple[str, ...] = ()
    """Names of older rules whose numbers could only be added up."""
    without_basis: bool = False
    """It was judged before a basis was kept: quality was compared, no more."""


def checked(
    stored: JudgedStory,
    rules: RuleSet | None,
    copies: Mapping[ArticleId, Copy] | None = None,
) -> Checked:
    """Every number of a story worked out again and compared to the last digit.

    `rules` are those that its basis names; None: they are not known. `copies` are those of
    all stories, so that a copy of a copy leads on to where its text comes from.
    """
    judged = as_judged(stored)
    numbers = [_added(judged), _qualities(judged), _standings(judged), _bonds(judged)]
    basis = judged.basis
    if basis is not None and rules is not None:
        known = {**(copies or {}), **{one.article: one for one in judged.copies}}
        numbers += [
            _origins(judged, known),
            _heat(judged, basis, rules),
            _verdict(judged, rules),
        ]
    found = [pair for each in numbers for pair in each]
    return Checked(
        numbers=len(found),
        differences=tuple(
            Difference(story=judged.story.id, what=what, stored=old, again=new)
            for what, old, new in found
            if old != new
        ),
        older=tuple(sorted({s.rule for s in _scores(judged)} - RULES)),
        without_basis=basis is None or rules is None,
    )


Compared = Iterator[tuple[str, str, str]]
"""What was compared, as it is stored and as it comes out now."""


def _added(judged: JudgedStory) -> Compared:
    """Parts of every score, by whatever rule, add up to it."""
    for score in _scores(judged):
        total = sum(round(part.points * 100) for part in score.parts)
        value = max(0, min(100, (total + 50) // 100))
        yield f"sum of the parts of {score.rule}", str(score.value), str(value)


def _scores(judged: JudgedStory) -> list[Score]:
    groups = (judged.qualities, judged.standings, judged.bonds)
    return [judged.heat, *(score for group in groups for _, score in group)]


def _qualities(judged: JudgedStory) -> Compared:
    by_id = {article.id: article for article in members(judged)}
    copies = {one.article: one for one in judged.copies}
    voices = dict(judged.basis.voices) if judged.basis else {}
    for of, score in judged.qualities:
        if score.rule == quality.RULE and of in by_id:
            voice = voices.get(by_id[of].provider.domain)
            again = quality.scored(by_id[of], copy=copies.get(of), voice=voice)
            yield f"quality of {of}", *_apart(score, again)


def _standings(judged: JudgedStory) -> Compared:
    by_id = {article.id: article for article in members(judged)}
    copies = {one.article: one for one in judged.copies}
    qualities = dict(judged.qualities)
    for of, score in judged.standings:
        if score.rule == lead.RULE and of in by_id and of in qualities:
            again = lead.standing(by_id[of], qualities[of], copies.get(of))
            yield f"standing of {of}", *_apart(score, again)


def _bonds(judged: JudgedStory) -> Compared:
    again = dict(bonds.bonds(members(judged))) if judged.bonds else {}
    for of, score in judged.bonds:
        if score.rule == bonds.RULE:
            yield f"bond of {of}", *_apart(score, again.get(of))


def _origins(judged: JudgedStory, copies: Mapping[ArticleId, Copy]) -> Compared:
    if judged.origins:
        again = origins.of(members(judged), copies)
        yield "origins", repr(judged.origins), repr(again)


def _heat(judged: JudgedStory, basis: Basis, rules: RuleSet) -> Compared:
    if judged.heat.rule == heat.RULE:
        again = heat_of(judged, members(judged), rules, basis)
        yield "heat", *_apart(judged.heat, again)


def heat_of(
    judged: JudgedStory,
    of: Sequence[Article],
    rules: RuleSet,
    basis: Basis | None,
    at: datetime | None = None,
) -> Score:
    """The heat of those members of a story under a set of rules, as of its own newest
    news unless an instant is given."""
    return heat.scored(
        of,
        at or judged.heat_at or judged.story.changed_at,
        half_life_h=rules.rules.half_life_h,
        origins=judged.origins,
        voices=dict(basis.voices) if basis else {},
        carries_on=judged.story.follows is not None,
    )


def _verdict(judged: JudgedStory, rules: RuleSet) -> Compared:
    if not judged.verdict.rule or judged.verdict.rule in _CAPS:
        return  # judged by older rules, or against the other stories of its day
    # When it was judged is not kept, only whether an embargo held then.
    is_early = any(one.rule == "embargoes" for one in judged.verdict.objections)
    again = verdict.of(
        judged.lead,
        judged.quality,
        rules.rules,
        has_topics=rules.has_topics,
        covering=members(judged),
        origin_count=len(judged.origins),
        as_of=_LONG_AGO if is_early else None,
        ruling=judged.ruling,
    )
    yield "verdict", _said(judged.verdict), _said(again)


def _said(given: Verdict) -> str:
    state = given.state.value
    return f"{state} by {given.rule}, threshold {given.threshold}: {given.reason}"


def _apart(stored: Score, again: Score | None) -> tuple[str, str]:
    """Two scores as texts to compare: their values, and the parts that differ."""
    if again is None:
        return str(stored.value), "none"
    before, now = map(_lines, (stored, again))
    return (
        "; ".join((str(stored.value), *(one for one in before if one not in now))),
        "; ".join((str(again.value), *(one for one in now if one not in before))),
    )


def _lines(score: Score) -> list[str]:
    return [f"{p.name} {p.points:.2f} ({p.why})" for p in score.parts]
