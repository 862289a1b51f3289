"""An article -> whom it says it is from: credits in its text, its page and its feed.

Resolves names to providers: agencies by the names that credits use, others as the
registry, the site or the articles at hand know them. An article never credits itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsdesk.model.article import Article, Imprint, Provider, ProviderKind
from newsdesk.model.story import CopyKind
from newsdesk.stages.identify_registry import Directory
from newsdesk.text import agencies, credits, platforms, relays
from newsdesk.text.credits import Credit, Form
from newsdesk.text.names import is_person
from newsdesk.text.site_names import folded

NO_NEWSROOM = frozenset(
    (
        ProviderKind.COMPANY, ProviderKind.LAB, ProviderKind.GOVERNMENT,
        ProviderKind.ORGANISATION, ProviderKind.AGGREGATOR,
    )
)  # fmt: skip
"""Kinds that `Source: …` names for figures and that own outlets: being named by a page is
no sign that its text is theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Somebody whom an article names as the source of its text."""

    id: str
    """A domain, or the name as it is given."""
    kind: CopyKind
    why: str
    """For a person."""
    is_sure: bool = True
    """False: it is only said to have delivered material, or stands where owners do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who is meant by a name or an address."""

    known: Directory
    at_hand: Mapping[str, Provider]
    """Providers of the articles at hand by folded name; a name of two is left out."""

    def provider(self, name: str) -> Provider | None:
        """Whom a name means; None: nobody known."""
        if domain := agencies.domain(name):
            is_wire = domain in agencies.RELEASES
            kind = ProviderKind.WIRE if is_wire else ProviderKind.AGENCY
            unlisted = Provider(domain=domain, name=name, kind=kind)
            return self.known.by_place.get(domain, unlisted)
        return self.known.named(name) or self.at_hand.get(folded(name))

    def publisher(self, url: str) -> Provider | None:
        """Who publishes at an address; None: nobody known."""
        return self.known.at(url)


def names(providers: Iterable[Provider], known: Directory) -> Names:
    """The names under which sources are looked up: of these providers and of those
    known."""
    at_hand: dict[str, Provider | None] = {}
    for provider in sorted(set(providers), key=_by_letters):
        key = folded(provider.name)
        before = at_hand.setdefault(key, provider)
        if before is not None and before.domain != provider.domain:
            at_hand[key] = None
    return Names(
        known=known, at_hand={key: p for key, p in at_hand.items() if key and p}
    )


def _by_letters(provider: Provider) -> tuple[object, ...]:
    """An order of providers in which one that says its kind comes first."""
    return (provider.domain, provider.kind is None, provider.kind or "", provider.name)


def sources(article: Article, by: Names) -> tuple[Source, ...]:
    """Whom an article credits, the surest first, each source once."""
    found = (
        *_credited(article, by),
        *_bylines(article, by),
        *_named_by_page(article, by),
        *_addressed(article, by),
    )
    once: dict[str, Source] = {}
    for source in sorted(found, key=lambda s: not s.is_sure):
        if source.id != article.provider.domain:
            once.setdefault(source.id, source)
    return tuple(once.values())


def _credited(article: Article, by: Names) -> Iterator[Source]:
    reading = article.reading
    for credit in _credits(reading.text, reading.authors):
        provider = by.provider(credit.name) or _at_domain(credit.name, by)
        is_notice = credit.form is Form.NOTICE
        if _is_own(credit.name, article) or _is_reporter(credit):
            continue
        if provider is None and is_notice:
            yield _source(credit.name, None, credit)
        elif provider and (is_notice or provider.kind not in NO_NEWSROOM):
            yield _source(provider.domain, provider.kind, credit)


def _credits(text: str, authors: tuple[str, ...]) -> tuple[Credit, ...]:
    """What a text credits; remembered by its hash, so that a run reads only new ones."""
    key = hash((text, authors))
    if key not in _CREDITS:
        if len(_CREDITS) > MOST_REMEMBERED:
            _CREDITS.clear()
        _CREDITS[key] = credits.of(text, authors)
    return _CREDITS[key]


_CREDITS: dict[int, tuple[Credit, ...]] = {}
MOST_REMEMBERED = 200_000


def _is_reporter(credit: Credit) -> bool:
    """Whether a byline names a person; agencies are known for what they are."""
    is_byline = credit.form is Form.BYLINE and not agencies.domain(credit.name)
    return is_byline and is_person(credit.name)


def _bylines(article: Article, by: Names) -> Iterator[Source]:
    """Outlets that stand as the author. A person's name that is also an outlet's is
    taken for the person."""
    authors = article.reading.authors
    outlets = [one for one in authors if not is_person(one)]
    for name in outlets:
        provider = by.provider(name)
        if provider and provider.kind not in NO_NEWSROOM and not _is_own(name, article):
            is_sure = len(outlets) == len(authors)
            yield Source(
                id=provider.domain,
                kind=kind_of(provider.kind) if is_sure else CopyKind.MATERIAL,
                why=f"{name} stands as {'the' if is_sure else 'an'} author",
                is_sure=is_sure,
            )


def _at_domain(name: str, by: Names) -> Provider | None:
    """The outlet of a credit that is a domain: `Space.com`."""
    return by.publisher(f"https://{name}/") if "." in name and " " not in name else None


def _is_own(name: str, article: Article) -> bool:
    """Whether a credit names the outlet itself. Unless the page was read, its site's name
    is only the feed's word for the source."""
    reading = article.reading
    own = [article.provider.name, article.provider.domain.split(".")[0]]
    own += [article.provider.domain, (reading.site_name or "") * reading.page_read]
    return folded(name) in {folded(one) for one in own if one}


def _source(id_: str, kind: ProviderKind | None, credit: Credit) -> Source:
    return Source(
        id=id_,
        kind=kind_of(kind) if credit.is_whole else CopyKind.MATERIAL,
        why=f"{credit.form.value}: “{credit.quote}”",
        is_sure=credit.is_whole,
    )


def kind_of(source: ProviderKind | None) -> CopyKind:
    """What a text is called that is from such a source, by the outlet's own word."""
    if source is ProviderKind.AGENCY:
        return CopyKind.WIRE
    return CopyKind.RELEASE if source is ProviderKind.WIRE else CopyKind.REPUBLISHED


def _named_by_page(article: Article, by: Names) -> Iterator[Source]:
    """Names of writers in the page's data and of the feed's `source`."""
    for name in (article.reading.imprint or Imprint()).writers:
        provider = by.provider(name)
        if provider and provider.kind not in NO_NEWSROOM and not _is_own(name, article):
            yield Source(
                id=provider.domain,
                kind=kind_of(provider.kind),
                why=f"its page or feed names {name} as the source",
            )


def _addressed(article: Article, by: Names) -> Iterator[Source]:
    """Addresses on other sites that the page names as the original."""
    for url in (article.reading.imprint or Imprint()).origins:
        address = relays.behind(url)
        where = platforms.place(address)
        provider = by.publisher(address)
        domain = provider.domain if provider else where
        if domain is None:
            continue
        # A bare home page is an owner's as often as a writer's.
        is_article = len(urlsplit(address).path) > 1
        is_wire = provider and provider.kind in (ProviderKind.AGENCY, ProviderKind.WIRE)
        if is_article or is_wire:
            yield Source(
                id=domain,
                kind=kind_of(provider.kind if provider else None),
                why=f"its page names {url} as the original",
            )
