"""Structured data of a page: finds the JSON-LD node that describes the article.

Pages in the wild wrap it in comments, leave commas, break strings with raw newlines and
escape it twice; what can be mended is, what cannot is searched for its few useful keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

MAX_SCRIPTS = 40
MAX_NODES = 600
"""Nodes looked at in one page; real pages have a few dozen."""
MAX_CHARS = 1_500_000
"""Characters of one script that are parsed."""
MAX_DEPTH = 12

Node = Mapping[str, Any]

_ARTICLE_TYPES = frozenset(
    "newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "backgroundnewsarticle reviewnewsarticle askpublicnewsarticle blogposting "
    "liveblogposting socialmediaposting discussionforumposting techarticle "
    "scholarlyarticle satiricalarticle advertisercontentarticle report posting "
    "medicalscholarlyarticle interview critiquereview".split()
)
_LESSER_TYPES = frozenset(
    "videoobject audioobject podcastepisode review recipe".split()
)
_PAGE_TYPES = frozenset("webpage itempage creativework medicalwebpage".split())
_ASIDE_KEYS = frozenset(
    "itemlistelement liveblogupdate haspart ispartof comment comments relatedlink "
    "citation mentions about review breadcrumb potentialaction publisher author "
    "creator image isbasedon associatedmedia significantlink offers".split()
)
_JUNK_AROUND = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)+|"
    r"(?:-->|//\s{0,9}\]\]>|\]\]>|/\*\s{0,9}\]\]>\s{0,9}\*/|;){1,20}\s{0,99}$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'("|\d|\}|\])([ \t\r]{0,200}\n\s*+)(")')
_LINE_COMMENT = re.compile(r"(?m)^[ \t]*+//[^\n]*$")
_MAX_REMARK = 2000
"""Characters of a remark; the stars of a longer one are something else."""
_KEY = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleBody|description|'
    r'articleSection|inLanguage|@type)"\s*:\s*"((?:[^"\\]|\\.){1,400000})"'
)
_AUTHOR = re.compile(r'"author"\s*:\s*(?=[\[{"])')
_NAME = re.compile(r'"name"\s*:\s*"((?:[^"\\]|\\.){1,200})"')
_STRING = re.compile(r'"((?:[^"\\]|\\.){1,200})"')
MAX_AUTHOR_CHARS = 3000
"""Characters of broken data in which the names of its authors are looked for."""
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_UNDEFINED = re.compile(r":\s*(?:undefined|NaN|-?Infinity)(?=\s*[,}])|:\s*(?=,\s*\")")


def nodes(scripts: Sequence[str]) -> tuple[Node, ...]:
    """Every node of the page's scripts, outermost first; asides (lists of other
    articles, comments, breadcrumbs) are not descended into."""
    found: list[Node] = []
    for script in scripts[:MAX_SCRIPTS]:
        for value in _values(script[:MAX_CHARS]):
            for node in _walk(value, 0):
                found.append(node)
                if len(found) >= MAX_NODES:
                    return tuple(found)
    return tuple(found)


def article(
    found: Sequence[Node], *, urls: Sequence[str], titles: Sequence[str]
) -> Node:
    """The node that describes the page's article; empty where there is none."""
    ranked = [
        (_rank(node, urls, titles), -place, node)
        for place, node in enumerate(found)
        if _kind(node) > 0
    ]
    if not ranked:
        return {}
    best = max(ranked, key=lambda item: (item[0], item[1]))
    return best[2]


def types(node: Node) -> tuple[str, ...]:
    """The node's types in lower case, without name space."""
    raw = node.get("@type") or node.get("type") or ()
    listed = raw if isinstance(raw, list) else [raw]
    return tuple(
        str(one).rsplit("/", 1)[-1].rsplit(":", 1)[-1].strip().lower()
        for one in listed[:8]
        if isinstance(one, str)
    )


def is_article(node: Node) -> bool:
    """Whether the node says that it is an article of some kind."""
    return _kind(node) >= 3


def resolve(value: Any, found: Sequence[Node]) -> Any:
    """The node that `{"@id": …}` refers to, or the value itself."""
    if (
        isinstance(value, dict)
        and "@id" in value
        and len(value) <= 2
        and "name" not in value
    ):
        for node in found:
            if node is not value and node.get("@id") == value["@id"] and len(node) > 2:
                return node
    return value


