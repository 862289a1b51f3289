"""Why an article is in its story, word by word."""

from __future__ import annotations

from makers import adds_up, article, at
from newsdesk.stages import bonds

COURT = "The court in Valdoria fined the chipmaker Orbane forty million crowns. " * 3
FLOOD = "The river Ester flooded Marlo and drove hundreds from their homes. " * 3


def three():
    return (
        article("1", "a.example", title="Court fines Orbane", text=COURT),
        at(article("2", "b.example", title="Orbane fined by court", text=COURT), 1),
        at(article("3", "c.example", title="Ester floods Marlo", text=FLOOD), 2),
    )


def test_an_article_alone_needs_no_bond():
    assert bonds.bonds(three()[:1]) == ()


def test_parts_add_up_and_name_the_words_that_are_shared():
    found = dict(bonds.bonds(three()[:2]))
    assert all(adds_up(score) for score in found.values())
    names = {part.name for part in found["1"].parts}
    assert {"orbane", "valdoria"} <= names
    assert all(part.why == "in 1 of 1 others" for part in found["1"].parts if part.name)


def test_what_has_little_in_common_with_the_others_shows_it():
    found = dict(bonds.bonds(three()))
    assert found["3"].value < 10 < found["1"].value
    assert found["1"].value < dict(bonds.bonds(three()[:2]))["1"].value


def test_the_order_of_members_makes_no_difference():
    assert bonds.bonds(three()) == bonds.bonds(three()[::-1])


def test_of_a_huge_story_the_earliest_members_are_compared():
    many = [
        at(article(f"{n:03}", "a.example", text=COURT), n)
        for n in range(bonds.MOST + 5)
    ]
    assert [of for of, _ in bonds.bonds(many)] == [a.id for a in many[: bonds.MOST]]
