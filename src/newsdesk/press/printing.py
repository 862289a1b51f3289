"""Gives a written piece its place with a publisher: address, byline, section, picture."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.press.dice import Dice
from newsdesk.press.phrasebook import Script
from newsdesk.press.records import Article, ArticleKind, ArticlePicture, Publisher
from newsdesk.press.wording import Facts, Firm
from newsdesk.press.writing import Piece

PICTURE_SHARE = 0.9
"""Articles that have a picture, outside agencies' copy and plain blogs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be printed, by whom and when."""

    publisher: Publisher
    kind: ArticleKind
    piece: Piece
    at: datetime
    script: Script
    facts: Facts
    event: str | None = None
    copied_from: str | None = None
    copied_how: str | None = None
    credit: str | None = None
    tells: tuple[str, ...] = ()


def print_article(order: Order, number: int, dice: Dice) -> Article:
    """The article; `number` counts the publisher's articles and makes its id unique."""
    publisher, piece = order.publisher, order.piece
    at = order.at.replace(microsecond=0)
    key = f"{publisher.id}-{number:04d}"
    section = _SECTIONS.get(order.script.field, "Technology")
    return Article(
        id=key,
        publisher=publisher.id,
        kind=order.kind,
        event=order.event,
        path=_path(order, number, section),
        title=piece.title,
        deck=piece.deck,
        paragraphs=_opened(order),
        published_at=at,
        listed_at=at,
        section=section,
        topics=order.script.topics,
        tags=_tags(order, dice),
        authors=_authors(order, dice),
        picture=_picture(order, number, dice),
        copied_from=order.copied_from,
        copied_how=order.copied_how,
        credit=order.credit,
        tells=order.tells,
    )


_SECTIONS = {
    "markets": "Business",
    "work": "Business",
    "policy": "Politics",
    "health": "Health",
    "research": "Science",
    "energy": "Environment",
    "education": "Education",
    "media": "Culture",
    "sport": "Sport",
    "ground": "World",
    "food": "Food",
    "weather": "Weather",
    "culture": "Culture",
    "home": "Living",
    "city": "Local",
}


def slug(text: str, words: int = 9) -> str:
    """The text as lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o"))
    plain = plain.encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())[:words])


def _path(order: Order, number: int, section: str) -> str:
    publisher, title, at = order.publisher, order.piece.title, order.at
    name = slug(title)
    local = at + timedelta(minutes=publisher.offset_minutes)
    serial = 40_000 + number * 37
    if order.kind is ArticleKind.LIVE_BLOG:
        return f"/live/{local:%Y}/{name}-{number}"
    return {
        "dated": f"/{local:%Y/%m/%d}/{name}-{number}/",
        "id": f"/article/{serial}/{name}",
        "section": f"/{section.lower()}/{name}-{serial}",
        "html": f"/{local:%Y}/{serial}-{slug(title, 5)}.html",
        "slug": f"/p/{name}-{number}",
    }[publisher.path_style]


def _opened(order: Order) -> tuple[str, ...]:
    """The paragraphs with a dateline or a boilerplate end where the kind has one; a copy
    brings its own."""
    paragraphs = order.piece.paragraphs
    if order.copied_from:
        return paragraphs
    city = str(order.facts["city"])
    if order.kind is ArticleKind.RELEASE and order.script.role in ("event", "sequel"):
        opening = f"{city.upper()}, {order.at:%B} {order.at.day}, {order.at:%Y} – "
        return (opening + paragraphs[0], *paragraphs[1:], _about(order))
    if order.publisher.layout == "wire":
        opening = f"{city.upper()}, {order.at:%b} {order.at.day} – "
        return (opening + paragraphs[0], *paragraphs[1:])
    return paragraphs


def _about(order: Order) -> str:
    firm = order.facts["co"]
    if not isinstance(firm, Firm):
        return ""
    vowel = "an" if firm.what[0] in "aeiouA" else "a"
    return (
        f"About {firm.name}: {firm.name} is {vowel} {firm.what} with headquarters in "
        f"{firm.city}. Media contact: press office, {firm.city}."
    )


def _tags(order: Order, dice: Dice) -> tuple[str, ...]:
    firm = order.facts["co"]
    names = [firm.name] if isinstance(firm, Firm) and order.script.cast else []
    topics = [topic.replace("-", " ") for topic in order.script.topics]
    return tuple(dice.shuffled(names + topics))


def _authors(order: Order, dice: Dice) -> tuple[str, ...]:
    publisher = order.publisher
    if not publisher.shows_author or order.credit:
        return ()
    if publisher.layout == "blog":
        return publisher.writers[:1]
    return tuple(dice.sample(publisher.writers, 2 if dice.chance(0.15) else 1))


def _picture(order: Order, number: int, dice: Dice) -> ArticlePicture | None:
    publisher = order.publisher
    share = 0.5 if publisher.layout in ("wire", "table") else PICTURE_SHARE
    if not dice.chance(share):
        return None
    width, height = publisher.picture_size
    name = slug(order.piece.title, 4)
    return ArticlePicture(
        path=f"/media/{number:04d}-{name}.{publisher.picture_format}",
        width=width,
        height=height,
        alt=f"Illustration: {order.piece.title}",
        credit=f"Illustration: {publisher.name}",
    )
