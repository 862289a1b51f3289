"""A fetched document, made safe to parse: decoded, without code, bounded.

Parsers are quadratic in nesting and in the attributes of one tag, so both are bounded
here, before any parser sees the text. What a page says is left to the other readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, islice
from operator import sub

from selectolax.lexbor import LexborHTMLParser

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
LONG_TAG = 4_000
"""Characters of a tag from which it is looked at more closely."""
MAX_ATTRIBUTES = 300
"""Equal signs in a tag past which its attributes are dropped."""

MIN_TELLING = 24
"""Bytes beyond ASCII from which a charset can be guessed: a few accents fit dozens."""

_HIGH = bytes(range(0x80, 0x100))
_OF_THE_WEB = re.compile(
    r"cp(?:125\d|866|874|932|936|949|950)|koi8_[ru]|iso8859_[2579]|big5\w*|gb\w+|"
    r"euc_\w+|shift_jis\w*|iso2022_\w+|utf_16\w*"
)
"""Charsets that pages are written in; others fit the same bytes, and no page."""
_LATIN = ("cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2", "iso8859_9")
_WESTERN = re.compile(
    rb"<html[^>]{0,200}?lang\s?=\s?[\"']?(?:de|fr|es|it|pt|nl|en|sv|da|nb|no|fi|is|ca)\b",
    re.I,
)
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?+\s*+([A-Za-z0-9_.:-]{2,40})""", re.I
)
_CODE = re.compile(r"<(?=[sito])(script|style|svg|iframe|template|object)\b", re.I)
_CLOSERS = {
    name: re.compile(rf"</{name}\s*>", re.I)
    for name in ("script", "style", "svg", "iframe", "template", "object")
}
_RAW = ("script", "style", "iframe")
_DATA_TYPE = re.compile(r"ld\+json", re.I)
_OF_DATA = re.compile(r"ld\+json[^<>]*>$")
_FRAME_ADDRESS = re.compile(
    r"""\s(?:data-[\w-]{0,20})?src\s*=\s*["']?([^"'\s<>]{1,1000})""", re.I
)
_FRAME_DOCUMENT = re.compile(r"""\ssrcdoc\s*=\s*(?:"[^"]*"?|'[^']*'?)""", re.I)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]{0,30}")
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
    guessed = _guessed(body[:GUESSED_BYTES])
    return encoding.decode(body, http=guessed).text if guessed else decoded.text


def _guessed(start: bytes) -> str | None:
    """The charset that the bytes look written in, where there are enough of them and it
    is one that pages are written in; None: the usual western one."""
    if len(start) - len(start.translate(None, _HIGH)) < MIN_TELLING:
        return None
    from trafilatura.utils import detect_encoding  # a tenth of a second to load

    told = [one for one in detect_encoding(start) if _OF_THE_WEB.fullmatch(one)]
    if not told or told[0] == "cp1252":
        return None
    # Guesses tell one Latin alphabet from the other by little; the page's language does.
    is_western = bool(_WESTERN.search(start)) and told[0] in _LATIN
    return None if is_western else told[0]


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
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        kept.append(html[at:start])
        if _wraps_data(html, start):
            kept.append(html[start : end + 3])
        at = end + 3
    kept.append(html[at:])
    return "".join(kept)


def _wraps_data(html: str, at: int) -> bool:
    """Whether the comment stands at the start of a script, as older pages write it."""
    before = html[max(0, at - 40) : at].rstrip()
    return before.endswith(">") and _OF_DATA.search(before) is not None


def _short_tags(html: str) -> str:
    """The text with tags of hundreds of attributes reduced to their names."""
    if not _may_have_long_tag(html):
        return html
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


_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG}}}")


def _may_have_long_tag(html: str) -> bool:
    """Whether the next `<` is far from any; looks at a few places only."""
    at = html.find("<")
    while at >= 0:
        further = html.rfind("<", at + 1, at + LONG_TAG + 2)
        if further < 0:
            return len(html) - at - 1 > LONG_TAG
        at = further
    return False


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
    """How many tags, how deep at most, and where to cut when there are too many. Up to
    `MAX_DEPTH` they may be less deep than is said."""
    if html.count("<") < MAX_DEPTH:
        return html.count("<"), 0, len(html)
    if html.count("<") > 2 * most_tags:
        html = html[: _place_of_tag(html, most_tags)]
    found = _TAG.findall(html)
    levels = list(accumulate(map(_Steps().__getitem__, found), initial=0))
    deepest = max(levels) - min(levels)
    if deepest > MAX_DEPTH:
        # A closer of nothing leads nowhere: depth is counted from the lowest so far.
        deepest = max(map(sub, levels, accumulate(levels, min)))
    end = _place_of_tag(html, most_tags) if len(found) > most_tags else len(html)
    return len(found), deepest, end


class _Steps(dict[str, int]):
    """How many levels each beginning of a tag, such as `</div`, leads in or out."""

    def __missing__(self, tag: str) -> int:
        name = tag.lstrip("</").lower()
        step = 0 if name in _UNNESTED else -1 if tag.startswith("</") else 1
        self[tag] = step
        return step


def _place_of_tag(html: str, number: int) -> int:
    """Where the tag of that number begins, or the end."""
    found = next(islice(_TAG.finditer(html), number, None), None)
    return found.start() if found else len(html)
