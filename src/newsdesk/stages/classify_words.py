"""Where the words of topics stand in texts, in whatever form they are written.

`humanoid robot` is found as `Humanoid Robots`, `humanoid-robot's` and `humanoidrobot`;
`company` as `companies`, `invest` as `invested`. Words in capitals are found in capitals
only. What a find is worth is for `classify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?[+#]*")
_BETWEEN = re.compile(r"[\s\-‐‑–/_&]{1,3}|\.")
"""What may stand between the words of a phrase. A full stop as in `A.I.`, `Node.js`."""
_NO_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Scripts written without spaces between words."""
_POSSESSIVE = re.compile(r"['’]s?$")
ACRONYM_LENGTH = 5
"""Keywords up to this length written in capitals match only in capitals."""
MIN_STEM = 4
"""Letters that must stay when the ending of a verb is taken off."""
MIN_COMPOUND = 5
"""Letters of a keyword that is looked for inside longer words."""
COMPOUNDING = frozenset("de nl sv da nb nn no fi hu".split())
"""Languages that write compounds as one word."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase to look for."""

    written: str
    is_acronym: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out whether it matches in capitals only."""
        letters = self.written.replace(".", "")
        is_acronym = letters.isupper() and len(letters) <= ACRONYM_LENGTH
        object.__setattr__(self, "is_acronym", is_acronym)


@dataclass(frozen=True, slots=True)
class Index:
    """Phrases, made ready to be found."""

    _by_form: Mapping[str, tuple[tuple[tuple[str, ...], Phrase], ...]]
    """By the first word's form: forms of all words, longest first."""
    _dense: tuple[Phrase, ...]
    """In scripts without spaces: found anywhere."""
    _parts: Mapping[str, Phrase]
    """Single words that may be parts of compounds, by form."""


def index(written: Iterable[str]) -> Index:
    """The phrases made ready; those without a word in them are never found."""
    by_form: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
    dense: list[Phrase] = []
    parts: dict[str, Phrase] = {}
    for phrase in (Phrase(one) for one in sorted(set(written))):
        if _NO_SPACES.search(phrase.written):
            dense.append(phrase)
            continue
        words = _TOKEN.findall(phrase.written)
        forms = tuple(map(form, words))
        for one in {forms, ("".join((*words[:-1], *forms[-1:])).casefold(),)}:
            if forms:
                by_form.setdefault(one[0], []).append((one, phrase))
        if len(forms) == 1 and len(forms[0]) >= MIN_COMPOUND:
            parts[forms[0]] = phrase
    return Index(
        {
            first: tuple(
                sorted(those, key=lambda each: (-len(each[0]), each[1].written))
            )
            for first, those in by_form.items()
        },
        tuple(dense),
        parts,
    )


def found(text: str, in_: Index, language: str | None = None) -> Iterator[str]:
    """The phrases that stand in a text, as they were given, once for each time. A longer
    one hides the shorter ones inside it."""
    tokens = list(_TOKEN.finditer(text))
    forms = [form(token.group()) for token in tokens]
    at, compounds = 0, language in COMPOUNDING
    while at < len(tokens):
        hits = list(_longest(text, tokens, forms, at, in_, forms[at]))
        if not hits and (stem := _verb_stem(forms[at])):
            hits = list(_longest(text, tokens, forms, at, in_, stem))
        yield from (phrase.written for _, phrase in hits)
        if not hits and compounds:
            yield from _inside(forms[at], in_)
        at += hits[0][0] if hits else 1
    for phrase in in_._dense:
        yield from [phrase.written] * text.count(phrase.written)


def _longest(
    text: str,
    tokens: list[re.Match[str]],
    forms: list[str],
    at: int,
    in_: Index,
    first: str,
) -> Iterator[tuple[int, Phrase]]:
    """Phrases that begin at a word, with their lengths in words: the longest, and others
    that are written with the same forms."""
    longest = 0
    for wanted, phrase in in_._by_form.get(first, ()):
        length = len(wanted)
        if longest and length < longest:
            return
        if wanted[1:] != tuple(forms[at + 1 : at + length]):
            continue
        if not all(
            _BETWEEN.fullmatch(text, tokens[n].end(), tokens[n + 1].start())
            for n in range(at, at + length - 1)
        ):
            continue
        written = text[tokens[at].start() : tokens[at + length - 1].end()]
        if phrase.is_acronym and not _in_capitals(written):
            continue
        longest = length
        yield length, phrase


def _in_capitals(written: str) -> bool:
    bare = _POSSESSIVE.sub("", written).replace(".", "")
    return bare.isupper() or (bare[-1:] == "s" and bare[:-1].isupper())


def _inside(word: str, in_: Index) -> Iterator[str]:
    """Keywords that a compound begins or ends with."""
    for size in range(len(word) - 2, MIN_COMPOUND - 1, -1):
        for part in (word[:size], word[-size:]):
            phrase = in_._parts.get(part)
            if phrase and not phrase.is_acronym:
                yield phrase.written
                return


@lru_cache(maxsize=65_536)
def form(word: str) -> str:
    """What is the same for the singular, plural and possessive of a word: `Companies'`
    and `company` give `compani`. No word of a language, and no harm where it errs."""
    bare = _POSSESSIVE.sub("", word.casefold())
    if word[-1:] == "s" and word[:-1].isupper():  # GPUs
        bare = bare[:-1]
    elif _is_plural(bare):
        bare = bare[:-2] if bare.endswith("es") and len(bare) > 4 else bare[:-1]
    if len(bare) > 3 and bare.endswith("e"):
        bare = bare[:-1]
    return bare[:-1] + "i" if len(bare) > 3 and bare.endswith("y") else bare


def _is_plural(bare: str) -> bool:
    kept = ("ss", "us", "is")
    return (
        len(bare) > 2 and bare[-1] == "s" and bare[-2:] not in kept and bare != "news"
    )


@lru_cache(maxsize=65_536)
def _verb_stem(bare: str) -> str:
    """The form without `-ed` or `-ing`; empty where it has neither."""
    for ending in ("ing", "ed"):
        stem = bare.removesuffix(ending)
        if stem != bare and len(stem) >= MIN_STEM:
            doubled = stem[-1] == stem[-2] and stem[-1] not in "ls"
            return form(stem[:-1] if doubled else stem)
    return ""
