"""What a page of the simulated press tells machines about itself in its head."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape

from newsdesk.press.feeds import local, picture_url
from newsdesk.press.records import Article, ArticleKind, Markup, Publisher
from newsdesk.press.world import World


def head(world: World, article: Article, now: datetime) -> str:
    """The inside of the head element, by the publisher's habits."""
    publisher = world.publisher_of(article)
    title = escape(article.title_at(now), quote=False)
    parts = [
        '<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{title} {_DIVIDERS[publisher.layout]} {escape(publisher.name)}</title>\n",
        '<link rel="icon" href="/favicon.png">\n',
    ]
    if Markup.PLAIN not in publisher.markup:
        parts.append(f'<link rel="canonical" href="{world.canonical_url(article)}">\n')
    if publisher.has_amp:
        address = f"http://{publisher.domain}/amp{article.path}"
        parts.append(f'<link rel="amphtml" href="{address}">\n')
    parts += [_PARTS[markup](world, article, now) for markup in publisher.markup]
    return "".join(parts)


_DIVIDERS = {
    "wire": "|",
    "broadsheet": "|",
    "classic": "-",
    "plain": "–",
    "cards": "|",
    "table": "-",
    "magazine": "•",
    "blog": "—",
}


def _meta(key: str, name: str, value: str) -> str:
    return f'<meta {key}="{name}" content="{escape(value)}">\n' if value else ""


def _open_graph(world: World, article: Article, now: datetime) -> str:
    publisher = world.publisher_of(article)
    picture = article.picture
    pairs = [
        ("og:type", "article"),
        ("og:site_name", publisher.name),
        ("og:title", article.title_at(now)),
        ("og:description", article.deck),
        ("og:url", world.canonical_url(article)),
        ("og:image", picture_url(article, publisher)),
        ("og:image:width", str(picture.width) if picture else ""),
        ("og:image:height", str(picture.height) if picture else ""),
        ("article:published_time", local(article.published_at, publisher).isoformat()),
        ("article:section", article.section),
    ]
    if article.changes_by(now):
        modified = local(article.updated_at(now), publisher).isoformat()
        pairs.append(("article:modified_time", modified))
    return "".join(_meta("property", name, value) for name, value in pairs)


def _plain_meta(world: World, article: Article, now: datetime) -> str:
    publisher = world.publisher_of(article)
    pairs = (
        ("description", article.deck),
        ("author", ", ".join(article.authors)),
        ("keywords", ", ".join(article.tags)),
        ("date", local(article.published_at, publisher).isoformat()),
        ("twitter:card", "summary_large_image"),
    )
    return "".join(_meta("name", name, value) for name, value in pairs)


def _json_ld(world: World, article: Article, now: datetime) -> str:
    publisher = world.publisher_of(article)
    document = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(article.kind, "NewsArticle"),
        "mainEntityOfPage": world.canonical_url(article),
        "headline": article.title_at(now),
        "description": article.deck,
        "datePublished": local(article.published_at, publisher).isoformat(),
        "dateModified": local(article.updated_at(now), publisher).isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.authors]
        or {"@type": "Organization", "name": article.credit or publisher.name},
        "publisher": _organisation(publisher),
        "articleSection": article.section,
        "keywords": list(article.tags),
    }
    if article.picture:
        document["image"] = {
            "@type": "ImageObject",
            "url": picture_url(article, publisher),
            "width": article.picture.width,
            "height": article.picture.height,
        }
    text = json.dumps(document, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


_TYPES = {ArticleKind.LIVE_BLOG: "LiveBlogPosting"}


def _organisation(publisher: Publisher) -> dict[str, object]:
    return {
        "@type": "NewsMediaOrganization",
        "name": publisher.name,
        "url": publisher.home_url,
        "logo": {
            "@type": "ImageObject",
            "url": f"http://{publisher.domain}/logo-400x400.png",
            "width": 400,
            "height": 400,
        },
    }


def _nothing(world: World, article: Article, now: datetime) -> str:
    return ""


_PARTS = {
    Markup.JSON_LD: _json_ld,
    Markup.OPEN_GRAPH: _open_graph,
    Markup.META: _plain_meta,
    Markup.PLAIN: _nothing,
}
