"""What a page says about itself, gathered once: meta, links, structured data, headings.

Nothing is judged here; the readers of single fields choose among the clues.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdesk.stages import read_jsonld, read_microdata
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_jsonld import Node
from newsdesk.text import urls

MAX_META = 600
MAX_TIMES = 40
MAX_HEADINGS = 12
MAX_FOLLOWING = 12
"""Nodes after the headline that are looked at, white space included."""
MAX_WALKED = 400
"""Nodes of one heading that are walked over; one left open holds the whole page."""
MIN_HEADING = 8
"""Characters that must be left of a heading without its kicker."""
MAX_CLIMBED = 4
"""Elements around the headline whose following siblings are looked at."""
MAX_VALUE = 20_000
"""Characters of one value; longer ones are no fields."""

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
"""Characters without a sign: hyphens that only show at line ends, marks of direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMark:
    """A `time` element."""

    value: str
    """Its `datetime` attribute, else its text."""
    role: str
    """Its itemprop, class and pubdate in lower case, as far as given."""
    is_aside: bool
    """It stands in a list of other articles, a comment or a footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """All that a page says about itself."""

    url: str
    meta: Mapping[str, tuple[str, ...]]
    """Contents by lower-case name, property, itemprop or http-equiv."""
    links: tuple[tuple[str, str], ...]
    """(rel in lower case, href) of the head's links."""
    nodes: tuple[Node, ...]
    article: Node
    """The structured data of the article; empty where there is none."""
    title: str | None
    headings: tuple[str, ...]
    """Texts of h1, in order."""
    times: tuple[TimeMark, ...]
    html_lang: str | None
    microdata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values of a few itemprops in the body, in order."""
    trail: frozenset[int] = frozenset()
    """Ids of the elements around the headline: none of them is an aside."""
    base: str = ""
    """Where relative addresses start; empty: at `url`."""

    def absolute(self, address: str | None) -> str | None:
        """An address of the page as browsers read it, or None where it is none."""
        return urls.absolute(self.base or self.url, address)

    def first(self, *names: str) -> str | None:
        """The first content among these names, in the order of the names."""
        return next((one for name in names for one in self.meta.get(name, ())), None)

    def link(self, rel: str) -> str | None:
        """The first link of a relation."""
        return next((href for name, href in self.links if rel in name.split()), None)


def clues(document: Document) -> Clues:
    """What the document says about itself; empty fields where it is silent."""
    tree = document.tree
    meta = _meta(tree.css("meta"))
    links = _links(tree.css("link[rel]"))
    nodes = read_jsonld.nodes(
        [_code(node) for node in tree.css("script")[: read_jsonld.MAX_SCRIPTS]]
    )
    title = _title(tree.css("title"))
    headers = [(node, heading_text(node)) for node in tree.css("h1")[:MAX_HEADINGS]]
    headings = tuple(text for _, text in headers if text)
    trail = _trail(headers)
    said = [meta.get(name, ("",))[0] for name in ("og:title", "twitter:title")]
    canonical = next((href for rel, href in links if rel == "canonical"), document.url)
    article = read_jsonld.article(
        nodes,
        urls=(document.url, canonical, *meta.get("og:url", ())[:1]),
        titles=[one for one in (*said, title or "", *headings) if one],
    )
    if not read_jsonld.is_article(article) and "itemtype" in document.html:
        marked = read_microdata.article(tree, trail)
        article = marked or article
        nodes = (*nodes, marked) if marked else nodes
    html = tree.css_first("html")
    return Clues(
        url=document.url,
        meta=meta,
        links=links,
        nodes=nodes,
        article=article,
        title=title,
        headings=headings,
        times=_times(tree.css("time"), trail),
        html_lang=(html.attributes.get("lang") if html else None) or None,
        microdata=_microdata(tree.css("[itemprop]"), trail),
        trail=trail,
        base=base(document),
    )


def base(document: Document) -> str:
    """Where the page's relative addresses start: what its first `base` names, else the
    address that answered."""
    node = document.tree.css_first("base[href]")
    named = node.attributes.get("href") if node is not None else None
    return urls.absolute(document.url, (named or "").strip()) or document.url


def line(text: str | None) -> str:
    """The text on one line: white space folded, invisible characters dropped."""
    if not text:
        return ""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    return _SPACE.sub(" ", text).strip()


def _code(node: LexborNode) -> str:
    kind = node.attributes.get("type") or ""
    return (node.text() or "") if "ld+json" in kind.lower() else ""


def _meta(found: list[LexborNode]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for node in found[:MAX_META]:
        attributes = node.attributes
        content = line((attributes.get("content") or "")[:MAX_VALUE])
        if not content:
            continue
        names = {
            (attributes.get(key) or "").strip().lower()
            for key in ("property", "name", "itemprop", "http-equiv")
        }
        for name in names - {""}:
            gathered.setdefault(name, []).append(content)
    return {name: tuple(values) for name, values in gathered.items()}


def _links(found: list[LexborNode]) -> tuple[tuple[str, str], ...]:
    links = []
    for node in found[:300]:
        rel = (node.attributes.get("rel") or "").lower()
        href = (node.attributes.get("href") or "").strip()
        if href and len(href) < 4000:
            links.append((rel, href))
    return tuple(links)


def _title(found: list[LexborNode]) -> str | None:
    texts = (line(node.text()[:2000]) for node in found[:4])
    return next((text for text in texts if text), None)


def _times(found: list[LexborNode], trail: frozenset[int]) -> tuple[TimeMark, ...]:
    marks = []
    for node in found[:MAX_TIMES]:
        attributes = node.attributes
        value = attributes.get("datetime") or attributes.get("content") or ""
        value = line(value) or line((node.text() or "")[:200])
        if not value:
            continue
        role = " ".join(
            key if key == "pubdate" else attributes.get(key) or ""
            for key in ("itemprop", "class", "pubdate", "data-testid", "title")
            if key in attributes
        )
        marks.append(
            TimeMark(
                value=value[:100],
                role=role.lower()[:200],
                is_aside=is_aside(node, trail),
            )
        )
    return tuple(marks)


_BREAKS = frozenset("br p div h2 h3 li".split())
_UNHEARD = re.compile(
    r"sr-only|visually-?hidden|screen-?reader|hidden-label|kicker|topline|top-line|overline|"
    r"over-title|eyebrow|dachzeile|surtitre|sur-titre|rubri[ck]|volanta|epigraf|antetitulo|"
    r"pre-?title|supertitle|super-title|occhiello|vignette|headline-?prefix|flag-?label",
    re.I,
)
"""Classes of what is in a heading's element but no part of it."""


