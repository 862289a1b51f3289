"""What a story was judged by besides what the store holds anyway, so that its numbers can
be worked out again."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.model.article import ArticleId, Provider, TopicHit


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Where an article was judged as something else than its own row says: the window
    tells more of providers and pictures than one article does, and editors of topics."""

    article: ArticleId
    provider: Provider | None = None
    """None: as in its row."""
    topics: tuple[TopicHit, ...] | None = None
    """Likewise."""
    pictures: tuple[str, ...] | None = None
    """Addresses of those that were left to it; likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What scores of a story depend on beside its articles, copies and rulings."""

    rules: str
    """Id of the `RuleSet`."""
    voices: tuple[tuple[str, float], ...] = ()
    """By provider, of its members and of origins, how much its voice weighs by its record;
    see `stages.voices`. Those whose record says too little are left out."""
    others: tuple[Other, ...] = ()
