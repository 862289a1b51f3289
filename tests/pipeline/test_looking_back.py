"""The commands that look back: past front pages, numbers worked out again, other rules."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from desks import Desk
from makers import NOW
from newsdesk.cli.looking import explain
from newsdesk.cli.receipts import receipts
from newsdesk.cli.replaying import replay
from newsdesk.cli.ruling import rules
from newsdesk.model.errors import ConfigError
from newsdesk.store import open_store
from site_folders import LEAST, site

RULES = "[rules]\nthreshold = 20\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that ran twice, an editor's word between."""
    folder = site(tmp_path_factory.mktemp("kept"), LEAST + RULES)
    with open_store(folder / ".newsdesk") as opened:
        desk = Desk(opened)
        for hour in (0, 1):
            desk.run(hour)
            (folder / f"page-{hour}.html").write_bytes(desk.public.files["index.html"])
            desk.say("hold", desk.story("court"))
    return folder


@pytest.fixture
def folder(kept: Path) -> Path:
    site(kept, LEAST + RULES)
    return kept


def said(command: click.Command, folder: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(command, [*words, "--site", str(folder)])
    assert result.exit_code == code, result.output
    return result


# --- replay ------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "hour"), [("2026-02-19T06:59", 0), ("2026-02-20", 1)])
def test_a_past_front_page_is_written_as_it_was(
    folder: Path, tmp_path: Path, at: str, hour: int
) -> None:
    said(replay, folder, "--at", at, "--to", str(tmp_path / "then"))
    written = (tmp_path / "then/index.html").read_bytes()
    assert written == (folder / f"page-{hour}.html").read_bytes()
    assert (tmp_path / "then/api/news/index.json").exists()


def test_another_instant_may_go_into_the_same_folder(
    folder: Path, tmp_path: Path
) -> None:
    for at, hour in (("2026-02-20", 1), ("2026-02-19T06:00", 0)):
        said(replay, folder, "--at", at, "--to", str(tmp_path))
        written = (tmp_path / "index.html").read_bytes()
        assert written == (folder / f"page-{hour}.html").read_bytes()


def test_who_stood_where_is_told_to_machines(folder: Path) -> None:
    told = json.loads(said(replay, folder, "--at", "2026-02-19T06:00", "--json").stdout)
    assert (told["edition"], told["run"], told["now"]) == (1, 1, NOW.isoformat())
    assert {one["provider"] for one in told["front"]} == {
        "court.example",
        "flood.example",
    }
    assert "index.html" in told["files"]


def test_an_instant_before_the_first_edition_says_from_when_on(folder: Path) -> None:
    result = said(replay, folder, "--at", "2020-01-01", code=1)
    assert "they are from 2026-02-19 06:00:00 UTC on" in result.output


def test_the_editions_that_are_kept_are_listed(folder: Path) -> None:
    result = said(replay, folder, "--list")
    assert "2026-02-19 07:00:00 UTC" in result.output
    assert "2 editions are kept" in result.output
    since = said(replay, folder, "--list", "--since", "2026-02-19T06:30", "--json")
    assert [one["edition"] for one in json.loads(since.stdout)["editions"]] == [2]


def test_the_sites_own_folder_is_not_overwritten(folder: Path) -> None:
    words = ("--at", "2026-02-20", "--to", str(folder / "public"))
    assert "is the site's own" in said(replay, folder, *words, code=1).output


@pytest.mark.parametrize("words", [(), ("--list", "--at", "now")])
def test_it_must_be_said_what_to_replay(folder: Path, words: tuple[str, ...]) -> None:
    said(replay, folder, *words, code=2)


def test_a_time_of_yesterday_is_understood(folder: Path) -> None:
    result = said(replay, folder, "--at", "yesterday 09:00")
    assert "Edition 2" in result.output
    said(replay, folder, "--at", "yesterday 25:00", code=2)


# --- receipts ----------------------------------------------------------------------------


def test_all_numbers_come_out_the_same(folder: Path) -> None:
    result = said(receipts, folder, "check")
    assert "all the same." in result.output


def test_a_number_that_was_changed_in_the_store_is_found(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    site(copy_of(folder, copy), LEAST + RULES)
    with open_store(copy / ".newsdesk") as opened, opened.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE bodies SET packed = (SELECT packed FROM bodies WHERE kind = 'entry')"
            " WHERE kind = 'article'"
        )
    told = json.loads(said(receipts, copy, "check", "--json", code=1).stdout)
    assert {one["what"].split()[0] for one in told["differences"]} >= {"quality"}


def copy_of(folder: Path, to: Path) -> Path:
    (to / ".newsdesk").mkdir(parents=True)
    for file in (folder / ".newsdesk").iterdir():
        (to / ".newsdesk" / file.name).write_bytes(file.read_bytes())
    return to


def test_explain_gives_the_receipt_and_works_it_out_again(folder: Path) -> None:
    words = ("https://court.example/news", "--recompute", "--json")
    told = json.loads(said(explain, folder, *words).stdout)
    assert told["receipt"]["story"] == told["story"]
    assert told["receipt"]["quality"]["value"] == told["quality"]["value"]
    assert told["recomputed"]["differences"] == []
    plain = said(explain, folder, "https://court.example/news", "--recompute")
    assert "of 1 story: all the same." in plain.output


# --- rules diff --------------------------------------------------------------------------


def test_rules_that_nobody_changed_change_nothing(folder: Path) -> None:
    assert "nothing would change" in said(rules, folder, "diff").output


def test_an_edit_of_site_toml_is_held_against_the_last_run(folder: Path) -> None:
    site(folder, LEAST + "[rules]\nthreshold = 100\n")
    told = json.loads(said(rules, folder, "diff", "--json").stdout)
    assert told["options"] == [
        {"option": "rules.threshold", "before": "20", "after": "100"}
    ]
    assert told["counts"]["dropped_by"] == {"threshold": 1}
    (gone,) = told["dropped"]
    assert gone["provider"] == "flood.example"
    assert "below the threshold of 100" in gone["after"]["reason"]
    assert told["fronts"][0]["left"][0]["story"] == gone["story"]
    assert "1 dropped" in said(rules, folder, "diff", "--since", "2d").output


def test_rules_of_another_file_are_tried(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[rules]\nthreshold = 20\nblocked = ["flood.example"]\n')
    told = json.loads(
        said(rules, folder, "diff", "--rules", str(other), "--json").stdout
    )
    assert [one["after"]["rule"] for one in told["dropped"]] == ["blocked"]


def test_what_is_wrong_with_the_other_file_is_said_with_its_line(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    other.write_text("[rules]\nthreshold = 500\n")
    words = ["diff", "--rules", str(other), "--site", str(folder)]
    result = CliRunner().invoke(rules, words)
    assert isinstance(result.exception, ConfigError)
    assert f"{other}:2: `threshold`" in str(result.exception)
