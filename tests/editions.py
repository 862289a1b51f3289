"""A made-up site and made-up editions for the website's tests: about forty stories.

Outlets, people and events are invented; domains end in `.example`. Some headlines are
long, some are Arabic, Hebrew, Japanese or Chinese; one story has fourteen outlets, some
have pictures, one was adopted without a story behind it, one is a video.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from newsdesk.model.article import Article, ArticleId, Provider, Reading, TopicHit
from newsdesk.model.feed import Picture, SourceId
from newsdesk.model.picture import PictureCopy, Rendition
from newsdesk.model.record import Record, RecordImage, RecordProvider, Related
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
from newsdesk.render import addresses
from newsdesk.stages import timeline

AS_OF = datetime(2026, 2, 19, 6, 12, tzinfo=UTC)

OUTLETS = (
    "The Harbour Post", "Northwind Review", "Signal & Noise", "Daily Meridian",
    "Copperline", "The Longleaf Times", "Volt Weekly", "Kestrel Wire", "Lab Notes",
    "The Ferry Gazette", "Parallax", "Ostend Courier", "Tensor Tribune", "Blue Ledger",
    "Civic Desk", "The Alder Report",
)  # fmt: skip
TOPICS = (
    ("ai", "AI", None, None, "Everything about artificial intelligence."),
    ("models", "Language Models", "Models", "AI", "New models and what they can do."),
    ("research", "Research", None, "AI", "Papers, benchmarks and what they show."),
    ("vision", "Computer Vision", "Vision", "AI", None),
    ("robotics", "Robotics", None, "AI", "Machines that move."),
    ("chips", "Chips & Data Centres", "Chips", "AI", "What it all runs on."),
    ("policy", "Law & Policy", "Policy", "AI", "Rules, courts and regulators."),
    ("health", "AI in Health", "Health", "AI", None),
    ("work", "Work & Education", "Work", "AI", None),
    ("money", "Business & Funding", "Business", "AI", "Who buys, sells and invests."),
    ("safety", "Safety & Ethics", "Safety", "AI", None),
    ("quantum", "Quantum", None, None, "A topic that nothing was published on."),
)
EXCERPT = (
    "The decision came after months of quiet talks, three people close to them said, and "
    "leaves open what happens to systems already in use. Researchers welcomed the "
    "numbers that were published with it, and asked for the rest."
)
ANGLES = (
    "{}", "What we know: {}", "Analysis: {}", "{}, explained", "Reaction: {}",
    "{} – and what comes next", "Briefing: {}",
)  # fmt: skip


def rows(name: str) -> list[list[str]]:
    """The lines of a table beside this file, without its head."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


STORIES = rows("made_up_stories.tsv")
HELD = rows("made_up_misses.tsv")


def site(**changes: object) -> Site:
    """The made-up site."""
    topics = tuple(
        Topic(
            id=key,
            name=name,
            shortname=short,
            parent=above,
            description=text,
            position=at,
        )
        for at, (key, name, short, above, text) in enumerate(TOPICS)
    )
    values: dict[str, object] = {
        "folder": Path("site"),
        "title": "The Machine Age",
        "url": "https://machine-age.example/",
        "description": "News about artificial intelligence, with receipts.",
        "topics": topics,
    }
    return Site(**(values | changes))  # type: ignore[arg-type]


def edition(stories: int = len(STORIES)) -> Edition:
    """An edition with the first `stories` made-up stories and the held ones."""
    records = [published(place) for place in range(stories)]
    if stories == len(STORIES):
        records.append(adopted())
    front = tuple(one for one in records if one.story)[:30]
    records += [held(place) for place in range(len(HELD))]
    records.sort(key=lambda one: one.path)
    records.sort(key=lambda one: one.record.published_at, reverse=True)
    return Edition(
        as_of=AS_OF,
        records=tuple(records),
        front=front,
        misses=tuple(held(place) for place in range(len(HELD))),
        copies=copies(records),
    )


