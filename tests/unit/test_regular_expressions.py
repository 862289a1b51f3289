"""Every compiled pattern takes time in proportion to its text, whatever the text is.

Attacks are made from each pattern itself: what stands before one of its repeats, then
that repeat's own body over and over, then what it cannot go on with; next to them runs
of common characters. What only ever gets short text must be quick at that length.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import newsdesk
from newsdesk.stages import read_labels, read_text_header
from newsdesk.text import credits, datelines, dates

SIZE = 6_000
"""Characters of an attack where nothing bounds a pattern's text."""
FLOOR = 0.02
"""Seconds of CPU below which nothing is measured: clocks are coarse, and linear patterns
of dozens of alternatives take half as long."""
GROWTH = 9.0
"""Times as long that four times the text may take; squares take 16 times as long."""
STOP = 0.2
"""Seconds after which a run is stopped: no linear pattern takes as long."""
QUICK = 0.05
"""Seconds that a pattern may take for the longest text that it is ever handed."""

PARTS = ("newsdesk.stages", "newsdesk.render", "newsdesk.text")
"""Where the patterns are that pages, feeds and records of strangers are read with."""

SHORT: dict[str, int] = {
    **dict.fromkeys(
        (
            "text.byline_words.BETWEEN", "text.byline_words.BETWEEN_CAPITALS",
            "text.byline_words.ROLE_TAIL", "text.byline_words.ROLE_AFTER",
            "text.byline_words.ROLE_HEAD", "text.byline_words.NOBODY",
            "text.byline_words.CJK_TAIL",
        ),
        1000,  # a byline
    ),
    "stages.read_byline._DATE_TAIL": 400,  # a piece of text in a page
    "stages.read_text_header_words.BYLINE": read_text_header.MAX_LINE,
    "stages.read_labels._INTERNAL": read_labels.MAX_LABEL_CHARS,
    "stages.read_datelines._SPOKEN_BEFORE": 48,  # what stands before a day
    "text.dates._YEAR_LAST": dates.MAX_CHARS,
    "text.dates._DAY_LAST": dates.MAX_CHARS,
    "text.datelines._MONTH_DAY": datelines.BEFORE,
    "text.datelines._CLOCK_BEFORE": datelines.BESIDE,
    "text.datelines._ZONE_AFTER": 14,
    "text.facts._STARTS": 4,
    "text.credit_words.BRACKETED": credits.OPENING,
    "text.credit_words.HELPED": 400,  # the end of a line
    "text.credit_words.ENDING": 120,  # the end of a text
    "text.credit_words.REPRINT_BEFORE": 4 * credits.LONGEST_LINE,
    "text.credit_words.PARTS": 4 * credits.LONGEST_LINE,
    "text.credit_words.NAME_ENDS": 4 * credits.LONGEST_LINE,
    "text.credit_words.DOMAIN": 4 * credits.LONGEST_LINE,
}  # fmt: skip
"""Patterns whose text is cut before, and at how many characters."""
FOLDED = frozenset(
    (
        "text.byline_words.BETWEEN", "text.byline_words.BETWEEN_CAPITALS",
        "text.credit_words.REPRINT_BEFORE",
        "text.credit_words.PARTS", "text.credit_words.NAME_ENDS",
        "text.credit_words.BRACKETED", "text.credit_words.ENDING",
    )
)  # fmt: skip
"""Patterns whose text has its white space folded to single spaces before."""
WRITTEN = frozenset(("stages.read_text_runs._TOKEN",))
"""Patterns whose text a parser wrote, so that no tag is open and no quote bare."""

RUNS = (
    " ", "\n", "\t ", "a", "A", "0", "é", "一", ".", "-", ",", "/", "(", "<", '"', "'",
    "=", "&", "_", "@", ":", "|", "#", "a ", "Ab ", "a.", "a-", "Ab, ", "0 ", "0.",
    "- ", " | ", "<a ", "a=", "/a", "a\n", "一 ", "\u00a0", "\\", '"\\', "[", "{", "!",
)  # fmt: skip
END = "\x01"
"""What no pattern goes on with."""

