"""Names of people: bylines taken apart, desks and outlets told from persons.

Works on words alone: where a name stands on a page is for the stages to know. The words
themselves are in `byline_words`, names of outlets in `site_names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape

from newsdesk.text import byline_words as words
from newsdesk.text.site_names import folded as folded
from newsdesk.text.site_names import site_name as site_name
from newsdesk.text.site_names import without_ending
from newsdesk.text.site_names import without_site as without_site

MAX_NAME_CHARS = 70
"""A longer one is a sentence."""
MAX_NAME_WORDS = 6
MAX_AUTHORS = 20

_ARTICLES = frozenset(
    "the le la les l' el los las il lo der die das de het o a os as".split()
)
_SURE_ARTICLES = frozenset("the il der die das het los las les".split())
_TRIMMED = " \t-–—|:;,•·*'\"“”„«»/_~<>=&"


def people(raw: Iterable[str], *, outlets: Sequence[str] = ()) -> tuple[str, ...]:
    """The persons named in bylines, each once, in order; without roles and outlets.

    Where no person is left, a desk or agency that is not the outlet itself stays: it is
    the only byline the article has.
    """
    bylines = [one for text in raw for one in _taken_apart(text)]
    own = {folded(outlet) for outlet in outlets if outlet} - {""}
    named = [name for name in bylines if not _is_own(name, own)]
    persons = [name for name in named if is_person(name)]
    return _once(persons or named)[:MAX_AUTHORS]


def is_person(name: str) -> bool:
    """Whether a name may be that of a person rather than a desk, agency or outlet."""
    if name.casefold() in words.AGENCIES or words.DESK.match(name):
        return False
    if words.COLLECTIVE.search(name) or words.DOMAIN.search(name):
        return False
    parts = name.split()
    if len(parts) == 1 and name.isascii():
        return not name.isupper() or len(name) > 5
    return len(parts) == 1 or parts[0].casefold() not in _SURE_ARTICLES


def may_be_personal(name: str) -> bool:
    """Whether a site's name may be its owner's: two to four capitalised words, none of
    them an article or a word for outlets."""
    parts = name.split()
    return (
        2 <= len(parts) <= 4
        and all(part[0].isupper() and not part.isupper() for part in parts)
        and parts[0].casefold() not in _ARTICLES
        and is_person(name)
    )


def is_full(name: str) -> bool:
    """Whether the name is more than one word, or of a script that parts no words."""
    return " " in name or (not name.isascii() and any(char > "\u2e7f" for char in name))


def split(byline: str) -> tuple[str, ...]:
    """The names in one byline, cleaned; roles, handles and dates are left out, and so
    are desks that name nobody."""
    return tuple(name for name in _taken_apart(byline) if not words.DESK.match(name))


def _taken_apart(byline: str) -> tuple[str, ...]:
    text = unescape(unescape(words.MARKUP.sub(" ", byline[:1000])))
    text = words.SPACE.sub(" ", words.MARKUP.sub(" ", text)).strip()
    text = words.ADDRESS.sub(" ", text)
    text = words.CREDITS.sub("", _without_by(text))
    text = _without_brackets(text).strip()
    if words.HAN_LIST.match(text) and words.CJK_HEAD.match(byline.strip("(（【[ ")):
        text = words.CJK_HEAD.sub("", text).replace(" ", "、")
    text = words.SPACE.sub(" ", text) if "  " in text else text
    between = words.BETWEEN_CAPITALS if text.isupper() else words.BETWEEN
    names: list[str] = []
    for part in _rejoined(text, [one.strip() for one in between.split(text)]):
        for half in _slashed(part):
            names.extend(_by_commas(half))
    names = [name for at, name in enumerate(names) if not at or not _is_report(name)]
    cleaned = [name for one in names if (name := _clean(one))]
    return tuple(_without_places(cleaned))


def _without_by(text: str) -> str:
    text = words.BY_COLON.sub("", words.BY.sub("", text))
    return words.BY_OR_SURNAME.sub("", text) if text[:1].islower() else text


def _without_brackets(text: str) -> str:
    bare = words.BRACKETED.sub(" ", text)
    if any(char.isalpha() for char in words.CJK_TAIL.sub("", bare.strip())):
        return bare
    # "【記者王小明／台北報導】": the brackets hold all there is.
    return text.strip(" ()[]（）【】〔〕〈〉")


def _rejoined(text: str, parts: list[str]) -> list[str]:
    """The parts, but names whole that only look like a list: "Loud and Quiet",
    "José Ortega y Gasset"."""
    parts = [part for part in parts if part]
    if len(parts) != 2 or " " in parts[1] or _is_noise(parts[1]):
        return parts
    if " " not in parts[0]:
        is_pair = parts[1].isascii() and not _is_noise(parts[0])
        return [text] if is_pair and "," not in text and "|" not in text else parts
    middle = text[len(parts[0]) : len(text) - len(parts[1])]
    return [text] if words.COMPOUND.fullmatch(f" {middle.strip()} ") else parts


def _slashed(part: str) -> list[str]:
    """The names on both sides of a slash, unless the far side is a place or agency."""
    sides = [side.strip() for side in words.SLASH.split(part) if side.strip()]
    if len(sides) < 2 or " " not in sides[0]:
        return sides
    return [sides[0]] + [side for side in sides[1:] if not _is_place(side)]


def _is_place(side: str) -> bool:
    first = side.split(",", 1)[0].strip()
    return (
        " " not in first
        or bool(words.A_PLACE.match(first) or words.CJK_REPORT.search(first))
        or first.casefold() in words.AGENCIES
    )


def _is_report(piece: str) -> bool:
    """Whether a piece says where a Chinese or Japanese report was filed."""
    is_told = words.CJK_REPORT.search(piece) and not words.CJK_HEAD.match(piece)
    return bool(is_told) and len(piece) < 10


def _by_commas(part: str) -> list[str]:
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) < 2:
        return pieces
    if len(pieces) == 2 and _is_turned(*pieces):
        return [f"{pieces[1]} {pieces[0]}"]
    kept: list[str] = []
    for piece in pieces:
        if kept and words.GENERATION.match(piece):
            kept[-1] = f"{kept[-1]} {piece}"
            continue
        is_letters = words.LETTERS_AFTER.match(piece) or words.SUFFIX.match(piece)
        if kept and (is_letters or _is_noise(piece) or _is_prose(piece)):
            continue
        kept.append(piece)
    return kept


def _is_turned(last: str, first: str) -> bool:
    """Whether two pieces are one name turned round: "Miller, Anna" or "Miller, Anna B."."""
    if " " in last or words.SUFFIX.match(first) or words.GENERATION.match(first):
        return False
    if words.LETTERS_AFTER.match(first) or _is_noise(first) or _is_noise(last):
        return False
    given = first.split()
    return len(given) == 1 or (len(given) == 2 and len(given[1].rstrip(".")) == 1)


def _is_noise(piece: str) -> bool:
    """Whether a piece after a comma is a role, an agency or an outlet's name."""
    return bool(
        words.DESK.match(piece)
        or words.COLLECTIVE.search(piece)
        or words.A_ROLE.search(piece)
        or piece.casefold() in words.AGENCIES
    )


