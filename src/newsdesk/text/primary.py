"""Which links of a text lead to where things are from: official pages, papers, filings,
courts' documents, data and code. Addresses only: nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

MAX_LINKS = 200
"""Links of one text that are looked at."""

_LINK = re.compile(r"<a href=\"(https?://[^\"]{4,500})\"")
"""As `text.clean_html` writes them."""
_OFFICIAL = re.compile(
    r"(?:^|\.)(?:gov|mil|int|gouv|gob|govt|gub)(?:\.[a-z]{2})?$"
    r"|(?:^|\.)(?:europa\.eu|admin\.ch|bund\.de|gov\.[a-z]{2,3}|go\.(?:jp|kr|th|id|ke)"
    r"|parliament\.uk|bundestag\.de|gc\.ca|canada\.ca|regeringen\.se|overheid\.nl"
    r"|rijksoverheid\.nl|governo\.it|camera\.it|senato\.it|un\.org|oecd\.org"
    r"|worldbank\.org|imf\.org)$"
)
_COURT = re.compile(
    r"(?:^|\.)(?:courtlistener\.com|documentcloud\.org|justia\.com|uscourts\.gov"
    r"|icc-cpi\.int|icj-cij\.org|echr\.coe\.int|curia\.europa\.eu|bailii\.org)$"
)
_PAPER = re.compile(
    r"(?:^|\.)(?:doi\.org|arxiv\.org|biorxiv\.org|medrxiv\.org|ssrn\.com|osf\.io"
    r"|zenodo\.org|openreview\.net|aclanthology\.org|jstor\.org|pnas\.org|plos\.org"
    r"|nejm\.org|thelancet\.com|cell\.com|jamanetwork\.com|acm\.org|ieee\.org"
    r"|ncbi\.nlm\.nih\.gov|semanticscholar\.org|hal\.science|springer\.com)$"
    r"|^(?:www\.)?(?:nature|science)\.(?:com|org)$"
)
_SCHOOL = re.compile(r"(?:^|\.)(?:edu|ac)(?:\.[a-z]{2})?$")
_WORK = re.compile(r"(?:^|\.)(?:github\.com|gitlab\.com|huggingface\.co|data\.world)$")


def kind(url: str) -> str | None:
    """What an address is a source of first hand, for a person: `an official page`, `a
    paper` …; None: it is none that we know."""
    split = urlsplit(url)
    host = (split.hostname or "").lower()
    path = split.path
    if _COURT.search(host):
        return "a court's document"
    if _PAPER.search(host) and len(path) > 1:
        return "a paper"
    if _OFFICIAL.search(host):
        return "an official page"
    if _SCHOOL.search(host) and len(path) > 1:
        return "a university's page"
    if path.lower().endswith((".pdf", ".csv", ".xlsx")):
        return "a document"
    if _WORK.search(host) and path.count("/") > 1:
        return "code or data"
    return None


def sources(html: str, own: str) -> tuple[tuple[str, str], ...]:
    """Hosts of first-hand sources that clean HTML links to, each once with what it is;
    `own`, a registrable domain, is none."""
    return tuple(dict(_sources(html, own)).items())


def _sources(html: str, own: str) -> Iterator[tuple[str, str]]:
    for place, found in enumerate(_LINK.finditer(html)):
        if place >= MAX_LINKS:
            return
        url = found.group(1)
        try:
            host = (urlsplit(url).hostname or "").lower()
            what = kind(url)
        except ValueError:
            continue
        if what and host != own and not host.endswith(f".{own}"):
            yield host.removeprefix("www."), what
