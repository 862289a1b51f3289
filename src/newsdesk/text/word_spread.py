"""How common terms are in news at large, by language, as counted in an open set.

A window of a site says which words are common there, but not whether a word is common
because every article has it or because one event fills the window. This table tells the
two apart. It lists what is common; a term that is not listed is rare. What it weighs is
for `stages.weighing`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

OF = 10_000
"""The table counts articles in so many."""
UNLISTED = 1.5
"""Articles in `OF` taken to hold a term that is not listed: listed are those in 7 and
more."""
DOUBT = 3.7
"""Articles added to each count: five in the set that was counted, so that chance finds of
rare terms weigh alike."""
SHARE_LISTED = 0.3
"""Share of a text's different terms that are listed, from which it is in the language:
English news has .6 to .9, other languages' under .1."""

RAREST = math.log((OF + DOUBT) / (UNLISTED + DOUBT))
"""What a term tells that is not listed, in nats."""


@cache
def tables() -> Mapping[str, Mapping[str, float]]:
    """By language, how much each listed term tells, in nats."""
    text = (
        resources.files("newsdesk.text").joinpath("word_spread.txt").read_text("utf-8")
    )
    found: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        head, *rest = line.split()
        if head.startswith("["):
            found[head.strip("[]")] = of_language = {}
        elif not head.startswith("#"):
            tells = math.log((OF + DOUBT) / (int(head) + DOUBT))
            of_language.update(dict.fromkeys(rest, tells))
    return found


def language_of(terms: Iterable[str], declared: str | None) -> str | None:
    """The language of the table that fits the terms; None where none does. What is
    declared is trusted."""
    if declared:
        primary = declared.split("-")[0].casefold()
        return primary if primary in tables() else None
    different = set(terms)
    listed = {name: len(different & table.keys()) for name, table in tables().items()}
    best = max(listed, key=lambda name: (listed[name], name), default=None)
    if best is None or listed[best] < SHARE_LISTED * max(1, len(different)):
        return None
    return best
