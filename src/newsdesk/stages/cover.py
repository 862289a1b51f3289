"""A page -> an article: read, who publishes it, what it is about, in one go.

Joins three pure stages so that one worker can take a page through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from newsdesk.model.article import (
    Article,
    ArticleId,
    NotArticle,
    Page,
    Provider,
    Reading,
)
from newsdesk.model.feed import Reply, SourceId, SourceKind, SourceState
from newsdesk.model.run import Failed
from newsdesk.model.site import Site, Topic
from newsdesk.stages import classify, identify, read
from newsdesk.text import urls

# Statuses after which a page may well answer later.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """What a worker must know of the site to cover a page."""

    topics: tuple[Topic, ...]
    providers: tuple[Provider, ...]
    source_topics: tuple[tuple[SourceId, tuple[str, ...]], ...]
    source_names: tuple[tuple[SourceId, tuple[str, str]], ...]
    """What a source calls itself or is called, and the domain that the name is for."""


def newsroom(site: Site, states: Iterable[SourceState]) -> Newsroom:
    """What a worker must know of a site and of what its sources say of themselves."""
    return Newsroom(
        topics=site.topics,
        providers=site.providers,
        source_topics=tuple((s.id, s.topics) for s in site.sources if s.topics),
        source_names=tuple(_names(states)),
    )


def _names(states: Iterable[SourceState]) -> Iterator[tuple[SourceId, tuple[str, str]]]:
    """A feed that lists others' articles does not lend them its name."""
    for state in states:
        title = state.source.title or state.title
        domain = urls.publishing(state.home_url or state.source.url)
        if title and domain:
            yield state.source.id, (title, domain)


def covered(page: Page, newsroom: Newsroom) -> Article | Failed:
    """The article of a page, or why there is none."""
    candidate = page.candidate
    if candidate.had_page and page.reply is None:
        return Failed(
            stage="read",
            key=candidate.id,
            subject=candidate.url,
            reason=f"it changed, but could not be read again ({page.miss}); "
            "it stays as first read",
            kind="not read again",
            is_final=True,
        )
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
            _source_name(newsroom, source, reading),
        ),
        topics=classify.topics(reading, given, _classifier(newsroom.topics)),
        is_timeless=candidate.entry.is_asked_for and reading.published_at is None,
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
    """Articles that were news when we first saw them, or that a person asked for; none
    of a blocked domain.

    A feed entry without a date gets past the door; its page may then tell its age.
    """
    asked_for = {s.id for s in site.sources if s.kind is SourceKind.PAGES}
    limit = timedelta(days=site.window.new_source_days)
    return [
        article
        for article in articles
        if article.provider.domain not in site.rules.blocked
        and (
            article.source_id in asked_for
            or article.first_seen_at - article.instant <= limit
        )
    ]


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


def _source_name(newsroom: Newsroom, source: SourceId, reading: Reading) -> str | None:
    name, domain = dict(newsroom.source_names).get(source, (None, None))
    return name if domain and domain == urls.publishing(reading.web_url) else None


def _known(providers: tuple[Provider, ...]) -> Mapping[str, Provider]:
    return {provider.domain: provider for provider in providers}


def _classifier(topics: tuple[Topic, ...]) -> classify.Classifier:
    """Made once for each process: compiling the keywords costs more than using them."""
    if topics not in _CLASSIFIERS:
        _CLASSIFIERS.clear()
        _CLASSIFIERS[topics] = classify.classifier(topics)
    return _CLASSIFIERS[topics]


_CLASSIFIERS: dict[tuple[Topic, ...], classify.Classifier] = {}
