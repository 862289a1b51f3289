from fakes import WordDirections
from makers import NOW, article, reading
from newsdesk.config import heads
from newsdesk.model.site import Topic
from newsdesk.model.topic_heads import TopicHead
from newsdesk.stages import classify

AI = Topic(id="ai", name="AI", keywords=("AI", "artificial intelligence"))
VISION = Topic(
    id="computer-vision", name="Computer vision", parent="AI",
    keywords=("computer vision", "face recognition"), position=1,
)  # fmt: skip
FACES = Topic(
    id="faces", name="Faces", parent="Computer vision",
    keywords=("face recognition",), excluded=("facelift",), position=2,
)  # fmt: skip
TOPICS = (AI, VISION, FACES)


def found(title: str = "", given: tuple[str, ...] = (), **more: object) -> list[str]:
    read = reading(title=title, excerpt="", **more)
    hits = classify.topics(read, given, classify.classifier(TOPICS))
    return [hit.topic for hit in hits]


def test_a_keyword_in_the_headline_makes_a_topic_with_its_parents_root_last():
    assert found("Face recognition at the gate") == ["faces", "computer-vision", "ai"]


def test_a_passing_mention_in_the_text_makes_no_topic():
    assert found("Harvest", text="It uses computer vision. " + "word " * 300) == []


def test_three_mentions_in_the_text_make_a_topic():
    text = "Computer vision here. Computer vision there. Computer vision again."
    assert found("Harvest", text=text) == ["computer-vision", "ai"]


def test_an_acronym_matches_only_in_capitals_and_as_a_word():
    assert found("What AI learnt") == ["ai"]
    assert found("Kai ai said: maintain") == []


def test_plurals_hyphens_and_possessives_are_the_same_word():
    assert found("Computer-vision's day") == ["computer-vision", "ai"]


def test_an_excluded_word_rules_a_topic_out():
    assert "faces" not in found("Face recognition after a facelift")


def test_a_required_word_must_be_there_too():
    apple = Topic(id="apple", name="Apple", keywords=("apple",), required=("iphone",))
    with_ = classify.classifier((apple,))
    assert classify.topics(reading(title="Apple pie"), (), with_) == ()
    once = reading(title="Apple pie", text="She took a picture with her iPhone.")
    assert classify.topics(once, (), with_) == ()
    assert classify.topics(reading(title="Apple iPhone"), (), with_)[0].topic == "apple"


def test_a_source_vouches_for_its_topics_and_the_evidence_says_so():
    hits = classify.topics(
        reading(title="Nothing"), ("computer-vision",), classify.classifier(TOPICS)
    )
    assert [(h.topic, h.evidence) for h in hits] == [
        ("computer-vision", ("source",)),
        ("ai", ("child: computer-vision",)),
    ]


def test_a_site_without_topics_finds_none():
    assert classify.topics(reading(), (), classify.classifier(())) == ()


def test_the_evidence_says_which_word_stands_where():
    read = reading(title="Computer vision", excerpt="", text="Computer vision.")
    hits = classify.topics(read, (), classify.classifier(TOPICS))
    assert hits[0].evidence == ("computer vision (headline, text)",)


# With vectors: what a text reads like counts, too.

SPACE = WordDirections("kitchen pie oven", "robot arm gripper", "match goal")
COOKING = Topic(id="cooking", name="Kitchen", keywords=("pie", "oven"))
ROBOTS = Topic(id="robots", name="Robot", keywords=("gripper", "Zeta"), position=1)


def judged(title: str, *topics: Topic, vectors=SPACE, taught=None, **more):
    ready = classify.classifier(topics or (COOKING, ROBOTS), vectors, taught)
    one = article(reading=reading(title=title, excerpt="", text="", **more))
    (found,) = classify.classified([one], {}, ready)
    return found


def test_a_text_without_any_keyword_is_told_by_what_it_reads_like():
    hits = judged("A robot and its arm").topics
    assert [hit.topic for hit in hits] == ["robots"]
    assert hits[0].evidence[0].startswith("reads like Robot: ")


def test_a_keyword_in_a_text_that_reads_like_something_else_is_not_enough():
    word = Topic(id="word", name="Word", keywords=("zest",), description="pie oven")
    assert judged("A match with zest", word).topics == ()
    keywords_alone = judged("A match with zest", word, vectors=None)
    assert [hit.topic for hit in keywords_alone.topics] == ["word"]


def test_a_rare_word_says_more_than_one_that_news_is_full_of():
    assert classify.rarity("DeepMind") == 1
    assert classify.rarity("state of the art") == 1
    assert classify.rarity("game") < 0.5
    assert classify.rarity("the") < classify.rarity("president") < 0.2


def test_what_is_off_topic_names_the_topic_it_came_nearest_to():
    miss = judged("A goal in the kitchen: match, goal, goal, goal").near_miss
    assert miss is not None
    assert (miss.topic, miss.strength < 0.5) == ("cooking", True)
    assert judged("A gripper robot").near_miss is None


def test_a_near_miss_says_what_barred_it():
    barred = Topic(id="pies", name="Pie", keywords=("pie",), excluded=("oven",))
    miss = judged("Pie from the oven", barred).near_miss
    assert miss is not None
    assert (miss.evidence[-1], miss.strength < 0.5) == ("excluded: oven", True)


def test_a_language_that_the_vectors_do_not_know_is_judged_by_keywords():
    assert judged("A robot and its arm", language="de").topics == ()
    assert judged("Ein Gripper", language="de").topics[0].topic == "robots"


def test_examples_draw_a_topic_towards_them():
    bare = Topic(id="sport", name="Sport", keywords=("stadium",))
    shown = Topic(
        id="sport", name="Sport", keywords=("stadium",), examples=("match goal",)
    )
    assert judged("Goal in the match", bare).topics == ()
    assert judged("Goal in the match", shown).topics != ()


def test_what_was_learnt_counts_and_is_told_with_its_version():
    away = TopicHead(topic="robots", weights=(0, -15.0, 0), bias=0, yes=2, no=9)
    taught = heads.made((away,), SPACE.version, NOW)
    found = judged("A robot and its arm", taught=taught)
    assert found.topics == ()
    assert found.near_miss is not None
    (told,) = [one for one in found.near_miss.evidence if taught.version in one]
    assert told.startswith("learnt, ")


def test_what_was_taught_in_another_space_is_left_out():
    away = TopicHead(topic="robots", weights=(0, -15.0, 0), bias=0, yes=2, no=9)
    taught = heads.made((away,), "another space", NOW)
    assert judged("A robot and its arm", taught=taught).topics != ()


def test_the_order_of_articles_changes_nothing():
    ready = classify.classifier((COOKING, ROBOTS), SPACE)
    several = [
        article(name, reading=reading(title=title))
        for name, title in (("1", "Robot arm"), ("2", "Pie"), ("3", "Goal"))
    ]
    there = classify.classified(several, {}, ready)
    back = classify.classified(several[::-1], {}, ready)
    assert there == back[::-1]
