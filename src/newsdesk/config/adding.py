"""Adding sources: addresses, text files, OPML, lists of pages and web archives.

What is given is first read into findings (feeds, pages, refusals), which touches no
file of the site; then sources.toml gets the new ones at its end, every byte above kept,
and lists of pages their new lines. What is there already stays as it is, so adding the
same twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsdesk.config import archive, folder, sources, writing
from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import Source, SourceId, SourceKind
from newsdesk.model.site import Topic
from newsdesk.text import opml, urls
from newsdesk.text.opml import OpmlError

LISTS = "pages"
"""Folder of the lists of pages, below the site folder."""

LONE_PAGES = "added"
"""Name of the list that takes pages given as bare addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something given that could not be added."""

    given: str
    """The file or address that was given."""
    line: int | None
    """1-based line of the file."""
    subject: str
    """The address or entry in question."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding came to."""

    added: tuple[Source, ...] = ()
    """New in sources.toml."""
    known: tuple[str, ...] = ()
    """Addresses of feeds and paths of lists that were there already."""
    pages_added: int = 0
    """Page addresses new in a list."""
    pages_known: int = 0
    """Page addresses that were in their list already."""
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    """What was done otherwise than one might expect, for a person."""


@dataclass(slots=True, kw_only=True)
class _Findings:
    """What was given, read but not yet added."""

    feeds: list[Source] = field(default_factory=list)
    pages: dict[str, list[str]] = field(default_factory=dict)
    """Page addresses by the name of their list."""
    refused: list[Refused] = field(default_factory=list)
    folders: dict[str, int] = field(default_factory=dict)
    """OPML folders that are no topic, with the number of their feeds."""
    repeated: int = 0


def add(
    site_folder: Path,
    given: Sequence[str],
    *,
    kind: SourceKind | str | None = None,
    title: str | None = None,
    topics: Sequence[str] = (),
) -> Added:
    """Add what is given to the sources of a site.

    `given` are addresses, and files: text with one address a line, OPML, WARC. `kind`
    `pages` takes addresses as pages, not feeds, into a list of the file's name. `title`
    names a single feed; `topics` (ids) are given to every feed. Raises ConfigError
    where the site, a topic or `kind` cannot be used; then nothing was added.
    """
    kind = _kind(kind)
    known_topics = folder.topics_of(site_folder)
    _check_topics(topics, known_topics)
    path = site_folder / sources.FILE
    text = writing.read_text(path) if path.exists() else ""
    there = _present(text, known_topics)
    findings = _Findings()
    for item in given:
        _read(item, kind, known_topics, topics, findings)
    lists, pages_added, pages_known = _listed(site_folder, findings.pages)
    wanted = [*findings.feeds, *(_list_source(name, topics) for name in findings.pages)]
    fresh = {source.id: source for source in wanted if source.id not in there}
    new = _titled(list(fresh.values()), title)
    for list_path, body in lists:
        writing.write(list_path, body)
    if new:
        writing.write(path, _appended(text, new).encode())
    return Added(
        added=tuple(new),
        known=tuple(source.url for source in wanted if source.id in there),
        pages_added=pages_added,
        pages_known=pages_known,
        refused=tuple(findings.refused),
        notes=tuple(_notes(findings, new, title)),
    )


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """The entries of a text file with their 1-based lines: one address a line, empty
    lines and those that start with `#` left out, as is ` #` and what follows it."""
    for number, line in enumerate(text.splitlines(), 1):
        entry = re.split(r"\s#", line, maxsplit=1)[0].strip()
        if entry and not entry.startswith("#"):
            yield number, entry


def _kind(kind: SourceKind | str | None) -> SourceKind | None:
    try:
        return SourceKind(kind) if kind is not None else None
    except ValueError as error:
        choices = " or ".join(f"`{choice.value}`" for choice in SourceKind)
        raise ConfigError(f"there is no kind `{kind}`; it is {choices}") from error


def _check_topics(wanted: Sequence[str], known: Sequence[Topic]) -> None:
    ids = {topic.id for topic in known}
    if lost := [topic for topic in wanted if topic not in ids]:
        names = ", ".join(f"`{topic}`" for topic in sorted(ids)) or "none"
        raise ConfigError(f"there is no topic `{lost[0]}`; the site's are {names}")


