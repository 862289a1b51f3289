"""Pushed JSON lines -> entries, or a problem a line, and what to tell who pushed them.

Each line is one entry that a crawler of the site's own has found. Lines are read apart:
a bad one is refused with its number and the reason, and costs no other. Nothing is
guessed: a key that does not exist or a date that cannot be read refuses its line.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from newsdesk.model.feed import (
    Entry,
    EntryId,
    Feed,
    FeedEntry,
    Health,
    Picture,
    Source,
    SourceState,
)
from newsdesk.stages import admit
from newsdesk.text import dates, html, language, urls

MAX_BYTES = 16_000_000
"""Bytes of one push."""
MAX_LINES = 10_000
"""Entries in one push."""
MAX_LINE_BYTES = 2_000_000
"""Bytes of one entry, its content included."""
MAX_LINE_TEXT = 1_000
"""Characters of a title, name or tag."""
MAX_MARKUP = 1_000_000
"""Characters of a summary or content."""
MAX_LIST = 100
"""Authors, tags or images of one entry."""
MAX_PIXELS = 100_000

# Control characters, and half pairs of surrogates, which no file can hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that was refused."""

    line: int
    """From 1."""
    reason: str
    """For a person; no trailing full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What pushed lines hold."""

    items: tuple[FeedEntry, ...]
    """In the order of the lines."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a push."""

    new: int
    """Entries that were not known."""
    changed: int
    """Known entries whose words changed."""
    unchanged: int
    """Lines that said nothing new: known as they are, or given twice."""
    problems: tuple[Problem, ...]

    @property
    def taken(self) -> int:
        """Lines that were taken."""
        return self.new + self.changed + self.unchanged


def parsed(data: bytes) -> Parsed:
    """The entries in JSON lines, and what is wrong with the others. Empty lines count
    as lines but hold nothing. Never raises."""
    if len(data) > MAX_BYTES:
        reason = f"more than {MAX_BYTES:,} bytes at once; push it in parts"
        return Parsed(items=(), problems=(Problem(line=1, reason=reason),))
    items: list[FeedEntry] = []
    problems: list[Problem] = []
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(items) + len(problems) == MAX_LINES:
            reason = f"more than {MAX_LINES:,} entries at once; push the rest apart"
            problems.append(Problem(line=number, reason=reason))
            break
        try:
            items.append(_item(line))
        except _LineError as error:
            problems.append(Problem(line=number, reason=str(error)))
    return Parsed(items=tuple(items), problems=tuple(problems))


def entries(pushed: Parsed, source: Source, now: datetime) -> list[Entry]:
    """The entries with their ids, each id once: of two lines on one, the last holds.

    An entry that carries its content is whole: its page will not be asked for.
    """
    latest = tuple(reversed(pushed.items))
    feed = Feed(format="push", entries=latest)
    found = admit.listed(feed, source, now, first=False)
    return [
        replace(
            entry,
            position=len(latest) - 1 - entry.position,
            is_whole=entry.item.content_html is not None,
        )
        for entry in reversed(found)
    ]


def state_after(state: SourceState, new_count: int, now: datetime) -> SourceState:
    """What we remember of a source after a push that brought so many new entries."""
    return replace(
        state,
        health=Health.FRESH,
        since_at=state.since_at if state.health is Health.FRESH else now,
        reason=None,
        polled_at=now,
        ok_at=now,
        new_at=now if new_count else state.new_at,
        entries_seen=state.entries_seen + new_count,
    )


def receipt(
    pushed: Parsed,
    found: Sequence[Entry],
    known: AbstractSet[EntryId],
    changed: Collection[EntryId],
) -> Receipt:
    """What became of the lines."""
    new = sum(entry.id not in known for entry in found)
    return Receipt(
        new=new,
        changed=len(changed),
        unchanged=len(pushed.items) - new - len(changed),
        problems=pushed.problems,
    )


class _LineError(ValueError):
    """Why a line is refused."""


