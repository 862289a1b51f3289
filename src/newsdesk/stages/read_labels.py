"""Section and tags: what the outlet filed the article under, freed of what is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.text import names

MAX_TAGS = 20
MAX_LABEL_CHARS = 60
"""A longer one is a sentence."""

_MARKUP = re.compile(r"<[^<>]{0,200}>")
_DATE = re.compile(
    r"^[\d\s./:-]+$|^\d{1,2}\.? \w{3,9}\.? \d{4}$|^\w{3,9}\.? \d{1,2}, \d{4}$|"
    r"^\d{4}-\d{2}-\d{2}"
)
_INTERNAL = re.compile(
    r"^(?:type|section|tag|topic|subject|category|author|content|source|id|ads?|cms|"
    r"template|layout|page|site|lang|region|format|sponsored)\w{0,12}\s*[:=_]|"
    r"^https?:|^www\.|^[\w-]*\d{5,}[\w-]*$|[{}\[\]<>]",
    re.I,
)
"""Keywords that are meant for machines."""
_NOTHING = frozenset(
    "home homepage startseite start accueil inicio uncategorized uncategorised "
    "allgemein sincategoria nonclasse senzacategoria all alle article "
    "articles artikel default none null undefined general index page pages post posts blog "
    "story stories frontpage mainpage главная hjem etusivu forside strona".split()
)
# White space is taken from its start only, all at once: a run of it costs no more than
# its length.
_GAP = r"(?:(?<!\s)\s++)?+"
_LIST = re.compile(rf"{_GAP}[,;|，、]\s*")
_PATH = re.compile(rf"{_GAP}(?:>|»|/|::|\|)\s*")


def section(clues: Clues, sites: Sequence[str] = ()) -> str | None:
    """The section the article is filed under, as the page spells it, or None."""
    own = {names.folded(site) for site in sites}
    for raw in _sections(clues):
        for told in _PATH.split(_plain(raw)):
            label = _LIST.split(told)[0].strip()
            if _is_label(label, own):
                return label
    return None


def _sections(clues: Clues) -> Iterator[str]:
    for value in read_jsonld.items(clues.article.get("articleSection")):
        yield read_jsonld.text(value) or ""
    names_ = ("article:section", "parsely-section", "section", "og:article:section")
    for name in (*names_, "sailthru.section", "dc.subject", "category"):
        yield from clues.meta.get(name, ())[:2]
    for node in clues.nodes:
        if "breadcrumblist" in read_jsonld.types(node):
            yield from _crumbs(node, clues)


def _crumbs(node: read_jsonld.Node, clues: Clues) -> Iterator[str]:
    """The names on the way to the article, without the article itself."""
    titles = {names.folded(one) for one in (*clues.headings[:4], clues.title or "")}
    for step in read_jsonld.items(node.get("itemListElement"))[:8]:
        if not isinstance(step, dict):
            continue
        item = step.get("item")
        inner = item.get("name") if isinstance(item, dict) else None
        name = read_jsonld.text(step.get("name")) or read_jsonld.text(inner) or ""
        if names.folded(name) not in titles and len(name) <= 30:
            yield name


def tags(
    clues: Clues, given: Iterable[str], sites: Sequence[str] = ()
) -> tuple[str, ...]:
    """What the article is tagged with by its page, then by its feed: each once, in
    order; no names of the site, dates or machine words; at most 20."""
    own = {names.folded(site) for site in sites}
    told = [*_keywords(clues), *given]
    seen: dict[str, str] = {}
    for raw in told:
        label = _plain(raw).strip("#\"'“”„ ")
        key = names.folded(label)
        if key not in seen and _is_label(label, own):
            seen[key] = label
    return tuple(seen.values())[:MAX_TAGS]


def _keywords(clues: Clues) -> list[str]:
    """Of the places for keywords, those of the first that has any."""
    told: list[str] = []
    for value in read_jsonld.items(clues.article.get("keywords")):
        told.extend(_LIST.split(read_jsonld.text(value) or ""))
    if not told:
        for value in clues.meta.get("article:tag", ()):
            told.extend(_LIST.split(value))
    if not told:
        told.extend(_LIST.split(clues.first("news_keywords", "keywords") or ""))
    return told


def _plain(raw: str) -> str:
    text = unescape(unescape(raw)) if "&" in raw else raw
    return line(_MARKUP.sub(" ", text) if "<" in text else text)


def _is_label(label: str, own: set[str]) -> bool:
    key = names.folded(label)
    if not 1 < len(label) < MAX_LABEL_CHARS or not key or key in own:
        return False
    if key in _NOTHING or _INTERNAL.search(label):
        return False
    # A year may be a tag ("2024"); a day is when it was filed.
    return not _DATE.search(label) or re.fullmatch(r"(?:19|20)\d\d", label) is not None
