"""Lines on top of a text that are the page's header: byline, date, source, share words.

A line goes only where nothing is left of it once its dates, clocks, known names, roles,
sources, reading times and share words are taken away: one word of prose keeps it. The
words are in `read_text_header_words`; which lines are the article's at all is for
`read_text_judge`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsdesk.stages import read_text_header_words as words
from newsdesk.text import agencies, byline_words, datelines, months, names

HEADER_LINES = 6
"""Lines at the top of a text that may repeat the page's header."""
MAX_LINE = 180
"""Characters past which a line is prose."""
MAX_SMALL = 14
"""Words in lower case past which a line is prose."""
MAX_NAME_WORDS = 6
"""A known name of more words is a headline."""
MAX_PLACE = 24
"""Characters of a place that may stand beside a byline or date."""
MAX_UNPARTED_PLACE = 3
"""The same in scripts that part no words: 台北, 北京市."""
MAX_SENDER = 80
"""Characters of who provides a release, on the line after the words that say so."""

_GAP = "\x00"
_PLACES = (
    datelines.Place(is_month_first=False),
    datelines.Place(is_month_first=True),
    datelines.Place(language="fa"),
)
"""How days in figures are tried: day first, month first, by the calendar of Iran."""
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_BETWEEN = re.compile(
    r"[,;:|/·•、，：／()\[\]（）【】\x00]|\s[-–—]\s|^[-–—]\s|\s[-–—]$"
)
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]")
_REST = re.compile(r"[\W_]+")


def without_header(lines: Sequence[str], header: Sequence[str]) -> list[str]:
    """The lines without the first ones that repeat title, byline, date or source, or
    ask to share or listen; `header` are the title and then the names that are known."""
    known = [names.folded(one) for one in header if one]
    patterns = _patterns(header)
    kept: list[str] = []
    sender_follows = False
    for place, line in enumerate(lines):
        if place < HEADER_LINES:
            if sender_follows and _is_sender(line):
                sender_follows = False
                continue
            sender_follows = bool(words.PROVIDED.fullmatch(line))
            if sender_follows or _repeats(line, known) or is_header(line, patterns):
                continue
        kept.append(line)
    return kept


def is_header(line: str, known: Iterable[re.Pattern[str]] = ()) -> bool:
    """Whether a line consists of nothing but what headers are made of; `known` find the
    names of authors and of the site."""
    if len(line) > MAX_LINE or line.endswith(("?", "？", "؟", "!", "！")):
        return False
    text = datelines.folded(line.removeprefix("- ")).strip()
    if sum(map(str.islower, text.split())) > MAX_SMALL:
        return False
    if words.ASKED.match(text) or words.LABEL_ALONE.fullmatch(text):
        return True
    left, marks = _stripped(text, known)
    return marks > 0 and _is_nothing(left, beside_place=marks)


def _repeats(line: str, known: Sequence[str]) -> bool:
    """Whether a line is one of the known names or titles, or several of them."""
    key = names.folded(line)
    if not key or key in known:
        return True
    if len(line) >= 100:
        return False
    rest = key
    for name in known[1:]:
        rest = rest.replace(name, "")
    if rest != key and (len(rest) < 4 or rest in words.BY):
        return True
    split = names.split(line)
    return bool(split) and all(names.folded(name) in known for name in split)


def _is_sender(line: str) -> bool:
    return len(line) <= MAX_SENDER and not line.rstrip().endswith((".", "!", "?", "。"))


def _patterns(header: Sequence[str]) -> list[re.Pattern[str]]:
    """What finds the known names in a line, the longest first. Headings are no names."""
    title = names.folded(header[0]) if header else ""
    found = {
        one.strip()
        for one in header[1:]
        if one
        and len(one.split()) <= MAX_NAME_WORDS
        and (not title or names.folded(one) not in title)
        and (not title or title not in names.folded(one))
    }
    return [
        re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", re.I)
        if one.isascii()
        else re.compile(re.escape(one), re.I)
        for one in sorted(found, key=len, reverse=True)
        if len(one) > 1
    ]


def _stripped(text: str, known: Iterable[re.Pattern[str]]) -> tuple[str, int]:
    """The line without what headers are made of, a gap for each piece, and how many of
    the pieces prove something: a day, a clock, a name, a source, a call to share."""
    text, marks = _without_days(text)
    for pattern in (*known, *words.PROOFS):
        text, count = pattern.subn(_GAP, text)
        marks += count
    return _WORD.sub(_without_small, text), marks


def _without_days(text: str) -> tuple[str, int]:
    for place in _PLACES:
        told = list(datelines.told(text, place))
        if not told:
            continue
        for one in reversed(told):
            text = text[: one.start] + _GAP + text[one.end :]
        return text, len(told)
    return text, 0


def _without_small(found: re.Match[str]) -> str:
    """A gap for words that only introduce: labels, days of the week, roles, zones."""
    word = found[0]
    bare = word.casefold().rstrip(".")
    # `is` is a Monday's short name somewhere, `Mo` where names have capitals.
    is_day = (len(bare) > 2 or not word.islower()) and months.is_day_name(bare)
    if bare in words.SMALL or is_day:
        return " "
    if byline_words.A_ROLE.fullmatch(bare) or agencies.domain(word):
        return _GAP
    return word


def _is_nothing(left: str, *, beside_place: int) -> bool:
    """Whether nothing is left of a line, or only a place beside what was found."""
    rests = [one.strip() for one in _BETWEEN.split(left)]
    rests = [one for one in rests if _REST.sub("", one)]
    if not rests:
        return True
    return len(rests) == 1 and beside_place > 0 and _is_place(rests[0])


def _is_place(rest: str) -> bool:
    """Whether what is left may be a place: up to three words, none in lower case."""
    told = rest.split()
    if _UNPARTED.search(rest):
        return len(rest) <= MAX_UNPARTED_PLACE
    return (
        len(rest) <= MAX_PLACE
        and len(told) <= 3
        and rest[-1] not in '!?。…:："”»'
        and all(one[0].isalpha() and not one[0].islower() for one in told)
        and (rest[0].isupper() or len(told) == 1)
    )
