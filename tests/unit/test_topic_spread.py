"""Articles that tell of each other's topics."""

import numpy as np

from fakes import WordDirections
from newsdesk.stages import topic_spread

SPACE = WordDirections("match coach", "shares bank")
TEXTS = [
    "match coach stadium", "coach stadium striker", "stadium striker derby",
    "striker derby referee", "shares bank dividend", "bank dividend bourse",
    "dividend bourse broker", "bourse broker trader",
]  # fmt: skip
WANTED = [0, 0, 0, 0, 1, 1, 1, 1]


def answers(texts, known=None):
    rows = SPACE.of(texts)
    directions = SPACE.of(["match coach", "shares bank"])
    near = topic_spread.guess(rows, directions)
    scores = topic_spread.spread(topic_spread.bag(texts), rows, near, known or {})
    return scores.argmax(axis=1).tolist()


def test_articles_without_a_keyword_follow_those_that_they_share_words_with():
    assert answers(TEXTS) == WANTED


def test_the_order_of_articles_changes_nothing():
    assert answers(TEXTS[::-1]) == WANTED[::-1]


def test_what_is_known_of_some_turns_the_others():
    texts = ["alpha beta", "alpha gamma", "alpha delta", "omega psi", "omega chi"]
    texts = [*texts, *texts]
    found = answers(texts, {0: 1, 1: 1, 3: 0})
    assert [found[i] for i in (2, 5, 6, 7)] == [1] * 4
    assert [found[i] for i in (4, 8, 9)] == [0] * 3


def test_texts_without_words_have_an_answer_and_raise_nothing():
    assert np.isin(answers(["", "  ", "match"]), [0, 1]).all()
