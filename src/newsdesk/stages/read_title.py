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

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.text import names

MAX_CHARS = 400
"""A longer headline is a paragraph."""
MIN_KEY = 12
"""Letters of a part of a title that may be the headline by itself."""
SURE_KEY = 20
"""Letters from which the end of a title is a headline by itself."""

_TRUST = {"data": 1.0, "heading": 1.3, "og": 0.9, "title": 0.75, "feed": 0.9,
          "twitter": 0.6, "micro": 0.6, "meta": 0.5}  # fmt: skip
"""What each place's word weighs: readers see the heading, search engines the data."""
_ODD_HEADING = 0.3
"""What a heading weighs that shares no words with anything else: a logo or a section."""
_ECHO = 0.12
"""What each further copy of the same voice adds."""
_PART = 0.85
"""Share of a place's weight that its words with something hung on lend to those without."""
_START = 0.2
"""Share that goes to a headline of which the place has only the start."""
_VOICE = {"og": "head", "title": "head", "twitter": "head", "meta": "head",
          "heading": "body", "micro": "body"}  # fmt: skip
_HUNG_ON = re.compile(r"\s+[|–—•·»«:/-]+\s+|\s*[|»]\s*|:\s+|\s+(?=[(\[])")


@dataclass(frozen=True, slots=True)
class _Claim:
    place: str
    text: str
    key: str
    trust: float
    parts: frozenset[str] = field(default_factory=frozenset)


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
    told = [(place, line(raw)) for place, raw in _told(clues, feed_title)]
    elsewhere = _words(" ".join(text for place, text in told if place != "heading"))
    elsewhere |= _words(re.sub(r"[-_/.+]", " ", clues.url))
    own = {names.folded(site) for site in sites}
    for place, raw in told:
        text = names.without_site(raw, sites) if raw else ""
        key = names.folded(text)
        if not text or len(text) > MAX_CHARS or (place == "heading" and key in own):
            continue
        if place == "data" and _is_echo(clues, raw, text):
            place = "meta"
        trust = _TRUST[place]
        if place == "heading" and not _is_at_home(text, elsewhere):
            trust = _ODD_HEADING
        yield _Claim(place, text, key, trust, _parts(text))


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


def _is_echo(clues: Clues, raw: str, text: str) -> bool:
    """Whether structured data only copies the head: it describes the page rather than an
    article, or hangs the site's name on as titles do."""
    return not read_jsonld.is_article(clues.article) or text != raw


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold()))


def _is_at_home(heading: str, elsewhere: set[str]) -> bool:
    """Whether a heading shares words with title, data or address."""
    own = _words(heading)
    if not own:
        return heading.casefold() in elsewhere
    return len(own & elsewhere) >= max(1, 0.25 * len(own))


def _parts(text: str) -> frozenset[str]:
    """What is left of a title when something shorter hung on front or back is taken off."""
    keys = set()
    for mark in _HUNG_ON.finditer(text):
        front, back = (
            names.folded(text[: mark.start()]),
            names.folded(text[mark.end() :]),
        )
        keys.add(max(front, back, key=len))
    return frozenset(key for key in keys if len(key) >= MIN_KEY)


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
        return _START
    return 0.0


def _fullest(best: _Claim, claims: Sequence[_Claim]) -> _Claim:
    """The best claim, or the one it is a cut-off (`…`) of."""
    if not best.text.endswith(("…", "...")):
        return best
    longer = [c for c in claims if c.key.startswith(best.key) and c.key != best.key]
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
