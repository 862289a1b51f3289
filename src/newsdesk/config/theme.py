"""The folder `theme` of a site: templates, a style sheet and files of the owner's own.

What they change is for `render.html_theme` to say; here they are read, and what cannot
be used is told with its file and line. A site without the folder looks as shipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsdesk.config import writing
from newsdesk.config.shapes import Problem
from newsdesk.model.errors import ConfigError
from newsdesk.model.site import Output

FOLDER = "theme"
MOST_BYTES = 2_000_000
"""Of all files together: every page that uses them is loaded with them."""


def read(
    folder: Path, output: Output
) -> tuple[tuple[tuple[str, bytes], ...], list[Problem]]:
    """The files of a site's theme, path below its folder and bytes, by path; and what is
    wrong with them."""
    try:
        files = _files(folder / FOLDER)
    except ConfigError as error:
        return (), [Problem(path=FOLDER, line=None, reason=str(error))]
    problems = list(_objections(files)) if files else []
    size = sum(len(content) for _, content in files)
    if size > MOST_BYTES:
        reason = f"{size:,} bytes, more than the {MOST_BYTES:,} that a theme may have"
        problems.append(Problem(path=FOLDER, line=None, reason=reason))
    there = {path for path, _ in files}
    for name in filter(None, (output.logo, output.logo_dark)):
        if f"static/{name}" not in there:
            reason = f"no such file, but site.toml names `{name}` as the site's logo"
            where = f"{FOLDER}/static/{name}"
            problems.append(Problem(path=where, line=None, reason=reason))
    return files, problems


def _objections(files: tuple[tuple[str, bytes], ...]) -> Iterator[Problem]:
    # Most sites have no theme, and most commands write no pages.
    from newsdesk.render import html_theme

    for path, line, reason in html_theme.objections(files):
        yield Problem(path=f"{FOLDER}/{path}", line=line, reason=reason)


def _files(root: Path) -> tuple[tuple[str, bytes], ...]:
    """Every file below the folder that is not hidden. Raises ConfigError where one
    cannot be read."""
    if not root.is_dir():
        return ()
    found = sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    )
    return tuple(
        (path.relative_to(root).as_posix(), writing.read(path)) for path in found
    )
