from dataclasses import replace

from makers import NOW, article, good_article
from newsdesk.model.article import TopicHit
from newsdesk.model.site import Rules
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import judge, lead, quality

ON_TOPIC = (TopicHit(topic="ai", strength=1.0, evidence=("AI",)),)


def judged(*articles, rules=Rules(), has_topics=False, led_by=None):  # noqa: B008
    story = Story(
        id=StoryId("s1"), members=tuple(a.id for a in articles), lead=led_by,
        first_at=NOW, changed_at=NOW,
    )  # fmt: skip
    by_id = {a.id: a for a in articles}
    return judge.judged([story], by_id, rules, has_topics=has_topics).stories[0]


def test_the_best_article_leads_and_others_follow_one_a_provider():
    best = good_article("1", "a.example")
    again = good_article("2", "a.example", authors=())
    thin = article("3", "b.example", text="Ana Ruiz said so on Monday. " * 10)
    bare = article("4", "c.example", text="")
    story = judged(bare, thin, again, best)
    assert story.lead == best
    assert [a.id for a in story.related] == ["3", "4"]
    assert [a.id for a in story.more] == ["2"]
    assert story.provider_count == 3


def test_a_lead_is_kept_until_another_is_clearly_better():
    holder = good_article("1", "a.example", authors=())
    better = good_article("2", "b.example")
    margin = quality.scored(better).value - quality.scored(holder).value
    assert 0 < margin < lead.CHALLENGE
    assert judged(holder, better, led_by=holder.id).lead == holder
    assert judged(holder, better).lead == better


def test_a_clearly_better_article_takes_the_lead_over():
    holder = article("1", text="")
    assert (
        judged(holder, good_article("2", "b.example"), led_by=holder.id).lead.id == "2"
    )


def test_quality_at_the_threshold_is_published_and_below_is_held_with_its_reason():
    good = good_article("1", "a.example")
    points = quality.scored(good).value
    assert judged(good, rules=Rules(threshold=points)).verdict.is_published
    held = judged(good, rules=Rules(threshold=points + 1)).verdict
    assert not held.is_published
    assert held.reason == (f"quality {points} is below the threshold of {points + 1}")


def test_a_topic_has_a_threshold_of_its_own():
    good = replace(good_article("1", "a.example"), topics=ON_TOPIC)
    rules = Rules(threshold=100, thresholds=(("ai", 10),))
    assert judged(good, rules=rules, has_topics=True).verdict.is_published


def test_what_belongs_to_no_topic_is_held():
    good = good_article("1", "a.example")
    verdict = judged(good, has_topics=True).verdict
    assert verdict.reason == "belongs to no topic of the site"
    assert judged(good, has_topics=False).verdict.is_published


def test_a_story_without_members_at_hand_is_left_out():
    story = Story(id=StoryId("s"), members=(), first_at=NOW, changed_at=NOW)
    assert judge.judged([story], {}, Rules(), has_topics=False).stories == ()
