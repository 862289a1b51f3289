"""How each topic does: what its keywords find, what editors said of that, what it shares
with other topics, and which words would tell it better.

Counts over articles that were read before; what to change stays the owner's decision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.model.article import Article, Reading
from newsdesk.model.site import Topic
from newsdesk.stages import classify, classify_words
from newsdesk.stages.classify import Classifier, Judged
from newsdesk.stages.topic_labels import Labels
from newsdesk.text import terms

SHARED = 0.5
"""Share of the smaller topic's articles from which two topics collide."""
FEWEST_SHARED = 3
SUGGESTED = 6
"""Words suggested of each kind."""
WORDS_READ = 1_000
"""Characters of the text whose words are weighed for suggestions."""
MOST_ACCEPTED = 0.6
"""Share of accepted articles that a word to require must stand in."""
FEWEST_REJECTED = 2
"""Rejected articles that a word to exclude must stand in."""
RARE = 0.4
"""Rarity of a new keyword, 0 to 1: what news is full of is none."""
FEWEST_FOUND = 3
"""Of a topic's articles that a new keyword must stand in."""

_WORD = re.compile(r"[^\W\d_][^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordReport:
    """What one keyword finds."""

    keyword: str
    articles: int
    """In how many articles it stands."""
    on_topic: int
    """Of these, how many are about the topic."""
    yes: int
    """Of these, how many editors said are about it."""
    no: int
    """Of these, how many editors said are not."""

    @property
    def precision(self) -> float | None:
        """By editors' decisions; None: there are none."""
        return _share(self.yes, self.yes + self.no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """Another topic that takes the same articles or has the same keywords."""

    topic: str
    articles: int
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReport:
    """How one topic does."""

    topic: str
    articles: int
    """How many are about it."""
    by_likeness: int
    """Of these, how many without any of its keywords."""
    yes: int
    """Of these, how many editors said are about it."""
    no: int
    """Of these, how many editors said are not."""
    missed: int
    """Articles that editors said are about it and that it does not find."""
    keywords: tuple[KeywordReport, ...]
    collisions: tuple[Collision, ...]
    to_require: tuple[str, ...]
    """Words that most accepted articles have and few rejected."""
    to_exclude: tuple[str, ...]
    """Words that rejected articles have and no accepted one."""
    to_add: tuple[str, ...]
    """Words that its articles have far more often than others: keywords, perhaps."""

    @property
    def precision(self) -> float | None:
        """By editors' decisions; None: there are none."""
        return _share(self.yes, self.yes + self.no)


def report(
    articles: Sequence[Article], labelled: Labels, with_: Classifier
) -> tuple[TopicReport, ...]:
    """How each topic does, in their order. `with_` judges the articles anew, so that a
    changed keyword shows at once."""
    judged = classify.judge([article.reading for article in articles], with_)
    about = [{one.topic.id for one in each if one.is_about} for each in judged]
    said = [labelled.get(article.id, {}) for article in articles]
    words = [_words(article.reading) for article in articles]
    owned = [
        {i for i, ids in enumerate(about) if topic.id in ids} for topic in with_.topics
    ]
    return tuple(
        _report(at, with_.topics, judged, owned, said, words)
        for at in range(len(with_.topics))
    )


def _report(
    at: int,
    topics: Sequence[Topic],
    judged: Sequence[Sequence[Judged]],
    owned: Sequence[set[int]],
    said: Sequence[Mapping[str, bool]],
    words: Sequence[Mapping[str, str]],
) -> TopicReport:
    topic, mine = topics[at], owned[at]
    finds = [each[at].finds for each in judged]
    accepted = {i for i, one in enumerate(said) if one.get(topic.id) is True}
    rejected = {i for i, one in enumerate(said) if one.get(topic.id) is False}
    known = classify_words.index((*topic.keywords, *topic.required, *topic.excluded))
    return TopicReport(
        topic=topic.id,
        articles=len(mine),
        by_likeness=sum(not finds[i] for i in mine),
        yes=len(mine & accepted),
        no=len(mine & rejected),
        missed=len(accepted - mine),
        keywords=tuple(
            _keyword(word, finds, mine, accepted, rejected) for word in topic.keywords
        ),
        collisions=tuple(_collisions(at, topics, owned)),
        to_require=_best(_to_require(words, accepted, rejected), known),
        to_exclude=_best(_to_exclude(words, accepted, rejected), known),
        to_add=_best(_to_add(words, mine - rejected), known),
    )


def _keyword(
    word: str,
    finds: Sequence[Mapping[str, object]],
    mine: set[int],
    accepted: set[int],
    rejected: set[int],
) -> KeywordReport:
    those = {i for i, found in enumerate(finds) if word in found}
    return KeywordReport(
        keyword=word,
        articles=len(those),
        on_topic=len(those & mine),
        yes=len(those & accepted),
        no=len(those & rejected),
    )


def _collisions(
    at: int, topics: Sequence[Topic], owned: Sequence[set[int]]
) -> Iterator[Collision]:
    """Topics that are not above or below one another and share much."""
    topic, mine = topics[at], owned[at]
    line, words = _names(topic, topics), _forms(topic.keywords)
    for other, theirs in zip(topics, owned, strict=True):
        if other is topic or other.name in line or topic.name in _names(other, topics):
            continue
        common = len(mine & theirs)
        keywords = tuple(word for word in other.keywords if _forms([word]) & words)
        is_much = common >= max(FEWEST_SHARED, SHARED * min(len(mine), len(theirs)))
        if is_much or keywords:
            yield Collision(topic=other.id, articles=common, keywords=keywords)


def _names(topic: Topic, topics: Sequence[Topic]) -> set[str]:
    """Names of the topics above one."""
    by_name = {one.name: one for one in topics}
    names: set[str] = set()
    above = by_name.get(topic.parent or "")
    while above is not None and above.name not in names:
        names.add(above.name)
        above = by_name.get(above.parent or "")
    return names


def _forms(words: Iterable[str]) -> set[str]:
    return {" ".join(map(classify_words.form, word.split())) for word in words}


# Scores of words; each gives the words' forms with a figure, the higher the better.


def _to_require(
    words: Sequence[Mapping[str, str]], accepted: set[int], rejected: set[int]
) -> dict[str, tuple[float, str]]:
    """Words that most accepted articles have and rejected ones have not."""
    if not rejected:
        return {}
    yes, no = _counted(words, accepted), _counted(words, rejected)
    return {
        form: (count / len(accepted) - no[form] / len(rejected), _written(form, words))
        for form, count in yes.items()
        if count >= MOST_ACCEPTED * len(accepted) and count > 1
        if no[form] * len(accepted) < count * len(rejected) / 2
    }


def _to_exclude(
    words: Sequence[Mapping[str, str]], accepted: set[int], rejected: set[int]
) -> dict[str, tuple[float, str]]:
    """Words that rejected articles have and no accepted one."""
    if not accepted:
        return {}
    yes, no = _counted(words, accepted), _counted(words, rejected)
    return {
        form: (float(count), _written(form, words))
        for form, count in no.items()
        if count >= FEWEST_REJECTED and not yes[form]
    }


def _to_add(
    words: Sequence[Mapping[str, str]], mine: set[int]
) -> dict[str, tuple[float, str]]:
    """Words that stand in the topic's articles far more often than in others."""
    inside, all_ = _counted(words, mine), _counted(words, range(len(words)))
    return {
        form: (count * count / all_[form], _written(form, words))
        for form, count in inside.items()
        if count >= FEWEST_FOUND and 2 * count > all_[form]
        if classify.rarity(form) >= RARE
    }


def _counted(words: Sequence[Mapping[str, str]], those: Iterable[int]) -> Counter[str]:
    return Counter(form for i in those for form in words[i])


def _written(form: str, words: Sequence[Mapping[str, str]]) -> str:
    """A word as it is written most often."""
    ways = Counter(each[form] for each in words if form in each)
    return min(ways, key=lambda way: (-ways[way], way))


def _best(
    found: Mapping[str, tuple[float, str]], known: classify_words.Index
) -> tuple[str, ...]:
    """The best few that the topic does not have already."""
    in_order = sorted(found.values(), key=lambda one: (-one[0], one[1]))
    fresh = (word for _, word in in_order if not [*classify_words.found(word, known)])
    return tuple(word for word, _ in zip(fresh, range(SUGGESTED), strict=False))


def _words(reading: Reading) -> dict[str, str]:
    """The words of an article that say something, by form, as they are written there."""
    text = f"{reading.title} {reading.excerpt} {reading.text[:WORDS_READ]}"
    return {
        classify_words.form(word): word.lower() if word.istitle() else word
        for word in _WORD.findall(text)
        if terms.terms(word)
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
