"""What a page says about its feeds: links in its head, links in its text, its maker.

Pages are read by lexbor, as browsers read them, and only their first part: what names a
feed stands early. Which of the links are feeds, asking decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdesk.model.feed import Reply
from newsdesk.text import encoding, html, urls

LOOK_BYTES = 3_000_000
"""Of a page; links to feeds stand in the head or, at worst, in the footer."""
MOST_LINKS = 12
MOST_TEXT_LINKS = 6

FEED_TYPES = frozenset(
    (
        *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        *("application/feed+json", "application/rss", "application/atom"),
        *(
            "application/x-rss+xml",
            "application/x.atom+xml",
            "text/rss",
            "text/rss+xml",
        ),
        *("text/atom+xml", "application/xml+rss", "application/atomxml"),
    )
)
# Types of many things besides feeds: believed where address or title say feed.
LOOSE_TYPES = frozenset(
    ("application/json", "application/xml", "text/xml", "text/x-opml", "")
)
_FEED_PATH = re.compile(
    r"(?:^|/)(?:feeds?|rss\d?|atom|index\.rdf)/?$|\.(?:rss|atom|rdf)$|"
    r"(?:^|[/._-])(?:rss|feeds?|atom)(?:[._-][\w-]+)?\.(?:xml|json|php|aspx?)$|"
    r"^/feeds?/[\w./-]+$|(?:^|/)rss/[\w./-]+$|/index\.xml$",
    re.I,
)
_LONGEST_FEED_URL = 2_000
"""Characters. The time to look a path over grows with the square of its length."""
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed|format|type|output|alt|mode)=(?:rss\d?|atom|xml|feed)", re.I
)
_FEED_HOST = re.compile(r"^(?:feeds?|rss)\d?\.|(?:^|\.)feedburner\.com$", re.I)
_FEED_WORD = re.compile(r"\b(?:rss|atom|feeds?)\b", re.I)
_COMMENTS = re.compile(
    r"\bcomments?\b|\breplies\b|kommentare?\b|commentaires\b|coment[aá]rios?\b|"
    r"commenti\b|reacties\b|комментари",
    re.I,
)
_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*[^;,<>]{1,300}){0,8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that a page calls a feed."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """What a page says about feeds."""

    named: tuple[Link, ...] = ()
    """`<link rel=alternate>` and the `Link` header, in their order."""
    linked: tuple[Link, ...] = ()
    """Links in the text whose address or words say feed."""
    generator: str = ""
    title: str | None = None
    canonical_url: str | None = None
    refresh_url: str | None = None
    """Where a page without words of its own sends its readers."""


def links(reply: Reply) -> PageLinks:
    """What the page of a reply says about feeds. Never raises."""
    charset = encoding.charset(reply.header("content-type"))
    text = encoding.decode(reply.body[:LOOK_BYTES], http=charset).text
    tree = LexborHTMLParser(text)
    base = _base(tree, reply.final_url)
    named = [*_header_links(reply), *_head_links(tree, base)]
    return PageLinks(
        named=_each_once(named)[:MOST_LINKS],
        linked=_each_once(_text_links(tree, base))[:MOST_TEXT_LINKS],
        generator=_meta(tree, "generator"),
        title=_title(tree),
        canonical_url=_canonical(tree, base),
        refresh_url=_refresh(tree, base),
    )


def is_feed_like(url: str) -> bool:
    """Whether an address has the form of a feed's."""
    if len(url) > _LONGEST_FEED_URL:
        return False
    try:
        split = urlsplit(url)
    except ValueError:
        return False
    return bool(
        _FEED_PATH.search(split.path)
        or _FEED_QUERY.search(split.query)
        or _FEED_HOST.search(split.hostname or "")
    )


def is_about_comments(*words: str | None) -> bool:
    """Whether titles or addresses speak of readers' comments."""
    return any(_COMMENTS.search(word) for word in words if word)


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (urls.absolute(url, _attribute(node, "href")) if node else None) or url


def _header_links(reply: Reply) -> Iterator[Link]:
    """RFC 8288: `Link: <…>; rel="alternate"; type="application/rss+xml"`."""
    for name, value in reply.headers:
        if name != "link":
            continue
        for target, rest in _LINK_HEADER.findall(value[:20_000]):
            words = rest.lower()
            url = urls.absolute(reply.final_url, target.strip())
            if "alternate" in words and url and any(t in words for t in FEED_TYPES):
                yield Link(url=url)


def _head_links(tree: LexborHTMLParser, base: str) -> Iterator[Link]:
    for node in tree.css("link[rel][href], a[rel][type][href]"):
        rels = _attribute(node, "rel").lower().split()
        kind = _attribute(node, "type").lower().partition(";")[0].strip()
        if "alternate" not in rels and "feed" not in rels:
            continue
        url = urls.absolute(base, _attribute(node, "href").strip())
        title = html.fold(_attribute(node, "title")) or None
        if url and _is_feed_link(kind, url, title, rels):
            yield Link(url=url, title=title)


def _is_feed_link(kind: str, url: str, title: str | None, rels: list[str]) -> bool:
    if kind in FEED_TYPES or ("feed" in rels and not kind):
        return True
    # WordPress names its JSON interface the same way; it is no feed.
    if kind not in LOOSE_TYPES or "/wp-json" in url or "oembed" in url:
        return False
    return is_feed_like(url) or bool(kind and _FEED_WORD.search(title or ""))


def _text_links(tree: LexborHTMLParser, base: str) -> Iterator[Link]:
    """Links to feeds among a page's own, or on hosts that serve nothing but feeds."""
    home = urls.registrable(base)
    for node in tree.css("a[href]"):
        url = urls.absolute(base, _attribute(node, "href").strip())
        if url is None or not is_feed_like(url):
            continue
        is_own = urls.registrable(url) == home
        if is_own or _FEED_HOST.search(urls.host(url) or ""):
            words = _attribute(node, "title") or node.text(deep=True)
            yield Link(url=url, title=html.fold(words)[:100] or None)


def _each_once(found: list[Link] | Iterator[Link]) -> tuple[Link, ...]:
    first: dict[str, Link] = {}
    for link in found:
        first.setdefault(urls.canonical(link.url) or link.url, link)
    return tuple(first.values())


def _meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f"meta[name={name} i][content]")
    return _attribute(node, "content")[:200] if node else ""


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("title")
    return html.fold(node.text())[:200] or None if node else None


def _canonical(tree: LexborHTMLParser, base: str) -> str | None:
    node = tree.css_first("link[rel=canonical i][href]")
    return urls.absolute(base, _attribute(node, "href")) if node else None


def _refresh(tree: LexborHTMLParser, base: str) -> str | None:
    node = tree.css_first("meta[http-equiv=refresh i][content]")
    if node is None:
        return None
    _, _, target = _attribute(node, "content").partition("=")
    return urls.absolute(base, target.strip(" '\"")) if target else None


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
