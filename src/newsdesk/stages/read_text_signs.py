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

from newsdesk.stages import read_text_hints as hints
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
LEVELS = 8
"""Elements above a run whose names are looked at."""
SHARES = 6
WIDE_WORTH = 1.5
"""A Chinese, Japanese or Korean sign counts for so many letters more."""
NEAR = 3
"""Runs before and after whose links are counted with a run's own."""
CLIMBS = (0.3, 0.6)
"""Shares of a page's prose up to which the way from a run is counted."""

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

_FAR = (hints.BOX, hints.FRAME, hints.CAPTION, hints.HIDDEN)
_LEAST = (hints.BOX, hints.FRAME, hints.COMMENTS, hints.ABOUT)
NAMES = (
    "size", "links", "marks", "ends", "bars", "tag", "head",
    "in_main", "in_footer", "in_figure", "box_far", "box_prose", "frame_far",
    "frame_prose", "comment_prose", "about_prose", "caption_far", "body_prose",
    "hidden_far", "share1", "share2", "share3", "share4", "share5", "share6", "links1",
    "links2", "links3", "mean1", "mean2", "climb30", "climb60", "in_core", "core_far",
    "in_heart", "heart_far", "depth",
    "sign_prose", "sign_links", "sign_count", "place", "prose_before", "prose_after",
    "since_title", "before_title", "repeats",
    "before_size", "after_size", "around_links", "stretch_before", "stretch_after",
)  # fmt: skip
"""Names of the signs, in order."""


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
        self.surroundings: dict[int, _Around] = {}
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
            worth = one.prose * (0.2 if one.run.holder.all_hints & _ASIDES else 1.0)
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

    def row(self, place: int) -> list[float]:
        """The numbers of one run."""
        one = self.runs[place]
        around = self._around(one.run.holder).numbers()
        return [
            *_own(one), *around, *self._context(place, one), *self._beside(place)
        ]  # fmt: skip

    def _around(self, holder: Holder) -> _Around:
        """What the elements that hold a run are, hold and are named like."""
        known = self.surroundings.get(id(holder))
        if known is None:
            above = self._around(holder.above) if holder.above else None
            known = _around(holder, above, self.total, (self.core, self.heart))
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


@dataclass(slots=True, eq=False)
class _Around:
    """What is told of an element by itself and all above it, each value from the value
    of the element above."""

    tags: list[float]
    """In a main, a footer, a figure."""
    far: list[int]
    """How far up the nearest element is of each hint in `_FAR`."""
    least: list[float]
    """Share of the page's prose in the nearest element of each hint in `_LEAST`; 1 where
    none is."""
    body: float
    body_far: int
    shares: list[float]
    links: list[float]
    means: list[float]
    climbs: list[int]
    inside: list[float]
    """In the core and how far up it is, in the heart and how far up that is."""
    depth: int

    def numbers(self) -> list[float]:
        """As signs, in the order of `NAMES`."""
        box, frame, caption, hidden = map(float, self.far)
        least_box, least_frame, comment, about = self.least
        return [
            *self.tags, box, least_box, frame, least_frame, comment, about, caption,
            self.body if self.body_far < LEVELS else -0.1, hidden,
            *self.shares, *self.links, *self.means, *map(float, self.climbs),
            *self.inside, float(min(30, self.depth)),
        ]  # fmt: skip


def _around(
    holder: Holder, above: _Around | None, total: float, marked: Sequence[Holder | None]
) -> _Around:
    """What is told of an element; `marked` are the page's core and heart."""
    share = holder.prose / total
    links = holder.linked / max(1.0, holder.size)
    mean = min(600.0, holder.size / max(1, holder.runs))
    if above is None:
        return _Around(
            tags=[0.0, 0.0, 0.0],
            far=[LEVELS] * len(_FAR),
            least=[1.0] * len(_LEAST),
            body=-0.1,
            body_far=LEVELS,
            shares=[share] * SHARES,
            links=[links] * 3,
            means=[mean] * 2,
            climbs=[0, 0],
            inside=[x for one in marked for x in _found(holder is one)],
            depth=holder.depth,
        )
    bits, tag = holder.hints, holder.tag
    is_body = bool(bits & hints.BODY)
    return _Around(
        tags=[
            1.0 if tag == "main" else above.tags[0],
            1.0 if tag == "footer" else above.tags[1],
            1.0 if tag in ("figure", "figcaption") else above.tags[2],
        ],
        far=[
            0 if bits & bit else min(LEVELS, far + 1)
            for bit, far in zip(_FAR, above.far, strict=True)
        ],
        least=[
            share if bits & bit else least
            for bit, least in zip(_LEAST, above.least, strict=True)
        ],
        body=share if is_body else above.body,
        body_far=0 if is_body else min(LEVELS, above.body_far + 1),
        shares=[share, *above.shares[:-1]],
        links=[links, *above.links[:-1]],
        means=[mean, above.means[0]],
        climbs=[
            0 if share >= least else min(12, far + 1)
            for least, far in zip(CLIMBS, above.climbs, strict=True)
        ],
        inside=[
            *_found(holder is marked[0], above.inside[:2]),
            *_found(holder is marked[1], above.inside[2:]),
        ],
        depth=holder.depth,
    )


def _found(is_here: bool, above: Sequence[float] = (0.0, -1.0)) -> list[float]:
    """Whether an element is found going up, and after how many steps; else -1."""
    if is_here:
        return [1.0, 0.0]
    return [1.0, above[1] + 1.0] if above[0] else [0.0, -1.0]
