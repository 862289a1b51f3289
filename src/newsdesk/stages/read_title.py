"""The headline: chosen among what the page calls itself, by agreement.

Sites write the headline in five places and dress it differently in each: with their own
name, with a section, shortened for search or sharpened for sharing. What most places
agree on, freed of the site's name, is the headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.text import names

MAX_CHARS = 400
"""A longer headline is a paragraph."""
CUT_CHARS = 20
"""Least length of a headline that may stand for a longer one it is the start of."""

_TRUST = {"data": 1.0, "heading": 1.1, "og": 1.0, "title": 0.7, "feed": 0.8,
          "twitter": 0.45, "micro": 0.5, "meta": 0.5}  # fmt: skip
"""What each place's word weighs; ties go to the heading readers see."""


@dataclass(frozen=True, slots=True)
class _Claim:
    place: str
    text: str
    key: str


def headline(clues: Clues, *, sites: Sequence[str], feed_title: str | None) -> str | None:
    """The page's headline, or None where no place names one."""
    claims = [claim for claim in _claims(clues, sites, feed_title) if claim.key]
    if not claims:
        return None
    best = max(claims, key=lambda claim: _weight(claim, claims))
    return _fullest(best, claims).text


def _claims(
    clues: Clues, sites: Sequence[str], feed_title: str | None
) -> Iterable[_Claim]:
    data = read_jsonld.text(clues.article.get("headline"))
    name = read_jsonld.text(clues.article.get("name"))
    told: list[tuple[str, str | None]] = [
        ("data", data or name),
        ("og", clues.first("og:title")),
        ("title", clues.title),
        ("twitter", clues.first("twitter:title")),
        ("feed", feed_title),
        ("meta", clues.first("parsely-title", "sailthru.title", "dc.title", "title")),
        ("micro", next(iter(clues.microdata.get("headline", ())), None)),
    ]
    told.extend(("heading", text) for text in clues.headings[:4])
    for place, raw in told:
        text = line(raw)
        if not text or len(text) > MAX_CHARS:
            continue
        text = names.without_site(text, sites)
        if place == "heading" and names.folded(text) in {names.folded(s) for s in sites}:
            continue
        yield _Claim(place, text, names.folded(text))


def _weight(claim: _Claim, claims: Sequence[_Claim]) -> tuple[float, float, int]:
    agreeing: dict[str, float] = {}
    for other in claims:
        share = _agreement(claim, other)
        if share:
            worth = _TRUST[other.place] * share
            agreeing[other.place] = max(agreeing.get(other.place, 0.0), worth)
    return sum(agreeing.values()), _TRUST[claim.place], -claims.index(claim)


def _agreement(one: _Claim, other: _Claim) -> float:
    """1 for the same headline, less where one is the other cut short."""
    if one.key == other.key:
        return 1.0
    short, long = sorted((one.key, other.key), key=len)
    if len(short) >= CUT_CHARS and long.startswith(short):
        return 0.6
    return 0.0


def _fullest(best: _Claim, claims: Sequence[_Claim]) -> _Claim:
    """The best claim, or the one it is a cut-off (`…`) of; of equal ones the best dressed."""
    if best.text.endswith(("…", "...")):
        stem = names.folded(best.text)
        longer = [c for c in claims if c.key.startswith(stem) and c.key != stem]
        if longer:
            return max(longer, key=lambda claim: _TRUST[claim.place])
    same = [claim for claim in claims if claim.key == best.key]
    order = ("og", "data", "heading", "title", "feed", "meta", "twitter", "micro")
    tidy = [claim for claim in same if not (claim.text.isupper() and len(claim.text) > 12)]
    return min(tidy or same, key=lambda claim: order.index(claim.place))
