"""Running text from blocks: the plain reader, and repairs to what the full reader found.

The plain reader takes the stretch of the page that holds the most prose. The repairs put
back list items, quotes and paragraphs that were lost amid the text found, and take off
captions, pointers to other pieces and calls to subscribe at its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newsdesk.stages.read_blocks import Block, key

BREAK = 60
"""Characters of prose that a block of links or a box undoes. Measured together with the
weights below by benchmarks/quality/pages.py; 30 to 150 differ by .003."""
MIN_PROSE = 40
"""Characters from which a paragraph counts as prose."""
MIN_LOST = 20
"""Characters from which a lost block is worth putting back."""
MIN_ANCHOR = 30
"""Letters of a line by which its place on the page is found again."""
MAX_LINKS = 0.3
"""Share of links past which a lost block is left out."""
MANY_LINKS = 0.5
"""Share of links past which a block is a pointer."""
MAX_POINTER = 160
"""A longer line is no pointer to another piece."""
MAX_CALL = 400
"""A longer last line is no call to subscribe."""
MAX_TAIL = 0.5
"""Share of a text that may be taken off its end."""
MAX_BOXED = 0.3
"""Share of lines in boxes past which boxes say nothing."""

_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LOST = frozenset({"p", "li", "blockquote", "td", "dd", "h2", "h3", "h4"})
_POINTER = re.compile(
    r"^\W*(?:also read|read (?:more|also|next|the full|our full)|see also|"
    r"related(?: (?:articles?|stories|posts?|reading|content|topics|links|resources))?"
    r"\s*(?::|$)|more (?:on|from|about)\b(?!.*[.!?]\W*$)|"
    r"recommended(?: reading| for you)?\s*(?::|$)|don['’]t miss(?!.*[.]\W*$)|"
    r"you (?:may|might) also (?:like|be interested)|"
    r"(?:watch|listen|video|photos?|gallery)\s*:|"
    r"further reading|mehr zum thema|lesen sie (?:auch|mehr)|lire aussi|"
    r"à lire (?:aussi|également)|lea también|lee también|te puede interesar|"
    r"más información(?!.*[.]\W*$)|leia (?:também|mais)|veja também|leggi anche|lees ook|"
    r"læs også|les også|läs (?:också|mer|även)|lue (?:myös|lisää)|"
    r"czytaj (?:też|także|więcej)|zobacz (?:też|także)|читайте (?:также|ещё|еще|також)|"
    r"haberin devamı|okumaya devam)",
    re.I,
)
"""How a line begins that leads to another piece."""
_CALL = re.compile(
    r"\b(?:sign(?:ing)? up (?:for (?:our|the|my)|here|now|below)|"
    r"subscribe (?:to (?:our|the|my)|now|here|today|for)|"
    r"(?:our|my|daily|weekly|free) newsletters?|newsletters? (?:abonn|bestell|hier)|"
    r"follow (?:us|me|along)\b|follow \w+ \w+ on (?:x|twitter|facebook|instagram)\b|"
    r"join (?:our|the conversation)|download (?:our|the) app|click here|"
    r"share (?:this|it) (?:article|story|post|with)|like us on|"
    r"support (?:our|my) (?:work|journ)|"
    r"donate (?:now|here|today|to us)|all rights reserved|copyright \d|your inbox|"
    r"free trial|contact us|get in touch|leave a comment|comments? below|"
    r"this (?:article|story|post|content) (?:was (?:originally|first|produced|written|"
    r"updated|amended)|has been (?:updated|amended|corrected)|originally|first)|"
    r"affiliate (?:links?|commission)|we may earn|jetzt abonnieren|abonnez-vous|"
    r"suscr[ií]b(?:ete|ase)|iscriviti|have a tip|views expressed)|"
    r"(?:follow|join|folgen|abonn|suscr|подпи|підпи|channel|kanal|canal|канал)"
    r"[^.]{0,60}(?:whatsapp|telegram|google news|viber)|^\W*disclaimer|©",
    re.I,
)
"""What a last line says that wants something of the reader."""


def prose(found: Sequence[Block]) -> list[str]:
    """The lines of the stretch of the page that holds the most prose."""
    first, end = _stretch(found)
    lines = []
    last = ""
    for block in found[first:end]:
        if block.is_aside or block.is_caption or block.tag == "cite":
            continue
        if block.link_share > MANY_LINKS and block.tag not in ("h2", "h3"):
            continue
        if last and block.key in last:
            # A paragraph inside the list item or quote that was just taken.
            continue
        lines.append(_line(block))
        last = block.key if len(block.key) > MIN_LOST else last
    return lines


def _stretch(found: Sequence[Block]) -> tuple[int, int]:
    """Where the run of blocks with the highest sum of worth begins and ends."""
    best = current = 0.0
    start = first = end = 0
    for place, block in enumerate(found):
        if current <= 0:
            current, start = 0.0, place
        current += _worth(block)
        if current > best:
            best, first, end = current, start, place + 1
    return first, end


def _worth(block: Block) -> float:
    size = len(block.text)
    if block.is_aside:
        return -1.5 * size - BREAK
    if block.link_share > MANY_LINKS:
        return -1.0 * size - BREAK
    if block.tag in _HEADS:
        return 5.0
    if block.tag in ("p", "blockquote", "pre", "dd"):
        return float(size) if size > MIN_PROSE else 5.0
    if block.tag in ("li", "td", "th", "dt"):
        return 0.5 * size * (1 - 2 * block.link_share) if size > MIN_PROSE else -3.0
    return -20.0


def with_lost(lines: Sequence[str], found: Sequence[Block]) -> list[str]:
    """The lines with the blocks put back that stand between them on the page and were
    lost; boxes, captions and lists of links stay out."""
    keys = [line_key(line) for line in lines]
    anchors = _anchors(keys, found)
    if len(anchors) < 2:
        return list(lines)
    first, last = anchors[0][0], anchors[-1][0]
    known, whole = set(keys), "".join(keys)
    lost: dict[int, list[str]] = {}
    at = 0
    for block in found:
        while at + 1 < len(anchors) and anchors[at + 1][0] < block.place:
            at += 1
        if not first < block.place < last or not _is_lost(block):
            continue
        if block.key in known or block.key in whole:
            continue
        lost.setdefault(anchors[at][1], []).append(_line(block))
        whole += block.key
    return [
        one for place, line in enumerate(lines) for one in (line, *lost.get(place, ()))
    ]


def _anchors(keys: Sequence[str], found: Sequence[Block]) -> list[tuple[int, int]]:
    """(place on the page, line number) of the lines that are found again, in order."""
    places: dict[str, list[int]] = {}
    for block in found:
        places.setdefault(block.key, []).append(block.place)
    anchors: list[tuple[int, int]] = []
    last = -1
    for number, one in enumerate(keys):
        if len(one) < MIN_ANCHOR:
            continue
        place = next((at for at in places.get(one, ()) if at > last), None)
        if place is not None:
            anchors.append((place, number))
            last = place
    return anchors


def _is_lost(block: Block) -> bool:
    if block.is_aside or block.is_caption or block.link_share > MAX_LINKS:
        return False
    return block.tag in _LOST and (block.tag in _HEADS or len(block.text) >= MIN_LOST)


def without_hangers_on(lines: Sequence[str], known: Mapping[str, Block]) -> list[str]:
    """The lines without captions and pointers to other pieces, and without the calls,
    boxes and empty headings at the end."""
    kept = [line for line in lines if not _hangs_on(line, known)]
    boxed = sum(1 for line in kept if (b := known.get(line_key(line))) and b.is_aside)
    boxes_tell = boxed < MAX_BOXED * len(kept)
    least = max(2, int((1 - MAX_TAIL) * len(kept)))
    while len(kept) > least and _ends_badly(kept[-1], known, boxes_tell=boxes_tell):
        kept.pop()
    return kept


def _hangs_on(line: str, known: Mapping[str, Block]) -> bool:
    if len(line) < MAX_POINTER and _POINTER.match(line):
        return True
    block = known.get(line_key(line))
    return block is not None and block.tag == "figcaption"


def _ends_badly(line: str, known: Mapping[str, Block], *, boxes_tell: bool) -> bool:
    block = known.get(line_key(line))
    if block is not None:
        if block.tag in _HEADS or block.link_share > MANY_LINKS:
            return True
        if boxes_tell and block.is_aside:
            return True
    return len(line) < MAX_CALL and bool(_POINTER.match(line) or _CALL.search(line))


def line_key(line: str) -> str:
    """The key of a line of text, its list mark aside."""
    return key(line.removeprefix("- "))


def _line(block: Block) -> str:
    return f"- {block.text}" if block.tag == "li" else block.text
