"""What the page of one story shows: coverage, timeline, topics, receipt, metadata.

All of it stays the same until the story itself changes, whatever the hour: heat is shown
as of the story's newest news. A record adopted from an older content folder has no story
behind it; its page is made from the record alone and says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from newsdesk.model.article import Article, TopicHit
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import JudgedStory, Published, Score
from newsdesk.render import addresses
from newsdesk.render.html_rows import Outlet, Row, Rows, labels, topics_by_name
from newsdesk.render.html_timeline import Firsts, Step, firsts, timeline
from newsdesk.render.html_words import link, machine, shorten

_EXCERPT = 180
"""Characters of an excerpt in the list of coverage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One outlet's coverage."""

    title: str
    language: str | None
    excerpt: str
    outlet: Outlet
    at: datetime
    labels: tuple[str, ...]
    quality: int
    is_lead: bool = False
    outlet_is: str = ""
    """What sort of outlet it is and of which country, as far as known."""
    also: tuple[Outlet, ...] = ()
    """Other outlets that carry its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A topic of the story and what in the text says so."""

    name: str
    topic: Topic | None
    percent: int | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A score as a table that adds up."""

    name: str
    score: Score
    total: float
    """The sum of the parts, before it is bounded to 0–100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """Everything on a story's page."""

    row: Row
    authors: tuple[str, ...]
    excerpt: str
    updated_at: datetime | None
    coverage: tuple[Covered, ...]
    timeline: tuple[Step, ...]
    firsts: Firsts | None
    """None: there is one piece, or nobody can tell."""
    topics: tuple[About, ...]
    sums: tuple[Sum, ...]
    """Quality, then heat; empty for an adopted record."""
    judged: JudgedStory | None
    feed: str
    """Path of the Atom feed that carries it."""
    api: str
    """Path of the JSON that carries it."""
    json_ld: str
    """schema.org metadata, safe inside a script element."""


def view(published: Published, site: Site, rows: Rows) -> StoryView:
    """What the page of a published record shows."""
    record, judged = published.record, published.story
    row = rows.row(published)
    topic = row.topic.id if row.topic else None
    return StoryView(
        row=row,
        authors=judged.lead.reading.authors if judged else (),
        excerpt=" ".join((record.excerpt or "").split()),
        updated_at=record.updated_at,
        coverage=_coverage(published, row),
        timeline=timeline(published),
        firsts=firsts(published),
        topics=_topics(published, site),
        sums=_sums(judged),
        judged=judged,
        feed=addresses.topic_feed(topic) if topic else addresses.ALL_FEED,
        api=addresses.api_index(topic),
        json_ld=_json_ld(published, row, site),
    )


def _coverage(published: Published, row: Row) -> tuple[Covered, ...]:
    record = published.record
    judged = published.story
    known = {one.reading.web_url: one for one in judged.related} if judged else {}
    lead = Covered(
        title=record.title,
        language=row.language,
        excerpt="",
        outlet=row.outlet,
        at=record.published_at,
        labels=row.labels,
        quality=record.quality,
        is_lead=True,
        outlet_is=_outlet_is(judged.lead if judged else None),
        also=_also(judged, judged.lead if judged else None),
    )
    others = (
        Covered(
            title=item.title,
            language=_language(known.get(item.web_url)),
            excerpt=shorten(item.excerpt, _EXCERPT),
            outlet=Outlet(
                name=item.provider.name or item.provider.domain, url=link(item.web_url)
            ),
            at=item.published_at,
            labels=labels(known.get(item.web_url), item.type),
            quality=item.quality,
            outlet_is=_outlet_is(known.get(item.web_url)),
            also=_also(judged, known.get(item.web_url)),
        )
        for item in record.related
    )
    return (lead, *others)


def _language(article: Article | None) -> str | None:
    return article.reading.language if article else None


def _also(judged: JudgedStory | None, article: Article | None) -> tuple[Outlet, ...]:
    """Who else carries an article's text, each outlet once."""
    if judged is None or article is None:
        return ()
    members = {a.id: a for a in (judged.lead, *judged.related, *judged.more)}
    others = [
        members[of]
        for of in dict(judged.also_in).get(article.id, ())
        if of in members and members[of].provider.domain != article.provider.domain
    ]
    found = {
        one.provider.domain: Outlet(
            name=one.provider.name or one.provider.domain,
            url=link(one.reading.web_url),
        )
        for one in reversed(others)
    }
    return tuple(reversed(found.values()))


def _outlet_is(article: Article | None) -> str:
    """`newspaper, GB`; empty where nothing is known."""
    if article is None:
        return ""
    provider = article.provider
    return ", ".join(filter(None, (provider.kind, provider.country)))


def _topics(published: Published, site: Site) -> tuple[About, ...]:
    by_name = topics_by_name(site)
    hits = published.story.lead.topics if published.story else ()
    by_id: dict[str, TopicHit] = {hit.topic: hit for hit in hits}
    found = []
    for name in published.record.topics:
        topic = by_name.get(name)
        hit = by_id.get(topic.id) if topic else None
        about = About(
            name=name,
            topic=topic,
            percent=round(hit.strength * 100) if hit else None,
            evidence=tuple(_in_words(one, site) for one in hit.evidence) if hit else (),
        )
        found.append(about)
    return tuple(found)


def _in_words(evidence: str, site: Site) -> str:
    if evidence == "source":
        return "everything from this source"
    kind, _, child = evidence.partition("child: ")
    if kind or not child:
        return evidence
    names = (topic.name for topic in site.topics if topic.id == child)
    return f"because of {next(names, child)}"


def _sums(judged: JudgedStory | None) -> tuple[Sum, ...]:
    if judged is None:
        return ()
    named = (("Quality", judged.quality), ("Heat", judged.heat))
    return tuple(
        Sum(
            name=name,
            score=score,
            total=round(sum(part.points for part in score.parts), 2),
        )
        for name, score in named
    )


def _json_ld(published: Published, row: Row, site: Site) -> str:
    """A page about somebody else's article: we claim neither its words nor its date."""
    record = published.record
    article: dict[str, object] = {
        "@type": "VideoObject" if row.is_video else "NewsArticle",
        "name" if row.is_video else "headline": record.title,
        "datePublished": machine(record.published_at),
        "publisher": {"@type": "Organization", "name": row.outlet.name},
    }
    if row.outlet.url:
        article["url"] = row.outlet.url
    if row.language:
        article["inLanguage"] = row.language
    authors = published.story.lead.reading.authors if published.story else ()
    if authors:
        article["author"] = [{"@type": "Person", "name": name} for name in authors]
    page = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": addresses.absolute(site.url, row.page),
        "name": record.title,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url},
        "mainEntity": article,
    }
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
