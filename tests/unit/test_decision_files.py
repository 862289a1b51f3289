"""Decisions as files: read strictly, written so that they are read the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.config import decisions, load
from newsdesk.model.decision import Decision, DecisionKind
from newsdesk.model.errors import ConfigError
from newsdesk.model.story import StoryId

AT = datetime(2026, 2, 19, 6, tzinfo=UTC)
MERGE = """\
# Court fines Orbane
decision: merge
story: s1234567890123456
stories:
  - s000e000000000001
by: Ada
at: 2026-02-19T07:00:00+01:00
why: Both tell of the same ruling.
"""
PATH = "content/_data/decisions/2026-02-19-merge-a.yaml"


def problems(text: str) -> list[str]:
    found = decisions.parse(PATH, text.encode())
    assert isinstance(found, list)
    return [str(one).removeprefix(PATH).lstrip(":") for one in found]


def test_a_file_is_the_decision_that_it_says():
    assert decisions.parse(PATH, MERGE.encode()) == Decision(
        id="2026-02-19-merge-a",
        kind=DecisionKind.MERGE,
        story=StoryId("s1234567890123456"),
        stories=(StoryId("s000e000000000001"),),
        by="Ada",
        at=AT,
        why="Both tell of the same ruling.",
    )


def test_one_article_needs_no_list_and_ids_of_digits_stay_texts():
    text = (
        "decision: lead\nstory: s1\narticles: 0123456789012345\n"
        "by: Ada\nat: 2026-02-19T06:00:00\nwhy: Better.\nexpires: 2026-03-01\n"
    )
    found = decisions.parse(PATH, text.encode())
    assert isinstance(found, Decision)
    assert found.articles == ("0123456789012345",)
    assert found.at == AT
    assert found.expires_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert not found.holds(found.expires_at)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (MERGE.replace("stories:", "storys:"), "4: unknown key `storys`; did you mean"),
        (MERGE + "mood: calm\n", "9: unknown key `mood`; known are `decision`"),
        (MERGE.replace("merge", "marge"), "2: there is no decision `marge`; did you"),
        (MERGE.replace("by: Ada\n", ""), " `by` is missing"),
        (MERGE.replace("by: Ada", "by:"), "6: `by` must be one text"),
        (MERGE + "by: Bob\n", "9: `by` stands here twice"),
        (MERGE.replace("merge", "lead"), "2: `articles` is missing: what to lead"),
        (MERGE.replace("merge", "lead"), "4: `stories` does not go with"),
        (
            MERGE.replace("2026-02-19T07:00:00+01:00", "soon"),
            "7: `at` must be an instant",
        ),
        (MERGE + f"expires: {'9' * 2000}\n", "9: `expires` is longer than"),
        ("- merge\n", "1: a decision is a list of keys"),
        ("decision: [merge\n", "2: not YAML"),
        ("[" * 50_000, "1: not YAML"),
        ("", "1: a decision is a list of keys"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(text: str, problem: str):
    assert [one for one in problems(text) if one.startswith(problem)], problems(text)


def test_a_lead_is_one_article():
    text = (
        "decision: lead\nstory: s1\narticles: [a, b]\nby: A\nat: 2026-02-19\nwhy: B\n"
    )
    assert problems(text) == ["3: one article leads a story, not several"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a" * 200_000])
def test_bytes_that_are_no_text_or_too_many_are_a_problem(data: bytes):
    assert isinstance(decisions.parse(PATH, data), list)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("pin\nstory: s1\nplace: 2", {"place": 2}),
        ("edit\nstory: s1\ntitle: Two", {"title": "Two"}),
        ("topic\nstory: s1\nadd: ai\nremove: [a, b]", {"remove": ("a", "b")}),
        ("topic\narticles: a1\nadd: ai", {"story": "", "articles": ("a1",)}),
        ("hold\nstory: s1", {"kind": DecisionKind.HOLD}),
    ],
)
def test_each_kind_has_keys_of_its_own(said: str, expected: dict[str, object]):
    text = f"decision: {said}\nby: A\nat: 2026-02-19\nwhy: B\n"
    found = decisions.parse(PATH, text.encode())
    assert isinstance(found, Decision)
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("hold", "1: `story` is missing"),
        ("hold\nstory: s1\nplace: 1", "3: `place` does not go with `decision: hold`"),
        ("pin\nstory: s1\nplace: 0", "3: `place` must be a whole number, 1 for"),
        ("edit\nstory: s1", "1: `title` or `excerpt` is missing"),
        ("topic\nadd: ai", "1: `story` or `articles` is missing"),
        ("topic\nstory: s1", "1: `add` or `remove` is missing"),
        (
            "topic\nstory: s1\nadd: ai\nremove: ai",
            "4: `ai` stands under `add` and `remove`",
        ),
    ],
)
def test_what_a_kind_lacks_is_said_with_its_line(said: str, problem: str):
    text = f"decision: {said}\nby: A\nat: 2026-02-19\nwhy: B\n"
    assert [one for one in problems(text) if one.startswith(problem)], problems(text)


words = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
OF_KIND = {
    "merge": {"stories": ("s1", "sÅ")},
    "split": {"articles": ("a1",)},
    "move": {"articles": ("a1", "a2")},
    "lead": {"articles": ("a1",)},
    "pin": {"place": 3},
    "topic": {"add": ("ai", "3d"), "remove": ("law",)},
}


@given(st.sampled_from(DecisionKind), words, words, st.booleans())
def test_what_is_written_is_read_the_same(kind, by, why, expires):
    names = OF_KIND.get(kind, {})
    if kind == "edit":
        names = {"title": by, "excerpt": why}
    one = Decision(
        id="2026-02-19-merge-a",
        kind=kind,
        story=StoryId("s0000"),
        by=by,
        at=AT,
        why=why,
        expires_at=AT if expires else None,
        **names,
    )
    text = decisions.text(one, ["A headline:\nin two lines"])
    data = text.encode("utf-8", "backslashreplace")
    assert decisions.parse(PATH, data) == one


def test_a_new_file_never_replaces_another(tmp_path: Path):
    one = decisions.parse(PATH, MERGE.encode())
    assert isinstance(one, Decision)
    names = [decisions.add(tmp_path, one).name for _ in range(3)]
    assert names == [f"2026-02-19-merge-a{more}.yaml" for more in ("", "-2", "-3")]
    read, wrong = decisions.read(tmp_path, "content")
    assert [each.id for each in read] == [name.removesuffix(".yaml") for name in names]
    assert wrong == []


def test_a_name_says_day_kind_and_story():
    name = decisions.name(DecisionKind.SPLIT, AT, "Court fines Orbane, again")
    assert name == "2026-02-19-split-court-fines-orbane-again"


def test_a_site_holds_its_decisions_and_names_the_file_that_is_wrong(tmp_path: Path):
    (tmp_path / "site.toml").write_text('title = "T"\nurl = "https://news.example/"\n')
    folder = tmp_path / "content/_data/decisions"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(MERGE)
    (folder / "notes.txt").write_text("not ours")
    assert [one.id for one in load(tmp_path).decisions] == ["a"]
    (folder / "b.yaml").write_text(MERGE.replace("why", "wy"))
    with pytest.raises(ConfigError, match=r"decisions/b.yaml:8: unknown key `wy`; did"):
        load(tmp_path)
