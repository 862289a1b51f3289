"""Lines that hang on an article and are not of it: pointers to other pieces, calls.

Told by how they begin or what they ask for, in the languages most of the press is
written in; everything else about a run is weighed by `read_text_judge`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_POINTER = 160
"""A longer line is no pointer to another piece."""
MAX_CALL = 400
"""A longer last line is no call to subscribe."""
MAX_TAIL = 0.5
"""Share of a text's lines that may be taken off its end."""

POINTER = re.compile(
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
    r"haberin devamı|okumaya devam|"
    r"(?:advertisement|advert|anzeige|werbung|publicidad|publicidade|publicité|"
    r"pubblicità|advertentie|reklama?|reklame|annons|annonse|annonce|mainos|реклама|"
    r"広告|广告|廣告|광고|إعلان|विज्ञापन)\W*$)",
    re.I,
)
"""How a line begins that leads to another piece."""
CALL = re.compile(
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
    r"[^.]{0,60}(?:whatsapp|telegram|google news|viber)|^\W*disclaimer|©|"
    r"^\W*(?:like this|like loading|share this|tags?|related (?:reads?|posts?|articles?)|"
    r"(?:next|previous) (?:article|post|story)|explore (?:more|other) topics|"
    r"(?:was|did you find) this (?:article|page|story|post) (?:useful|helpful))\W*$",
    re.I,
)
"""What a last line says that wants something of the reader."""


def without_pointers(lines: Sequence[str]) -> list[str]:
    """The lines without pointers to other pieces, and without the calls at the end."""
    kept = [line for line in lines if not is_pointer(line)]
    least = max(2, int((1 - MAX_TAIL) * len(kept)))
    while len(kept) > least and is_call(kept[-1]):
        kept.pop()
    return kept


def is_pointer(line: str) -> bool:
    """Whether a line leads to another piece."""
    return len(line) < MAX_POINTER and bool(POINTER.match(line))


def is_call(line: str) -> bool:
    """Whether a line wants something of the reader: a subscription, a share, a look."""
    return len(line) < MAX_CALL and bool(CALL.search(line))
