"""The pages of the reference that are made from the program are what it says now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commands import newsdesk

REFERENCE = Path(__file__).parents[2] / "docs/reference"
MADE = ["commands.md", "receipt.schema.json", "site-toml.md"]
WIDE = {**os.environ, "COLUMNS": "200"}
"""Help is wrapped to the terminal; pages are written as on a wide one."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    done = newsdesk("docs", "--write", folder, env=WIDE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", MADE)
def test_a_generated_page_is_current(made: Path, name: str) -> None:
    kept = (REFERENCE / name).read_text("utf-8")
    assert (made / name).read_text("utf-8") == kept, "write it anew with `make docs`"


def test_every_page_that_is_made_is_in_the_reference(made: Path) -> None:
    assert {path.name for path in made.iterdir()} == set(MADE)
