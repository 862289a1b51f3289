"""A text -> whom it says it is from: datelines, bylines, credit lines, reprint notices.

Reads what stands written, in the places where credits stand and nowhere else: a text
that only tells what an agency reported credits nobody. Who is meant by a name, and what
follows from it, is for `stages.copies`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsdesk.text import agencies
from newsdesk.text import credit_words as words


class Form(StrEnum):
    """Where and how a credit stands."""

    DATELINE = "dateline"
    BYLINE = "byline"
    LINE = "credit line"
    NOTICE = "reprint notice"
    MATERIAL = "material"
    """The text is the outlet's own and uses what another delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One name that a text credits."""

    name: str
    form: Form
    quote: str
    """The words, cut to a line."""

    @property
    def is_whole(self) -> bool:
        """Whether the text as a whole is said to be from there."""
        return self.form is not Form.MATERIAL


OPENING = 160
"""Characters in which a dateline can stand."""
LONGEST_LINE = 140
"""Characters of a paragraph that is nothing but a credit."""
FIRST, LAST = 4, 4
"""Paragraphs from the start and from the end in which credits stand: a standfirst, a
byline or the crumbs of a menu may come before a dateline."""
LONGEST_BYLINE = 100
QUOTED = 100
"""Characters of the words that are kept."""
_EDGES = " .*_()[]（）【】"
_DATELINES = (
    *(words.BRACKETED, words.SLASHED, words.PLAIN),
    *(words.EASTERN, words.KOREAN),
)
_REPRINTS = (words.REPRINT, words.REPRINT_BEFORE, words.REPRINT_EASTERN)


def of(text: str, authors: Sequence[str] = ()) -> tuple[Credit, ...]:
    """What the text and its bylines credit, the surest first, each name once. Names are
    as written; for agencies, which have many, see `agencies.domain`."""
    paragraphs = [one.strip() for one in text.split("\n") if one.strip()]
    found = [
        *_datelines(paragraphs[:FIRST]),
        *_notices(paragraphs),
        *_bylines(authors, paragraphs[:FIRST]),
        *_lines(paragraphs),
    ]
    once: dict[str, Credit] = {}
    for credit in sorted(found, key=lambda c: not c.is_whole):
        key = agencies.domain(credit.name) or credit.name.casefold()
        once.setdefault(key, credit)
    return tuple(once.values())


def _datelines(first: Sequence[str]) -> Iterator[Credit]:
    """`LONDON, Nov 3 (Reuters) -`, `(AP)—`, `/PRNewswire/ --`, `МОСКВА /ТАСС/.`"""
    for paragraph in first:
        opening = paragraph[:OPENING]
        for pattern in _DATELINES:
            found = pattern.match(opening)
            if not found:
                continue
            place = found.groupdict().get("place") or ""
            if _is_prose(place):
                continue
            is_sure = pattern is not words.BRACKETED or bool(found["after"].strip())
            for name in _split(found["name"]):
                # A dash follows a dateline; without one it may be a photo's credit.
                if is_sure or (not place and agencies.domain(name)):
                    yield _credit(name, Form.DATELINE, found[0])


def _is_prose(place: str) -> bool:
    """Whether words before a bracket are a sentence rather than place and day."""
    told = place.split()
    small = [word for word in told if word[:1].islower() and len(word) > 3]
    return len(small) > 2 or len(told) > 12


def _bylines(authors: Sequence[str], first: Sequence[str]) -> Iterator[Credit]:
    """Agencies among the authors: alone, or beside persons that may be their own."""
    named = [name for one in authors for name in _split(words.BY.sub("", one))]
    alone = [name for name in named if agencies.domain(name)]
    for name in alone:
        form = Form.BYLINE if len(alone) == len(named) else Form.MATERIAL
        yield _credit(name, form, ", ".join(authors))
    for one in (*authors, *(p for p in first if len(p) <= LONGEST_BYLINE)):
        found = words.JOINED.match(words.BY.sub("", one))
        if found and agencies.domain(found["name"]) and not agencies.domain(one):
            form = Form.BYLINE if "," in one else Form.MATERIAL
            yield _credit(found["name"], form, one)
    for line in first:
        if len(line) > LONGEST_BYLINE:
            continue
        if agencies.domain(bare := words.BY.sub("", line)):
            yield _credit(bare, Form.BYLINE, line)
        elif found := words.BYLINE.search(line):
            yield _credit(found["name"], Form.BYLINE, line)


