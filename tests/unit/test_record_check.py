"""What a check of a folder says about each file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsdesk.render.record_check import Outcome, What, check

GOLDEN = Path(__file__).parent.parent / "golden" / "records"
STORY = (GOLDEN / "story.md").read_bytes()
ORGANIZATION = (GOLDEN / "gazette.example.org.md").read_bytes()


def test_files_that_survive_are_counted_by_what_they_are() -> None:
    report = check(
        [
            ("site/_news/2024-02-29-b.md", STORY),
            ("site/_news/2024-02-29-a.md", (GOLDEN / "touched.md").read_bytes()),
            ("site/_data/organizations/gazette.example.org.md", ORGANIZATION),
            ("site/README.md", b"# About\n"),
        ]
    )
    assert report.read() == 2
    assert report.count(Outcome.IDENTICAL) == 2
    assert report.count(Outcome.IDENTICAL, What.ORGANIZATION) == 1
    assert report.read(What.ORGANIZATION) == 1
    assert report.troubles == ()
    assert report.skipped == ("site/README.md",)


def test_a_record_in_another_order_is_different_from_the_line_where_it_parts() -> None:
    swapped = STORY.replace(b"quality: 81\nheat: -1\n", b"heat: -1\nquality: 81\n")
    (verdict,) = check([("a.md", swapped)]).troubles
    assert (verdict.outcome, verdict.line) == (Outcome.DIFFERENT, 12)
    assert verdict.reason == "would be written as 'quality: 81'"


def test_an_unreadable_file_is_reported_with_line_and_reason() -> None:
    report = check(
        [
            ("b.md", STORY.replace(b"heat: -1", b"heat: hot")),
            ("a.md", b"just words"),
            ("organizations/c.md", b"---\ntaxonomy: organization\n---\n"),
        ]
    )
    assert [(one.path, one.line, one.reason) for one in report.troubles] == [
        ("a.md", 1, "does not start with a line ---"),
        ("b.md", 13, "'hot' is no whole number"),
        ("organizations/c.md", 3, "has no _id up to here"),
    ]
    assert report.count(Outcome.UNREADABLE) == 2
    assert report.read() == 0


def test_an_organisation_is_known_by_its_first_key_or_its_folder() -> None:
    other = ORGANIZATION.replace(b"taxonomy: organization\n", b"")
    report = check([("x.md", ORGANIZATION), ("organizations/y.md", other)])
    assert {one.what for one in report.verdicts} == {What.ORGANIZATION}
    assert [one.path for one in report.troubles] == ["organizations/y.md"]


def test_a_readme_with_front_matter_counts_as_a_record() -> None:
    (verdict,) = check([("README.md", STORY)]).verdicts
    assert (verdict.what, verdict.outcome) == (What.RECORD, Outcome.IDENTICAL)


@pytest.mark.skipif(
    "NEWSDESK_EXAMPLES" not in os.environ, reason="NEWSDESK_EXAMPLES names no folder"
)
def test_a_content_folder_of_the_older_system_is_identical() -> None:
    folder = Path(os.environ["NEWSDESK_EXAMPLES"])
    files = [(str(file), file.read_bytes()) for file in folder.rglob("*.md")]
    report = check(files)
    assert report.troubles == ()
    assert report.count(Outcome.IDENTICAL) > 0
