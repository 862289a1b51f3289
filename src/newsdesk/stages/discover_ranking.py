"""Which of several feeds to offer first.

News before comments, feeds with entries before empty ones, dated before undated; of one
feed in two formats, the one that says more. Otherwise the order in which they were found,
which is the page's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from newsdesk.model.feed import Feed, Reply
from newsdesk.stages import discover_page
from newsdesk.text import urls

SAME_SHARE = 0.8
"""Of all the pages that two feeds list, what both list, from which they are one."""
FULL_TEXT_CHARS = 1_200
"""Characters of markup in an entry's text from which it is more than a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A feed that was found, fetched and read."""

    url: str
    """To be asked from now on."""
    step: str
    """How it was found."""
    feed: Feed
    reply: Reply
    link_title: str | None = None
    """What the page calls it."""
    same_as: str | None = None
    """Address of the better one, where this is the same feed in another format."""

    @property
    def is_minor(self) -> bool:
        """Whether it carries readers' comments rather than news."""
        words = (self.link_title, self.feed.title, urlsplit(self.url).path)
        return discover_page.is_about_comments(*words)

    @property
    def is_good(self) -> bool:
        """Whether it is worth ending a search for."""
        return not self.is_minor and bool(self.feed.entries)


def ranked(found: Sequence[Offered]) -> tuple[Offered, ...]:
    """Best first, each address once; second formats of a feed name the first."""
    once: dict[str, Offered] = {}
    for one in found:
        once.setdefault(urls.canonical(one.url) or one.url, one)
    groups: list[list[Offered]] = []
    for one in sorted(once.values(), key=_rank):
        alike = (group for group in groups if is_same(group[0].feed, one.feed))
        group = next(alike, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    best = [max(group, key=_says) for group in groups]
    doubles = [
        replace(one, same_as=first.url)
        for first, group in zip(best, groups, strict=True)
        for one in group
        if one is not first
    ]
    firsts = [one for one in best if not one.is_minor]
    lasts = [one for one in best if one.is_minor]
    return (*firsts, *doubles, *lasts)


def is_same(feed: Feed, other: Feed) -> bool:
    """Whether two feeds list the same pages."""
    one, two = _pages(feed), _pages(other)
    if not one or not two:
        return False
    return len(one & two) >= SAME_SHARE * len(one | two)


def full_text_share(feed: Feed) -> float:
    """The share of entries that carry a whole text, 0–1."""
    texts = [entry.content_html or entry.summary_html or "" for entry in feed.entries]
    return sum(len(t) >= FULL_TEXT_CHARS for t in texts) / len(texts) if texts else 0.0


def _rank(one: Offered) -> tuple[bool, bool, bool]:
    entries = one.feed.entries
    dated = sum(bool(e.published_at or e.updated_at) for e in entries)
    return (one.is_minor, not entries, dated * 2 < len(entries))


def _says(one: Offered) -> tuple[float, int]:
    """How much a feed says; of equals, the first is taken."""
    return (round(full_text_share(one.feed), 1), len(one.feed.entries))


def _pages(feed: Feed) -> frozenset[str]:
    return frozenset(
        key for entry in feed.entries if entry.url and (key := urls.key(entry.url))
    )
