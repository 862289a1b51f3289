"""Rows to records and back: what goes into which column.

Long texts (an entry's HTML, an article's text, an adopted file) live compressed in
`bodies`, so that scans over the tables they belong to stay quick.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from newsdesk.model.article import Article, ArticleId, Candidate, Provider, TopicHit
from newsdesk.model.feed import Entry, EntryId, Source, SourceState, Version
from newsdesk.model.record import Record
from newsdesk.model.run import Failed, RunSummary
from newsdesk.model.story import (
    Contribution,
    Copy,
    JudgedStory,
    Origin,
    Published,
    Score,
    Story,
    StoryEvent,
    StoryId,
    Verdict,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A judged story without what has rows of its own: the story and its articles."""

    lead: ArticleId
    related: tuple[ArticleId, ...]
    more: tuple[ArticleId, ...]
    qualities: tuple[tuple[ArticleId, Score], ...]
    quality: Score
    heat: Score
    decision: Verdict  # stored under this name since the first rows
    provider_count: int
    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    also_in: tuple[tuple[ArticleId, tuple[ArticleId, ...]], ...] = ()
    standings: tuple[tuple[ArticleId, Score], ...] = ()
    contributions: tuple[Contribution, ...] = ()


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
    """An article of `_ARTICLES`' columns."""
    of, url, source_id, first_seen_at, owner, topics, rest, duplicate_of, text = row
    document: dict[str, Any] = json.loads(rest)
    words, html = _texts(unpack(text))
    document["reading"].update(text=words, html=html)
    document.update(id=of, url=url, source_id=source_id, duplicate_of=duplicate_of)
    document["first_seen_at"] = first_seen_at
    return codec.decode(
        Article, document, provider=_provider(owner), topics=_topics(topics)
    )


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


# --- stories -----------------------------------------------------------------------


def story_row(story: Story) -> Row:
    """The row of a story; its members have their own."""
    return {
        "id": story.id,
        "lead": story.lead,
        "first_at": codec.instant_text(story.first_at),
        "changed_at": codec.instant_text(story.changed_at),
        "merged_into": story.merged_into,
        "split_from": story.split_from,
        "follows": story.follows,
        "challenger": story.challenger,
        "challenged_at": codec.instant_text(story.challenged_at)
        if story.challenged_at
        else None,
    }


def event_row(event: StoryEvent) -> Row:
    """The row of something that happened to a story."""
    return {
        "story_id": event.story,
        "at": codec.instant_text(event.at),
        "kind": event.kind,
        "why": event.why,
    }


def story_event(row: Iterable[Any]) -> StoryEvent:
    """An event of `EVENTS`' columns."""
    of, at, kind, why = row
    return StoryEvent(story=of, at=codec.instant(at), kind=kind, why=why)


def member_rows(story: Story) -> list[Row]:
    """The rows of a story's members, in order."""
    return [
        {"article_id": member, "story_id": story.id, "position": position}
        for position, member in enumerate(story.members)
    ]


def stories(rows: Iterable[Any]) -> list[Story]:
    """Stories of `_STORIES`' columns, a row a member, in order."""
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        together = list(group)
        of, lead, first_at, changed_at, merged, split, follows, *rival, _ = together[0]
        challenger, challenged_at = rival
        found.append(
            Story(
                id=of,
                members=tuple(row[-1] for row in together if row[-1] is not None),
                lead=lead,
                first_at=codec.instant(first_at),
                changed_at=codec.instant(changed_at),
                merged_into=merged,
                split_from=split,
                follows=follows,
                challenger=challenger,
                challenged_at=codec.instant(challenged_at) if challenged_at else None,
            )
        )
    return found


def judged_row(judged: JudgedStory) -> Row:
    """The row of a story's scores, receipts and verdict."""
    verdict = Judgement(
        lead=judged.lead.id,
        related=tuple(article.id for article in judged.related),
        more=tuple(article.id for article in judged.more),
        qualities=judged.qualities,
        quality=judged.quality,
        heat=judged.heat,
        decision=judged.verdict,
        provider_count=judged.provider_count,
        copies=judged.copies,
        origins=judged.origins,
        also_in=judged.also_in,
        standings=judged.standings,
        contributions=judged.contributions,
    )
    return {
        "story_id": judged.story.id,
        "is_published": judged.verdict.is_published,
        "quality": judged.quality.value,
        "heat": judged.heat.value,
        "verdict": codec.dumps(verdict),
    }


def coverage_rows(judged: JudgedStory) -> list[Row]:
    """The rows that say which articles a judged story shows, and as what."""
    roles = (
        *((judged.lead, "lead"),),
        *((article, "related") for article in judged.related),
        *((article, "more") for article in judged.more),
    )
    return [
        {"story_id": judged.story.id, "article_id": article.id, "role": role}
        for article, role in roles
    ]


def judged_story(
    story: Story, verdict: str, articles: Mapping[ArticleId, Article]
) -> JudgedStory:
    """A judged story of its verdict and the articles at hand."""
    found = codec.loads(Judgement, verdict)
    return JudgedStory(
        story=story,
        lead=articles[found.lead],
        related=tuple(articles[of] for of in found.related),
        more=tuple(articles[of] for of in found.more),
        qualities=found.qualities,
        quality=found.quality,
        heat=found.heat,
        verdict=found.decision,
        provider_count=found.provider_count,
        copies=found.copies,
        origins=found.origins,
        also_in=found.also_in,
        standings=found.standings,
        contributions=found.contributions,
    )


# --- records -----------------------------------------------------------------------


def record_row(published: Published) -> Row:
    """The row of a record."""
    return {
        "path": published.path,
        "story_id": published.story.story.id if published.story else None,
        "published_at": codec.instant_text(published.record.published_at),
        "record": codec.dumps(published.record),
    }


def published(row: Iterable[Any], judged: Mapping[StoryId, JudgedStory]) -> Published:
    """A record of `RECORDS`' columns, with the story behind it."""
    path, story_id, record = row
    return Published(
        path=path,
        record=codec.loads(Record, record),
        story=judged.get(story_id),
    )


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
