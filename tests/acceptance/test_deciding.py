"""Decisions as a person makes them: by command, then heeded by every run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commands import Kept, newsdesk

pytestmark = pytest.mark.slow


def run(site: Path, kept: Kept) -> dict:
    done = newsdesk(
        *("run", "--site", site, "--from-warc", kept.archive),
        *("--now", kept.now, "--json"),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def shown(site: Path) -> list[dict]:
    return json.loads((site / "public/api/news/index.json").read_bytes())["value"]


def explained(site: Path, what: str) -> dict:
    return json.loads(newsdesk("explain", what, "--site", site, "--json").stdout)


def test_two_stories_are_merged_and_the_old_page_leads_on(
    built: Path, kept: Kept, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    first, second, *_ = shown(site)
    gone = explained(site, second["path"])["story"]
    done = newsdesk(
        *("decide", "merge", first["path"], gone, "--site", site),
        *("--why", "The same event.", "--by", "Ada", "--now", kept.now),
    )
    assert done.returncode == 0, done.stderr
    (file,) = (site / "content/_data/decisions").iterdir()
    assert file.name.startswith(f"{kept.now[:10]}-merge-")
    assert f"Wrote content/_data/decisions/{file.name}." in done.stdout
    assert f"The next run makes {gone} part of" in done.stdout
    text = file.read_text()
    assert f"stories:\n  - {gone}\nby: Ada\n" in text
    assert "why: The same event.\n" in text
    run(site, kept)
    assert second["path"] not in [item["path"] for item in shown(site)]
    record = (site / "content" / second["path"]).read_text()
    assert "\npublished: false\n" in record
    page = site / "public/news" / Path(second["path"]).stem / "index.html"
    assert f"news/{Path(first['path']).stem}/" in page.read_text()
    lives = explained(site, first["path"])
    assert explained(site, gone) == explained(site, second["path"]) == lives
    events = [one for one in lives["events"] if one["kind"] == "merged"]
    assert [one["story"] for one in events] == [gone]
    told = newsdesk("explain", gone, "--site", site).stdout
    assert "What happened" in told
    again = run(site, kept)
    assert again["files"]["added"] == again["files"]["changed"] == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("merge", "nothing", "{story}"), "no story is known by 'nothing'"),
        (("merge", "{story}", "{story}"), "cannot become part of itself"),
        (("move", "{story}", "nothing"), "no article is known by 'nothing'"),
        (("lead", "{story}", "{other}"), "is no article of"),
        (("split", "{story}", "{all}"), "nothing would be left of"),
    ],
)
def test_what_cannot_be_decided_is_said_and_writes_nothing(
    built: Path, words: tuple[str, ...], reason: str
) -> None:
    stories = [explained(built, item["path"]) for item in shown(built)]
    one, other, *_ = stories
    names = {"story": one["story"], "other": other["members"][0]}
    given = [
        each
        for word in words
        for each in (one["members"] if word == "{all}" else [word.format(**names)])
    ]
    done = newsdesk("decide", *given, "--site", built, "--why", "So.")
    assert done.returncode == 1
    assert reason in done.stderr
    assert not (built / "content/_data/decisions").exists()


def test_a_file_that_is_wrong_stops_a_run_with_its_line(
    built: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    folder = site / "content/_data/decisions"
    folder.mkdir()
    (folder / "a.yaml").write_text("decision: merge\nstroy: s1\n")
    done = newsdesk("status", "--site", site)
    assert done.returncode == 1
    assert "content/_data/decisions/a.yaml:2: unknown key `stroy`; did you mean" in (
        done.stderr
    )
