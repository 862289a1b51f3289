"""What elements are called, whatever namespace or capitals a feed gave them.

`{http://purl.org/dc/elements/1.1/}creator`, `dc:creator` without a declaration and
`DC:Creator` are all `dc:creator`; elements of the dialects themselves have no prefix.
A second table says what a name is good for: the place where readers look for it.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers look for an element."""

    slot: str
    """What it is good for; elements that no reader wants have an empty one."""
    rank: int
    """The order of preference within the slot, 0 first."""
    is_html: bool
    """Whether its text is HTML unless its type says otherwise."""


_NOWHERE = Place("", 0, False)
# A slot and the names that fill it, best first; `|` joins equals, `*` marks HTML.
_SLOTS = {
    "item": "item|entry",
    "items": "items|entries|rdf:items",
    "title": "title dc:title media:title itunes:title",
    "summary": "*description|summary *abstract|tagline|subtitle *dc:description "
    "itunes:summary dcterms:abstract media:description itunes:subtitle",
    "content": "*content:encoded content *fullitem *xhtml:body *body *xhtml:div",
    "link": "feedburner:origlink link",
    "guid": "guid id dc:identifier",
    "published": "published pubdate issued dcterms:issued dc:date dcterms:available "
    "prism:publicationdate news:publication_date dcterms:created created dcterms:date date",
    "updated": "updated modified dcterms:modified lastbuilddate prism:modificationdate "
    "app:edited lastmod",
    "author": "author dc:creator dc:author creator itunes:author",
    "tag": "category dc:subject media:category itunes:category",
    "keywords": "news:keywords media:keywords itunes:keywords",
    "language": "dc:language language news:language",
    "source": "source",
    "image": "media:content enclosure",
    "thumbnail": "media:thumbnail itunes:image image googleplay:image",
    "group": "media:group",
    "name": "name news:name",
}
_ALONE = (
    "email url ttl skiphours skipdays sy:updateperiod sy:updatefrequency loc news:news "
    "news:publication news:title image:image image:loc image:title media:credit"
)


def _places() -> dict[str, Place]:
    found = {name: Place(name, 0, False) for name in _ALONE.split()}
    for slot, names in _SLOTS.items():
        for rank, equals in enumerate(names.split()):
            for name in equals.split("|"):
                bare = name.lstrip("*")
                found[bare] = Place(slot, rank, name != bare)
    return found


_PLACES = _places()


def place(element: etree._Element, core: str) -> Place:
    """Where readers look for an element; the place for nothing if nobody wants it."""
    return _PLACES.get(name(element, core), _NOWHERE)


@lru_cache(maxsize=4096)
def canonical(tag: str, prefix: str | None, core: str) -> str:
    """The name of an element; `core` is the namespace of the feed's root."""
    space, _, local = tag.rpartition("}")
    space = space[1:]
    local = local.lower()
    if not space:
        given, mark, rest = local.rpartition(":")
        return rest if given + mark == core or not given else _prefixed(given, rest)
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
    """The namespace of an element; of a prefix that nobody declared, the prefix and `:`."""
    tag = str(element.tag)
    if tag[0] == "{":
        return tag[1:].partition("}")[0]
    prefix, mark, _ = tag.lower().rpartition(":")
    return prefix + mark


def _prefixed(prefix: str, local: str) -> str:
    """By the prefix where the namespace tells us nothing."""
    if prefix in _KNOWN:
        return _join(prefix, local)
    return local if prefix in _ATOM_PREFIXES else f"?:{local}"


def _join(prefix: str, local: str) -> str:
    return f"{prefix}:{local}" if prefix else local