def _is_prose(piece: str) -> bool:
    """Whether a piece holds words in lower case that names do not: "head of research"."""
    first = piece.split()[0]
    if words.SURE_PLACE.match(piece) or (first.isupper() and len(first) > 2):
        return not piece.isupper() or bool(words.SURE_PLACE.match(piece))
    small = [word for word in piece.split() if word[0].islower()]
    if len(small) == len(piece.split()):
        return len(small) > 3
    return any(word not in words.PARTICLES and "'" not in word for word in small)


def _without_places(names: list[str]) -> list[str]:
    """The names without single words after a full one: places and agencies."""
    if len(names) < 2 or " " not in names[0]:
        return names
    return [
        name
        for at, name in enumerate(names)
        if at == 0 or is_full(name) or _is_noise(name)
    ]


def _clean(name: str) -> str | None:
    name = words.BY.sub("", name.strip(_TRIMMED).strip())
    if words.NOBODY.match(name):
        return None
    if not words.DESK.match(name):
        name = words.ROLE_TAIL.sub("", name)
        name = words.ROLE_AFTER.sub(r"\g<rest>", name)
        name = words.ROLE_HEAD.sub("", name)
        name = words.DATE_TAIL.sub("", _without_story_place(name))
    name = _cjk(name)
    if len(name.split()) > 2:
        name = words.LAST_LETTERS.sub("", name)
    name = name.strip(_TRIMMED + "(").strip()
    if name.endswith(".") and not _ends_short(name):
        name = name.rstrip(". ")
    if not name or len(name) > MAX_NAME_CHARS or len(name.split()) > MAX_NAME_WORDS:
        return None
    if words.NOBODY.match(name) or words.SENTENCE.search(name):
        return None
    if words.TIME_WORD.search(name):
        return None
    if not any(char.isalpha() for char in name) or len(folded(name)) < 2:
        return None
    return _cased(name)


