"""Outlets known of old: the registry's lines, and with them who is known where.

A line is `domain | name | kind | country | language | other domains`; `-` stands for
what is unknown or more than one. The site's own organisations win over the registry, and
fill in only what they name. Where the lines come from is for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from newsdesk.model.article import Provider, ProviderKind
from newsdesk.text import names, platforms, urls

COLUMNS = 6
_NOTHING = "-"
_KINDS = {kind.value: kind for kind in ProviderKind}
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A line of the registry."""

    provider: Provider
    aliases: tuple[str, ...] = ()
    """Other domains of the same outlet."""

    @property
    def domains(self) -> tuple[str, ...]:
        """All of its domains, the main one first."""
        return (self.provider.domain, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Who is known, by every place and by every name that only one of them bears."""

    by_place: Mapping[str, Provider]
    by_name: Mapping[str, Provider]
    """By the folded name."""

    def at(self, url: str) -> Provider | None:
        """Who is known to publish at an address: as its host, as a host above that, or
        as the place within a host that lends names; None: nobody is."""
        return next(
            (self.by_place[p] for p in _places(url) if p in self.by_place), None
        )

    def named(self, name: str) -> Provider | None:
        """Who is known by a name, with or without a leading article or ending."""
        return next(
            (self.by_name[key] for key in _keys(name) if key in self.by_name), None
        )


def parse(text: str) -> tuple[Outlet, ...]:
    """The outlets of a registry's text; empty lines and remarks (`#`) are left out.
    Raises ValueError with the line of what is none."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                found.append(_outlet(line))
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
    return tuple(found)


def _outlet(line: str) -> Outlet:
    cells = [cell.strip() for cell in line.split(" | ")]
    if not COLUMNS - 1 <= len(cells) <= COLUMNS:
        raise ValueError(f"has {len(cells)} columns, not {COLUMNS - 1} or {COLUMNS}")
    domain, name, kind, country, language = cells[: COLUMNS - 1]
    if kind not in _KINDS:
        raise ValueError(f"there is no kind `{kind}`")
    provider = Provider(
        domain=domain,
        name=name,
        kind=_KINDS[kind],
        country=_code(country, _COUNTRY),
        language=_code(language, _LANGUAGE),
    )
    return Outlet(provider=provider, aliases=tuple(" ".join(cells[5:]).split()))


def _code(text: str, form: re.Pattern[str]) -> str | None:
    if text == _NOTHING:
        return None
    if not form.fullmatch(text):
        raise ValueError(f"`{text}` is no code")
    return text


# A worker is handed the same registry and organisations with every page; a process makes
# the directory once and keeps it.
@lru_cache(maxsize=2)
def directory(own: tuple[Provider, ...] = (), registry: str = "") -> Directory:
    """Who is known: a site's own providers over the registry. Raises ValueError for
    lines that are none."""
    outlets = parse(registry)
    places = {domain: one.provider for one in outlets for domain in one.domains}
    others = {one.provider.domain: one.aliases for one in outlets}
    for mine in own:
        known = places.get(mine.domain)
        merged = over(mine, known)
        for domain in (known.domain, *others.get(known.domain, ())) if known else ():
            places[domain] = merged
        if known and known.domain in others:
            others[merged.domain] = (known.domain, *others[known.domain])
    for mine in own:  # a file of its own wins over being somebody's alias
        if places.get(mine.domain) is None or places[mine.domain].domain != mine.domain:
            places[mine.domain] = over(mine, None)
    return Directory(by_place=places, by_name=_by_name(places.values()))


def over(mine: Provider, known: Provider | None) -> Provider:
    """A provider as the site has it, with what it leaves open as it is known."""
    if known is None:
        return mine
    return replace(
        known,
        domain=mine.domain,
        name=mine.name or known.name,
        logos=mine.logos or known.logos,
        is_known=mine.is_known or known.is_known,
        kind=mine.kind or known.kind,
        country=mine.country or known.country,
        language=mine.language or known.language,
    )


def _by_name(providers: Iterable[Provider]) -> dict[str, Provider]:
    found: dict[str, Provider | None] = {}
    for one in dict.fromkeys(providers):
        for key in _keys(one.name):
            # Two of one name: an address must tell them apart.
            found[key] = one if key not in found else None
    return {key: one for key, one in found.items() if one is not None}


def _keys(name: str) -> tuple[str, ...]:
    """How a name is looked up: as it is, and without what outlets add and leave out."""
    key = names.folded(name)
    bare = key.removeprefix("the") if len(key) > 6 else key
    for ending in ("com", "news", "online"):
        if bare.endswith(ending) and len(bare) >= len(ending) + 3:
            bare = bare.removesuffix(ending)
            break
    return tuple(dict.fromkeys(one for one in (key, bare) if one))


def _places(url: str) -> Iterator[str]:
    """Where to look an address up, the nearest first."""
    host, where = platforms.bare_host(url), platforms.place(url)
    if host is None or where is None:
        return
    if "/" in where:
        yield where
        return
    while host != where and host.endswith(f".{where}"):
        yield host
        host = host.partition(".")[2]
    yield where
    if urls.publishing(where) == where and where.startswith("www."):
        yield where.removeprefix("www.")
