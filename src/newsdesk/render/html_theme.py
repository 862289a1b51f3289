"""How the website looks: style sheet with the site's colour, scripts, icon, templates.

The colour that the owner chose is kept where it can be read and is darkened or
lightened where it cannot: links are text, and text needs a contrast of 4.5 to 1 (WCAG
2.2, 1.4.3) on the light and on the dark page. File names carry a hash of the content, so
that browsers may keep them for ever.

A site's folder `theme` may hold templates that take the place of ours by their name (and
may extend ours as `default/NAME`), `style.css`, which follows our style sheet, and files
below `static`, whose addresses templates get from `static(NAME)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from newsdesk.model.site import Output
from newsdesk.render import addresses, html_words
from newsdesk.render.logo_size import size

Colour: TypeAlias = tuple[int, int, int]

_FOLDER = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
_STATIC = "static/"
_NO_PLACE = (
    "has no place in a theme; that may hold templates (NAME.html), style.css and files "
    "below static"
)
_FILTERS = ("day", "weekday", "month", "short_day", "clock", "moment", "machine")
_WORDS = ("span", "points", "shorten", "sentence", "count")
_ADDRESSES = (
    *("topic_page", "topic_feed", "api_index", "absolute", "ALL_FEED"),
    *("OUTLETS", "SEARCH", "CORRECTIONS", "STATUS", "NEWSLETTERS"),
)
"""What templates may call, beside the context of their page."""
LOGO_HEIGHT = 40
"""Pixels at which a logo is shown."""
LIGHT_PAGE = (251, 250, 247)
DARK_PAGE = (21, 21, 19)
"""`--page` of site.css in both schemes; test_html_theme holds them together."""
_CONTRAST = 4.6
"""A little above WCAG's 4.5, for rounding."""
_STEPS = 50


Files: TypeAlias = tuple[tuple[str, bytes], ...]
"""Paths and bytes, by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture of the site's own, at a known size."""

    src: str
    width: int
    height: int
    on: str
    """`any`, `light` or `dark`: the pages that it is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The static files of a website by their hashed paths below its folder."""

    css: str
    js: str
    search_js: str
    icon: str
    logos: tuple[Logo, ...]
    own: Mapping[str, str]
    """Files of the owner's by their name below `theme/static`."""
    files: tuple[tuple[str, bytes], ...]
    """Path and content of each."""


def theme(output: Output, files: Files = ()) -> Theme:
    """The static files for a site, `files` being those of its own theme."""
    light = readable(output.accent, LIGHT_PAGE)
    dark = readable(output.accent, DARK_PAGE)
    colours = f":root{{--accent-light:{light};--accent-dark:{dark}}}\n"
    given = dict(files)
    style = given.get("style.css", b"").decode("utf-8", "replace")
    icon = _text("icon.svg").replace("currentColor", output.accent)
    ours = (
        ("site", "css", (colours + _packed(_text("site.css")) + style).encode()),
        ("site", "js", _text("site.js").encode()),
        ("search", "js", _text("search.js").encode()),
        ("icon", "svg", icon.encode()),
    )
    paths = [_hashed(*file) for file in ours]
    own = {
        path.removeprefix(_STATIC): _hashed(
            PurePosixPath(path).stem, PurePosixPath(path).suffix[1:], content
        )
        for path, content in files
        if path.startswith(_STATIC)
    }
    return Theme(
        css=paths[0],
        js=paths[1],
        search_js=paths[2],
        icon=own.get("icon.svg", paths[3]),
        logos=logos((output.logo, output.logo_dark or output.logo), own, given),
        own=own,
        files=(
            *zip(paths, (content for _, _, content in ours), strict=True),
            *((hashed, given[_STATIC + name]) for name, hashed in own.items()),
        ),
    )


def logos(
    names: tuple[str, str], own: Mapping[str, str], given: Mapping[str, bytes]
) -> tuple[Logo, ...]:
    """The logo for light and the one for dark pages, or one that is for both. `own`:
    files of the owner's by name; `given`: their bytes by path below the theme."""
    found = []
    for name, on in zip(names, ("light", "dark"), strict=True):
        if name not in own:
            continue
        width, height = size(given[_STATIC + name])
        found.append(
            Logo(
                src=own[name],
                width=round(width * LOGO_HEIGHT / height),
                height=LOGO_HEIGHT,
                on="any" if names[0] == names[1] else on,
            )
        )
        if names[0] == names[1]:
            break
    return tuple(found)


@cache
def environment(files: Files = ()) -> Environment:
    """What prints pages: our templates, with those of a theme before them."""
    ours = FileSystemLoader(_TEMPLATES)
    own: BaseLoader = DictLoader(
        {path: text.decode("utf-8", "replace") for path, text in _templates(files)}
    )
    made = Environment(
        loader=ChoiceLoader([own, ours, PrefixLoader({"default": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in _FILTERS:
        made.filters[name] = getattr(html_words, name)
    for name in _WORDS:
        made.globals[name] = getattr(html_words, name)
    for name in _ADDRESSES:
        made.globals[name] = getattr(addresses, name)
    return made


def objections(files: Files) -> Iterator[tuple[str, int | None, str]]:
    """What is wrong with the files of a theme: path, line where there is one, reason."""
    made = environment(files)
    for path, content in files:
        is_template = path.endswith(".html") and "/" not in path
        if not (is_template or path == "style.css" or path.startswith(_STATIC)):
            yield path, None, _NO_PLACE
            continue
        if path.startswith(_STATIC):
            continue
        try:
            text = content.decode("utf-8")
            if is_template:
                made.from_string(text)
        except UnicodeDecodeError:
            yield path, None, "not UTF-8"
        except TemplateSyntaxError as error:
            yield path, error.lineno, f"not a template: {error.message}"
        except TemplateError as error:
            yield path, None, f"not a template: {error}"


def _templates(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    return (file for file in files if file[0].endswith(".html") and "/" not in file[0])


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
    bare = re.sub(r"\s+(?=[{}])|(?<=[{};,])\s+|(?<=[a-z-]:) ", "", bare)
    bare = re.sub(r"(?<![\d.])0(?=\.\d)", "", bare).replace(";}", "}")
    return bare.strip()


def _hashed(stem: str, suffix: str, content: bytes) -> str:
    return f"static/{stem}.{sha256(content).hexdigest()[:10]}.{suffix}"


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
