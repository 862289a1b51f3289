"""Made-up pages for tests of reading: a candidate with a reply, bodies, structured data."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from newsdesk.model.article import ArticleId, Candidate, NotArticle, Page, Reading
from newsdesk.model.feed import Entry, EntryId, FeedEntry, Reply, SourceId
from newsdesk.stages import read

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
SITE = "https://www.dailyharbour.example"
URL = f"{SITE}/city/bridge-opens-123"
SENTENCES = (
    "The old bridge over the Lenne opened again on Tuesday after two years of work.",
    "Engineers had replaced every cable and most of the deck while boats kept passing.",
    "“We were never sure of the ground below the northern pier,” said the engineer.",
    "The city paid a little over half of the bill and the state paid for what was left.",
)
SHORT = f"<p>{SENTENCES[0]}</p>"
LONG = "".join(
    f"<p>{first} {second} In the {place}th year of its life nothing was as before.</p>"
    for place, first in enumerate(SENTENCES * 3, 80)
    for second in SENTENCES
)
"""About 1,800 words."""
STORY = {
    "@type": "NewsArticle",
    "headline": "Old bridge opens again",
    "datePublished": "2026-02-10T09:30:00+01:00",
}


def data(*nodes: object) -> str:
    """A script with structured data."""
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


def document(
    head: str = "", body: str = LONG, *, title: str = "Old bridge opens again"
) -> str:
    """A page with a headline and a body in an `article`."""
    return (
        f'<html lang="en"><head><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{title}</h1>{body}</article>'
        "<footer>© Daily Harbour</footer></body></html>"
    )


def page(
    html: str | bytes,
    *,
    url: str = URL,
    content_type: str = "text/html; charset=utf-8",
    at: datetime = NOW,
) -> Page:
    """A candidate with the page that was fetched for it."""
    entry = Entry(
        id=EntryId("e" * 16),
        source_id=SourceId("s" * 16),
        position=0,
        first_seen_at=at,
        item=FeedEntry(url=url),
    )
    reply = Reply(
        key="a",
        url=url,
        final_url=url,
        status=200,
        headers=(("content-type", content_type),),
        body=html.encode() if isinstance(html, str) else html,
        fetched_at=at,
    )
    candidate = Candidate(id=ArticleId("a" * 16), url=url, entry=entry)
    return Page(candidate=candidate, reply=reply)


def got(html: str, *, url: str = URL) -> Reading | NotArticle:
    """What is read of a page."""
    return read.article(page(html, url=url))


def reading(html: str, *, url: str = URL) -> Reading:
    """What is read of a page that must be an article."""
    one = got(html, url=url)
    assert isinstance(one, Reading), one
    return one
