"""Articles -> stories: groups the coverage of one event, article by article in time.

Each new article joins the story whose centre it is most like, where it is like enough,
near enough in time and in the same language; else it founds a story. Words weigh by how
rare they are in the window. A story's id is made of its founder's and never changes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsdesk.model.article import Article, ArticleId
from newsdesk.model.story import Story, StoryId

# Set together on the open story sets with benchmarks/quality/stories.py; see
# docs/explanation/stories.md. Raising SAME_STORY trades recall for precision.
SAME_STORY = 0.22
TITLE_WEIGHT = 2
TEXT_READ = 1_500
"""Characters of the text that are compared."""
STRONGEST_WORDS = 60
"""Words of one article that count: the heaviest."""
PRIOR_ARTICLES = 40
"""Articles of which every word is assumed to have been in a few, so that in a small
window no word looks rarer than it is."""

_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_COMMON = frozenset(
    """a about after again all also an and any are as at be because been before being
    but by can could did do does down during each first for from further had has have he
    her here him his how i if in into is it its itself just last like made make many may
    more most much must my new no not now of off on one only or other our out over own
    said same says she should so some still such than that the their them then there
    these they this those through time to too two under until up very was way we were
    what when where which while who why will with would year years you your""".split()
)

Vector = dict[str, float]


@dataclass(slots=True)
class _Growing:
    """A story while articles join it."""

    story: Story
    language: str | None
    earliest: datetime
    latest: datetime
    total: Vector = field(default_factory=dict)
    size: float = 0.0
    """Length of `total`."""
    has_changed: bool = False


def grouped(
    articles: Sequence[Article],
    known: Sequence[Story],
    *,
    story_hours: int,
    same_story: float = 0.0,
) -> tuple[Story, ...]:
    """The stories that are new or grew, by id.

    `articles` are all of the window, members of `known` among them; duplicates are left
    out, and what is timeless is a story of its own. `same_story` is the least cosine
    (0–1) to join, 0 for the shipped one.
    """
    eligible = {a.id: a for a in articles if a.duplicate_of is None}
    taken = {member for story in known for member in story.members}
    new = sorted(
        (a for a in eligible.values() if a.id not in taken),
        key=lambda a: (a.instant, a.id),
    )
    if not new:
        return ()
    vectors = _vectors(eligible.values())
    index = _Index(timedelta(hours=story_hours), same_story or SAME_STORY)
    for story in sorted(known, key=lambda s: s.id):
        members = [eligible[m] for m in story.members if m in eligible]
        if members and not all(member.is_timeless for member in members):
            index.adopt(story, members, vectors)
    for article in new:
        vector = {} if article.is_timeless else vectors[article.id]
        index.place(article, vector)
    return index.changed()


class _Index:
    """The stories so far, findable by the words they hold."""

    def __init__(self, reach: timedelta, same_story: float) -> None:
        self._reach = reach
        self._same_story = same_story
        self._growing: list[_Growing] = []
        self._holders: dict[str, list[int]] = {}

    def adopt(
        self,
        story: Story,
        members: Sequence[Article],
        vectors: dict[ArticleId, Vector],
    ) -> None:
        """Take in a story that is known."""
        growing = _Growing(
            story, _language(members), members[0].instant, members[0].instant
        )
        self._growing.append(growing)
        for member in members:
            self._add(len(self._growing) - 1, member, vectors[member.id])

    def place(self, article: Article, vector: Vector) -> None:
        """Let an article join the story it is most like, or found one."""
        place = self._nearest(article, vector)
        if place is None:
            story = Story(
                id=StoryId(f"s{article.id}"),
                members=(),
                first_at=article.instant,
                changed_at=article.first_seen_at,
            )
            self._growing.append(
                _Growing(
                    story, article.reading.language, article.instant, article.instant
                )
            )
            place = len(self._growing) - 1
        growing = self._growing[place]
        growing.has_changed = True
        growing.story = replace(
            growing.story,
            members=(*growing.story.members, article.id),
            first_at=min(growing.story.first_at, article.instant),
            changed_at=max(growing.story.changed_at, article.first_seen_at),
        )
        self._add(place, article, vector)

    def changed(self) -> tuple[Story, ...]:
        """Stories that are new or grew, by id."""
        grown = (g.story for g in self._growing if g.has_changed)
        return tuple(sorted(grown, key=lambda story: story.id))

    def _add(self, place: int, article: Article, vector: Vector) -> None:
        growing = self._growing[place]
        growing.language = growing.language or article.reading.language
        growing.earliest = min(growing.earliest, article.instant)
        growing.latest = max(growing.latest, article.instant)
        for word, weight in vector.items():
            if word not in growing.total:
                self._holders.setdefault(word, []).append(place)
            growing.total[word] = growing.total.get(word, 0.0) + weight
        growing.size = math.sqrt(sum(w * w for w in growing.total.values()))

    def _nearest(self, article: Article, vector: Vector) -> int | None:
        dots: dict[int, float] = {}
        for word, weight in vector.items():
            for place in self._holders.get(word, ()):
                dots[place] = (
                    dots.get(place, 0.0) + weight * self._growing[place].total[word]
                )
        likeness = (
            (round(dot / (self._growing[place].size or 1.0), 9), -place)
            for place, dot in dots.items()
            if self._is_near(self._growing[place], article)
        )
        best = max(likeness, default=(0.0, 0))
        return -best[1] if best[0] >= self._same_story else None

    def _is_near(self, growing: _Growing, article: Article) -> bool:
        language = article.reading.language
        if language and growing.language and language != growing.language:
            return False
        return (
            growing.earliest - self._reach
            <= article.instant
            <= growing.latest + self._reach
        )


def _vectors(articles: Iterable[Article]) -> dict[ArticleId, Vector]:
    """A unit vector of weighted words for each article."""
    counts = {article.id: _counts(article) for article in articles}
    spread = Counter(word for words in counts.values() for word in words)
    rarity = {
        word: math.log((len(counts) + PRIOR_ARTICLES) / (times + 1))
        for word, times in spread.items()
    }
    return {article: _unit(words, rarity) for article, words in counts.items()}


def _counts(article: Article) -> Counter[str]:
    reading = article.reading
    words = _words(reading.title) * TITLE_WEIGHT
    words += _words((reading.text or reading.excerpt)[:TEXT_READ])
    return Counter(words)


def _unit(words: Counter[str], rarity: dict[str, float]) -> Vector:
    weights = {w: (1 + math.log(n)) * rarity[w] for w, n in words.items()}
    strongest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    kept = strongest[:STRONGEST_WORDS]
    size = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: weight / size for word, weight in kept}


def _words(text: str) -> list[str]:
    found = (match.group().casefold() for match in _WORD.finditer(text))
    return [
        word.removesuffix("'s").removesuffix("’s")
        for word in found
        if len(word) > 1 and word not in _COMMON
    ]


def _language(members: Iterable[Article]) -> str | None:
    return next((m.reading.language for m in members if m.reading.language), None)
