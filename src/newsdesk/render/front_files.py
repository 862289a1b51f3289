"""Which files of the website make its front page, so that a past one can be rebuilt.

The page itself, the JSON that says the same to machines, and the static files that it
looks by. What it leads to, stories, topics and pictures, is not among them.
"""

from __future__ import annotations

import json

from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses
from newsdesk.render.record_scalars import instant

RANKING = ".ranking.json"
"""The list of the front page with its numbers, for whoever compares editions. No file of
the website."""
_STATIC = "static/"
_MOST_STATIC = 256_000
"""Bytes of a static file; a larger one is a picture of the owner's theme, not a style."""
_FRONT = frozenset(
    {"index.html", addresses.api_index(), addresses.api_v2("editions/latest")}
)


def belongs(path: str, content: bytes) -> bool:
    """Whether a file of the website is kept with its edition."""
    if path.startswith(_STATIC):
        return len(content) <= _MOST_STATIC
    return is_on_front(path)


def is_on_front(path: str) -> bool:
    """Whether a file is the front page itself, for readers or machines."""
    return path in _FRONT


def ranking(edition: Edition) -> bytes:
    """The front page as data: who stood where, with which numbers, and what just missed.
    Canonical JSON, ended by a newline."""
    told = {
        "as_of": instant(edition.as_of) if edition.as_of else None,
        "front": [_place(one) for one in edition.front],
        "misses": [
            _place(one) | {"reason": one.story.verdict.reason if one.story else ""}
            for one in edition.misses
        ],
    }
    if edition.crowded_out:
        told["crowded_out"] = [
            {"path": path, "rule": one.rule, "why": one.why}
            for path, one in edition.crowded_out
        ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _place(one: Published) -> dict[str, object]:
    return {
        "path": one.path,
        "title": one.record.title,
        "url": one.record.web_url,
        "provider": one.record.provider.domain,
        "topics": list(one.record.topics),
        "quality": one.record.quality,
        "heat": one.heat_now,
    }
