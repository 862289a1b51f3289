"""The byline that readers see: by its words, its class, or the profile it links to.

Only asked where neither structured data nor meta name a person, so it may look closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from newsdesk.stages import read_clues
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document
from newsdesk.text import byline_words, names

MAX_LOOKED_AT = 25
MAX_LEAVES = 14
"""Pieces of text in one byline that are looked at."""
MAX_WALKED = 400
"""Nodes of one byline that are walked over."""
MAX_NEAR_LEAVES = 36
"""Pieces of text after the headline among which a byline may stand."""
MAX_DATED = 6
"""Pieces of text after the headline among which a name may stand beside a date."""
MAX_LEAF_CHARS = 140
"""A longer piece is prose: the byline is over."""

_BYLINES = (
    "a[rel~=author], [itemprop=author], address, [class*=byline i], "
    "[class*=author i], [id*=byline i], [data-testid*=byline i], [data-testid*=author i], "
    "[class*=written i], [class*=contributor i], [class*=reporter i], "
    "[class*=journalist i], "
    "[class*=autor i], [class*=auteur i], [class*=verfasser i], [class*=skribent i], "
    "[class*=yazar i], [class*=firma i]"
)
_PROFILES = ", ".join(
    f"a[href*='/{part}']"
    for part in ("author", "autor", "auteur", "contributor", "people/", "person/",
                 "profile/",
                 "staff/", "journalist", "reporter", "by/", "writers/", "producers/")
)  # fmt: skip
_NOT_OWN = re.compile(
    r"comment|related|sidebar|footer|teaser|recommend|avatar|image|photo|caption|social|"
    r"credit|\bbio\b|copyright|newsletter|(?:^|[\s_]|(?<!\bh)-)card",
    re.I,
)
_BY_ALONE = re.compile(
    r"^(?:(?:written|posted|published|story|words|article|text|report(?:ed|ing)?)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autor(?:a|e|es|in)?|authors?|автор|yazan|oleh|"
    r"text|texte|tekst|作者|記者|记者|文)\s*[:：]?$",
    re.I,
)
_SPOKEN = re.compile(
    r"^\s*(?:(?:written|posted|story|words|article|text|reported)\s+)?"
    r"(?:(?i:by|von|par|por|door|autor(?:a|e|in)?|author|автор|yazan|oleh|bởi|przez)|"
    r"[Aa]v|[Aa]f|[Dd]i)(?:\s*+:)?\s++(?=\S)",
)
_DATED = re.compile(
    r"\b\d{4}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}|\bmin(?:ute)?s? read\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b",
    re.I,
)
_JOINT = re.compile(
    r"^(?:,|;|&|\+|\||/|·|•|-|–|—|(?i:and|und|et|y|e|i|og|och|en|ve|dan)|, and)$"
)
_DATE_TAIL = re.compile(
    r" ?(?:[|•·,–—-]|\bon\b|\bat\b|\bpublished\b|\bupdated\b|\bposted\b|\bveröffentlicht\b)"
    r"(?:(?!\s[A-Z][a-z]+\s[A-Z][a-z]+).)*\d{4}.*$",
    re.I,
)
_NO_NAME = re.compile(
    r"\b(?:read|sign|log|get|contact|policy|skip|menu|home|more|comments?|about|follow|view|"
    r"share|subscribe|account|inventory|photos?|tours?|email|create|warranty|full|bio|all|"
    r"articles?|posts?|profile|website|login|search|reviews?|management|optimization|"
    r"series|interviews?|podcasts?|development|sale|laptops?|tips|how|what|why|latest|"
    r"top|business|marketing|technology|design|software|data|digital|health|fitness|travel|"
    r"lifestyle|culture|sports?|politics|opinion|world|local|forum|store|shop|services?|"
    r"see|meet|our|your|this|with|last|updated|modified|content|writer|blog|blogger|learn|"
    r"diseases?|medicine|cheap|expert|linkedin|twitter|facebook|instagram|x|the|from|and|"
    r"table|contents|key|takeaways|summary|page|link|copy|reading|time|news|story|stories|"
    r"webmaster|admin|author|to|no|for|on|is|are|of|edited|reviewed|fact|checked|editor|editorial|staff|team|desk)\b",
    re.I,
)
_PARTICLE = (
    r"de|da|di|do|van|von|der|den|del|della|la|le|el|al|bin|ibn|bint|ter|ten|dos|das|du|zu|"
    r"y|e|i|af|d['’]\w+"
)
_NAME = re.compile(
    rf"^(?:[^\W\d_a-zà-öø-ÿ][\w.'’-]*|(?:{_PARTICLE})\b)"
    rf"(?:\s+(?:[^\W\d_a-zà-öø-ÿ][\w.'’-]*|(?:{_PARTICLE})\b))+$"
)
_ACT_FREE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af・]{2,10}")
"""Names in scripts that part no words."""


def near(document: Document) -> tuple[str, ...]:
    """The names that follow the headline closely after "by", in any language known."""
    leaves = list(_below(document))
    for at, (text, _) in enumerate(leaves):
        spoken = _SPOKEN.match(text)
        if spoken:
            rest = [(text[spoken.end() :], False), *leaves[at + 1 :]]
            found = _named(rest, skipped=0)
        elif _BY_ALONE.match(text):
            found = _named(leaves[at + 1 :], skipped=0)
        else:
            continue
        if found:
            return found
    return _dated(leaves[:MAX_DATED])


def _dated(leaves: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    """The one name that stands right before or behind a date and leads nowhere."""
    links = {text for text, is_link in leaves if is_link}
    pieces = [text for text, _ in leaves if not _JOINT.match(text)]
    named = [at for at, text in enumerate(pieces) if is_named(_DATE_TAIL.sub("", text))]
    if len(named) != 1 or pieces[named[0]] in links:
        return ()
    at = named[0]
    beside = [*pieces[max(0, at - 1) : at], *pieces[at : at + 2]]
    if any(_DATED.search(text) and len(text) < 60 for text in beside):
        return (_DATE_TAIL.sub("", pieces[at]),)
    return ()


def visible(
    document: Document, clues: Clues, *, only_near: bool = False
) -> tuple[str, ...]:
    """The names of the first byline that readers see, wherever it stands or only near
    the headline."""
    if named := clues.microdata.get("author"):
        return named
    found = near(document)
    if found or only_near:
        return found
    for node in document.tree.css(_BYLINES)[:MAX_LOOKED_AT]:
        found = () if _is_other(node, clues) else _in_byline(node)
        if found:
            return found
    for node in document.tree.css(_PROFILES)[:MAX_LOOKED_AT]:
        if not read_clues.is_aside(node, clues.trail) and _is_profile(node):
            return (line(node.text()[:200]),)
    return ()


def _is_other(node: LexborNode, clues: Clues) -> bool:
    """Whether a byline is that of a comment, a teaser or a picture."""
    above = node.parent
    around = ""
    if above is not None and above.mem_id not in clues.trail:
        around = above.attributes.get("class") or ""
    own = node.attributes.get("class") or ""
    if _NOT_OWN.search(f"{around} {own}"):
        return True
    return read_clues.is_aside(node, clues.trail)


def _in_byline(node: LexborNode) -> tuple[str, ...]:
    return _named(list(_leaves(node, MAX_LEAVES)))


def _is_profile(node: LexborNode) -> bool:
    """Whether a link's text is a name that its own address bears out."""
    text = line(node.text()[:200])
    if not is_named(text):
        return False
    address = names.folded((node.attributes.get("href") or "")[-200:])
    last = names.folded(names.people([text])[0].split()[-1])
    return last in address or bool(_SPOKEN.match(text))


