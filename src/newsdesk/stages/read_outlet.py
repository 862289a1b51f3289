"""What the outlet calls itself on a page: by agreement of head, data and title.

Which registered provider that is, is for `identify`.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsdesk.model.feed import FeedEntry
from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.text import names, site_names, urls

_TRUST = {"og": 1.0, "publisher": 0.9, "website": 0.8, "organization": 0.5, "app": 0.6,
          "title": 0.6}  # fmt: skip
"""What each place's word weighs where they differ."""
_BORNE_OUT = 0.7
"""What it adds that the domain is made of the name's letters."""
_AS_DOMAIN = 0.8
"""What it takes that the name is written as a domain."""
_ORGANIZATIONS = frozenset(("newsmediaorganization", "organization"))


def outlets(
    entry: FeedEntry, clues: Clues | None, named: str | None = None
) -> tuple[str, ...]:
    """Names under which the outlet is known, for telling them from title and authors;
    `named` is the site's name where that was read already."""
    told = [entry.provider_name]
    if clues is not None:
        host = urls.host(clues.url) or ""
        domain = urls.registrable(clues.url) or ""
        told += [
            named,
            clues.first("og:site_name"),
            clues.first("application-name", "apple-mobile-web-app-title"),
            (clues.first("twitter:site") or "").lstrip("@"),
            host.removeprefix("www."),
            domain,
            domain.split(".", 1)[0],
            *(name for place, name in _publishers(clues) if place != "organization"),
        ]
    return tuple(dict.fromkeys(one for one in told if one and len(one) > 1))


def site_name(clues: Clues) -> str | None:
    """The site's name as most places that name it have it, or None where none does."""
    label = names.folded((urls.registrable(clues.url) or "").split(".", 1)[0])
    told = [
        (place, name)
        for place, raw in _told(clues)
        if (name := names.site_name(raw)) and not _is_headline(name, clues)
    ]
    votes: dict[str, dict[str, float]] = {}
    for place, name in told:
        key = _key(name)
        heard = votes.setdefault(key, {})
        heard[place] = max(heard.get(place, 0.0), _TRUST[place])
    if not votes:
        return None
    best = max(
        votes, key=lambda key: sum(votes[key].values()) + _support(key, told, label)
    )
    same = [(place, name) for place, name in told if _key(name) == best]
    return max(same, key=lambda one: _TRUST[one[0]] - _AS_DOMAIN * ("." in one[1]))[1]


def _key(name: str) -> str:
    """What spellings of one name have in common, its domain among them."""
    bare = name if " " in name or "." not in name else name.rsplit(".", 1)[0]
    return site_names.without_ending(names.folded(bare))


def _support(key: str, told: list[tuple[str, str]], label: str) -> float:
    """What the address adds: a domain that the name spells."""
    if len(label) < 2:
        return 0.0
    if key and (key in label or (label in key and 2 * len(label) >= len(key))):
        return _BORNE_OUT
    spelled = [name for _, name in told if _key(name) == key]
    return _BORNE_OUT * any(site_names.is_short_for(label, name) for name in spelled)


def _told(clues: Clues) -> Iterator[tuple[str, str | None]]:
    yield "og", clues.first("og:site_name")
    yield from _publishers(clues)
    yield "app", clues.first("application-name", "apple-mobile-web-app-title")
    yield "title", _hung_on(clues)


def _hung_on(clues: Clues) -> str | None:
    """What the title has behind the headline that heading or Open Graph have alone."""
    title = clues.title or ""
    marks = list(site_names.SEPARATOR.finditer(title))
    if not marks:
        return None
    head = names.folded(title[: marks[-1].start()])
    alone = {names.folded(one) for one in clues.headings[:4]}
    alone.add(names.folded(clues.first("og:title") or ""))
    return title[marks[-1].end() :].strip() if head in alone else None


def _is_headline(name: str, clues: Clues) -> bool:
    """Whether a "name" is the page's own title, as careless templates fill it in."""
    own = names.folded(name)
    return len(name) > 25 and any(own == names.folded(h) for h in clues.headings[:4])


def _publishers(clues: Clues) -> Iterator[tuple[str, str]]:
    for key in ("publisher", "sourceOrganization", "copyrightHolder"):
        for value in read_jsonld.items(clues.article.get(key)):
            name = read_jsonld.text(read_jsonld.resolve(value, clues.nodes))
            if name:
                yield "publisher", name
    for node in clues.nodes:
        kinds = set(read_jsonld.types(node))
        name = read_jsonld.text(node.get("name")) if kinds else None
        if name and "website" in kinds:
            yield "website", name
        elif name and kinds & _ORGANIZATIONS:
            is_news = "newsmediaorganization" in kinds
            yield ("website" if is_news else "organization"), name
