"""Stories and providers in short: what can be asked of thousands at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.story import StoryId, VerdictState


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """A story as it was judged last."""

    story: StoryId
    first_at: datetime
    """The earliest instant of a member."""
    provider: str
    """Domain of the provider that leads it."""
    topics: tuple[str, ...] = ()
    """Ids of the lead's topics."""
    quality: int = 0
    state: VerdictState
    rule: str = ""
    """What decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRecord:
    """What a provider has shown lately."""

    domain: str
    articles: int
    """How many stand in a story."""
    copies: int = 0
    """Whose text was another's."""
    gone: int = 0
    """Whose page was gone when it was asked for."""
    corrected: int = 0
    """That say what they put right."""
