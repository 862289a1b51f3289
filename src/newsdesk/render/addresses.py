"""Where things stand below a site's address: pages of stories and topics, feeds, API.

Every output that names another one asks here, so that links cannot drift apart. Paths
are relative to `Site.url` (which ends in a slash); files are where a static server
looks for them. What a page holds is for the renderers to say.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

_UNFIT = re.compile(r"[^a-z0-9.@-]")
"""What is in no name of a folder of ours."""
_LONGEST = 100

FEEDS = "feeds"
"""Folder of the Atom feeds."""

ALL_FEED = f"{FEEDS}/all.atom"
"""The feed of the whole site."""

SPONSORSHIPS = "api/sponsorships/today/index.json"
"""Who sponsors the site today; only where it has sponsors."""

NEWS_SITEMAP = "news-sitemap.xml"
"""The sitemap of recent news; the name is the older system's."""

SUBSCRIBE = "_letters/subscribe"
"""Where `newsdesk serve` takes an address for a newsletter."""

LEAVE = "_letters/leave"
"""Where `newsdesk serve` ends a subscription."""

CONFIRM = "_letters/confirm"
"""Where it takes the yes of whoever reads an address's mail."""

NEWSLETTERS = "newsletters/"
"""Address of the list of newsletters; their issues lie below it."""

SITEMAP = "sitemap.xml"
"""The index of all sitemaps."""

PICTURES = "pictures"
"""Folder of the cached pictures."""

PICTURE_INDEX = f"{PICTURES}/index.json"
"""Which files are the copies of which picture."""

OUTLETS = "outlets/"
"""Address of the list of outlets; their pages lie below it."""

SEARCH = "search/"
"""Address of the search page; its index lies below it."""

SEARCH_INDEX = f"{SEARCH}index.json"
"""Which months the search index has."""

CORRECTIONS = "corrections/"
"""Address of the page of what was put right."""

STATUS = "status/"
"""Address of the page of what the desk measures of itself."""

LLMS = "llms.txt"
"""The site in words for language models."""

API = "api/news"
"""Folder of the static JSON API."""

API_V2 = "api/v2"
"""Folder of its second version."""


@lru_cache(maxsize=100_000)  # every list asks for every story of a site
def story_page(path: str) -> str:
    """Address of a story's page: `_news/2021-12-13-a.md` gives `news/2021-12-13-a/`."""
    return f"news/{PurePosixPath(path).stem}/"


def topic_page(topic: str) -> str:
    """Address of a topic's page, from the topic's id."""
    return f"topics/{topic}/"


def issue_page(newsletter: str, day: date) -> str:
    """Address of an issue's page: `newsletters/daily/2026-02-19/`."""
    return f"{NEWSLETTERS}{newsletter}/{day:%Y-%m-%d}/"


def month_sitemap(month: str, part: int) -> str:
    """File of a month's sitemap, `2026-02`, and of its further parts."""
    return f"sitemaps/{month}.xml" if part == 1 else f"sitemaps/{month}-{part}.xml"


def topic_feed(topic: str) -> str:
    """Path of a topic's Atom feed, from the topic's id."""
    return feed(topic, "atom")


def feed(topic: str | None, form: str) -> str:
    """Path of a feed, of everything or of one topic by its id; the form is `atom`, `rss`
    or `json`."""
    return f"{FEEDS}/{topic or 'all'}.{form}"


def page_file(address: str) -> str:
    """File behind a page's address: `news/2021-12-13-a/` gives `…/index.html`."""
    return f"{address}index.html"


def api_index(topic: str | None = None) -> str:
    """File of the API's first page, of the site or of one topic by its id."""
    return f"{API}/{topic}/index.json" if topic else f"{API}/index.json"


def api_v2(name: str) -> str:
    """File of a document of the API's version 2, by its name: `stories/index`."""
    return f"{API_V2}/{name}.json"


def absolute(site_url: str, address: str) -> str:
    """An address below the site as a full URL, whether or not the site's ends in `/`."""
    return f"{site_url.rstrip('/')}/{address.lstrip('/')}"


def archive_day(day: date) -> str:
    """Address of a day's archive page: `archive/2026/02/19/`."""
    return f"archive/{day:%Y/%m/%d}/"


def picture(digest: str, width: int, form: str) -> str:
    """File of a cached picture: what its pixels are, and how wide and in what form."""
    return f"{PICTURES}/{digest}-{width}.{form}"


def older_picture(url: str) -> str:
    """File under which a picture was cached when there was one width: the first 16 hex
    digits of SHA-256 over its address."""
    return f"{PICTURES}/{sha256(url.encode()).hexdigest()[:16]}.webp"


def archive_part(day: date, part: int) -> str:
    """Address of the parts of a long day: the first is the day's own page."""
    return archive_day(day) if part == 1 else f"{archive_day(day)}{part}/"


def outlet_page(domain: str) -> str:
    """Address of an outlet's page: `example.com` gives `outlets/example.com/`."""
    plain = _UNFIT.sub("_", domain.lower()).lstrip(".") or "_"
    if len(plain) > _LONGEST:
        plain = f"{plain[:_LONGEST]}-{sha256(domain.encode()).hexdigest()[:8]}"
    return f"{OUTLETS}{plain}/"


def search_month(month: date) -> str:
    """File of the search index that holds a month's stories."""
    return f"{SEARCH}{month:%Y-%m}.json"


def card(digest: str) -> str:
    """File of the picture that stands for a story where its address is shared."""
    return f"{PICTURES}/card-{digest}.png"
