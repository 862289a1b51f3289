"""The pictures of an article, best first.

A page declares its picture (structured data, Open Graph, Twitter), its feed names one,
and the page shows some. What page and declaration agree on comes first; where they do
not, a cover that is clearly one goes before what is declared: it is what the editors
chose for readers, uncropped, with its caption and without the outlet's mark on it, where
a picture for sharing is often a crop or a card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from newsdesk.model.feed import Picture
from newsdesk.stages import (
    picture_cover,
    picture_junk,
    picture_tags,
    picture_words,
    read_jsonld,
)
from newsdesk.stages.picture_cover import Shown
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.text import urls

MAX_PICTURES = 8
MAX_NODES = 60
"""Nodes of structured data that are looked through for logos."""
ENOUGH = 640
"""Pixels of width from which a picture in the page is as good as any that is declared."""
WORDS = 3
"""Words from which an alternative text in the page is preferred to a declared one."""

_META = (
    "og:image", "twitter:image", "image", "thumbnail", "parsely-image-url",
    "sailthru.image.full", "thumbnailurl",
)  # fmt: skip


def pictures(
    document: Document, clues: Clues, feed: Sequence[Picture]
) -> tuple[Picture, ...]:
    """The article's own pictures, best first, each once; no logos and no trackers."""
    told = tuple(_declared(clues))
    houses = frozenset(_of_houses(clues, told))
    declared = _each_once(told, clues, houses)
    shown = tuple(
        one
        for one in picture_cover.shown(document, clues)
        if one.picture.url not in houses
    )
    best = _best(declared, shown, clues)
    fed = _each_once(feed, clues, houses)
    rest = (*declared, *fed, *(one.picture for one in shown))
    kept: dict[str, Picture] = {}
    for picture in ([best] if best else []) + list(rest):
        key = picture_junk.key(picture.url)
        known = kept.get(key)
        kept[key] = picture if known is None else _merged(known, picture)
    return tuple(kept.values())[:MAX_PICTURES]


def from_feed(feed: Sequence[Picture]) -> tuple[Picture, ...]:
    """The feed's pictures without logos and trackers."""
    return _each_once(feed, None, frozenset())[:MAX_PICTURES]


def _best(
    declared: Sequence[Picture], shown: Sequence[Shown], clues: Clues
) -> Picture | None:
    """The lead picture; None: there is none."""
    by_key = {picture_junk.key(one.picture.url): one for one in shown}
    shared = {
        picture_junk.key(address)
        for address in clues.meta.get("og:image", ())[:1]
        if "//" in address
    }
    both = [
        (key in shared, same.evidence, -place, picture, same)
        for place, picture in enumerate(declared)
        if (same := by_key.get(key := picture_junk.key(picture.url)))
    ]
    if both:
        *_, picture, same = max(both, key=lambda row: row[:3])
        return _agreed(picture, _told(same))
    covers = [one for one in shown if one.evidence >= picture_cover.STRONG]
    if covers:
        return _told(max(covers, key=lambda one: one.evidence))
    listed = [one for one in declared if picture_junk.key(one.url) in shared]
    if declared:
        return (listed or list(declared))[0]
    return _told(shown[0]) if shown and shown[0].evidence > 0 else None


def _told(one: Shown) -> Picture:
    """An image of the page with the words around it."""
    caption, named = picture_words.around(one.node)
    return replace(one.picture, alt=one.picture.alt or caption, credit=named)


def _agreed(declared: Picture, shown: Picture) -> Picture:
    """One picture that is both declared and shown: as shown, unless that is small."""
    width = shown.width or picture_junk.width_hint(shown.url)
    other = declared.width or picture_junk.width_hint(declared.url)
    is_small = width is not None and width < min(ENOUGH, other or ENOUGH)
    best, second = (declared, shown) if is_small else (shown, declared)
    # One file at one address has the sides that either says.
    sides = best if best.width or best.url != second.url else second
    return replace(
        best,
        width=sides.width,
        height=sides.height,
        alt=_better_alt(shown.alt, declared.alt),
        credit=shown.credit or declared.credit,
    )


def _better_alt(shown: str | None, declared: str | None) -> str | None:
    """The alternative text in the page, unless it is a mere word or two."""
    if shown and (len(shown.split()) >= WORDS or not declared):
        return shown
    return declared or shown


def _each_once(
    found: Iterable[Picture], clues: Clues | None, houses: frozenset[str]
) -> tuple[Picture, ...]:
    """Pictures with absolute addresses, without junk; two renditions of one are one."""
    kept: dict[str, Picture] = {}
    for picture in found:
        address = (
            clues.absolute(picture.url) if clues else urls.absolute(None, picture.url)
        )
        page = clues.url if clues else None
        if address is None or picture_junk.is_junk(picture, address, page):
            continue
        if address in houses:
            continue
        key = picture_junk.key(address)
        picture = replace(picture, url=address)
        known = kept.get(key)
        kept[key] = picture if known is None else _merged(known, picture)
    return tuple(kept.values())


def _merged(known: Picture, other: Picture) -> Picture:
    """The earlier one, with what the later one knows more."""
    alt, credit = known.alt or other.alt, known.credit or other.credit
    if known.width and known.height:
        return replace(known, alt=alt, credit=credit)
    is_known_large = (other.width or 0) >= ENOUGH and other.height and not known.width
    if known.url == other.url or is_known_large:
        return replace(other, alt=alt, credit=credit)
    return replace(known, alt=alt, credit=credit)


