"""What a web archive holds that could be a source: its feeds and its pages."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.model.feed import SourceKind

if TYPE_CHECKING:
    from newsdesk.fetch.warc import Held

_PROLOGUE = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<\?[^>]{0,999}\?>|<!--.{0,1500}?-->|<!doctype[^>]{0,999}>)*",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_NEWS_SITEMAP = re.compile(rb"<urlset\b.*sitemap-news", re.IGNORECASE | re.DOTALL)
_JSON_FEED = re.compile(rb"\{.*jsonfeed\.org/version", re.DOTALL)
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def is_archive(path: Path) -> bool:
    """Whether a file opens as a WARC does, compressed or not."""
    with path.open("rb") as file:
        start = file.read(5)
    if start[:2] == b"\x1f\x8b":
        try:
            with gzip.open(path) as packed:
                start = packed.read(5)
        except (OSError, EOFError, zlib.error):
            return False
    return start == b"WARC/"


def contents(path: Path) -> Iterator[tuple[str, SourceKind]]:
    """Addresses of the feeds and pages that were answered, each once, in order.

    Told by the first bytes: servers label feeds as all sorts of things. Pictures,
    scripts and the like are left out. Raises ConfigError for what is no WARC.
    """
    from newsdesk.fetch import warc  # few commands are given an archive

    for held in warc.addresses([path]):
        kind = _kind(held)
        if kind:
            yield held.url, kind


def _kind(held: Held) -> SourceKind | None:
    head = held.head.replace(b"\x00", b"")  # UTF-16 looks like ASCII without them
    opening = _PROLOGUE.match(head)
    start = head[opening.end() :] if opening else head
    if any(form.match(start) for form in (_FEED, _NEWS_SITEMAP, _JSON_FEED)):
        return SourceKind.FEED
    if held.content_type in _HTML_TYPES or start[:5].lower() == b"<html":
        return SourceKind.PAGES
    return None
