"""The article's own address: canonical where it can be trusted, and its AMP twin.

A page's claims are weighed against the address that answered. A claim that leads to
another site is not followed, but told: it is where a syndicated article comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.text import amp as amp_cache
from newsdesk.text import urls

MIN_SLUG = 12
"""Characters from which the last part of a path names an article, not a section."""
SHARED_WORDS = 0.5
"""Share of a headline's words in two paths that makes them of one article."""

_VARIANT_PART = re.compile(
    r"(?:google)?amp\d?(?:\.html?)?|index(?:\.\w{2,5})?|print|mobile|m|full|all|\d{1,2}|"
    r"single(?:-page)?|comments?|embed|story|article|amphtml|txt|view",
    re.I,
)
_AMP_SUFFIX = re.compile(r"(?<=.)[._-]amp(?=\.html?$|$)|\.amp(?=/|$)", re.I)
_VARIANT_HOST = re.compile(
    r"^(?:www\d?|m|mobile|mobil|amp|touch|wap|lite|beta|edition|web|3g|i)\.", re.I
)
_VARIANT_QUERY = re.compile(
    r"^(?:amp|amp=.*|output(?:type)?=(?:amp|1)|outputtype=amp|view=(?:amp|print|mobile)|"
    r"print=.*|mobile=.*|page=1|m=[01]|nomobile=.*|single=.*|platform=amp|format=amp|"
    r"noamp=.*|client=amp|usqp=.*|amp_.*|mode=amp)$",
    re.I,
)
_ID = re.compile(r"\d{5,}|[0-9a-f]{8,}(?=\b|[._-])", re.I)
_WORDS = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where an article is at home."""

    url: str
    """In its canonical form."""
    origin: str | None = None
    """The article on another site that the page says it is a copy of."""
    doubt: str | None = None
    """What was not believed, for a person."""

    @property
    def note(self) -> str | None:
        """What a person should know: where it comes from, and what was not believed."""
        told = (f"a copy of {self.origin}" if self.origin else None, self.doubt)
        return "; ".join(one for one in told if one) or None


def address(clues: Clues) -> Address:
    """The article's address, the origin it names elsewhere, and what was doubtful.

    A claim is believed where it differs from the address that answered only as variants
    of a page do, where it names the same article, or where two claims agree. One that
    names a front page, a section or another article is a template's mistake.
    """
    own = amp_cache.origin_url(clues.url) or clues.url
    own = urls.canonical(own) or own
    doubts: list[str] = []
    claims: list[tuple[str, str]] = []
    origin: str | None = None
    for said_by, raw in _claims(clues):
        claim = _resolved(own, raw)
        if claim is None:
            continue
        if claim == own and not claims:
            return Address(url=own, origin=origin or _source(clues, own))
        if _is_elsewhere(claim, own):
            if origin is None and not is_front(claim) and not _is_sister(claim, own):
                origin = claim
            doubts.append(f"{said_by} names another site ({urls.host(claim)})")
            continue
        claims.append((said_by, claim))
    chosen, more = _chosen(own, claims)
    told = "; ".join(dict.fromkeys((*doubts, *more))) or None
    return Address(url=chosen, origin=origin or _source(clues, own), doubt=told)


def _is_elsewhere(claim: str, own: str) -> bool:
    """Whether two addresses are of different publishers, if only by their names below a
    host that lends names to many."""
    if urls.host(claim) == urls.host(own):
        return False
    return urls.publishing(claim) != urls.publishing(own)


def amp(clues: Clues, document: Document | None = None) -> str | None:
    """The address of the AMP version: the page itself where it is one, else what it
    names, at the publisher's own address where it names the cache's."""
    named = clues.absolute(clues.link("amphtml"))
    if named is None and document is not None and is_amp(document):
        named = clues.url
    if named is None:
        return None
    own = urls.canonical(amp_cache.origin_url(named) or named)
    if own is None or (is_front(own) and not is_front(clues.url)):
        return None
    return own


def is_amp(document: Document) -> bool:
    """Whether the document says that it is an AMP page."""
    html = document.tree.css_first("html")
    names = html.attributes if html is not None else {}
    return any(name in names for name in ("amp", "⚡", "amp4email", "⚡4email"))


def is_front(url: str) -> bool:
    """Whether an address is that of a site's or a language's front page."""
    parts = _split(url)
    if parts is None:
        return False
    path = parts.path.strip("/").casefold()
    bare = path in ("", "index.html", "index.php", "home", "index.htm")
    short = len(path) in (2, 5) and path[:2].isalpha() and path[2:3] in ("", "-", "_")
    return (bare or short) and not parts.query


def _claims(clues: Clues) -> Iterator[tuple[str, str | None]]:
    yield "rel=canonical", clues.link("canonical")
    yield "og:url", clues.first("og:url")
    for key in ("mainEntityOfPage", "url", "@id"):
        named = read_jsonld.address_of(clues.article.get(key))
        if named and named.startswith(("http://", "https://")):
            yield "structured data", named


def _resolved(own: str, raw: str | None) -> str | None:
    """A claim as an address; None where it is none, or a placeholder."""
    if not raw or "{" in raw:
        return None
    found = urls.absolute(own, raw.strip())
    if found is None:
        return None
    found = urls.canonical(amp_cache.origin_url(found) or found)
    if found and own.startswith("https:") and urls.host(found) == urls.host(own):
        # The address that answered is secure: so is the canonical one there.
        found = found.replace("http:", "https:", 1)
    return found


def _chosen(own: str, claims: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """The address among a page's own and its claims, and the claims not believed."""
    doubts: list[str] = []
    keys = [urls.key(claim) for _, claim in claims]
    for said_by, claim in claims:
        why = _unlikely(own, claim)
        if why is None and not _is_variant(own, claim):
            backed = keys.count(urls.key(claim)) > 1
            contested = urls.key(own) in keys
            if not backed and (contested or not _same_article(own, claim)):
                why = "another article" if not _same_article(own, claim) else None
                why = why or ("another address" if contested else None)
        if why is None:
            return claim, doubts
        doubt = f"{said_by} names {why}"
        if doubt not in doubts:
            doubts.append(doubt)
    return own, doubts


