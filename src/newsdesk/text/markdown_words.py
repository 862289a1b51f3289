"""Words with marks on them as one line of Markdown, everything else in them escaped.

A mark is written only where CommonMark is sure to read it back: emphasis has rules about
the characters beside it, and words that break these are written without.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from newsdesk.text.clean_html import Mark, nested

BREAK: Final = "\\\n"
"""A line break inside a paragraph."""
_SPECIAL: Final = re.compile(r"[\\`*\[\]<>~|]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
_START: Final = re.compile(r"[#+=:-]|\d{1,9}(?=[.)](?:\s|$))")
_TICKS: Final = re.compile(r"`+")
_SIGNS: Final = {"em": "*", "strong": "**"}
_IN_ADDRESS: Final = {
    "(": "\\(", ")": "\\)", "\\": "%5C", "`": "%60", "<": "%3C", ">": "%3E", "|": "%7C",
    " ": "%20", "\n": "%0A",
}  # fmt: skip
_ENTITY: Final = re.compile(r"&(?=[#\w]+;)")


def line(words: str, marks: Iterable[Mark]) -> str:
    """The words as Markdown: a paragraph, a heading's words or a cell's."""
    kept = _kept(words, nested(_trimmed(words, mark) for mark in marks))
    breaks = [mark.start for mark in kept if mark.tag == "br"]
    escapes = _escapes(words, breaks, kept)
    out: list[str] = []
    open_ones: list[Mark] = []
    at = 0
    for mark in kept:
        while open_ones and open_ones[-1].end < mark.start + (mark.tag != "br"):
            at = _closed(out, words, at, open_ones.pop(), escapes)
        out.append(_escaped(words, at, mark.start, escapes))
        at = max(at, mark.start)
        if mark.tag == "br":
            _broken(out)
        elif mark.tag == "code":
            out.append(_code(words[at : mark.end]))
            at = mark.end
        else:
            out.append(_SIGNS.get(mark.tag, "["))
            open_ones.append(mark)
    while open_ones:
        at = _closed(out, words, at, open_ones.pop(), escapes)
    out.append(_escaped(words, at, len(words), escapes))
    return "".join(out).strip()


def _trimmed(words: str, mark: Mark) -> Mark:
    """The mark without white space at its ends."""
    if mark.tag == "br":
        return mark
    inner = words[mark.start : mark.end]
    start = mark.start + len(inner) - len(inner.lstrip())
    return replace(mark, start=start, end=start + len(inner.strip()))


def _kept(words: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks that are sure to be read back as what they are."""
    kept: list[Mark] = []
    edges = {m.start for m in marks if m.tag in ("a", "code")}
    ends = {m.end for m in marks if m.tag in ("a", "code")}
    closed: set[int] = set()
    code_until = 0
    for mark in marks:
        if mark.start < code_until or (mark.tag, mark.start) == ("code", code_until):
            continue  # in code there are no marks, and no two pieces of it may touch
        if mark.tag == "code":
            code_until = mark.end
        if mark.tag == "br" and not 0 < mark.start < len(words):
            continue
        if mark.tag in _SIGNS:
            outer = [one for one in kept if one.tag in _SIGNS and one.end > mark.start]
            if mark.start in closed or not _flanks(words, mark, edges, ends):
                continue
            if not all(_stands_apart(words, mark, one) for one in outer):
                continue
            closed.add(mark.end)
        kept.append(mark)
    return kept


def _flanks(words: str, mark: Mark, edges: set[int], ends: set[int]) -> bool:
    """Whether signs of emphasis at these places open and close it (CommonMark 6.2)."""
    before = words[mark.start - 1] if mark.start else " "
    after = words[mark.end] if mark.end < len(words) else " "
    first_is_sign = mark.start in edges or _is_sign(words[mark.start])
    last_is_sign = mark.end in ends or _is_sign(words[mark.end - 1])
    opens = not first_is_sign or before.isspace() or _is_sign(before)
    closes = not last_is_sign or after.isspace() or _is_sign(after)
    return opens and closes


def _stands_apart(words: str, inner: Mark, outer: Mark) -> bool:
    """Whether the signs of one emphasis in another cannot be taken for the other's."""
    if (inner.start, inner.end) == (outer.start, outer.end):
        return True
    is_inside = outer.start < inner.start and inner.end < outer.end
    return is_inside and words[inner.start - 1] == " " == words[inner.end]


def _is_sign(char: str) -> bool:
    """Punctuation and symbols, as CommonMark counts them."""
    return unicodedata.category(char)[0] in "PS"


def _escapes(words: str, breaks: Iterable[int], marks: Iterable[Mark]) -> set[int]:
    """Before which characters a backslash is needed."""
    found = {match.start() for match in _SPECIAL.finditer(words)}
    for start in (0, *breaks):
        first = start + (words[start : start + 1] == " ")
        if begin := _START.match(words, first):
            # The point after a number is what makes it a list, not the number.
            found.add(begin.end() if begin[0][0].isdigit() else begin.start())
    for mark in marks:
        if mark.tag == "a" and words[mark.start - 1 : mark.start] == "!":
            found.add(mark.start - 1)
    return found


def _escaped(words: str, start: int, end: int, escapes: set[int]) -> str:
    return "".join(
        f"\\{words[at]}" if at in escapes else words[at] for at in range(start, end)
    )


def _closed(out: list[str], words: str, at: int, mark: Mark, escapes: set[int]) -> int:
    out.append(_escaped(words, at, mark.end, escapes))
    out.append(_SIGNS.get(mark.tag) or f"]({_address(mark.href)})")
    return max(at, mark.end)


def _address(href: str) -> str:
    bare = "".join(_IN_ADDRESS.get(char, char) for char in href)
    return _ENTITY.sub(r"\\&", bare)


def _code(words: str) -> str:
    """Words between more backticks than they hold in a row."""
    longest = max((len(run) for run in _TICKS.findall(words)), default=0)
    fence = "`" * (longest + 1)
    space = " " if "`" in (words[:1], words[-1:]) else ""
    return f"{fence}{space}{words}{space}{fence}"


def _broken(out: list[str]) -> None:
    if out and not out[-1].endswith(BREAK):
        out[-1] = out[-1].rstrip(" ")
        out.append(BREAK)
