"""What a demo site needs to know of the simulated press: its feeds and fitting topics."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.press.records import PublisherKind, TopicSeed
from newsdesk.press.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed to subscribe to."""

    name: str
    """The publisher's."""
    url: str
    kind: PublisherKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSite:
    """The makings of a site folder for the demo."""

    feeds: tuple[Feed, ...]
    """One a publisher, followed by news sitemaps where there are any."""
    topics: tuple[TopicSeed, ...]
    """Parents before their children."""


def demo_site(world: World) -> DemoSite:
    """The feeds of every publisher of the world, and topics for a site that reads them."""
    feeds = [
        Feed(name=item.name, url=item.feed_url, kind=item.kind)
        for item in world.publishers
    ]
    feeds += [
        Feed(
            name=f"{item.name} (news sitemap)",
            url=f"http://{item.domain}/news-sitemap.xml",
            kind=item.kind,
        )
        for item in world.publishers
        if item.news_sitemap
    ]
    return DemoSite(feeds=tuple(feeds), topics=world.topics)
