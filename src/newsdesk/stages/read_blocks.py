"""The blocks of a page — paragraphs, headings, list items — and what stands around them.

Evidence for telling an article's own words from what is hung on them: captions, links to
other pieces, boxes. Judging is left to `read_text`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdesk.text import html

MAX_BLOCKS = 4000
MAX_BOX = 0.35
"""Share of a page's prose past which an element is no box."""
MAX_CHARS = 6000
"""Characters of one block that are read."""

_SELECTOR = (
    "p, li, h1, h2, h3, h4, h5, h6, figcaption, blockquote, td, th, dd, dt, pre, cite"
)
_HOLDERS = "div, span, section"
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|sidebar|side-bar|promo\w*|newsletter\w*|subscri\w*|"
    r"comments?|comment-?list|disqus|popular|trending|most-?read|more-?(?:from|news|stories|on)|"
    r"also-?(?:like|read)|read-?(?:more|next|also)|share|sharing|social\w*|follow|footer|"
    r"breadcrumbs?|cookie\w*|consent|popup|modal|overlay|banner|advert\w*|ads?|sponsor\w*|"
    r"outbrain|taboola|author-?(?:bio|box|info|card)|about-?(?:the-)?author|bio|teasers?|"
    r"up-?next|paywall|login|register|signup|sign-up|toc|table-of-contents|tags?|tag-list|"
    r"topics|menu|nav\w*|pagination|legal|disclaimer|copyright|correction-policy|widget)"
    r"(?:$|[\s_-])",
    re.I,
)
_CAPTION = re.compile(
    r"caption|credit|photo-?by|image-?(?:text|meta|desc)|wp-caption|bildunterschrift|legende",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of text and its surroundings."""

    text: str
    key: str
    """Letters and digits only, to find the block again."""
    tag: str
    link_share: float
    """Share of its letters that are in links."""
    is_caption: bool
    is_aside: bool
    """An ancestor's name says that it is a box, a menu or a list of other pieces."""
    owner: int
    """The element that holds it; blocks of one article share few."""
    place: int


_SQUEEZE = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What two renderings of a block share: its letters and digits."""
    return _SQUEEZE.sub("", text).casefold()


def blocks(tree: LexborHTMLParser) -> tuple[Block, ...]:
    """The blocks of the page in order."""
    around: dict[int, _Around] = {}
    seen = []
    prose: Counter[int] = Counter()
    for place, node in enumerate(tree.css(_SELECTOR)[:MAX_BLOCKS]):
        text = html.fold(node.text()[:MAX_CHARS])
        if not text:
            continue
        above = _around(node, around)
        seen.append((place, node, text, above))
        if node.tag == "p":
            prose.update({box: len(text) for box in (0, *above.boxes)})
    # What holds much of the page's prose is no box, whatever it is called.
    whole = {box for box, size in prose.items() if size > MAX_BOX * prose[0]}
    return tuple(
        Block(
            text=text,
            key=key(text),
            tag=node.tag or "",
            link_share=_link_share(node, len(text)),
            is_caption=above.is_caption,
            is_aside=any(box not in whole for box in above.boxes),
            owner=node.parent.mem_id if node.parent else 0,
            place=place,
        )
        for place, node, text, above in seen
    )


def by_key(found: Sequence[Block]) -> Mapping[str, Block]:
    """The first block of each text."""
    known: dict[str, Block] = {}
    for block in found:
        known.setdefault(block.key, block)
    return known


def _link_share(node: LexborNode, length: int) -> float:
    links = node.css("a")
    if not links:
        return 0.0
    inside = sum(len(link.text(strip=True)) for link in links[:60])
    return min(1.0, inside / max(1, length))


@dataclass(frozen=True, slots=True)
class _Around:
    boxes: tuple[int, ...]
    """Ancestors, by id, that are named like boxes."""
    is_caption: bool


_NOTHING = _Around((), False)


def _around(node: LexborNode, known: dict[int, _Around]) -> _Around:
    """What the element and its ancestors are named like."""
    chain: list[LexborNode] = []
    at: LexborNode | None = node
    answer = _NOTHING
    while at is not None and at.tag not in ("body", "html", None) and len(chain) < 300:
        if at.mem_id in known:
            answer = known[at.mem_id]
            break
        chain.append(at)
        at = at.parent
    for element in reversed(chain):
        answer = _own(element, answer)
        known[element.mem_id] = answer
    return answer


def _own(element: LexborNode, above: _Around) -> _Around:
    tag = element.tag
    attributes = element.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    is_box = tag in ("nav", "footer", "aside", "form") or bool(_ASIDE.search(named))
    is_caption = tag == "figcaption" or bool(_CAPTION.search(named))
    if not is_box and (not is_caption or above.is_caption):
        return above
    boxes = (*above.boxes, element.mem_id)[:8] if is_box else above.boxes
    return _Around(boxes, above.is_caption or is_caption)
