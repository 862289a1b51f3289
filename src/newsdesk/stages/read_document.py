"""A fetched document, made safe to parse: decoded, without code, bounded.

Parsers are quadratic in nesting and in the attributes of one tag, so both are bounded
here, before any parser sees the text. What a page says is left to the other readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser
from trafilatura.utils import detect_encoding

from newsdesk.model.feed import Reply
from newsdesk.text import encoding

MAX_BYTES = 5_000_000
"""Bytes of a document that are looked at; the largest real page met has 2.2 MB."""
MAX_CHARS = 2_500_000
"""Characters left after code is taken out; past it only the cheap reader works."""
MAX_HEAVY_TAGS = 40_000
"""Tags up to which the full reader works; it takes about a second for so many."""
MAX_TAGS = 200_000
"""Tags up to which the document is parsed at all; the rest is cut off."""
CHEAP_CHARS = 600_000
CHEAP_TAGS = 20_000
"""As `MAX_CHARS` and `MAX_TAGS` for a page that the full reader failed on."""
MAX_DEPTH = 250
"""Open elements at a time; libxml2 gives up at 256, and real pages stay below 100."""
MAX_TAG_CHARS = 60_000
"""Longest tag, attributes included; inline pictures make some long."""
MAX_FRAME_CHARS = 2_000
"""Characters of a frame in which its address is looked for."""
GUESSED_BYTES = 200_000
"""Bytes that the charset of an undeclared document is guessed from."""
MAX_ATTRIBUTES = 300
"""Equal signs in a tag past which its attributes are dropped."""

_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_CODE = re.compile(r"<(script|style|svg|iframe|template|object)\b", re.I)
_CLOSERS = {
    name: re.compile(rf"</{name}\s*>", re.I)
    for name in ("script", "style", "svg", "iframe", "template", "object")
}
_RAW = ("script", "style", "iframe")
_DATA_TYPE = re.compile(r"ld\+json", re.I)
_FRAME_ADDRESS = re.compile(
    r"""\s(?:data-[\w-]{0,20})?src\s*=\s*["']?([^"'\s<>]{1,1000})""", re.I
)
_FRAME_DOCUMENT = re.compile(r"""\ssrcdoc\s*=\s*(?:"[^"]*"?|'[^']*'?)""", re.I)
_COMMENT = re.compile(r"<!--")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd "
    "option optgroup tr td th thead tbody tfoot colgroup rp rt".split()
)
_KEPT_WHEN_FLAT = re.compile(
    r"<(?!/?(?:html|head|body|title|meta|link|script|h1|h2|h3|p|time|img|br)\b)"
    r"/?[a-zA-Z][^<>]{0,2000}>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that is safe to parse."""

    url: str
    """Where it was found; relative addresses start here."""
    html: str
    """Decoded, without scripts, styles, drawings and comments."""
    tree: LexborHTMLParser
    is_plain: bool = False
    """Too large or too tangled for the full reader, or it failed on it: only the cheap
    one may read it."""
    notes: tuple[str, ...] = ()


def document(reply: Reply, *, spared: str | None = None) -> Document:
    """The reply's document, decoded and bounded; what was cut is in its notes.

    `spared` is why the full reader must not be asked; the bounds are tighter then.
    """
    body = reply.body[:MAX_BYTES]
    notes = ["cut at 5 MB"] if len(reply.body) > MAX_BYTES else []
    if reply.truncated:
        notes.append("the transfer broke off")
    if spared:
        notes.append(spared)
    said = tuple(notes)
    html = _decoded(body, reply)
    return bounded(html, reply.final_url, notes=said, is_plain=bool(spared))


def _decoded(body: bytes, reply: Reply) -> str:
    """The text of the body: by its own declaration where the header has none, and by
    its bytes where what is declared cannot be."""
    named = encoding.charset(reply.header("content-type"))
    if named is None:
        found = _META_CHARSET.search(body[:4096])
        named = found[1].decode("ascii") if found else None
    decoded = encoding.decode(body, http=named)
    if not any("not utf-8" in note for note in decoded.notes):
        return decoded.text
    guessed = detect_encoding(body[:GUESSED_BYTES])
    if not guessed or guessed[0] in ("utf-8", "cp1252"):
        return decoded.text
    return encoding.decode(body, http=guessed[0]).text


def bounded(
    html: str, url: str, *, notes: tuple[str, ...] = (), is_plain: bool = False
) -> Document:
    """The text as a document that no parser can choke on; `is_plain`: nor any reader."""
    most_chars = CHEAP_CHARS if is_plain else MAX_CHARS
    most_tags = CHEAP_TAGS if is_plain else MAX_TAGS
    html = _short_tags(_without_code(html.replace("\x00", "")))
    said = list(notes)
    tags, depth, end = _measure(html, most_tags)
    plain = is_plain or tags > MAX_HEAVY_TAGS or len(html) > MAX_CHARS
    if end < len(html) or len(html) > most_chars:
        html = html[: min(end, most_chars)]
        said.append("too long, its end was not read")
    if depth > MAX_DEPTH:
        html = _KEPT_WHEN_FLAT.sub(" ", html)
        said.append("nested too deep, read without its structure")
    return Document(
        url=url,
        html=html,
        tree=LexborHTMLParser(html),
        is_plain=plain,
        notes=tuple(said),
    )


def _without_code(html: str) -> str:
    """The text without scripts (but for structured data), styles, drawings, comments.

    One pass, linear whatever is left open: a closer that was not found once is not
    looked for again.
    """
    html = _without_comments(html)
    kept: list[str] = []
    at = 0
    unclosed: set[str] = set()
    while found := _CODE.search(html, at):
        name = found[1].lower()
        start = found.start()
        closer = None
        if name not in unclosed:
            closer = _CLOSERS[name].search(html, found.end())
        if closer is None:
            unclosed.add(name)
            kept.append(html[at:start])
            if name in _RAW:
                # An open script swallows the rest in every browser.
                return "".join(kept) + _open_data(html[start:], name)
            at = found.end()
            continue
        kept.append(html[at:start])
        opening = html[start : start + 300].split(">", 1)[0]
        if name == "script" and _DATA_TYPE.search(opening):
            kept.append(html[start : closer.end()])
        elif name == "iframe":
            kept.append(_frame(html[start : closer.start()][:MAX_FRAME_CHARS]))
        at = closer.end()
    kept.append(html[at:])
    return "".join(kept)


def _open_data(rest: str, name: str) -> str:
    """Structured data that broke off is worth a try; other code is not."""
    opening = rest[:300].split(">", 1)[0]
    if name == "script" and _DATA_TYPE.search(opening):
        return rest[:MAX_TAG_CHARS]
    return ""


def _frame(frame: str) -> str:
    """A frame with its address alone, which may name a video: what else it bears may be
    a whole document in quotes."""
    bare = _FRAME_DOCUMENT.sub("", frame)
    found = [one for one in _FRAME_ADDRESS.findall(bare) if not one.startswith("about")]
    return f'<iframe src="{found[0]}"></iframe>' if found else ""


def _without_comments(html: str) -> str:
    kept: list[str] = []
    at = 0
    while found := _COMMENT.search(html, at):
        end = html.find("-->", found.end())
        if end < 0:
            break
        inside = html[found.start() : found.start() + 8]
        kept.append(html[at : found.start()])
        if _wraps_data(html, found.start(), inside):
            kept.append(html[found.start() : end + 3])
        at = end + 3
    kept.append(html[at:])
    return "".join(kept)


def _wraps_data(html: str, at: int, inside: str) -> bool:
    """Whether the comment stands at the start of a script, as older pages write it."""
    before = html[max(0, at - 40) : at].rstrip()
    return (
        inside.startswith("<!--")
        and before.endswith((">", "CDATA["))
        and bool(re.search(r"ld\+json[^<>]*>\s*$", before))
    )


def _short_tags(html: str) -> str:
    """The text with tags of hundreds of attributes reduced to their names."""
    kept: list[str] = []
    at = 0
    for start in _long_tag_starts(html):
        if start < at:
            continue
        end = html.find(">", start)
        end = len(html) if end < 0 else end + 1
        name = re.match(r"<[a-zA-Z][\w:-]{0,30}", html[start:end])
        kept.append(html[at:start])
        kept.append(f"{name[0]}>" if name else " ")
        at = end
    if not kept:
        return html
    kept.append(html[at:])
    return "".join(kept)


_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000}")


