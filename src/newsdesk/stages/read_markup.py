"""The article's text as clean HTML: its very words, in the markup of the page.

Every line of the text is found again among the words of the page and gets the heading,
list, quote, link and emphasis that it stands in there; a line that is not found is a
plain paragraph. The words are always those of the text: what the page says decides the
elements around them and nothing else. Which words are the article is for `read_text`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from newsdesk.stages import read_clues, read_document
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_markup_words import Words, letters, unspaced
from newsdesk.text import clean_html, html, urls
from newsdesk.text.clean_html import Block, Mark, Places, Step

LONG = 30
"""Letters from which a line is looked for on the whole page; shorter ones stand in many
places and are looked for only between their neighbours."""
NEAR = 4000
"""Letters past a line that was found in which a short one is looked for."""
MAX_SCANNED = 20_000_000
"""Characters gone through in vain on a page before the rest is left plain: some 10 ms."""
ENOUGH = 0.5
"""Share of a text's letters to be found on a page for its markup to be taken."""
MAX_LINES = 5000
"""Lines that are looked for; the rest of a longer text is left plain."""
MAX_MARKS = 3000
"""Links and other marks kept in one text."""
MAX_HEADING = 250
"""Longer headings are paragraphs that shout."""
MOSTLY = 0.6
"""Share of the letters past which an element that holds them all tells nothing."""
MAX_CELL = 200
"""Letters on average past which the cells of a table are a layout, not data."""
MAX_NESTED = 6
"""Lists, quotes and tables inside each other that are kept."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROWS = frozenset(("table", "tr", "td", "th"))


class _Line(NamedTuple):
    words: str
    key: str
    is_item: bool
    """The text says that it is an item of a list."""
    row: int = 0
    """The row of a table that the text shows as `| one | two |`; 0: none."""
    start: int = -1
    """Its first letter on the page; -1: it is not there."""
    path: tuple[Step, ...] = ()


def markup(text: str, document: Document, *others: str | None) -> str:
    """The text as clean HTML; empty where the text is. `others` are HTML that the text
    may have been taken from instead of the document: the feed's, structured data's."""
    lines = _lines(text)
    if not lines:
        return ""
    best, found = _found(lines, _page(document)), 0.0
    found = _share(best[0])
    for other in others:
        if found >= ENOUGH:
            break
        if other and "<" in other:
            source = _fragment(other, document.url)
            tried = _found(lines, source)
            if _share(tried[0]) > found:
                best, found = tried, _share(tried[0])
    return _written(*best)


def of_fragment(text: str, fragment: str, *, base: str) -> str:
    """As `markup`, for a text that was taken from a fragment of HTML."""
    lines = _lines(text)
    return _written(*_found(lines, _fragment(fragment, base))) if lines else ""


Source = tuple[Words, Callable[[str], str]]


def _page(document: Document) -> Source:
    base = read_clues.base(document)
    return Words(document.tree), partial(_target, base, urls.canonical(document.url))


def _fragment(fragment: str, base: str) -> Source:
    tree = read_document.bounded(fragment[: html.MAX_CHARS], base).tree
    return Words(tree), partial(_target, base, urls.canonical(base))


def _target(base: str, own: str | None, href: str) -> str:
    """Where a link leads, without what only tracks readers; empty: to no other page."""
    if href.startswith("#"):
        return ""
    there = urls.link(base, href.strip())
    if there is None:
        return ""
    address, place = there
    if not place:
        return address
    return "" if address == own else f"{address}#{place}"


def _lines(text: str) -> list[_Line]:
    lines = []
    for number, one in enumerate(text.split("\n"), 1):
        parts = one.split()
        words = " ".join(parts)
        if words.startswith("| ") and words.endswith(" |"):
            cells = words[2:-2].split(" | ")
            lines += [_Line(cell, letters(cell), False, row=number) for cell in cells]
        elif words.startswith("- "):
            lines.append(_Line(words[2:], unspaced("".join(parts[1:])), True))
        elif words:
            lines.append(_Line(words, unspaced("".join(parts)), False))
    return lines


def _share(lines: Sequence[_Line]) -> float:
    """How much of the text was found."""
    found = sum(len(line.key) for line in lines if line.start >= 0)
    return found / max(1, sum(len(line.key) for line in lines))


Found = tuple[list[_Line], Words, Callable[[str], str]]


def _found(lines: Sequence[_Line], source: Source) -> Found:
    """The lines, each with its place on the page where it has one."""
    words, target = source
    starts = _places(lines, words)
    placed = []
    for line, start in zip(lines, starts, strict=True):
        path = _path(words, line, start) if start >= 0 else ()
        placed.append(_Line(line.words, line.key, line.is_item, line.row, start, path))
    return placed, words, target


def _places(lines: Sequence[_Line], words: Words) -> list[int]:
    """Where each line begins on the page, -1 for nowhere: first the long ones."""
    page = words.letters
    starts = [-1] * len(lines)
    at = scanned = 0
    for number, line in enumerate(lines[:MAX_LINES]):
        if len(line.key) < LONG or scanned >= MAX_SCANNED:
            continue
        start = page.find(line.key, at)
        if start < 0:
            scanned += len(page)
            # Out of order: it is found, but nobody is looked for from there on.
            start = page.find(line.key, 0, at) if at else -1
        else:
            at = start + len(line.key)
        starts[number] = start
    _place_short(lines, starts, words)
    return starts


def _place_short(lines: Sequence[_Line], starts: list[int], words: Words) -> None:
    """Places the short lines between the lines that were found around them."""
    after = [len(words.letters)] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        start = starts[number]
        after[number] = start if start >= 0 else after[number + 1]
    at = -1
    for number, line in enumerate(lines[:MAX_LINES]):
        if starts[number] < 0 and 0 < len(line.key) < LONG:
            until = after[number]
            begin = at if at >= 0 else max(0, until - NEAR)
            until = until if begin <= until <= begin + NEAR else begin + NEAR
            starts[number] = _whole(line.key, words, begin, until)
        if starts[number] >= 0:
            at = starts[number] + len(line.key)


def _whole(wanted: str, words: Words, begin: int, until: int) -> int:
    """Where the letters stand as all of a piece, not as a part of other words; a line of
    code is a part of its piece."""
    found = words.letters.find(wanted, begin, until)
    while found >= 0:
        end = found + len(wanted)
        if (words.is_edge(found) and words.is_edge(end)) or words.is_code(found, end):
            return found
        found = words.letters.find(wanted, found + 1, until)
    return -1


def _path(words: Words, line: _Line, start: int) -> tuple[Step, ...]:
    """The elements that all of a line stands in."""
    pieces = words.between(start, start + len(line.key))
    shared = words.around(pieces[0]).path
    for path in {words.around(piece).path for piece in pieces[1:]} - {shared}:
        both = zip(shared, path, strict=False)
        shared = tuple(one for one, _ in takewhile(lambda two: two[0] == two[1], both))
    return shared


def _written(lines: Sequence[_Line], words: Words, target: Callable[[str], str]) -> str:
    shape = _Shape(lines)
    blocks = []
    left = MAX_MARKS
    for number, line in enumerate(lines):
        tag, path = shape.of(number, line)
        marks: tuple[Mark, ...] = ()
        if line.start >= 0 and tag != "pre" and left > 0:
            marks = _marks(line, words, target, is_heading=tag != "p")
            left -= len(marks)
        blocks.append(Block(words=line.words, tag=tag, path=path, marks=marks))
    return clean_html.write(blocks)


def _marks(
    line: _Line,
    words: Words,
    target: Callable[[str], str],
    *,
    is_heading: bool,
) -> tuple[Mark, ...]:
    """The links, emphases and line breaks of a line."""
    end = line.start + len(line.key)
    spans: dict[int, tuple[str, str, int, int]] = {}
    for piece in words.between(line.start, end):
        for tag, own, href in words.around(piece).marks:
            if not (is_heading and tag == "strong"):
                start = spans[own][2] if own in spans else words.starts[piece]
                spans[own] = (tag, href, start, words.starts[piece + 1])
    first = bisect_left(words.breaks, line.start + 1)
    breaks = words.breaks[first : bisect_left(words.breaks, end)]
    if not spans and not breaks:
        return ()
    places = Places(line.words)
    marks = []
    for tag, href, start, stop in spans.values():
        address = target(href) if tag == "a" else ""
        if tag != "a" or address:
            marks.append(
                Mark(
                    tag=tag,
                    start=places.start(max(start, line.start) - line.start),
                    end=places.end(min(stop, end) - line.start),
                    href=address,
                )
            )
    for one in dict.fromkeys(breaks):
        at = places.start(one - line.start)
        marks.append(Mark(tag="br", start=at, end=at))
    return clean_html.nested(marks)


class _Shape:
    """Decides which of the elements around the lines are kept."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._items = {
            own
            for line in lines
            if line.is_item
            for name, own in line.path
            if name == "li"
        }
        self._layout = _layout(lines)
        self._levels = self._normal_levels(lines)
        self._made = 0

    def of(self, number: int, line: _Line) -> tuple[str, tuple[Step, ...]]:
        """The tag of a line, and the elements it stands in."""
        tag = "p"
        if line.row:
            return tag, (("table", -1), ("tr", -line.row), ("td", -number))
        kept: list[Step] = []
        for name, own in line.path:
            if name in _HEADINGS:
                tag = self._levels.get(name, "p") if self._is_head(line) else "p"
            elif name == "pre":
                tag = "pre"
            elif own not in self._layout and (name != "li" or own in self._items):
                kept.append((name, own))
        path = _valid(kept)
        if line.is_item and not any(name == "li" for name, _ in path):
            path = (*path, ("ul", -1), ("li", -2 - number))
        if any(name in ("li", "td", "th") for name, _ in path) and tag != "pre":
            tag = "p"
        return tag, path

    def _is_head(self, line: _Line) -> bool:
        return len(line.words) <= MAX_HEADING and not line.is_item

    def _normal_levels(self, lines: Sequence[_Line]) -> dict[str, str]:
        """The levels in use, from h2 on; none where headings are most of the text."""
        heads: Counter[str] = Counter()
        for line in lines:
            if self._is_head(line):
                name = next((n for n, _ in line.path if n in _HEADINGS), "")
                heads[name] += len(line.key)
        whole = sum(len(line.key) for line in lines)
        used = sorted(name for name in heads if name)
        if not used or sum(heads[name] for name in used) > MOSTLY * whole:
            return {}
        top = int(used[0][1])
        return {name: f"h{min(6, int(name[1]) - top + 2)}" for name in used}


