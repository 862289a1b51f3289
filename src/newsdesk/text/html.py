"""HTML fragments to plain text, to paragraphs, and to the addresses they link to.

Reads tag by tag without building a tree, so that any fragment has a reading in linear
time. Leaves finding the article on a page to the stage that reads pages.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

MAX_CHARS: Final = 2_000_000
"""Longer fragments are cut: no article is as long, and time and memory stay bounded."""

_BREAKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre
    section summary table tbody tfoot thead tr ul""".split()
)
_SPACES = frozenset(("br", "td", "th", "option"))
_SILENT = frozenset(
    "script style template noscript iframe object svg head title".split()
)
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_NAME = re.compile(r"<(/?[a-zA-Z][^\s/>]{0,40})")
_HIDES = re.compile(r"(?i)</(?:s|te|no|if|ob|he|ti)")
_IN_TAG = re.compile(r">|=\s*[\"']")
_RAW = frozenset(("script", "style"))
_HREF = re.compile(
    r"<a\s(?:[^<>]{0,2000}?\s)??href\s*=\s*"
    r"(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))",
    re.I,
)
_MAX_ATTRIBUTE = 20_000
_BREAK = "\x1e"


def fold(text: str) -> str:
    """The text with each run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def plain(html: str) -> str:
    """The words of a fragment on one line: no tags, no entities, white space folded."""
    if not _MARKUP.search(html):
        return fold(entities.unescape(html) if "&" in html else html)
    return fold(_words(html).replace(_BREAK, " "))


def paragraphs(html: str) -> str:
    """The words of a fragment, an empty line between paragraphs, nothing else broken."""
    if not _MARKUP.search(html):
        text = entities.unescape(html) if "&" in html else html
        parts = re.split(r"\n\s*\n", text)
    else:
        parts = _words(html).split(_BREAK)
    return "\n\n".join(part for part in map(fold, parts) if part)


def links(html: str, *, base: str) -> tuple[str, ...]:
    """The http(s) addresses that a fragment links to, absolute, in order, each once."""
    found: dict[str, None] = {}
    for match in _HREF.finditer(html[:MAX_CHARS]):
        href = entities.unescape(match[1] or match[2] or match[3] or "").strip()
        if not href or href[0] == "#":
            continue
        try:
            address = urljoin(base, href)
        except ValueError:
            continue
        if address.lower().startswith(("http://", "https://")):
            found.setdefault(address)
    return tuple(found)


def escape(text: str) -> str:
    """Plain text as HTML."""
    return entities.escape(text, quote=False)


def _words(html: str) -> str:
    """Text with `_BREAK` where a block begins or ends."""
    parts: list[str] = []
    hidden = ""
    html = html[:MAX_CHARS].replace(_BREAK, " ")
    lowered = html.lower() if _HIDES.search(html) else ""
    unclosed = {name for name in _SILENT if f"</{name}" not in lowered}
    for text, tag in _tokens(html):
        if text and not hidden:
            parts.append(text)
        name = tag.removeprefix("/")
        if hidden:
            hidden = "" if tag == "/" + hidden else hidden
        elif tag in _SILENT and tag not in unclosed:
            hidden = tag
        elif name in _BREAKS:
            parts.append(_BREAK)
        elif name in _SPACES:
            parts.append(" ")
    return entities.unescape("".join(parts))


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    """Pieces of text, each with the tag that follows it (`p`, `/p`; comments: empty).

    Reads forward only, so that no input takes more than linear time.
    """
    at = begin = 0
    last, last_comment = html.rfind(">"), html.rfind("-->")
    while 0 <= (at := html.find("<", at)) < last:
        found = _NAME.match(html, at)
        if found is not None:
            end, name = _tag_end(html, found.end()), found[1].lower()
        elif html.startswith("<!--", at) and at < last_comment:
            end, name = html.find("-->", at + 2) + 3, ""
        elif html.startswith(("<!", "<?", "</"), at):
            end, name = html.find(">", at) + 1, ""
        else:
            at += 1
            continue
        yield html[begin:at], name
        if name in _RAW:
            close = re.compile(f"(?i)</{name}[\\s>/]").search(html, end)
            end = close.start() if close else len(html)
        at = begin = end
    # Nothing closes a comment that opens after the last `>`.
    yield html[begin:].partition("<!--")[0], ""


def _tag_end(html: str, at: int) -> int:
    """Where the tag ends whose name ended at `at`: after a `>` outside quotes."""
    while (found := _IN_TAG.search(html, at)) is not None:
        at = found.end()
        if found[0] == ">":
            return at
        closing = html.find(found[0][-1], at)
        # A quote that nobody closes is a slip, not an attribute as long as the text.
        if closing >= 0 and closing - at <= _MAX_ATTRIBUTE:
            at = closing + 1
    return len(html)
