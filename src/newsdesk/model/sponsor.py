"""A sponsor: whom a site thanks, where and when. No part of what is news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from newsdesk.model.forms import THEME_FILE, Like


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """Whom a site thanks, where and on which days; always shown as sponsored."""

    name: Annotated[
        str, Like(pattern=r"\S(.{0,78}\S)?", says="one line of 80 characters at most")
    ]
    url: Annotated[
        str,
        Like(
            pattern=r"https?://[^\s/@?#]+([/?#]\S*)?",
            says="`https://…` or `http://…`",
        ),
    ]
    message: Annotated[
        str, Like(pattern=r"\S(.{0,158}\S)?", says="one line of 160 characters at most")
    ]
    from_: date
    """The first day, in UTC; `from` in the file, which is a word of Python's."""
    until: date
    """The last day."""
    placements: tuple[str, ...]
    """`front`, `story`, `topic` (the page of any topic), `topic:ID`, `newsletter`."""
    logo: Annotated[str, Like(pattern=THEME_FILE, says="a file's name or empty")] = ""
    """A picture in `theme/static`; empty: the name alone."""
    logo_dark: Annotated[
        str, Like(pattern=THEME_FILE, says="a file's name or empty")
    ] = ""
    """The same for dark pages; empty: `logo` there too."""
