"""Feeds of the simulated press: RSS 2.0, Atom 1.0, RDF (RSS 1.0), JSON Feed, and Google
news sitemaps, each with its publisher's habits. Text is escaped here; what a feed lists
is decided by the world and the clock."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape

from newsdesk.press import hub
from newsdesk.press.records import Article, Dialect, Publisher
from newsdesk.press.world import World

NEWS_SITEMAP_DAYS = 2
"""Google's rule for news sitemaps: nothing older."""

CONTENT_TYPES = {
    Dialect.RSS: "application/rss+xml; charset=utf-8",
    Dialect.ATOM: "application/atom+xml; charset=utf-8",
    Dialect.RDF: "application/rdf+xml; charset=utf-8",
    Dialect.JSON: "application/feed+json; charset=utf-8",
}


def feed_bytes(world: World, publisher: Publisher, now: datetime) -> bytes:
    """The publisher's feed as it stands at that time."""
    articles = world.listed(publisher, now)[: publisher.feed_size]
    text = _WRITERS[publisher.dialect](world, publisher, articles, now)
    return text.encode()


def news_sitemap_bytes(world: World, publisher: Publisher, now: datetime) -> bytes:
    """The publisher's Google news sitemap: the last two days."""
    oldest = now - timedelta(days=NEWS_SITEMAP_DAYS)
    recent = [item for item in world.listed(publisher, now) if item.listed_at > oldest]
    urls = "".join(
        f"<url><loc>{escape(world.canonical_url(item))}</loc><news:news>"
        f"<news:publication><news:name>{escape(publisher.name)}</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{local(item.published_at, publisher).isoformat()}"
        f"</news:publication_date><news:title>{escape(item.title_at(now))}"
        "</news:title></news:news></url>\n"
        for item in recent
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"{urls}</urlset>\n"
    ).encode()


def local(moment: datetime, publisher: Publisher) -> datetime:
    """The moment on the publisher's own clock."""
    return moment.astimezone(timezone(timedelta(minutes=publisher.offset_minutes)))


def article_html(article: Article) -> str:
    """The article's paragraphs as HTML."""
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in article.paragraphs)


def picture_url(article: Article, publisher: Publisher) -> str:
    """Address of the article's picture; empty without one."""
    picture = article.picture
    return f"http://{publisher.domain}{picture.path}" if picture else ""


def _hub(name: str, publisher: Publisher) -> str:
    """The element that announces the hub; RDF has none, its hub is in a header."""
    return f'<{name} href="{hub.URL}" rel="hub"/>\n' if publisher.has_hub else ""


def _newest(articles: list[Article], now: datetime, world: World) -> datetime:
    return max((item.updated_at(now) for item in articles), default=world.start)


def _rss(
    world: World, publisher: Publisher, articles: list[Article], now: datetime
) -> str:
    built = format_datetime(local(_newest(articles, now, world), publisher))
    items = "".join(_rss_item(world, publisher, item, now) for item in articles)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        f"<title>{escape(publisher.name)}</title>\n<link>{publisher.home_url}</link>\n"
        f"<description>{escape(publisher.tagline)}</description>\n"
        f'<atom:link href="{publisher.feed_url}" rel="self"/>\n'
        f"{_hub('atom:link', publisher)}"
        f"<language>en</language>\n<lastBuildDate>{built}</lastBuildDate>\n"
        f"<ttl>15</ttl>\n{items}</channel>\n</rss>\n"
    )


def _rss_item(world: World, publisher: Publisher, item: Article, now: datetime) -> str:
    parts = [
        f"<item>\n<title>{escape(item.title_at(now))}</title>\n",
        f"<link>{escape(world.feed_url(item))}</link>\n",
        f'<guid isPermaLink="false">{item.id}</guid>\n',
        f"<pubDate>{format_datetime(local(item.published_at, publisher))}</pubDate>\n",
        f"<description>{escape(_summary_html(item))}</description>\n",
    ]
    parts += [f"<dc:creator>{escape(name)}</dc:creator>\n" for name in item.authors]
    parts += [f"<category>{escape(tag)}</category>\n" for tag in item.tags]
    if publisher.full_text:
        parts.append(
            f"<content:encoded><![CDATA[{article_html(item)}]]></content:encoded>\n"
        )
    if item.picture:
        parts.append(_media(item, publisher))
    return "".join([*parts, "</item>\n"])


def _media(item: Article, publisher: Publisher) -> str:
    picture = item.picture
    if picture is None:
        return ""
    kind = _picture_type(publisher)
    address = escape(picture_url(item, publisher))
    # Half the press says it as an enclosure without a size.
    if publisher.offset_minutes > 0:
        return f'<enclosure url="{address}" type="{kind}" length="0"/>\n'
    return (
        f'<media:content url="{address}" type="{kind}" medium="image" '
        f'width="{picture.width}" height="{picture.height}"/>\n'
    )


