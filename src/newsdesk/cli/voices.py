"""Who tells a story independently, and who has whose text: that part of `explain`."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Copy, JudgedStory


def tell(console: Console, story: JudgedStory) -> None:
    """Prints how many voices tell it, and each copy with its evidence."""
    articles = _articles(story)
    counts = (
        _many(len(articles), "article"),
        _many(story.provider_count, "provider"),
        _many(story.origin_count, "independent origin"),
    )
    told = "{} of {}, {}".format(*counts)
    if story.origins:
        told += f": {', '.join(origin.source for origin in story.origins)}"
    console.print(escape(told), highlight=False, soft_wrap=True)
    if not story.copies:
        return
    table = Table(
        "article", "is", "of", "because", title="Copies", title_justify="left"
    )
    for copy in story.copies:
        name = articles[copy.article].provider.name
        of = escape(_original(copy, articles))
        told = escape("; ".join(copy.evidence))
        table.add_row(escape(name), copy.kind.value, of, told)
    console.print(table)


def row(story: JudgedStory) -> dict[str, object]:
    """The same for machines."""
    return {
        "origin_count": story.origin_count,
        "origins": [
            {"source": o.source, "articles": list(o.articles), "own": o.own}
            for o in story.origins
        ],
        "copies": [
            {
                "article": copy.article,
                "original": copy.original,
                "source": copy.source,
                "kind": copy.kind.value,
                "share": copy.share,
                "evidence": list(copy.evidence),
            }
            for copy in story.copies
        ],
    }


def _articles(story: JudgedStory) -> Mapping[ArticleId, Article]:
    return {a.id: a for a in (story.lead, *story.related, *story.more)}


def _original(copy: Copy, articles: Mapping[ArticleId, Article]) -> str:
    """The original's outlet; its domain where it is in no article of the story."""
    if copy.original and copy.original in articles:
        return articles[copy.original].provider.name
    return copy.source if copy.original else f"{copy.source} (not at hand)"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
