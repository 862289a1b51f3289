"""Microdata of a page in the shape of JSON-LD, so that one set of rules reads both.

Only the article around the headline is taken: what else a page marks up (teasers, menus)
belongs to others. Its body is read elsewhere; its authors too, since comments in it have
some; and sides of pictures are often those of a thumbnail. Property names are kept.
"""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsdesk.stages.read_jsonld import Node

MAX_PROPERTIES = 200
"""Marked elements of one article that are looked at."""
MAX_CLIMBED = 40
"""Elements between a property and what it is a property of."""
MAX_VALUES = 20
"""Values of one property."""
MAX_CHARS = 400
"""Characters of a value that stands in the page's words."""

_ARTICLES = (
    "[itemscope][itemtype*='Article' i], [itemscope][itemtype*='BlogPosting' i], "
    "[itemscope][itemtype$='/CreativeWork' i]"
)
_LEFT_OUT = frozenset(
    "articleBody text comment review blogPost author creator width height".split()
)
_OF_ADDRESSES = frozenset("image logo url thumbnailUrl mainEntityOfPage".split())
"""Properties whose values are addresses, which no words are."""
_TYPE = re.compile(r"schema\.org/(\w{3,60})")
_COMMENT = re.compile(r"comment|review|rating", re.I)
_ADDRESS = {"img": "src", "amp-img": "src", "a": "href", "link": "href", "area": "href",
            "audio": "src", "video": "src", "source": "src", "iframe": "src",
            "object": "data"}  # fmt: skip


def article(tree: LexborHTMLParser, trail: frozenset[int]) -> Node:
    """The article around the headline (`trail`: ids of what is around it), or the only one
    of the page; empty where there is none."""
    found = tree.css(_ARTICLES)
    around = [node for node in found if node.mem_id in trail]
    if around:
        return _node(around[-1])
    return _node(found[0]) if len(found) == 1 else {}


def is_of_comment(node: LexborNode) -> bool:
    """Whether a property is one of a comment or review rather than of the article."""
    above = node.parent
    for _ in range(MAX_CLIMBED):
        if above is None:
            return False
        if "itemscope" in above.attributes:
            return bool(_COMMENT.search(above.attributes.get("itemtype") or ""))
        above = above.parent
    return False


def _node(root: LexborNode) -> dict[str, Any]:
    """The element and what is in it, each property below the item that it is one of."""
    made: dict[int, dict[str, Any]] = {root.mem_id: _item(root)}
    for node in root.css("[itemprop]")[:MAX_PROPERTIES]:
        owner = _owner(node, made)
        if owner is None or node.mem_id == root.mem_id:
            continue
        value = _value(node, made)
        for name in (node.attributes.get("itemprop") or "").split()[:4]:
            if value and name not in _LEFT_OUT:
                _add(owner, name, value)
    return made[root.mem_id]


def _item(node: LexborNode) -> dict[str, Any]:
    said = _TYPE.search(node.attributes.get("itemtype") or "")
    own: dict[str, Any] = {"@type": said[1]} if said else {}
    if address := (node.attributes.get("itemid") or "").strip():
        own["@id"] = address
    return own


def _owner(node: LexborNode, made: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    """The item that a property is one of; None where that was left out itself."""
    above = node.parent
    for _ in range(MAX_CLIMBED):
        if above is None:
            return None
        if above.mem_id in made:
            return made[above.mem_id]
        if "itemscope" in above.attributes:
            return None
        above = above.parent
    return None


def _value(node: LexborNode, made: dict[int, dict[str, Any]]) -> Any:
    attributes = node.attributes
    if "itemscope" in attributes:
        held = made[node.mem_id] = _item(node)
        if address := _address(node):
            held["url"] = address
        return held or {"@type": "Thing"}
    told = attributes.get("content") or attributes.get("datetime") or _address(node)
    if told is None and not _OF_ADDRESSES.isdisjoint(_names(node).split()):
        return None
    return (told or " ".join((node.text() or "")[:MAX_CHARS].split())).strip()


def _address(node: LexborNode) -> str | None:
    """The address that an element stands for; of a link that bears words, the words."""
    name = _ADDRESS.get(node.tag or "")
    if name is None or (node.tag == "a" and "url" not in _names(node)):
        return None
    return (node.attributes.get(name) or "").strip() or None


def _names(node: LexborNode) -> str:
    return node.attributes.get("itemprop") or ""


def _add(owner: dict[str, Any], name: str, value: Any) -> None:
    known = owner.get(name)
    if known is None:
        owner[name] = value
    elif not isinstance(known, list):
        owner[name] = [known, value]
    elif len(known) < MAX_VALUES:
        known.append(value)
