"""Rows to records and back: what goes into which column.

Long texts (an entry's HTML, an article's text, an adopted file) live compressed in
`bodies`, so that scans over the tables they belong to stay quick.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from newsdesk.model.article import Article, Candidate, Provider, TopicHit
from newsdesk.model.feed import Entry, EntryId, Source, SourceState, Version
from newsdesk.model.run import Failed, RunSummary
from newsdesk.store import codec
from newsdesk.text import urls

Row = dict[str, Any]

# 1 of 9: half the size at a tenth of the time that the best level takes.
COMPRESSION = 1

_BOTH = "\x00"
"""How an article's body begins that holds its text's length, its text and its HTML. Packed
together they take little more than the text alone, as they hold the same words. Any other
body is a text alone."""

ENTRY_HTML = ("summary_html", "content_html")


def pack(text: str) -> bytes:
    """A text, compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), COMPRESSION)


def unpack(packed: bytes) -> str:
    """The text that `pack` compressed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def body_row(kind: str, of: str, packed: bytes) -> Row:
    """The row of a long text."""
    return {"kind": kind, "id": of, "packed": packed}


# --- sources and entries -----------------------------------------------------------


def source_row(state: SourceState) -> Row:
    """The row of a source and its state."""
    document = codec.encode(state)
    source = document.pop("source")
    return {
        "id": state.source.id,
        "url": state.source.url,
        "health": state.health.value,
        "next_poll_at": document.get("next_poll_at"),
        "source": codec.text_of(source),
        "state": codec.text_of(document),
    }


def listed_row(source: Source) -> Row:
    """The row of a source that nobody asked yet."""
    return source_row(SourceState(source=source))


def source_state(source: str, state: str) -> SourceState:
    """A source and its state."""
    document = {**json.loads(state), "source": json.loads(source)}
    return codec.decode(SourceState, document)


def entry_rows(entry: Entry) -> tuple[Row, Row | None]:
    """The row of an entry and that of its HTML, where it has any."""
    rest = codec.encode(entry)
    row = {name: rest.pop(name) for name in ("id", "source_id", "position")}
    row["first_seen_at"] = rest.pop("first_seen_at")
    row["digest"] = rest.pop("digest", None)
    item = rest["item"]
    html = {name: item.pop(name) for name in ENTRY_HTML if name in item}
    row["entry"] = codec.text_of(rest)
    body = body_row("entry", entry.id, pack(json.dumps(html))) if html else None
    return row, body


def entry(row: Iterable[Any]) -> Entry:
    """An entry of `_ENTRY`'s columns."""
    return codec.decode(Entry, _entry_document(row))


def _entry_document(row: Iterable[Any]) -> dict[str, Any]:
    of, source_id, position, first_seen_at, rest, digest, packed = row
    document: dict[str, Any] = json.loads(rest)
    document.update(id=of, source_id=source_id, position=position)
    document.update(first_seen_at=first_seen_at, digest=digest or "")
    if packed is not None:
        document["item"].update(json.loads(unpack(packed)))
    return document


def version_row(version: Version) -> Row:
    """The row of a version of an entry."""
    rest = codec.encode(version)
    row = {name: rest.pop(name) for name in ("entry_id", "number", "seen_at")}
    return row | {"version": codec.text_of(rest)}


def versions(rows: Iterable[Any]) -> dict[EntryId, tuple[Version, ...]]:
    """Versions of `VERSIONS`' columns, by entry."""
    found: dict[EntryId, tuple[Version, ...]] = {}
    for entry_id, group in groupby(rows, key=lambda row: row[0]):
        found[EntryId(entry_id)] = tuple(map(_version, group))
    return found


def _version(row: Iterable[Any]) -> Version:
    entry_id, number, seen_at, rest = row
    document: dict[str, Any] = json.loads(rest)
    document.update(entry_id=entry_id, number=number, seen_at=seen_at)
    return codec.decode(Version, document)


# --- articles ----------------------------------------------------------------------


def candidate_row(candidate: Candidate) -> Row:
    """The row of a candidate; its entry has its own."""
    rest = codec.encode(replace(candidate, reread_at=None, had_page=False))
    del rest["entry"]
    return {
        "id": rest.pop("id"),
        "stage": "archived" if rest.pop("archived", False) else "new",
        "url": rest.pop("url"),
        "url_key": urls.key(candidate.url),
        "entry_id": candidate.entry.id,
        "source_id": candidate.entry.source_id,
        "first_seen_at": codec.instant_text(candidate.entry.first_seen_at),
        "candidate": codec.text_of(rest),
    }


