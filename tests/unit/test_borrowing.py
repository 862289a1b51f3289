"""What an article borrows from those most like it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from newsdesk.stages import borrowing, grouping, stories, weighing
from newsdesk.stages.grouping_groups import Item

SHIPPED = stories.shipped()


def unit(*words: str) -> dict[str, float]:
    return {word: len(words) ** -0.5 for word in words}


def item(*words: str, **more: object) -> Item:
    return replace(Item(vector=unit(*words), at=0.0), **more)  # type: ignore[arg-type]


def widened(*given: Item) -> list[dict[str, float]]:
    found, _ = grouping.widened(given, SHIPPED, reach=96.0)
    return [one.vector for one in found]


def test_what_is_borrowed_is_weighed_by_its_share_and_the_sum_has_length_one() -> None:
    found = borrowing.widened(unit("a"), [(0.5, unit("b"))])
    assert found["a"] == pytest.approx(2 * found["b"])
    assert math.sqrt(weighing.dot(found, found)) == pytest.approx(1)
    assert list(found) == ["a", "b"]


def test_who_borrows_nothing_stays_as_it_is() -> None:
    own = unit("a", "b")
    assert borrowing.widened(own, []) == own


def test_only_the_heaviest_terms_are_kept() -> None:
    many = unit(*(f"t{n}" for n in range(2 * borrowing.STRONGEST_TERMS)))
    found = borrowing.widened(unit("a"), [(0.5, many)])
    assert len(found) == borrowing.STRONGEST_TERMS
    assert "a" in found


def test_two_that_share_little_meet_in_a_third() -> None:
    one, other = item("a", "b", "x1", "x2"), item("c", "d", "y1", "y2")
    between = item("a", "b", "c", "d")
    before = weighing.dot(one.vector, other.vector)
    first, second, _ = widened(one, other, between)
    assert before == 0
    assert weighing.dot(first, second) > 0.2


def test_nothing_is_borrowed_from_who_is_hardly_alike() -> None:
    one = item("a", *(f"x{n}" for n in range(40)))
    other = item("a", *(f"y{n}" for n in range(40)))
    assert widened(one, other) == [one.vector, other.vector]


@pytest.mark.parametrize(
    "more", [{"language": "de"}, {"at": 1000.0}, {"told": "another story"}]
)
def test_nothing_is_borrowed_from_who_is_never_in_one_story_with_it(
    more: dict[str, object],
) -> None:
    one = item("a", "b", "x", language="en", told="a story")
    other = item("a", "b", "y", language="en")
    assert widened(one, other)[0] != one.vector
    assert widened(one, replace(other, **more))[0] == one.vector  # type: ignore[arg-type]


def test_nothing_is_borrowed_from_who_names_only_strangers() -> None:
    one, other = item("quake", "a", "b", "c", "x"), item("quake", "a", "b", "c", "y")
    assert widened(one, other)[0] != one.vector
    strict = replace(SHIPPED, strangers=0.0)
    named = [
        replace(one, names=frozenset({"x"})),
        replace(other, names=frozenset({"y"})),
    ]
    found, _ = grouping.widened(named, strict, reach=96.0)
    assert [of.vector for of in found] == [one.vector, other.vector]
