"""The store: SQLite today, through SQLAlchemy Core and Alembic migrations.

`open_store` is the way in; `lock.hold` keeps a second run out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from newsdesk.store import opening
from newsdesk.store.archive import SqliteArchive
from newsdesk.store.editions import SqliteEditions
from newsdesk.store.ledger import SqliteLedger
from newsdesk.store.newsletters import SqliteLetters
from newsdesk.store.sqlite import SqliteStore


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStore:
    """An open store and its five sides. A context manager that closes it."""

    store: SqliteStore
    ledger: SqliteLedger
    archive: SqliteArchive
    editions: SqliteEditions
    letters: SqliteLetters
    engine: Engine

    def close(self) -> None:
        """Let go of the file; SQLite then folds its log back into it."""
        self.engine.dispose()

    def __enter__(self) -> OpenStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(folder: Path) -> OpenStore:
    """The store in a site's state folder, made or brought up to date first.

    StoreError: it cannot be read or written, is no store, or a newer one than ours.
    """
    engine = opening.open_engine(folder)
    return OpenStore(
        store=SqliteStore(engine),
        ledger=SqliteLedger(engine),
        archive=SqliteArchive(engine),
        editions=SqliteEditions(engine),
        letters=SqliteLetters(engine),
        engine=engine,
    )
