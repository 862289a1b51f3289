"""What editors say of topics, and what is learnt from it."""

import numpy as np

from fakes import WordDirections
from makers import NOW, article, hours, reading
from newsdesk.config import heads as files
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.site import Topic
from newsdesk.model.story import Story, StoryId
from newsdesk.stages import classify, topic_heads, topic_labels, topic_report
from newsdesk.stages.classify import classifier

SPACE = WordDirections("robot arm gripper", "vacuum deal price", "kitchen")
AI = Topic(id="ai", name="AI", keywords=("AI",))
ROBOTS = Topic(id="robots", name="Robot", parent="AI", keywords=("robot",))
TOPICS = (AI, ROBOTS)
TITLES = {
    "y1": "Robot arm learns",
    "y2": "A robot with a gripper",
    "y3": "Gripper of a robot arm",
    "n1": "Robot vacuum deal",
    "n2": "Vacuum robot price",
    "n3": "Deal: robot vacuum",
}
ARTICLES = tuple(
    article(name, reading=reading(title=title, excerpt="", text=""))
    for name, title in TITLES.items()
)
STORIES = tuple(
    Story(id=StoryId(f"s{name}"), members=(name,), first_at=NOW, changed_at=NOW)
    for name in TITLES
)


def said(name, *, add=(), remove=(), after=0.0):
    return Decision(
        id=f"{name}-{after:g}", kind=DecisionKind.TOPIC, story=StoryId(f"s{name}"),
        add=add, remove=remove, by="Ada", at=NOW + hours(after), why="It is so.",
    )  # fmt: skip


DECISIONS = [
    said(name, **({"add": ("robots",)} if name[0] == "y" else {"remove": ("robots",)}))
    for name in TITLES
]


def labelled(*decisions):
    now = NOW + hours(9)
    return topic_labels.labels(decisions, STORIES, ARTICLES, TOPICS, now)


def test_a_topic_given_brings_those_above_it_and_one_taken_those_below():
    assert labelled(said("y1", add=("robots",)))["y1"] == {"robots": True, "ai": True}
    assert labelled(said("n1", remove=("ai",)))["n1"] == {"ai": False, "robots": False}


def test_the_later_of_two_decisions_labels():
    two = said("y1", add=("robots",)), said("y1", remove=("robots",), after=1)
    assert labelled(*two)["y1"]["robots"] is False


def test_a_few_decisions_turn_what_keywords_say():
    before = classifier(TOPICS, SPACE)
    fresh = reading(title="Robot vacuum at a price", excerpt="", text="")
    learnt = topic_labels.heads(ARTICLES, labelled(*DECISIONS), TOPICS, SPACE)
    assert [(head.topic, head.yes, head.no) for head in learnt] == [("robots", 3, 3)]
    after = classifier(TOPICS, SPACE, files.made(learnt, SPACE.version, NOW))
    assert [hit.topic for hit in classify.topics(fresh, (), before)] == ["robots", "ai"]
    assert classify.topics(fresh, (), after) == ()
    arm = reading(title="Robot arm", excerpt="", text="")
    assert classify.topics(arm, (), after)[0].topic == "robots"


def test_decisions_of_one_kind_teach_nothing():
    only = [one for one in DECISIONS if one.add]
    assert topic_labels.heads(ARTICLES, labelled(*only), TOPICS, SPACE) == ()


def test_articles_about_a_topic_bring_in_those_that_are_written_like_them():
    titles = [f"Robot gripper {n}" for n in range(12)] + ["Kitchen deal"] * 12
    recent = [
        article(f"r{n}", reading=reading(title=title, excerpt="", text=""))
        for n, title in enumerate(titles)
    ]
    lone = WordDirections("robot", "gripper", "kitchen deal")
    (learnt,) = topic_labels.heads(recent, {}, (ROBOTS,), lone)
    assert (learnt.articles, learnt.yes, learnt.no) == (12, 0, 0)
    taught = files.made((learnt,), lone.version, NOW)
    words = reading(title="A gripper", excerpt="", text="")
    before, after = (
        classify.judge([words], classifier((ROBOTS,), lone, one))[0][0]
        for one in (None, taught)
    )
    assert not before.is_about
    assert after.logit > before.logit + 3
    rest = reading(title="A kitchen deal", excerpt="", text="")
    assert not classify.topics(rest, (), classifier((ROBOTS,), lone, taught))


