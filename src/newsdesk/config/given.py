"""What a person hands over to be added, as single offers of feeds and pages.

Addresses, text files with one address a line, OPML and web archives all become the same
records. Nothing is added here, and no file of the site is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsdesk.config import archive, writing
from newsdesk.model.feed import SourceKind

LONE_PAGES = "added"
"""Name of the list that takes pages given as bare addresses."""

_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|feed:")
_FEED_SCHEME = re.compile(r"(?i)^feed:(?://)?(?=https?:)|^feed://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One address that could become a source or a line in a list of pages."""

    given: str
    """The address or file it came with."""
    line: int | None
    """1-based line of the file."""
    address: str
    kind: SourceKind
    list_name: str = LONE_PAGES
    """For a page: the list it goes to."""
    title: str | None = None
    folders: tuple[str, ...] = ()
    """OPML folders and categories it lies in."""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something given that could not be added."""

    given: str
    """The address or file that was given."""
    line: int | None
    """1-based line of the file; None: the whole of it."""
    subject: str
    """The address or entry in question."""
    reason: str

    def __str__(self) -> str:
        place = self.given if self.line is None else f"{self.given}:{self.line}"
        subject = "" if self.subject == self.given else f"{self.subject}: "
        # A password that was pasted with an address is not repeated.
        return re.sub(r"//[^/@\s]*@", "//…@", f"{place}: {subject}{self.reason}")


def offers(item: str, kind: SourceKind | None) -> Iterator[Offer | Refused]:
    """What one given item holds: an address, or a file of a form told by its content.

    `kind` None takes an address for a feed, and from an archive feeds and pages alike.
    Raises ConfigError where a file cannot be read at all.
    """
    path = Path(item)
    if _SCHEME.match(item):
        yield _offer(item, None, item, kind)
    elif not _is_file(path):
        reason = "neither an address (`https://…`) nor a file"
        yield Refused(given=item, line=None, subject=item, reason=reason)
    elif archive.is_archive(path):
        yield from _archived(path, item, kind)
    else:
        from newsdesk.text import opml  # addresses alone do without

        body = writing.read(path)
        if opml.looks_like(body) or path.suffix.lower() == ".opml":
            yield from _outlined(body, item)
        else:
            name = list_name(path)
            for line, address in addresses(writing.text_of(body, path)):
                yield _offer(item, line, address, kind, name)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # longer than a file's name can be


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """The entries of a text file with their 1-based lines: one address a line, empty
    lines and those that start with `#` left out, as is ` #` and what follows it."""
    for number, line in enumerate(text.splitlines(), 1):
        entry = re.split(r"\s#", f" {line}", maxsplit=1)[0].strip()
        if entry:
            yield number, entry


def list_name(path: Path) -> str:
    """The name of the list that a file's pages go to: `big list.warc.gz` → `big-list`."""
    stem = path.name.split(".")[0] if path.name[:1] != "." else path.name[1:]
    return re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-") or LONE_PAGES


def _offer(
    item: str,
    line: int | None,
    address: str,
    kind: SourceKind | None,
    name: str = LONE_PAGES,
) -> Offer:
    return Offer(
        given=item,
        line=line,
        address=_web(address),
        kind=kind or SourceKind.FEED,
        list_name=name,
    )


def _archived(
    path: Path, item: str, kind: SourceKind | None
) -> Iterator[Offer | Refused]:
    name, count = list_name(path), 0
    for address, found in archive.contents(path):
        if kind in (None, found):
            count += 1
            yield _offer(item, None, address, found, name)
    if not count:
        reason = "no feed and no page is kept in this archive"
        yield Refused(given=item, line=None, subject=item, reason=reason)


def _outlined(body: bytes, item: str) -> Iterator[Offer | Refused]:
    from newsdesk.text import opml

    try:
        read = opml.read(body)
    except opml.OpmlError as error:
        yield Refused(given=item, line=None, subject=item, reason=str(error))
        return
    for feed in read.feeds:
        yield Offer(
            given=item,
            line=feed.line,
            address=_web(feed.url),
            kind=SourceKind.FEED,
            title=feed.title,
            folders=feed.folders,
            language=_primary(feed.language),
        )
    for entry in read.skipped:
        yield Refused(
            given=item,
            line=entry.line or None,
            subject=entry.subject,
            reason=entry.reason,
        )


def _web(address: str) -> str:
    """`feed:` and `feed://` addresses, which some buttons hand out, as web addresses."""
    if not _FEED_SCHEME.match(address):
        return address
    bare = _FEED_SCHEME.sub("", address)
    return bare if "://" in bare else f"https://{bare}"


def _primary(language: str | None) -> str | None:
    """The primary subtag, lower case; None for what is no language tag."""
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", language or "")
    return found[0].lower() if found else None
