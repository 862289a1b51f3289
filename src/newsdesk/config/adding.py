"""Adding sources to a site.

sources.toml gets the new ones at its end, every byte above kept, and lists of pages
their new lines. What is there already stays as it is, so adding the same twice changes
nothing. What the given files hold is read in `given`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsdesk.config import folder, given, sources, writing
from newsdesk.config.given import Offer, Refused
from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import Source, SourceId, SourceKind
from newsdesk.model.site import Topic
from newsdesk.text import urls

LISTS = "pages"
"""Folder of the lists of pages, below the site folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding came to."""

    added: tuple[Source, ...] = ()
    """New in sources.toml."""
    known: tuple[str, ...] = ()
    """Addresses of feeds that were there already, or given twice."""
    pages_added: int = 0
    """Page addresses new in a list."""
    pages_known: int = 0
    """Page addresses that were in their list already, or given twice."""
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    """What was done otherwise than one might expect, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """What becomes of one list of pages."""

    path: str
    """Below the site folder."""
    lines: str
    """What comes at its end."""
    added: int
    known: int


def add(
    site_folder: Path,
    items: Sequence[str],
    *,
    kind: SourceKind | str | None = None,
    title: str | None = None,
    topics: Sequence[str] = (),
) -> Added:
    """Add addresses, and what files of addresses, OPML and WARC hold, to a site.

    `kind` `pages` takes addresses as pages, not feeds, into a list of the file's name
    below `pages/`. `title` names a single source; `topics` (ids) go to every new one.
    Raises ConfigError where the site, a file, a topic or `kind` cannot be used; then
    nothing was added.
    """
    wanted_kind = _kind(kind)
    known_topics = folder.topics(site_folder)
    _check_topics(topics, known_topics)
    path = site_folder / sources.FILE
    text = writing.read_text(path) if path.exists() else ""
    there = _present(text, known_topics)
    offered = [offer for item in items for offer in given.offers(item, wanted_kind)]
    refused = [offer for offer in offered if isinstance(offer, Refused)]
    feeds, pages = _sorted(offered, topics, known_topics, refused)
    lists = [_listed(site_folder, name, pages[name]) for name in pages]
    listed = [sources.make(one.path, SourceKind.PAGES, topics=topics) for one in lists]
    new = _new([*feeds, *listed], there)
    named = [replace(new[0], title=title)] if title and len(new) == 1 else new
    _write(site_folder, text, named, lists)
    return Added(
        added=tuple(named),
        known=_known(feeds, there),
        pages_added=sum(one.added for one in lists),
        pages_known=sum(one.known for one in lists),
        refused=tuple(refused),
        notes=(*_title_note(title, new), *_folder_notes(offered, known_topics)),
    )


def add_push(site_folder: Path, name: str) -> Source:
    """The push source of a site with this name, put into sources.toml where it is not
    there yet. Raises ConfigError where the name, or the file, cannot be used."""
    path = site_folder / sources.FILE
    text = writing.read_text(path) if path.exists() else ""
    try:
        source = sources.make(sources.PUSH + name, SourceKind.PUSH)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    if source.id not in _present(text, folder.topics(site_folder)):
        _write(site_folder, text, [source], [])
    return source


def _kind(kind: SourceKind | str | None) -> SourceKind | None:
    try:
        return SourceKind(kind) if kind is not None else None
    except ValueError as error:
        choices = " or ".join(f"`{choice.value}`" for choice in SourceKind)
        raise ConfigError(f"there is no kind `{kind}`; it is {choices}") from error


def _check_topics(wanted: Sequence[str], known: Sequence[Topic]) -> None:
    ids = sorted(topic.id for topic in known)
    if lost := [topic for topic in wanted if topic not in ids]:
        names = ", ".join(f"`{topic}`" for topic in ids) or "none"
        raise ConfigError(f"there is no topic `{lost[0]}`; the site's are {names}")


def _present(text: str, topics: Sequence[Topic]) -> frozenset[SourceId]:
    """Ids of the sources in sources.toml. Nothing is added to a file with faults: what
    it holds already would be guesswork."""
    read = sources.parse(text, (topic.id for topic in topics))
    if read.problems:
        raise ConfigError("\n".join(map(str, read.problems)))
    return frozenset(source.id for source in read.sources)


