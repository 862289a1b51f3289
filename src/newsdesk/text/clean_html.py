"""Writes clean HTML: paragraphs, headings, lists, quotes, code, small tables; links.

What comes in is words with marks on them, so nothing that a page wrote is ever copied:
every word is escaped here, every element opened here is closed here, and no attribute
but `href` exists. Finding out what stands in which element is for `read_markup`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as escaped

Step = tuple[str, int]
"""An element on the way to a block: its name, and what tells it from its like."""

_GROUPS = frozenset(("ul", "ol", "table", "tr", "blockquote"))
_HOLDERS = frozenset(("li", "td", "th"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Characters `start` to `end` of a block's words stand in an element."""

    tag: str
    """`a`, `em`, `strong` or `code`; `br` where `start` equals `end`."""
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading or piece of code, and the elements it stands in."""

    words: str
    tag: str = "p"
    """`p`, `h2` to `h6`, or `pre`."""
    path: tuple[Step, ...] = ()
    """From the outside: quotes, lists and their items, tables, rows and cells."""
    marks: tuple[Mark, ...] = ()
    """Outer ones before inner ones, in order; they nest."""


def write(blocks: Iterable[Block]) -> str:
    """The blocks as HTML, one line for each at the top level."""
    root = _Element("", 0)
    for block in blocks:
        at = root
        for name, own in block.path:
            last = at.children[-1] if at.children else None
            if not (isinstance(last, _Element) and last.step == (name, own)):
                last = _Element(name, own)
                at.children.append(last)
            at = last
        at.children.append(block)
    return "\n".join(_written(child, alone=False) for child in _merged(root.children))


class _Element:
    __slots__ = ("children", "step")

    def __init__(self, name: str, own: int) -> None:
        self.step = (name, own)
        self.children: list[_Element | Block] = []


def _merged(children: Sequence[_Element | Block]) -> list[_Element | Block]:
    """The children with the lines of one piece of code as one."""
    merged: list[_Element | Block] = []
    for child in children:
        last = merged[-1] if merged else None
        if (
            isinstance(child, Block)
            and isinstance(last, Block)
            and child.tag == last.tag == "pre"
            and child.path == last.path
        ):
            joined = f"{last.words}\n{child.words}"
            merged[-1] = Block(words=joined, tag="pre", path=last.path)
        else:
            merged.append(child)
    return merged


def _written(one: _Element | Block, *, alone: bool) -> str:
    """`alone`: nothing else stands in the item or cell, so it needs no paragraph."""
    if isinstance(one, Block):
        if one.tag == "pre":
            return f"<pre><code>{_escaped(one.words)}</code></pre>"
        inner = marked(one.words, one.marks)
        return inner if alone and one.tag == "p" else f"<{one.tag}>{inner}</{one.tag}>"
    name = one.step[0]
    children = _merged(one.children)
    if name in _GROUPS:
        inner = "".join(_written(child, alone=False) for child in children)
    else:
        inner = _item(children)
    return f"<{name}>{inner}</{name}>"


def _item(children: Sequence[_Element | Block]) -> str:
    """The inside of a list item or cell: bare words first, then what hangs below."""
    paragraphs = sum(isinstance(child, Block) for child in children)
    return "".join(_written(child, alone=paragraphs == 1) for child in children)


def marked(words: str, marks: Sequence[Mark]) -> str:
    """The words, escaped, with elements around what the marks say."""
    if not marks:
        return _escaped(words)
    out: list[str] = []
    stack: list[Mark] = []
    at = 0
    for mark in marks:
        while stack and stack[-1].end < mark.start + (mark.tag != "br"):
            at = _close(out, words, at, stack.pop())
        out.append(_escaped(words[at : mark.start]))
        at = max(at, mark.start)
        if mark.tag == "br":
            out.append("<br>")
        else:
            out.append(_opening(mark))
            stack.append(mark)
    while stack:
        at = _close(out, words, at, stack.pop())
    out.append(_escaped(words[at:]))
    return "".join(out)


def _opening(mark: Mark) -> str:
    if mark.tag == "a":
        return f'<a href="{escaped(mark.href)}">'
    return f"<{mark.tag}>"


def _close(out: list[str], words: str, at: int, mark: Mark) -> int:
    out.append(_escaped(words[at : mark.end]))
    out.append(f"</{mark.tag}>")
    return max(at, mark.end)


def _escaped(words: str) -> str:
    return escaped(words, quote=False)


def nested(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in order, outer before inner, none empty, cut so that they nest."""
    kept: list[Mark] = []
    open_ones: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        while open_ones and open_ones[-1].end <= mark.start:
            open_ones.pop()
        end = min(mark.end, open_ones[-1].end) if open_ones else mark.end
        if mark.tag != "br":
            if end <= mark.start or any(one.tag == mark.tag for one in open_ones):
                continue
            mark = Mark(tag=mark.tag, start=mark.start, end=end, href=mark.href)
            open_ones.append(mark)
        kept.append(mark)
    return tuple(kept)


class Places:
    """Where in some words each character that is no white space stands."""

    __slots__ = ("_starts",)

    def __init__(self, words: str) -> None:
        self._starts: list[int] = []
        count = 0
        for run in words.split(" "):
            self._starts.append(count)
            count += len(run)

    def start(self, number: int) -> int:
        """Where the character of that number (from 0) begins."""
        run = bisect_right(self._starts, number) - 1
        return number + max(0, run)

    def end(self, number: int) -> int:
        """Where the character before that number ends."""
        return self.start(number - 1) + 1 if number > 0 else 0
