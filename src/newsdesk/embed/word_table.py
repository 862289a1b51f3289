"""Texts as directions in a space of 256 dimensions, from the table that wordllama ships.

The package is read as data and never imported: importing it loads the client of a model
hub, of which nothing is wanted. The table stays on disk and is mapped into memory, so that
only the rows of words that occur are ever loaded, once for all processes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.embed import pieces
from newsdesk.model.errors import NewsdeskError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "wordllama"
TABLE = "weights/l2_supercat_256.safetensors"
WORDS = "tokenizers/l2_supercat_tokenizer_config.json"
SIZE = 256


def found() -> WordTable | None:
    """The table of the installed package, not yet loaded; None where there is none."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    if not ((folder / TABLE).is_file() and (folder / WORDS).is_file()):
        return None
    return WordTable(folder)


class WordTable:
    """Implements `TextVectors`: the mean of a text's pieces."""

    version = "wordllama l2_supercat 256"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: _Loaded | None = None

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length one for each text; zeros for a text without known words.
        Raises NewsdeskError where the table cannot be read."""
        if self._loaded is None:
            try:
                self._loaded = _Loaded(self.folder)
            except (OSError, ValueError, LookupError, struct.error) as error:
                raise NewsdeskError(
                    f"{self.folder} holds no table of word vectors ({error}); "
                    f"install the package {PACKAGE} anew"
                ) from None
        return self._loaded.of(texts)


class _Loaded:
    def __init__(self, folder: Path) -> None:
        import numpy as np

        self._np = np
        self._pieces = pieces.read(folder / WORDS)
        path = folder / TABLE
        start, shape = _place(path)
        self._table = np.memmap(path, np.float16, "r", offset=start, shape=shape)

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        np = self._np
        rows = np.zeros((len(texts), SIZE), np.float32)
        for at, text in enumerate(texts):
            if numbers := self._pieces.of(text):
                rows[at] = self._table[numbers].mean(axis=0, dtype=np.float32)
        lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        return rows / np.maximum(lengths, 1e-9)  # type: ignore[no-any-return]


def _place(path: Path) -> tuple[int, tuple[int, int]]:
    """Where the numbers of a safetensors file with one table begin, and its shape.
    Format: https://github.com/huggingface/safetensors#format"""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > 100_000:
            raise ValueError(f"{path} is no table of word vectors")
        header = json.loads(file.read(length))
    (one,) = (value for name, value in header.items() if name != "__metadata__")
    if one["dtype"] != "F16" or one["shape"][1] != SIZE:
        raise ValueError(
            f"{path} holds {one['dtype']} {one['shape']}, not F16 by {SIZE}"
        )
    rows, columns = one["shape"]
    return 8 + length + one["data_offsets"][0], (rows, columns)
