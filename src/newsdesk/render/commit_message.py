"""Changes of records -> the message of a commit: which stories, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newsdesk.render.record_changes import Change

SUBJECT = 72
"""Characters of the first line: what tools show of a commit."""
STORIES_TOLD = 100
"""Stories that a message tells one by one."""


def message(
    changes: Sequence[Change],
    others: Sequence[str] = (),
    reasons: Mapping[str, str] | None = None,
) -> str:
    """The message for these changes of records and these `others`, paths of further
    files. `reasons`: why a record stands as it does, by path."""
    told = sorted((one for one in changes if one.notes), key=lambda one: one.path)
    quiet = [one for one in changes if not one.notes]
    body = [line for one in told[:STORIES_TOLD] for line in _lines(one, reasons or {})]
    if len(told) > STORIES_TOLD:
        body.append(f"- and {len(told) - STORIES_TOLD} more stories")
    body += _rest(quiet, others)
    return "\n".join([_subject(told, quiet, others), "", *body]) + "\n"


def of_moves(places: Sequence[str]) -> str:
    """The message for records that moved to the archive as they were, or back; two
    `places` each."""
    return f"Move {_many(len(places) // 2, 'record', 'records')} to the archive\n"


def _subject(
    told: Sequence[Change], quiet: Sequence[Change], others: Sequence[str]
) -> str:
    if told:
        rest = f" and {_many(len(told) - 1, 'more story', 'more stories')}"
        ending = rest if len(told) > 1 else ""
        return f"{_cut(_line(told[0].title), SUBJECT - len(ending))}{ending}"
    if quiet:
        return f"Keep {_many(len(quiet), 'settled record', 'settled records')}"
    return f"Keep {_many(len(others), 'file', 'files')}"


def _lines(change: Change, reasons: Mapping[str, str]) -> Iterator[str]:
    yield f"- {_line(change.title)}"
    yield f"  {change.path}: {_line('; '.join(change.notes))}"
    if reason := reasons.get(change.path):
        yield f"  {_line(reason)}"


def _rest(quiet: Sequence[Change], others: Sequence[str]) -> Iterator[str]:
    if quiet:
        many = _many(len(quiet), "record", "records")
        yield f"- {many} with more coverage or other points, and held ones"
    yield from (f"- {_line(path)}" for path in others[:STORIES_TOLD])
    if len(others) > STORIES_TOLD:
        yield f"- and {len(others) - STORIES_TOLD} more files"


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _line(text: str) -> str:
    """One line: what others wrote starts no line of ours, and ends none."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
