"""Names of outlets: what a site calls itself, and titles freed of it.

Works on words alone: where a name stands on a page is for the stages to know. Names of
persons are in `names`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape

MAX_SITE_CHARS = 60
"""A longer one is a slogan."""
MAX_PART_CHARS = 40
"""Up to which a part of a title is a site's name by likeness rather than by equality."""

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_NOT_ALNUM = re.compile(r"[\W_]+")
# White space is taken from its start only and all at once, so that a run of it costs no
# more than its length.
_GAP = r"(?<!\s)\s++"
_MAYBE = rf"(?:{_GAP})?+"
SEPARATOR = re.compile(
    rf"{_GAP}[|–—―•·⋅»«›‹:/\\~_-]\s+|{_GAP}[-−]++\s+|{_MAYBE}[|｜│¦•»›«]\s*|\s::\s"
)
"""What stands between a headline and what is hung on it."""
_LOOSE = re.compile(
    rf"{_GAP}[|–—―•·⋅»«›‹:/\\~_]\s+|{_GAP}[-−]+\s*|[-−–—]\s+|"
    rf"{_MAYBE}[|｜│¦•»›«_]\s*|\s::\s|:\s+|{_MAYBE}[：]\s*|"
    r"(?<=[\u3040-\u9fff\uac00-\ud7af])\s*+[-–—―－─]+\s*|"
    rf"{_MAYBE}(?<![-–—―－─])[-–—―－─]++\s*+(?=[\u3040-\u9fff\uac00-\ud7af])|"
    rf"(?<=[】\]])\s*|{_MAYBE}(?=[【\[])|{_GAP}@\s+"
)
"""The same where what is hung on is known to be the site's name."""
_HOME = frozenset(
    "home homepage startseite start accueil inicio news index welcome blog website "
    "front frontpage forside etusivu главная pagrindinis".split()
) | {"home page", "front page", "strona główna"}
_GENERIC = ("com", "net", "org", "news", "online", "magazine")
_SMALL_WORDS = frozenset("the of and for de la le les du der die das und & y e".split())
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def folded(text: str) -> str:
    """The text to compare by: no case, accents, punctuation or white space."""
    plain = text.casefold()
    if plain.isascii():
        return _NOT_ALNUM.sub("", plain)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in plain if char.isalnum())


def site_name(raw: str | None) -> str | None:
    """A site's name as it calls itself, without slogan, domain ending or handle; None
    where it only says that it is a home page."""
    if not raw:
        return None
    name = _SPACE.sub(" ", unescape(_MARKUP.sub("", raw))).strip(" -–—|·:@")
    parts = [part.strip() for part in SEPARATOR.split(name) if part.strip()]
    parts = [part for part in parts if part.casefold() not in _HOME] or parts[:0]
    if not parts:
        return None
    name = min(parts[:2], key=lambda part: (len(part) > 30, parts.index(part)))
    name = re.sub(r"^(?:https?://)?www\.", "", name, flags=re.I).rstrip("/")
    return name if 1 < len(name) <= MAX_SITE_CHARS else None


def without_site(
    title: str, sites: Iterable[str], *, sections: Sequence[str] = ()
) -> str:
    """The title without the names of the site that are hung on it front or back.

    A part is taken off only where it is (nearly) one of the names, so that a headline
    with a dash keeps its second half. Sections come off only where a name did.
    """
    known = {folded(site) for site in sites if site} - {""}
    shorter = title
    for turn in range(4):
        previous = shorter
        shorter = _without_part(shorter, known)
        if shorter == previous:
            break
        if turn == 0:
            known |= {folded(section) for section in sections if section} - {""}
    return shorter


def _without_part(title: str, known: set[str]) -> str:
    marks = list(_LOOSE.finditer(title))
    for mark in reversed(marks):
        head, tail = title[: mark.start()].strip(), title[mark.end() :].strip()
        is_sure = ":" not in mark.group() or folded(tail) in known
        if head and tail and is_sure and len(tail) <= 80 and _is_site(tail, known):
            return head
    for mark in marks[:2]:
        front, rest = title[: mark.start()].strip(), title[mark.end() :].strip()
        # "Acme: …" may be what the headline says; "The Daily Acme: …" is not.
        is_sure = ":" not in mark.group() or (folded(front) in known and " " in front)
        if rest and is_sure and len(rest) > len(front) and _is_site(front, known):
            return rest
    return title


def _is_site(part: str, known: set[str]) -> bool:
    own = folded(part)
    if not own:
        return not any(char.isalnum() for char in part)
    if own in known:
        return True
    likely = len(part) <= MAX_PART_CHARS
    ends = _ends(part) if likely else set()
    if _is_like(own, known, ends):
        return True
    if not part.isascii() and _is_like(_spelled(part), known, ends):
        return True
    return likely and any(is_short_for(name, part) for name in known)


def _spelled(name: str) -> str:
    """The folded name with umlauts written as domains write them."""
    return folded(name.casefold().translate(_UMLAUTS))


def _is_like(own: str, known: set[str], ends: set[str]) -> bool:
    """Whether a part is a known name with little around it, whole words at that, or
    most of a known name."""
    bare = without_ending(own)
    for name in known:
        other = without_ending(name)
        if len(other) < 3 or len(bare) < 3:
            continue
        if bare == other:
            return True
        if len(other) < len(bare):
            if (other in ends or name in ends) and len(other) >= 0.4 * len(bare):
                return True
        elif ends and _contains(other, bare):
            return True
    return False


def _ends(part: str) -> set[str]:
    """The folded beginnings and ends of a part, word by word; all of it where words are
    not parted."""
    words = part.split()
    runs = [words[:at] for at in range(1, len(words) + 1)]
    runs += [words[at:] for at in range(1, len(words))]
    found = set()
    for run in runs:
        key = folded("".join(run))
        found |= {key, _spelled(" ".join(run)), key.removeprefix("the")}
    return found


def is_short_for(label: str, name: str) -> bool:
    """Whether a domain's label is made of the beginnings of the name's words:
    `nytimes` of New York Times, `smh` of The Sydney Morning Herald."""
    spelled = name.casefold().translate(_UMLAUTS)
    words = [folded(word) for word in re.split(r"[\s.&'’-]+", spelled)]
    words = [word for word in words if word]
    if not 2 <= len(words) <= 6 or not 2 < len(label) <= 30:
        return False
    core = [word for word in words if word not in _SMALL_WORDS]
    return _spells(label, words) or (len(core) > 1 and _spells(label, core))


def _spells(label: str, words: Sequence[str]) -> bool:
    """Whether the label is beginnings of all these words, one after another."""
    if not words:
        return label in ("", "com", "news", "online", "net")
    first = words[0]
    for size in range(min(len(first), len(label)), 0, -1):
        if label[:size] == first[:size] and _spells(label[size:], words[1:]):
            return True
    return False


def without_ending(name: str) -> str:
    """A folded name without what many names have: an article, `com`, `news`."""
    for ending in _GENERIC:
        if name.endswith(ending) and len(name) > len(ending) + 2:
            name = name[: -len(ending)]
    return name.removeprefix("the") if len(name) > 6 else name


def _contains(long: str, short: str) -> bool:
    """Whether one name is most of another at its start or end: `bbc` in `bbcnews`."""
    is_end = long.startswith(short) or long.endswith(short)
    return is_end and len(short) >= max(3, 0.4 * len(long))
