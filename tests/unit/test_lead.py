"""Who stands for a story, and when another takes its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from makers import NOW, article, good_article, hours
from newsdesk.model.article import Article, ArticleId, ArticleType, ProviderKind
from newsdesk.model.site import Rules
from newsdesk.model.story import Copy, CopyKind, Story, StoryId
from newsdesk.stages import judge, lead, quality
from newsdesk.stages.lead import CHALLENGE, HOLD

WEAK = good_article("weak", "weak.example", authors=(), pictures=())
STRONG = good_article("strong", "strong.example")


def story(*members: Article, led_by: Article | None = None) -> Story:
    return Story(
        id=StoryId("s1"),
        members=tuple(a.id for a in members),
        lead=led_by.id if led_by else None,
        first_at=NOW,
        changed_at=NOW,
    )


def choose(
    known: Story,
    *members: Article,
    as_of: datetime = NOW,
    copies: tuple[Copy, ...] = (),
    told: Article | None = None,
    gone: tuple[Article, ...] = (),
    is_shown: bool = True,
) -> lead.Choice:
    by_id = {copy.article: copy for copy in copies}
    standings = {
        a.id: lead.standing(a, quality.scored(a), by_id.get(a.id)) for a in members
    }
    return lead.chosen(
        known,
        lead.ranked(members, standings),
        standings,
        as_of=as_of,
        copies=by_id,
        told=told.id if told else None,
        gone={a.id for a in gone},
        is_shown=is_shown,
    )


def points(one: Article, copy: Copy | None = None) -> int:
    return lead.standing(one, quality.scored(one), copy).value


def reprint(of: Article, original: Article) -> Copy:
    return Copy(
        article=of.id,
        original=original.id,
        source=original.provider.domain,
        kind=CopyKind.WIRE,
    )


def poorer(one: Article, by: int) -> Article:
    """A short article that stands worse by at least so many points."""
    words = one.reading.text.split()
    for many in range(len(words), 0, -20):
        found = replace(
            WEAK, reading=replace(WEAK.reading, text=" ".join(words[:many]))
        )
        if points(one) - points(found) >= by:
            return found
    raise AssertionError("no article is that poor")


def test_a_challenger_must_stand_better_for_hours_of_news():
    holder = poorer(STRONG, CHALLENGE)
    known = story(holder, STRONG, led_by=holder)
    first = choose(known, holder, STRONG)
    assert first.lead == holder
    assert (first.challenger, first.challenged_at) == (STRONG.id, NOW)
    known = replace(
        known, challenger=first.challenger, challenged_at=first.challenged_at
    )
    almost = choose(known, holder, STRONG, as_of=NOW + HOLD - timedelta(minutes=1))
    assert almost.lead == holder
    assert almost.challenged_at == NOW
    done = choose(known, holder, STRONG, as_of=NOW + HOLD)
    assert done.lead == STRONG
    assert done.challenger is None
    assert done.event is not None
    assert done.event.kind == "lead"
    assert f"{points(STRONG)} points against {points(holder)}" in done.event.why


def test_without_news_nothing_changes_however_often_it_is_looked_at():
    holder = poorer(STRONG, CHALLENGE)
    known = story(holder, STRONG, led_by=holder)
    for _ in range(3):
        choice = choose(known, holder, STRONG)
        known = replace(
            known, challenger=choice.challenger, challenged_at=choice.challenged_at
        )
    assert choice.lead == holder
    assert known.challenged_at == NOW


def test_a_challenge_that_is_lost_is_forgotten():
    holder = poorer(STRONG, CHALLENGE)
    known = replace(
        story(holder, led_by=holder), challenger=STRONG.id, challenged_at=NOW
    )
    choice = choose(known, holder, as_of=NOW + HOLD)
    assert (choice.challenger, choice.challenged_at) == (None, None)


def test_a_little_better_is_not_enough():
    assert 0 < points(STRONG) - points(WEAK) < CHALLENGE + 4
    holder = replace(STRONG, reading=replace(STRONG.reading, authors=()))
    assert 0 < points(STRONG) - points(holder) < CHALLENGE
    choice = choose(story(holder, STRONG, led_by=holder), holder, STRONG)
    assert (choice.lead, choice.challenger, choice.event) == (holder, None, None)


@pytest.mark.parametrize("what", ["duplicate", "withdrawn", "elsewhere"])
def test_a_lead_that_became_unavailable_is_replaced_at_once(what: str):
    holder = STRONG
    known = story(holder, WEAK, led_by=holder)
    if what == "duplicate":
        twin = replace(holder, duplicate_of=WEAK.id)
        choice = choose(known, twin, WEAK)
    elif what == "withdrawn":
        choice = choose(known, holder, WEAK, gone=(holder,))
    else:
        choice = choose(replace(known, members=(WEAK.id,)), WEAK)
    assert choice.lead == WEAK
    assert choice.event is not None


def test_a_story_of_nothing_but_what_is_gone_keeps_its_lead():
    choice = choose(story(STRONG, led_by=STRONG), STRONG, gone=(STRONG,))
    assert (choice.lead, choice.event) == (STRONG, None)


def test_what_an_editor_says_comes_first():
    choice = choose(
        story(STRONG, WEAK, led_by=STRONG), STRONG, WEAK, told=WEAK, gone=(WEAK,)
    )
    assert choice.lead == WEAK
    assert choice.event is not None
    assert choice.event.why.endswith("an editor chose it")


def test_an_original_is_preferred_to_a_better_copy_of_it():
    original = good_article("o", "agency.example", authors=())
    copy = good_article("c", "paper.example")
    told = (reprint(copy, original),)
    assert points(copy) > points(original)
    assert choose(story(original, copy), original, copy, copies=told).lead == original


def test_an_original_need_be_only_a_little_better_than_its_copy_that_leads():
    copy = good_article("c", "paper.example")
    original = good_article("o", "agency.example", authors=())
    told = reprint(copy, original)
    margin = points(original) - points(copy, told)
    assert lead.CLOSE_CHALLENGE <= margin < CHALLENGE
    known = story(copy, original, led_by=copy)
    assert choose(known, copy, original, copies=(told,)).challenger == original.id


@pytest.mark.parametrize(
    "worse",
    [
        replace(
            STRONG,
            id=ArticleId("x"),
            reading=replace(STRONG.reading, paywall=("it says so",)),
        ),
        replace(
            STRONG,
            id=ArticleId("x"),
            reading=replace(STRONG.reading, type=ArticleType.LIVE_BLOG),
        ),
        replace(
            STRONG,
            id=ArticleId("x"),
            reading=replace(STRONG.reading, type=ArticleType.PRESS_RELEASE),
        ),
        replace(
            STRONG,
            id=ArticleId("x"),
            reading=replace(STRONG.reading, published_at=NOW + hours(9)),
        ),
        replace(
            STRONG,
            id=ArticleId("x"),
            provider=replace(STRONG.provider, kind=ProviderKind.WIRE),
        ),
    ],
    ids=["paywalled", "live blog", "release", "no time", "wire"],
)
def test_what_a_reader_can_open_and_trust_stands_better(worse: Article):
    assert choose(story(worse, STRONG), worse, STRONG).lead == STRONG


def test_a_standing_adds_up():
    paid = replace(STRONG, reading=replace(STRONG.reading, paywall=("it says so",)))
    found = lead.standing(paid, quality.scored(paid))
    assert found.rule == "lead/1"
    assert sum(part.points for part in found.parts) == found.value
    assert [part.name for part in found.parts] == ["quality", "paywall"]


def test_a_story_that_readers_do_not_see_has_no_lead_to_defend():
    thin = article("thin", "thin.example", text="Short. " * 30)
    held = judge.judged(
        [story(thin)], {thin.id: thin}, Rules(), has_topics=False
    ).stories[0]
    assert held.lead == thin
    assert held.story.lead is None
    grown = replace(held.story, members=(thin.id, STRONG.id))
    both = {thin.id: thin, STRONG.id: STRONG}
    shown = judge.judged([grown], both, Rules(), has_topics=False)
    assert shown.stories[0].story.lead == STRONG.id
    assert shown.events == ()


def test_a_change_of_lead_is_told_with_its_reason():
    holder = poorer(STRONG, CHALLENGE)
    shown = Rules(threshold=points(holder) - 5)
    known = replace(
        story(holder, STRONG, led_by=holder), challenger=STRONG.id, challenged_at=NOW
    )
    later = replace(article("z"), first_seen_at=NOW + HOLD)  # other news came in
    here = {holder.id: holder, STRONG.id: STRONG, later.id: later}
    done = judge.judged([known], here, shown, has_topics=False)
    assert done.stories[0].story.lead == STRONG.id
    assert [event.at for event in done.events] == [NOW + HOLD]
    fixed = judge.judged(
        [known], here, shown, has_topics=False, leads={known.id: holder.id}
    )
    assert fixed.stories[0].story.lead == holder.id
