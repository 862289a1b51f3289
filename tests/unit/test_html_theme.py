"""The site's colour, readable on both pages, and static files named by content."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model.site import Output
from newsdesk.render import html_theme

SHEET = Path(html_theme.__file__).parent / "static" / "site.css"


def rgb(text: str) -> html_theme.Colour:
    digits = bytes.fromhex(text.removeprefix("#"))
    return digits[0], digits[1], digits[2]


@given(st.binary(min_size=3, max_size=3))
def test_any_colour_becomes_readable_on_light_and_dark(colour: bytes):
    for page in (html_theme.LIGHT_PAGE, html_theme.DARK_PAGE):
        readable = html_theme.readable(f"#{colour.hex()}", page)
        assert html_theme.contrast(rgb(readable), page) >= 4.5


def test_a_readable_colour_stays_as_the_owner_chose_it():
    assert html_theme.readable("#b3261e", html_theme.LIGHT_PAGE) == "#b3261e"


def test_contrast_is_that_of_wcag():
    assert html_theme.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert html_theme.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(
        4.48, abs=0.01
    )


def pair(name: str) -> tuple[html_theme.Colour, html_theme.Colour]:
    """A colour of the style sheet, light and dark."""
    sheet = SHEET.read_text(encoding="utf-8")
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", sheet)
    assert found, name
    return rgb(found[1]), rgb(found[2])


def test_the_pages_of_the_style_sheet_are_those_that_colours_are_checked_against():
    assert pair("page") == (html_theme.LIGHT_PAGE, html_theme.DARK_PAGE)


@pytest.mark.parametrize("name", ["ink", "soft"])
@pytest.mark.parametrize("ground", ["page", "wash"])
def test_text_has_the_contrast_that_reading_needs(name: str, ground: str):
    for text, page in zip(pair(name), pair(ground), strict=True):
        assert html_theme.contrast(text, page) >= 4.5


def test_files_carry_the_hash_of_their_content():
    theme = html_theme.theme(Output())
    files = [path for path, _ in theme.files]
    assert files == [theme.css, theme.js, theme.search_js, theme.icon]
    blue = html_theme.theme(Output(accent="#1a4fba"))
    assert blue.css != theme.css
    assert blue.js == theme.js
