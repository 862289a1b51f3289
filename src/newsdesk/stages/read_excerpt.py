"""The excerpt: what the page gives, unless it is boilerplate or cut off; else its lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from newsdesk.text import html, names

MAX_CHARS = 300
MAX_KNOWN = 8_000
"""Characters of text whose words a description is held against."""
MIN_CHARS = 40
"""A shorter one says too little."""

_BOILERPLATE = re.compile(
    r"^(?:read (?:more|the latest)|get the latest|breaking news|(?:the )?latest news|"
    r"find (?:out )?the latest|visit|welcome to|subscribe|sign up|click|watch|"
    r"all the latest|"
    r"your (?:trusted|comprehensive|leading|daily|one-stop|number one|go-to|no\.? ?1) |"
    r"[\w .&'’-]{2,40} is (?:your|the|a) (?:trusted|comprehensive|leading|premier|daily|"
    r"one-stop|number one|go-to|largest) (?:\w+ ){0,3}"
    r"(?:source|website|site|portal|platform)|"
    r"stay up to date|your (?:source|home)|home\s?page|aktuelle nachrichten|alle news|"
    r"toute l'actualit|las últimas noticias|cookies?|javascript|enable)\b|"
    r"\b(?:appeared first on|javascript|cookies|subscribe to|all rights reserved)\b",
    re.I,
)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;)\s*$")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_TERM = re.compile(r"\w{5,}|[\u3040-\u9fff\uac00-\ud7af]{2}")
MIN_KNOWN = 0.2
"""Share of a description's longer words that the article must know; others speak of the
site."""
MIN_TEXT = 600
"""Characters of text from which that can be told."""
LONG = 135
"""Characters from which a description without a full stop may have been cut."""
_TAIL = re.compile(
    r" ?(?:The post .{3,200} appeared first on .*|Read more\.?|Continue reading.*)$"
)
_ENDED = re.compile(r"[.!?…。！？।:;)\]'\"”’»]$")
_SENTENCE_END = re.compile(r"[.!?…。！？।]['\"”’»)\]]*(?=\s|$)|[。！？]")


def excerpt(given: Iterable[str | None], text: str, title: str) -> str:
    """The first description that says something of the article, else the text's own
    lead; at most 300 characters, ended at a sentence or a word."""
    told = [_plain(one) for one in given if one]
    known = f"{title} {text[:MAX_KNOWN]}".casefold() if len(text) >= MIN_TEXT else ""
    for one in told:
        said = _without_title(one, title)
        if _is_good(said, title) and _is_of(said, known):
            return shortened(_ended(said, text))
    return shortened(_lead(text, title)) or next(
        (shortened(_ended(said, text)) for said in told if said), ""
    )


def _plain(given: str) -> str:
    text = unescape(given) if "&" in given else given
    return _TAIL.sub("", html.fold(_MARKUP.sub(" ", text) if "<" in text else text))


def _without_title(said: str, title: str) -> str:
    """A description without the headline that it begins with."""
    if title and said.startswith(title) and len(said) - len(title) >= MIN_CHARS:
        return said[len(title) :].lstrip(" .:|–—-…")
    return said


def _is_of(said: str, known: str) -> bool:
    """Whether a description speaks of the article rather than of the whole site."""
    own = set(_TERM.findall(said.casefold()))
    if not known or not own:
        return True
    return sum(term in known for term in own) >= MIN_KNOWN * len(own)


def _ended(said: str, text: str) -> str:
    """The words with the end that a bound on their length cut off: from the text where
    it begins with them, else without what is half."""
    if len(said) < LONG or _ENDED.search(said):
        return said
    start = html.fold(text[: 20 * MAX_CHARS])
    at = start.find(said[: LONG // 2])
    if at >= 0 and start.startswith(said, at):
        return start[at : at + 2 * MAX_CHARS]
    words = said.split()
    last = words[-1].strip("\"'“”„().,;:").casefold()
    whole = start.casefold()
    is_half = re.search(rf"\b{re.escape(last)}\w", whole) is not None
    if not is_half or re.search(rf"\b{re.escape(last)}\b", whole):
        return said
    ends = [found.end() for found in _SENTENCE_END.finditer(said)]
    if ends and ends[-1] >= LONG // 2:
        return said[: ends[-1]].rstrip()
    return " ".join(words[:-1]).rstrip(" ,;:–—-") + "…"


def shortened(text: str, limit: int = MAX_CHARS) -> str:
    """The text within the limit: whole sentences where one ends late enough, else whole
    words and `…`."""
    if len(text) <= limit:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[: limit + 1])]
    if ends and limit // 3 <= ends[-1] <= limit:
        return text[: ends[-1]].rstrip()
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:–—-") + "…"


def _is_good(said: str, title: str) -> bool:
    if len(said) < MIN_CHARS or _CUT.search(said) or _BOILERPLATE.search(said):
        return False
    return not names.folded(title).startswith(names.folded(said))


def _lead(text: str, title: str) -> str:
    """The first paragraphs of the text that are prose, up to the limit."""
    own = names.folded(title)
    lead = ""
    for part in text.split("\n\n")[:12]:
        words = html.fold(part)
        if len(words) < MIN_CHARS or names.folded(words) == own:
            continue
        lead = f"{lead} {words}".strip()
        if len(lead) >= MAX_CHARS // 2:
            break
    return lead or html.fold(text)[: 2 * MAX_CHARS]
