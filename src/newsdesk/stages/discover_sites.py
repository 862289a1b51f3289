"""Feeds of sites whose addresses tell them: no page need be asked to know them.

Each rule turns the address of a channel, repository, board or profile into those of its
feeds, best first. A rule that is wrong about an address costs one request: nothing is
offered that was not fetched and read as a feed. Finding feeds on pages is `discover`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from newsdesk.text import urls

Rule = tuple[str, str, tuple[str, ...]]
"""Host (`*.` for any name below), form of the path, feeds; `{name}` as in the form."""

_GITHUB_NOT_OWNERS = (
    "about|apps|collections|codespaces|contact|customer-stories|enterprise|events|"
    "explore|features|issues|join|login|marketplace|new|notifications|orgs|pricing|"
    "pulls|readme|search|security|settings|site|sponsors|stars|team|topics|trending"
)
_OWNER = rf"/(?!(?:{_GITHUB_NOT_OWNERS})(?:/|$))(?P<owner>[\w.-]+)"
_REPO = rf"{_OWNER}/(?P<repo>[\w.-]+?)(?:\.git)?"
_GITHUB = "https://github.com/{owner}/{repo}"
_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_MEDIUM_NOT_NAMES = "feed|m|about|search|tag|topic|topics|me|new-story|membership|plans"
_NOT_FEED = r"(?!.*\.(?:rss|atom|xml|json)$)"

RULES: tuple[Rule, ...] = (
    ("youtube.com", r"/channel/(?P<id>UC[\w-]{22}).*", (f"{_YOUTUBE}?channel_id={{id}}",)),
    ("youtube.com", r"/user/(?P<id>[\w.-]+).*", (f"{_YOUTUBE}?user={{id}}",)),
    ("youtube.com", r"/(?:playlist|watch)", (f"{_YOUTUBE}?playlist_id={{?list}}",)),
    ("reddit.com", r"/?", ("https://www.reddit.com/.rss",)),
    (
        "reddit.com",
        r"/(?P<kind>r|user|domain)/(?P<id>[\w.+-]+)"
        r"(?P<sort>/(?:new|top|rising|submitted|comments/\w+|m/\w+))?(?:/.*)?(?<!\.rss)",
        ("https://www.reddit.com/{kind}/{id}{sort}/.rss",),
    ),
    ("reddit.com", r"/u/(?P<id>[\w-]+)/?", ("https://www.reddit.com/user/{id}/.rss",)),
    ("github.com", rf"{_REPO}/releases(?!\.atom).*", (f"{_GITHUB}/releases.atom",)),
    ("github.com", rf"{_REPO}/tags(?!\.atom).*", (f"{_GITHUB}/tags.atom",)),
    (
        "github.com",
        rf"{_REPO}/(?:commits|tree)/(?P<branch>[^/]+?)(?<!\.atom)/?",
        (f"{_GITHUB}/commits/{{branch}}.atom",),
    ),
    (
        "github.com",
        rf"{_REPO}(?:/(?:commits|issues|pulls|wiki|blob/.*)?)?",
        (f"{_GITHUB}/releases.atom", f"{_GITHUB}/tags.atom", f"{_GITHUB}/commits.atom"),
    ),
    ("github.com", rf"{_OWNER}(?<!\.atom)/?", ("https://github.com/{owner}.atom",)),
    (
        "gitlab.com",
        r"/(?P<repo>[\w.-]+(?:/[\w.-]+)+?)(?:/-/(?!.*atom).*)?/?",
        (
            "https://gitlab.com/{repo}/-/releases.atom",
            "https://gitlab.com/{repo}/-/tags?format=atom",
        ),
    ),
    (
        "codeberg.org",
        rf"{_NOT_FEED}/(?P<repo>[\w.-]+/[\w.-]+)(?:/.*)?",
        (
            "https://codeberg.org/{repo}/releases.rss",
            "https://codeberg.org/{repo}.rss",
        ),
    ),
    (
        "bsky.app",
        r"/profile/(?P<id>[\w.:-]+)(?:/(?!rss).*)?",
        ("https://bsky.app/profile/{id}/rss",),
    ),
    ("*.substack.com", rf"{_NOT_FEED}(?!/feed).*", ("https://{host}/feed",)),
    (
        "substack.com",
        r"/@(?P<id>[\w-]+).*",
        ("https://{id}.substack.com/feed",),
    ),
    ("medium.com", r"/@(?P<id>[\w.-]+).*", ("https://medium.com/feed/@{id}",)),
    (
        "medium.com",
        r"/(?P<kind>tag|topic)/(?P<id>[\w-]+).*",
        ("https://medium.com/feed/{kind}/{id}",),
    ),
    (
        "medium.com",
        rf"/(?!(?:{_MEDIUM_NOT_NAMES})(?:/|$))(?P<id>[\w-]+)(?:/.*)?",
        ("https://medium.com/feed/{id}",),
    ),
    ("*.medium.com", r"(?!/feed).*", ("https://{host}/feed",)),
    (
        "*.tumblr.com",
        r"/tagged/(?P<id>[^/]+)/?",
        ("https://{host}/tagged/{id}/rss", "https://{host}/rss"),
    ),
    ("tumblr.com", r"/(?:blog/(?:view/)?)?(?P<id>[\w-]+)(?:/\d+.*)?/?", (
        "https://{id}.tumblr.com/rss",
    )),
    ("*.tumblr.com", r"(?!/rss).*", ("https://{host}/rss",)),
    (
        "*.wordpress.com",
        r"/(?P<kind>category|tag|author)/(?P<id>[^/]+)/?",
        ("https://{host}/{kind}/{id}/feed/", "https://{host}/feed/"),
    ),
    ("*.wordpress.com", r"(?!.*/feed/?$).*", ("https://{host}/feed/",)),
    ("*.blogspot.com", r"(?!/feeds/).*", ("https://{host}/feeds/posts/default",)),
    ("*.livejournal.com", r"(?!/data/).*", ("https://{host}/data/rss",)),
    (
        "buttondown.com",
        r"/(?P<id>[\w-]+)(?:/archive.*)?/?",
        ("https://buttondown.com/{id}/rss",),
    ),
    ("news.ycombinator.com", r"/?(?:news|newest)?", (
        "https://news.ycombinator.com/rss",
    )),
    ("lobste.rs", r"/t/(?P<id>[\w,-]+)", ("https://lobste.rs/t/{id}.rss",)),
    ("lobste.rs", r"/?", ("https://lobste.rs/rss",)),
    (
        "arxiv.org",
        r"/list/(?P<id>[\w.-]+)(?:/.*)?",
        ("https://rss.arxiv.org/rss/{id}",),
    ),
    ("dev.to", r"/t/(?P<id>[\w-]+).*", ("https://dev.to/feed/tag/{id}",)),
    ("dev.to", r"/(?!feed)(?P<id>[\w-]+)(?:/.*)?", ("https://dev.to/feed/{id}",)),
    (
        "stackoverflow.com",
        r"/questions/tagged/(?P<id>[\w.+#-]+)",
        ("https://stackoverflow.com/feeds/tag/{id}",),
    ),
    (
        "news.google.com",
        r"(?!/rss)(?P<path>/(?:search|topics/.*|topstories)?)",
        ("https://news.google.com/rss{path}{?}",),
    ),
    (
        "vimeo.com",
        r"/(?P<id>[a-z][\w-]+)(?:/videos)?/?",
        ("https://vimeo.com/{id}/videos/rss",),
    ),
    (
        "store.steampowered.com",
        r"/(?:news/)?app/(?P<id>\d+).*",
        ("https://store.steampowered.com/feeds/news/app/{id}",),
    ),
)  # fmt: skip

# Software that many hosts run. These are guesses, tried after what a page says itself.
GUESSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"/@(?P<id>[\w.]+)(?:/with_replies|/\d+)?/?", ("{origin}/@{id}.rss",)),
    (
        r"/@(?P<id>[\w.]+)@(?P<home>[\w.-]+\.[\w-]+)/?",
        ("https://{home}/@{id}.rss",),
    ),
    (r"/(?:users|tags)/(?P<id>[\w.]+)/?", ("{origin}{path}.rss",)),
    (r"/(?P<kind>[cu])/(?P<id>[\w.]+)/?", ("{origin}/feeds/{kind}/{id}.xml",)),
    (r"/c/[\w/-]+/\d+", ("{origin}{path}.rss",)),
)
# What a page says it was made with (`<meta name=generator>`), and where that keeps feeds.
GENERATORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("wordpress", ("feed/", "?feed=rss2")),
    ("ghost", ("rss/",)),
    ("hugo", ("index.xml",)),
    ("jekyll", ("feed.xml",)),
    ("eleventy", ("feed.xml", "feed/feed.xml")),
    ("gatsby", ("rss.xml",)),
    ("astro", ("rss.xml",)),
    ("docusaurus", ("blog/rss.xml",)),
    ("drupal", ("rss.xml",)),
    ("joomla", ("?format=feed&type=rss",)),
    ("blogger", ("feeds/posts/default",)),
    ("squarespace", ("?format=rss",)),
    ("discourse", ("latest.rss",)),
    ("mediawiki", ("index.php?title=Special:RecentChanges&feed=atom",)),
    ("wix.com", ("blog-feed.xml",)),
    ("typepad", ("atom.xml",)),
    ("pelican", ("feeds/all.atom.xml",)),
    ("hexo", ("atom.xml",)),
    ("substack", ("feed",)),
)
_FEDIVERSE = re.compile(r"@(?P<user>[\w.-]+)@(?P<host>[\w.-]+\.[a-z]{2,})", re.I)


@dataclass(frozen=True, slots=True)
class _Parts:
    origin: str
    host: str
    path: str
    query: str


def handle(text: str) -> str | None:
    """The address of a profile written `@user@host`; None for anything else."""
    found = _FEDIVERSE.fullmatch(text.strip())
    return f"https://{found['host'].lower()}/@{found['user']}" if found else None


def feeds(address: str) -> tuple[str, ...]:
    """The feeds of a known site's address, best first; empty where no rule knows it."""
    parts = _parts(address)
    if parts is None:
        return ()
    for host, form, targets in RULES:
        if not _is_host(parts.host, host):
            continue
        if match := re.fullmatch(form, parts.path):
            found = (_filled(target, match, parts) for target in targets)
            return tuple(url for url in found if url)
    return ()


