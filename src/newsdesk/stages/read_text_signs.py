"""What can be told of each run of a page that bears on its being the article's: numbers.

None of them knows a host, and hardly any a language: lengths, links, punctuation, what
the elements around hold and are named like, what stands before and after. Weighing them
is left to `read_text_judge`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from newsdesk.stages import read_text_hints as hints
from newsdesk.stages.read_text_around import Surroundings, surroundings
from newsdesk.stages.read_text_runs import Holder, Run

MIN_PROSE = 45
"""Size from which a run can be prose."""
MAX_PROSE_LINKS = 0.35
"""Share of links up to which a run can be prose."""
MENU_LINKS = 0.7
MENU_SIZE = 40
"""A run shorter than this and with more links than that is a menu's and not judged."""
CORE = 0.6
"""Share of a page's prose that its core holds."""
WIDE_WORTH = 1.5
"""A Chinese, Japanese or Korean sign counts for so many letters more."""
ROW_LINKS = 0.15
"""Share of links from which a row is one of teasers; lists of products have less."""
ROW_LEVELS = 4
"""Elements above a run that may stand in a row of teasers."""
MIN_ROW = 3
"""Elements side by side and made alike that are a row."""
NEAR = 3
"""Runs before and after whose links are counted with a run's own."""

_WIDE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\u0e00-\u0e7f]"
)
_MARKS = re.compile("[,.;:!?…，、。；：！？।،؛؟۔·]")
_ENDS = frozenset(".!?…。！？।؟۔")
_CLOSING = "\"'”’»)]›」』 "
_BARS = re.compile("[|»›→•]")
_KEY = re.compile(r"[\W_]+")
HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = {
    "p": 0, "div": 1, "section": 1, "article": 1, "main": 1, "body": 1, "h1": 2, "h2": 3,
    "h3": 4, "h4": 5, "h5": 5, "h6": 5, "li": 6, "blockquote": 7, "td": 8, "th": 8,
    "dd": 8, "dt": 8, "figcaption": 9, "pre": 10,
}  # fmt: skip
_OTHER_TAG = 11
_ASIDES = (
    hints.BOX | hints.FRAME | hints.COMMENTS
    | hints.HIDDEN
)  # fmt: skip

NAMES = (
    "size", "links", "marks", "ends", "bars", "tag", "head",
    "in_main", "in_footer", "in_figure", "box_far", "box_prose", "frame_far",
    "frame_prose", "comment_prose", "about_prose", "caption_far", "body_prose",
    "hidden_far", "share1", "share2", "share3", "share4", "share5", "share6", "links1",
    "links2", "links3", "mean1", "mean2", "climb30", "climb60", "in_core", "core_far",
    "in_heart", "heart_far", "depth", "row_links", "row_count",
    "sign_prose", "sign_links", "sign_count", "place", "prose_before", "prose_after",
    "since_title", "before_title", "repeats",
    "before_size", "after_size", "around_links", "stretch_before", "stretch_after",
)  # fmt: skip
"""Names of the signs, in order."""


_IN_HEART, _ROW_LINKS, _COMMENT_PROSE = (
    NAMES.index(name) for name in ("in_heart", "row_links", "comment_prose")
)


def is_beside(row: Sequence[float]) -> bool:
    """Whether a run with these signs is away from the heart of the page, and a teaser
    among teasers or a comment."""
    if row[_IN_HEART]:
        return False
    return row[_ROW_LINKS] >= ROW_LINKS or row[_COMMENT_PROSE] < CORE


def key(text: str) -> str:
    """Letters and digits only."""
    return _KEY.sub("", text).casefold()


def size_of(text: str) -> float:
    """Characters, a Chinese or like sign counted for several."""
    if text.isascii():
        return float(len(text))
    return len(text) + WIDE_WORTH * len(_WIDE.findall(text))


@dataclass(slots=True, eq=False)
class _Measured:
    """A run with what is counted of it once."""

    run: Run
    size: float
    links: float
    marks: int
    key: str
    sign: str
    prose: float


