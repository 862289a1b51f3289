"""Where things stand below a site's address: pages of stories and topics, feeds, API.

Every output that names another one asks here, so that links cannot drift apart. Paths
are relative to `Site.url` (which ends in a slash); files are where a static server
looks for them. What a page holds is for the renderers to say.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath

FEEDS = "feeds"
"""Folder of the Atom feeds."""

ALL_FEED = f"{FEEDS}/all.atom"
"""The feed of the whole site."""

NEWS_SITEMAP = "news-sitemap.xml"
"""The sitemap of recent news; the name is the older system's."""

PICTURES = "pictures"
"""Folder of the cached pictures."""

PICTURE_INDEX = f"{PICTURES}/index.json"
"""Which files are the copies of which picture."""

API = "api/news"
"""Folder of the static JSON API."""


def story_page(path: str) -> str:
    """Address of a story's page: `_news/2021-12-13-a.md` gives `news/2021-12-13-a/`."""
    return f"news/{PurePosixPath(path).stem}/"


def topic_page(topic: str) -> str:
    """Address of a topic's page, from the topic's id."""
    return f"topics/{topic}/"


def topic_feed(topic: str) -> str:
    """Path of a topic's Atom feed, from the topic's id."""
    return f"{FEEDS}/{topic}.atom"


def page_file(address: str) -> str:
    """File behind a page's address: `news/2021-12-13-a/` gives `…/index.html`."""
    return f"{address}index.html"


def api_index(topic: str | None = None) -> str:
    """File of the API's first page, of the site or of one topic by its id."""
    return f"{API}/{topic}/index.json" if topic else f"{API}/index.json"


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
