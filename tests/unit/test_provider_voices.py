"""How much a provider's voice weighs, by what it has shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model.summary import ProviderRecord
from newsdesk.stages import heat, voices
from newsdesk.stages.voices import ENOUGH


def record(
    articles: int, copies: int = 0, gone: int = 0, of: str = "a"
) -> ProviderRecord:
    return ProviderRecord(domain=of, articles=articles, copies=copies, gone=gone)


@pytest.mark.parametrize(
    ("one", "weight"),
    [
        (record(100), 1.0),
        (record(100, copies=50), 0.8),
        (record(100, copies=100), 0.6),
        (record(100, gone=5), 0.9),
        (record(100, copies=100, gone=100), 0.5),
        (record(100, copies=1), 1.0),
    ],
)
def test_who_passes_on_and_who_does_not_keep_weighs_less(one, weight):
    assert voices.weight(one) == weight


def test_who_says_what_it_put_right_wins_a_little_back():
    copying = record(100, copies=50)
    assert voices.weight(replace(copying, corrected=1)) > voices.weight(copying)
    assert voices.weight(replace(record(100), corrected=9)) == 1.0


def test_few_articles_show_nothing():
    found = [record(ENOUGH - 1), record(ENOUGH, of="b")]
    assert voices.weights(found) == {"b": 1.0}


@given(st.integers(ENOUGH, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_weight_stays_within_what_heat_allows(articles, copies, gone):
    one = record(articles, min(copies, articles), min(gone, articles))
    assert heat.LEAST_VOICE <= voices.weight(one) <= 1.0