def _layout(lines: Sequence[_Line]) -> set[int]:
    """Elements that hold nearly all of the text, and tables that hold no data."""
    held: Counter[int] = Counter()
    names: dict[int, str] = {}
    cells: dict[int, set[int]] = {}
    rows: dict[int, set[int]] = {}
    for line in lines:
        table = 0
        for name, own in line.path:
            names[own] = name
            held[own] += len(line.key)
            table = own if name == "table" else table
            if name == "tr":
                rows.setdefault(table, set()).add(own)
            if name in ("td", "th"):
                cells.setdefault(table, set()).add(own)
    whole = sum(len(line.key) for line in lines)
    layout = {
        own
        for own, size in held.items()
        if names[own] == "blockquote" and size > MOSTLY * whole
    }
    for own, name in names.items():
        if name == "table":
            count = len(cells.get(own, ()))
            is_data = count > len(rows.get(own, ())) and held[own] < MAX_CELL * count
            if not is_data:
                layout.add(own)
    return layout | {own for line in lines for own in _inside_layout(line.path, layout)}


def _inside_layout(path: Iterable[Step], layout: set[int]) -> Iterable[int]:
    """Rows and cells of tables that are none."""
    is_in = False
    for name, own in path:
        if name == "table":
            is_in = own in layout
        elif name in _ROWS and is_in:
            yield own


_WITHIN = {"li": ("ul", "ol"), "tr": ("table",), "td": ("tr",), "th": ("tr",)}


def _valid(path: Sequence[Step]) -> tuple[Step, ...]:
    """The path without what may not stand where it does: an item outside a list, a list
    or table without the item or cell, anything below a cell."""
    kept: list[Step] = []
    for place, (name, own) in enumerate(path):
        following = path[place + 1][0] if place + 1 < len(path) else ""
        above = kept[-1][0] if kept else ""
        if name in _WITHIN and above not in _WITHIN[name]:
            continue
        if name in ("ul", "ol") and following != "li":
            continue
        if name == "table" and following != "tr":
            continue
        if name == "tr" and following not in ("td", "th"):
            # The table just kept has no row here.
            kept.pop()
            continue
        kept.append((name, own))
        if name in ("td", "th"):
            break
        if len(kept) >= 2 * MAX_NESTED and name in ("li", "blockquote"):
            break
    return tuple(kept)
