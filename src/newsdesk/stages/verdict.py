"""A lead, its story and what editors said -> the verdict: whether readers see the story,
and why.

Rules stand in site.toml. Each that speaks against a story is an objection with the name
of its option and one sentence that a person can check; the first decides. What an editor
says comes before all of them. Caps look at several stories at once and are for `caps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.article import Article
from newsdesk.model.ruling import Ruling, Said
from newsdesk.model.site import Rules
from newsdesk.model.story import Objection, Score, Verdict

DECISION = "decision"
"""What a verdict calls its rule where an editor decided."""
NO_RULING = Ruling()
_SHOWN = ("approve", "pin")
_DID = {"approve": "approved", "pin": "pinned", "hold": "held"}
_DID |= {"reject": "rejected", "withdraw": "withdrawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the rules are held against."""

    first: Article
    quality: Score
    rules: Rules
    has_topics: bool
    covering: Sequence[Article]
    origin_count: int
    as_of: datetime | None


def of(
    first: Article,
    quality: Score,
    rules: Rules,
    *,
    has_topics: bool,
    covering: Sequence[Article] = (),
    origin_count: int = 1,
    as_of: datetime | None = None,
    ruling: Ruling | None = None,
) -> Verdict:
    """The verdict on a story that `first` leads.

    `covering` are its members, `origin_count` how many of them are independent voices;
    `as_of` is the instant by which embargoes are over (None: all are); `ruling` is what
    editors say.
    """
    case = _Case(
        first=first,
        quality=quality,
        rules=rules,
        has_topics=has_topics,
        covering=covering or (first,),
        origin_count=origin_count,
        as_of=as_of,
    )
    threshold = _threshold(first, rules)
    said = (ruling or NO_RULING).verdict
    if said is not None:
        return _as_said(said, threshold)
    if is_blocked(first, rules):
        return _rejected("blocked", f"{first.provider.domain} is blocked", case)
    if quality.value < rules.reject_below:
        why = f"quality {quality.value} is below {rules.reject_below}, the least looked at"
        return _rejected("reject_below", why, case)
    held = tuple(_objections(case, threshold))
    if not held:
        return Verdict(
            is_published=True,
            threshold=threshold,
            reason=f"quality {quality.value} reaches the threshold of {threshold}",
            rule="threshold",
        )
    return Verdict(
        is_published=False,
        threshold=threshold,
        reason=held[0].why,
        rule=held[0].rule,
        objections=held,
        is_confidential=held[0].rule == "embargoes",
    )


def is_blocked(article: Article, rules: Rules) -> bool:
    """Whether the site publishes nothing of an article's outlet or source. Such articles
    join no story (see `cover.fresh`); one may have been judged before."""
    return (
        article.provider.domain in rules.blocked or article.source_id in rules.blocked
    )


def told(said: Said) -> str:
    """A decision on a verdict in one sentence, without a full stop."""
    until = f", until {_instant(said.until)}" if said.until else ""
    return f"{_DID[said.kind]} by {said.by}{until}: {said.why.rstrip('.')}"


def _as_said(said: Said, threshold: int) -> Verdict:
    reason = told(said)
    is_shown = said.kind in _SHOWN
    return Verdict(
        is_published=is_shown,
        threshold=threshold,
        reason=reason,
        is_rejected=said.kind in ("reject", "withdraw"),
        rule=DECISION,
        objections=() if is_shown else (Objection(rule=DECISION, why=reason, gap=1.0),),
        is_confidential=not is_shown,
    )


def _rejected(rule: str, why: str, case: _Case) -> Verdict:
    return Verdict(
        is_published=False,
        threshold=_threshold(case.first, case.rules),
        reason=why,
        is_rejected=True,
        rule=rule,
        objections=(Objection(rule=rule, why=why, gap=1.0),),
    )


def _threshold(first: Article, rules: Rules) -> int:
    own = [
        points
        for topic, points in rules.thresholds
        if any(hit.topic == topic for hit in first.topics)
    ]
    return min(own, default=rules.threshold)


def _objections(case: _Case, threshold: int) -> Iterator[Objection]:
    """Everything that speaks against publishing: what is final first."""
    yield from _embargo(case)
    yield from _subject(case)
    yield from _age(case)
    yield from _substance(case, threshold)


def _embargo(case: _Case) -> Iterator[Objection]:
    """The longest embargo on the lead's domain or one of its topics."""
    topics = {hit.topic for hit in case.first.topics}
    running = [
        (until, name)
        for name, until in case.rules.embargoes
        if name == case.first.provider.domain or name in topics
        if case.as_of is not None and case.as_of < until
    ]
    if running:
        until, name = max(running)
        why = f"{name} is under embargo until {_instant(until)}"
        yield Objection(rule="embargoes", why=why, gap=1.0)


def _subject(case: _Case) -> Iterator[Objection]:
    first, rules = case.first, case.rules
    if case.has_topics and rules.only_on_topic and not first.topics:
        why = "belongs to no topic of the site"
        if first.near_miss:
            why += f"; the nearest is {first.near_miss.topic}"
        yield Objection(rule="only_on_topic", why=why, gap=1.0)
    language = first.reading.language or first.reading.declared_language
    if rules.languages and language not in rules.languages:
        wanted = ", ".join(rules.languages)
        why = f"is in {language or 'a language that nobody could tell'}, not {wanted}"
        yield Objection(rule="languages", why=why, gap=1.0)
    names = {a.provider.domain for a in case.covering}
    names |= {str(a.source_id) for a in case.covering}
    if rules.required and names.isdisjoint(rules.required):
        why = f"none of {', '.join(rules.required)} covers it"
        yield Objection(rule="required", why=why, gap=0.7)


def _age(case: _Case) -> Iterator[Objection]:
    first, most = case.first, case.rules.max_age_h
    hours = (first.first_seen_at - first.instant).total_seconds() / 3600
    if most and hours > most and not first.is_timeless:
        why = f"was {hours:.0f} hours old when first seen, more than {most}"
        yield Objection(rule="max_age_h", why=why, gap=min(1.0, (hours - most) / hours))


def _substance(case: _Case, threshold: int) -> Iterator[Objection]:
    rules, points = case.rules, case.quality.value
    words = len(case.first.reading.text.split())
    if words < rules.min_words:
        why = f"{words} words, fewer than the {rules.min_words} asked for"
        yield Objection(rule="min_words", why=why, gap=1 - words / rules.min_words)
    if case.origin_count < rules.min_origins:
        why = (
            f"{case.origin_count} of the {rules.min_origins} independent origins "
            "asked for tell it"
        )
        gap = 1 - case.origin_count / rules.min_origins
        yield Objection(rule="min_origins", why=why, gap=gap)
    if points < threshold:
        why = f"quality {points} is below the threshold of {threshold}"
        yield Objection(rule="threshold", why=why, gap=(threshold - points) / 100)


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