Tree = Any
"""What the parser of the standard library makes of a pattern, or of a part of it."""

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_OF_CLASS = {
    codes.CATEGORY_DIGIT: "0", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


@cache
def _patterns() -> dict[str, re.Pattern[Any]]:
    found: dict[int, tuple[str, re.Pattern[Any]]] = {}
    for module in pkgutil.walk_packages(newsdesk.__path__, "newsdesk."):
        if not module.name.startswith(PARTS):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for at, one in enumerate(_held(value)):
                place = f"{module.name.removeprefix('newsdesk.')}.{name}"
                found.setdefault(id(one), (f"{place}[{at}]" if at else place, one))
    return dict(found.values())


def _held(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _held(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _held(one)


@cache
def _uses() -> dict[str, set[str]]:
    """How the modules use each name: which methods of patterns they call."""
    uses: dict[str, set[str]] = {}
    root = Path(newsdesk.__path__[0])
    for file in root.rglob("*.py"):
        module = ".".join(file.relative_to(root).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Attribute):
                continue
            holder = node.value
            if isinstance(holder, ast.Subscript | ast.Call):
                continue
            name = getattr(holder, "id", getattr(holder, "attr", ""))
            place = f"{module}.{name}" if name.startswith("_") else name
            uses.setdefault(place, set()).add(node.attr)
    return uses


def _ways(name: str) -> set[str]:
    """`search` for all that looks at every place of a text, else `match`, `fullmatch`;
    all where the source does not tell."""
    known = _uses().get(name, set()) | _uses().get(name.rsplit(".", 1)[-1], set())
    anchored = known & {"match", "fullmatch"}
    looking = known & {"search", "sub", "subn", "split", "findall", "finditer"}
    return anchored | ({"search"} if looking else set()) or {"search", "fullmatch"}


def _example(tree: Tree) -> str:
    """A short text that the tree matches, or nearly so."""
    return "".join(_piece(code, value) for code, value in tree)


def _piece(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code in (codes.ANY, codes.NOT_LITERAL):
        return "a" if value != ord("a") else "b"
    if code is codes.IN:
        return _member(value)
    if code in _REPEATS:
        return _example(value[2]) * min(value[0], 40)
    if code is codes.SUBPATTERN:
        return _example(value[3])
    if code is codes.ATOMIC_GROUP:
        return _example(value)
    return _example(value[1][0]) if code is codes.BRANCH else ""


def _member(items: Sequence[tuple[Any, Any]]) -> str:
    if items[0][0] is codes.NEGATE:
        return next((c for c in "a 0A-é一" if not _is_among(c, items[1:])), "a")
    code, value = items[0]
    if code is codes.CATEGORY:
        return _OF_CLASS[value]
    return chr(value[0] if code is codes.RANGE else value)


def _is_among(char: str, items: Sequence[tuple[Any, Any]]) -> bool:
    for code, value in items:
        if code is codes.LITERAL and ord(char) == value:
            return True
        if code is codes.RANGE and value[0] <= ord(char) <= value[1]:
            return True
        if code is codes.CATEGORY and _OF_CLASS[value] == char:
            return True
    return False


def _pumps(tree: Tree, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before each long repeat, and the repeat's own body."""
    for code, value in tree:
        inner: list[Tree] = []
        if code in _REPEATS:
            inner = [value[2]]
            if value[1] > 40:
                yield before, _example(value[2])
        elif code is codes.SUBPATTERN:
            inner = [value[3]]
        elif code is codes.ATOMIC_GROUP:
            inner = [value]
        elif code is codes.BRANCH:
            inner = list(value[1])
        for one in inner:
            yield from _pumps(one, before)
        before += _piece(code, value)


def _attacks(pattern: re.Pattern[Any]) -> dict[tuple[str, str], None]:
    """Pairs of a beginning and of what is repeated after it, each once."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    pairs = dict.fromkeys(("", run) for run in RUNS)
    for before, body in _pumps(tree):
        if body:
            tried = ((before, body), ("", before + body), (before, " "))
            pairs |= dict.fromkeys(tried)
    return pairs


def _runner(pattern: re.Pattern[Any], way: str) -> Callable[[str], float]:
    """Measures seconds of CPU for a text; infinite where it was stopped."""
    if way == "search":
        call: Callable[[Any], Any] = lambda text: sum(1 for _ in pattern.finditer(text))  # noqa: E731
    else:
        call = getattr(pattern, way)
    is_bytes = isinstance(pattern.pattern, bytes)

    def run(text: str) -> float:
        given = text.encode() if is_bytes else text
        signal.setitimer(signal.ITIMER_VIRTUAL, STOP)
        start = time.process_time()
        try:
            call(given)
        except TimeoutError:
            return float("inf")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return time.process_time() - start

    return run


def _text(name: str, before: str, body: str, size: int) -> str:
    text = before + body * (size // len(body)) + END
    return " ".join(text.split()) if name in FOLDED else text


def _slow(name: str, pattern: re.Pattern[Any], way: str) -> str | None:
    """The attack on which a pattern's time is out of proportion; None: none is."""
    run = _runner(pattern, way)
    short = SHORT.get(name)
    for before, body in _attacks(pattern):
        whole = _text(name, before, body, short or SIZE)
        if run(whole) < FLOOR:
            continue
        took, limit = _mean(run, whole, 3), QUICK
        if not short:
            quarter = _text(name, before, body, SIZE // 4)
            limit = max(FLOOR, GROWTH * _mean(run, quarter, 12))
        if took >= limit:
            return f"{name}.{way}: {took:.3f} s on {before!r} and {body!r} repeated"
    return None


def _mean(run: Callable[[str], float], text: str, times: int) -> float:
    total = 0.0
    for _ in range(times):
        total += run(text)
        if total > times * STOP:
            break
    return total / times


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("part", PARTS)
def test_no_pattern_takes_more_than_its_share_of_time_on_hostile_text(
    part: str,
) -> None:
    prefix = part.removeprefix("newsdesk.")
    slow = [
        told
        for name, pattern in _patterns().items()
        if name.startswith(prefix) and name not in WRITTEN
        for way in sorted(_ways(name))
        if (told := _slow(name, pattern, way))
    ]
    assert not slow, "\n".join(slow)


def test_the_probe_finds_patterns_whose_time_grows_with_the_square() -> None:
    slow = re.compile(r"\s*[,;]\s*")
    assert _slow("a trial", slow, "search")
    assert _slow("a trial", re.compile(r"(?:a|aa)+b"), "match")
    assert not _slow("a trial", re.compile(r"(?:(?<!\s)\s++)?+[,;]\s*"), "search")


def test_only_patterns_that_exist_are_let_off() -> None:
    assert set(SHORT) | FOLDED | WRITTEN <= set(_patterns())
