"""Addresses: one spelling each, one key an article, and whose they are.

Parsing follows the WHATWG URL standard (ada), so that we read an address as a browser
does. Nothing here asks the network; whether an address may be asked is for
`fetch.guard`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ada_url import URL, HostType

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Longer addresses are refused by common servers and are mostly data, not addresses.
MAX_LENGTH = 8_192

# Parameters that say where a reader came from, never what is shown: campaign and click
# ids of advertisers, mailers, social networks and analytics. Lower case.
TRACKING_PREFIXES = (
    *("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "__hs", "_hs", "vero_"),
    *("oly_", "ns_", "fb_action_", "guce_", "elqtrack", "ga_", "at_campaign"),
    *("at_custom", "aspsessionid"),
)
TRACKING = frozenset(
    (
        *("fbclid", "fb_ref", "fb_source", "fb_comment_id", "__tn__", "igsh", "igshid"),
        *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "srsltid"),
        *("gad_campaignid", "_ga", "_gl", "gs_l", "msclkid", "yclid", "ysclid"),
        *("_openstat", "twclid", "__twitter_impression", "ref_src", "ref_url"),
        *("ttclid", "li_fat_id", "rdt_cid", "epik", "sccid", "irclickid", "irgwc"),
        *("s_kwcid", "s_cid", "ef_id", "wickedid", "rb_clickid", "dm_i", "mkt_tok"),
        *("mc_cid", "mc_eid", "ml_subscriber", "ml_subscriber_hash", "trk", "spm"),
        *("ck_subscriber_id", "hsctatracking", "spmailingid", "spuserid", "spjobid"),
        *("spreportid", "bxid", "cndid", "esrc", "mbid", "nlid", "elqaid", "elqat"),
        *("cmpid", "cmp", "icid", "ncid", "ocid", "smid", "smtyp", "sref", "xtor"),
        *("soc_src", "soc_trk", "guccounter", "tpcc", "taid", "sr_share", "emc"),
        *("at_medium", "at_link_id", "at_link_type", "at_link_origin", "at_ptr_name"),
        *("at_format", "at_bbc_team", "wt_mc", "wt_zmc", "wt.mc_id", "sc_campaign"),
        *("sc_channel", "sc_content", "sc_medium", "sc_outcome", "campaign_id"),
        *("traffic_source", "rssfeed", "maca", "dmcid", "ito", "intcmp", "intcid"),
        *("int_source", "int_medium", "int_campaign", "dicbo", "tblci", "oborigurl"),
        *("li_source", "li_medium", "link_source", "wpisrc", "reflink", "srnd"),
        # Sessions.
        *("phpsessid", "jsessionid", "sessionid", "session_id", "asp.net_sessionid"),
    )
)
# Names that often mean something, but not with these values.
TRACKING_WHEN_FEED = frozenset(("source", "src", "ref", "from", "partner", "mod"))
FEED_VALUE = re.compile(r"(?:rss|feed|atom|twitter|facebook|newsletter)(?![a-z])", re.I)

_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.I)
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def canonical(url: str) -> str | None:
    """The one spelling of an address; None for what is no http(s) address.

    No fragment, default port, session or tracking parameter; the order of the query is
    kept.
    """
    parsed = _parse(url)
    return _canonical(parsed) if parsed else None


def _canonical(parsed: URL) -> str:
    # Each part that is asked for or set costs as much as all of this on a plain address.
    written = parsed.href
    if "#" in written:
        parsed.hash = ""
    if parsed.hostname.endswith("."):
        parsed.hostname = parsed.hostname.rstrip(".") or parsed.hostname
    if ";" in written:
        parsed.pathname = _SESSION.sub("", parsed.pathname)
    if "?" in written:
        # Setting a query drops one leading question mark, so we leave none to be dropped.
        parsed.search = "&".join(_telling(parsed.search.lstrip("?"))).lstrip("?")
        if not parsed.search:
            parsed.search = ""  # drops a lone question mark
    return _ESCAPE.sub(_fold_escape, parsed.href)


def key(url: str) -> str | None:
    """What two addresses of the same article share; None for no http(s) address.

    The canonical address without scheme, user, leading `www.` and trailing slash.
    """
    address = canonical(url)
    if address is None:
        return None
    parsed = URL(address)
    host = _ESCAPE.sub(_fold_escape, parsed.host)
    bare = host.removeprefix("www.")
    path = _ESCAPE.sub(_fold_escape, parsed.pathname).rstrip("/")
    query = _ESCAPE.sub(_fold_escape, parsed.search)
    return (bare if "." in bare else host) + path + query


def absolute(base: str | None, href: str | None) -> str | None:
    """`href` as met in a document at `base`; None where that is no http(s) address."""
    joined = _joined(base, href)
    return joined.href if joined else None


def link(base: str, href: str) -> tuple[str, str] | None:
    """Where a link in a document at `base` leads: the canonical address, and the place
    there that its fragment names, if any; None where that is no http(s) address."""
    joined = _joined(base, href)
    if joined is None:
        return None
    place = joined.href.partition("#")[2]
    return _canonical(joined), place


def _joined(base: str | None, href: str | None) -> URL | None:
    if not href or len(href) > MAX_LENGTH:
        return None
    try:
        joined = URL(href, base=base) if base else URL(href)
    except (ValueError, UnicodeEncodeError):
        return _parse(href) if base else None
    return joined if _is_web(joined) else None


def host(url: str) -> str | None:
    """The host of an http(s) address, lower case and in ASCII; None for no address."""
    parsed = _parse(url)
    return parsed.hostname if parsed else None


def registrable(url_or_host: str) -> str | None:
    """The domain somebody registered: `bbc.co.uk` for `news.bbc.co.uk`.

    An IP address, a single label and a public suffix are their own; below a top level
    that nobody has listed (`.example`) it is the last two labels. None: no host.
    """
    return _below_suffix(url_or_host, private=False)


def publishing(url_or_host: str) -> str | None:
    """The domain that somebody publishes under: as `registrable`, but where a host lends
    names to many, each is its own: `ada.blogspot.com` for `www.ada.blogspot.com`."""
    return _below_suffix(url_or_host, private=True)


def _below_suffix(url_or_host: str, *, private: bool) -> str | None:
    parsed = _parse(url_or_host if "://" in url_or_host else f"http://{url_or_host}")
    if parsed is None:
        return None
    name = parsed.hostname.rstrip(".")
    if parsed.host_type != HostType.DEFAULT or "." not in name:
        return name or None
    found = _suffixes().extract_str(name, include_psl_private_domains=private)
    if found.suffix and found.domain:
        return f"{found.domain}.{found.suffix}"
    return name if found.suffix else ".".join(name.split(".")[-2:])


@cache
def _suffixes() -> TLDExtract:
    # Loaded when first asked: it brings an HTTP client along, which takes a tenth of a
    # second, though nothing is ever fetched.
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def is_public(domain: str) -> bool:
    """Whether a registrable domain is one whose limits span all of its hosts; not so
    for an IP address or a single label, behind which anything may be at home."""
    is_ip = domain.startswith("[") or domain.replace(".", "").isdigit()
    return "." in domain and not is_ip


def identity(text: str) -> str:
    """The first 16 hex digits of SHA-256 over `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _parse(url: str) -> URL | None:
    if not url or len(url) > MAX_LENGTH:
        return None
    try:
        parsed = URL(url)
    except (ValueError, UnicodeEncodeError):
        return None
    return parsed if _is_web(parsed) else None


def _is_web(parsed: URL) -> bool:
    written = parsed.href
    if not written.startswith(("http:", "https:")) or len(written) > MAX_LENGTH:
        return False
    return all(parsed.hostname.removesuffix(".").split("."))


def _telling(query: str) -> Iterator[str]:
    """The parts of a query that say what is shown."""
    for part in query.split("&"):
        name, _, value = part.partition("=")
        # `&amp;` escaped once too often is common in feeds.
        if part and not _is_tracking(unquote(name).removeprefix("amp;").lower(), value):
            yield part


def _is_tracking(name: str, value: str) -> bool:
    if name in TRACKING or name.startswith(TRACKING_PREFIXES):
        return True
    return name in TRACKING_WHEN_FEED and FEED_VALUE.match(value) is not None


def _fold_escape(escape: re.Match[str]) -> str:
    """Hex digits in upper case; `~` needs no escape (RFC 3986, 2.1 and 2.3)."""
    upper = escape.group().upper()
    return "~" if upper == "%7E" else upper
