"""The receipt of a story: every number with the rule that made it, what went in, and what
each part brought.

One document for all: a file beside the story's JSON, `newsdesk explain --json`, and what
the page prints. Canonical JSON: keys sorted, no spaces, points with at most two decimals,
instants in UTC; the same story gives the same bytes. `receipts_schema` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from newsdesk.model.article import Article, ArticleId, TopicHit
from newsdesk.model.story import Edition, JudgedStory, Score
from newsdesk.render import addresses, visibility
from newsdesk.render.record_scalars import instant
from newsdesk.render.sheet import Sheet

Document = dict[str, Any]

VERSION = 1
"""Of the document; raised when a key changes its meaning or goes."""
MOST_MEMBERS = 60
"""Members that are told of one by one, the lead and what is listed first. The others are
counted, so that no story's receipt grows without end."""
MOST_WHY = 300
"""Characters of a reason."""


def files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the receipt of each published story that was judged."""
    for sheet in sheets(edition):
        yield sheet.path, sheet.make()


def sheets(edition: Edition) -> Iterator[Sheet]:
    """The same, not made yet."""
    for one in visibility.shown(edition.records):
        if one.story is not None:
            yield Sheet(
                path=receipt_file(one.path),
                of=(one.path,),
                make=partial(_of, one.story, one.path),
                is_still=True,
            )


def _of(judged: JudgedStory, path: str) -> bytes:
    return canonical(document(judged, path))


def rules_file(told: Document) -> tuple[str, bytes]:
    """Path and bytes of what the site asks for and what its rules weigh."""
    return addresses.api_v2("rules"), canonical(told)


def receipt_file(path: str) -> str:
    """File of the receipt of the story with a record's path."""
    slug = addresses.story_page(path).split("/")[1]
    return addresses.api_v2(f"stories/{slug}/receipt")


def canonical(told: Document) -> bytes:
    """A document as canonical JSON, ended by a newline."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Half a surrogate pair becomes its JSON escape.
    return f"{text}\n".encode("utf-8", "backslashreplace")


def document(judged: JudgedStory, path: str | None) -> Document:
    """Everything that numbers of a story came of. `path`: of its record, if it has one."""
    shown, basis = _members(judged)[:MOST_MEMBERS], judged.basis
    voices = dict(basis.voices) if basis else {}
    return {
        "receipt": VERSION,
        "story": judged.story.id,
        "record": path,
        "asOf": _when(judged.story.changed_at),
        "lead": judged.lead.id,
        "rules": basis.rules if basis else None,
        "quality": score(judged.quality),
        "heat": score(judged.heat),
        "heatAsOf": _when(judged.heat_at or judged.story.changed_at),
        "verdict": _verdict(judged),
        "origins": [
            {
                "source": one.source,
                "own": one.own,
                "articles": list(one.articles),
                "weight": voices.get(one.source),
            }
            for one in judged.origins
        ],
        "members": [_member(article, judged) for article in shown],
        "membersNotTold": len(_members(judged)) - len(shown),
    }


def score(given: Score) -> Document:
    """A number with its parts; `sum` is what they add up to before it is rounded and
    bounded to 0–100."""
    total = sum(round(part.points * 100) for part in given.parts)
    return {
        "value": given.value,
        "rule": given.rule,
        "sum": total / 100,
        "parts": [
            {
                "name": part.name,
                "points": round(part.points, 2),
                "why": part.why[:MOST_WHY],
            }
            for part in given.parts
        ],
    }


def _verdict(judged: JudgedStory) -> Document:
    verdict = judged.verdict
    return {
        "isPublished": verdict.is_published,
        "rule": verdict.rule,
        "threshold": verdict.threshold,
        "reason": verdict.reason,
        "objections": [
            {"rule": one.rule, "why": one.why[:MOST_WHY], "gap": round(one.gap, 3)}
            for one in verdict.objections
        ],
    }


def _member(article: Article, judged: JudgedStory) -> Document:
    """One article: what it is, its numbers, and why it is in the story."""
    of = article.id
    return {
        "id": of,
        "url": article.reading.web_url,
        "role": _role(of, judged),
        "joined": _place(of, judged),
        "inputs": _inputs(article),
        "quality": _score(dict(judged.qualities).get(of)),
        "standing": _score(dict(judged.standings).get(of)),
        "bond": _score(dict(judged.bonds).get(of)),
        "copy": _copy(of, judged),
        "topics": [_topic(hit) for hit in article.topics],
    }


def _inputs(article: Article) -> Document:
    """What was measured of an article, before any rule looked at it."""
    reading, provider = article.reading, article.provider
    return {
        "firstSeenAt": _when(article.first_seen_at),
        "publishedAt": _when(reading.published_at),
        "publishedHasTime": reading.published_has_time,
        "countsAsOf": _when(article.instant),
        "updatedAt": _when(reading.updated_at),
        "type": reading.type.value,
        "language": reading.language,
        "titleCharacters": len(reading.title),
        "words": len(reading.text.split()),
        "authors": len(reading.authors),
        "pictures": len(reading.pictures),
        "pageRead": reading.page_read,
        "paywalled": bool(reading.paywall),
        "provider": {
            "domain": provider.domain,
            "isKnown": provider.is_known,
            "kind": provider.kind.value if provider.kind else None,
            "country": provider.country,
        },
    }


def _copy(of: ArticleId, judged: JudgedStory) -> Document | None:
    copy = next((one for one in judged.copies if one.article == of), None)
    if copy is None:
        return None
    return {
        "kind": copy.kind.value,
        "original": copy.original,
        "source": copy.source,
        "share": round(copy.share, 3),
        "evidence": [each[:MOST_WHY] for each in copy.evidence],
    }


def _topic(hit: TopicHit) -> Document:
    return {
        "topic": hit.topic,
        "strength": round(hit.strength, 4),
        "evidence": list(hit.evidence),
    }


def _score(given: Score | None) -> Document | None:
    return score(given) if given else None


def _members(judged: JudgedStory) -> tuple[Article, ...]:
    return (judged.lead, *judged.related, *judged.more)


def _role(of: ArticleId, judged: JudgedStory) -> str:
    if of == judged.lead.id:
        return "lead"
    return "related" if any(a.id == of for a in judged.related) else "more"


def _place(of: ArticleId, judged: JudgedStory) -> int | None:
    """Which member it was to join, from 1."""
    members = judged.story.members
    return members.index(of) + 1 if of in members else None


def _when(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None
