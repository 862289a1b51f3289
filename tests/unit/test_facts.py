"""Names and figures of texts, and what one has that others lack."""

from __future__ import annotations

import pytest

from newsdesk.text import facts


def names(text: str, language: str = "en") -> tuple[str, ...]:
    return facts.facts(text, language=language).names


def figures(text: str) -> list[str]:
    return [written for _, written in facts.facts(text).figures]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Angela Merkel in Bonn.", ("Angela Merkel", "Bonn")),
        ("Yesterday the Bank of England cut rates.", ("Bank of England",)),
        ("Shares of Acme Corp. fell.", ("Acme Corp",)),
        ("IBM's Ginni Rometty spoke.", ("IBM", "Ginni Rometty")),
        ("Prices rose. Nobody knows why.", ()),
        ("On Monday and in May they met.", ()),
        ("The Prime Minister spoke.", ("Prime",)),
        ("Она встретила Ивана Петрова в Москве.", ("Ивана Петрова", "Москве")),
        ("首相は東京で話した。", ()),
    ],
)
def test_a_name_is_a_run_of_capitals_that_no_sentence_explains(
    text: str, found: tuple[str, ...]
):
    if "Prime" in text:
        assert "Minister" not in " ".join(names(text))
    else:
        assert names(text) == found


def test_where_nouns_have_capitals_one_word_is_no_name():
    text = "Am Montag sprach die Regierung mit Angela Merkel über 12 Millionen Euro."
    assert names(text, "de") == ("Angela Merkel",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $5 million.", ["$5 million"]),
        ("Rates rose to 5.25% in 2023.", ["5.25%"]),
        ("1,200 jobs and 3 sites", ["1,200 jobs"]),
        ("At 10:30 am on 12 May 2024 it ended.", []),
        ("12 people died", ["12 people"]),
        ("Der Preis stieg um 40 Prozent.", ["40 Prozent"]),
        ("call 0123456789012", []),
    ],
)
def test_a_figure_is_a_number_that_counts_something(text: str, found: list[str]):
    assert figures(text) == found


def test_the_same_sum_written_otherwise_is_the_same():
    def keys(text: str) -> list[str]:
        return [key for key, _ in facts.facts(text).figures]

    assert keys("It cost $1,200.") == keys("It cost $1200 then.")
    assert keys("up 5 percent") == keys("up 5%")
    assert keys("12 people died") == keys("12 dead")


@pytest.mark.parametrize(
    ("name", "is_new"),
    [
        ("Merkel", False),
        ("Angela Merkel", False),
        ("Chancellor Angela Merkel", False),
        ("Angela Rayner", True),
        ("Olaf Scholz", True),
    ],
)
def test_a_name_is_new_where_neither_it_nor_its_parts_were_there(
    name: str, is_new: bool
):
    known = facts.name_words(("Angela Merkel",))
    assert (facts.new_names((name,), known) == (name,)) is is_new


def test_a_whole_name_is_not_new_after_the_surname_alone():
    assert facts.new_names(("Olaf Scholz",), facts.name_words(("Scholz",))) == ()


def test_a_hostile_text_takes_no_longer_than_a_long_one():
    for part in ("A", "A ", "1,", "1 ", "A-", "of A ", "$", "\n"):
        facts.facts(part * 100_000)
