"""A group whose commands are loaded when they are called for.

Loading all that the commands use takes a second and a half: reading pages, the store, the
network, the simulator. A command waits for no more than it needs itself; the list of
commands needs none of them, so that its lines are written here a second time.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is defined, and what the list of commands says of it."""

    name: str
    module: str
    attribute: str
    summary: str
    """The first paragraph of its help."""


class LaterGroup(click.Group):
    """Knows its commands by name and summary; each is loaded when it is run."""

    def __init__(self, *, places: Iterable[Place], **more: Any) -> None:
        super().__init__(**more)
        self.places = {place.name: place for place in places}
        for place in self.places.values():
            self.add_command(click.Command(place.name, help=place.summary))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, loaded, and the other words."""
        self.load(args[:1])
        return super().resolve_command(ctx, args)

    def load(self, names: Iterable[str] | None = None) -> None:
        """Put the commands themselves in the place of their summaries; all unless
        named. What is no command's name is passed over."""
        for name in self.places if names is None else names:
            if place := self.places.get(name):
                module = importlib.import_module(place.module)
                self.add_command(getattr(module, place.attribute), name)
