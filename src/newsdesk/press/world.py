"""The whole simulated world, made up front from one seed: publishers, events, articles.

`build_world` decides what happens, who covers it and when; everything is fixed before the
first reader asks. The server's clock only decides how much of it can be seen already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from newsdesk.press.coverage import Desk
from newsdesk.press.publishers import press
from newsdesk.press.records import Article, Event, Publisher, TopicSeed
from newsdesk.press.topics import TOPICS

Json = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class World:
    """A stretch of simulated days. Everything in it is known from the start."""

    seed: int
    start: datetime
    days: int
    publishers: tuple[Publisher, ...]
    events: tuple[Event, ...]
    """In order of happening."""
    articles: tuple[Article, ...]
    """In order of listing."""
    topics: tuple[TopicSeed, ...] = field(default=TOPICS)

    @property
    def end(self) -> datetime:
        """When the last simulated day is over."""
        return self.start + timedelta(days=self.days)

    @cached_property
    def by_host(self) -> Mapping[str, Publisher]:
        """Publishers by host name."""
        return {publisher.domain: publisher for publisher in self.publishers}

    @cached_property
    def by_id(self) -> Mapping[str, Publisher]:
        """Publishers by id."""
        return {publisher.id: publisher for publisher in self.publishers}

    @cached_property
    def articles_of(self) -> Mapping[str, tuple[Article, ...]]:
        """Each publisher's articles by its id, in order of listing."""
        found: dict[str, list[Article]] = {item.id: [] for item in self.publishers}
        for article in self.articles:
            found[article.publisher].append(article)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def article_at(self) -> Mapping[tuple[str, str], Article]:
        """Articles by host and path of their canonical address."""
        return {
            (self.by_id[item.publisher].domain, item.path): item
            for item in self.articles
        }

    def publisher_of(self, article: Article) -> Publisher:
        """Who published it."""
        return self.by_id[article.publisher]

    def canonical_url(self, article: Article) -> str:
        """The article's own address."""
        return f"http://{self.publisher_of(article).domain}{article.path}"

    def feed_url(self, article: Article) -> str:
        """The address under which the publisher's feed lists it."""
        publisher = self.publisher_of(article)
        if publisher.tracking == "redirect":
            return f"http://{publisher.domain}/r/{article.id}"
        query = f"?{publisher.tracking}" if publisher.tracking else ""
        return self.canonical_url(article) + query

    def listed(self, publisher: Publisher, now: datetime) -> list[Article]:
        """What a publisher's lists show at that time, newest first, without limit."""
        out = [item for item in self.articles_of[publisher.id] if item.is_out(now)]
        return out[::-1]

    def truth(self) -> Json:
        """What really happened, as plain JSON values: events, articles, topics."""
        return {
            "seed": self.seed,
            "start": _stamp(self.start),
            "days": self.days,
            "publishers": [_publisher_truth(item) for item in self.publishers],
            "events": [self._event_truth(item) for item in self.events],
            "articles": [self._article_truth(item) for item in self.articles],
        }

    def _event_truth(self, event: Event) -> Json:
        return {
            "id": event.id,
            "kind": event.kind,
            "field": event.field,
            "happened_at": _stamp(event.happened_at),
            "topics": list(event.topics),
            "names": list(event.names),
            "follows": event.follows,
            "alike": event.alike,
            "articles": [item.id for item in self.articles if item.event == event.id],
        }

    def _article_truth(self, article: Article) -> Json:
        picture = article.picture
        return {
            "id": article.id,
            "url": self.feed_url(article),
            "canonical_url": self.canonical_url(article),
            "publisher": article.publisher,
            "kind": str(article.kind),
            "event": article.event,
            "published": _stamp(article.published_at),
            "listed": _stamp(article.listed_at),
            "copied_from": article.copied_from,
            "copied_how": article.copied_how,
            "credit": article.credit,
            "tells": list(article.tells),
            "topics": list(article.topics),
            "title": article.title,
            "authors": list(article.authors),
            "picture": [picture.width, picture.height] if picture else None,
            "changes": [_stamp(change.at) for change in article.changes],
            "withdrawn": _stamp(article.withdrawn_at) if article.withdrawn_at else None,
        }


def build_world(
    seed: int, *, start: datetime, days: int = 7, publishers: int = 40
) -> World:
    """The world of that seed; the same arguments give the same world to the byte.
    `start` is aware. ValueError where fewer than 12 publishers are asked for."""
    if start.tzinfo is None:
        raise ValueError(
            "the start of a world needs a time zone: pass an aware datetime"
        )
    if publishers < _FEWEST:
        raise ValueError(f"a world needs at least {_FEWEST} publishers")
    start = start.astimezone(UTC)
    outlets = press(seed, publishers)
    desk = Desk(seed=seed, start=start, days=days, publishers=outlets)
    events, articles = desk.report()
    return World(
        seed=seed,
        start=start,
        days=days,
        publishers=outlets,
        events=events,
        articles=articles,
    )


_FEWEST = 12
"""Below this an event cannot find enough outlets of different kinds."""


def _publisher_truth(publisher: Publisher) -> Json:
    return {
        "id": publisher.id,
        "name": publisher.name,
        "domain": publisher.domain,
        "kind": str(publisher.kind),
        "feed": publisher.feed_url,
        "dialect": str(publisher.dialect),
    }


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
