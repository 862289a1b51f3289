"""Numbers are worked out again from what is stored alone, and any other digit is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from makers import NOW, article, at, good_article
from newsdesk.model.article import Article, ArticleId, Provider, TopicHit
from newsdesk.model.receipt import RuleSet
from newsdesk.model.site import Rules
from newsdesk.model.story import Copy, CopyKind, JudgedStory, Score, Story, StoryId
from newsdesk.stages import basis, judge, rejudge, rule_sets
from newsdesk.store import codec, story_rows

RULES = Rules(half_life_h=12.0, thresholds=(("ai", 40),), min_words=20)
SET = RuleSet(id=rule_sets.name(RULES, has_topics=True), rules=RULES, has_topics=True)
ON_TOPIC = (TopicHit(topic="ai", strength=0.5, evidence=("AI",)),)


def judged(
    *articles: Article, copies: Sequence[Copy] = (), **more: object
) -> JudgedStory:
    story = Story(
        id=StoryId("s1"),
        members=tuple(a.id for a in articles),
        first_at=NOW,
        changed_at=NOW,
    )
    by_id = {a.id: a for a in articles}
    found = judge.judged(
        [story], by_id, RULES, has_topics=True, copies=copies, **more,
    )  # fmt: skip
    return found.stories[0]


def stored(story: JudgedStory, *rows_of: Article) -> JudgedStory:
    """The story as a store would give it back: with its articles' own rows."""
    by_id = {a.id: a for a in rows_of or basis.members(story)}
    return story_rows.judged_story(
        story.story, story_rows.judged_row(story)["verdict"], by_id
    )


def three() -> tuple[Article, Article, Article]:
    first = replace(good_article("1", "a.example"), topics=ON_TOPIC)
    copy = at(good_article("2", "b.example", authors=()), 1)
    return first, copy, at(article("3", "c.example", text="word " * 90), 5)


WIRE = Copy(
    article=ArticleId("2"),
    original=ArticleId("1"),
    source="a.example",
    kind=CopyKind.REPUBLISHED,
    share=0.9,
    evidence=("says so",),
)


def test_every_number_of_a_story_comes_out_the_same_again() -> None:
    found = rejudge.checked(stored(judged(*three(), copies=[WIRE])), SET)
    assert found.differences == ()
    assert not found.without_basis
    # The sums of ten scores; three of quality, standing and bond; origins, heat, verdict.
    assert found.numbers == 10 + 9 + 3


def test_what_the_window_told_of_providers_and_pictures_is_kept() -> None:
    row = good_article("1", "a.example")
    known = Provider(domain="a.example", name="The A", is_known=True)
    seen = replace(
        row,
        provider=known,
        topics=ON_TOPIC,
        reading=replace(row.reading, pictures=()),
    )
    (story,) = basis.signed([judged(seen)], [row])
    assert basis.as_judged(stored(story, row)) == story
    assert rejudge.checked(stored(story, row), SET).differences == ()
    unsigned = stored(judged(seen), row)
    assert rejudge.checked(unsigned, SET).differences != ()


def test_what_is_stored_as_judged_needs_no_more_room() -> None:
    first = good_article("1", "a.example")
    (story,) = basis.signed([judged(first)], [first])
    assert story.basis is not None
    assert story.basis.others == ()


def test_a_number_that_was_tampered_with_is_told() -> None:
    story = judged(*three())
    worse = replace(story.heat, value=story.heat.value + 1)
    (sum_, heat) = rejudge.checked(replace(story, heat=worse), SET).differences
    assert (sum_.what, heat.what) == (f"sum of the parts of {worse.rule}", "heat")
    assert sum_.stored == str(worse.value)


def test_an_article_that_reads_otherwise_now_has_another_quality() -> None:
    first, *others = three()
    story = judged(first, *others)
    shorter = replace(first, reading=replace(first.reading, text="word " * 30))
    found = rejudge.checked(stored(story, shorter, *others), SET)
    assert "quality of 1" in {one.what for one in found.differences}


def test_a_verdict_by_other_rules_than_it_names_is_told() -> None:
    story = judged(*three())
    other = replace(SET, rules=replace(RULES, thresholds=(("ai", 41),)))
    found = rejudge.checked(stored(story), other)
    assert [one.what for one in found.differences] == ["verdict"]


def test_numbers_of_an_older_rule_are_added_up_and_named() -> None:
    story = judged(good_article("1", "a.example"))
    old = Score(value=20, rule="quality/0", parts=())
    aged = replace(story, qualities=((ArticleId("1"), old),))
    found = rejudge.checked(aged, SET)
    assert found.older == ("quality/0",)
    told = {one.what for one in found.differences}
    assert "sum of the parts of quality/0" in told
    assert "quality of 1" not in told


def test_a_story_judged_before_there_was_a_basis_is_checked_as_far_as_it_goes() -> None:
    story = replace(judged(*three()), basis=None)
    found = rejudge.checked(stored(story), None)
    assert found.without_basis
    assert found.differences == ()


def test_a_basis_outlives_the_store() -> None:
    first, *others = three()
    row = replace(first, provider=Provider(domain="a.example", name=""), topics=())
    (story,) = basis.signed([judged(first, *others, voices={"a.example": 0.7})], [row])
    assert story.basis is not None
    assert story.basis.voices == (("a.example", 0.7),)
    text = codec.dumps(story.basis)
    assert codec.loads(type(story.basis), text) == story.basis
    assert json.loads(text)["rules"] == SET.id


@given(
    hours=st.lists(st.floats(-30, 30), min_size=1, max_size=6),
    words=st.lists(st.integers(0, 300), min_size=6, max_size=6),
    voices=st.dictionaries(st.sampled_from(["d0.example", "d1.example"]), st.just(0.6)),
)
@settings(deadline=None)
def test_whatever_a_story_is_made_of_it_comes_out_the_same_again(
    hours: list[float], words: list[int], voices: dict[str, float]
) -> None:
    articles = [
        at(
            article(str(n), f"d{n % 4}.example", text="Ada Byron said. " * words[n]),
            hour,
        )
        for n, hour in enumerate(hours)
    ]
    story = stored(judged(*articles, voices=voices))
    assert rejudge.checked(story, SET).differences == ()
