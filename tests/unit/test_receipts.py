"""The receipt of a story as a document: canonical, bounded, as its schema says."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

import editions
from newsdesk.model.story import Part
from newsdesk.render import receipts, receipts_schema

EDITION = editions.edition()
FILES = dict(receipts.files(EDITION))
LARGE = next(p for p in EDITION.records if p.story and p.story.related)


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_receipt_is_as_its_schema_says_and_canonical(path):
    told = json.loads(FILES[path])
    jsonschema.Draft202012Validator(
        receipts_schema.DOCUMENT, format_checker=jsonschema.FormatChecker()
    ).validate(told)
    again = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert FILES[path] == f"{again}\n".encode()


def test_what_is_published_has_a_receipt_and_what_is_held_or_adopted_has_none():
    shown = [p for p in EDITION.records if p.record.published and p.story]
    assert FILES.keys() == {receipts.receipt_file(p.path) for p in shown}


def test_sums_are_those_of_the_parts():
    told = receipts.document(LARGE.story, LARGE.path)
    for number in (told["quality"], told["heat"]):
        parts = sum(round(part["points"] * 100) for part in number["parts"])
        assert number["sum"] * 100 == pytest.approx(parts)


def test_a_huge_story_has_a_bounded_receipt_that_says_what_it_leaves_out():
    story = LARGE.story
    many = [replace(story.lead, id=f"more{n}") for n in range(500)]
    told = receipts.document(replace(story, more=tuple(many)), LARGE.path)
    assert len(told["members"]) == receipts.MOST_MEMBERS
    total = 1 + len(story.related) + 500
    assert told["membersNotTold"] == total - receipts.MOST_MEMBERS
    assert len(receipts.canonical(told)) < 3_000 * receipts.MOST_MEMBERS


def test_a_reason_is_bounded_and_half_a_character_harms_nothing():
    part = Part(name="a", points=1.0, why="\ud83d" + "x" * 5_000)
    score = replace(LARGE.story.quality, parts=(part,))
    told = receipts.canonical(receipts.score(score))
    assert len(told) < 2 * receipts.MOST_WHY
    assert json.loads(told)["parts"][0]["why"].startswith("\ud83d")


def test_the_text_of_articles_is_their_publishers():
    lead = LARGE.story.lead
    text = replace(lead, reading=replace(lead.reading, text="Their own words."))
    told = receipts.document(replace(LARGE.story, lead=text), LARGE.path)
    assert b"Their own words." not in receipts.canonical(told)
