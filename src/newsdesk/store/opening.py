"""Opening the store's file: connections, transactions, migrations.

SQLite in WAL mode, so that readers never wait for the writer. `synchronous=NORMAL`
does not sync each commit to the disk: a killed process loses nothing, a power failure
may lose the last commits but never the file, and a run makes them again. Every writing
transaction begins IMMEDIATE: two writers then queue, instead of failing half-way when
both have read and both want to write. For local disks only: SQLite's locks cannot be
trusted on network drives.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from newsdesk.model.errors import StoreError
from newsdesk.store import schema, sql

FILE_NAME = "store.sqlite3"

# How long a connection waits for another one's transaction. The longest of ours, the
# polls of a few hundred feeds, takes well under a second.
BUSY_S = 30
RETRY_S = 0.05


def open_engine(folder: Path) -> Engine:
    """The store below `folder`, made or brought up to date first.

    StoreError: it cannot be read or written, is no store, or a newer one than ours.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        engine = _engine(path)
    except OSError as error:
        raise StoreError(
            f"cannot open the store {path}: {error.strerror}; "
            "check that the folder exists and may be written"
        ) from error
    try:
        _bring_up_to_date(engine, path)
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(
            f"cannot open the store {path}: {error.orig}; "
            "if the file is damaged, move it away and import the content folder again"
        ) from error
    except StoreError:
        engine.dispose()
        raise
    return engine


def reading(engine: Engine) -> Connection:
    """A connection that sees one state of the store from first to last query."""
    return engine.connect()


def writing(engine: Engine) -> Connection:
    """A connection whose transaction is the only writing one."""
    return engine.connect().execution_options(newsdesk_writes=True)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # None: the driver starts no transaction of its own; ours begin below.
        connect_args={"timeout": BUSY_S, "isolation_level": None},
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    _use_wal(cursor)
    for pragma in sql.PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _use_wal(cursor: DBAPICursor) -> None:
    """Turns WAL on; where another process is just making the file, waits for it.

    This is the one statement for which SQLite's own time-out does not count.
    """
    for _ in range(int(BUSY_S / RETRY_S)):
        try:
            cursor.execute(sql.USE_WAL)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        time.sleep(RETRY_S)
    cursor.execute(sql.USE_WAL)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("newsdesk_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with reading(engine) as connection:
        if _revision(connection, path) == schema.REVISION:
            return
    with writing(engine) as connection, connection.begin():
        # Asked again: another process may have done it while we waited.
        found = _revision(connection, path)
        if not found:
            _create(connection)
        elif found != schema.REVISION:
            migrate(connection)


def _revision(connection: Connection, path: Path) -> int:
    """The store's revision, 0 for an empty file. StoreError: not for us."""
    tables = set(connection.execute(sql.TABLE_NAMES).scalars())
    if not tables:
        return 0
    if "alembic_version" not in tables:
        raise StoreError(f"{path} is a database, but no newsdesk store; move it away")
    found = connection.execute(sql.REVISION).scalar_one_or_none()
    if found is None or not found.isdigit() or int(found) > schema.REVISION:
        raise StoreError(
            f"the store {path} is of version {found}, newer than this newsdesk "
            f"({schema.REVISION:04}); install the newsdesk that wrote it, or a later one"
        )
    return int(found)


def _create(connection: Connection) -> None:
    """Every table at once, as all migrations together make them."""
    schema.metadata.create_all(connection, checkfirst=False)
    connection.execute(sql.MAKE_REVISION)
    connection.execute(sql.SET_REVISION, {"revision": f"{schema.REVISION:04}"})


def migrate(connection: Connection, to: int = schema.REVISION) -> None:
    """Run the migrations that a store lacks, all of them on an empty one, inside the
    connection's transaction; up to the revision `to`."""
    # Loaded here alone: Alembic takes a quarter of a second, and is seldom needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "newsdesk.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, f"{to:04}")
