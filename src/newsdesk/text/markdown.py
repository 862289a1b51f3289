"""Clean HTML as Markdown: CommonMark, with tables as GitHub writes them.

Reads only what `clean_html` writes; any other tag is dropped and its words are kept.
Everything in the words that Markdown would take for markup is escaped, so that what is
rendered from it again has the same words and no element that was not there.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from newsdesk.text import markdown_words
from newsdesk.text.clean_html import Mark

MAX_NESTED: Final = 12
"""Lists and quotes inside each other that are kept apart; deeper ones run together."""

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)(?: href=\"([^\"<>]*)\")?>|([^<]+|<)")
_BLOCKS: Final = frozenset(
    "p h2 h3 h4 h5 h6 pre ul ol li blockquote table tr td th".split()
)
_CLOSING = re.compile(r"(?<= )#(?=#*$)")
_FENCE = re.compile(r"`{3,}")


class _Element:
    """An element of clean HTML and what it holds."""

    __slots__ = ("children", "href", "tag")

    def __init__(self, tag: str, href: str = "") -> None:
        self.tag = tag
        self.href = href
        self.children: list[_Element | str] = []

    def each(self, *tags: str) -> Iterator[_Element]:
        """The children that are one of these elements."""
        for child in self.children:
            if isinstance(child, _Element) and child.tag in tags:
                yield child


def from_html(clean: str) -> str:
    """The Markdown of clean HTML: blocks apart by an empty line, none at the end."""
    return "\n\n".join(_blocks(_tree(clean).children, 0))


def _tree(clean: str) -> _Element:
    """The elements; a closer without opener is passed over, an open one ends here."""
    stack = [_Element("")]
    for slash, tag, href, words in _TOKEN.findall(clean):
        if words:
            stack[-1].children.append(entities.unescape(words))
        elif slash:
            open_tags = [element.tag for element in stack]
            if tag in open_tags[1:]:
                del stack[len(stack) - 1 - open_tags[::-1].index(tag) :]
        else:
            element = _Element(tag, entities.unescape(href))
            stack[-1].children.append(element)
            if tag != "br" and len(stack) < 8 * MAX_NESTED:
                stack.append(element)
    return stack[0]


def _blocks(children: Sequence[_Element | str], depth: int) -> list[str]:
    """The Markdown of each block; words between blocks are a paragraph of their own."""
    out: list[str] = []
    loose: list[_Element | str] = []
    sign = ""
    for child in (*children, _Element("p")):
        if not isinstance(child, _Element) or child.tag not in _BLOCKS:
            loose.append(child)
            continue
        out.append(_paragraph(loose))
        loose = []
        # Two lists in a row would be read as one but for another sign.
        sign = _other(sign) if child.tag in ("ul", "ol") else ""
        out.append(_block(child, depth, sign))
    return [block for block in out if block]


def _other(sign: str) -> str:
    return "*)" if sign == "-." else "-."


def _block(element: _Element, depth: int, sign: str) -> str:
    tag = element.tag
    if tag == "pre":
        return _code(_all_words(element))
    if tag == "table":
        return _table(element)
    if tag in ("ul", "ol", "blockquote") and depth >= MAX_NESTED:
        return _paragraph([_all_words(element)])
    if tag in ("ul", "ol"):
        return _list(element, depth, sign)
    if tag == "blockquote":
        inner = "\n\n".join(_blocks(element.children, depth + 1))
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n") if inner)
    if tag[0] == "h":
        heading = _paragraph(element.children).replace(markdown_words.BREAK, " ")
        heading = _CLOSING.sub(r"\\#", heading)
        return f"{'#' * int(tag[1])} {heading}" if heading else ""
    return _paragraph(element.children)


def _list(element: _Element, depth: int, sign: str) -> str:
    items = []
    for number, item in enumerate(element.each("li"), 1):
        inner = _blocks(item.children, depth + 1)
        mark = f"{number}{sign[1]} " if element.tag == "ol" else f"{sign[0]} "
        holds_lists = all(child.tag in ("ul", "ol") for child in item.each(*_BLOCKS))
        body = ("\n" if holds_lists else "\n\n").join(inner)
        indent = "\n" + " " * len(mark)
        if body:
            items.append(
                mark + body.replace("\n", indent).replace(f"{indent}\n", "\n\n")
            )
    return "\n".join(items)


def _table(element: _Element) -> str:
    rows = [
        [_cell(cell) for cell in row.each("td", "th")] for row in element.each("tr")
    ]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    full = [row + [""] * (width - len(row)) for row in rows]
    full.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in full)


def _cell(cell: _Element) -> str:
    return _paragraph(cell.children).replace(markdown_words.BREAK, " ")


def _code(words: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, _FENCE.findall(words)), default=0))
    return f"{fence}\n{words}\n{fence}"


def _all_words(element: _Element) -> str:
    return "".join(
        child if isinstance(child, str) else _all_words(child)
        for child in element.children
    )


def _paragraph(children: Iterable[_Element | str]) -> str:
    words: list[str] = []
    marks: list[Mark] = []
    _flatten(children, words, marks, 0)
    return markdown_words.line("".join(words), marks)


def _flatten(
    children: Iterable[_Element | str], words: list[str], marks: list[Mark], at: int
) -> int:
    """Gathers the words, white space folded, and the marks on them; the new length."""
    for child in children:
        if isinstance(child, str):
            folded = " ".join(f"|{child}|".split())[1:-1]
            if not words or words[-1].endswith(" "):
                folded = folded.lstrip()
            if folded:
                words.append(folded)
            at += len(folded)
            continue
        end = _flatten(child.children, words, marks, at)
        if child.tag in ("em", "strong", "code", "br") or child.href:
            tag = "a" if child.href else child.tag
            marks.append(Mark(tag=tag, start=at, end=end, href=child.href))
        at = end
    return at
