"""The journal of a write: what it is about to touch, so that the next can clear up."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path

from newsdesk.deliver import names


class Journal:
    """Names of files about to be touched, a JSON string a line; made when needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._out: TextIOWrapper | None = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._out:
            self._out.close()

    def note(self, path: str, content: bytes) -> None:
        """Names a file; the line is with the system before this returns."""
        if self._out is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._out = self._path.open("a", encoding="utf-8")
        self._out.write(json.dumps([path, checksum(content)]) + "\n")
        self._out.flush()

    def read(self) -> dict[str, str]:
        """What a killed write named, with what it meant to write there."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return {}
        noted = {}
        for line in lines:
            with suppress(ValueError):  # the last line may be cut
                path, checksum = json.loads(line)
                if not any(names.objections(path)):
                    noted[path] = checksum
        return noted


def checksum(content: bytes) -> str:
    """By which a file is known again."""
    return sha256(content).hexdigest()
