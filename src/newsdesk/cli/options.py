"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant; without a zone it is UTC."""

    name = "instant"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The instant in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            given = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"{value!r} is no instant such as 2026-02-19T06:00:00Z", param, ctx
            )
        return (given if given.tzinfo else given.replace(tzinfo=UTC)).astimezone(UTC)


site: Decorator = click.option(
    "--site",
    "site_folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The site's folder; the current one unless given.",
)
as_json: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON for machines."
)
