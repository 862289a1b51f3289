"""A command loads what it needs and no more: whoever types one waits for all it loads."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.cli import commands

READING = ("trafilatura", "htmldate", "newsdesk.stages.read", "newsdesk.pipeline")
NETWORK = ("aiohttp", "newsdesk.fetch.exchange")
SUFFIXES = ("tldextract", "requests", "urllib3")
"""What tells domains apart brings an HTTP client along."""
SERVING = ("starlette", "uvicorn", "jinja2", "newsdesk.press", "PIL", "alembic")
STORE = ("sqlalchemy", "newsdesk.store")


def loaded_by(*words: object) -> set[str]:
    """The modules that are loaded when a command has ended."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "newsdesk", *map(str, words)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-400:]
    return set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "desk"
    config.create(folder, "blank")
    return folder


def test_the_list_of_commands_loads_none_of_them() -> None:
    loaded = loaded_by("--help")
    assert {"click", "newsdesk.cli"} <= loaded
    ours = {name for name in loaded if name.startswith("newsdesk.cli.")}
    assert ours == {"newsdesk.cli.later"}
    others = {*READING, *NETWORK, *SERVING, *STORE, *SUFFIXES, "rich", "pydantic"}
    assert loaded & others == set()


def test_status_loads_the_store_and_neither_network_nor_reading(site: Path) -> None:
    loaded = loaded_by("status", "--site", site)
    assert {"sqlalchemy", "newsdesk.store"} <= loaded
    assert loaded & {*READING, *NETWORK, *SERVING, *SUFFIXES} == set()


def test_adding_unseen_sources_loads_neither_store_nor_network(site: Path) -> None:
    loaded = loaded_by("add", "https://one.example/feed", "--no-check", "--site", site)
    assert "newsdesk.config" in loaded
    assert loaded & {*READING, *NETWORK, *SERVING, *STORE, *SUFFIXES} == set()


def test_a_run_on_an_archive_loads_no_network(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "empty.warc"
    archive.touch()
    loaded = loaded_by("run", "--from-warc", archive, "--site", site)
    assert "newsdesk.pipeline" in loaded
    assert (
        loaded & {*NETWORK, "trafilatura", "htmldate", "newsdesk.stages.read"} == set()
    )


def test_what_the_list_says_of_a_command_is_what_its_own_help_opens_with() -> None:
    commands.load()
    assert set(commands.places) == set(commands.commands)
    for name, command in commands.commands.items():
        opening = (command.help or "").split("\n\n")[0]
        assert commands.places[name].summary == " ".join(opening.split())