def signs(runs: Sequence[Run], titles: Iterable[str]) -> list[list[float] | None]:
    """For each run the numbers that `NAMES` names; None for the entries of menus.

    `titles` are keys of what the page may be headed by.
    """
    if not runs:
        return []
    page = _Page([_measured(run) for run in runs], frozenset(titles))
    return [
        None if one.links > MENU_LINKS and one.size < MENU_SIZE else page.row(place)
        for place, one in enumerate(page.runs)
    ]


def _measured(run: Run) -> _Measured:
    size = size_of(run.text)
    links = min(1.0, run.linked / len(run.text))
    marks = len(_MARKS.findall(run.text))
    above = run.holder.above
    is_prose = size >= MIN_PROSE and links <= MAX_PROSE_LINKS and marks
    return _Measured(
        run=run,
        size=size,
        links=links,
        marks=marks,
        key=key(run.text),
        sign=f"{run.holder.sign}|{above.sign if above else ''}",
        prose=size if is_prose else 0.0,
    )


class _Page:
    """The runs of one page, and the sums over them that single runs are held against."""

    def __init__(self, runs: Sequence[_Measured], titles: frozenset[str]) -> None:
        self.runs = runs
        self.total = max(1.0, sum(one.prose for one in runs))
        self.counts = Counter(one.key for one in runs)
        self.of_sign: dict[str, list[float]] = {}
        self.surroundings: dict[int, Surroundings] = {}
        self.rows: dict[tuple[int, str], list[float]] = {}
        self.before: list[float] = []
        self._sum_up()
        self.title = _title(runs, titles)
        self.core = self._core()
        self.heart = self._heart()
        self.stretch_before = _stretches(runs)
        self.stretch_after = _stretches(runs[::-1])[::-1]

    def _sum_up(self) -> None:
        """Counts prose, links and runs by element and by kind of element."""
        holders: dict[int, Holder] = {}
        so_far = 0.0
        for one in self.runs:
            self.before.append(so_far / self.total)
            so_far += one.prose
            entry = self.of_sign.setdefault(one.sign, [0.0, 0.0, 0.0, 0.0])
            entry[0] += one.prose
            entry[1] += one.size
            entry[2] += one.size * one.links
            entry[3] += 1
            _add(one.run.holder, one.prose, one.size, one.size * one.links, 1)
            at: Holder | None = one.run.holder
            while at is not None and id(at) not in holders:
                holders[id(at)] = at
                at = at.above
        for at in holders.values():
            at.own_prose = at.prose
        for at in sorted(holders.values(), key=_depth, reverse=True):
            if at.above is not None:
                _add(at.above, at.prose, at.size, at.linked, at.runs)
        self._count_rows(holders.values())

    def _count_rows(self, holders: Iterable[Holder]) -> None:
        """Sums up what stands side by side and is made alike: teasers, tiles, posts."""
        for at in holders:
            if at.above is not None and at.runs > 1:
                row = self.rows.setdefault((id(at.above), at.sign), [0.0, 0.0, 0.0])
                row[0] += 1
                row[1] += at.size
                row[2] += at.linked

    def _row_of(self, holder: Holder) -> tuple[float, float]:
        """Share of links in the row of like elements that this one is of, and how many
        they are; zeros where it stands alone."""
        row = self.rows.get((id(holder.above), holder.sign))
        if row is None or row[0] < MIN_ROW:
            return 0.0, 0.0
        return row[2] / max(1.0, row[1]), min(40.0, row[0])

    def _core(self) -> Holder | None:
        """The deepest element that holds most of the page's prose."""
        best: Holder | None = None
        for one in self.runs:
            at: Holder | None = one.run.holder if one.prose else None
            while at is not None and at.prose < CORE * self.total:
                at = at.above
            if at is not None and (best is None or at.depth > best.depth):
                best = at
        return best

    def _heart(self) -> Holder | None:
        """The element with most prose of its own: its paragraphs', and half of what
        lies one level deeper. Boxes, comments and frames count little."""
        held: dict[int, float] = {}
        known: dict[int, Holder] = {}
        for one in self.runs:
            if not one.prose:
                continue
            is_aside = one.run.holder.all_hints & _ASIDES or self._is_teaser(one)
            worth = one.prose * (0.2 if is_aside else 1.0)
            at: Holder | None = one.run.holder
            if one.run.holder.own_prose == one.prose:
                at = at.above if at else None
            for _ in range(2):
                if at is None:
                    break
                known[id(at)] = at
                held[id(at)] = held.get(id(at), 0.0) + worth
                worth /= 2
                at = at.above
        return known[max(held, key=lambda one: held[one])] if held else None

    def _is_teaser(self, one: _Measured) -> bool:
        """Whether a run is in a row of like elements with many links."""
        near = islice(one.run.holder.line(), ROW_LEVELS)
        return any(self._row_of(at)[0] >= ROW_LINKS for at in near)

    def row(self, place: int) -> list[float]:
        """The numbers of one run."""
        one = self.runs[place]
        around = self._around(one.run.holder).numbers()
        return [
            *_own(one), *around, *self._context(place, one), *self._beside(place)
        ]  # fmt: skip

    def _around(self, holder: Holder) -> Surroundings:
        """What the elements that hold a run are, hold and are named like."""
        known = self.surroundings.get(id(holder))
        if known is None:
            above = self._around(holder.above) if holder.above else None
            known = surroundings(holder, above, self.total, (self.core, self.heart))
            row = self._row_of(holder)
            known.row = max(row, above.row) if above else row
            self.surroundings[id(holder)] = known
        return known

    def _context(self, place: int, one: _Measured) -> list[float]:
        """Where on the page a run stands, and how often its like is met."""
        prose, size, linked, count = self.of_sign[one.sign]
        before = self.before[place]
        since = before - self.before[self.title] if self.title >= 0 else -1.0
        return [
            prose / self.total,
            linked / max(1.0, size),
            min(50.0, count),
            place / len(self.runs),
            before,
            1.0 - before - one.prose / self.total,
            since,
            float(min(60, max(0, self.title - place))),
            float(min(5, self.counts[one.key])),
        ]

    def _beside(self, place: int) -> list[float]:
        """What stands before and after a run."""
        found: list[float] = []
        for other in (place - 1, place + 1):
            if 0 <= other < len(self.runs):
                found.append(min(800.0, self.runs[other].size))
            else:
                found.append(-1.0)
        around = self.runs[max(0, place - NEAR) : place + NEAR + 1]
        return [
            *found,
            sum(one.links for one in around) / len(around),
            self.stretch_before[place] / self.total,
            self.stretch_after[place] / self.total,
        ]


