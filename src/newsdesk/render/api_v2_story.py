"""One story as version 2 of the JSON API tells it: in lists, and whole.

Text of articles is never in it: it is its publishers'.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.record import Record
from newsdesk.model.site import Site
from newsdesk.model.story import JudgedStory, Published, Score
from newsdesk.model.timeline import Timeline
from newsdesk.render import addresses
from newsdesk.render.record_scalars import instant

Document = dict[str, Any]


def summary(p: Published, site: Site) -> Document:
    """A story as lists show it."""
    record, judged = p.record, p.story
    trend = getattr(p, "trend", None)
    return {
        "id": judged.story.id if judged else None,
        "path": p.path,
        "url": addresses.absolute(site.url, addresses.story_page(p.path)),
        "story": url(site, f"stories/{slug(p.path)}/index"),
        "title": record.title,
        "excerpt": record.excerpt,
        "publishedAt": when(record.published_at),
        "changedAt": when(changed(p)),
        "type": record.type,
        "provider": {"name": record.provider.name, "domain": record.provider.domain},
        "topics": list(record.topics),
        "quality": record.quality,
        "heat": record.heat if p.heat_now is None else p.heat_now,
        "trend": str(trend) if trend else None,
        "outlets": len(outlets(p)),
        "origins": judged.origin_count if judged else None,
    }


def story(p: Published, site: Site) -> Document:
    """All that the site tells of a story."""
    record, judged = p.record, p.story
    whole = {
        **summary(p, site),
        "articleUrl": record.web_url or record.original_url,
        "ampUrl": record.amp_web_url,
        "updatedAt": when(record.updated_at),
        "images": _images(record),
        "related": _related(record),
    }
    if judged is None:
        return whole
    return {
        **whole,
        "follows": judged.story.follows,
        "splitFrom": judged.story.split_from,
        "articles": [_article(a, judged) for a in _members(judged)],
        "voices": _voices(judged),
        "copies": _copies(judged),
        "timeline": _timeline(p.timeline),
        "receipts": _receipts(judged),
        "receipt": url(site, f"stories/{slug(p.path)}/receipt"),
    }


def _members(judged: JudgedStory) -> list[Article]:
    return [judged.lead, *judged.related, *judged.more]


def _images(record: Record) -> list[Document]:
    return [
        {"url": one.url, "width": one.width, "height": one.height, "title": one.title}
        for one in record.images
    ]


def _related(record: Record) -> list[Document]:
    return [
        {
            "title": one.title,
            "excerpt": one.excerpt,
            "url": one.web_url,
            "publishedAt": when(one.published_at),
            "provider": {"name": one.provider.name, "domain": one.provider.domain},
            "quality": one.quality,
        }
        for one in record.related
    ]


def _article(article: Article, judged: JudgedStory) -> Document:
    reading = article.reading
    quality = dict(judged.qualities).get(article.id)
    return {
        "id": article.id,
        "url": reading.web_url,
        "title": reading.title,
        "authors": list(reading.authors),
        "publishedAt": when(reading.published_at),
        "firstSeenAt": when(article.first_seen_at),
        "language": reading.language,
        "provider": {"name": article.provider.name, "domain": article.provider.domain},
        "quality": quality.value if quality else None,
        "role": _role(article.id, judged),
    }


def _role(article: ArticleId, judged: JudgedStory) -> str:
    if article == judged.lead.id:
        return "lead"
    return "related" if any(a.id == article for a in judged.related) else "more"


def _voices(judged: JudgedStory) -> list[Document]:
    return [
        {"source": one.source, "own": one.own, "articles": list(one.articles)}
        for one in judged.origins
    ]


def _copies(judged: JudgedStory) -> list[Document]:
    return [
        {
            "article": one.article,
            "original": one.original,
            "source": one.source,
            "kind": str(one.kind),
            "share": round(one.share, 3),
            "evidence": list(one.evidence),
        }
        for one in judged.copies
    ]


def _timeline(timeline: Timeline | None) -> Document | None:
    if timeline is None:
        return None
    first = timeline.first
    return {
        "first": first
        and {"article": first.article, "isSure": first.is_sure, "why": first.why},
        "pieces": [
            {
                "article": one.article,
                "at": when(one.at),
                "certainty": str(one.certainty),
                "seenAt": when(one.seen_at),
                "claimedAt": when(one.claimed_at),
                "afterS": None if one.after is None else int(one.after.total_seconds()),
                "copyOf": one.copy_of,
                "names": list(one.names),
                "figures": list(one.figures),
            }
            for one in timeline.pieces
        ],
        "changes": [
            {
                "kind": str(one.kind),
                "at": when(one.at),
                "article": one.article,
                "before": one.before,
                "now": one.now,
                "why": one.why,
            }
            for one in timeline.changes
        ],
    }


def _receipts(judged: JudgedStory) -> Document:
    return {
        "quality": receipt(judged.quality),
        "heat": receipt(judged.heat),
        "verdict": {
            "isPublished": judged.verdict.is_published,
            "threshold": judged.verdict.threshold,
            "reason": judged.verdict.reason,
        },
    }


def receipt(score: Score) -> Document:
    """A score with the parts that add up to it."""
    return {
        "value": score.value,
        "rule": score.rule,
        "parts": [
            {"name": part.name, "points": part.points, "why": part.why}
            for part in score.parts
        ],
    }


def outlets(p: Published) -> list[tuple[str, str]]:
    """Domain and name of each outlet of a story, once, its lead's first."""
    found = {p.record.provider.domain: p.record.provider.name}
    for one in p.record.related:
        found.setdefault(one.provider.domain, one.provider.name)
    for article in p.story.more if p.story else ():
        found.setdefault(article.provider.domain, article.provider.name)
    return list(found.items())


def first(p: Published) -> str | None:
    """The domain of who was first with a story; None: nobody can say."""
    earliest = p.timeline.first if p.timeline else None
    if earliest is None or p.story is None:
        return None
    members = _members(p.story)
    return next((a.provider.domain for a in members if a.id == earliest.article), None)


def when(moment: datetime | None) -> str | None:
    """An instant as the API writes it, `2026-02-19T06:00:00Z`; None for None."""
    return instant(moment) if moment else None


def url(site: Site, name: str) -> str:
    """The address of a document, by its name: `stories/index`."""
    return addresses.absolute(site.url, addresses.api_v2(name))


def changed(p: Published) -> datetime:
    """Since when a story is as it is: its newest news."""
    return p.story.story.changed_at if p.story else p.record.published_at


def slug(path: str) -> str:
    """How the API calls a story: `_news/2026-02-19-a.md` gives `2026-02-19-a`."""
    return addresses.story_page(path).split("/")[1]
