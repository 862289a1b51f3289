"""The headline: chosen among what the page calls itself, by agreement.

Sites write the headline in five places and dress it differently in each: with their own
name, with a section, shortened for search or sharpened for sharing. What independent
places agree on, freed of the site's name, is the headline; the head's own copies of one
field (`title`, Open Graph, Twitter) count as one voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.text import names

MAX_CHARS = 400
"""A longer headline is a paragraph."""
MAX_DRESSED_CHARS = 1200
"""The same with names, sections and markup still on."""
LONG_HEADING = 190
"""Characters from which a heading is more likely a lead paragraph than a headline."""
MIN_KEY = 12
"""Letters of a part of a title that may be the headline by itself."""
MIN_DENSE_KEY = 5
"""The same in scripts that write words with a sign or two."""
SURE_KEY = 20
"""Letters from which the end of a title is a headline by itself."""
CUT_CHARS = range(95, 118)
"""Lengths at which structured data is cut: search engines used to ask for 110."""

_TRUST = {"data": 1.0, "heading": 1.3, "og": 0.9, "title": 0.75, "feed": 0.9,
          "twitter": 0.6, "micro": 0.6, "meta": 0.5}  # fmt: skip
"""What each place's word weighs: readers see the heading, search engines the data.

Of 108 pages with gold on which heading and head differ, the heading was right on 75; of 15
on which the data speaks for the head it was right on 8, of 12 on which data and heading
stand against the head these were right on 9.
"""
_ODD_HEADING = 0.3
"""What a heading weighs that shares no words with anything else: a logo or a section."""
_LONG_TRUST = 0.5
"""What a heading weighs that is as long as a paragraph."""
_ECHO = 0.12
"""What each further copy of the same voice adds."""
_PART = 0.85
"""Share of a place's weight that its words with something hung on lend to those without."""
_START = 0.2
"""Share that goes to a headline of which the place has only the start."""
_CUT = 0.9
"""Share that goes to a headline of which the place has the start, cut off by a bound."""
_VOICE = {"og": "head", "title": "head", "twitter": "head", "meta": "head",
          "heading": "body", "micro": "body"}  # fmt: skip
_GAP = r"(?<!\s)\s++"
_HUNG_ON = re.compile(
    rf"{_GAP}[|–—•·»«:/_-]++\s++|(?:{_GAP})?+[|｜│»]\s*|:\s+|：|{_GAP}(?=[(\[])|"
    rf"(?:{_GAP})?+(?=[【（])|(?<=[】）])\s*|"
    r"(?<=[\u3040-\u9fff\uac00-\ud7af])[-_–—―－]|[-_–—―－](?=[\u3040-\u9fff\uac00-\ud7af])"
)
_DENSE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.I)
_CUT_OFF = ("…", "...", "..", "&hellip")


@dataclass(frozen=True, slots=True)
class _Claim:
    place: str
    text: str
    key: str
    trust: float
    parts: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_cut(self) -> bool:
        """Whether the words end where a bound on their length cut them off."""
        return self.text.endswith(_CUT_OFF) or (
            self.place == "data" and len(self.text) in CUT_CHARS
        )


def headline(
    clues: Clues, *, sites: Sequence[str], feed_title: str | None
) -> str | None:
    """The page's headline, or None where no place names one."""
    claims = [claim for claim in _claims(clues, sites, feed_title) if claim.key]
    if not claims:
        return None
    best = max(claims, key=lambda claim: (_weight(claim, claims), claim.trust))
    return _dressed(_fullest(best, claims), claims).text


def _claims(
    clues: Clues, sites: Sequence[str], feed_title: str | None
) -> Iterator[_Claim]:
    told = [
        (place, _plain(raw))
        for place, raw in _told(clues, feed_title)
        if raw and len(raw) <= MAX_DRESSED_CHARS
    ]
    sections = _sections(clues)
    elsewhere = _Elsewhere.of(told, clues.url)
    first = next((text for place, text in told if place == "heading"), None)
    own = {names.folded(site) for site in sites}
    bared: dict[str, tuple[str, str, frozenset[str]]] = {}
    for place, raw in told:
        if raw not in bared:
            text = names.without_site(raw, sites, sections=sections)
            bared[raw] = text, names.folded(text), _parts(text)
        text, key, parts = bared[raw]
        if not text or len(text) > MAX_CHARS or (place == "heading" and key in own):
            continue
        if place == "data" and _is_echo(clues, raw, text):
            place = "meta"
        trust = _TRUST[place]
        if place == "heading":
            trust = elsewhere.trust(text, key, is_first=raw == first)
        yield _Claim(place, text, key, trust, parts)


def _plain(raw: str) -> str:
    """The words without tags and entities that were escaped once too often."""
    if "&" in raw and _ENTITY.search(raw):
        raw = unescape(raw)
    return line(_MARKUP.sub("", raw) if "<" in raw else raw)


def _told(clues: Clues, feed_title: str | None) -> Iterator[tuple[str, str | None]]:
    article = clues.article
    yield (
        "data",
        read_jsonld.text(article.get("headline"))
        or read_jsonld.text(article.get("name")),
    )
    yield "og", clues.first("og:title")
    yield "title", clues.title
    yield "twitter", clues.first("twitter:title")
    yield "feed", feed_title
    yield "meta", clues.first("parsely-title", "sailthru.title", "dc.title", "title")
    yield "micro", next(iter(clues.microdata.get("headline", ())), None)
    for text in clues.headings[:4]:
        yield "heading", text


