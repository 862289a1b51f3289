"""Article -> is it a round-up: many unrelated news in one piece, which is like each of
their stories and belongs to none.

Two signs, either of which will do: the headline is the name of an edition (`Morning
briefing`, `The week in …`), or the paragraphs speak of things that have nothing in common.
What is done with a round-up is for `stories`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from newsdesk.model.article import Article
from newsdesk.text import terms, word_spread

_EDITION = re.compile(
    r"""^(?:the\s+|your\s+|our\s+|this\s+)?(?:
    (?:(?:early|mon|tues|wednes|thurs|fri|satur|sun)?(?:morning|day)|mid-?day|afternoon
       |evening|nightly|daily|weekly|weekend|week|month)(?:['’]s|ly)?\s+
      (?:(?:morning|evening|news|politics|business|sports?|tech|world|media|top)\s+)*
      (?:briefing|brief|digest|round-?\s?up|recap|newsletter|headlines|wrap(?:-?up)?|links)
    |(?:news|politics|business|sports?|tech|world)\s+(?:in\s+brief|round-?\s?up|digest|briefs)
    |(?:week|day|month|weekend|year)\s+(?:in\s+(?:review|pictures|photos|news|brief|tech
      |politics|science|sports?|business|music|media)|ahead)
    |(?:today|yesterday|tomorrow)['’]s\s+(?:top\s+)?(?:news|headlines|stories|papers)
    |(?:here\s+are\s+)?(?:the\s+)?(?:\d+|three|five|six|seven|ten)\s+(?:things|stories)\s+
      (?:to\s+(?:know|watch)|you\s+(?:need\s+to|should)\s+know)\s*
      (?:$|today|tonight|tomorrow|this\s+(?:morning|week|weekend)|(?:for|on)\s+\w+day\b)
    |in\s+brief|top\s+stories\s*(?:$|of\s+the\s|today)|what\s+the\s+papers\s+say
    |(?:nachrichten|news)\s+(?:am|vom|des)\s|(?:der|die)\s+(?:tag|woche)\s+(?:im|in)\s
    |morgenlage|wochenr(?:ü|ue)ckblick|kurz\s+notiert|kurzmeldungen|presseschau
    |l['’]essentiel\s+de|revue\s+de\s+presse|en\s+bref|le\s+brief\b
    |resumen\s+de(?:l|\s+la)?\s|las\s+noticias\s+del?\s|en\s+breve
    |in\s+breve|rassegna\s+stampa|le\s+notizie\s+d|resumo\s+d[ao]\s|em\s+resumo
    |nieuwsoverzicht|kort\s+nieuws|het\s+nieuws\s+van
    |przegl(?:ą|a)d\s+(?:prasy|tygodnia)|g(?:ü|u)n(?:ü|u)n\s+(?:ö|o)zeti|haber\s+b(?:ü|u)lteni
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SEGMENT = re.compile(r"(?:(?<!\s)\s++)?+[|:–—•·]\s++|(?<!\s)\s++-\s++")
_ITEM = re.compile(r"(?:(?<!\s)\s++)?+(?:;|\+\+\+|•)\s*+|(?<!\s)\s++/\s++")
ITEMS = 3
"""News in one headline, set apart by semicolons and the like, that make it a list."""
ITEM_WORDS = 2
"""Words of the shortest headline within a headline."""
LONGEST = 20_000
"""Characters of a text that are looked at."""
PARAGRAPHS = 6
"""Paragraphs from which their subjects can be told apart."""
TELLING = 5
"""Different telling terms that a paragraph must have to have a subject."""
TOLD_FROM = 4.5
"""What a term must tell, in nats, to be telling: it stands in one of a hundred articles."""
UNRELATED = 0.75
"""Share of paragraphs that share no telling term with any other, from which the piece is
a list. Articles have next to none."""


def is_round_up(article: Article) -> bool:
    """Whether the piece tells of several events that have nothing to do with another."""
    reading = article.reading
    return names_an_edition(reading.title) or lists_the_unrelated(
        reading.text[:LONGEST], reading.language
    )


def names_an_edition(title: str) -> bool:
    """Whether a headline is a round-up's: `Morning briefing: …`, `A falls; B rises; C`."""
    if any(_EDITION.match(segment) for segment in _SEGMENT.split(title.strip())):
        return True
    items = [item for item in _ITEM.split(title) if len(item.split()) >= ITEM_WORDS]
    return len(items) >= ITEMS


def lists_the_unrelated(text: str, language: str | None) -> bool:
    """Whether most paragraphs share nothing that tells with any other paragraph."""
    known = word_spread.tables().get(word_spread.language_of((), language) or "")
    if known is None:
        return False
    subjects = []
    for paragraph in text.split("\n"):
        of = {t for t in terms.terms(paragraph) if _tells(t, known) >= TOLD_FROM}
        if len(of) >= TELLING:
            subjects.append(of)
    if len(subjects) < PARAGRAPHS:
        return False
    held = Counter(term for of in subjects for term in of)
    alone = sum(all(held[term] == 1 for term in of) for of in subjects)
    return alone >= UNRELATED * len(subjects)


def _tells(term: str, known: Mapping[str, float]) -> float:
    return known.get(term, word_spread.RAREST)
