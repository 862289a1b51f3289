"""Under whose name an address publishes, where one host lends names to many.

A blog host gives each writer a sub-domain, a social network a path: there the publisher
is a part of the host, or the host and the start of the path (`youtube.com/@ada`). All
else is one publisher a registrable domain, as `urls` has it. Addresses only: nothing is
asked, and what a publisher is called is for the stages.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newsdesk.text import urls

LENDERS = frozenset(
    (
        *("beehiiv.com", "bandcamp.com", "bearblog.dev", "blog.hu", "blogfa.com"),
        *("blogs.com", "canalblog.com", "dreamwidth.org", "edublogs.org", "exblog.jp"),
        *("ghost.io", "hashnode.dev", "hypotheses.org", "jimdo.com", "libsyn.com"),
        *(
            "livejournal.com",
            "mataroa.blog",
            "medium.com",
            "micro.blog",
            "over-blog.com",
        ),
        *(
            "podbean.com",
            "posthaven.com",
            "pixnet.net",
            "seesaa.net",
            "squarespace.com",
        ),
        *("substack.com", "svbtle.com", "tistory.com", "transistor.fm", "tumblr.com"),
        *("typepad.com", "weebly.com", "wordpress.com", "write.as"),
    )
)
"""Domains that lend sub-domains but are not on the list of public suffixes."""

_HOUSE = frozenset(
    "about admin api app apps blog blogs business careers cdn community corporate de dev "
    "developer developers docs email en es feeds forum forums fr go help images img info "
    "investors it jobs m mail media mobile news newsletter newsroom on open policy press "
    "pt read research rss shop static status store support uk us web writers ww1 ww2 ww3 "
    "www".split()
)
"""Sub-domains that a lender keeps for itself."""

_BLOGSPOT = re.compile(r"(?<![a-z0-9-])([a-z0-9-]++)\.blogspot\.(?:com?\.)?[a-z]{2,3}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")

# Who publishes is the part in the group, below the host of the key. Paths are read in
# lower case except for ids, in which case tells.
_PATHS: dict[str, tuple[str, re.Pattern[str]]] = {
    host: (home, re.compile(pattern, re.I))
    for hosts, home, pattern in (
        ("youtube.com m.youtube.com", "youtube.com",
         r"/(@[^/]+|(?:channel|c|user)/[^/]+)"),
        ("reddit.com old.reddit.com new.reddit.com", "reddit.com",
         r"/((?:r|user)/[^/]+)"),
        ("github.com", "github.com",
         r"/(?!(?:about|blog|collections|customer-stories|enterprise|events|explore|"
         r"features|login|marketplace|news|orgs|readme|resources|search|security|"
         r"settings|solutions|sponsors|topics|trending)(?:/|$))([^/]+)"),
        ("twitter.com mobile.twitter.com x.com nitter.net", "x.com",
         r"/(?!i/)([^/]+)(?:/status/|/rss$)"),
        ("bsky.app", "bsky.app", r"/(profile/[^/]+)"),
        ("threads.net threads.com", "threads.net", r"/(@[^/]+)"),
        ("tiktok.com", "tiktok.com", r"/(@[^/]+)"),
        ("t.me", "t.me", r"/(?:s/)?([a-z]\w{3,})"),
        ("facebook.com m.facebook.com", "facebook.com",
         r"/([^/]+)/(?:posts|videos|photos)(?:/|$)"),
        ("linkedin.com", "linkedin.com", r"/((?:company|in|newsletters)/[^/]+)"),
        ("sites.google.com", "sites.google.com", r"/((?:site|view)/[^/]+)"),
        ("groups.google.com", "groups.google.com", r"/(?:g|group)/([^/]+)"),
        ("blog.naver.com m.blog.naver.com", "blog.naver.com", r"/(\w+)"),
        ("note.com", "note.com", r"/([^/]+)/n/"),
        ("ameblo.jp", "ameblo.jp", r"/([^/]+)/"),
        ("dev.to", "dev.to", r"/([^/]+)/[^/]+"),
        ("buttondown.com buttondown.email", "buttondown.com", r"/([^/]+)/archive"),
        ("soundcloud.com", "soundcloud.com", r"/([^/]+)/[^/]+"),
        ("rumble.com", "rumble.com", r"/((?:c|user)/[^/]+)"),
        ("odysee.com", "odysee.com", r"/(@[^/:]+)"),
        ("medium.com", "medium.com",
         r"/(?!(?:m|me|p|s|tag|topic|topics|search|about)(?:/|$))([^@/][^/]*)/[^/]+"),
    )
    for host in hosts.split()
}  # fmt: skip
_IDS = ("channel/",)

# Paths that are another way to write a lender's sub-domain.
_NAMED = {
    "medium.com": re.compile(r"/@([a-z0-9-]+)(?:/|$)", re.I),
    "substack.com": re.compile(r"/@([a-z0-9-]+)(?:/|$)", re.I),
    "open.substack.com": re.compile(r"/pub/([a-z0-9-]+)(?:/|$)", re.I),
    "tumblr.com": re.compile(r"/(?:blog/(?:view/)?)?([a-z0-9-]+)/\d", re.I),
}


def place(url: str) -> str | None:
    """Under whose name an address publishes: a domain, or a host and the start of a path
    where the path says whose it is. None: no http(s) address."""
    host = bare_host(url)
    if host is None:
        return None
    return _by_path(host, url) or _by_name(host) or urls.publishing(host)


def bare_host(url: str) -> str | None:
    """The host of an address without a leading `www.`; None: no http(s) address."""
    host = (urls.host(url) or "").rstrip(".")
    bare = host.removeprefix("www.")
    return (bare if "." in bare else host) or None


def lender(where: str) -> str | None:
    """The host that lends the name of a place to its publisher; None where the place
    belongs to whoever registered it."""
    if "/" in where:
        return where.split("/", 1)[0]
    above = where.partition(".")[2]
    if above in LENDERS:
        return above
    owner = urls.registrable(where)
    return owner if owner and owner != where and where.endswith(f".{owner}") else None


def _by_path(host: str, url: str) -> str | None:
    if host not in _PATHS and host not in _NAMED:
        return None
    path = _path(url)
    named = _NAMED[host].match(path) if host in _NAMED else None
    if named:
        owner = host.removeprefix("open.")
        return f"{named[1].lower()}.{owner}"
    home, pattern = _PATHS.get(host, ("", None))
    found = pattern.match(path) if pattern else None
    if found is None:
        return None
    part = found[1] if found[1].startswith(_IDS) else found[1].lower()
    return f"{home}/{part}"


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _by_name(host: str) -> str | None:
    blog = _BLOGSPOT.search(host)
    if blog and host.endswith(blog[0]):
        return f"{blog[1]}.blogspot.com"
    owner = urls.registrable(host) or ""
    if owner not in LENDERS or host == owner:
        return None
    label = host.removesuffix(f".{owner}").rsplit(".", 1)[-1]
    return f"{label}.{owner}" if label not in _HOUSE and _LABEL.match(label) else None