def _picture_type(publisher: Publisher) -> str:
    return "image/png" if publisher.picture_format == "png" else "image/jpeg"


def _summary_html(item: Article) -> str:
    return f"<p>{escape(item.deck, quote=False)}</p>"


def _atom(
    world: World, publisher: Publisher, articles: list[Article], now: datetime
) -> str:
    entries = "".join(_atom_entry(world, publisher, item, now) for item in articles)
    updated = local(_newest(articles, now, world), publisher).isoformat()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<title>{escape(publisher.name)}</title>\n"
        f"<subtitle>{escape(publisher.tagline)}</subtitle>\n"
        f'<link href="{publisher.home_url}"/>\n'
        f'<link rel="self" href="{publisher.feed_url}"/>\n'
        f"{_hub('link', publisher)}"
        f"<id>{publisher.home_url}</id>\n"
        f"<updated>{updated}</updated>\n"
        f"{entries}</feed>\n"
    )


def _atom_entry(
    world: World, publisher: Publisher, item: Article, now: datetime
) -> str:
    day = f"{item.published_at:%Y-%m-%d}"
    parts = [
        f"<entry>\n<title>{escape(item.title_at(now))}</title>\n",
        f'<link rel="alternate" href="{escape(world.feed_url(item))}"/>\n',
        f"<id>tag:{publisher.domain},{day}:{item.id}</id>\n",
        f"<published>{local(item.published_at, publisher).isoformat()}</published>\n",
        f"<updated>{local(item.updated_at(now), publisher).isoformat()}</updated>\n",
        f"<summary>{escape(item.deck)}</summary>\n",
    ]
    names = item.authors or (publisher.name,)
    parts += [f"<author><name>{escape(name)}</name></author>\n" for name in names]
    parts += [f'<category term="{escape(tag)}"/>\n' for tag in item.tags]
    if publisher.full_text:
        parts.append(f'<content type="html">{escape(article_html(item))}</content>\n')
    if item.picture:
        address = escape(picture_url(item, publisher))
        kind = _picture_type(publisher)
        parts.append(f'<link rel="enclosure" type="{kind}" href="{address}"/>\n')
    return "".join([*parts, "</entry>\n"])


def _rdf(
    world: World, publisher: Publisher, articles: list[Article], now: datetime
) -> str:
    links = [escape(world.feed_url(item)) for item in articles]
    listing = "".join(f'<rdf:li rdf:resource="{link}"/>' for link in links)
    items = "".join(
        f'<item rdf:about="{link}">\n<title>{escape(item.title_at(now))}</title>\n'
        f"<link>{link}</link>\n<description>{escape(item.deck)}</description>\n"
        f"<dc:date>{local(item.published_at, publisher).isoformat()}</dc:date>\n"
        + "".join(f"<dc:creator>{escape(name)}</dc:creator>\n" for name in item.authors)
        + f"<dc:subject>{escape(item.section)}</dc:subject>\n</item>\n"
        for link, item in zip(links, articles, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{publisher.feed_url}">\n'
        f"<title>{escape(publisher.name)}</title>\n<link>{publisher.home_url}</link>\n"
        f"<description>{escape(publisher.tagline)}</description>\n"
        f"<items><rdf:Seq>{listing}</rdf:Seq></items>\n</channel>\n{items}</rdf:RDF>\n"
    )


def _json(
    world: World, publisher: Publisher, articles: list[Article], now: datetime
) -> str:
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "description": publisher.tagline,
        "home_page_url": publisher.home_url,
        "feed_url": publisher.feed_url,
        "language": "en",
        "items": [_json_item(world, publisher, item, now) for item in articles],
    }
    if publisher.has_hub:
        document["hubs"] = [{"type": "WebSub", "url": hub.URL}]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_item(
    world: World, publisher: Publisher, item: Article, now: datetime
) -> dict[str, object]:
    result: dict[str, object] = {
        "id": item.id,
        "url": world.feed_url(item),
        "title": item.title_at(now),
        "summary": item.deck,
        "date_published": local(item.published_at, publisher).isoformat(),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
    }
    if item.changes_by(now):
        result["date_modified"] = local(item.updated_at(now), publisher).isoformat()
    if publisher.full_text:
        result["content_html"] = article_html(item)
    else:
        result["content_text"] = item.deck
    if item.picture:
        result["image"] = picture_url(item, publisher)
    return result


_WRITERS = {
    Dialect.RSS: _rss,
    Dialect.ATOM: _atom,
    Dialect.RDF: _rdf,
    Dialect.JSON: _json,
}
