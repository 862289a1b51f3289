"""Who wrote it: persons, from structured data, meta and bylines, best source first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from newsdesk.stages import read_clues, read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.text import names

MAX_BYLINE_CHARS = 200
"""A longer element is no byline."""

_META = (
    "author", "article:author", "og:article:author", "article:author_name", "dc.creator",
    "dcterms.creator", "dc.contributor", "parsely-author", "sailthru.author",
    "citation_author", "byl", "byline", "authors", "article.author", "cxenseparse:author",
    "cxense:author", "article:opinion", "book:author", "twitter:creator_name",
)  # fmt: skip
_BYLINES = (
    "a[rel~=author], [itemprop=author], address a, [class*=byline i], "
    "[class*=author i], [id*=byline i], [data-testid*=byline i], [data-testid*=author i], "
    "[class*=written i], [class*=contributor i], [class*=reporter i], "
    "[class*=journalist i], "
    "[class*=autor i], [class*=auteur i], [class*=verfasser i], [class*=skribent i], "
    "[class*=yazar i], [class*=firma i]"
)
_PROFILES = ", ".join(
    f"a[href*='/{part}']"
    for part in ("author", "autor", "auteur", "contributor", "people/", "person/",
                 "profile/",
                 "staff/", "journalist", "reporter", "by/", "writers/", "producers/")
)  # fmt: skip
_AUTHOR_WORD = re.compile(r"author|autor|auteur|verfasser|skribent|yazar", re.I)
_BUTTON = re.compile(
    r"\b(?:read|sign|log|get|contact|policy|skip|menu|home|more|comments?|about|follow|view|"
    r"share|subscribe|account|inventory|photo|tours?|email|create|warranty|full|bio|all|"
    r"articles?|posts?|profile|website|login|search|reviews?|management|optimization)\b",
    re.I,
)
MAX_LOOKED_AT = 25
_SPOKEN = re.compile(
    r"^\s*(?:(?:written|posted|story|words|article|text)\s+)?(?:by|von|par|por|di|door|av|af|"
    r"autor(?:a|e)?|author)\s*:?\s+(?=\S)",
    re.I,
)
_NOT_OWN = re.compile(r"comment|related|sidebar|footer|teaser|card|recommend", re.I)


def authors(
    document: Document, clues: Clues, *, outlets: Sequence[str], feed: Sequence[str]
) -> tuple[str, ...]:
    """The persons who wrote it; where none is named, the desk or agency that did."""
    fallback: tuple[str, ...] = ()
    outlets = _without_owners(outlets, clues)
    for raw in (_data(clues), _meta(clues), _visible(document, clues), tuple(feed)):
        found = names.people(raw, outlets=outlets)
        if any(names.is_person(name) for name in found):
            return found
        fallback = fallback or found
    return fallback


def _without_owners(outlets: Sequence[str], clues: Clues) -> list[str]:
    """The outlet's names without those that are a person's: many sites bear the name of
    whoever writes them, in the name itself or only in handle and address."""
    site = names.folded(clues.first("og:site_name") or "")
    written = [one for name in _META for one in clues.meta.get(name, ())]
    owners = [one for one in _persons(clues) if names.may_be_personal(one)]
    owners += [
        one
        for one in written
        if names.may_be_personal(one) and names.folded(one) != site
    ]
    keys = {names.folded(one) for one in owners}
    bare = {names.folded(outlet): outlet for outlet in outlets}
    return [
        outlet
        for key, outlet in bare.items()
        if not any(one in key or key in one for one in keys)
    ]


def _data(clues: Clues) -> tuple[str, ...]:
    for key in ("author", "creator", "contributor"):
        found = _names(clues.article.get(key), clues, 0)
        if found:
            return found
    return ()


def _persons(clues: Clues) -> Iterator[str]:
    """Names that structured data calls those of persons."""
    for one in read_jsonld.items(clues.article.get("author")):
        one = read_jsonld.resolve(one, clues.nodes)
        if isinstance(one, dict) and "person" in read_jsonld.types(one):
            name = read_jsonld.text(one.get("name"))
            if name:
                yield line(name)


def _names(value: Any, clues: Clues, depth: int) -> tuple[str, ...]:
    if depth > 3:
        return ()
    gathered: list[str] = []
    for one in read_jsonld.items(value):
        one = read_jsonld.resolve(one, clues.nodes)
        if isinstance(one, str):
            if not one.startswith(("http://", "https://")):
                gathered.append(one)
        elif isinstance(one, dict):
            name = one.get("name")
            if isinstance(name, list):
                gathered.extend(_names(name, clues, depth + 1))
            elif text := read_jsonld.text(name):
                gathered.append(text)
            elif "givenName" in one or "familyName" in one:
                parts = (one.get("givenName"), one.get("familyName"))
                gathered.append(" ".join(p for p in parts if isinstance(p, str)))
        elif isinstance(one, list):
            gathered.extend(_names(one, clues, depth + 1))
    return tuple(line(name) for name in gathered if line(name))


def _meta(clues: Clues) -> tuple[str, ...]:
    for name in _META:
        found = tuple(
            one
            for one in clues.meta.get(name, ())
            if not one.startswith(("http://", "https://", "/", "@"))
        )
        if found and names.people(found):
            return found
    return ()


def _visible(document: Document, clues: Clues) -> tuple[str, ...]:
    """The names of the first byline that readers see."""
    if named := clues.microdata.get("author"):
        return named
    tree = document.tree
    below = read_clues.after_headline(tree)
    for nodes in (tree.css(_BYLINES), tree.css(_PROFILES), below):
        for node in nodes[:MAX_LOOKED_AT]:
            found = () if read_clues.is_aside(node) else _in_byline(node)
            if found:
                return found
    return ()


def _in_byline(node: LexborNode) -> tuple[str, ...]:
    above = node.parent
    around = f"{above.attributes.get('class') or ''}" if above else ""
    own = node.attributes.get("class") or ""
    text = line(node.text(separator=" ")[: MAX_BYLINE_CHARS + 1])
    if not 3 < len(text) <= MAX_BYLINE_CHARS or _NOT_OWN.search(f"{around} {own}"):
        return ()
    links = [line(link.text()) for link in node.css("a")[:6]]
    named = tuple(one for one in links if one != text and _is_named(one))
    if named and (_SPOKEN.match(text) or node.tag != "div"):
        return named
    is_told = bool(_SPOKEN.match(text))
    if node.tag in ("p", "div") and not is_told and not _AUTHOR_WORD.search(own):
        return named
    spoken = _DATE_TAIL.sub("", text)
    return (spoken,) if _is_named(spoken) else named


_DATE_TAIL = re.compile(
    r"\s*(?:[|•·,–—-]|\bon\b|\bat\b|\bpublished\b|\bupdated\b|\bposted\b|\bveröffentlicht\b)"
    r"(?:(?!\s[A-Z][a-z]+\s[A-Z][a-z]+).)*\d{4}.*$",
    re.I,
)


def _is_named(text: str) -> bool:
    """Whether a visible byline reads like a name and not like a button or a date."""
    people = names.people([text])
    return bool(people) and all(
        2 <= len(name.split()) <= 4
        and _NAME.match(name)
        and names.is_person(name)
        and not _BUTTON.search(name)
        for name in people
    )


_NAME = re.compile(
    r"^(?:[^\W\d_a-z][\w.'’-]*|(?:de|da|di|van|von|der|den|del|la|le|bin|al|ter|"
    r"dos|du|zu|y|e|el|af)\b)(?:\s+(?:[^\W\d_a-z][\w.'’-]*|(?:de|da|di|van|von|"
    r"der|den|del|la|le|bin|al|ter|dos|du|zu|y|e|el|af)\b))+$"
)
