"""What a person types to decide what readers see, and what is said in return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desks import Desk
from makers import NOW, hours
from newsdesk import config
from newsdesk.cli import deciding, looking
from newsdesk.store import open_store

SITE = 'title = "T"\nurl = "https://news.example/"\n'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "site.toml").write_text(SITE)
    folder = tmp_path / "content/_data/topics"
    folder.mkdir(parents=True)
    (folder / "00-law.yaml").write_text(
        'taxonomy: topic\n_id: law\nname: "Law"\nkeywords:\n  - court\n'
    )
    with open_store(tmp_path / ".newsdesk") as opened:
        made = Desk(opened)
        topics = config.load(tmp_path).topics
        made.site = replace(made.site, folder=tmp_path, topics=topics)
        made.run()
        yield made


def typed(desk: Desk, *words: str, command=deciding.decide, later: float = 0) -> Result:
    now = [] if command is looking.explain else ["--now", str(NOW + hours(later))]
    more = ["--site", str(desk.site.folder), *now]
    return CliRunner().invoke(command, [*words, *more])


def decide(desk: Desk, kind: str, *words: str, later: float = 0) -> str:
    given = (kind, desk.record("court"), *words, "--why", "So.", "--by", "Ada")
    made = typed(desk, *given, later=later)
    assert made.exit_code == 0, made.output
    desk.site = replace(desk.site, decisions=config.load(desk.site.folder).decisions)
    return made.output


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("approve", (), "publishes"),
        ("hold", ("--until", "2026-02-20T06:00:00Z"), "until 2026-02-20 06:00 UTC."),
        ("reject", (), "readers never see it, nor hear of it."),
        ("withdraw", (), "its page says so."),
        ("expire", (), "off the front page; its page stays."),
        ("pin", ("--place", "2"), "in place 2 of the front page."),
        ("edit", ("--title", "Orbane must pay"), "shows what you wrote"),
        ("topic", ("--add", "law"), "these topics"),
    ],
)
def test_a_decision_is_written_and_what_comes_of_it_is_said(desk, kind, words, said):
    told = decide(desk, kind, *words)
    assert f"Wrote content/_data/decisions/2026-02-19-{kind}-court-fines" in told
    assert said in told
    (one,) = desk.site.decisions
    assert (one.kind, one.story, one.by) == (kind, desk.story("court"), "Ada")
    desk.run()
    ruling = desk.opened.store.rulings()[one.story]
    assert [each.decision for each in ruling.said] == [one.id]


def test_what_a_decision_overrules_is_said_and_stays_to_be_seen(desk):
    decide(desk, "hold")
    told = decide(desk, "approve", later=1)
    assert "It overrules 2026-02-19-hold-court-fines" in told
    assert "(hold, by Ada: So.)" in told
    desk.run(1)
    assert desk.record("court") in desk.shown()
    told = typed(desk, desk.record("court"), command=looking.explain).output
    assert "hold, overruled" in told
    assert "Published: approved by Ada: So (decision)." in told
    told = typed(desk, command=looking.status, later=1).output
    assert "2 of 2 decisions hold" in told
    assert "is overruled by a later one" in told


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("hold", ("--place", "1"), "--place does not go with hold"),
        ("hold", ("more",), "hold takes a story and nothing else"),
        ("edit", (), "give --title, --excerpt or both"),
        ("topic", (), "give --add or --remove"),
        ("topic", ("--add", "magic"), "the site has no topic 'magic'; known are law"),
        ("topic", ("--add", "law", "--remove", "law"), "law stands with --add and"),
        ("merge", (), "after the story, give the stories that become part of it"),
    ],
)
def test_what_does_not_go_together_is_said_and_writes_nothing(desk, kind, words, said):
    made = typed(desk, kind, desk.record("court"), *words, "--why", "So.")
    assert made.exit_code != 0
    assert said in made.output
    assert not (desk.site.folder / "content/_data/decisions").exists()
