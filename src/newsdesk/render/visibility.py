"""What readers may see: the one rule that every outlet of the site asks.

Pages, feeds, the API, sitemaps and mails show what is published, and nothing else. What
was shown once and was taken back by an editor is told of, by its headline, so that
nobody wonders where it went.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.model.story import Published

_WITHDRAWN = "withdraw"
"""The kind of decision by which an editor takes back what readers saw."""


def is_shown(published: Published) -> bool:
    """Whether readers may see it."""
    return published.record.published


def shown(records: Iterable[Published]) -> tuple[Published, ...]:
    """Those of the records that readers may see, in the order given."""
    return tuple(one for one in records if is_shown(one))


def withdrawal(published: Published) -> str | None:
    """Why an editor took it back, for readers; None: nobody did."""
    story = published.story
    ruling = story.ruling if story else None
    said = ruling.verdict if ruling else None
    if is_shown(published) or said is None or said.kind != _WITHDRAWN:
        return None
    return said.why