def heading_text(node: LexborNode) -> str:
    """The text of a heading, its lines and boxes parted by spaces, without what is only
    for screen readers."""
    if node.css_first("br, p, div, span, small, h2, h3, li") is None:
        return line(node.text())
    whole: list[str] = []
    own: list[str] = []
    for leaf in islice(node.traverse(include_text=True), MAX_WALKED):
        if leaf.tag == "-text":
            above = leaf.parent
            whole.append(leaf.text() or "")
            if above is None or not _UNHEARD.search(
                above.attributes.get("class") or ""
            ):
                own.append(whole[-1])
        elif leaf.tag in _BREAKS or _is_box(leaf):
            whole.append(" ")
            own.append(" ")
    told = line("".join(own))
    return told if len(told) >= MIN_HEADING else line("".join(whole))


def _is_box(node: LexborNode) -> bool:
    """Whether an inline element stands by itself: a kicker, a label, a second line."""
    return node.tag in ("span", "small") and bool(node.attributes.get("class"))


def _trail(headers: list[tuple[LexborNode, str]]) -> frozenset[int]:
    """Ids of what is around the longest heading."""
    if not headers:
        return frozenset()
    node: LexborNode | None = max(headers[:4], key=lambda one: len(one[1]))[0]
    around: list[int] = []
    while node is not None and len(around) < 60:
        around.append(node.mem_id)
        node = node.parent
    return frozenset(around)


_ASIDE = re.compile(
    r"related|recommend|sidebar|teaser|promo|comment|popular|trending|latest|carousel|"
    r"most-?read|more-?(?:from|news|stories)|footer|newsletter|"
    r"(?<!elementor-)(?<!elementor_)widget(?!-(?:wrap|container))",
    re.I,
)
_HOLDERS = frozenset(
    "p div span ul ol section address header footer aside dl h2 h3".split()
)


def around_headline(tree: LexborHTMLParser) -> list[LexborNode]:
    """The elements that follow the first h1, where a byline often stands: its own
    siblings, then those of what is around it."""
    node = tree.css_first("h1")
    found: list[LexborNode] = []
    for _ in range(MAX_CLIMBED):
        above = node.parent if node is not None else None
        for _ in range(MAX_FOLLOWING):
            node = node.next if node is not None else None
            if node is None:
                break
            if node.tag in _HOLDERS:
                found.append(node)
        node = above
        if node is None or node.tag in ("body", "html", "main") or len(found) > 8:
            break
    return found


def is_aside(node: LexborNode, trail: frozenset[int] = frozenset()) -> bool:
    """Whether an element's nearest ancestors say that it belongs to something else; what
    is around the headline too (`trail`) does not."""
    above = node.parent
    for _ in range(8):
        if above is None or above.tag in ("body", "html", "main"):
            return False
        if trail and above.mem_id in trail:
            return False
        if above.tag in ("footer", "nav"):
            return True
        named = (
            f"{above.attributes.get('class') or ''} {above.attributes.get('id') or ''}"
        )
        if _ASIDE.search(named):
            return True
        above = above.parent
    return False


_WANTED = frozenset(
    "headline datepublished datemodified datecreated author name description".split()
)


def _microdata(
    found: list[LexborNode], trail: frozenset[int]
) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for node in found[:400]:
        attributes = node.attributes
        name = (attributes.get("itemprop") or "").strip().lower()
        if name not in _WANTED or node.tag == "meta":
            continue
        value = attributes.get("content") or attributes.get("datetime") or ""
        value = line(value) or line((node.text() or "")[:400])
        if name == "author" and (
            is_aside(node, trail) or read_microdata.is_of_comment(node)
        ):
            continue
        if value and name == "author":
            inner = node.css_first("[itemprop=name]")
            value = line(inner.text()[:200]) if inner else value
        if value and len(gathered.setdefault(name, [])) < 12:
            gathered[name].append(value)
    return {name: tuple(values) for name, values in gathered.items()}