def _add(at: Holder, prose: float, size: float, linked: float, runs: int) -> None:
    at.prose += prose
    at.size += size
    at.linked += linked
    at.runs += runs


def _depth(at: Holder) -> int:
    return at.depth


def _title(runs: Sequence[_Measured], titles: frozenset[str]) -> int:
    """Place of the first heading that is the title, else of the first h1, else -1."""
    first = -1
    for place, one in enumerate(runs):
        tag = one.run.holder.tag
        if tag not in HEADS:
            continue
        if one.key in titles:
            return place
        if first < 0 and tag == "h1":
            first = place
    return first


def _stretches(runs: Sequence[_Measured]) -> list[float]:
    """Prose of the stretch before each run; links end it fast, short runs slowly."""
    held = []
    current = 0.0
    for one in runs:
        held.append(current)
        if one.prose:
            current += one.prose
        elif one.links > 0.5:
            current *= 0.3
        elif one.run.holder.tag not in HEADS:
            current *= 0.8
    return held


def _own(one: _Measured) -> list[float]:
    """What a run's own words and links tell."""
    text, tag = one.run.text, one.run.holder.tag
    last = text[-6:].rstrip(_CLOSING)
    return [
        min(one.size, 1500.0),
        one.links,
        min(20.0, 100.0 * one.marks / one.size),
        1.0 if last and last[-1] in _ENDS else 0.0,
        1.0 if _BARS.search(text) else 0.0,
        float(_TAGS.get(tag, _OTHER_TAG)),
        float(tag[1]) if tag in HEADS else 0.0,
    ]
