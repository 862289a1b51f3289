"""Whether files survive: each Markdown file read, written back and compared.

A verdict a file, counted by what the file is. Organisations share the ending `.md` with
records but are another format; they are checked with their own reader and counted on
their own. Where files come from and how the report is shown is for the command.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from newsdesk.model.errors import RecordError
from newsdesk.render import record, taxonomy

_ABOUT = frozenset(
    {"README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "CODE_OF_CONDUCT"}
)
_FENCE = b"---\n"


class Outcome(StrEnum):
    """What came of reading a file and writing it back."""

    IDENTICAL = "identical"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"


class What(StrEnum):
    """What a Markdown file of a content folder is."""

    RECORD = "record"
    ORGANIZATION = "organization"
    OTHER = "other"
    """About the folder, such as a README without front matter; not checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One file and what came of it."""

    path: str
    what: What
    outcome: Outcome
    line: int | None = None
    """1-based; None: the file is identical."""
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The verdicts on the files of a folder."""

    verdicts: tuple[Verdict, ...]
    """By path; files that are neither records nor organisations have none."""
    skipped: tuple[str, ...] = ()
    """Paths of those."""

    def count(self, outcome: Outcome, what: What = What.RECORD) -> int:
        """How many files of a sort had this outcome."""
        return sum(one.outcome is outcome and one.what is what for one in self.verdicts)

    def read(self, what: What = What.RECORD) -> int:
        """How many files of a sort could be read, identical or not."""
        return sum(
            one.what is what and one.outcome is not Outcome.UNREADABLE
            for one in self.verdicts
        )

    @property
    def troubles(self) -> tuple[Verdict, ...]:
        """What differs or cannot be read, by path."""
        return tuple(
            one for one in self.verdicts if one.outcome is not Outcome.IDENTICAL
        )


def check(files: Iterable[tuple[str, bytes]]) -> CheckReport:
    """What came of each file, given by path and bytes. Raises nothing for a bad file."""
    verdicts: list[Verdict] = []
    skipped: list[str] = []
    for path, data in files:
        what = what_is(path, data)
        if what is What.OTHER:
            skipped.append(path)
        else:
            verdicts.append(_verdict(path, what, data))
    verdicts.sort(key=lambda one: one.path)
    return CheckReport(verdicts=tuple(verdicts), skipped=tuple(sorted(skipped)))


def what_is(path: str, data: bytes) -> What:
    """What a Markdown file is, by its first key and, failing that, by its path.

    In doubt it is a record: a damaged one must not pass for something else.
    """
    if data.startswith(_FENCE + b"taxonomy: organization"):
        return What.ORGANIZATION
    place = PurePosixPath(path)
    if "organizations" in place.parts[:-1]:
        return What.ORGANIZATION
    if place.stem in _ABOUT and not data.startswith(_FENCE):
        return What.OTHER
    return What.RECORD


def _verdict(path: str, what: What, data: bytes) -> Verdict:
    try:
        again = _again(what, data)
    except RecordError as error:
        return Verdict(
            path=path,
            what=what,
            outcome=Outcome.UNREADABLE,
            line=error.line,
            reason=error.reason,
        )
    if again == data:
        return Verdict(path=path, what=what, outcome=Outcome.IDENTICAL)
    line, reason = _first_difference(data, again)
    return Verdict(
        path=path, what=what, outcome=Outcome.DIFFERENT, line=line, reason=reason
    )


def _again(what: What, data: bytes) -> bytes:
    if what is What.ORGANIZATION:
        return taxonomy.write_organization(taxonomy.read_organization(data))
    return record.write(record.read(data))


def _first_difference(data: bytes, again: bytes) -> tuple[int, str]:
    """The line where two files part, and what stands there now."""
    before, after = data.split(b"\n"), again.split(b"\n")
    pairs = zip(before, after, strict=False)
    shorter = min(len(before), len(after))
    place = next((at for at, (was, now) in enumerate(pairs) if was != now), shorter)
    line = after[place] if place < len(after) else b""
    shown = line[:60].decode("utf-8", "replace")
    return place + 1, f"would be written as {shown!r}"
