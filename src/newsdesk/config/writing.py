"""Files of the site folder, written whole or not at all, and read as text."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from newsdesk.model.errors import ConfigError


def write(path: Path, body: bytes, *, at_once: bool = True) -> None:
    """Put `body` at `path`, folders included. Whoever reads meanwhile sees the old file
    or the new one. Raises ConfigError where the disk refuses.

    With `at_once` it is on the disk when this returns; without, when `settle` does.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                if at_once:
                    file.flush()
                    os.fsync(file.fileno())
            temporary.chmod(_mode(path))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror or error}") from error


def settle() -> None:
    """Wait until everything written is on the disk."""
    os.sync()


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, a byte order mark left out. Raises ConfigError where
    there is no file, or no UTF-8 in it."""
    return text_of(read(path), path)


def read(path: Path) -> bytes:
    """The bytes of a file. Raises ConfigError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}") from error


def text_of(body: bytes, path: Path) -> str:
    """UTF-8 bytes as text, a byte order mark left out. Raises ConfigError with the line
    where the bytes are no UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        reason = "not UTF-8; save it as UTF-8"
        raise ConfigError(f"{path}:{line}: {reason}") from error


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, else what the umask leaves of 666."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
