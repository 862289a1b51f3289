"""Push sources in sources.toml: written by hand, or by the first push."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.model.errors import ConfigError
from newsdesk.model.feed import SourceKind


@pytest.fixture
def site(tmp_path: Path) -> Path:
    config.create(tmp_path / "site", "blank")
    return tmp_path / "site"


def test_the_first_push_makes_its_source_and_the_next_finds_it(site: Path) -> None:
    before = (site / "sources.toml").read_text()
    made = config.add_push(site, "own")
    text = (site / "sources.toml").read_text()
    assert text.startswith(before)
    assert config.load(site).sources == (made,)
    assert (made.url, made.kind) == ("push:own", SourceKind.PUSH)
    assert config.add_push(site, "own") == made
    assert (site / "sources.toml").read_text() == text


def test_a_source_written_by_hand_is_the_one_that_a_push_finds(site: Path) -> None:
    block = '\n[[source]]\nkind = "push"\nurl = "push:own"\ntitle = "Ours"\n'
    (site / "sources.toml").write_text(block)
    (listed,) = config.load(site).sources
    assert (listed.title, listed.id) == ("Ours", config.add_push(site, "own").id)


@pytest.mark.parametrize("name", ["", "My own", "../x", "ö", "x" * 65, '"\n', "-x"])
def test_a_name_that_cannot_be_an_address_is_refused(site: Path, name: str) -> None:
    before = (site / "sources.toml").read_text()
    with pytest.raises(ConfigError, match="small letters"):
        config.add_push(site, name)
    assert (site / "sources.toml").read_text() == before


@pytest.mark.parametrize("url", ["own", "https://a.example/feed", "push:"])
def test_a_push_source_of_another_address_is_told_with_its_line(
    site: Path, url: str
) -> None:
    (site / "sources.toml").write_text(f'[[source]]\nkind = "push"\nurl = "{url}"\n')
    with pytest.raises(ConfigError, match=r"sources.toml:3: .* must be `push:`"):
        config.load(site)


def test_a_file_with_faults_is_not_added_to(site: Path) -> None:
    (site / "sources.toml").write_text("[[source]]\n")
    with pytest.raises(ConfigError, match="missing key `url`"):
        config.add_push(site, "own")
    assert (site / "sources.toml").read_text() == "[[source]]\n"
