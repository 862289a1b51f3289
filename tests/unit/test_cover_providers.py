"""From a page to an article of whom wrote it, through all that a worker is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from makers import entry, site, source
from newsdesk.model.article import Article, ArticleId, Candidate, Page, Provider
from newsdesk.model.feed import Entry, Picture, Reply, SourceState
from newsdesk.stages import cover

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
REGISTRY = """\
google.com | Portal | aggregator | US | en
harbour.example | The Harbour | newspaper | GB | en | harbour.test
"""
WORDS = "The bridge over the river opened again after two years of careful work. " * 9


def covered(
    item: Entry, html: str | None = None, *, state: SourceState | None = None
) -> Provider:
    url = item.item.url or ""
    candidate = Candidate(id=ArticleId("a"), url=url, entry=item)
    reply = None
    if html:
        reply = Reply(
            key="a",
            url=url,
            final_url=url,
            status=200,
            headers=(("content-type", "text/html; charset=utf-8"),),
            body=html.encode(),
            fetched_at=NOW,
        )
    told = cover.newsroom(site(outlets=REGISTRY), [state] if state else [])
    made = cover.covered(Page(candidate=candidate, reply=reply), told)
    assert isinstance(made, Article)
    return made.provider


def test_a_link_that_cannot_be_followed_is_of_whom_its_entry_names() -> None:
    item = entry(
        url="https://news.google.com/rss/articles/CBMiAU_yqLabc?oc=5",
        summary_html=WORDS,
        provider_name="Harbour",
        provider_url="https://www.harbour.test",
    )
    assert covered(item).domain == "harbour.example"


def test_a_copy_is_of_whom_its_structured_data_names() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "The bridge is open",
        "publisher": {"@type": "Organization", "name": "Portal"},
        "provider": {"@type": "Organization", "name": "The Harbour"},
    }
    html = (
        "<html><head><title>The bridge is open</title>"
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><article><h1>The bridge is open</h1><p>{WORDS}</p></article></body>"
    )
    item = entry(url="https://www.google.com/news/the-bridge", title="The bridge")
    assert covered(item, html).domain == "harbour.example"


def test_a_feed_lends_its_name_and_logo_to_what_lies_on_its_own_site() -> None:
    state = SourceState(
        source=source(),
        title="Pier Post",
        home_url="https://pier.example/",
        logo=Picture(url="https://pier.example/logo.png", width=88, height=31),
    )
    got = covered(entry(url="https://pier.example/a", summary_html=WORDS), state=state)
    assert (got.name, [one.width for one in got.logos]) == ("Pier Post", [88])
    got = covered(entry(url="https://other.example/a", summary_html=WORDS), state=state)
    assert (got.name, got.logos) == ("other.example", ())