def test_few_articles_teach_nothing():
    assert topic_labels.heads(ARTICLES, {}, TOPICS, SPACE) == ()


def test_the_order_of_decisions_and_articles_changes_no_digit():
    there = topic_labels.heads(ARTICLES, labelled(*DECISIONS), TOPICS, SPACE)
    turned = labelled(*DECISIONS[::-1])
    back = topic_labels.heads(ARTICLES[::-1], turned, TOPICS, SPACE)
    assert there == back


def test_a_head_settles_however_far_off_its_start_is():
    rows = np.eye(6, dtype=np.float32)
    found = topic_heads.head("x", rows, [-25.0] * 6, [True] * 5 + [False])
    assert found is None
    found = topic_heads.head("x", rows, [-25.0] * 6, [True] * 4 + [False] * 2)
    assert found is not None
    logits = [-25 + found.bias + weight for weight in found.weights]
    assert min(logits[:4]) > max(logits[4:])
    assert max(map(abs, logits)) < 30


def test_what_was_learnt_is_read_as_it_was_written(tmp_path):
    learnt = topic_labels.heads(ARTICLES, labelled(*DECISIONS), TOPICS, SPACE)
    made = files.made(learnt, SPACE.version, NOW)
    path = files.write(tmp_path, made)
    assert files.read(tmp_path, "content") == (made, [])
    before = path.read_bytes()
    files.write(tmp_path, made)
    assert path.read_bytes() == before
    assert files.made(learnt, SPACE.version, NOW + hours(1)).version == made.version


def test_a_damaged_file_is_a_problem_that_says_what_to_do(tmp_path):
    (tmp_path / "_data").mkdir()
    for text in (
        "{",
        "[]",
        '{"heads": {"a": {}}}',
        '{"heads": {"a": {"weights": "x"}}}',
    ):
        (tmp_path / files.FILE).write_text(text)
        found, (problem,) = files.read(tmp_path, "content")
        assert found is None
        assert "train anew" in problem.reason
        assert problem.path == "content/_data/topic-heads.json"


def test_a_report_counts_keywords_and_weighs_decisions():
    robots = topic_report.report(ARTICLES, labelled(*DECISIONS), classifier(TOPICS))[1]
    assert (robots.articles, robots.yes, robots.no, robots.missed) == (6, 3, 3, 0)
    assert robots.precision == 0.5
    (word,) = robots.keywords
    assert (word.keyword, word.articles, word.precision) == ("robot", 6, 0.5)


def test_a_report_suggests_words_that_tell_accepted_from_rejected():
    robots = topic_report.report(ARTICLES, labelled(*DECISIONS), classifier(TOPICS))[1]
    assert "vacuum" in robots.to_exclude
    assert set(robots.to_require) <= {"arm", "gripper"} != set()
    assert "robot" not in (*robots.to_exclude, *robots.to_require, *robots.to_add)


def test_a_report_names_topics_that_take_the_same_articles_but_not_parents():
    twin = Topic(id="twin", name="Twin", keywords=("robots", "android"))
    ai, robots, other = topic_report.report(ARTICLES, {}, classifier((*TOPICS, twin)))
    assert ai.collisions == ()
    (collision,) = robots.collisions
    assert (collision.topic, collision.articles) == ("twin", 6)
    assert collision.keywords == ("robots",)
    assert [one.topic for one in other.collisions] == ["robots"]


def test_a_report_without_articles_or_decisions_is_empty_not_wrong():
    for one in topic_report.report((), {}, classifier(TOPICS)):
        assert (one.articles, one.precision, one.to_add) == (0, None, ())
