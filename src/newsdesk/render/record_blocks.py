"""The table of a front matter: which keys there are at each level, in which order.

`record` and `taxonomy` fill such tables; `record_reader` and `record_writer` go by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newsdesk.render.record_scalars import Kind

END = "---"
"""Key of the spelling that keeps what ends a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One known key of a level."""

    name: str
    attribute: str
    kind: Kind | None = None
    """How its value is written; None: its value is `block`."""
    block: Block | None = None
    is_list: bool = False
    """Its value is a list of `kind` or of `block`."""
    required: bool = False
    group: bool = False
    """An empty line stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The keys of one level in their order, and the record they make."""

    keys: tuple[Key, ...]
    make: Callable[..., Any]
    """Called with the attributes by name; what is absent is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of file: the block it holds and what stands around it."""

    block: Block
    opening: str
    """The first line with its end, or nothing."""
    closing: str
    """All that stands behind the last key, as we write it."""


def prefix(indent: int, first: bool) -> str:
    """What stands before a key; `first`: it opens a list item."""
    return f"{' ' * (indent - 2)}- " if first else " " * indent