def copies(records: Iterable[Published]) -> dict[str, PictureCopy]:
    """A copy of each picture that the records say is cached."""
    return {
        image.url: picture_copy(image.url, image.width or 0, image.height or 0)
        for one in records
        for image in one.record.images
        if image.is_cached
    }


def picture_copy(url: str, width: int, height: int) -> PictureCopy:
    """A copy of a picture in three widths; the larger two as AVIF too."""
    digest = sha256(url.encode()).hexdigest()[:16]
    files = {
        form: tuple(
            Rendition(
                path=addresses.picture(digest, wide, form),
                width=wide,
                height=height * wide // width,
            )
            for wide in widths
        )
        for form, widths in (("webp", (320, 640, 1200)), ("avif", (640, 1200)))
    }
    return PictureCopy(width=width, height=height, **files)


def empty() -> Edition:
    """An edition in which everything was held."""
    return edition(0)


def nothing() -> Edition:
    """The edition before any news."""
    return Edition(as_of=None, records=(), front=(), misses=())


def published(place: int) -> Published:
    """The made-up story at `place`, judged and published."""
    title, topic, outlets, hours, heat, quality, picture, language = STORIES[place]
    at = AS_OF - timedelta(hours=float(hours))
    return _published(
        place,
        title,
        topic,
        int(outlets),
        at,
        int(heat),
        int(quality),
        picture == "yes",
        language,
    )


def adopted() -> Published:
    """A record from an older content folder, without a story behind it; a video."""
    record = Record(
        title="Adopted: a lecture on “honest” machines & other <animals>",
        excerpt=None,
        published_at=datetime(2021, 12, 13, 10, 22, tzinfo=UTC),
        original_url="https://video.example/watch?v=1&t=2",
        type="video",
        quality=112,
        heat=-1,
        published=True,
        provider=RecordProvider(name="Lecture Hall", domain="video.example"),
        topics=("Chess", "AI"),
        related=(
            Related(
                title="The lecture, written up",
                excerpt="Somebody took notes.",
                published_at=datetime(2021, 12, 13, 8, 0, tzinfo=UTC),
                web_url="javascript:alert(1)",
                provider=RecordProvider(name="Notes", domain="notes.example"),
                quality=40,
            ),
        ),
    )
    return Published(path="_news/2021-12-13-adopted-a-lecture.md", record=record)


def held(place: int) -> Published:
    """The held story at `place`."""
    title, quality, reason = HELD[place]
    at = AS_OF - timedelta(hours=3 + place)
    made = _published(90 + place, title, "ai", 1, at, 40, int(quality), False, "en")
    assert made.story is not None
    verdict = Verdict(is_published=False, threshold=70, reason=reason)
    fields = {name: getattr(made.record, name) for name in Record.__dataclass_fields__}
    story_fields = {
        name: getattr(made.story, name) for name in JudgedStory.__dataclass_fields__
    }
    return Published(
        path=made.path,
        record=Record(**(fields | {"published": False})),
        story=JudgedStory(**(story_fields | {"verdict": verdict})),
        heat_now=None,
    )


def _published(
    place: int,
    title: str,
    topic: str,
    outlets: int,
    at: datetime,
    heat: int,
    quality: int,
    has_picture: bool,
    language: str,
) -> Published:
    names = [OUTLETS[(place * 3 + n) % len(OUTLETS)] for n in range(outlets)]
    articles = [
        _article(place, n, name, title, topic, at, has_picture, language)
        for n, name in enumerate(names)
    ]
    topic_name = next(one[1] for one in TOPICS if one[0] == topic)
    record = _record(articles, topic_name, heat, quality, has_picture)
    judged = _judged(articles, heat, quality)
    return Published(
        path=f"_news/{at:%Y-%m-%d}-story-{place}.md",
        record=record,
        story=judged,
        heat_now=heat,
        timeline=timeline.timeline(judged),
    )


