from dataclasses import replace
from datetime import timedelta

import editions
from newsdesk.render import commit_message, record_changes

PATH = "_news/2026-02-19-a-story.md"
RECORD = replace(editions.published(1).record, title="The storm reaches the coast")


def change(old, new):
    return record_changes.change(PATH, old, new)


def test_a_new_published_record_is_told_at_once_and_a_held_one_waits():
    told = change(None, RECORD)
    assert not told.waits
    assert RECORD.provider.name in told.notes[0]
    assert change(None, replace(RECORD, published=False)).waits


def test_more_coverage_points_and_seals_alone_wait():
    more = replace(RECORD, heat=RECORD.heat + 3, quality=99, related=(), secured="a;b")
    found = change(RECORD, more)
    assert found.waits
    assert found.notes == ()


def test_the_same_record_is_no_change():
    assert change(RECORD, replace(RECORD)) is None


def test_another_headline_is_told_with_the_old_one():
    found = change(RECORD, replace(RECORD, title="The storm has passed"))
    assert not found.waits
    assert found.notes == ("headline was “The storm reaches the coast”",)


def test_another_lead_is_told_with_both_outlets():
    other = replace(RECORD.provider, name="Elsewhere", domain="elsewhere.example")
    found = change(RECORD, replace(RECORD, provider=other))
    assert found.notes == (
        f"led by Elsewhere instead of {RECORD.provider.name}",
    )  # fmt: skip


def test_what_is_taken_back_is_told():
    assert change(RECORD, replace(RECORD, published=False)).notes == ("taken back",)


def test_a_held_record_tells_readers_nothing():
    held = replace(RECORD, published=False)
    assert change(held, replace(held, title="Another")).waits


def test_a_record_settles_when_nothing_can_join_its_story_any_more():
    last = max([RECORD.published_at, *(one.published_at for one in RECORD.related)])
    assert not record_changes.is_settled(RECORD, last + timedelta(hours=96), 96)
    assert record_changes.is_settled(RECORD, last + timedelta(hours=97), 96)


def test_a_message_names_stories_and_reasons():
    told = commit_message.message(
        [change(None, RECORD), change(RECORD, replace(RECORD, heat=1))],
        ["_data/topics/01-ai.yaml"],
        {PATH: "quality 82 reaches the threshold of 70"},
    )
    subject, empty, *body = told.splitlines()
    assert (subject, empty) == (RECORD.title, "")
    assert body[0] == f"- {RECORD.title}"
    assert body[1].strip().startswith(PATH)
    assert body[2].strip() == "quality 82 reaches the threshold of 70"
    assert body[3].startswith("- 1 record with more coverage")
    assert body[4] == "- _data/topics/01-ai.yaml"


def test_a_subject_fits_on_a_line_and_counts_the_others():
    long = replace(RECORD, title="A very long headline " * 10)
    told = commit_message.message([change(None, long), change(None, RECORD)])
    subject = told.splitlines()[0]
    assert len(subject) <= commit_message.SUBJECT
    assert subject.endswith("… and 1 more story")


def test_a_headline_cannot_start_lines_of_its_own():
    sly = replace(RECORD, title="A storm\n\nSigned-off-by: somebody\x1b[31m")
    lines = commit_message.message([change(None, sly)]).splitlines()
    assert not any(line.startswith("Signed-off-by") for line in lines)
    assert "\x1b" not in "".join(lines)


def test_files_alone_have_a_message_too():
    assert commit_message.message([], ["a", "b"]).startswith("Keep 2 files\n")
    quiet = change(RECORD, replace(RECORD, heat=1))
    assert commit_message.message([quiet]).startswith("Keep 1 settled record\n")