def _without_story_place(name: str) -> str:
    """The name without "in Berlin" and " - Reuters" behind it."""
    for mark in (" - ", " – ", " — ", " | ", " -- "):
        name = name.split(mark, 1)[0]
    for mark in (
        " in ",
        " from ",
        " for ",
        " à ",
        " pour ",
        " desde ",
        " aus ",
        " für ",
    ):
        head, found, place = name.partition(mark)
        if found and " " in head and place[:1].isupper():
            return head
    return name


def _ends_short(name: str) -> bool:
    """Whether the full stop at the end belongs to an initial or to `Jr.`."""
    last = name.split()[-1]
    return " " in name and (
        len(last.replace(".", "")) == 1 or bool(words.GENERATION.match(last))
    )


def _cjk(name: str) -> str:
    """A Chinese, Japanese or Korean name without the word for reporter and the place."""
    if name.isascii():
        return name
    name = words.JAPANESE_DESK.sub("", words.KOREAN_PLACE.sub("", name))
    name = words.CJK_TAIL.sub("", words.CJK_HEAD.sub("", name)).strip()
    head, found, tail = name.partition(" ")
    return head if found and words.CJK_REPORT.search(tail) else name


def _cased(name: str) -> str:
    """A name in capitals as names are written; others as they are."""
    parts = name.split()
    if len(parts) < 2:
        return name
    if name.isupper() or name.islower():
        return " ".join(
            part.lower()
            if at and part.lower() in words.PARTICLES and len(part) > 1
            else _capitalised(part)
            for at, part in enumerate(parts)
        )
    last = parts[-1]
    is_loud = len(last) > 3 and last.isupper() and folded(last) not in words.AGENCIES
    if is_loud and not words.COLLECTIVE.search(name):
        return " ".join([*parts[:-1], _capitalised(last)])
    return name


def _capitalised(word: str) -> str:
    for mark in ("-", "'", "’"):
        if mark in word:
            return mark.join(_capitalised(bit) for bit in word.split(mark))
    return word[:1].upper() + word[1:].lower() if "." not in word else word.upper()


def _is_own(name: str, own: set[str]) -> bool:
    key = folded(name)
    bare = without_ending(key)
    return any(key == one or bare == without_ending(one) for one in own)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, whatever its case, title or order of words."""
    seen: dict[str, str] = {}
    for name in names:
        bare = words.HONORIFIC.sub("", words.HONORIFIC.sub("", name))
        key = "".join(sorted(folded(part) for part in bare.split()))
        seen.setdefault(key, name)
    return tuple(seen.values())
