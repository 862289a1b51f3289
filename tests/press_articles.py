"""Articles of the simulated press, as if read without a fault."""

from __future__ import annotations

from datetime import UTC, datetime

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.press import build_world
from newsdesk.press.records import ArticleKind

START = datetime(2026, 3, 2, tzinfo=UTC)
DIGESTS = (ArticleKind.ROUND_UP, ArticleKind.LIVE_BLOG, ArticleKind.OLD)
REACH = 96.0


def of_the_press(days: int) -> list[Article]:
    """What a simulated press says in some days, read without a fault, oldest first."""
    world = build_world(11, start=START, days=days, publishers=24)
    return [
        Article(
            id=ArticleId(one.id),
            url=f"https://{one.publisher}.example{one.path}",
            source_id=SourceId(one.publisher),
            first_seen_at=one.published_at,
            reading=Reading(
                title=one.title,
                excerpt=one.deck,
                text="\n\n".join(one.paragraphs),
                web_url=f"https://{one.publisher}.example{one.path}",
                published_at=one.published_at,
                language="en",
            ),
            provider=Provider(domain=one.publisher, name=one.publisher),
        )
        for one in world.articles
        if one.kind not in DIGESTS
    ]