def _item(line: bytes) -> FeedEntry:
    given = _object(line)
    _check_keys(given, _KEYS, "key")
    values = {
        name: read(value, key)
        for key, (name, read) in _KEYS.items()
        if (value := given.get(key)) is not None
    }
    if "url" not in values:
        raise _LineError("`url` is missing: the address of the article")
    if not values.get("title") and "content_html" in values:
        raise _LineError("`title` is missing; with `content`, no page is asked for one")
    return FeedEntry(**values)


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise _LineError(f"longer than {MAX_LINE_BYTES:,} bytes")
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _LineError(f"not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise _LineError(
            f"not JSON at character {error.colno}: {error.msg}; "
            "each line is one whole entry"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _LineError(
            "not JSON that can be read: nested or long beyond reason"
        ) from (error)
    if not isinstance(given, dict):
        raise _LineError('a line is one JSON object, such as {"url": "https://…"}')
    return given


def _check_keys(given: Mapping[str, Any], known: Collection[str], what: str) -> None:
    for key in given:
        if key not in known:
            close = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.6)
            advice = f"did you mean `{close[0]}`?" if close else _known(known)
            raise _LineError(f"unknown {what} `{_short(key)}`; {advice}")


def _known(known: Collection[str]) -> str:
    return "known are " + ", ".join(f"`{key}`" for key in known)


def _address(value: Any, key: str) -> str:
    address = _text(value, key, MAX_LINE_BYTES).strip()
    if urls.canonical(address) is None:
        raise _LineError(f"`{key}` is no http or https address: {_short(address)!r}")
    return address


def _line(value: Any, key: str) -> str | None:
    """One line of plain text; None where nothing is left of it."""
    return html.fold(_text(value, key, MAX_LINE_TEXT)) or None


def _markup(value: Any, key: str) -> str | None:
    text = _text(value, key, MAX_MARKUP)
    return text if text.strip() else None


def _date(value: Any, key: str) -> datetime:
    found = dates.parse(_text(value, key, MAX_LINE_TEXT))
    if found.at is None:
        note = found.note or "not a date"
        raise _LineError(
            f"`{key}` cannot be read as a date ({note}): {_short(value)!r}; "
            "write 2026-02-19T06:00:00Z"
        )
    return found.at


def _language(value: Any, key: str) -> str:
    found = language.primary(_text(value, key, MAX_LINE_TEXT))
    if found is None:
        raise _LineError(f"`{key}` names no language: {_short(value)!r}; write `en`")
    return found


def _lines(value: Any, key: str) -> tuple[str, ...]:
    found = (_line(one, key) for one in _list(value, key, "texts"))
    return tuple(one for one in found if one)


def _pictures(value: Any, key: str) -> tuple[Picture, ...]:
    return tuple(_picture(one, key) for one in _list(value, key, "objects"))


def _picture(given: Any, key: str) -> Picture:
    if not isinstance(given, dict):
        raise _LineError(f'`{key}` must hold objects, such as {{"url": "https://…"}}')
    _check_keys(given, _IMAGE_KEYS, f"key of `{key}`")
    values = {
        name: read(value, f"{key}.{name}")
        for name, read in _IMAGE_KEYS.items()
        if (value := given.get(name)) is not None
    }
    if "url" not in values:
        raise _LineError(f"`{key}.url` is missing: the address of the image")
    return Picture(**values)


def _pixels(value: Any, key: str) -> int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 < value <= MAX_PIXELS:
        return max(1, int(value))
    raise _LineError(f"`{key}` must be a number of pixels, not {_short(value)}")


def _list(value: Any, key: str, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise _LineError(f"`{key}` must be a list of {what}, not {_short(value)}")
    if len(value) > MAX_LIST:
        raise _LineError(f"`{key}` holds more than {MAX_LIST} {what}")
    return value


def _text(value: Any, key: str, most: int) -> str:
    if not isinstance(value, str):
        raise _LineError(f"`{key}` must be a text in quotes, not {_short(value)}")
    if len(value) > most:
        raise _LineError(f"`{key}` is longer than {most:,} characters")
    return _UNFIT.sub(" ", value)


def _short(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = _UNFIT.sub(" ", value if isinstance(value, str) else json.dumps(value))
    return text if len(text) <= 60 else text[:59] + "…"


_KEYS: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "url": ("url", _address),
    "title": ("title", _line),
    "published": ("published_at", _date),
    "updated": ("updated_at", _date),
    "summary": ("summary_html", _markup),
    "content": ("content_html", _markup),
    "authors": ("authors", _lines),
    "tags": ("tags", _lines),
    "images": ("pictures", _pictures),
    "language": ("language", _language),
    "guid": ("guid", _line),
    "provider": ("provider_name", _line),
}
"""What a line may say: the field that each key becomes, and how it is read."""

_IMAGE_KEYS: Mapping[str, Callable[[Any, str], Any]] = {
    "url": _address,
    "width": _pixels,
    "height": _pixels,
    "alt": _line,
}
