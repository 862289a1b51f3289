"""Addresses that only lead to others: what stands behind them, where they say so.

AMP caches and viewers, translators and archives hold the publisher's address in their
own path; search engines, networks and mailers in their query; older Google News ids in
Base64. Nothing is asked: an address that hides where it leads stays as it is.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from newsdesk.text import amp, urls

MAX_HOPS = 4
"""Relays within relays that are followed."""
_LONGEST_ID = 4_096
"""Characters of a Google News id that are decoded."""
_CACHES = ("bing-amp.com", "amp.cloudflare.com")
_CACHED = re.compile(r"/(?:amp/|[cvi]/)?(?:[civ]/)?(?:s/)?([\w-]+(?:\.[\w-]+)+/.*)")
_ARCHIVED = re.compile(r"/(?:web|wayback)/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2}.+)")
_GOOGLE = re.compile(r"(?:[a-z-]+\.)*google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_GOOGLE_NEWS = re.compile(r"/(?:rss/)?(?:articles|read|__i/rss/rd/articles)/([\w=-]+)")
_YAHOO = re.compile(r"/RU=([^/]+)/")
_DEFENSE = re.compile(r"/v3/__(https?:/{1,2}.+?)__;")
_TRANSLATED = ".translate.goog"

# Host (and all below it): the paths that relay, and the parameters that tell where to.
_RELAYS: tuple[tuple[str, str, str], ...] = (
    ("bing.com", r"/news/apiclick|/ck/|/amp", "url u"),
    ("facebook.com", r"/l\.php|/flx/warn|/sharer", "u"),
    ("instagram.com", r"/", "u"),
    ("threads.net", r"/", "u"),
    ("flipboard.com", r"/redirect|/bookmarklet", "url"),
    ("feedly.com", r"/i/", "url"),
    ("reddit.com", r"/submit|/$", "url"),
    ("linkedin.com", r"/redir|/safety|/share", "url"),
    ("youtube.com", r"/redirect", "q"),
    ("twitter.com", r"/intent|/share", "url"),
    ("yahoo.com", r"/", "url u"),
    ("t.umblr.com", r"/redirect", "z"),
    ("vk.com", r"/away", "to"),
    ("steamcommunity.com", r"/linkfilter", "u url"),
    ("duckduckgo.com", r"/l", "uddg"),
    ("slack-redir.net", r"/", "url"),
    ("exit.sc", r"/", "url"),
    ("safelinks.protection.outlook.com", r"/", "url"),
    ("skimresources.com", r"/", "url"),
    ("viglink.com", r"/", "u url"),
    ("linksynergy.com", r"/", "murl"),
    ("microsofttranslator.com", r"/", "a"),
)


def behind(url: str) -> str:
    """The publisher's own address behind a cache, viewer or forwarder; else unchanged."""
    for _ in range(MAX_HOPS):
        found = _one_behind(url)
        if found is None or found == url:
            break
        url = found
    return url


def _one_behind(url: str) -> str | None:
    host = urls.host(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if host is None:
        return None
    if cached := amp.origin_url(url):
        return cached
    if _GOOGLE.fullmatch(host):
        return _behind_google(host, parts)
    return _in_path(host, parts) or _translated(host, parts) or _in_query(host, parts)


def _behind_google(host: str, parts: SplitResult) -> str | None:
    if host.startswith("news.") and (found := _GOOGLE_NEWS.match(parts.path)):
        return google_news(found[1])
    if host.startswith("translate."):
        return _told(parts.query, ("u",))
    if parts.path.rstrip("/") in ("/url", "/imgres", "/newsstand/s", "/news/url"):
        return _told(parts.query, ("q", "url", "imgrefurl"))
    return None


def google_news(identifier: str) -> str | None:
    """The publisher's address in an id of Google News; None where the id, as all newer
    ones, is only a reference."""
    if len(identifier) > _LONGEST_ID:
        return None
    try:
        data = base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4))
    except (binascii.Error, ValueError):
        return None
    at = data.find(b"http")
    if at < 2 or at > 12:
        return None
    length = data[at - 1]
    if data[at - 2] & 0x80:  # the length takes two bytes, seven bits each
        length = (data[at - 2] & 0x7F) | (length << 7)
    said = data[at : at + length]
    try:
        return urls.absolute(None, said.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _in_path(host: str, parts: SplitResult) -> str | None:
    path = unquote(parts.path)
    query = f"?{parts.query}" if parts.query else ""
    found = None
    if any(_is_below(host, cache) for cache in _CACHES):
        cached = _CACHED.fullmatch(path)
        found = f"https://{cached[1]}{query}" if cached else None
    elif host == "web.archive.org":
        kept = _ARCHIVED.match(path)
        found = f"{kept[1]}{query}" if kept else None
    elif _is_below(host, "search.yahoo.com"):
        named = _YAHOO.search(parts.path)
        found = unquote(named[1]) if named else None
    elif host == "urldefense.com":
        guarded = _DEFENSE.match(path + query)
        found = guarded[1] if guarded else None
    return urls.absolute(None, found)


def _translated(host: str, parts: SplitResult) -> str | None:
    """A page shown by Google's translator; its host is written with hyphens for dots."""
    if not host.endswith(_TRANSLATED):
        return None
    label = host.removesuffix(_TRANSLATED)
    name = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
    kept = "&".join(p for p in parts.query.split("&") if not p.startswith("_x_tr_"))
    return urls.absolute(
        None, f"https://{name}{parts.path}" + (f"?{kept}" if kept else "")
    )


def _in_query(host: str, parts: SplitResult) -> str | None:
    for relay, path, keys in _RELAYS:
        if _is_below(host, relay) and re.match(path, parts.path or "/"):
            return _told(parts.query, keys.split())
    return None


def _told(query: str, keys: tuple[str, ...] | list[str]) -> str | None:
    """The address in one of these parameters."""
    try:
        given = parse_qsl(query, max_num_fields=100)
    except ValueError:
        return None
    for key, value in given:
        if key in keys and value.startswith(("http://", "https://")):
            return urls.absolute(None, value)
    return None


def _is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
