"""The excerpt: what the page gives, unless it is boilerplate or cut off; else its lead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsdesk.text import html, names

MAX_CHARS = 300
MIN_CHARS = 40
"""A shorter one says too little."""

_BOILERPLATE = re.compile(
    r"^(?:read (?:more|the latest)|get the latest|breaking news|(?:the )?latest news|"
    r"find (?:out )?the latest|visit|welcome to|subscribe|sign up|click|watch|"
    r"all the latest|"
    r"stay up to date|your (?:source|home)|home\s?page|aktuelle nachrichten|alle news|"
    r"toute l'actualit|las últimas noticias|cookies?|javascript|enable)\b|"
    r"\b(?:appeared first on|javascript|cookies|subscribe to|all rights reserved)\b",
    re.I,
)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;)\s*$")
_TAIL = re.compile(
    r"\s*(?:The post .{3,200} appeared first on .*|Read more\.?|Continue reading.*)$"
)
_SENTENCE_END = re.compile(r"[.!?…。！？।]['\"”’»)\]]*(?=\s|$)|[。！？]")


def excerpt(given: Iterable[str | None], text: str, title: str) -> str:
    """The first description that says something, else the text's own lead; at most 300
    characters, ended at a sentence or a word."""
    for one in given:
        said = _TAIL.sub("", html.fold(one or ""))
        if _is_good(said, title):
            return shortened(said)
    return shortened(_lead(text, title)) or next(
        (shortened(said) for one in given if (said := html.fold(one or ""))), ""
    )


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
    return names.folded(said) != names.folded(title)


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
