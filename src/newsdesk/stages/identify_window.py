"""What a window of articles agrees on about each provider: its name and its logo.

A page may call its outlet anything; most pages of an outlet agree. What the site's own
organisations and the registry say stands above that, and holds for articles that were
read before it was said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsdesk.model.article import Article, Logo, Provider
from newsdesk.stages.identify_registry import Directory, over
from newsdesk.text import platforms


def settled(articles: Sequence[Article], known: Directory) -> list[Article]:
    """The articles with each provider the same in all of them: as it is known, and as
    most of its articles say where nobody knows. Ties go to the first by alphabet."""
    learnt = _learnt(articles, known)
    return [_with(article, learnt[article.provider.domain]) for article in articles]


def _with(article: Article, provider: Provider) -> Article:
    return (
        replace(article, provider=provider) if article.provider != provider else article
    )


def _learnt(articles: Iterable[Article], known: Directory) -> Mapping[str, Provider]:
    said: dict[str, Provider] = {}
    called: dict[str, Counter[str]] = {}
    shown: dict[str, Counter[tuple[Logo, ...]]] = {}
    lent: dict[str, bool] = {}
    for article in articles:
        domain = article.provider.domain
        if domain not in said:
            said[domain] = article.provider
            lent[domain] = platforms.lender(domain) is not None
        called.setdefault(domain, Counter())[article.provider.name] += 1
        logos = article.provider.logos if lent[domain] else _own_logos(article)
        if logos:
            shown.setdefault(domain, Counter())[logos] += 1
    return {
        domain: _agreed(
            one, known.by_place.get(domain), called[domain], shown.get(domain)
        )
        for domain, one in said.items()
    }


def _own_logos(article: Article) -> tuple[Logo, ...]:
    """The logos that its page gives, where it is the provider's own page."""
    imprint, domain = article.reading.imprint, article.provider.domain
    host = f".{article.reading.web_url.partition('//')[2].partition('/')[0]}"
    if imprint and imprint.logos and host.lower().endswith(f".{domain}"):
        return imprint.logos
    return article.provider.logos


def _agreed(
    first: Provider,
    known: Provider | None,
    called: Counter[str],
    shown: Counter[tuple[Logo, ...]] | None,
) -> Provider:
    names = Counter({name: n for name, n in called.items() if name != first.domain})
    found = Provider(
        domain=first.domain,
        name=_most(names) or first.domain,
        logos=_most_shown(shown) if shown else (),
    )
    if known is None:
        return found
    return replace(over(known, found), is_known=known.is_known)


def _most(counted: Counter[str]) -> str | None:
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None


def _most_shown(counted: Counter[tuple[Logo, ...]]) -> tuple[Logo, ...]:
    return min(counted, key=lambda one: (-counted[one], [logo.url for logo in one]))
