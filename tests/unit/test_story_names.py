"""Who carries a story's name on, whatever sets its articles are put in."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from makers import NOW, article, at, hours
from newsdesk.model.article import ArticleId
from newsdesk.model.story import Story
from newsdesk.stages import story_names

MANY = 8
ARTICLES = [at(article(f"{n:02}"), n) for n in range(MANY)]
BY_ID = {one.id: one for one in ARTICLES}
LATE = NOW + hours(MANY)


def named(groups, known=(), told=None):
    sets = [tuple(BY_ID[ArticleId(of)] for of in group) for group in groups]
    return story_names.named(sets, known, BY_ID, told or {}, LATE)


def after(known: tuple[Story, ...], groups, told=None) -> tuple[Story, ...]:
    """Every story there is once the groups have their names."""
    there = {story.id: story for story in known}
    there |= {story.id: story for story in named(groups, known, told).stories}
    return tuple(there[of] for of in sorted(there))


def alive(stories: tuple[Story, ...]) -> dict[str, tuple[str, ...]]:
    return {one.id: one.members for one in stories if one.is_alive}


def pointers(stories: tuple[Story, ...]) -> dict[str, str | None]:
    return {one.id: one.merged_into for one in stories if not one.is_alive}


def test_a_story_is_named_after_the_first_of_its_articles():
    assert alive(after((), [["00", "01"], ["02"]])) == {
        "s00": ("00", "01"),
        "s02": ("02",),
    }


def test_of_stories_that_are_one_the_oldest_lives_and_the_others_point_to_it():
    known = after((), [["00"], ["01"], ["02"]])
    found = after(known, [["02", "01", "00"]])
    assert alive(found) == {"s00": ("00", "01", "02")}
    assert pointers(found) == {"s01": "s00", "s02": "s00"}


def test_merged_twice_an_id_points_at_what_lives_and_not_at_what_is_gone():
    known = after((), [["00"], ["01"], ["02"]])
    known = after(known, [["00"], ["01", "02"]])
    assert pointers(known) == {"s02": "s01"}
    known = after(known, [["00", "01", "02"]])
    assert pointers(known) == {"s01": "s00", "s02": "s00"}


def test_the_larger_part_keeps_the_name_and_the_other_says_where_it_is_from():
    known = after((), [["00", "01", "02"]])
    found = after(known, [["00"], ["01", "02"]])
    assert alive(found) == {"s00": ("01", "02"), "s00-2": ("00",)}
    (part,) = [one for one in found if one.id == "s00-2"]
    assert part.split_from == "s00"
    (event,) = named([["00"], ["01", "02"]], known).events
    assert (event.story, event.kind, event.at) == ("s00", "split", LATE)
    assert "s00-2" in event.why


def test_a_part_that_was_a_story_once_is_that_story_again():
    apart = after((), [["00", "01"], ["02", "03"]])
    whole = after(apart, [["00", "01", "02", "03"]])
    assert pointers(whole) == {"s02": "s00"}
    again = after(whole, [["00", "01"], ["03", "02"]])
    assert alive(again) == {"s00": ("00", "01"), "s02": ("03", "02")}


def test_an_article_that_goes_to_another_story_is_told_of():
    known = after((), [["00", "01"], ["02", "03"]])
    made = named([["00"], ["01", "02", "03"]], known)
    assert {one.id: one.members for one in made.stories} == {
        "s00": ("00",),
        "s02": ("02", "03", "01"),
    }
    (event,) = made.events
    assert (event.story, event.kind) == ("s00", "moved")
    assert event.why == "1 of its articles went to s02"


def test_times_are_those_of_the_members_a_story_has():
    known = after((), [["00", "05"], ["06"]])
    found = {one.id: one for one in after(known, [["00"], ["05", "06"]])}
    assert found["s00"].changed_at == NOW
    assert found["s06"].first_at == NOW + hours(5)
    assert found["s06"].changed_at == NOW + hours(6)


def test_what_is_not_at_hand_stays_where_it_was():
    (known,) = after((), [["00", "01"]])
    known = replace(known, members=(*known.members, ArticleId("old")), first_at=NOW)
    (found,) = after((known,), [["00", "01", "02"]])
    assert found.members == ("00", "01", "old", "02")


def test_a_story_that_an_editor_names_outlives_an_older_one():
    known = after((), [["00"], ["01"]])
    told = {ArticleId("00"): "s01", ArticleId("01"): "s01"}
    found = after(known, [["00", "01"]], told)
    assert alive(found) == {"s01": ("01", "00")}
    assert pointers(found) == {"s00": "s01"}


def test_an_article_that_an_editor_sends_away_takes_no_name_along():
    known = after((), [["00", "01"], ["02"]])
    found = after(known, [["01"], ["00", "02"]], {ArticleId("00"): "s02"})
    assert alive(found) == {"s00": ("01",), "s02": ("02", "00")}


def test_the_same_sets_again_change_nothing():
    known = after((), [["00", "01"], ["02"]])
    made = named([["02"], ["00", "01"]], known)
    assert (made.stories, made.events) == ((), ())


# Any number of runs, each with some more articles, in any sets.
@st.composite
def histories(draw) -> list[list[list[str]]]:
    runs = []
    for count in sorted(draw(st.lists(st.integers(1, MANY), min_size=1, max_size=5))):
        places = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
        groups: dict[int, list[str]] = {}
        for one, place in zip(ARTICLES, places, strict=False):
            groups.setdefault(place, []).append(one.id)
        runs.append(list(groups.values()))
    return runs


@given(histories())
@settings(max_examples=150)
def test_stories_are_always_the_sets_under_lasting_names(runs):
    stories: tuple[Story, ...] = ()
    for groups in runs:
        before = {one.id: one for one in stories}
        stories = after(stories, groups)
        living = alive(stories)
        # A partition: the sets and nothing else.
        assert sorted(map(sorted, living.values())) == sorted(map(sorted, groups))
        # Every id that ever was is still known, and leads to a story that lives.
        assert before.keys() <= {one.id for one in stories}
        assert all(to in living for to in pointers(stories).values())
        # A story that lives on has at least one article it had before; one that comes
        # back has its founder.
        for of, members in living.items():
            old = before.get(of)
            if old is not None and old.is_alive:
                assert not set(members).isdisjoint(old.members)
            elif old is not None:
                assert of.partition("-")[0][1:] in members
        assert after(stories, groups) == stories


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_sets_and_of_known_stories_does_not_matter(runs, dice):
    stories: tuple[Story, ...] = ()
    for groups in runs:
        mixed = [list(group) for group in groups]
        dice.shuffle(mixed)
        known = list(stories)
        dice.shuffle(known)
        made = named(groups, stories)
        assert named(mixed, known) == made
        stories = after(stories, groups)


@given(histories(), st.integers(0, MANY - 1), st.integers(0, MANY - 1))
@settings(max_examples=60)
def test_a_story_that_an_editor_names_is_never_merged_away(runs, one, other):
    stories: tuple[Story, ...] = ()
    told = {ARTICLES[one].id: "s00", ARTICLES[0].id: "s00"}
    stories = after((), [["00"]])
    for groups in runs:
        kept = [[of for of in group if of not in told] for group in groups]
        here = {of for group in groups for of in group}
        kept.append([of for of in told if of in here | {"00"}])
        stories = after(stories, [group for group in kept if group], told)
        assert "s00" in alive(stories)
