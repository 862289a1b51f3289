"""Who wrote it: persons, from structured data, meta and bylines, best source first.

The byline that readers see is read by `read_byline`; how names are taken apart is for
`names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from newsdesk.stages import read_byline, read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.text import names

_META = (
    "author", "article:author", "og:article:author", "article:author_name", "dc.creator",
    "dcterms.creator", "dc.contributor", "parsely-author", "sailthru.author",
    "citation_author", "byl", "byline", "authors", "article.author", "cxenseparse:author",
    "cxense:author", "article:opinion", "book:author", "twitter:creator_name",
    "dcterms.contributor", "dc.creator.personalname", "author_name", "articleauthor",
    "article-author", "author-name", "mrf:authors", "news_author", "og:author",
    "cxenseparse:articleauthor", "bt:author", "vr:author", "page_author", "content_author",
)  # fmt: skip
_AUTHOR_LABEL = "twitter:label1", "twitter:label2", "twitter:label3"
_LABELS = re.compile(
    r"^(?:written by|author|posted by|verfasst von|geschrieben von|écrit par|escrito por|"
    r"scritto da|geschreven door|napisane przez|автор|auteur|autor)$",
    re.I,
)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|e)?|auteurs?|contributors?|people|persons?|profiles?|staff|"
    r"journalists?|reporters?|by|writers?|redaktion|team|columnists?|firmas?)/"
    r"(?:\d+[-/])?([a-z]+(?:[-_.][a-z]+){1,3})(?:[-_/.]\d+)?/?(?:\.html?)?$",
    re.I,
)
_HANDLE = re.compile(r"^[a-z0-9_.-]+$|\d|_")
"""A user's name rather than a person's."""


def authors(
    document: Document, clues: Clues, *, outlets: Sequence[str], feed: Sequence[str]
) -> tuple[str, ...]:
    """The persons who wrote it; where none is named, the desk or agency that did, and
    where a page names nobody but its own outlet as the author, that."""
    fallbacks: list[tuple[int, tuple[str, ...]]] = []
    outlets = _without_owners(outlets, clues)
    told: list[tuple[str, ...]] = [_data(clues), *_meta(clues)]
    for raw in (*told, None, tuple(feed)):
        if raw is None:
            # A page that names a desk has no byline but where bylines stand.
            has_desk = any(rank == 2 for rank, _ in fallbacks)
            raw = read_byline.visible(document, clues, only_near=has_desk)
        found = names.people(raw, outlets=outlets)
        rank = _rank(found)
        if rank == 3:
            return found
        if rank:
            fallbacks.append((rank, found))
    if not fallbacks:
        profiled = names.people(_profiles(clues), outlets=outlets)
        return profiled or names.people([name for raw in told for name in raw])[:1]
    return max(fallbacks, key=lambda one: one[0])[1]


def _rank(found: Sequence[str]) -> int:
    """How good names are: 3 persons, 2 a desk or agency, 1 a handle, 0 none at all."""
    if not found:
        return 0
    persons = [name for name in found if names.is_person(name)]
    if not persons:
        return 2
    return 1 if all(_HANDLE.search(name) for name in persons) else 3


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
    """The names in structured data: of the article's own node, else of another node that
    has the same headline or address."""
    for node in (clues.article, *_twins(clues)):
        for key in ("author", "authors", "creator", "contributor"):
            found = _names(node.get(key), clues, 0)
            if found:
                return found
    return ()


def _twins(clues: Clues) -> Iterator[read_jsonld.Node]:
    own = clues.article
    title = names.folded(read_jsonld.text(own.get("headline")) or clues.title or "")
    for node in clues.nodes:
        if node is own or not read_jsonld.is_article(node):
            continue
        other = names.folded(read_jsonld.text(node.get("headline")) or "")
        if other and title and (other.startswith(title) or title.startswith(other)):
            yield node


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
            if not one.startswith(("http://", "https://", "/", "@")):
                gathered.append(one)
        elif isinstance(one, dict):
            gathered.extend(_named(one, clues, depth))
        elif isinstance(one, list):
            gathered.extend(_names(one, clues, depth + 1))
    return tuple(told for name in gathered if (told := line(name)))


def _named(node: dict[str, Any], clues: Clues, depth: int) -> tuple[str, ...]:
    """The name or names of one node, however its keys spell that."""
    name = node.get("name") or node.get("@value") or node.get("@list")
    if isinstance(name, list | dict):
        return _names(name, clues, depth + 1)
    if text := read_jsonld.text(name):
        return (text,)
    parts = (node.get("givenName"), node.get("familyName"))
    told = " ".join(part for part in parts if isinstance(part, str)).strip()
    if told:
        return (told,)
    # A list written as an object: {"0": {...}, "1": {...}}.
    numbered = [value for key, value in node.items() if key.isdigit()]
    return _names(numbered, clues, depth + 1) if numbered else ()


def _meta(clues: Clues) -> Iterator[tuple[str, ...]]:
    """The names in meta, one source after another."""
    for name in _META:
        found = tuple(one for one in clues.meta.get(name, ()) if not _is_link(one))
        if found:
            yield found
    for label in _AUTHOR_LABEL:
        if _LABELS.match(clues.first(label) or ""):
            yield clues.meta.get(label.replace("label", "data"), ())


def _is_link(value: str) -> bool:
    return value.startswith(("http://", "https://", "//", "/", "@"))


def _profiles(clues: Clues) -> tuple[str, ...]:
    """Names spelled out in addresses of profiles, where nothing else names anybody."""
    told = [*clues.meta.get("article:author", ()), *clues.meta.get("author", ())]
    for one in read_jsonld.items(clues.article.get("author")):
        address = one if isinstance(one, str) else read_jsonld.address_of(one)
        told.append(address or "")
    found = []
    for address in told:
        spelled = (
            _PROFILE.search(unquote(urlsplit(address).path)) if "/" in address else None
        )
        if spelled:
            found.append(re.sub(r"[-_.]", " ", spelled[1]).title())
    return tuple(dict.fromkeys(found))