def _present(text: str, topics: Sequence[Topic]) -> frozenset[SourceId]:
    """Ids of the sources in sources.toml. A file with faults is not added to: what it
    holds would be guesswork."""
    read = sources.parse(text, (topic.id for topic in topics))
    if read.problems:
        raise ConfigError("\n".join(map(str, read.problems)))
    return frozenset(source.id for source in read.sources)


def _read(
    item: str,
    kind: SourceKind | None,
    known: Sequence[Topic],
    topics: Sequence[str],
    findings: _Findings,
) -> None:
    path = Path(item)
    if _is_address(item):
        entries = [(None, item)]
        _take(entries, item, kind, LONE_PAGES, topics, findings)
    elif path.is_file():
        _read_file(path, item, kind, known, topics, findings)
    else:
        reason = "neither an address (`https://…`) nor a file"
        findings.refused.append(
            Refused(given=item, line=None, subject=item, reason=reason)
        )


def _read_file(
    path: Path,
    item: str,
    kind: SourceKind | None,
    known: Sequence[Topic],
    topics: Sequence[str],
    findings: _Findings,
) -> None:
    name = _list_name(path)
    if archive.is_archive(path):
        held = archive.contents(path)
        if kind is not SourceKind.PAGES:
            _take(held.feeds, item, SourceKind.FEED, name, topics, findings)
        if kind is not SourceKind.FEED:
            _take(held.pages, item, SourceKind.PAGES, name, topics, findings)
        return
    body = writing.read(path)
    if opml.looks_like(body) or path.suffix.lower() == ".opml":
        _read_opml(body, item, known, topics, findings)
    else:
        text = writing.text_of(body, path)
        _take(addresses(text), item, kind, name, topics, findings)


def _read_opml(
    body: bytes,
    item: str,
    known: Sequence[Topic],
    topics: Sequence[str],
    findings: _Findings,
) -> None:
    try:
        read = opml.read(body)
    except OpmlError as error:
        findings.refused.append(
            Refused(given=item, line=None, subject=item, reason=str(error))
        )
        return
    for skipped in read.skipped:
        findings.refused.append(
            Refused(
                given=item,
                line=skipped.line or None,
                subject=skipped.subject,
                reason=skipped.reason,
            )
        )
    for feed in read.feeds:
        of_folders = [(name, _topic_named(name, known)) for name in feed.folders]
        for name, topic in of_folders:
            if topic is None:
                findings.folders[name] = findings.folders.get(name, 0) + 1
        found = [topic for _, topic in of_folders if topic]
        _take_feed(
            item,
            feed.line,
            feed.url,
            findings,
            title=feed.title,
            topics=tuple(dict.fromkeys((*topics, *found))),
            language=_primary(feed.language),
        )


def _take(
    entries: Iterable[tuple[int | None, str]],
    item: str,
    kind: SourceKind | None,
    name: str,
    topics: Sequence[str],
    findings: _Findings,
) -> None:
    for line, entry in entries:
        if kind is SourceKind.PAGES:
            _take_page(item, line, entry, name, findings)
        else:
            _take_feed(item, line, entry, findings, topics=tuple(topics))


def _take_feed(
    item: str,
    line: int | None,
    entry: str,
    findings: _Findings,
    *,
    title: str | None = None,
    topics: tuple[str, ...] = (),
    language: str | None = None,
) -> None:
    try:
        source = sources.make(
            _web(entry), title=title, topics=topics, language=language
        )
    except ValueError as error:
        findings.refused.append(
            Refused(given=item, line=line, subject=entry, reason=str(error))
        )
        return
    findings.feeds.append(source)


def _take_page(
    item: str, line: int | None, entry: str, name: str, findings: _Findings
) -> None:
    try:
        sources.make(entry)  # a page's address must be what a feed's must be
    except ValueError as error:
        findings.refused.append(
            Refused(given=item, line=line, subject=entry, reason=str(error))
        )
        return
    findings.pages.setdefault(name, []).append(entry)


def _listed(
    site_folder: Path, pages: dict[str, list[str]]
) -> tuple[list[tuple[Path, bytes]], int]:
    raise NotImplementedError