def items(value: Any) -> tuple[Any, ...]:
    """A value as a sequence: lists opened, None dropped."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(one for one in value[:100] if one is not None)
    return (value,)


def text(value: Any) -> str | None:
    """A value as plain text with entities decoded, or None where it is not text."""
    if isinstance(value, list):
        value = next(
            (one for one in value if isinstance(one, str) and one.strip()), None
        )
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return unescape(unescape(value)).strip() or None


def _values(script: str) -> Iterator[Any]:
    """What the script holds, mended step by step until it parses."""
    body = script.strip().lstrip("\ufeff")
    if body[:12].replace(" ", "").startswith(("{&quot;", "[{&quot;", "{&#34;")):
        body = unescape(body)
    for mend in (lambda s: s, _trimmed, _mended, _remarkable, _escaped):
        body = mend(body)
        if not body:
            return
        try:
            yield json.loads(body, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    whole = list(_in_a_row(body))
    if whole:
        yield from whole
        return
    picked = _picked(body)
    if picked:
        yield picked


def _trimmed(body: str) -> str:
    previous = None
    while previous != body:
        previous = body
        body = _JUNK_AROUND.sub("", body).strip()
    return body


def _mended(body: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _TRAILING_COMMA.sub(r"\1", body))


def _remarkable(body: str) -> str:
    """Without remarks, with commas that were forgotten at line ends."""
    body = _without_blocks(_LINE_COMMENT.sub("", body))
    return _MISSING_COMMA.sub(r"\1,\2\3", body)


def _without_blocks(body: str) -> str:
    """Without remarks between /* and */; each character is looked at twice at most."""
    kept: list[str] = []
    at = end = 0
    start = body.find("/*")
    while start >= 0:
        if end < start + 2:
            end = body.find("*/", start + 2)
        if end < 0:
            break
        if end - start - 2 <= _MAX_REMARK:
            kept.append(body[at:start])
            at = end + 2
            start = body.find("/*", at)
        else:
            start = body.find("/*", start + 1)
    return "".join(kept) + body[at:] if kept else body


def _escaped(body: str) -> str:
    """With escapes that JSON does not know made harmless, and values that it lacks."""
    body = _BAD_ESCAPE.sub(r"\\\\", body.replace("\\'", "'"))
    return _UNDEFINED.sub(": null", body)


def _in_a_row(body: str) -> Iterator[Any]:
    """Values that stand one after another without a list around them."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(20):
        while at < len(body) and body[at] in " \t\r\n,;":
            at += 1
        if at >= len(body):
            return
        try:
            value, at = decoder.raw_decode(body, at)
        except (ValueError, RecursionError):
            return
        yield value


def _picked(body: str) -> dict[str, Any]:
    """The few keys that matter, picked out of text that is no JSON."""
    picked: dict[str, Any] = {}
    for key, raw in _KEY.findall(body):
        picked.setdefault(key, _unquoted(raw))
    author = _AUTHOR.search(body)
    if author:
        names = _picked_names(body[author.end() : author.end() + MAX_AUTHOR_CHARS])
        picked["author"] = [{"@type": "Person", "name": name} for name in names]
    return picked if len(picked) > 1 else {}


def _picked_names(rest: str) -> list[str]:
    """The names in the value that begins here: up to the bracket that closes it."""
    if rest[0] == '"':
        found = _STRING.match(rest)
        return [_unquoted(found[1])] if found else []
    depth = 0
    for at, char in enumerate(rest):
        depth += (char in "[{") - (char in "]}")
        if depth == 0:
            rest = rest[:at]
            break
    named = [_unquoted(raw) for raw in _NAME.findall(rest)]
    if named or "{" in rest:
        return named
    return [_unquoted(raw) for raw in _STRING.findall(rest)]


def _unquoted(raw: str) -> str:
    try:
        value = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return raw
    return value if isinstance(value, str) else raw


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value[:200]:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if isinstance(inner, dict | list) and key.lower() not in _ASIDE_KEYS:
                yield from _walk(inner, depth + 1)


def _kind(node: Node) -> int:
    said = types(node)
    if any(one in _ARTICLE_TYPES for one in said):
        return 3
    if any(one in _LESSER_TYPES for one in said):
        return 2
    if any(one in _PAGE_TYPES for one in said):
        return 1
    return 1 if "headline" in node and "datePublished" in node else 0


def _rank(node: Node, urls: Sequence[str], titles: Sequence[str]) -> float:
    rank = 10.0 * _kind(node)
    rank += 2 * ("headline" in node or "name" in node) + ("datePublished" in node)
    rank += "author" in node
    own = {address_of(node.get(key)) for key in ("url", "mainEntityOfPage", "@id")}
    if any(_same_page(one, url) for one in own if one for url in urls):
        rank += 6
    named = _letters(text(node.get("headline")) or text(node.get("name")) or "")[:30]
    if named and any(named in _letters(title) for title in titles):
        rank += 5
    return rank


def _letters(words: str) -> str:
    """The words without what spellings differ in: quotes, dashes, spaces, case."""
    return "".join(char for char in words.casefold() if char.isalnum())


def address_of(value: Any) -> str | None:
    """The address in a value that may be a string, a list or a node."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url") or value.get("contentUrl")
    return value.strip() if isinstance(value, str) and value.strip() else None


def _same_page(one: str, other: str) -> bool:
    def key(url: str) -> str:
        bare = url.split("#", 1)[0].split("?", 1)[0].rstrip("/")
        return bare.split("://", 1)[-1].removeprefix("www.").casefold()

    return key(one) == key(other) and "/" in key(one)