def _sorted(
    offered: Sequence[Offer | Refused],
    topics: Sequence[str],
    known: Sequence[Topic],
    refused: list[Refused],
) -> tuple[list[Source], dict[str, list[str]]]:
    """Feeds as sources, and addresses of pages by list; what is no address goes to
    `refused`."""
    feeds: list[Source] = []
    pages: dict[str, list[str]] = {}
    for offer in offered:
        if isinstance(offer, Refused):
            continue
        try:
            source = _source(offer, topics, known)
        except ValueError as error:
            refused.append(
                Refused(
                    given=offer.given,
                    line=offer.line,
                    subject=offer.address,
                    reason=str(error),
                )
            )
            continue
        if offer.kind is SourceKind.PAGES:
            pages.setdefault(offer.list_name, []).append(source.url)
        else:
            feeds.append(source)
    return feeds, pages


def _source(offer: Offer, topics: Sequence[str], known: Sequence[Topic]) -> Source:
    by_folder = (_topic_named(name, known) for name in offer.folders)
    found = (*topics, *(topic for topic in by_folder if topic))
    return sources.make(
        offer.address,
        title=offer.title,
        topics=tuple(dict.fromkeys(found)),
        language=offer.language,
    )


def _topic_named(name: str, known: Sequence[Topic]) -> str | None:
    """The id of the topic with this id or name, whatever its case."""
    folded = name.casefold()
    for topic in known:
        names = (topic.id, topic.name, topic.shortname or topic.id)
        if folded in (each.casefold() for each in names):
            return topic.id
    return None


def _listed(site_folder: Path, name: str, pages: Sequence[str]) -> _List:
    """A list of pages with those that it did not hold at its end."""
    path = f"{LISTS}/{name}.txt"
    file = site_folder / path
    before = writing.read_text(file) if file.exists() else ""
    held = {urls.canonical(entry) for _, entry in given.addresses(before)}
    fresh: dict[str | None, str] = {}
    for page in pages:
        if (address := urls.canonical(page)) not in held:
            fresh.setdefault(address, page)
    return _List(
        path=path,
        lines="".join(f"{page}\n" for page in fresh.values()),
        added=len(fresh),
        known=len(pages) - len(fresh),
    )


def _new(wanted: Sequence[Source], there: frozenset[SourceId]) -> list[Source]:
    """Those that are not there, each once: the first one's words, all topics."""
    fresh: dict[SourceId, Source] = {}
    for source in wanted:
        if source.id in fresh:
            source = sources.folded(fresh[source.id], source)
        if source.id not in there:
            fresh[source.id] = source
    return list(fresh.values())


def _known(feeds: Sequence[Source], there: frozenset[SourceId]) -> tuple[str, ...]:
    met = set(there)
    known: list[str] = []
    for source in feeds:
        if source.id in met:
            known.append(source.url)
        met.add(source.id)
    return tuple(known)


def _write(
    site_folder: Path, text: str, new: Sequence[Source], lists: Sequence[_List]
) -> None:
    """Lists first: a source that names a list must find it."""
    for one in lists:
        if one.lines:
            _append(site_folder / one.path, one.lines)
    if new:
        blocks = "".join(map(sources.block, new))
        _append(site_folder / sources.FILE, blocks if text else blocks.lstrip("\n"))


def _append(path: Path, text: str) -> None:
    """Put text at the end of a file, on lines of its own; what stood there stays."""
    before = writing.read(path) if path.exists() else b""
    between = b"\n" if before and not before.endswith(b"\n") else b""
    writing.write(path, before + between + text.encode())


def _title_note(title: str | None, new: Sequence[Source]) -> tuple[str, ...]:
    if title and len(new) > 1:
        return (f"the title “{title}” was not given to {len(new)} sources at once",)
    return ()


def _folder_notes(
    offered: Sequence[Offer | Refused], known: Sequence[Topic]
) -> tuple[str, ...]:
    """Folders of OPML files that no topic answers to."""
    counts = Counter(
        (offer.given, name)
        for offer in offered
        if isinstance(offer, Offer)
        for name in offer.folders
        if _topic_named(name, known) is None
    )
    return tuple(
        f"{file}: no topic is called “{name}”, a folder of {count}; its feeds were "
        "added without it"
        for (file, name), count in counts.items()
    )