def guesses(address: str) -> tuple[str, ...]:
    """Feeds that an address of this form often has, whatever its host."""
    parts = _parts(address)
    if parts is None:
        return ()
    found: list[str | None] = []
    for form, targets in GUESSES:
        if match := re.fullmatch(form, parts.path):
            found += [_filled(target, match, parts) for target in targets]
    return tuple(dict.fromkeys(url for url in found if url))


def of_generator(generator: str, page_url: str) -> tuple[str, ...]:
    """Where the software that a page names keeps the site's feed."""
    folded = generator.lower()
    root = urls.absolute(page_url, "/")
    for name, paths in GENERATORS:
        if name in folded:
            joined = (urls.absolute(root, path) for path in paths)
            return tuple(url for url in joined if url)
    return ()


def _parts(address: str) -> _Parts | None:
    clean = urls.canonical(address)
    host = urls.host(clean) if clean else None
    if clean is None or host is None:
        return None
    split = urlsplit(clean)
    bare = host.removeprefix("www.").removeprefix("m.").removeprefix("old.")
    origin = f"{split.scheme}://{split.netloc}"
    return _Parts(origin, bare, split.path, split.query)


def _is_host(host: str, wanted: str) -> bool:
    if wanted.startswith("*."):
        return host.endswith(wanted[1:])
    return host == wanted


def _filled(target: str, match: re.Match[str], parts: _Parts) -> str | None:
    """A target with its holes filled; None where the address lacks what goes in one."""
    given = {name: value or "" for name, value in match.groupdict().items()}
    given |= {"host": parts.host, "origin": parts.origin}
    given.setdefault("path", parts.path.rstrip("/"))
    query = parse_qs(parts.query)
    filled = target
    for hole in _holes(target):
        if hole == "?":
            value: str | None = f"?{parts.query}" if parts.query else ""
        elif hole.startswith("?"):
            value = quote(query[hole[1:]][0], safe="") if hole[1:] in query else None
        else:
            value = given.get(hole)
        if value is None:
            return None
        filled = filled.replace(f"{{{hole}}}", value)
    return filled


def _holes(target: str) -> Iterator[str]:
    yield from re.findall(r"\{([^{}]*)\}", target)
