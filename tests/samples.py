"""Records at hand for tests: whole, plain, and varied by what a test is about."""

from __future__ import annotations

from datetime import datetime, timedelta

from fakes import NOW
from newsdesk.model.article import (
    Article,
    ArticleId,
    Candidate,
    Provider,
    Reading,
    TopicHit,
)
from newsdesk.model.feed import (
    Entry,
    EntryId,
    FeedEntry,
    Health,
    Poll,
    Source,
    SourceId,
    SourceState,
    Version,
)
from newsdesk.model.record import Record, RecordProvider
from newsdesk.model.run import Failed
from newsdesk.model.story import (
    JudgedStory,
    Part,
    Published,
    Score,
    Story,
    StoryId,
    Verdict,
)


def source(of: str = "wire", **values: object) -> Source:
    return Source(
        id=SourceId(of),
        url=f"https://{of}.example/feed",
        **values,  # type: ignore[arg-type]
    )


def poll(of: str, *entries: Entry, health: Health = Health.FRESH) -> Poll:
    state = SourceState(source=source(of), health=health, polled_at=NOW)
    return Poll(state=state, entries=entries)


def entry(of: str, *, source_id: str = "wire", position: int = 0) -> Entry:
    item = FeedEntry(
        guid=of,
        url=f"https://wire.example/{of}",
        title=f"Title of {of}",
        content_html=f"<p>All of {of}.</p>",
        published_at=NOW - timedelta(hours=1),
    )
    return Entry(
        id=EntryId(of),
        source_id=SourceId(source_id),
        position=position,
        first_seen_at=NOW,
        item=item,
    )


def version(of: EntryId, number: int, *, is_reread: bool = False) -> Version:
    return Version(
        entry_id=of,
        number=number,
        seen_at=NOW,
        title=f"Title {number}",
        excerpt="What happened.",
        published_at=NOW,
        body_hash="0" * 64,
        is_reread=is_reread,
    )


def candidate(of: str, *, archived: bool = False) -> Candidate:
    return Candidate(
        id=ArticleId(of),
        url=f"https://wire.example/{of}",
        entry=entry(f"entry of {of}"),
        archived=archived,
    )


def article(
    of: str, *, first_seen_at: datetime = NOW, text: str = "Words.", domain: str = "a"
) -> Article:
    reading = Reading(
        title=f"Title of {of}",
        excerpt="What happened.",
        text=text,
        web_url=f"https://www.{domain}.example/{of}/",
        published_at=first_seen_at - timedelta(minutes=5),
        language="en",
    )
    return Article(
        id=ArticleId(of),
        url=f"https://{domain}.example/{of}?utm_source=feed",
        source_id=SourceId("wire"),
        first_seen_at=first_seen_at,
        reading=reading,
        provider=Provider(domain=f"{domain}.example", name=domain.upper()),
        topics=(TopicHit(topic="ai", strength=0.5, evidence=("neural",)),),
    )


def story(
    of: str, *members: str, changed_at: datetime = NOW, lead: str | None = None
) -> Story:
    return Story(
        id=StoryId(of),
        members=tuple(map(ArticleId, members)),
        lead=ArticleId(lead) if lead else None,
        first_at=changed_at - timedelta(hours=2),
        changed_at=changed_at,
    )


def judged(whole: Story, lead: Article, *related: Article) -> JudgedStory:
    score = Score(
        value=71,
        rule="quality/1",
        parts=(Part(name="length", points=70.9, why="421 words"),),
    )
    return JudgedStory(
        story=whole,
        lead=lead,
        related=related[:1],
        more=related[1:],
        qualities=tuple((one.id, score) for one in (lead, *related)),
        quality=score,
        heat=score,
        verdict=Verdict(is_published=True, threshold=70, reason="It is good enough."),
        provider_count=1 + len(related[:1]),
    )


def record(title: str = "A title", *, published_at: datetime = NOW) -> Record:
    return Record(
        title=title,
        excerpt=None,
        published_at=published_at,
        original_url="https://a.example/1",
        quality=71,
        heat=50,
        published=True,
        provider=RecordProvider(name="A", domain="a.example"),
    )


def published(
    path: str, whole: JudgedStory | None = None, **values: object
) -> Published:
    return Published(path=path, record=record(**values), story=whole)  # type: ignore[arg-type]


def failed(key: str, *, stage: str = "fetch", kind: str = "http 404") -> Failed:
    return Failed(
        stage=stage, key=key, subject=f"https://{key}", reason="it is gone", kind=kind
    )
