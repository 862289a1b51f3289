"""Judged stories and two sets of rules -> what one would have published, dropped and put
elsewhere that the other did not.

Both sides are judged anew from what is stored, by the same code, so that nothing but the
rules differs: not what a run happened to know, not what readers saw already. Which
articles make a story is taken as it is; `rules.same_story` has no part in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.preview import Outcome, Preview, Side
from newsdesk.model.receipt import RuleSet
from newsdesk.model.site import Rules, Site
from newsdesk.model.story import JudgedStory, Objection, StoryId, Verdict
from newsdesk.stages import basis, caps, rejudge, verdict
from newsdesk.stages import rule_preview_fronts as fronts

BLOCKED = Verdict(
    is_published=False,
    threshold=0,
    reason="every article of it is of a blocked domain",
    is_rejected=True,
    rule="blocked",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A story as one set of rules has it."""

    judged: JudgedStory
    """With lead, verdict and heat by these rules."""
    members: tuple[Article, ...]
    """Without those of blocked domains."""


_Cases = Mapping[StoryId, _Case]


def preview(
    stories: Sequence[JudgedStory],
    before: RuleSet,
    after: RuleSet,
    site: Site,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
) -> Preview:
    """What changes if the rules become those `after`. `stories` are those that changed
    between the two instants; `site` tells of topics and of the front page; `now` is for
    embargoes alone."""
    given = [basis.as_judged(one) for one in stories]
    old, new = (_cases(given, rules, now) for rules in (before, after))
    outcomes = [_outcome(one, old, new) for one in given]
    both = [o for o in outcomes if _shown(o.before) and _shown(o.after)]
    instants = fronts.days(since, until)
    pages = (
        fronts.fronts(_published(cases), rules, site, instants)
        for cases, rules in ((old, before), (new, after))
    )
    changes = map(fronts.change, instants, *pages)
    return Preview(
        since=since,
        until=until,
        stories=len(given),
        options=tuple(_options(before.rules, after.rules)),
        published=tuple(
            o for o in outcomes if _shown(o.after) and not _shown(o.before)
        ),
        dropped=tuple(o for o in outcomes if _shown(o.before) and not _shown(o.after)),
        led_otherwise=tuple(o for o in both if o.before.lead != o.after.lead),
        both=len(both),
        neither=sum(not _shown(o.before) and not _shown(o.after) for o in outcomes),
        fronts=tuple(one for one in changes if one.entered or one.left or one.moved),
        days=len(instants),
    )


def _published(
    cases: _Cases,
) -> Iterator[tuple[JudgedStory, tuple[Article, ...]]]:
    for case in cases.values():
        if case.judged.verdict.is_published:
            yield case.judged, case.members


def _shown(side: Side) -> bool:
    return side.verdict.is_published


def _cases(given: Sequence[JudgedStory], rules: RuleSet, now: datetime) -> _Cases:
    """Every story by a set of rules, caps included; all of its articles blocked, none."""
    found = {
        one.story.id: case
        for one in given
        if (case := _case(one, rules, now)) is not None
    }
    if not caps.has_caps(rules.rules):
        return found
    contenders = (
        caps.contender(case.judged, is_shown=False) for case in found.values()
    )
    held = caps.held([one for one in contenders if one], rules.rules)
    return {
        of: _capped(case, held[of]) if of in held else case
        for of, case in found.items()
    }


def _capped(case: _Case, objection: Objection) -> _Case:
    said = caps.capped(case.judged.verdict, objection)
    return replace(case, judged=replace(case.judged, verdict=said))


def _case(judged: JudgedStory, rules: RuleSet, now: datetime) -> _Case | None:
    blocked = rules.rules.blocked
    kept = tuple(a for a in basis.members(judged) if not _is_blocked(a, blocked))
    if not kept:
        return None
    first = _lead(judged, kept)
    quality = dict(judged.qualities)[first.id]
    here = {article.id for article in kept}
    voices = tuple(o for o in judged.origins if not here.isdisjoint(o.articles))
    story = replace(judged, lead=first, quality=quality, origins=voices)
    said = verdict.of(
        first,
        quality,
        rules.rules,
        has_topics=rules.has_topics,
        covering=kept,
        origin_count=max(1, len(voices)),
        as_of=now,
        ruling=judged.ruling,
    )
    warm = rejudge.heat_of(story, kept, rules, judged.basis)
    return _Case(judged=replace(story, verdict=said, heat=warm), members=kept)


def _is_blocked(article: Article, blocked: Collection[str]) -> bool:
    return article.provider.domain in blocked or str(article.source_id) in blocked


def _lead(judged: JudgedStory, kept: Sequence[Article]) -> Article:
    """The lead, or what stands best where that one is blocked."""
    here: dict[ArticleId, Article] = {article.id: article for article in kept}
    if judged.lead.id in here:
        return judged.lead
    return next((here[of] for of, _ in judged.standings if of in here), kept[0])


def _outcome(judged: JudgedStory, old: _Cases, new: _Cases) -> Outcome:
    return Outcome(
        story=judged.story.id,
        title=(judged.ruling and judged.ruling.title) or judged.lead.reading.title,
        provider=judged.lead.provider.domain,
        before=_side(old.get(judged.story.id)),
        after=_side(new.get(judged.story.id)),
    )


def _side(case: _Case | None) -> Side:
    if case is None:
        return Side(verdict=BLOCKED)
    return Side(
        lead=case.judged.lead.reading.web_url,
        quality=case.judged.quality.value,
        heat=case.judged.heat.value,
        verdict=case.judged.verdict,
    )


def _options(before: Rules, after: Rules) -> Iterator[tuple[str, str, str]]:
    for option in fields(Rules):
        old, new = (getattr(rules, option.name) for rules in (before, after))
        if old != new:
            yield option.name, _value(old), _value(new)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, each)) if isinstance(each, tuple) else str(each)
            for each in value
        )
    return str(value)
