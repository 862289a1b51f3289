"""The journal of editions: what readers saw, and from when on.

A run that changed what belongs to a front page adds one edition, of the files that differ
from the edition before. Each file is kept once, whatever its path, mostly as what differs
from the one that stood at its path before; after `MOST_STEPS` of these comes a whole one.
A file that is read is compared with its digest, so what comes out is what was written.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine

from newsdesk.model.edition import KeptEdition, Shelf
from newsdesk.model.errors import StoreError
from newsdesk.store import codec, deltas, opening, sql_editions

MOST_STEPS = 40
"""Differences in a row at most: a file is read in a few hundredths of a second then."""
WORTH = 0.6
"""A difference is kept where it takes at most this share of the whole file."""


class SqliteEditions:
    """Reads the journal; made by `newsdesk.store.open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def at(self, instant: datetime) -> KeptEdition | None:
        """The edition that readers saw at an instant; None: that is before the first."""
        wanted = {"now": codec.instant_text(instant)}
        with opening.reading(self._engine) as connection:
            row = connection.execute(sql_editions.AT, wanted).one_or_none()
            return _edition(connection, row) if row else None

    def since(self, instant: datetime | None = None) -> tuple[KeptEdition, ...]:
        """Editions written at or after an instant, oldest first, without their files."""
        wanted = {"now": codec.instant_text(instant) if instant else ""}
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql_editions.SINCE, wanted)
            return tuple(map(_bare, found))

    def files(self, edition: KeptEdition) -> tuple[tuple[str, bytes], ...]:
        """The files of an edition as they were written, by path.

        StoreError: the journal is damaged.
        """
        with opening.reading(self._engine) as connection:
            return tuple((path, _text(connection, of)) for path, of in edition.files)

    def shelf(self) -> Shelf:
        """How much the journal holds."""
        with opening.reading(self._engine) as connection:
            row = connection.execute(sql_editions.SHELF).one()
        editions, first, last, *sizes = row
        return Shelf(
            editions=editions,
            first=codec.instant(first) if first else None,
            last=codec.instant(last) if last else None,
            texts=sizes[0],
            whole_bytes=sizes[1],
            kept_bytes=sizes[2],
        )


def keep(
    connection: Connection, edition: KeptEdition, files: Sequence[tuple[str, bytes]]
) -> int | None:
    """Adds an edition where its files differ from those of the last one; its number, or
    None where they do not."""
    before = _standing(connection, None)
    given = {path: sha256(content).hexdigest() for path, content in files}
    changed = {path for path in given if before.get(path) != given[path]}
    gone = before.keys() - given.keys()
    if not changed and not gone:
        return None
    number = int(connection.execute(sql_editions.LAST_NUMBER).scalar_one()) + 1
    for path, content in sorted(files):
        if path in changed:
            _keep_text(connection, given[path], content, before.get(path))
    rows = [{"path": p, "number": number, "digest": given[p]} for p in sorted(changed)]
    rows += [{"path": p, "number": number, "digest": None} for p in sorted(gone)]
    connection.execute(sql_editions.ADD_FILE, rows)
    connection.execute(
        sql_editions.ADD,
        {
            "number": number,
            "run": edition.run,
            "now": codec.instant_text(edition.now),
            "as_of": codec.instant_text(edition.as_of) if edition.as_of else None,
            "version": edition.version,
        },
    )
    return number


def forget(connection: Connection, before: datetime) -> int:
    """Drops editions that nobody saw at or after an instant; returns how many."""
    wanted = {"now": codec.instant_text(before)}
    first = connection.execute(sql_editions.FIRST_TO_STAY, wanted).scalar_one_or_none()
    if first is None:
        return 0
    dropped = connection.execute(sql_editions.DROP, {"number": first}).rowcount
    if dropped:
        connection.execute(sql_editions.DROP_FILES, {"number": first})
        _drop_texts(connection)
    return dropped


def _drop_texts(connection: Connection) -> None:
    """Drops the files that no edition has and that no file of one is built on."""
    bases = dict(map(tuple, connection.execute(sql_editions.BASES)))
    needed = set()
    for of in connection.execute(sql_editions.DIGESTS).scalars():
        while of is not None and of not in needed:
            needed.add(of)
            of = bases.get(of)
    rows = [{"digest": of} for of in sorted(bases.keys() - needed)]
    if rows:
        connection.execute(sql_editions.DROP_TEXT, rows)


def _edition(connection: Connection, row: Iterable[Any]) -> KeptEdition:
    bare = _bare(row)
    files = _standing(connection, bare.number)
    return replace(bare, files=tuple(sorted(files.items())))


def _bare(row: Iterable[Any]) -> KeptEdition:
    number, run, now, as_of, version = row
    return KeptEdition(
        number=number,
        run=run,
        now=codec.instant(now),
        as_of=codec.instant(as_of) if as_of else None,
        version=version,
    )


def _standing(connection: Connection, number: int | None) -> Mapping[str, str]:
    """Digests of the files of an edition, of the last one where no number is given."""
    wanted = {"number": 2**62 if number is None else number}
    found = connection.execute(sql_editions.STANDING, wanted)
    return {path: digest for path, digest in found if digest is not None}


def _keep_text(
    connection: Connection, digest: str, content: bytes, before: str | None
) -> None:
    """Keeps a file that is not there yet, as it differs from the one before where that is
    worth it."""
    if connection.execute(sql_editions.TEXT, {"digest": digest}).one_or_none():
        return
    whole = deltas.packed(content)
    row = {
        "digest": digest, "size": len(content), "base": None, "steps": 0,
        "packed": whole,
    }  # fmt: skip
    if before is not None:
        steps = connection.execute(sql_editions.TEXT, {"digest": before}).one().steps
        if steps < MOST_STEPS:
            change = deltas.delta(_text(connection, before), content)
            if len(change) <= WORTH * len(whole):
                row |= {"base": before, "steps": steps + 1, "packed": change}
    connection.execute(sql_editions.ADD_TEXT, row)


def _text(connection: Connection, digest: str) -> bytes:
    """The file with a digest. StoreError: it is not what it was."""
    chain: list[bytes] = []
    of: str | None = digest
    try:
        while of is not None:
            row = connection.execute(sql_editions.TEXT, {"digest": of}).one_or_none()
            if row is None or len(chain) > MOST_STEPS:
                raise ValueError(of)
            chain.append(row.packed)
            of = row.base
        content = deltas.unpacked(chain.pop())
        while chain:
            content = deltas.restored(content, chain.pop())
        if sha256(content).hexdigest() != digest:
            raise ValueError(digest)
    except (ValueError, IndexError, TypeError, zlib.error) as error:
        raise StoreError(
            f"a file of a kept edition is damaged ({digest[:12]}); editions that show it "
            "cannot be rebuilt, all else in the store is not concerned"
        ) from error
    return content
