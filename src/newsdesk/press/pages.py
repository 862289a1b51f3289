"""HTML pages of the simulated press: articles, AMP versions, front pages.

Every layout wraps the text in what real pages wrap it in: navigation, teasers, newsletter
boxes, comments, footers. What a page tells machines (JSON-LD, Open Graph, meta, nothing)
is in `page_head`; the frames around the text are in `page_frames`.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from newsdesk.press.dice import Dice
from newsdesk.press.feeds import local, picture_url
from newsdesk.press.page_frames import FRAMES, Frame, style
from newsdesk.press.page_head import head
from newsdesk.press.records import Article, Publisher
from newsdesk.press.world import World

FRONT_ARTICLES = 30
RELATED_ARTICLES = 4


def article_page(world: World, article: Article, now: datetime) -> bytes:
    """The article's page as it stands at that time."""
    publisher = world.publisher_of(article)
    frame = Frame(
        publisher=publisher,
        title=escape(article.title_at(now), quote=False),
        deck=escape(article.deck, quote=False),
        byline=_byline(article, publisher),
        when=_when(article, publisher, now),
        picture=_figure(article, publisher),
        body=_body(article, now),
        section=article.section,
        related=_related(world, article, now),
        comments=_comments(article),
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head(world, article, now)}'
        f"<style>{style(publisher)}</style>\n</head>\n"
        f"{FRAMES[publisher.layout](frame)}</html>\n"
    )
    return page.encode()


def amp_page(world: World, article: Article, now: datetime) -> bytes:
    """The AMP version of an article."""
    publisher = world.publisher_of(article)
    picture = article.picture
    image = (
        f'<amp-img src="{picture_url(article, publisher)}" width="{picture.width}" '
        f'height="{picture.height}" layout="responsive"></amp-img>'
        if picture
        else ""
    )
    page = (
        '<!doctype html>\n<html amp lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<script async src="https://cdn.ampproject.org/v0.js"></script>\n'
        f"<title>{escape(article.title_at(now))}</title>\n"
        f'<link rel="canonical" href="{world.canonical_url(article)}">\n'
        '<meta name="viewport" content="width=device-width">\n</head>\n<body>\n'
        f"<header>{escape(publisher.name)}</header>\n<article>\n"
        f"<h1>{escape(article.title_at(now))}</h1>\n{image}\n{_body(article, now)}"
        "</article>\n</body>\n</html>\n"
    )
    return page.encode()


def front_page(world: World, publisher: Publisher, now: datetime) -> bytes:
    """The publisher's front page with a link to its feed."""
    kind = "application/" + publisher.feed_path.rsplit(".", 1)[-1].replace("rdf", "rss")
    teasers = "".join(
        f'<li><a href="{item.path}">{escape(item.title_at(now))}</a>'
        f"<p>{escape(item.deck)}</p></li>\n"
        for item in world.listed(publisher, now)[:FRONT_ARTICLES]
    )
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(publisher.name)} – {escape(publisher.tagline)}</title>\n"
        f'<link rel="alternate" type="{kind.replace("/xml", "/rss")}+xml" '
        f'title="{escape(publisher.name)}" href="{publisher.feed_path}">\n'
        f'<link rel="icon" href="/favicon.png">\n<style>{style(publisher)}</style>\n'
        f'</head>\n<body><header class="top"><b>{escape(publisher.name)}</b></header>\n'
        f"<main><h1>{escape(publisher.tagline)}</h1>\n<ul>\n{teasers}</ul></main>\n"
        "</body>\n</html>\n"
    )
    return page.encode()


def _body(article: Article, now: datetime) -> str:
    lines = [f"<p>{escape(text, quote=False)}</p>" for text in article.paragraphs]
    lines += [
        f'<p class="note"><em>{escape(change.note, quote=False)}</em></p>'
        for change in article.changes_by(now)
    ]
    return "\n".join(lines) + "\n"


def _byline(article: Article, publisher: Publisher) -> str:
    if article.credit:
        return f"By {escape(article.credit)}"
    if not article.authors:
        return ""
    links = [
        f'<a rel="author" href="/authors/{name.lower().replace(" ", "-")}">'
        f"{escape(name)}</a>"
        for name in article.authors
    ]
    return "By " + " and ".join(links)


def _when(article: Article, publisher: Publisher, now: datetime) -> str:
    at = local(article.published_at, publisher)
    text = f"{at.day} {at:%B %Y}, {at:%H:%M}"
    if publisher.layout in ("table", "blog"):
        return f"{at:%B} {at.day}, {at:%Y}"
    updated = article.updated_at(now)
    if updated > article.published_at:
        text += f" · updated {local(updated, publisher):%H:%M}"
    return f'<time datetime="{at.isoformat()}">{text}</time>'


def _figure(article: Article, publisher: Publisher) -> str:
    picture = article.picture
    if picture is None:
        return ""
    return (
        f'<figure><img src="{picture.path}" width="{picture.width}" '
        f'height="{picture.height}" alt="{escape(picture.alt)}">'
        f"<figcaption>{escape(picture.credit)}</figcaption></figure>\n"
    )


def _related(world: World, article: Article, now: datetime) -> str:
    publisher = world.publisher_of(article)
    others = [item for item in world.listed(publisher, now) if item.id != article.id]
    chosen = Dice("related", article.id).sample(others[:20], RELATED_ARTICLES)
    return "".join(
        f'<li><a href="{item.path}">{escape(item.title_at(now), quote=False)}</a></li>\n'
        for item in chosen
    )


_VOICES = (
    ("Tidemark", "Thanks for covering this. Local readers have waited for it."),
    ("oldpress", "I remember when this paper had three reporters for such matters."),
    ("marrow_and_me", "We had the same discussion at work last week. Nobody agreed."),
    ("J. from Halvik", "The second paragraph is doing a lot of work here."),
    ("slowreader", "Could you link to the document next time, please?"),
    ("Ferryman", "My cousin works there and tells it rather differently."),
)


def _comments(article: Article) -> str:
    chosen = Dice("comments", article.id).sample(_VOICES, 3)
    return "".join(
        f'<div class="comment"><b>{name}</b><p>{escape(text, quote=False)}</p></div>\n'
        for name, text in chosen
    )
