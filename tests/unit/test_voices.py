import io

from rich.console import Console

from makers import NOW, article, at, good_article
from newsdesk.cli import voices
from newsdesk.model.article import ArticleId
from newsdesk.model.site import Rules
from newsdesk.model.story import Copy, CopyKind, Story, StoryId
from newsdesk.stages import judge

OWN, REPRINT, WIRE = (
    good_article("1", "a.example"),
    at(good_article("2", "b.example"), 1),
    at(article("3", "c.example"), 2),
)
COPIES = (
    Copy(
        article=ArticleId("2"), original=ArticleId("1"), source="a.example",
        kind=CopyKind.REPRINT, share=0.9, evidence=("90% [of] its text",),
    ),
    Copy(
        article=ArticleId("3"), source="agency.example", kind=CopyKind.WIRE,
        evidence=("dateline",),
    ),
)  # fmt: skip


def story(*copies):
    members = {a.id: a for a in (OWN, REPRINT, WIRE)}
    made = Story(id=StoryId("s1"), members=tuple(members), first_at=NOW, changed_at=NOW)
    judged = judge.judged([made], members, Rules(), has_topics=False, copies=copies)
    return judged.stories[0]


def printed(judged):
    out = io.StringIO()
    voices.tell(Console(file=out, width=120), judged)
    return out.getvalue()


def test_explain_counts_articles_providers_and_independent_origins():
    first = printed(story(*COPIES)).splitlines()[0]
    assert first == (
        "3 articles of 3 providers, 2 independent origins: a.example, agency.example"
    )


def test_explain_shows_each_copy_with_its_original_and_evidence():
    told = printed(story(*COPIES))
    assert "90% [of] its text" in told
    assert "agency.example (not at hand)" in told
    assert "A" in told and "reprint" in told and "wire copy" in told


def test_a_story_without_copies_shows_no_table():
    told = printed(story())
    assert told.splitlines() == [
        "3 articles of 3 providers, 3 independent origins: "
        "a.example, b.example, c.example"
    ]


def test_machines_are_told_the_same():
    row = voices.row(story(*COPIES))
    assert row["origin_count"] == 2
    assert row["origins"][0] == {
        "source": "a.example",
        "articles": ["1", "2"],
        "own": 1,
    }
    assert [one["original"] for one in row["copies"]] == ["1", None]