def _notices(paragraphs: Sequence[str]) -> Iterator[Credit]:
    """`This story was originally published by …`, `View source version on …`."""
    for paragraph in (*paragraphs[:FIRST], *paragraphs[FIRST:][-LAST:]):
        if len(paragraph) > 4 * LONGEST_LINE or not _has(paragraph, words.NOTICED_BY):
            continue
        for pattern in _REPRINTS:
            for found in pattern.finditer(paragraph):
                if name := _name(found["name"]):
                    yield _credit(name, Form.NOTICE, found[0])
        for found in words.RELEASE.finditer(paragraph):
            yield _credit(_wire(found["name"] or "ots"), Form.LINE, found[0])


def _has(paragraph: str, hints: Sequence[str]) -> bool:
    """Whether one of these stands in a paragraph: cheaper to tell than what they mean."""
    plain = paragraph.casefold()
    return any(hint in plain for hint in hints)


def _wire(label: str) -> str:
    return {"businesswire": "Business Wire", "prnewswire": "PR Newswire",
            "globenewswire": "GlobeNewswire", "accesswire": "ACCESSWIRE"}.get(
        label.casefold(), "ots")  # fmt: skip


def _lines(paragraphs: Sequence[str]) -> Iterator[Credit]:
    """Credits on lines of their own and at the end of the last ones."""
    ends = paragraphs[-LAST:]
    for line in (*paragraphs[: min(FIRST, len(paragraphs) - len(ends))], *ends):
        if len(line) <= LONGEST_LINE:
            if found := words.SOURCE.match(line):
                for name in _split(found["name"]):
                    yield _credit(name, Form.LINE, line)
            elif found := words.WITH.match(line):
                yield from _material(found["name"], line)
    for line in ends:
        if not _has(line, words.CREDITED_BY):
            continue
        if found := words.RIGHTS.search(line):
            for name in filter(agencies.domain, _split(found["name"])):
                yield _credit(name, Form.LINE, found[0])
        for pattern in (words.HELPED, words.ADDED):
            for found in pattern.finditer(line[-400:]):
                yield from _material(found["name"], found[0])
    if ends:
        yield from _endings(ends[-1])


def _endings(last: str) -> Iterator[Credit]:
    """`(AFP)`, `– EFE`, `dpa/abc`, `(mit dpa)` where the text ends."""
    if len(last) <= 40:
        names = _split(last)
        form = Form.LINE
        if any(agencies.domain(name) for name in names):
            own = [n for n in names if not agencies.domain(n)]
            form = Form.MATERIAL if any(" " in n for n in own) else Form.LINE
        for name in names:
            if agencies.domain(name):
                yield _credit(name, form, last)
    for pattern in (words.ENDING, words.AFTER_DASH, words.LAST_WORD):
        found = pattern.search(last[-120:])
        if not found:
            continue
        if inner := words.WITH.match(found["name"]):
            yield from _material(inner["name"], found[0])
            continue
        if inner := words.SOURCE.match(found["name"]):
            yield from (_credit(n, Form.LINE, found[0]) for n in _split(inner["name"]))
            continue
        names = _split(found["name"])
        if all(agencies.domain(n) or len(n) <= 5 for n in names):
            yield from (
                _credit(n, Form.LINE, found[0]) for n in names if agencies.domain(n)
            )


def _material(told: str, quote: str) -> Iterator[Credit]:
    for name in _split(told):
        for one in (name, *(name.rsplit(" ", 1)[-1:] if " " in name else ())):
            if agencies.domain(one):
                yield _credit(one, Form.MATERIAL, quote)
                break


def _split(told: str) -> list[str]:
    """The names that a credit joins; `dpa/lsw` and `dpa-AFX` are one agency's desks."""
    whole = told.strip(_EDGES)
    if agencies.domain(whole):
        return [whole]
    parts = (part.strip(_EDGES) for part in words.PARTS.split(whole))
    return [_agency_of(part) for part in parts if part]


def _agency_of(name: str) -> str:
    """The agency that has a desk of that name, else the name itself."""
    head = name.split("-")[0]
    return head if agencies.domain(head) and not agencies.domain(name) else name


def _name(told: str) -> str:
    """The name at the start of what follows `published by`."""
    bare = words.NAME_ENDS.sub("", told.strip())
    previous = None
    while previous != bare:
        previous, bare = bare, words.NAME_HEAD.sub("", bare).strip(" ,.*_")
    is_name = any(
        c.isupper() or ord(c) > 0x2E80 for c in bare
    ) or words.DOMAIN.fullmatch(bare)
    return bare if is_name and 2 <= len(bare) <= 50 and len(bare.split()) <= 7 else ""


def _credit(name: str, form: Form, quote: str) -> Credit:
    line = " ".join(quote.split())
    return Credit(
        name=" ".join(name.split()),
        form=form,
        quote=line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…",
    )
