"""A page -> an article: read, who publishes it, what it is about, in one go.

Joins three pure stages so that one worker can take a page through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from newsdesk.model.article import (
    Article,
    ArticleId,
    NotArticle,
    Page,
    Provider,
)
from newsdesk.model.feed import Reply, SourceId, SourceKind
from newsdesk.model.run import Failed
from newsdesk.model.site import Site, Topic
from newsdesk.stages import classify, identify, read

# Statuses after which a page may well answer later.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """What a worker must know of the site to cover a page."""

    topics: tuple[Topic, ...]
    providers: tuple[Provider, ...]
    source_topics: tuple[tuple[SourceId, tuple[str, ...]], ...]
    source_titles: tuple[tuple[SourceId, str], ...]


def newsroom(site: Site) -> Newsroom:
    """What a worker must know of a site."""
    return Newsroom(
        topics=site.topics,
        providers=site.providers,
        source_topics=tuple((s.id, s.topics) for s in site.sources if s.topics),
        source_titles=tuple((s.id, s.title) for s in site.sources if s.title),
    )


def covered(page: Page, newsroom: Newsroom) -> Article | Failed:
    """The article of a page, or why there is none."""
    candidate = page.candidate
    reading = read.article(page)
    if isinstance(reading, NotArticle):
        return Failed(
            stage="read",
            key=candidate.id,
            subject=candidate.url,
            reason=reading.reason,
            kind=reading.kind,
            is_final=True,
        )
    source = candidate.entry.source_id
    given = dict(newsroom.source_topics).get(source, ())
    return Article(
        id=candidate.id,
        url=candidate.url,
        source_id=source,
        first_seen_at=candidate.entry.first_seen_at,
        reading=reading,
        provider=identify.provider(
            reading,
            candidate.url,
            _known(newsroom.providers),
            dict(newsroom.source_titles).get(source),
        ),
        topics=classify.topics(reading, given, _classifier(newsroom.topics)),
    )


def page_failure(answer: Reply | Failed) -> Failed | None:
    """Why an answer is no page to read; None where it is one."""
    if isinstance(answer, Failed):
        return replace(answer, stage="fetch")
    if answer.status == 200 and answer.body:
        return None
    return Failed(
        stage="fetch",
        key=answer.key,
        subject=answer.url,
        reason=f"the page answered {answer.status}"
        if answer.status != 200
        else "the page was empty",
        kind=f"http {answer.status}" if answer.status != 200 else "empty",
        is_final=answer.status not in PASSING,
    )


def fresh(articles: Iterable[Article], site: Site) -> list[Article]:
    """Articles that were news when we first saw them, or that a person asked for.

    A feed entry without a date gets past the door; its page may then tell its age.
    """
    asked_for = {s.id for s in site.sources if s.kind is SourceKind.PAGES}
    limit = timedelta(days=site.window.new_source_days)
    return [
        article
        for article in articles
        if article.source_id in asked_for
        or article.first_seen_at - article.instant <= limit
    ]


def timeless(articles: Iterable[Article], site: Site) -> frozenset[ArticleId]:
    """Articles that a person asked for and that bear no date: news of no known time."""
    asked_for = {s.id for s in site.sources if s.kind is SourceKind.PAGES}
    return frozenset(
        article.id
        for article in articles
        if article.source_id in asked_for and article.reading.published_at is None
    )


def without(
    articles: Sequence[Article], twice: Mapping[ArticleId, ArticleId]
) -> list[Article]:
    """The articles with new duplicates marked as such."""
    return [
        replace(article, duplicate_of=twice[article.id])
        if article.id in twice
        else article
        for article in articles
    ]


def _known(providers: tuple[Provider, ...]) -> Mapping[str, Provider]:
    return {provider.domain: provider for provider in providers}


def _classifier(topics: tuple[Topic, ...]) -> classify.Classifier:
    """Made once for each process: compiling the keywords costs more than using them."""
    if topics not in _CLASSIFIERS:
        _CLASSIFIERS.clear()
        _CLASSIFIERS[topics] = classify.classifier(topics)
    return _CLASSIFIERS[topics]


_CLASSIFIERS: dict[tuple[Topic, ...], classify.Classifier] = {}
