"""Who publishes an article: one identity per registrable domain.

Addresses of AMP caches and aggregators are resolved to the publisher where they say who
that is. What a provider's logo looks like is for others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from newsdesk.model.article import Provider, Reading
from newsdesk.text import names, urls

_AMP_CACHES = ("cdn.ampproject.org", "bing-amp.com", "amp.cloudflare.com")
_AMP_PATH = re.compile(r"^/(?:amp/|[cvi]/)?(?:[civ]/)?(?:s/)?([\w-]+(?:\.[\w-]+)+/.*)$")
_FORWARDERS = frozenset(
    {"google.com", "bing.com", "facebook.com", "yahoo.com", "feedproxy.google.com",
     "flipboard.com", "reddit.com", "t.co", "lnkd.in", "linkedin.com"}
)  # fmt: skip
_TARGET_KEYS = ("url", "u", "q", "target", "dest", "link", "to")


def provider(
    reading: Reading,
    article_url: str,
    known: Mapping[str, Provider],
    source_title: str | None = None,
) -> Provider:
    """Who publishes it: as the site knows them, else under the name that page, feed or
    domain give. `known` is by domain."""
    address = (
        publisher_url(reading.web_url) or publisher_url(article_url) or article_url
    )
    domain = urls.publishing(address) or urls.host(address) or ""
    host = (urls.host(address) or "").removeprefix("www.")
    for place in (host, domain):
        if place in known:
            return known[place]
    name = _name(reading.site_name, domain) or _feed_name(source_title, domain)
    return Provider(domain=domain, name=name or domain)


def publisher_url(address: str) -> str:
    """The publisher's own address behind an AMP cache or a forwarder; else unchanged."""
    for _ in range(3):
        resolved = _behind(address)
        if resolved is None or resolved == address:
            break
        address = resolved
    return address


def _behind(address: str) -> str | None:
    host = urls.host(address) or ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    cached = any(host == cache or host.endswith(f".{cache}") for cache in _AMP_CACHES)
    domain = urls.registrable(address) or ""
    viewer = domain.startswith("google.") and parts.path.startswith("/amp/")
    if cached or viewer:
        found = _AMP_PATH.match(unquote(parts.path))
        return f"https://{found[1]}" if found else None
    if domain in _FORWARDERS:
        for key, value in parse_qsl(parts.query):
            if key in _TARGET_KEYS and value.startswith(("http://", "https://")):
                return value
    return None


def _name(raw: str | None, domain: str) -> str | None:
    """A site's name, unless it is only a word for what every site has."""
    name = names.site_name(raw)
    if name is None or names.folded(name) in _NO_NAMES:
        return None
    return name if name.casefold() != domain else domain


def _feed_name(title: str | None, domain: str) -> str | None:
    """The outlet's name in the title of its feed, which often names a section too:
    the part that its domain bears out, or else the whole where it has but one part."""
    split = (_without_feed_words(part) for part in _SEPARATORS.split(title or ""))
    parts = [part for part in split if part]
    label = names.folded(domain.split(".")[0])
    for part in parts:
        name, folded = _name(part, domain), names.folded(part)
        if name and len(folded) > 2 and (folded in label or label in folded):
            return name
    return _name(parts[0], domain) if len(parts) == 1 else None


def _without_feed_words(part: str) -> str:
    """A part of a feed's title less what only says that it is a feed."""
    words = part.split()
    while words and (words[-1].isdigit() or names.folded(words[-1]) in _FEED_WORDS):
        words.pop()
    return " ".join(words)


_FEED_WORDS = frozenset({"feed", "feeds", "rss", "atom", "topics", "search", "records",
                         "found", "results"})  # fmt: skip
_SEPARATORS = re.compile(r"\s[-–—|>»·•]+\s|\s*[|>»:]\s+")

_NO_NAMES = frozenset(
    {"home", "news", "blog", "rss", "feed", "rssfeed", "latestnews", "website", "mysite",
     "homepage", "startseite", "allnews", "topstories", "latest", "articles",
     # Sections, which a feed is often named after.
     "world", "worldnews", "international", "national", "local", "politics", "business",
     "economy", "markets", "technology", "tech", "science", "health", "sport", "sports",
     "opinion", "culture", "arts", "entertainment", "lifestyle", "travel", "education",
     "environment", "us", "usnews", "uk", "europe", "asia", "africa", "video", "videos"}
)  # fmt: skip