def _article(
    place: int,
    n: int,
    name: str,
    title: str,
    topic: str,
    at: datetime,
    has_picture: bool,
    language: str,
) -> Article:
    url = f"https://{_domain(name)}/2026/{place}-{n}"
    free = (AS_OF - at) / 16
    when = at - timedelta(minutes=52) if n == 2 else at + n * free
    pictures = (
        (Picture(url=_picture(place), alt=f"Illustration {place}", credit="Ana Ruiz"),)
        if has_picture
        else ()
    )
    return Article(
        id=ArticleId(sha256(url.encode()).hexdigest()[:16]),
        url=url,
        source_id=SourceId(f"source{n}"),
        first_seen_at=when + timedelta(minutes=4),
        reading=Reading(
            title=ANGLES[n % len(ANGLES)].format(title),
            excerpt=EXCERPT,
            text=EXCERPT,
            web_url=url,
            published_at=when,
            authors=("Mara Lindqvist", "Tom Okafor")[: 1 + place % 2],
            language=language,
            pictures=pictures,
        ),
        provider=Provider(domain=_domain(name), name=name),
        topics=(
            TopicHit(topic=topic, strength=0.82, evidence=("inquiry", "assistants")),
            TopicHit(topic="ai", strength=0.82, evidence=(f"child: {topic}",)),
        ),
    )


def _record(
    articles: list[Article], topic: str, heat: int, quality: int, has_picture: bool
) -> Record:
    lead = articles[0]
    images = (
        tuple(
            RecordImage(url=picture.url, width=1600, height=1000, is_cached=True)
            for picture in lead.reading.pictures
        )
        if has_picture
        else ()
    )
    related = tuple(
        Related(
            title=one.reading.title,
            excerpt=EXCERPT[:120],
            published_at=one.instant,
            web_url=one.reading.web_url,
            provider=RecordProvider(name=one.provider.name, domain=one.provider.domain),
            quality=max(20, quality - 4 * n),
        )
        for n, one in enumerate(articles[1:], start=1)
    )
    return Record(
        title=lead.reading.title,
        excerpt=EXCERPT,
        published_at=lead.instant,
        original_url=lead.url,
        web_url=lead.url,
        quality=quality,
        heat=heat,
        published=True,
        provider=RecordProvider(name=lead.provider.name, domain=lead.provider.domain),
        topics=(topic, "AI") if topic != "AI" else ("AI",),
        images=images,
        related=related,
    )


def _judged(articles: list[Article], heat: int, quality: int) -> JudgedStory:
    ids = tuple(one.id for one in articles)
    score = Score(
        value=quality,
        rule="quality/1",
        parts=(
            Part(name="length", points=24.0, why="612 words; full marks from 500"),
            Part(name="author", points=10.0, why="a named author"),
            Part(name="outlet", points=quality - 46.5, why="known to this site"),
            Part(name="picture", points=12.5, why="1600 × 1000 pixels"),
        ),
    )
    warmth = Score(
        value=heat,
        rule="heat/1",
        parts=(
            Part(name="outlets", points=heat + 3.25, why=f"{len(articles)} outlets"),
            Part(name="age", points=-3.25, why="2 h 20 min since the newest piece"),
        ),
    )
    return JudgedStory(
        story=Story(
            id=StoryId(f"s{ids[0]}"),
            members=ids,
            lead=ids[0],
            first_at=min(one.instant for one in articles),
            changed_at=max(one.first_seen_at for one in articles),
        ),
        lead=articles[0],
        related=tuple(articles[1:]),
        more=(),
        qualities=tuple((one, score) for one in ids),
        quality=score,
        heat=warmth,
        verdict=Verdict(
            is_published=True,
            threshold=70,
            reason=f"Quality {quality} reaches the 70 that AI asks for.",
        ),
        provider_count=len(articles),
    )


def _picture(place: int) -> str:
    return f"https://pictures.example/{place}.jpg"


def _domain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalpha()) + ".example"