def candidate(row: Iterable[Any]) -> Candidate:
    """A candidate of its own columns, then its entry's."""
    of, url, stage, rest, reread_at, read, *entry_columns = row
    document: dict[str, Any] = json.loads(rest)
    document.update(id=of, url=url, archived=stage == "archived")
    if reread_at:
        had_page = json.loads(read)["reading"].get("page_read", False)
        document.update(reread_at=reread_at, had_page=had_page)
    document["entry"] = _entry_document(entry_columns)
    return codec.decode(Candidate, document)


def article_rows(article: Article) -> tuple[Row, Row]:
    """The row of an article that was read, and that of its text."""
    rest = codec.encode(article)
    body = _body(rest["reading"].pop("text"), rest["reading"].pop("html", ""))
    row = {
        "id": rest.pop("id"),
        "url": rest.pop("url"),
        "url_key": urls.key(article.url),
        "source_id": rest.pop("source_id"),
        "first_seen_at": rest.pop("first_seen_at"),
        "instant": codec.instant_text(article.instant),
        "language": article.reading.language,
        "provider_domain": article.provider.domain,
        "web_key": urls.key(article.reading.web_url),
        "duplicate_of": rest.pop("duplicate_of", None),
        "provider": codec.text_of(rest.pop("provider")),
        "topics": codec.text_of(rest.pop("topics", [])),
        "article": codec.text_of(rest),
    }
    return row, body_row("article", article.id, pack(body))


def article(row: Iterable[Any]) -> Article:
    """An article of `ARTICLE_COLUMNS`."""
    of, url, source_id, first_seen_at, owner, topics, rest, duplicate_of, text = row
    document: dict[str, Any] = json.loads(rest)
    words, html = _texts(unpack(text))
    document["reading"].update(text=words, html=html)
    document.update(id=of, url=url, source_id=source_id, duplicate_of=duplicate_of)
    document["first_seen_at"] = first_seen_at
    return codec.decode(
        Article, document, provider=_provider(owner), topics=_topics(topics)
    )


def light(row: Iterable[Any]) -> Article:
    """An article without its text and what else is told at length."""
    of, url, source_id, first_seen_at, owner, topics, rest, duplicate_of = row
    document: dict[str, Any] = json.loads(rest)
    reading = document["reading"]
    document["reading"] = {
        name: reading[name] for name in _LIGHT if name in reading
    } | {"text": "", "excerpt": "", "pictures": reading.get("pictures", [])[:1]}
    document.update(id=of, url=url, source_id=source_id, duplicate_of=duplicate_of)
    document["first_seen_at"] = first_seen_at
    return codec.decode(
        Article, document, provider=_provider(owner), topics=_topics(topics)
    )


_LIGHT = (
    "title", "web_url", "type", "published_at", "published_has_time", "language",
    "imprint", "site_name", "page_read",
)  # fmt: skip


def _body(text: str, html: str) -> str:
    if not html and not text.startswith(_BOTH):
        return text
    return f"{_BOTH}{len(text)}{_BOTH}{text}{html}"


def _texts(body: str) -> tuple[str, str]:
    """The text and the HTML that `_body` put together."""
    if not body.startswith(_BOTH):
        return body, ""
    size, _, both = body[1:].partition(_BOTH)
    return both[: int(size)], both[int(size) :]


# Few providers and topics, many articles: the same text is the same frozen record.
@lru_cache(maxsize=4096)
def _provider(text: str) -> Provider:
    return codec.loads(Provider, text)


@lru_cache(maxsize=4096)
def _topics(text: str) -> tuple[TopicHit, ...]:
    return codec.loads_all(TopicHit, text)


# --- runs --------------------------------------------------------------------------


def run(row: Iterable[Any]) -> RunSummary:
    """A run of `RUNS`' columns."""
    of, started_at, ended_at, now, state, counts = row
    return RunSummary(
        id=of,
        started_at=codec.instant(started_at),
        ended_at=codec.instant(ended_at) if ended_at else None,
        now=codec.instant(now),
        state=state,
        counts=tuple((name, count) for name, count in json.loads(counts)),
    )


def failure_key(key: str) -> str:
    """A key that a column can hold: names of files may not be Unicode."""
    return key.encode("utf-8", "backslashreplace").decode()


def reason_of(failure: str) -> str:
    """Why something failed, of the column that holds all of it."""
    return codec.loads(Failed, failure).reason


def failure_row(failed: Failed, tried_at: str) -> Row:
    """The row of a failure."""
    return {
        "stage": failed.stage,
        "key": failure_key(failed.key),
        "tried_at": tried_at,
        "kind": failed.kind,
        "is_final": failed.is_final,
        "failure": codec.dumps(failed),
    }
