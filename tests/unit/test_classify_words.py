"""Words and phrases in whatever form they are written."""

import pytest

from newsdesk.stages import classify_words


def found(text, *words, language=None):
    return list(classify_words.found(text, classify_words.index(words), language))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("humanoid robot", "Humanoid robots walk"),
        ("humanoid robot", "a humanoid-robot's hand"),
        ("humanoid robot", "The HumanoidRobot"),
        ("company", "three companies"),
        ("vehicle", "Vehicles’ batteries"),
        ("invest", "they invested"),
        ("bank", "banking reform"),
        ("cyber-security", "Cybersecurity law"),
        ("cyber security", "Cyber-security law"),
        ("cyber security", "Cybersecurity law"),
        ("A.I.", "What A.I. learnt"),
        ("Node.js", "a Node.js server"),
        ("C++", "written in C++ again"),
        ("R&D", "money for R&D"),
        ("GPU", "thousands of GPUs"),
        ("人工智能", "中国人工智能产业"),
    ],
)
def test_a_word_is_found_in_its_forms(word, text):
    assert found(text, word) == [word]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("AI", "Kai ai said"),
        ("IT", "it is late"),
        ("machine learning", "A machine. Learning is slow"),
        ("bus", "a busy week"),
        ("news", "a new day"),
        ("C++", "vitamin C"),
        ("market", "remarkable"),
    ],
)
def test_a_word_that_only_looks_alike_is_another(word, text):
    assert found(text, word) == []


def test_a_longer_phrase_hides_the_shorter_ones_inside_it():
    assert found("A humanoid robot", "robot", "humanoid robot") == ["humanoid robot"]


def test_a_keyword_of_its_own_is_not_a_form_of_another():
    assert found("Marketing budgets", "market", "marketing") == ["marketing"]
    assert found("Marketing budgets", "market") == ["market"]


def test_compounds_are_taken_apart_where_a_language_writes_them_as_one():
    assert found("Der Roboterarm greift", "Roboter", language="de") == ["Roboter"]
    assert found("Der Industrieroboter", "Roboter", language="de") == ["Roboter"]
    assert found("Roboterarm", "Roboter", language="en") == []


def test_each_time_counts():
    assert found("Robots and a robot", "robot") == ["robot", "robot"]
