"""A page as runs of text: what stands between two block tags, and what stands around it.

A run is a paragraph however it is marked up: `p`, a `div` of its own, words between two
`br`, a list item, a table cell. One pass over the page; nothing is judged here.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from newsdesk.stages import read_text_hints

MAX_RUNS = 6000
"""Runs read of one page; what follows is not looked at."""
MAX_RUN_CHARS = 12_000
"""Characters of one run that are kept."""
MAX_NAMES = 400
"""Characters of an element's names that are read for hints."""

_TOKEN = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>|([^<]+|<)"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_SILENT = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object",
    "select", "datalist", "canvas", "video", "audio", "picture", "map", "textarea",
    "title", "head", "button", "dialog", "input", "img", "source", "link", "meta",
]  # fmt: skip
"""What holds no words to read, or none that an article is made of."""
_VOID = frozenset(
    "area base col embed hr img input link meta param source track wbr".split()
)
_INLINE = frozenset(
    """abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark
    nobr q ruby rb rt rp s samp small strike strong sub sup time tt u var wbr""".split()
)
_NAMED = re.compile(
    r"\b(?:class|id|role|itemprop|data-component|data-testid|data-type|data-module|"
    r"data-block|data-name|aria-label)=\"([^\"]*)\""
)


@dataclass(slots=True, eq=False)
class Holder:
    """An element that begins a block, with what is found in it."""

    above: Holder | None
    tag: str
    hints: int
    """What its own names say, as bits."""
    sign: str
    """Tag and names: elements of one template share it."""
    depth: int
    all_hints: int
    """The bits of the element and of all above it."""
    prose: float = 0.0
    """Size of the prose in it."""
    own_prose: float = 0.0
    """The same, without what lies in elements inside it."""
    size: float = 0.0
    linked: float = 0.0
    runs: int = 0

    def line(self) -> Iterator[Holder]:
        """The element and those above it, nearest first."""
        at: Holder | None = self
        while at is not None:
            yield at
            at = at.above


@dataclass(slots=True, eq=False)
class Run:
    """A run of text and the element that holds it."""

    text: str
    holder: Holder
    linked: int
    """Characters inside links."""


def runs(tree: LexborHTMLParser) -> tuple[Run, ...]:
    """The runs of the page in order. The tree loses its scripts, frames and buttons."""
    tree.strip_tags(_SILENT)
    body = tree.body
    html = (body.html if body is not None else tree.html) or ""
    # What begins with `<?` comes out of the parser as a comment.
    return _Walk().over(_COMMENT.sub("", html) if "<!--" in html else html)


class _Walk:
    """One pass over serialised HTML, in which every element is closed."""

    def __init__(self) -> None:
        self.found: list[Run] = []
        self.holder = Holder(None, "body", 0, "body", 0, 0)
        self.open: list[str] = []
        self.spans: list[bool] = []
        self.parts: list[str] = []
        self.linked = self.in_link = self.breaks = 0
        self.told: dict[str, tuple[str, int]] = {"": ("", 0)}
        """Names and hints by attributes: a template repeats them over and over."""

    def over(self, html: str) -> tuple[Run, ...]:
        for slash, tag, attributes, text in _TOKEN.findall(html):
            if text:
                self._words(text)
            elif tag == "br":
                self._break()
            elif tag in _VOID:
                if tag == "hr":
                    self._flush()
            elif tag == "span":
                self._span(attributes, is_end=bool(slash))
            elif tag == "a":
                self.in_link = max(0, self.in_link + (-1 if slash else 1))
            elif tag in _INLINE:
                continue
            elif slash:
                self._close(tag)
            else:
                self._open(tag, attributes)
            if len(self.found) >= MAX_RUNS:
                break
        self._flush()
        return tuple(self.found)

    def _words(self, text: str) -> None:
        if text.isspace():
            self.parts.append(" ")
            return
        self.breaks = 0
        self.parts.append(text)
        if self.in_link > 0:
            self.linked += len(text)

    def _break(self) -> None:
        self.breaks += 1
        self.parts.append(" ")
        if self.breaks == 2:
            self._flush()

    def _span(self, attributes: str, *, is_end: bool) -> None:
        """Spans are a part of their paragraph, but for captions."""
        if not is_end:
            is_block = "a" in attributes and bool(
                self._told(attributes)[1] & read_text_hints.CAPTION
            )
            self.spans.append(is_block)
            if is_block:
                self._open("span", attributes)
        elif self.spans and self.spans.pop():
            self._close("span")

    def _open(self, tag: str, attributes: str) -> None:
        self._flush()
        self.open.append(tag)
        names, bits = self._told(attributes)
        above = self.holder
        self.holder = Holder(
            above, tag, bits, f"{tag} {names}", above.depth + 1, above.all_hints | bits
        )

    def _told(self, attributes: str) -> tuple[str, int]:
        """The names of an element and the bits of what its attributes say about it."""
        told = self.told.get(attributes)
        if told is None:
            names = " ".join(_NAMED.findall(attributes))[:MAX_NAMES]
            told = self.told[attributes] = (names, _hints(names, attributes))
        return told

    def _close(self, tag: str) -> None:
        self._flush()
        if self.open and self.open[-1] == tag and self.holder.above is not None:
            self.open.pop()
            self.holder = self.holder.above

    def _flush(self) -> None:
        """Ends the run that is being read."""
        self.breaks = 0
        if not self.parts:
            return
        text = "".join(self.parts)
        if "&" in text:
            text = entities.unescape(text)
        text = " ".join(text.split())
        if text:
            self.found.append(Run(text[:MAX_RUN_CHARS], self.holder, self.linked))
            self.linked = 0
        self.parts = []


def _hints(names: str, attributes: str) -> int:
    """What an element's names and other attributes say about it, as bits."""
    bits = 0
    for name in names.split():
        bits |= read_text_hints.of(name)
    if "hidden" in attributes or "display:" in attributes:
        bits |= read_text_hints.of_attributes(attributes)
    return bits
