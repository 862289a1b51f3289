"""Made-up agency news for measuring speed: usual words, rare names, stories of usual sizes.

Common words come as often as English news has them (`text.word_spread`), rare ones by
Zipf's law. Every story has its own names and subject; every article says some of these
among words that everybody uses. Seeded, so that a run can be repeated; it measures time
and memory, never quality.
"""

from __future__ import annotations

import itertools
import math
import random  # noqa: TID251 - millions of words, seeded
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsdesk.model.article import Article, ArticleId, Provider, Reading
from newsdesk.model.feed import SourceId
from newsdesk.text import word_spread

START = datetime(2026, 1, 1, tzinfo=UTC)
RARE_WORDS = 150_000
ZIPF = 1.05
COMMON_SHARE = 0.85
"""Of the words that no story owns, those that are common in news."""
NAMES_A_STORY = 8
SUBJECT_WORDS = 30
LENGTH = (90, 260)  # words of an article
OWN_SHARE = 0.3
"""Of an article's words, those that belong to its story."""
SIZES = (1, 2, 3, 4, 5, 7, 10, 15, 25, 60)
SIZE_WEIGHTS = (40, 18, 10, 7, 6, 6, 5, 4, 3, 1)
LASTS_HOURS = 30.0
_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu sha tre klo bri mun".split()


@dataclass(frozen=True, slots=True)
class Made:
    """An article and the story that it was made of."""

    article: Article
    story: int


class Newsroom:
    """An endless stream of articles, oldest first: `a_day` of them every day."""

    def __init__(self, seed: int, a_day: int) -> None:
        self._chance = random.Random(seed)
        self._rare = _invented()
        self._common = sorted(word_spread.tables()["en"])
        often = [math.exp(-word_spread.tables()["en"][word]) for word in self._common]
        rare = [1 / (rank + 2.7) ** ZIPF for rank in range(RARE_WORDS)]
        scale = sum(often) * (1 / COMMON_SHARE - 1) / sum(rare)
        self._words = self._common + self._rare
        self._mass = list(
            itertools.accumulate([*often, *(mass * scale for mass in rare)])
        )
        self._a_day = a_day
        self._number = 0
        self._story = 0
        self._waiting: list[tuple[int, int, list[str]]] = []

    def articles(self, count: int) -> Iterator[Made]:
        """The next `count` articles."""
        for _ in range(count):
            yield self._next()

    def _next(self) -> Made:
        # Stories overlap: one of those under way goes on, by chance.
        open_stories = max(20, self._a_day // 8)
        while len(self._waiting) < open_stories:
            self._waiting.append(self._found())
        place = self._chance.randrange(len(self._waiting))
        story, left, own = self._waiting[place]
        if left > 1:
            self._waiting[place] = (story, left - 1, own)
        else:
            self._waiting[place] = self._waiting[-1]
            self._waiting.pop()
        self._number += 1
        return Made(self._article(own), story)

    def _found(self) -> tuple[int, int, list[str]]:
        self._story += 1
        size = self._chance.choices(SIZES, SIZE_WEIGHTS)[0]
        names = [
            self._rare[self._chance.randrange(500, RARE_WORDS)].title()
            for _ in range(NAMES_A_STORY)
        ]
        subject = self._chance.choices(self._common, k=SUBJECT_WORDS)
        return self._story, size, names * 2 + subject

    def _article(self, own: list[str]) -> Article:
        length = self._chance.randint(*LENGTH)
        mine = round(length * OWN_SHARE)
        words = self._chance.choices(own, k=mine)
        words += self._chance.choices(
            self._words, cum_weights=self._mass, k=length - mine
        )
        self._chance.shuffle(words)
        title = " ".join(self._chance.choices(own, k=5) + words[:3])
        at = START + timedelta(days=self._number / self._a_day)
        name = f"{self._number:016x}"
        outlet = f"outlet{self._chance.randrange(400)}.example"
        return Article(
            id=ArticleId(name),
            url=f"https://{outlet}/{name}",
            source_id=SourceId(outlet),
            first_seen_at=at,
            reading=Reading(
                title=title,
                excerpt="",
                text=" ".join(words),
                web_url=f"https://{outlet}/{name}",
                published_at=at,
                language="en",
            ),
            provider=Provider(domain=outlet, name=outlet),
        )


def _invented() -> list[str]:
    """Pronounceable words, the short ones first, as the frequent ones are short."""
    words: list[str] = []
    for syllables in itertools.count(1):
        for parts in itertools.product(_SYLLABLES, repeat=syllables):
            words.append("".join(parts))
            if len(words) == RARE_WORDS:
                return words
    raise AssertionError("words never run out")
