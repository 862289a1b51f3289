import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from makers import article
from newsdesk.stages import grouping, stories, weighing
from newsdesk.stages.grouping import Settings
from newsdesk.stages.grouping_groups import Item

SHIPPED = stories.shipped()


def unit(*words: str) -> dict[str, float]:
    return {word: len(words) ** -0.5 for word in words}


def items(*vectors: dict[str, float], **more) -> list[Item]:
    return [Item(vector=vector, at=0.0, **more) for vector in vectors]


def found(given: list[Item], chosen: Settings = SHIPPED) -> list[list[int]]:
    return grouping.groups(given, chosen, reach=96.0)


def test_what_shares_most_of_its_terms_is_together_and_the_rest_is_alone():
    about_a, about_b = unit("a", "b", "c"), unit("d", "e", "f")
    given = items(about_a, about_b, unit("a", "b", "g"), unit("h", "i"))
    assert found(given) == [[0, 2], [1], [3]]


def test_items_without_terms_are_alone_and_no_items_make_no_groups():
    assert found(items({}, {})) == [[0], [1]]
    assert found([]) == []


def test_the_more_crowded_a_window_the_more_likeness_is_asked():
    asked = [grouping.threshold(many, 0.02, SHIPPED) for many in (0.01, 0.02, 0.03, 1)]
    assert asked == sorted(asked)
    assert asked[0] < asked[1] < asked[2] < asked[-1]
    assert asked[-1] == SHIPPED.base + grouping.MOST_ON_TOP
    strict = replace(SHIPPED, base=1.0)
    assert grouping.threshold(1, 0.02, strict) == grouping.HIGHEST


def test_headlines_must_be_more_alike_than_texts():
    text, headline = (grouping.threshold(0.02, 1 / n, SHIPPED) for n in (60, 7))
    assert headline > text + 0.05
    assert grouping.brevity(items({}, unit("a", "b"), unit("c"))) == 0.75


def test_pairs_alike_enough_in_a_calm_window_are_not_in_a_crowded_one():
    pair = [unit("a", "b", "x1", "x2"), unit("a", "y1", "y2", "y3")]
    crowd = [unit("a", f"p{n}", f"q{n}", f"r{n}") for n in range(60)]
    calm = [unit(f"o{n}", f"p{n}", f"q{n}", f"r{n}") for n in range(60)]
    assert [0, 1] in found(items(*pair, *calm))
    assert [0, 1] not in found(items(*pair, *crowd))


def test_one_event_that_fills_the_window_is_one_group():
    event = [unit("a", "b", "c", "d", f"x{n}", f"y{n}") for n in range(80)]
    others = [unit(f"p{n}", f"q{n}") for n in range(20)]
    assert list(range(80)) in found(items(*event, *others))


def test_a_chain_of_likenesses_does_not_make_one_group():
    chain = [unit(*(f"t{n + k}" for k in range(4))) for n in range(0, 40, 2)]
    assert max(len(group) for group in found(items(*chain))) < 8


def test_groups_that_name_only_strangers_must_be_much_more_alike():
    alike = [unit("quake", "hit", "valdoria"), unit("quake", "strik", "nordhavn")]
    quakes = items(*alike)
    assert found(quakes) == [[0, 1]]
    named = [
        Item(vector=vector, at=0.0, names=frozenset({place}))
        for vector, place in zip(alike, ("valdoria", "nordhavn"), strict=True)
    ]
    strict = Settings(base=0.2, crowding=0.0, provisional=0.2, strangers=0.5)
    assert found(quakes, strict) == [[0, 1]]
    assert found(named, strict) == [[0], [1]]


def test_who_is_named_by_one_and_told_of_by_the_other_is_no_stranger():
    first = Item(
        vector=unit("quake", "valdoria"), at=0.0, names=frozenset({"valdoria"})
    )
    second = Item(
        vector=unit("quake", "valdoria", "redcross"),
        at=0.0,
        names=frozenset({"redcross"}),
    )
    strict = Settings(base=0.5, crowding=0.0, provisional=0.5, strangers=0.5)
    assert found([first, second], strict) == [[0, 1]]


def test_what_editors_keep_apart_never_meets_and_what_they_join_stays_joined():
    same, other = unit("a", "b"), unit("c", "d")
    told = [
        Item(vector=same, at=0.0, told="x"),
        Item(vector=same, at=0.0, told="y"),
        Item(vector=other, at=0.0, told="x"),
    ]
    assert found(told) == [[0, 2], [1]]


def test_linking_once_gives_the_groups_of_every_threshold():
    words = [unit(*(f"t{(n * 7 + k * k) % 23}" for k in range(4))) for n in range(30)]
    given = items(*words)
    plain = replace(SHIPPED, borrowing=0.0)
    linked = grouping.linked(given, plain, reach=96.0)
    for asked in (0.1, 0.2, 0.3):
        fixed = Settings(base=asked, crowding=0.0, provisional=asked)
        assert linked.found(asked) == found(given, fixed)


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), max_size=12))
@settings(max_examples=60)
def test_groups_are_a_partition_and_only_of_what_shares_something(sets):
    given = items(*(unit(*sorted(words)) for words in sets))
    groups = found(given)
    assert sorted(itertools.chain.from_iterable(groups)) == list(range(len(sets)))
    for group in groups:
        for place in group:
            rest = [sets[other] for other in group if other != place]
            assert not rest or any(sets[place] & other for other in rest)


def test_common_words_weigh_little_and_a_filling_event_stays_telling():
    filling = [
        article(f"n{n}", title=f"Trump people show week Valdoria earthquake {n}{n}")
        for n in range(50)
    ]
    vector = weighing.vectors(filling)["n1"]
    assert vector["valdoria"] > 2 * vector["trump"]


def test_without_a_table_the_window_says_what_is_common():
    german = [
        article(f"n{n}", title=f"Der Sturm trifft Stadt{n} und Dorf{n}", language="de")
        for n in range(200)
    ]
    vector = weighing.vectors(german)["n1"]
    assert vector["stadt1"] > 2 * vector["sturm"]


def test_a_vector_has_length_one_and_its_heaviest_term_first():
    vector = weighing.vectors([article("n1", title="Court fines Orbane over chips")])[
        "n1"
    ]
    assert abs(weighing.dot(vector, vector) - 1) < 1e-9
    assert list(vector.values()) == sorted(vector.values(), reverse=True)
