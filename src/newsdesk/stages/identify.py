"""Who publishes an article: one identity per registrable domain, or per lent name.

An outlet is known by the site's own organisations and by the registry; else it takes the
name that page, feed or domain give it. Copies at caches and aggregators belong to whom
they name as their writer; the address of the copy stays the article's. What a whole
window of articles agrees on about a provider is for `identify_window`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsdesk.model.article import Imprint, Logo, Provider, ProviderKind, Reading
from newsdesk.stages.identify_registry import Directory
from newsdesk.text import names, platforms, relays, slugs, urls

MAX_LOGOS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the source that lists an article says of who publishes it."""

    title: str | None = None
    """What the source is called."""
    place: str | None = None
    """Whose home it has: only what lies there is called after it."""
    logo: Logo | None = None
    """The feed's own, where it names one."""
    writer: str | None = None
    """Whom the entry itself names as its origin."""
    writer_url: str | None = None


def provider(
    reading: Reading, article_url: str, known: Directory, listed: Listed | None = None
) -> Provider:
    """Who publishes it: as the site or the registry knows them, else under the name that
    page, feed or domain give. An aggregator only where it names nobody else."""
    listed = listed or Listed()
    address = relays.behind(reading.web_url or article_url)
    if not platforms.place(address):
        address = relays.behind(article_url)
    place = platforms.place(address) or urls.host(address) or ""
    if listed.place and listed.place.startswith(f"{place}/"):
        place = listed.place  # its address does not say which channel it is of
    shown_by = known.at(address) or known.by_place.get(place)
    if shown_by and "/" in place and shown_by.domain != place:
        shown_by = known.by_place.get(place)
    if _lists_others(shown_by, place):
        writer = _writer(reading, known, listed, place, shown_by)
        if writer:
            return writer
    if shown_by is None:
        return _unknown(reading, place, listed)
    return _completed(shown_by, reading, listed, place)


def _lists_others(shown_by: Provider | None, place: str) -> bool:
    return (
        shown_by is not None
        and shown_by.kind is ProviderKind.AGGREGATOR
        and "/" not in place
    )


def _completed(
    known: Provider, reading: Reading, listed: Listed, place: str
) -> Provider:
    """A known provider, with name and logo as it gives them itself where nobody has
    said."""
    if known.name and known.logos:
        return known
    found = _unknown(reading, place, listed)
    return replace(
        known, name=known.name or found.name, logos=known.logos or found.logos
    )


def _unknown(reading: Reading, place: str, listed: Listed) -> Provider:
    """A provider that is only known by what page, feed and domain say."""
    imprint = reading.imprint or Imprint()
    title = listed.title if listed.place in (None, place) else None
    if lent_by := platforms.lender(place):
        name = _lent_name(reading, imprint, title, place, lent_by)
    else:
        name = (
            _name(reading.site_name, place)
            or _name(imprint.name, place)
            or feed_name(title, place)
        )
    logos = imprint.logos if _is_own(imprint, place) else ()
    if not logos and listed.logo and listed.place == place:
        logos = (listed.logo,)
    return Provider(domain=place, name=name or place, logos=logos[:MAX_LOGOS])


def _is_own(imprint: Imprint, place: str) -> bool:
    """Whether what the imprint says is the publisher's, not its host's."""
    home = platforms.place(imprint.home_url) if imprint.home_url else None
    return not platforms.lender(place) or home == place


def _lent_name(
    reading: Reading, imprint: Imprint, title: str | None, place: str, lent_by: str
) -> str | None:
    """The name of a channel or blog, which is not the name of its host."""
    host = names.folded(lent_by.split(".")[0])
    told = (reading.site_name, imprint.name, title, *reading.authors[:1])
    for raw in told:
        name = _name(raw, place)
        if name and not names.folded(name).startswith(host):
            return name
    if "/" not in place:
        return None
    return place.split("/", 1)[1].rsplit("/", 1)[-1].lstrip("@")


