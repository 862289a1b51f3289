"""What elements are called, whatever namespace or capitals a feed gave them.

`{http://purl.org/dc/elements/1.1/}creator`, `dc:creator` without a declaration and
`DC:Creator` are all `dc:creator`; elements of the dialects themselves have no prefix.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

_CORE = frozenset(
    """http://www.w3.org/2005/atom http://purl.org/atom/ns http://purl.org/rss/1.0
    http://my.netscape.com/rdf/simple/0.9 http://channel.netscape.com/rdf/simple/0.9
    http://backend.userland.com/rss http://backend.userland.com/rss2
    http://backend.userland.com/rss091 http://blogs.law.harvard.edu/tech/rss
    http://cyber.law.harvard.edu/rss http://my.netscape.com/publish/formats/rss-0.91.dtd
    http://www.sitemaps.org/schemas/sitemap/0.9 http://www.google.com/schemas/sitemap/0.84
    http://www.google.com/schemas/sitemap/0.9 http://purl.org/net/rss1.1
    http://purl.org/rss/2.0 http://purl.org/pie http://purl.org/echo
    http://example.com/necho http://my.netscape.com/rdf/simple/0.90""".split()
)
_PREFIXES = {
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/rss": "media",
    "http://tools.search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtds/podcast": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://prismstandard.org/namespaces/basic/2.0": "prism",
    "http://prismstandard.org/namespaces/1.2/basic": "prism",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://purl.org/rss/1.0/modules/rss091": "",
    "http://www.w3.org/2007/app": "app",
    "http://purl.org/atom/app": "app",
}
_KNOWN = frozenset(prefix for prefix in _PREFIXES.values() if prefix)
_ATOM_PREFIXES = frozenset(("atom", "atom10", "atom03", "a10", "rss", "xhtml"))


@lru_cache(maxsize=4096)
def canonical(tag: str, prefix: str | None, core: str) -> str:
    """The name of an element; `core` is the namespace of the feed's root."""
    space, _, local = tag.rpartition("}")
    space = space[1:]
    local = local.lower()
    if not space:
        given, _, rest = local.rpartition(":")
        return _prefixed(given, rest) if given else local
    folded = space.strip().lower().rstrip("/#").replace("https://", "http://")
    if folded in _PREFIXES:
        return _join(_PREFIXES[folded], local)
    if space == core or folded in _CORE or "/atom/ns" in folded:
        return local
    return _prefixed((prefix or "").lower(), local)


def name(element: etree._Element, core: str) -> str:
    """The name of an element; empty for what is no element."""
    tag = element.tag
    return canonical(tag, element.prefix, core) if isinstance(tag, str) else ""


def space(element: etree._Element) -> str:
    """The namespace of an element, empty where it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if tag[0] == "{" else ""


def _prefixed(prefix: str, local: str) -> str:
    """By the prefix where the namespace tells us nothing."""
    if prefix in _KNOWN:
        return _join(prefix, local)
    return local if prefix in _ATOM_PREFIXES else f"?:{local}"


def _join(prefix: str, local: str) -> str:
    return f"{prefix}:{local}" if prefix else local