def _long_tag_starts(html: str) -> list[int]:
    found = []
    for match in _LONG_TAG.finditer(html):
        end = html.find(">", match.start())
        end = len(html) if end < 0 else end
        tag = html[match.start() : min(end, match.start() + MAX_TAG_CHARS + 1)]
        crowded = (
            tag.count("=") > MAX_ATTRIBUTES or tag.count(" ") > 20 * MAX_ATTRIBUTES
        )
        if len(tag) > MAX_TAG_CHARS or crowded:
            found.append(match.start())
    return found


def _measure(html: str, most_tags: int) -> tuple[int, int, int]:
    """How many tags, how deep at most, and where to cut when there are too many."""
    if html.count("<") < MAX_DEPTH:
        return html.count("<"), 0, len(html)
    if html.count("<") > 2 * most_tags:
        html = html[: _place_of_tag(html, most_tags)]
    depth = deepest = tags = 0
    for slash, name in _TAG.findall(html):
        tags += 1
        if name.lower() in _UNNESTED:
            continue
        if slash:
            depth = depth - 1 if depth else 0
        else:
            depth += 1
            if depth > deepest:
                deepest = depth
    if tags > most_tags:
        return tags, deepest, _place_of_tag(html, most_tags)
    return tags, deepest, len(html)


def _place_of_tag(html: str, number: int) -> int:
    """Where the tag of that number begins, or the end."""
    found = next(islice(_TAG.finditer(html), number, None), None)
    return found.start() if found else len(html)
