"""Who wrote it: persons, from structured data, meta and bylines, best source first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsdesk.stages import read_jsonld
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
    "a[rel~=author], [itemprop=author], address a, "
    "[class*=byline], [class*=Byline], [class*=author-name], [class*=authorName], "
    "[class*=author_name], [class*=author__name], [class*=AuthorName], "
    "[class*=article-author], [class*=article__author], [class*=post-author], "
    "[class*=entry-author], .author, [id*=byline], [data-testid*=byline], "
    "[data-testid*=author]"
)
_NOT_OWN = re.compile(r"comment|related|sidebar|footer|teaser|card|recommend", re.I)


def authors(
    document: Document, clues: Clues, *, outlets: Sequence[str], feed: Sequence[str]
) -> tuple[str, ...]:
    """The persons who wrote it; where none is named, the desk or agency that did."""
    fallback: tuple[str, ...] = ()
    for raw in (_data(clues), _meta(clues), _visible(document, clues), tuple(feed)):
        found = names.people(raw, outlets=outlets)
        if any(names.is_person(name) for name in found):
            return found
        fallback = fallback or found
    return fallback


def _data(clues: Clues) -> tuple[str, ...]:
    for key in ("author", "creator", "contributor"):
        found = _names(clues.article.get(key), clues, 0)
        if found:
            return found
    return ()


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
    if named := clues.microdata.get("author"):
        return named
    found: list[str] = []
    for node in document.tree.css(_BYLINES)[:12]:
        text = line(node.text(separator=" ")[: MAX_BYLINE_CHARS + 1])
        above = node.parent
        around = f"{above.attributes.get('class') or ''}" if above else ""
        if not 3 < len(text) <= MAX_BYLINE_CHARS or _NOT_OWN.search(around):
            continue
        links = [line(link.text()) for link in node.css("a")[:6]]
        named = [
            one for one in links
            if 2 <= len(one.split()) <= 4 and names.people([one]) and one[0].isupper()
        ]
        if named:
            found.extend(named)
        elif _is_named(text):
            found.append(text)
        if found:
            break
    return tuple(found)


def _is_named(text: str) -> bool:
    """Whether a visible byline reads like a name and not like a button or a date."""
    people = names.people([text])
    return bool(people) and all(
        2 <= len(name.split()) <= 4 and name[0].isupper() for name in people
    )
