"""Articles -> copies: who has whose text, and by what evidence.

Two kinds of evidence: what articles say of themselves (`copies_sources`) and what their
texts have in common (`copies_alike`). The one that is named is the original; where
nobody is named, agencies come before their clients, and the earlier before the later.
Nobody is ever, by whatever way round, a copy of itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model.article import Article, ArticleId, Provider, ProviderKind
from newsdesk.model.story import Copy, CopyKind
from newsdesk.stages import copies_alike, copies_sources
from newsdesk.stages.copies_alike import Alike
from newsdesk.stages.copies_sources import Source
from newsdesk.stages.identify_registry import Directory

SAME_TEXT = 0.5
"""Share of the shorter text's runs of words that the longer holds, where neither names
the other as its source."""
IN_PASSAGES, IN_PASSAGES_IF_SHORT = 0.7, 0.9
"""Share of a long and of a short text that must stand in the other in the same order: the
shorter a text, the more easily do statements that both quote meet by chance."""
IN_PASSAGES_UNDER_OWN_OPENING = 0.95
"""The same of what follows where the shorter begins with words of its own: an editor who
writes a new opening keeps the rest, a reporter who quotes the same statements does not."""
LONG, SHORT = 200, 80
"""Words from which a text is long, and below which it is short; between, by proportion."""
SAME_FIGURES = 0.7
"""Share of the shorter's figures that the other must have; reports of one pattern on two
events share all words but these."""
IF_NAMED = 0.3
"""Share in passages that does where the one names the other as its source."""
GROWN = 0.25
"""Share of an article that must stand in another for it to be that one's copy. Less is a
report of its own that holds a short statement in full."""
MATERIAL = 0.4
"""Share from which a text that names somebody's material is that one's text."""
HEAD_START = timedelta(hours=24)
"""How much later than its client an agency may publish a text and still be its source:
agencies serve clients first and their own site when there is time."""

_NOBODY = Directory(by_place={}, by_name={})
_SENDERS = (ProviderKind.AGENCY, ProviderKind.WIRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bond:
    """An article and the one that it may be a copy of."""

    copy: Article
    original: Article
    share: float
    source: Source | None
    """The word of the copy, where it names the original's provider."""


def found(
    articles: Sequence[Article],
    known: Directory = _NOBODY,
    at_hand: Collection[Provider] | None = None,
) -> tuple[Copy, ...]:
    """The copies among `articles`, by id; one line for each that depends on another.
    `known` says who is meant by a name, besides the providers `at_hand` (by default those
    of the articles). Duplicates are left out, and the order of `articles` does not
    matter."""
    by_id = {a.id: a for a in articles if a.duplicate_of is None}
    told = _told(by_id.values(), known, at_hand)
    bonds: dict[ArticleId, list[_Bond]] = defaultdict(list)
    for pair in copies_alike.alike(tuple(by_id.values())):
        if bond := _bond(pair, by_id, told):
            bonds[bond.copy.id].append(bond)
    chosen: dict[ArticleId, Copy] = {}
    for article in sorted(by_id.values(), key=_in_time):
        copy = _copy(article, bonds[article.id], told[article.id], chosen)
        if copy:
            chosen[article.id] = copy
    return tuple(chosen[of] for of in sorted(chosen))


def one_text(
    articles: Sequence[Article],
    known: Directory = _NOBODY,
    at_hand: Collection[Provider] | None = None,
) -> tuple[tuple[ArticleId, ArticleId], ...]:
    """Every pair of `articles` of which one has the other's text, the copy first."""
    by_id = {a.id: a for a in articles if a.duplicate_of is None}
    told = _told(by_id.values(), known, at_hand)
    pairs = copies_alike.alike(tuple(by_id.values()))
    bonds = (_bond(pair, by_id, told) for pair in pairs)
    return tuple(sorted((b.copy.id, b.original.id) for b in bonds if b is not None))


def _told(
    articles: Collection[Article],
    known: Directory,
    at_hand: Collection[Provider] | None,
) -> dict[ArticleId, tuple[Source, ...]]:
    """Whom each article names as its source."""
    providers = [a.provider for a in articles] if at_hand is None else at_hand
    named = copies_sources.names(providers, known)
    return {a.id: copies_sources.sources(a, named) for a in articles}


def _bond(
    pair: Alike,
    by_id: Mapping[ArticleId, Article],
    told: Mapping[ArticleId, Sequence[Source]],
) -> _Bond | None:
    """Which of two alike articles is the copy; None: both are reports of their own."""
    one, other = by_id[pair.one], by_id[pair.other]
    first, second = _word(one, other, told), _word(other, one, told)
    if not is_one_text(pair, is_named=bool(first or second)):
        return None
    if bool(first) != bool(second):
        is_turned = first is not None
    else:
        is_turned = _precedence(other, one, told) < _precedence(one, other, told)
    if is_turned:
        copy, original, share, word = one, other, pair.share_of_one, first
    else:
        copy, original, share, word = other, one, pair.share_of_other, second
    if share < GROWN:
        return None
    return _Bond(copy=copy, original=original, share=share, source=word)


