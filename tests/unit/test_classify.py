from makers import reading
from newsdesk.model.site import Topic
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
