"""The website's static files: style sheet with the site's colour, script, icon.

The colour that the owner chose is kept where it can be read and is darkened or
lightened where it cannot: links are text, and text needs a contrast of 4.5 to 1 (WCAG
2.2, 1.4.3) on the light and on the dark page. File names carry a hash of the content, so
that browsers may keep them for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

_FOLDER = Path(__file__).parent / "static"
LIGHT_PAGE = (251, 250, 247)
DARK_PAGE = (21, 21, 19)
"""`--page` of site.css in both schemes; test_html_theme holds them together."""
_CONTRAST = 4.6
"""A little above WCAG's 4.5, for rounding."""
_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The static files of a website by their hashed paths below its folder."""

    css: str
    js: str
    icon: str
    files: tuple[tuple[str, bytes], ...]
    """Path and content of each."""


def theme(accent: str) -> Theme:
    """The static files for a site whose colour is `accent` (`#rrggbb`)."""
    light = readable(accent, LIGHT_PAGE)
    dark = readable(accent, DARK_PAGE)
    colours = f":root{{--accent-light:{light};--accent-dark:{dark}}}\n"
    css = ("site", "css", (colours + _packed(_text("site.css"))).encode())
    js = ("site", "js", _text("site.js").encode())
    icon = ("icon", "svg", _text("icon.svg").replace("currentColor", accent).encode())
    paths = [_hashed(*file) for file in (css, js, icon)]
    return Theme(
        css=paths[0],
        js=paths[1],
        icon=paths[2],
        files=tuple(zip(paths, (css[2], js[2], icon[2]), strict=True)),
    )


def readable(accent: str, page: Colour) -> str:
    """`accent`, mixed with black or white just as far as text on `page` needs."""
    colour = _parse(accent)
    toward = (0, 0, 0) if luminance(page) > 0.5 else (255, 255, 255)
    for step in range(_STEPS + 1):
        mixed = _mix(colour, toward, step / _STEPS)
        if contrast(mixed, page) >= _CONTRAST:
            break
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1–21 (WCAG 2.2, definition)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """The relative luminance of a colour, 0–1 (WCAG 2.2, definition)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


def _parse(accent: str) -> Colour:
    digits = accent.removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _packed(sheet: str) -> str:
    """The style sheet without comments and idle white space, which nobody need load.

    Sound for our own sheet: no text in quotation marks in it has a comma or a brace.
    """
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return re.sub(r"\s+(?=[{}])|(?<=[{};,])\s+", "", bare).strip()


def _hashed(stem: str, suffix: str, content: bytes) -> str:
    return f"static/{stem}.{sha256(content).hexdigest()[:10]}.{suffix}"


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
