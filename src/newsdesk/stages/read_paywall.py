"""Whether readers must pay or log in for an article, by evidence a person can check.

Structured data, meta, the names of the article's own elements, a wall in place of the
text, a text that ends in a call to subscribe. A button that offers a subscription is
none of these: every newspaper has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from newsdesk.stages import read_jsonld, read_paywall_calls
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_jsonld import Node

SHORT = 2_500
"""Characters of text up to which a wall may stand in its place. Past it a box that asks
for a subscription is an offer, or hidden until a reader has used up the free articles."""
LAST_LINES = 3
"""Lines at the end of a text in which the call to subscribe stands."""
MAX_WALL = 2_000
"""Characters of a box; a longer one is no wall but the page."""
MIN_HIDDEN = 200
"""Characters in elements named as paid that are part of the article."""

_FALSE = frozenset(("false", "no", "0", "n"))
_TRUE = frozenset(("true", "yes", "1", "y", "premium", "paid", "plus", "abo"))
_LOCKED = frozenset(
    """locked paid premium subscriber subscribers subscription subscriber-only
    subscribers-only members members-only member-only paywall paywalled registered
    registration hard closed restricted abo abonnent abonnés plus exclusive""".split()
)
_METERED = frozenset("metered meter metering soft leaky".split())
_TIER = (
    "article:content_tier", "og:article:content_tier", "content_tier", "content-tier",
    "article.access", "article:access", "article-access", "accesslevel", "access-level",
    "content-access", "contentaccess", "content_access", "paywall-type", "paywall_type",
    "cxenseparse:access", "article:paywall", "article:paywall_type",
)  # fmt: skip
"""Names of meta whose values say who may read."""
_FLAG = (
    "paywall", "ispaywalled", "is-paywalled", "paywalled", "premium", "ispremium",
    "is-premium", "is_premium", "article:premium", "article-premium", "premium-content",
    "paid-content", "paidcontent", "ispaid", "is_paid", "is-paid", "locked", "is_locked",
    "subscriber-only", "subscribers-only", "subscription-required",
    "cxenseparse:paywall", "cxenseparse:premium", "article:locked",
)  # fmt: skip
"""Names of meta whose values say whether it is paid for."""
_PAID_WORDS = ("paywall", "subscriber", "paid-content", "meteredC", "premium-content")
"""Words without one of which no part of a text is named as paid for; cheaper to ask."""
_WALL = re.compile(
    r"(?:^|[\s_-])(?:pay-?wall\w*|reg(?:ister|istration)?-?wall\w*|pay-?gate|"
    r"tp-(?:modal|container-inner|backdrop)|piano(?:-\w+)*|(?:premium|subscri\w+|content|"
    r"article|login|abo)-?(?:gate|wall|barrier|lock|overlay|block(?:er)?|required)|"
    r"subscribers?-only|locked-content|content-locked|gated(?:-content)?|barrier|"
    r"metered-?(?:wall|message|overlay)?|paid-content(?:-\w+)?|abo-only|"
    r"premium(?:-content|-article|-teaser|-box)?)(?:$|[\s_-])",
    re.I,
)
_ARTICLE_MARK = re.compile(
    r"(?:^|[\s_-])(?:paywalled|is-paywall(?:ed)?|(?:is-)?(?:premium|locked|paid|gated|"
    r"subscribers?-only|members?-only)-(?:article|content|post|story)|"
    r"(?:article|post|story|content)-+(?:is-)?(?:locked|paywalled|subscribers?-only|"
    r"premium|paid)|is-(?:locked|premium|paid)|has-paywall-active)(?:$|[\s_])",
    re.I,
)
_PAID_PART = (
    "[class~=paywall], [class~=paywalled], [class~=subscriber-only], "
    "[class~=subscribers-only], [class~=premium-content], [class~=paid-content], "
    "[class~=meteredContent], [class~=paywall-content], [class~=paywalled-content]"
)
_NEGATED = re.compile(
    r"(?:no|not|non|un|free|without|disable\w{0,20}|hide|hidden|inactive|off)[_-]*"
    r"(?:paywall|premium|locked|metered)|paywall-?(?:off|none|free|disabled|inactive)",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_POPUP = re.compile(
    r"modal|popup|pop-up|overlay|dialog|newsletter|toast|lightbox", re.I
)
_BLOCKS = "p, h2, h3, h4, h5, li, div, span, strong, section"


def paywall(document: Document, clues: Clues, text: str) -> tuple[str, ...]:
    """Why we hold that readers must pay or log in, strongest first; empty: open."""
    found = [*_from_data(clues), *_from_meta(clues)]
    found += _from_markup(document, text)
    return tuple(dict.fromkeys(found))


def _from_data(clues: Clues) -> Iterator[str]:
    own = clues.article
    said = own.get("isAccessibleForFree", own.get("isAccessibleForfree"))
    if said is None:
        told = [
            node["isAccessibleForFree"]
            for node in clues.nodes
            if "isAccessibleForFree" in node and _is_own(node, clues)
        ]
        said = told[0] if told and all(_is_false(one) for one in told) else None
    if said is not None and _is_false(said):
        yield "structured data says that it is not free"
    if said is None or _is_false(said):
        yield from _paid_parts(own)


def _is_own(node: Node, clues: Clues) -> bool:
    """Whether a node is about the page: pages about others' works tell of these, too."""
    said = set(read_jsonld.types(node))
    return read_jsonld.is_article(node) or (
        not read_jsonld.is_article(clues.article)
        and bool(said & {"webpage", "itempage"})
    )