def _declared(clues: Clues) -> Iterator[Picture]:
    yield from _from_data(clues)
    for name in _META:
        yield from _from_meta(clues, name)
    if address := clues.link("image_src"):
        yield Picture(url=address)


def _from_data(clues: Clues) -> Iterator[Picture]:
    found = [
        picture
        for name in ("image", "primaryImageOfPage", "thumbnailUrl", "thumbnail")
        for picture in _of_data(clues.article.get(name), clues)
    ]
    if not found:
        for node in clues.nodes:
            kinds = read_jsonld.types(node)
            if node.get("primaryImageOfPage") and "webpage" in kinds:
                found += _of_data(node["primaryImageOfPage"], clues)
            elif "imageobject" in kinds and _is_true(node.get("representativeOfPage")):
                found += _of_data(node, clues)
    yield from found


def _of_data(value: Any, clues: Clues) -> list[Picture]:
    """The pictures of a property: the representative one first, squares last."""
    ranked = []
    for place, one in enumerate(read_jsonld.items(value)):
        node = _resolved(one, clues)
        picture = _picture(node)
        if picture:
            stands = isinstance(node, dict) and _is_true(
                node.get("representativeOfPage")
            )
            ranked.append((not stands, _is_square(picture), place, picture))
    return [row[3] for row in sorted(ranked, key=lambda row: row[:3])]


def _resolved(value: Any, clues: Clues) -> Any:
    """A reference as what it refers to, also where it is no more than an id."""
    if isinstance(value, str) and "#" in value:
        known = (node for node in clues.nodes if node.get("@id") == value)
        return next((node for node in known if len(node) > 2), value)
    return read_jsonld.resolve(value, clues.nodes)


def _is_true(value: Any) -> bool:
    return value is True or str(value).casefold() in ("true", "yes", "1")


def _is_square(picture: Picture) -> bool:
    """Whether a picture is a crop for lists: one to one, by its sides or its name."""
    if picture.width and picture.height:
        return picture.width <= picture.height
    return any(mark in picture.url for mark in ("1x1", "1-1", "1_1", "square"))


def _picture(value: Any) -> Picture | None:
    address = _address(value)
    if address is None:
        return None
    if not isinstance(value, dict):
        return Picture(url=address)
    said = (_words(value.get(k)) for k in ("caption", "description", "name"))
    owners = ("creditText", "creator", "author", "copyrightHolder", "copyrightNotice")
    named = (picture_words.credit(_words(value.get(k))) for k in owners)
    return Picture(
        url=address,
        width=_side(value.get("width")),
        height=_side(value.get("height")),
        alt=next(
            (one for text in said if (one := picture_words.alternative(text))), None
        ),
        credit=next((one for one in named if one), None),
    )


def _address(value: Any) -> str | None:
    """Where the file of a picture is, by an address or a node."""
    if isinstance(value, str):
        return line(value) or None
    if not isinstance(value, dict):
        return None
    told = (read_jsonld.address_of(value.get(name)) for name in ("url", "contentUrl"))
    if address := next((one for one in told if one), None):
        return address
    own = read_jsonld.address_of(value)
    return own if own and "#" not in own else None


def _words(value: Any) -> str | None:
    return (line(read_jsonld.text(value)) or None) if value else None


def _side(value: Any) -> int | None:
    """Pixels from `1200`, `"1200px"` or `{"value": 1200}`."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("@value")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return picture_tags.pixels(str(value))


def _from_meta(clues: Clues, name: str) -> Iterator[Picture]:
    addresses = clues.meta.get(name, ()) or clues.meta.get(f"{name}:url", ())
    addresses = addresses or clues.meta.get(f"{name}:src", ())
    addresses = addresses or clues.meta.get(f"{name}:secure_url", ())
    told = [
        _in_step(clues.meta.get(f"{name}:{key}", ()), addresses)
        for key in ("width", "height", "alt")
    ]
    rows = list(zip(addresses, *told, strict=True))[:MAX_PICTURES]
    for address, width, height, alt in rows:
        yield Picture(
            url=address,
            width=picture_tags.pixels(width),
            height=picture_tags.pixels(height),
            alt=picture_words.alternative(alt),
        )


def _in_step(
    values: tuple[str, ...], addresses: tuple[str, ...]
) -> tuple[str | None, ...]:
    """One value for each address; none where it cannot be told whose they are."""
    if len(values) == len(addresses):
        return values
    if len(set(addresses)) == 1 and values:
        return (values[0],) * len(addresses)
    return (None,) * len(addresses)


def _of_houses(clues: Clues, declared: Sequence[Picture]) -> Iterator[str]:
    """Addresses of pictures that say who publishes or writes: logos, and portraits that
    the page does not call its own picture. Only the very address counts: some pages
    name a small rendition of the article's picture as their logo."""
    own = {clues.absolute(one.url) for one in declared}
    for node in (clues.article, *clues.nodes[:MAX_NODES]):
        yield from _held(node.get("logo"), clues)
        for name in ("publisher", "author"):
            for value in read_jsonld.items(node.get(name)):
                house = _resolved(value, clues)
                if isinstance(house, dict):
                    yield from _held(house.get("logo"), clues)
                    yield from set(_held(house.get("image"), clues)) - own


def _held(value: Any, clues: Clues) -> Iterator[str]:
    for one in read_jsonld.items(value)[:MAX_PICTURES]:
        if address := clues.absolute(_address(_resolved(one, clues))):
            yield address
