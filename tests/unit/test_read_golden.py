"""Whole pages, made up, against what must be read out of them.

After a change that is meant, look at the difference and write the new `.json`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsdesk.model.article import Reading
from newsdesk.stages import read
from written_pages import page

FOLDER = Path(__file__).parent.parent / "golden" / "pages"
NOW = datetime(2026, 2, 19, 6, tzinfo=UTC)


def told(path: Path) -> dict[str, Any]:
    url = f"https://{path.stem}.example/2026/story"
    if path.stem == "graph":
        url = "https://courier.skelda.example/2026/02/ferry-returns/"
    given = page(path.read_bytes(), url=url, content_type="text/html", at=NOW)
    got = read.article(given)
    assert isinstance(got, Reading)
    return json.loads(json.dumps(asdict(got), default=str))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem
)
def test_a_page_reads_as_written_down(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    got = told(path)
    assert got == expected