def _paid_parts(own: Node) -> Iterator[str]:
    for part in read_jsonld.items(own.get("hasPart")):
        if isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")):
            where = read_jsonld.text(part.get("cssSelector"))
            yield "structured data says that a part of it is not free" + (
                f" ({line(where)[:60]})" if where else ""
            )
            return


def _is_false(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_is_false(one) for one in value)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool):
        return not value
    return str(value).strip().rsplit("/", 1)[-1].casefold() in _FALSE


def _from_meta(clues: Clues) -> Iterator[str]:
    for name in _TIER:
        value = (clues.first(name) or "").casefold().strip()
        if value in _METERED:
            yield f"metered: meta says so ({name}: {value})"
        elif value in _LOCKED:
            yield f"locked: meta says so ({name}: {value})"
    for name in _FLAG:
        value = (clues.first(name) or "").casefold().strip()
        if value in _METERED:
            yield f"metered: meta says so ({name}: {value})"
        elif value in _TRUE or value in _LOCKED:
            yield f"locked: meta says so ({name}: {value})"


def _from_markup(document: Document, text: str) -> Iterator[str]:
    ended = next(
        (call for one in _last(text) if (call := read_paywall_calls.called(one))), None
    )
    if ended:
        yield f"the text ends with “{ended}”"
    if any(word in document.html for word in _PAID_WORDS):
        yield from _paid_text(document)
    if len(text) >= SHORT:
        return
    yield from _marked(document)
    yield from _walls(document)
    if not ended and (call := _call_on_page(document)):
        yield f"a short text, and the page says “{call}”"


def _last(text: str) -> list[str]:
    return [one for one in text.splitlines() if one.strip()][-LAST_LINES:]


def _paid_text(document: Document) -> Iterator[str]:
    """Parts of the article whose class says that they are paid for."""
    found = [
        node
        for node in document.tree.css(_PAID_PART)[:60]
        if not _is_hidden(node) and node.tag not in ("html", "body")
    ]
    texts = [line(" ".join(one.text() for one in node.css("p"))) for node in found]
    if sum(len(one) for one in texts) >= MIN_HIDDEN:
        name = (found[0].attributes.get("class") or "").split()
        said = next((one for one in name if "pa" in one or "sub" in one), name[0])
        yield f"parts of the text are marked “{said}”"


def _marked(document: Document) -> Iterator[str]:
    """The page or its article is named as paid."""
    for node in document.tree.css("html, body, main, article")[:8]:
        name = node.attributes.get("class") or ""
        found = _ARTICLE_MARK.search(name)
        if found and not _NEGATED.search(name):
            yield f"the page is marked “{found[0].strip(' _-')}”"
            return


def _walls(document: Document) -> Iterator[str]:
    """A visible box that is named as a wall and asks readers to subscribe or log in."""
    seen = 0
    for node in document.tree.css("div, section, aside, article, p, form"):
        attributes = node.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        found = _WALL.search(name) if len(name) > 3 else None
        if not found or _NEGATED.search(name) or _is_hidden(node):
            continue
        seen += 1
        words = line(node.text()[: MAX_WALL + 1])
        if len(words) <= MAX_WALL and read_paywall_calls.asks(words):
            yield f"a box named “{found[0].strip(' _-')}” asks to subscribe or log in"
            return
        if seen > 40:
            return


def _is_hidden(node: LexborNode) -> bool:
    at: LexborNode | None = node
    for _ in range(6):
        if at is None:
            return False
        attributes = at.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if _HIDDEN.search(attributes.get("style") or ""):
            return True
        at = at.parent
    return False


def _call_on_page(document: Document) -> str | None:
    """A sentence on the page that keeps the article for subscribers.

    What pops up over a page says the same and means less: blogs ask for an address so.
    """
    for node in document.tree.css(_BLOCKS)[:3000]:
        words = node.text(deep=False)
        call = read_paywall_calls.called(line(words[:600])) if len(words) > 20 else None
        if call and not _is_hidden(node) and not _pops_up(node):
            return call
    return None


def _pops_up(node: LexborNode) -> bool:
    at: LexborNode | None = node
    for _ in range(10):
        if at is None or at.tag in ("body", "main", "html"):
            return False
        name = f"{at.attributes.get('class') or ''} {at.attributes.get('id') or ''}"
        if at.tag == "dialog" or _POPUP.search(name):
            return True
        at = at.parent
    return False
