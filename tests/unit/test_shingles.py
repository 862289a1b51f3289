from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text.shingles import (
    passages,
    same_figures,
    shingles,
)

PARAGRAPHS = (
    "The harbour board closed the northern basin on Monday after divers found a crack.",
    "Ships will be led to the old quay until the wall has been mended, a speaker said.",
    "Fishermen had warned for two years that the wall was moving with every storm.",
    "Mending it will cost more than the town earns with the harbour in a whole year.",
    "The council is to decide in April whether the work is put out to tender at once.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def test_case_accents_punctuation_and_line_breaks_make_no_other_text():
    typeset = TEXT.upper().replace(",", " –").replace("\n\n", " ")
    assert shingles(typeset) == shingles(TEXT)
    assert shingles("el café de la plaza") == shingles("El cafe de la plaza!")


def test_shingles_are_the_same_numbers_in_every_process():
    assert shingles("one two three four") == {6546967339372206931}


def test_texts_without_spaces_are_compared_by_characters():
    text = "港务局周一关闭了北码头因为潜水员在墙上发现了一条裂缝"
    assert len(shingles(text)) == len(text) - 7
    assert len(shingles(text) & shingles(text[4:])) == len(text) - 11


def test_a_text_shorter_than_a_shingle_has_none():
    assert shingles("three words only") == frozenset()


def test_a_cut_copy_stands_in_its_original_as_one_passage():
    cut = "\n\n".join(PARAGRAPHS[:4])
    assert passages(cut, shingles(TEXT)).whole == 1.0


def test_the_same_statements_in_another_order_are_no_passage():
    other = "\n\n".join(PARAGRAPHS[i] for i in (2, 0, 4, 1, 3))
    assert len(shingles(other) & shingles(TEXT)) > len(shingles(TEXT)) / 2
    assert passages(other, shingles(TEXT)).whole == 0.0


def test_a_text_of_one_paragraph_is_taken_by_its_sentences():
    assert passages(TEXT.replace("\n\n", " "), shingles(TEXT)).whole == 1.0


def test_an_opening_of_ones_own_is_told_from_a_kept_one():
    kept = passages(TEXT, shingles(TEXT))
    assert (kept.keeps_opening, kept.whole, kept.after_opening) == (True, 1.0, 1.0)
    own = "Nobody may moor in the north of the port for now, it was announced.\n\n"
    found = passages(own + TEXT, shingles(TEXT))
    assert not found.keeps_opening
    assert found.whole < 1.0 == found.after_opening


def test_after_an_opening_enough_must_be_left():
    own = "Nobody may moor in the north of the port for now, it was announced.\n\n"
    short = own + "\n\n".join(PARAGRAPHS[:3])
    assert passages(short, shingles(TEXT)).after_opening == 0.0


def test_reports_of_one_pattern_differ_in_their_figures():
    one = "Sales rose 4.5 percent to 812 million in 2025, with 3 new plants."
    other = "Sales rose 7.1 percent to 95 million in 2025, with 2 new plants."
    assert same_figures(one, one) == 1.0
    assert same_figures(one, other) == 0.25
    assert same_figures("Sales rose 4.5 percent.", "Sales fell.") == 1.0


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared_with_any_other(one, other):
    found = passages(one, shingles(other))
    assert 0.0 <= found.whole <= 1.0
    assert 0.0 <= found.after_opening <= 1.0
    assert 0.0 <= same_figures(one, other) <= 1.0