def is_one_text(pair: Alike, *, is_named: bool = False) -> bool:
    """Whether one of the two has the other's text. `is_named`: it says so itself."""
    passages = pair.passages
    if is_named:
        return max(passages.whole, passages.after_opening) >= IF_NAMED
    shortness = min(1.0, max(0.0, (LONG - pair.words) / (LONG - SHORT)))
    needed = IN_PASSAGES + shortness * (IN_PASSAGES_IF_SHORT - IN_PASSAGES)
    is_text = passages.keeps_opening and passages.whole >= needed
    is_rest = passages.after_opening >= IN_PASSAGES_UNDER_OWN_OPENING
    return (
        (is_text or is_rest)
        and max(pair.share_of_one, pair.share_of_other) >= SAME_TEXT
        and pair.figures >= SAME_FIGURES
    )


def _word(
    article: Article, other: Article, told: Mapping[ArticleId, Sequence[Source]]
) -> Source | None:
    """What an article says of the other's provider as its source."""
    return next((s for s in told[article.id] if s.id == other.provider.domain), None)


def _precedence(
    article: Article, other: Article, told: Mapping[ArticleId, Sequence[Source]]
) -> tuple[object, ...]:
    """The order of two alike articles where neither names the other: an agency, or who
    says that it has an agency's text, comes first unless it came much later."""
    has_agency = article.provider.kind in _SENDERS or any(
        source.is_sure for source in told[article.id]
    )
    is_in_time = article.instant - other.instant <= HEAD_START
    is_report = article.provider.kind not in copies_sources.NO_NEWSROOM
    return (
        article.provider.kind is ProviderKind.AGGREGATOR,  # it has no text of its own
        not (has_agency and is_in_time),
        *_honest(article),
        is_report,  # who issues a statement is its source rather than who prints it
        article.id,
    )


def _honest(article: Article) -> tuple[datetime, bool]:
    """When it came out, as far as that can be believed: one that only tells the day
    says midnight and was later."""
    reading = article.reading
    if reading.published_at and not reading.published_has_time:
        day_is_over = reading.published_at + timedelta(days=1)
        return (min(article.first_seen_at, day_is_over), True)
    return (article.instant, False)


def _in_time(article: Article) -> tuple[object, ...]:
    return (*_honest(article), article.id)


def _copy(
    article: Article,
    bonds: Iterable[_Bond],
    told: Sequence[Source],
    chosen: Mapping[ArticleId, Copy],
) -> Copy | None:
    """What an article depends on: the held text that its own words name, else the source
    they name, else the text that it is most like."""
    sure = [source for source in told if source.is_sure]
    able = [b for b in bonds if not _leads_to(b.original.id, article.id, chosen)]
    able.sort(key=_rank)
    for bond in able:
        if bond.source and (bond.source.is_sure or bond.share >= MATERIAL):
            return _of_text(bond)
    if sure:
        return _of_word(article, sure)
    for bond in able:
        return _of_text(bond)
    return _of_word(article, told) if told else None


def _rank(bond: _Bond) -> tuple[object, ...]:
    return (
        bond.source is None,
        bond.original.provider.kind not in _SENDERS,
        -round(bond.share, 1),
        *_in_time(bond.original),
    )


def _leads_to(
    start: ArticleId, goal: ArticleId, chosen: Mapping[ArticleId, Copy]
) -> bool:
    """Whether one goes back to the other already."""
    at: ArticleId | None = start
    while at is not None:
        if at == goal:
            return True
        at = chosen[at].original if at in chosen else None
    return False


def _of_text(bond: _Bond) -> Copy:
    provider = bond.original.provider
    alike = f"{bond.share:.0%} of its text stands in that of {provider.domain}"
    if bond.source:
        return Copy(
            article=bond.copy.id,
            original=bond.original.id,
            source=provider.domain,
            kind=copies_sources.kind_of(provider.kind)
            if bond.source.kind is CopyKind.MATERIAL
            else bond.source.kind,
            share=round(bond.share, 3),
            evidence=(bond.source.why, alike),
        )
    return Copy(
        article=bond.copy.id,
        original=bond.original.id,
        source=provider.domain,
        kind=_unnamed(bond),
        share=round(bond.share, 3),
        evidence=(alike, _why_first(bond)),
    )


def _unnamed(bond: _Bond) -> CopyKind:
    provider = bond.original.provider
    if provider.domain == bond.copy.provider.domain:
        return CopyKind.AGAIN
    if provider.kind in _SENDERS:
        return copies_sources.kind_of(provider.kind)
    return CopyKind.REPRINT


def _why_first(bond: _Bond) -> str:
    """Why the original is taken for it where the copy does not name it."""
    provider, shown_by = bond.original.provider, bond.copy.provider
    if provider.kind in _SENDERS:
        return f"{provider.domain} is known as an agency or wire"
    if shown_by.kind is ProviderKind.AGGREGATOR:
        return f"{shown_by.domain} shows what others wrote"
    copy, original = _honest(bond.copy)[0], _honest(bond.original)[0]
    if copy == original:
        return "neither says whose it is, and both came at the same time"
    if copy < original:
        return f"{provider.domain} names a source and it does not"
    minutes = round((copy - original).total_seconds() / 60)
    late = f"{minutes} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
    return f"it came {late} later"


def _of_word(article: Article, told: Sequence[Source]) -> Copy:
    """A copy of what we do not hold, by its own word."""
    return Copy(
        article=article.id,
        source=told[0].id,
        kind=told[0].kind,
        evidence=tuple(source.why for source in told),
    )
