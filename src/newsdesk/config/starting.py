"""A new site folder from one of the starters that come with newsdesk."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from newsdesk.config import options, writing
from newsdesk.model.errors import ConfigError

TEMPLATES = ("ai", "iptc", "blank")
"""Names of the starters."""

_STARTERS = "starters"
_IGNORED = ("public/", ".newsdesk/")


def create(folder: Path, template: str = "ai") -> tuple[str, ...]:
    """Make a site in a folder. Gives the paths written, below the folder.

    A README.md that is there stays, and a .gitignore gets what it lacks. Raises
    ConfigError where the folder holds a site, or another file that a site needs.
    """
    if template not in TEMPLATES:
        known = ", ".join(f"`{name}`" for name in TEMPLATES)
        raise ConfigError(f"there is no template `{template}`; known are {known}")
    if (folder / options.FILE).exists():
        raise ConfigError(f"{folder} holds a site already; choose another folder")
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder} is a file; choose a folder")
    files = dict(_files(template))
    kept = tuple(path for path in files if (folder / path).exists())
    if blocking := [path for path in kept if path not in ("README.md", ".gitignore")]:
        raise ConfigError(
            f"{folder} holds {', '.join(blocking)} already; choose another folder"
        )
    # site.toml comes last: what is interrupted before it can be started again.
    fresh = sorted(files.keys() - set(kept), key=lambda p: (p == options.FILE, p))
    for path in fresh:
        writing.write(folder / path, files[path])
    if ".gitignore" in kept and _ignore(folder / ".gitignore"):
        fresh.append(".gitignore")
    return tuple(fresh)


def _files(template: str) -> Iterator[tuple[str, bytes]]:
    """Paths and bytes of a new site."""
    base = resources.files("newsdesk.config") / _STARTERS
    starter = dict(_below(base / template, ""))
    read = options.parse(starter[options.FILE].decode())
    title = str(read.given["title"])
    yield from sorted(starter.items())
    readme = (base / "README.md").read_text("utf-8")
    yield "README.md", readme.replace("{title}", title).encode()
    yield ".gitignore", "".join(f"{line}\n" for line in _IGNORED).encode()


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _ignore(path: Path) -> bool:
    """Add what Git must not keep to a .gitignore that is there; False: it had all."""
    text = writing.read_text(path)
    missing = [line for line in _IGNORED if line not in text.split()]
    if missing:
        between = "" if text.endswith("\n") or not text else "\n"
        body = text + between + "".join(f"{line}\n" for line in missing)
        writing.write(path, body.encode())
    return bool(missing)