def _unlikely(own: str, claim: str) -> str | None:
    """Why a claim cannot be the article's address, or None."""
    if is_front(claim) and not is_front(own):
        return "a front page"
    mine, theirs = _split(own), _split(claim)
    if mine is None or theirs is None:
        return "no address"
    here, there = _parts(mine), _parts(theirs)
    if len(there) < len(here) and here[: len(there)] == there:
        dropped = [
            one for one in here[len(there) :] if not _VARIANT_PART.fullmatch(one)
        ]
        if any(len(one) >= MIN_SLUG or _ID.search(one) for one in dropped):
            return "a section"
    if here == there and _telling(mine.query) and not theirs.query:
        # /article.php?id=1234: without its query the path names nothing.
        last = here[-1] if here else ""
        if len(last) < MIN_SLUG and not _ID.search(last):
            return "an address without its query"
    return None


def _telling(query: str) -> bool:
    """Whether a query may say which article is shown."""
    parts = [one for one in query.split("&") if not _VARIANT_QUERY.match(one)]
    return any(re.search(r"\d{2,}|[\w-]{12,}", one.partition("=")[2]) for one in parts)


def _is_variant(own: str, claim: str) -> bool:
    """Whether two addresses differ as mobile, AMP or print versions do, or one just
    says less in its query."""
    mine, theirs = _stem(own), _stem(claim)
    return mine[:2] == theirs[:2] and set(theirs[2]) <= set(mine[2])


def _stem(url: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Host, path and query without what tells versions of a page apart."""
    parts = _split(url)
    if parts is None:
        return url, (), ()
    host = (parts.hostname or "").lower()
    while _VARIANT_HOST.match(host) and host.count(".") > 1:
        host = _VARIANT_HOST.sub("", host, count=1)
    kept = [one for one in _parts(parts) if not _VARIANT_PART.fullmatch(one)]
    path = tuple(_AMP_SUFFIX.sub("", one) for one in kept)
    query = (one for one in parts.query.split("&") if one)
    return host, path, tuple(one for one in query if not _VARIANT_QUERY.match(one))


def _same_article(own: str, claim: str) -> bool:
    """Whether two paths share an id or most of a headline's words."""
    mine, theirs = _split(own), _split(claim)
    if mine is None or theirs is None:
        return False
    here, there = unquote(mine.path + mine.query), unquote(theirs.path + theirs.query)
    if set(_ID.findall(here)) & set(_ID.findall(there)):
        return True
    last = set(_WORDS.findall((_parts(mine) or [""])[-1].casefold()))
    other = set(_WORDS.findall((_parts(theirs) or [""])[-1].casefold()))
    if not last or not other:
        return False
    return len(last & other) >= SHARED_WORDS * min(len(last), len(other))


def _source(clues: Clues, own: str) -> str | None:
    """The original that a page says it was taken from, on another site."""
    told = [
        clues.first("syndication-source", "original-source"),
        read_jsonld.address_of(clues.article.get("isBasedOn")),
    ]
    for raw in told:
        claim = _resolved(own, raw)
        if claim and urls.registrable(claim) != urls.registrable(own):
            return None if is_front(claim) else claim
    return None


def _is_sister(claim: str, own: str) -> bool:
    """Whether two sites are one name under two endings, or share a host."""
    one, other = urls.registrable(claim) or "", urls.registrable(own) or ""
    return one.partition(".")[0] == other.partition(".")[0]


def _parts(parts: SplitResult) -> list[str]:
    return [unquote(one) for one in parts.path.casefold().split("/") if one]


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