def _writer(
    reading: Reading,
    known: Directory,
    listed: Listed,
    place: str,
    shown_by: Provider | None,
) -> Provider | None:
    """Who wrote what an aggregator shows; None where it names nobody but itself."""
    for address in _origins(reading, listed):
        where = platforms.place(address)
        if where and where != place and not _is_itself(known.at(address), shown_by):
            name = _first_name(reading, listed, place, shown_by)
            return known.at(address) or Provider(domain=where, name=name or where)
    for name in _writers(reading, listed):
        found = known.named(name)
        if found and not _is_itself(found, shown_by):
            return found
    name = _first_name(reading, listed, place, shown_by)
    part = slugs.slug(name) if name else ""
    return Provider(domain=f"{place}/{part}", name=name) if name and part else None


def _origins(reading: Reading, listed: Listed) -> Iterator[str]:
    if listed.writer_url:
        yield relays.behind(listed.writer_url)
    imprint = reading.imprint or Imprint()
    yield from map(relays.behind, imprint.origins)
    if imprint.home_url:
        yield imprint.home_url


def _writers(reading: Reading, listed: Listed) -> Iterator[str]:
    """Names among which the writer may be: an agency can stand as the author."""
    imprint = reading.imprint or Imprint()
    told = (listed.writer, *imprint.writers, imprint.name, reading.site_name)
    yield from (one for one in (*told, *reading.authors) if one)


def _first_name(
    reading: Reading, listed: Listed, place: str, shown_by: Provider | None
) -> str | None:
    """The first name that is given for a writer and is not the aggregator's own."""
    imprint = reading.imprint or Imprint()
    own = names.folded(shown_by.name) if shown_by else ""
    label = names.folded(place.split(".")[0])
    for raw in (listed.writer, *imprint.writers, imprint.name, reading.site_name):
        name = _name(raw, place)
        folded = names.folded(name or "")
        if name and not folded.startswith((own or label, label)):
            return name
    return None


def _is_itself(found: Provider | None, shown_by: Provider | None) -> bool:
    return found is not None and found == shown_by


def _name(raw: str | None, domain: str) -> str | None:
    """A site's name, unless it is only a word for what every site has."""
    name = names.site_name(raw)
    if name is None or names.folded(name) in _NO_NAMES:
        return None
    return name if name.casefold() != domain else domain


def feed_name(title: str | None, domain: str) -> str | None:
    """The outlet's name in the title of its feed, which often names a section too:
    the part that its domain bears out, or else the whole where it has but one part."""
    split = (_without_feed_words(part) for part in _SEPARATORS.split(title or ""))
    parts = [part for part in split if part]
    label = names.folded(domain.split(".")[0])
    for part in parts:
        name, folded = _name(part, domain), names.folded(part)
        if name and len(folded) > 2 and (folded in label or label in folded):
            return name
    return _name(parts[0], domain) if len(parts) == 1 else None


def _without_feed_words(part: str) -> str:
    """A part of a feed's title less what only says that it is a feed."""
    words = part.split()
    while words and (words[-1].isdigit() or names.folded(words[-1]) in _FEED_WORDS):
        words.pop()
    return " ".join(words)


_FEED_WORDS = frozenset({"feed", "feeds", "rss", "atom", "topics", "search", "records",
                         "found", "results"})  # fmt: skip
_SEPARATORS = re.compile(r"\s[-–—|>»·•]++\s|(?:(?<!\s)\s++)?+[|>»:]\s++")

_NO_NAMES = frozenset(
    {"home", "news", "blog", "rss", "feed", "rssfeed", "latestnews", "website", "mysite",
     "homepage", "startseite", "allnews", "topstories", "latest", "articles",
     # Sections, which a feed is often named after.
     "world", "worldnews", "international", "national", "local", "politics", "business",
     "economy", "markets", "technology", "tech", "science", "health", "sport", "sports",
     "opinion", "culture", "arts", "entertainment", "lifestyle", "travel", "education",
     "environment", "us", "usnews", "uk", "europe", "asia", "africa", "video", "videos"}
)  # fmt: skip
