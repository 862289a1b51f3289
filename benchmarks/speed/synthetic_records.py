"""Made-up records for measuring how fast a site is printed: judged stories of usual sizes.

Words are pronounceable nonsense, seeded, so that a run can be repeated. A day has as many
stories as a busy desk publishes; nine of ten topics and outlets come again and again.
"""

from __future__ import annotations

import random  # noqa: TID251 - thousands of records, seeded
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsdesk.model.article import Article, ArticleId, Provider, Reading, TopicHit
from newsdesk.model.feed import SourceId
from newsdesk.model.record import Record, RecordProvider, Related
from newsdesk.model.site import Site, Topic
from newsdesk.model.story import (
    Edition,
    JudgedStory,
    Part,
    Published,
    Score,
    Story,
    StoryId,
    Verdict,
)
from newsdesk.stages import timeline

AS_OF = datetime(2026, 2, 19, 6, 12, tzinfo=UTC)
A_DAY = 50
TOPICS = 12
OUTLETS = 200
SIZES = (1, 2, 3, 4, 6, 10)
SIZE_WEIGHTS = (40, 22, 14, 10, 9, 5)
TEXT_WORDS = (120, 400)
FRONT = 30
_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu sha tre klo bri mun".split()


def site() -> Site:
    """The site that prints them."""
    topics = tuple(
        Topic(id=f"topic-{n}", name=f"Topic {n}", position=n) for n in range(TOPICS)
    )
    return Site(
        folder=Path("site"),
        title="The Measured Times",
        url="https://measured.example/",
        description="Made-up news.",
        topics=topics,
    )


def edition(count: int, seed: int) -> Edition:
    """An edition of so many published records, newest first."""
    room = Room(seed)
    return of(tuple(room.published(place) for place in range(count)))


def of(records: Sequence[Published]) -> Edition:
    """The edition of records, as a desk would order them."""
    known = sorted(records, key=lambda one: one.path)
    known.sort(key=lambda one: one.record.published_at, reverse=True)
    front = tuple(sorted(known[:FRONT], key=lambda one: -(one.heat_now or 0)))
    return Edition(as_of=AS_OF, records=tuple(known), front=front, misses=())


def edited(edition: Edition, many: int, seed: int) -> Edition:
    """The edition after `many` of its stories got another headline: half of them among
    the newest, the others anywhere."""
    chance = random.Random(seed)
    newest = range(min(len(edition.records), 2 * many))
    places = {*chance.sample(newest, many // 2)}
    while len(places) < many:
        places.add(chance.randrange(len(edition.records)))
    records = list(edition.records)
    for place in places:
        one = records[place]
        title = f"{one.record.title} after all"
        records[place] = replace(one, record=replace(one.record, title=title))
    return of(records)


def grown(edition: Edition, many: int, seed: int) -> Edition:
    """The edition after `many` new stories came in front of the others."""
    room = Room(seed)
    new = [room.published(-1 - place) for place in range(many)]
    return of([*new, *edition.records])


class Room:
    """Makes records."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = [
            "".join(self._chance.choices(_SYLLABLES, k=k)) for k in (1, 2, 2, 3, 3)
            for _ in range(1_000)
        ]  # fmt: skip

    def published(self, place: int) -> Published:
        """The record at `place`; 0 is of the newest hour, -1 newer."""
        at = AS_OF - timedelta(days=place / A_DAY)
        size = self._chance.choices(SIZES, SIZE_WEIGHTS)[0]
        topic = min(int(self._chance.expovariate(0.4)), TOPICS - 1)
        title = self._said(9).capitalize()
        articles = [self._article(place, n, title, topic, at) for n in range(size)]
        heat = max(0, 80 - max(place, 0) // 3)
        quality = 60 + self._chance.randrange(40)
        judged = _judged(articles, heat, quality)
        return Published(
            path=f"_news/{at:%Y-%m-%d}-story-{place + 1_000_000}.md",
            record=_record(articles, f"Topic {topic}", heat, quality),
            story=judged,
            heat_now=heat,
            timeline=timeline.timeline(judged),
        )

    def _said(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, k=words))

    def _article(
        self, place: int, n: int, title: str, topic: int, at: datetime
    ) -> Article:
        number = min(int(self._chance.expovariate(0.02)), OUTLETS - 1)
        domain = f"outlet{number}.example"
        name = f"{place + 1_000_000:010x}{n:06x}"
        text = self._said(self._chance.randint(*TEXT_WORDS))
        return Article(
            id=ArticleId(name),
            url=f"https://{domain}/{name}",
            source_id=SourceId(domain),
            first_seen_at=at + timedelta(minutes=7 * n + 3),
            reading=Reading(
                title=title if n == 0 else self._said(9).capitalize(),
                excerpt=text[:240],
                text=text,
                web_url=f"https://{domain}/{name}",
                published_at=at + timedelta(minutes=7 * n),
                authors=(self._said(2).title(),),
                language="en",
            ),
            provider=Provider(domain=domain, name=f"Outlet {number}"),
            topics=(
                TopicHit(topic=f"topic-{topic}", strength=0.8, evidence=("word",)),
            ),
        )


def _record(articles: list[Article], topic: str, heat: int, quality: int) -> Record:
    lead = articles[0]
    related = tuple(
        Related(
            title=one.reading.title,
            excerpt=one.reading.excerpt,
            published_at=one.instant,
            web_url=one.url,
            provider=RecordProvider(name=one.provider.name, domain=one.provider.domain),
            quality=quality - 5,
        )
        for one in articles[1:]
    )
    return Record(
        title=lead.reading.title,
        excerpt=lead.reading.excerpt,
        published_at=lead.instant,
        original_url=lead.url,
        web_url=lead.url,
        quality=quality,
        heat=heat,
        published=True,
        provider=RecordProvider(name=lead.provider.name, domain=lead.provider.domain),
        topics=(topic,),
        related=related,
    )


def _score(value: int, rule: str) -> Score:
    names = ("length", "author", "outlet", "picture", "headline", "age")
    parts = tuple(
        Part(name=name, points=value / len(names), why=f"{name} as told by the page")
        for name in names
    )
    return Score(value=value, rule=rule, parts=parts)


def _judged(articles: list[Article], heat: int, quality: int) -> JudgedStory:
    ids = tuple(one.id for one in articles)
    score = _score(quality, "quality/1")
    return JudgedStory(
        story=Story(
            id=StoryId(f"s{ids[0]}"),
            members=ids,
            lead=ids[0],
            first_at=articles[0].instant,
            changed_at=max(one.first_seen_at for one in articles),
        ),
        lead=articles[0],
        related=tuple(articles[1:]),
        more=(),
        qualities=tuple((one, score) for one in ids),
        quality=score,
        heat=_score(heat, "heat/1"),
        verdict=Verdict(is_published=True, threshold=60, reason="It reaches 60."),
        provider_count=len({one.provider.domain for one in articles}),
    )
