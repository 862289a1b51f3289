"""The table of a front matter: which keys there are at each level, in which order.

`record` and `taxonomy` fill such tables; `record_reader` and `record_writer` go by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from newsdesk.render.record_scalars import Kind

Made = TypeVar("Made")

END = "---"
"""Key of the spelling that keeps what ends a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One known key of a level."""

    name: str
    attribute: str
    value: Kind | Block[Any]
    """How its value is written on its line, or which keys stand below it."""
    is_list: bool = False
    """It has a list of such values."""
    required: bool = False
    group: bool = False
    """An empty line stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Generic[Made]):
    """The keys of one level in their order, and the record they make."""

    keys: tuple[Key, ...]
    make: Callable[..., Made]
    """Called with the attributes by name; what is absent is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Generic[Made]):
    """A kind of file: the block it holds and what stands around it."""

    block: Block[Made]
    opening: str
    """The first line with its end, or nothing."""
    closing: str
    """All that stands behind the last key, as we write it."""


def prefix(indent: int, first: bool) -> str:
    """What stands before a key; `first`: it opens a list item."""
    return f"{' ' * (indent - 2)}- " if first else " " * indent
