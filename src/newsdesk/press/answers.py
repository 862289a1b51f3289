"""Which bytes the simulated press holds under an address at a given time.

Pure: the world, a moment, a host and a target in, an answer out. Conditional requests,
compression, misbehaviour and the log belong to `server`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newsdesk.press import feeds, hub, pages, pictures
from newsdesk.press.records import Article, Dialect, Publisher
from newsdesk.press.world import World

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server holds for an address."""

    status: int = 200
    body: bytes = b""
    content_type: str = _HTML
    location: str | None = None
    modified_at: datetime | None = None
    link: str | None = None
    """The Link header."""

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.blake2b(self.body, digest_size=8).hexdigest()}"'


def answer(world: World, now: datetime, host: str, path: str) -> Answer:
    """What that host says under that path; 404 for what is not published yet."""
    publisher = world.by_host.get(host.lower())
    if publisher is None:
        return _not_found(f"nobody here answers for {host}")
    fixed = _FIXED.get(path)
    if fixed:
        return fixed(world, publisher, now)
    if path == publisher.feed_path:
        return _feed(world, publisher, now)
    if path.startswith("/r/"):
        return _redirect(world, publisher, now, path[3:])
    if path.startswith("/media/"):
        return _picture(world, publisher, now, path)
    if logo := _LOGO.fullmatch(path):
        return _logo(publisher, int(logo[1]))
    return _article(world, publisher, now, path)


_LOGO = re.compile(r"/logo-(50|180|400)x\1\.png")


def _not_found(why: str = "not here") -> Answer:
    page = f"<!DOCTYPE html><title>404</title><h1>Not found</h1><p>{why}</p>"
    return Answer(status=404, body=page.encode())


def _front(world: World, publisher: Publisher, now: datetime) -> Answer:
    return Answer(
        body=pages.front_page(world, publisher, now),
        modified_at=_newest(world, publisher, now),
    )


def _newest(world: World, publisher: Publisher, now: datetime) -> datetime:
    out = world.listed(publisher, now)
    return max((_changed_at(item, now) for item in out), default=world.start)


def _changed_at(article: Article, now: datetime) -> datetime:
    return max(article.listed_at, article.updated_at(now))


def _robots(world: World, publisher: Publisher, now: datetime) -> Answer:
    lines = ["User-agent: *", "Disallow: /search", "Disallow: /members/", ""]
    if publisher.news_sitemap:
        lines.append(f"Sitemap: http://{publisher.domain}/news-sitemap.xml")
    return Answer(body="\n".join(lines).encode(), content_type="text/plain")


def _sitemap(world: World, publisher: Publisher, now: datetime) -> Answer:
    if not publisher.news_sitemap:
        return _not_found("no sitemap")
    body = feeds.news_sitemap_bytes(world, publisher, now)
    return Answer(body=body, content_type="application/xml; charset=utf-8")


def _favicon(world: World, publisher: Publisher, now: datetime) -> Answer:
    return _logo(publisher, 32)


_FIXED: dict[str, Callable[[World, Publisher, datetime], Answer]] = {
    "/": _front,
    "/robots.txt": _robots,
    "/news-sitemap.xml": _sitemap,
    "/favicon.png": _favicon,
    "/favicon.ico": _favicon,
}


def _logo(publisher: Publisher, side: int) -> Answer:
    return Answer(body=pictures.logo_bytes(publisher, side), content_type="image/png")


def _feed(world: World, publisher: Publisher, now: datetime) -> Answer:
    return Answer(
        body=feeds.feed_bytes(world, publisher, now),
        content_type=feeds.CONTENT_TYPES[publisher.dialect],
        modified_at=_newest(world, publisher, now),
        link=_hub_link(publisher),
    )


def _hub_link(publisher: Publisher) -> str | None:
    """RDF cannot announce a hub itself."""
    if not publisher.has_hub or publisher.dialect is not Dialect.RDF:
        return None
    return f'<{hub.URL}>; rel="hub", <{publisher.feed_url}>; rel="self"'


def _redirect(world: World, publisher: Publisher, now: datetime, key: str) -> Answer:
    for article in world.articles_of[publisher.id]:
        if article.id == key and article.listed_at <= now:
            return Answer(status=302, location=world.canonical_url(article))
    return _not_found()


def _picture(world: World, publisher: Publisher, now: datetime, path: str) -> Answer:
    for article in world.articles_of[publisher.id]:
        picture = article.picture
        if picture and picture.path == path and article.published_at <= now:
            kind = "image/png" if path.endswith(".png") else "image/jpeg"
            body = pictures.picture_bytes(article, publisher)
            return Answer(
                body=body, content_type=kind, modified_at=article.published_at
            )
    return _not_found()


def _article(world: World, publisher: Publisher, now: datetime, path: str) -> Answer:
    wants_amp = publisher.has_amp and path.startswith("/amp/")
    key = path.removeprefix("/amp") if wants_amp else path
    article = world.article_at.get((publisher.domain, key))
    if article is None or article.published_at > now:
        return _not_found()
    if article.is_withdrawn(now):
        return Answer(status=410, body=b"<!DOCTYPE html><title>Gone</title>Withdrawn.")
    make = pages.amp_page if wants_amp else pages.article_page
    return Answer(body=make(world, article, now), modified_at=_changed_at(article, now))