def _below(document: Document) -> Iterator[tuple[str, bool]]:
    """The pieces of text around the headline's end, up to the first prose."""
    told = 0
    for node in read_clues.around_headline(document.tree):
        for text, is_link in _leaves(node, MAX_LEAVES):
            told += 1
            if len(text) > MAX_LEAF_CHARS and told > 3:
                return
            yield text, is_link
            if told >= MAX_NEAR_LEAVES:
                return


def _leaves(node: LexborNode, limit: int) -> Iterator[tuple[str, bool]]:
    """The node's pieces of text, each with whether it is a link's."""
    found = 0
    for leaf in islice(node.traverse(include_text=True), MAX_WALKED):
        if leaf.tag != "-text":
            continue
        text = line((leaf.text() or "")[:400])
        above = leaf.parent
        if not text or (above is not None and above.tag in ("script", "style")):
            continue
        yield text, above is not None and above.tag == "a"
        found += 1
        if found >= limit:
            return


def _named(leaves: Sequence[tuple[str, bool]], skipped: int = 2) -> tuple[str, ...]:
    """The names at the start of a byline; what stands between and behind is left out.
    Dates and at most so many other pieces may stand before."""
    found: list[str] = []
    is_joined = True
    was_link = False
    for text, is_link in leaves[:MAX_LEAVES]:
        if _JOINT.match(text) or _BY_ALONE.match(text):
            is_joined = True
            continue
        if len(text) > MAX_LEAF_CHARS:
            break
        told = _DATE_TAIL.sub("", text)
        is_name = is_named(told)
        if found and not (is_name and (is_joined or (is_link and was_link))):
            if _is_between(text):
                continue
            break
        if is_name:
            found.append(told)
            was_link = is_link
        elif not _DATED.search(text):
            skipped -= 1
            if skipped < 0:
                break
        is_joined = text.endswith((",", " and", " und", " et", " y", " &"))
    return tuple(found)


def _is_between(text: str) -> bool:
    """Whether a piece after a name is its bearer's role, so that a name may follow."""
    return bool(byline_words.A_ROLE.search(text)) and len(text) < 60


def is_named(text: str) -> bool:
    """Whether a visible byline reads like a name and not like a button or a date."""
    if text.islower() or len(text) > MAX_LEAF_CHARS:
        return False
    people = names.people([text])
    return bool(people) and all(map(_is_name, people))


def _is_name(name: str) -> bool:
    if not names.is_person(name):
        return False
    if _ACT_FREE.fullmatch(name.replace(" ", "")):
        return len(name) <= 10
    return (
        2 <= len(name.split()) <= 5
        and bool(_NAME.match(name))
        and not _NO_NAME.search(name)
    )
