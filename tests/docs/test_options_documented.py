"""Every option is documented where it stands, and the reference says just that."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.config import options, shapes
from newsdesk.model.feed import Source
from newsdesk.model.site import Site

DOCS = Path(__file__).parents[2] / "docs"

EVERY = [
    (record, option.name)
    for record, without in (
        (Site, options.NOT_OPTIONS),
        *((record, ()) for record in options.SECTIONS.values()),
    )
    for option in shapes.options(record, without)
]


@pytest.mark.parametrize(("record", "name"), EVERY)
def test_an_option_has_a_sentence_of_its_own(record: type, name: str) -> None:
    said = options.documentation(record, name)
    assert said, f"{record.__name__}.{name} has no string below it"
    assert said.endswith("."), said


def test_every_section_of_a_site_is_read_from_its_table() -> None:
    records = {
        field.name: field.default_factory
        for field in dataclasses.fields(Site)
        if dataclasses.is_dataclass(field.default_factory)
    }
    assert records == dict(options.SECTIONS)


def test_the_reference_is_what_the_program_says() -> None:
    page = (DOCS / "reference/site-toml.md").read_text("utf-8")
    assert page == config.reference(), "write it anew with `make docs`"


def test_the_reference_names_every_option_and_default() -> None:
    page = config.reference()
    for record, name in EVERY:
        assert f"| `{name}` | {options.documentation(record, name)}" in page


def test_an_option_can_be_written_as_its_default_says() -> None:
    lines = ['title = "T"', 'url = "https://t.example/"']
    for table, record in options.SECTIONS.items():
        lines.append(f"[{table}]")
        lines += (
            f"{option.name} = {json.dumps(option.default)}"
            for option in shapes.options(record)
            if option.default not in ((), dataclasses.MISSING)
        )
    read = options.parse("\n".join(lines))
    assert read.problems == ()
    assert all(
        read.given[table] == record() for table, record in options.SECTIONS.items()
    )


def test_every_key_of_a_source_is_on_its_page() -> None:
    page = (DOCS / "reference/sources-toml.md").read_text("utf-8")
    for option in shapes.options(Source, ("id",)):
        assert f"| `{option.name}` |" in page
