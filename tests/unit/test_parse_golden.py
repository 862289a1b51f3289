"""Each feed in golden/feeds reads as the `.expected.json` beside it says.

To rewrite the expectations after a change, run with NEWSDESK_UPDATE_GOLDEN=1 and read the
difference.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from newsdesk.stages import parse

FEEDS = Path(__file__).parent.parent / "golden" / "feeds"
INPUTS = sorted(
    path for path in FEEDS.iterdir() if not path.name.endswith("expected.json")
)


def reading(path: Path) -> str:
    """What we read, without what is empty, so that a person can check it."""
    feed = asdict(parse.feed(path.read_bytes(), url="https://served.example/feeds/x"))
    feed["entries"] = [_said(entry) for entry in feed["entries"]]
    return json.dumps(_said(feed), indent=1, ensure_ascii=False, default=str) + "\n"


def _said(row: dict) -> dict:
    return {
        key: [_said(item) if isinstance(item, dict) else item for item in value]
        if isinstance(value, tuple | list)
        else value
        for key, value in row.items()
        if value not in (None, (), [], False)
    }


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_a_feed_reads_as_expected(path: Path):
    expected = path.with_name(path.name + ".expected.json")
    if os.environ.get("NEWSDESK_UPDATE_GOLDEN"):
        expected.write_text(reading(path), encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == reading(path)


def test_there_are_golden_feeds():
    assert len(INPUTS) >= 9
