"""Addresses of the AMP cache: from an AMP page's own address, and back to it.

The rule for the label before `cdn.ampproject.org` is that of the AMP project: readable
where the domain allows it, a hash where it does not. Addresses only; whether a page has
an AMP version is for the reader of pages to find out.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

_CACHE = ".cdn.ampproject.org"
_LONGEST_LABEL = 63
_IMAGES = (".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_FONTS = (".eot", ".otf", ".ttf", ".woff", ".woff2")
_CACHED = re.compile(
    r"/(?:ii/w[0-9]+|[a-z]{1,2})/(?P<secure>s/)?(?P<rest>[^/]+\.[^/].*)", re.DOTALL
)
_GOOGLE = re.compile(r"/amp/(?P<secure>s/)?(?P<rest>[^/]+\.[^/].*)", re.DOTALL)
_GOOGLE_HOST = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")
# A character that no domain holds, an empty label, or an IPv4 address.
_NO_DOMAIN = re.compile(r"[\x00-,/:-@\[-^`{-\x9f\s]|^\.|\.\.|^[0-9.]*$")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def cache_url(url: str) -> str | None:
    """The address of a document (picture, font) in the AMP cache.

    None for what the cache does not serve: no http(s) address, no host, a host that is
    no domain name.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    label = subdomain(host)
    if label is None:
        return None
    kind = (
        "i" if _ends(parts.path, _IMAGES) else "r" if _ends(parts.path, _FONTS) else "c"
    )
    secure = "s/" if parts.scheme == "https" else ""
    where = host if port is None else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{label}{_CACHE}/{kind}/{secure}{where}{parts.path}{query}"


def _ends(path: str, endings: tuple[str, ...]) -> bool:
    return path.lower().endswith(endings)


def subdomain(host: str) -> str | None:
    """The cache's label for a domain; None where the host is no domain name."""
    host = host.lower()
    if _NO_DOMAIN.search(host):
        return None
    try:
        ascii_host = _to_ascii(host)
        readable = _to_unicode(ascii_host)
    except UnicodeError:
        return None
    return _readable_label(readable) or _hashed_label(ascii_host)


def _to_ascii(host: str) -> str:
    return ".".join(_label_to_ascii(label) for label in host.split("."))


def _label_to_ascii(label: str) -> str:
    if label.isascii():
        return label
    folded = unicodedata.normalize("NFKC", label)
    return f"xn--{folded.encode('punycode').decode('ascii')}"


def _to_unicode(host: str) -> str:
    return ".".join(
        label[4:].encode("ascii").decode("punycode")
        if label.startswith("xn--")
        else label
        for label in host.split(".")
    )


def _readable_label(host: str) -> str | None:
    """The domain with its dots as hyphens; None where that is not allowed."""
    if "." not in host or _mixes_directions(host):
        return None
    label = host.replace("-", "--").replace(".", "-").lower()
    if label[2:4] == "--":
        label = f"0-{label}-0"
    label = _label_to_ascii(label)
    if len(label) > _LONGEST_LABEL:
        return None
    return label


def _mixes_directions(host: str) -> bool:
    found = {unicodedata.bidirectional(character) for character in host}
    return "L" in found and bool(found & _RIGHT_TO_LEFT)


def _hashed_label(ascii_host: str) -> str:
    digest = hashlib.sha256(ascii_host.encode("ascii")).digest()
    return base64.b32encode(digest).decode("ascii").lower().rstrip("=")


def origin_url(url: str) -> str | None:
    """The publisher's own address behind one in the AMP cache or Google's viewer.

    None where `url` is neither. Fragments are dropped: they are the viewer's.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if host.endswith(_CACHE):
        match = _CACHED.fullmatch(parts.path)
    elif _GOOGLE_HOST.fullmatch(host):
        match = _GOOGLE.fullmatch(parts.path)
    else:
        return None
    if match is None:
        return None
    scheme = "https" if match["secure"] else "http"
    query = f"?{parts.query}" if parts.query else ""
    place, slash, path = match["rest"].partition("/")
    return f"{scheme}://{unquote(place)}{slash}{path}{query}"
