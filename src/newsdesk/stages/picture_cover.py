"""The pictures in an article's own markup, and which of them is its cover.

The cover is what the editors put above or right below the headline, or before the text
gets going: a figure, mostly, large, with a caption, and no link to another page. Whether
it is better than what the page declares is for `read_pictures` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from newsdesk.model.feed import Picture
from newsdesk.stages import picture_junk, picture_tags
from newsdesk.stages.read_clues import Clues, is_aside
from newsdesk.stages.read_document import Document

MAX_LOOKED = 12
"""Images that are looked at, from shortly before the headline on."""
BEFORE = 4
"""Images above the headline that may be its cover."""
INTRO = 3
"""Paragraphs after the headline before which a cover stands."""
PARAGRAPH = 80
"""Characters from which a `p` is one of the text."""
MAX_NODES = 1_500
STRONG = 5.0
"""Evidence from which an image in the page is its cover whatever the page declares. By
hand, on pages seen: a figure of the article, large, before the text."""
LARGE = 600
SMALL = 240
CLIMB = 7

_COVER = re.compile(
    r"hero|lead|featured|cover|main-?(?:image|img|photo|media)|top-?(?:image|media)|"
    r"wp-post-image|(?:article|post|story|entry)[-_]+(?:\w+[-_]+)?(?:image|img|media|"
    r"photo|picture|thumb)|opener|headline-?image|aufmacher|ouverture|portada",
    re.I,
)
_HOUSE = re.compile(
    r"logo|avatar|author|byline|icon|social|share|banner|advert|sponsor|signature|badge|"
    r"profile|headshot|background|pattern|decor",
    re.I,
)
_DECOR = re.compile(
    r"gradient|background|(?:^|[-_])bg[-_.]|pattern|texture|headshot", re.I
)
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])", re.I)
_BEHIND = re.compile(r"[?#].*", re.S)
_BESIDE = frozenset(("header", "nav", "footer", "aside"))
_ARTICLE = re.compile(
    r"article|story|entry|post|content|beitrag|artikel|articulo", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An image that the article shows."""

    node: LexborNode
    picture: Picture
    """Its address absolute."""
    evidence: float
    """That it is the cover; `STRONG` and more is enough by itself."""


def shown(document: Document, clues: Clues) -> tuple[Shown, ...]:
    """The images of the article, in order, without junk, teasers and what is beside."""
    found: list[Shown] = []
    seen: set[str] = set()
    for node, position in _near(document, clues):
        around = _around(node, clues)
        if around is None:
            continue
        picture = picture_tags.picture(node)
        address = clues.absolute(picture.url) if picture else None
        if picture is None or address is None:
            continue
        key = picture_junk.key(address)
        if key in seen or picture_junk.is_junk(picture, address, clues.url):
            continue
        evidence = _evidence(node, picture, position)
        if evidence is None:
            continue
        seen.add(key)
        first = 0.0 if found else 1.0
        own = replace(picture, url=address)
        found.append(Shown(node=node, picture=own, evidence=around + evidence + first))
    return tuple(found)


def _near(document: Document, clues: Clues) -> list[tuple[LexborNode, int]]:
    """Images around the headline and after it, with the paragraphs of text that stand
    between; -1: before the headline."""
    before: list[tuple[LexborNode, int]] = []
    after: list[tuple[LexborNode, int]] = []
    paragraphs = -1
    for node in document.tree.css("h1, p, img, amp-img")[:MAX_NODES]:
        if node.tag == "h1":
            if paragraphs < 0 and (not clues.trail or node.mem_id in clues.trail):
                paragraphs = 0
        elif node.tag == "p":
            if 0 <= paragraphs <= INTRO and len(node.text() or "") >= PARAGRAPH:
                paragraphs += 1
        elif paragraphs < 0:
            before.append((node, -1))
        else:
            after.append((node, paragraphs))
            if len(after) >= MAX_LOOKED:
                break
    if paragraphs < 0:  # no headline: the order of the page must do
        return [(node, INTRO) for node, _ in before[:MAX_LOOKED]]
    return [*before[-BEFORE:], *after]


def _evidence(node: LexborNode, picture: Picture, position: int) -> float | None:
    """What an image says itself for being the cover; None: it is something else."""
    if (picture.width or SMALL) < SMALL:
        return None
    if _DECOR.search(picture.url.rsplit("/", 1)[-1]):
        return None
    own = node.attributes
    named = f"{own.get('class') or ''} {own.get('id') or ''}"
    points = 2.0 if _COVER.search(named) else 0.0
    points += 2.0 if own.get("itemprop") in ("image", "url contentUrl") else 0.0
    points += 1.5 if own.get("fetchpriority") == "high" else 0.0
    points += _by_sides(picture)
    return points + (1.0 if position < INTRO else -3.0)


def _by_sides(picture: Picture) -> float:
    """What the sides of an image say: covers are wide, portraits of writers square."""
    if picture.width is None:
        return 0.0
    is_square = picture.width <= 1.1 * (picture.height or 0)
    return (1.0 if picture.width >= LARGE else -1.0) - (1.0 if is_square else 0.0)


def _around(node: LexborNode, clues: Clues) -> float | None:
    """What the elements around an image say; None: it is a teaser or the like."""
    points, is_in_figure, is_in_article, is_named = 0.0, False, False, False
    if _HOUSE.search(node.attributes.get("class") or ""):
        return None
    above = node.parent
    for step in range(CLIMB):
        if above is None or above.tag in ("body", "html"):
            break
        if step and above.tag in _BESIDE and above.mem_id not in clues.trail:
            return None
        if above.tag == "li" and not is_in_figure:
            return None
        if above.tag == "a" and _leads_away(above, clues.url):
            return None
        if above.tag in ("figure", "picture") and not is_in_figure:
            points += 2.0 if above.tag == "figure" else 1.0
            is_in_figure = above.tag == "figure"
        named = (
            f"{above.attributes.get('class') or ''} {above.attributes.get('id') or ''}"
        )
        if above.mem_id in clues.trail:
            is_in_article = True
            break
        if step < 3 and len(named) > 1 and _HOUSE.search(named):
            return None
        if len(named) > 1:
            is_named = is_named or (step < 4 and bool(_COVER.search(named)))
            is_in_article = is_in_article or bool(_ARTICLE.search(named))
        is_in_article = is_in_article or above.tag in ("article", "main")
        above = above.parent
    if is_aside(node, clues.trail):
        return None
    return points + 1.5 * is_named + 1.0 * is_in_article


def _leads_away(link: LexborNode, page: str) -> bool:
    """Whether a link leads to another page, not to the picture or to this very one."""
    href = (link.attributes.get("href") or "").strip()
    if not href or href.startswith("#") or _IMAGE_FILE.search(href):
        return False
    path = _BEHIND.sub("", href).split("://", 1)[-1].rstrip("/")
    return not path or not _BEHIND.sub("", page).rstrip("/").endswith(path)