def _sections(clues: Clues) -> tuple[str, ...]:
    """Names of the section, which stand between headline and site in many titles."""
    told = read_jsonld.items(clues.article.get("articleSection"))
    found = [one for one in told if isinstance(one, str)]
    return (*found[:6], *clues.meta.get("article:section", ())[:3])


def _is_echo(clues: Clues, raw: str, text: str) -> bool:
    """Whether structured data only copies the head: it describes the page rather than an
    article, or hangs the site's name on as titles do."""
    return not read_jsonld.is_article(clues.article) or text != raw


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What the places other than headings say, to judge headings by."""

    words: frozenset[str]
    address: frozenset[str]
    lesser: frozenset[str]
    """What stands beside something longer in a title: names of sites and sections."""

    @classmethod
    def of(cls, told: Sequence[tuple[str, str]], url: str) -> _Elsewhere:
        """What all places but the headings say, and the page's address."""
        others = [text for place, text in told if place != "heading"]
        return cls(
            words=frozenset(_words(" ".join(dict.fromkeys(others)))),
            address=frozenset(_words(re.sub(r"[-_/.+]", " ", url))),
            lesser=frozenset(_lesser(others)),
        )

    def trust(self, text: str, key: str, *, is_first: bool) -> float:
        """What a heading weighs."""
        if key in self.lesser or not self._is_at_home(text, is_first):
            return _ODD_HEADING
        return _LONG_TRUST if len(text) > LONG_HEADING else _TRUST["heading"]

    def _is_at_home(self, heading: str, is_first: bool) -> bool:
        """Whether a heading shares words with title or data. The first one may share
        most of its words with the address instead; the others are heard with care."""
        own = _words(heading)
        if not own:
            return any(heading.casefold() in word for word in self.words)
        shared = own & self.words
        if not is_first:
            return len(shared) >= 0.5 * len(own)
        if self.words and not shared:
            return False
        return len(own & (self.words | self.address)) >= 0.25 * len(own)


def _lesser(told: Sequence[str]) -> set[str]:
    """The shorter halves of titles whose longer halves another place has alone."""
    keys = {names.folded(text) for text in told}
    found: set[str] = set()
    for text in dict.fromkeys(told):
        for mark in _HUNG_ON.finditer(text):
            front = names.folded(text[: mark.start()])
            back = names.folded(text[mark.end() :])
            short, long = sorted((front, back), key=len)
            if long in keys and short != long:
                found.add(short)
    return found - keys


def _words(text: str) -> set[str]:
    """The words of three letters and more; pairs of signs where words are not parted."""
    found = set(re.findall(r"\w{3,}", text.casefold()))
    if text.isascii() or not _DENSE.search(text):
        return found
    for run in re.findall(
        r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+", text
    ):
        found.discard(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def _parts(text: str) -> frozenset[str]:
    """What is left of a title when something shorter hung on front or back is taken off."""
    keys = set()
    for mark in _HUNG_ON.finditer(text):
        front, back = (
            names.folded(text[: mark.start()]),
            names.folded(text[mark.end() :]),
        )
        keys.add(max(front, back, key=len))
    least = MIN_DENSE_KEY if _DENSE.search(text) else MIN_KEY
    return frozenset(key for key in keys if len(key) >= least)


def _weight(claim: _Claim, claims: Sequence[_Claim]) -> float:
    voices: dict[str, list[float]] = {}
    for other in claims:
        share = _agreement(claim, other)
        if share:
            voice = _VOICE.get(other.place, other.place)
            voices.setdefault(voice, []).append(other.trust * share)
    return sum(
        max(given) + _ECHO * (len(given) - 1 if voice == "head" else 0)
        for voice, given in voices.items()
    )


def _agreement(claim: _Claim, other: _Claim) -> float:
    """How far another place's words speak for this headline."""
    if claim.key == other.key:
        return 1.0
    if claim.key in other.parts:
        return _PART
    if len(claim.key) >= SURE_KEY and other.key.endswith(claim.key):
        # A kicker set before the headline in the same heading.
        return _PART
    if len(other.key) >= MIN_KEY and claim.key.startswith(other.key):
        return _CUT if other.is_cut else _START
    return 0.0


def _fullest(best: _Claim, claims: Sequence[_Claim]) -> _Claim:
    """The best claim, or the one it is a cut-off (`…`) of."""
    if not best.is_cut:
        return best
    longer = [
        claim
        for claim in claims
        if claim.key.startswith(best.key) and claim.key != best.key and not claim.is_cut
    ]
    return max(longer, key=lambda claim: claim.trust) if longer else best


def _dressed(best: _Claim, claims: Sequence[_Claim]) -> _Claim:
    """Of the claims with the same letters, the spelling that most places use."""
    same = [claim for claim in claims if claim.key == best.key]
    tidy = [
        claim for claim in same if not (claim.text.isupper() and len(claim.text) > 12)
    ]
    votes: dict[str, float] = {}
    for claim in tidy or same:
        votes[claim.text] = votes.get(claim.text, 0.0) + claim.trust
    return max(tidy or same, key=lambda claim: votes[claim.text])
