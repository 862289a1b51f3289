"""Pictures that we hold copies of, and what is known of those that we do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a copy."""

    path: str
    """Below the public folder."""
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCopy:
    """A picture that we hold, in one or more widths."""

    width: int
    """True size of the original in pixels, upright."""
    height: int
    webp: tuple[Rendition, ...]
    """Smallest first; at least one."""
    avif: tuple[Rendition, ...] = ()
    """The widths that are smaller as AVIF; smallest first."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file of it."""
        return tuple(one.path for one in (*self.webp, *self.avif))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What is known of pictures by their address."""

    copies: Mapping[str, PictureCopy] = field(default_factory=dict)
    """Those that we hold."""
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """True width and height of others, as far as they were looked at."""
    refused: frozenset[str] = frozenset()
    """Where there is no picture, or none that is fit to be shown."""
