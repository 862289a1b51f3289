"""The words of a page in order, each piece with the elements that it stands in.

Two renderings of the same words differ in white space and invisible signs only, so the
page is laid out as one string without these, in which any line of a text can be found
again, across whatever tags. What to make of it is for `read_markup`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdesk.text.clean_html import Step

MAX_NODES = 40_000
"""Nodes of a page that are looked at; real articles end long before."""
MAX_LETTERS = 600_000
"""Characters that are laid out; a text is cut at fewer."""
MAX_HREF = 1000
"""Characters of an address past which a link is not kept: it is data, not an address."""
MAX_UP = 260
"""Ancestors looked at; `read_document` bounds the nesting of any page below that."""

_SILENT = frozenset(("script", "style", "title", "textarea", "template"))
"""Their text is all that they hold; structured data repeats the article in it."""
_MARKS = {
    "a": "a", "em": "em", "i": "em", "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_BLOCKS = frozenset("blockquote ul ol li table tr td th pre h1 h2 h3 h4 h5 h6".split())


class Around(NamedTuple):
    """What a piece of text stands in."""

    path: tuple[Step, ...]
    """Elements of blocks, from the outside."""
    marks: tuple[tuple[str, int, str], ...]
    """Element, what tells it from its like, and address, from the outside."""


_NOTHING = Around((), ())


_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_APART = "\x00"
"""Stands between pieces; no document holds it."""


def letters(text: str) -> str:
    """The text without white space and invisible signs."""
    return unspaced("".join(text.split()))


def unspaced(bare: str) -> str:
    """As `letters`, of a text without white space."""
    if not bare.isascii():
        for sign in _UNSEEN:
            if sign in bare:
                bare = bare.replace(sign, "")
    return bare


class Words:
    """The words of one page, to find lines in."""

    __slots__ = ("_around", "_known", "_nodes", "breaks", "letters", "starts")

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._around: dict[int, Around] = {}
        self._nodes: list[LexborNode] = []
        raw: list[str] = []
        breaks: list[int] = []
        size = 0
        body = tree.body
        is_silent = False
        for node in islice(body.traverse(include_text=True), MAX_NODES) if body else ():
            if node.is_text_node:
                text = node.text_content or ""
                if not is_silent and not text.isspace():
                    self._nodes.append(node)
                    raw.append(text)
                    size += len(text)
                    if size > MAX_LETTERS:
                        break
            else:
                tag = node.tag
                is_silent = tag in _SILENT
                if tag == "br":
                    breaks.append(len(raw))
        self._known: list[Around | None] = [None] * len(raw)
        pieces = letters(_APART.join(raw)).split(_APART) if raw else []
        self.letters = "".join(pieces)
        self.starts = list(accumulate(map(len, pieces), initial=0))
        """Where each piece of text begins, and where the last one ends."""
        self.breaks = [self.starts[number] for number in breaks]
        """Before which characters there is a `br`."""

    def between(self, start: int, end: int) -> range:
        """The pieces that hold these characters, by number."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return range(first, min(bisect_left(self.starts, end), len(self._nodes)))

    def is_edge(self, at: int) -> bool:
        """Whether a piece begins or ends before that character."""
        place = bisect_left(self.starts, at)
        return place < len(self.starts) and self.starts[place] == at

    def is_code(self, start: int, end: int) -> bool:
        """Whether these characters stand in one piece of preformatted text."""
        pieces = self.between(start, end)
        if len(pieces) != 1:
            return False
        return any(name == "pre" for name, _ in self.around(pieces[0]).path)

    def around(self, piece: int) -> Around:
        """What a piece stands in."""
        answer = self._known[piece]
        if answer is None:
            answer = self._known[piece] = self._above(self._nodes[piece])
        return answer

    def _above(self, node: LexborNode) -> Around:
        known = self._around
        chain: list[LexborNode] = []
        answer = _NOTHING
        at = node.parent
        while at is not None and at.tag != "body" and len(chain) < MAX_UP:
            found = known.get(at.mem_id)
            if found is not None:
                answer = found
                break
            chain.append(at)
            at = at.parent
        for element in reversed(chain):
            answer = known[element.mem_id] = _within(element, answer)
        return answer


def _within(element: LexborNode, above: Around) -> Around:
    tag = element.tag or ""
    if tag in _BLOCKS:
        return Around((*above.path, (tag, element.mem_id)), above.marks)
    mark = _MARKS.get(tag)
    if mark is None or any(mark == name for name, _, _ in above.marks):
        return above
    href = (element.attributes.get("href") or "") if mark == "a" else ""
    if mark == "a" and not 0 < len(href) <= MAX_HREF:
        return above
    return Around(above.path, (*above.marks, (mark, element.mem_id, href)))
