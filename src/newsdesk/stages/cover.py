"""A page -> an article: read, and who publishes it, in one go.

Joins two pure stages so that one worker can take a page through both. What an article is
about is for `classify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from newsdesk.model.article import (
    Article,
    ArticleId,
    ArticleType,
    Candidate,
    Imprint,
    Logo,
    NotArticle,
    Page,
    Provider,
    Reading,
)
from newsdesk.model.feed import Entry, Reply, SourceId, SourceKind, SourceState
from newsdesk.model.run import Failed
from newsdesk.model.site import Site
from newsdesk.stages import identify, identify_registry, identify_window
from newsdesk.stages.identify import Listed
from newsdesk.stages.identify_registry import Directory
from newsdesk.text import platforms

FULL_READER = "the full reader"
CHEAP_READER = "the cheap reader"

# Statuses after which a page may well answer later.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """What a worker must know of the site to cover a page."""

    providers: tuple[Provider, ...]
    source_names: tuple[tuple[SourceId, tuple[str, str]], ...]
    """What a source calls itself or is called, and the place that the name is for."""
    outlets: str = field(default="", repr=False)
    """The registry, as text: it goes to the workers with every page."""
    source_logos: tuple[tuple[SourceId, Logo], ...] = ()


def newsroom(site: Site, states: Sequence[SourceState]) -> Newsroom:
    """What a worker must know of a site and of what its sources say of themselves."""
    return Newsroom(
        providers=site.providers,
        source_names=tuple(_names(states)),
        outlets=site.outlets,
        source_logos=tuple(_logos(states)),
    )


def _logos(states: Iterable[SourceState]) -> Iterator[tuple[SourceId, Logo]]:
    for state in states:
        if logo := state.logo:
            size = (logo.width or 0, logo.height or 0)
            yield state.source.id, Logo(url=logo.url, width=size[0], height=size[1])


def _names(states: Iterable[SourceState]) -> Iterator[tuple[SourceId, tuple[str, str]]]:
    """A feed that lists others' articles does not lend them its name."""
    for state in states:
        title = state.source.title or state.title
        place = platforms.place(state.home_url or state.source.url)
        if title and place:
            yield state.source.id, (title, place)


def covered(
    page: Page, newsroom: Newsroom, *, spared: str | None = None
) -> Article | Failed:
    """The article of a page, or why there is none. `spared` is why only the cheap reader
    may be asked."""
    # Workers read pages. The run that only hands them out need not load how.
    from newsdesk.stages import read

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
    reading = read.article(page, spared=spared)
    if isinstance(reading, NotArticle):
        return Failed(
            stage="read",
            key=candidate.id,
            subject=candidate.url,
            reason=reading.reason,
            kind=reading.kind,
            is_final=True,
        )
    if reading.type is ArticleType.LISTING:
        return _listing(candidate, reading)
    source = candidate.entry.source_id
    reading = _with_source(reading, candidate.entry)
    return Article(
        id=candidate.id,
        url=candidate.url,
        source_id=source,
        first_seen_at=candidate.entry.first_seen_at,
        reading=reading,
        provider=identify.provider(
            reading,
            candidate.url,
            identify_registry.directory(newsroom.providers, newsroom.outlets),
            _listed(newsroom, candidate.entry),
        ),
        is_timeless=candidate.entry.is_asked_for and reading.published_at is None,
    )


def _with_source(reading: Reading, entry: Entry) -> Reading:
    """The reading with whom its feed names as the source, among those that its page
    names; who that is, and whether it is the provider itself, is for `copies`."""
    imprint, name = reading.imprint or Imprint(), entry.item.provider_name
    if not name or name in imprint.writers:
        return reading
    return replace(reading, imprint=replace(imprint, writers=(*imprint.writers, name)))


def covered_cheaply(page: Page, failed: Failed, newsroom: Newsroom) -> Article | Failed:
    """The article of a page on which the full reader broke down: read by the cheap one."""
    return covered(page, newsroom, spared=f"{FULL_READER} {_trouble(failed)}")


def covered_unread(page: Page, failed: Failed, newsroom: Newsroom) -> Article | Failed:
    """The article of a page that no reader got through: the feed's words."""
    miss = f"{CHEAP_READER} {_trouble(failed)}"
    return covered(replace(page, reply=None, miss=miss), newsroom)


def breakdown(article: Article) -> Failed | None:
    """What to tell of an article whose page a reader broke down on; None: of no such."""
    for note in article.reading.notes:
        if note.startswith((FULL_READER, CHEAP_READER)):
            return Failed(
                stage="read",
                key=article.id,
                subject=article.url,
                reason=note,
                kind="read cheaply" if article.reading.page_read else "not read",
                is_final=True,
            )
    return None


def _trouble(failed: Failed) -> str:
    return f"broke down on the page ({failed.reason})"


def _listing(candidate: Candidate, reading: Reading) -> Failed:
    """A page that lists others is nobody's coverage: it is kept out at the door."""
    told = "; ".join(reading.notes)
    return Failed(
        stage="read",
        key=candidate.id,
        subject=candidate.url,
        reason="the page lists others and is no article"
        + (f" ({told})" if told else ""),
        kind="listing",
        is_final=True,
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


def fresh(articles: Sequence[Article], site: Site) -> list[Article]:
    """Articles that were news when we first saw them, or that a person asked for; none
    of a blocked domain or source; each provider the same in all of its articles.

    A feed entry without a date gets past the door; its page may then tell its age.
    """
    known = identify_registry.directory(site.providers, site.outlets)
    settled = identify_window.settled(articles, known)
    return [article for article in settled if is_news(article, site, known)]


def is_news(article: Article, site: Site, known: Directory) -> bool:
    """Whether it was news when we first saw it, or a person asked for it, and nobody
    blocks it."""
    limit = timedelta(days=site.window.new_source_days)
    return (
        article.source_id not in site.rules.blocked
        and not _is_blocked(article.provider, site, known)
        and (
            article.first_seen_at - article.instant <= limit
            or any(
                source.id == article.source_id and source.kind is SourceKind.PAGES
                for source in site.sources
            )
        )
    )


def _is_blocked(provider: Provider, site: Site, known: Directory) -> bool:
    """Whether the site blocks a provider, by any of its domains."""
    blocked = site.rules.blocked
    return provider.domain in blocked or any(
        known.by_place[domain].domain == provider.domain
        for domain in blocked
        if domain in known.by_place
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


def _listed(newsroom: Newsroom, entry: Entry) -> Listed:
    """What an entry and its source say of who publishes it."""
    title, place = dict(newsroom.source_names).get(entry.source_id, (None, None))
    return Listed(
        title=title,
        place=place,
        logo=dict(newsroom.source_logos).get(entry.source_id),
        writer=entry.item.provider_name,
        writer_url=entry.item.provider_url,
    )
