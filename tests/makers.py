"""Short ways to make records for tests; every field that matters is named by the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import Entry, EntryId, FeedEntry, Picture, Source, SourceId
from newsdesk.model.site import Site
from newsdesk.model.story import Score

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)


def source(name: str = "a", **more: Any) -> Source:
    url = more.pop("url", f"https://{name}.example/feed")
    return Source(id=SourceId(f"source-{name}"), url=url, **more)


def site(**more: Any) -> Site:
    given = {"folder": Path("unused"), "title": "Test", "url": "https://news.example/"}
    return Site(**(given | more))


def entry(name: str = "a", **more: Any) -> Entry:
    """An entry; keywords that are no fields of Entry go to its item."""
    own = {f: more.pop(f) for f in list(more) if f in Entry.__dataclass_fields__}
    item = FeedEntry(**({"url": f"https://a.example/{name}", "title": name} | more))
    given: dict[str, Any] = {
        "id": EntryId(f"entry-{name}"),
        "source_id": SourceId("source-a"),
        "position": 0,
        "first_seen_at": NOW,
        "item": item,
    }
    return Entry(**(given | own))


def reading(title: str = "A headline that says what happened", **more: Any) -> Reading:
    given: dict[str, Any] = {
        "title": title,
        "excerpt": "What happened in a sentence.",
        "text": "",
        "web_url": "https://a.example/1",
        "published_at": NOW,
        "language": "en",
    }
    return Reading(**(given | more))


def article(name: str = "1", domain: str = "a.example", **more: Any) -> Article:
    """An article; keywords that are no fields of Article go to its reading."""
    own = {f: more.pop(f) for f in list(more) if f in Article.__dataclass_fields__}
    url = f"https://{domain}/{name}"
    read = own.pop("reading", None) or reading(**({"web_url": url} | more))
    given: dict[str, Any] = {
        "id": ArticleId(name),
        "url": url,
        "source_id": SourceId("source-a"),
        "first_seen_at": NOW,
        "reading": read,
        "provider": Provider(domain=domain, name=domain.split(".")[0].title()),
    }
    return Article(**(given | own))


def good_article(name: str, domain: str, **more: Any) -> Article:
    """An article that passes the threshold of 70."""
    sentence = (
        "Vera Lind of the firm said “we have never seen the like of it” on 12 May. "
    )
    given: dict[str, Any] = {
        "text": sentence * 50,
        "authors": ("Ada Byron",),
        "page_read": True,
        "pictures": (Picture(url=f"https://{domain}/{name}.jpg"),),
    }
    return article(name, domain, **(given | more))


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def at(article: Article, hours_later: float) -> Article:
    """The article, published and first seen so many hours after NOW."""
    instant = NOW + hours(hours_later)
    return replace(
        article,
        first_seen_at=instant,
        reading=replace(article.reading, published_at=instant),
    )


def adds_up(given: Score) -> bool:
    total = sum(round(part.points * 100) for part in given.parts)
    return given.value == max(0, min(100, (total + 50) // 100))
