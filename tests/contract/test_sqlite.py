"""What SQLite's store does beyond the contract: opening, upgrading, surviving."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

import samples
from fakes import NOW
from newsdesk.model.errors import StoreError
from newsdesk.store import open_store, opening, schema, sql
from newsdesk.store.opening import FILE_NAME

LONG_AGO = NOW - timedelta(days=30)


def execute(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        return connection.execute(statement).fetchall()


# --- opening ---------------------------------------------------------------------------


def test_migrations_make_the_tables_that_the_schema_describes() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, connection.begin():
        opening.migrate(connection)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_a_new_store_is_what_all_migrations_make(tmp_path: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, connection.begin():
        opening.migrate(connection)
        migrated = shape(connection)
    engine.dispose()
    with open_store(tmp_path) as opened, opened.engine.connect() as connection:
        assert shape(connection) == migrated


def shape(connection: Connection) -> dict[str, object]:
    """Every table's columns, in any order, with its indexes; and the version."""
    asked = inspect(connection)
    version = connection.execute(sql.REVISION).scalar_one()
    return {"version": version} | {
        name: (
            sorted(
                (one["name"], str(one["type"]), one["nullable"], one["primary_key"])
                for one in asked.get_columns(name)
            ),
            asked.get_pk_constraint(name),
            asked.get_indexes(name),
        )
        for name in asked.get_table_names()
    }


def test_a_new_store_is_made_without_alembic(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from newsdesk.store import open_store;"
        "open_store(Path(sys.argv[1])).close(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)


def test_the_schema_names_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "newsdesk.store:migrations")
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head == f"{schema.REVISION:04}"


def test_what_is_kept_is_there_when_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "deep" / "down") as opened:
        opened.store.save_articles([samples.article("1")])
    with open_store(tmp_path / "deep" / "down") as opened:
        assert opened.store.articles(LONG_AGO) == (samples.article("1"),)


def test_a_new_store_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    # Stands where a table is to be made, so that the making fails half-way.
    execute(tmp_path, "CREATE VIEW stories AS SELECT 1")
    with pytest.raises(StoreError, match="already exists"):
        open_store(tmp_path)
    execute(tmp_path, "DROP VIEW stories")
    assert execute(tmp_path, "SELECT * FROM sqlite_master") == []
    open_store(tmp_path).close()


def test_a_migration_that_breaks_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    make_first_version(tmp_path)
    # A table of the third version: the second can be reached, and the third cannot.
    execute(tmp_path, "CREATE TABLE story_events (x)")
    before = execute(tmp_path, "SELECT * FROM sqlite_master")
    with pytest.raises(StoreError, match="already exists"):
        open_store(tmp_path)
    assert execute(tmp_path, "SELECT * FROM sqlite_master") == before
    assert execute(tmp_path, "SELECT * FROM alembic_version") == [("0001",)]


def test_a_newer_store_is_refused_by_name(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    execute(tmp_path, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreError, match="version 0999, newer than this newsdesk"):
        open_store(tmp_path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="no newsdesk store"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database, but long enough to be one" * 9)
    with pytest.raises(StoreError, match=r"cannot open the store .* not a database"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="check that the folder exists"):
        open_store(tmp_path / "file" / "state")


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    entry = samples.entry("1")
    with open_store(tmp_path / "new") as opened:
        opened.store.save_polls([samples.poll("wire", entry)])
    make_first_version(tmp_path / "old", tmp_path / "new")
    with open_store(tmp_path / "old") as opened:
        assert opened.store.known_entries([entry.id]) == {entry.id: ""}
        assert opened.store.unclaimed_entries() == (entry,)


def make_first_version(folder: Path, filled_as: Path | None = None) -> None:
    """A store as the first newsdesk made it, with what it can hold of another one."""
    folder.mkdir(exist_ok=True)
    engine = create_engine(f"sqlite:///{folder / FILE_NAME}")
    with engine.connect() as connection, connection.begin():
        opening.migrate(connection, to=1)
        columns = {
            table: ", ".join(
                one["name"] for one in inspect(connection).get_columns(table)
            )
            for table in inspect(connection).get_table_names()
        }
    engine.dispose()
    if filled_as is None:
        return
    with closing(sqlite3.connect(folder / FILE_NAME)) as opened, opened:
        opened.execute("ATTACH ? AS other", (str(filled_as / FILE_NAME),))
        for table, names in columns.items():
            if table != "alembic_version":
                opened.execute(
                    f"INSERT INTO {table} ({names}) SELECT {names} FROM other.{table}"
                )


# --- what is kept ----------------------------------------------------------------------


def test_long_texts_are_kept_compressed_and_apart(tmp_path: Path) -> None:
    text = "The same words again. " * 1000
    with open_store(tmp_path) as opened:
        opened.store.save_articles([samples.article("1", text=text)])
        (row,) = opened.store.dump()["articles"]
    assert text not in str(row)
    ((size,),) = execute(tmp_path, "SELECT length(packed) FROM bodies")
    assert isinstance(size, int)
    assert size < len(text) / 10


def test_a_row_of_an_earlier_edition_takes_defaults(tmp_path: Path) -> None:
    article = samples.article("1")
    with open_store(tmp_path) as opened:
        opened.store.save_articles([article])
    execute(
        tmp_path,
        "UPDATE articles SET article = json_remove("
        "json_set(article, '$.reading.forgotten', 1), '$.reading.language')",
    )
    with open_store(tmp_path) as opened:
        (found,) = opened.store.articles(LONG_AGO)
    assert found == replace(article, reading=replace(article.reading, language=None))


def test_records_take_as_many_queries_for_two_as_for_many(tmp_path: Path) -> None:
    def queries(count: int) -> int:
        with open_store(tmp_path / str(count)) as opened:
            for n in range(count):
                article = samples.article(f"{n:03}")
                whole = samples.story(f"s{n:03}", article.id)
                judged = samples.judged(whole, article)
                opened.store.save_articles([article])
                opened.store.save_stories([], [], [judged])
                opened.store.save_records([samples.published(f"{n:03}.md", judged)])
            seen: list[str] = []
            with opened.engine.connect() as connection:
                raw = connection.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                raw.set_trace_callback(seen.append)
            records = opened.store.records()
        assert [r.story is not None for r in records] == [True] * count
        return len([statement for statement in seen if "SELECT" in statement])

    assert queries(2) == queries(50) > 0


def test_stores_filled_in_another_order_dump_alike(tmp_path: Path) -> None:
    articles = [samples.article(str(n)) for n in range(9)]
    stories = [samples.story(f"s{n}", str(n)) for n in range(9)]
    dumps = []
    for folder, order in (("a", 1), ("b", -1)):
        with open_store(tmp_path / folder) as opened:
            opened.ledger.begin(NOW + timedelta(days=order), NOW)
            opened.store.save_articles(articles[::order])
            opened.store.save_stories(stories[::order], [], [])
            dumps.append(opened.store.dump())
    assert dumps[0] == dumps[1]
    assert len(dumps[0]["articles"]) == 9
    assert "runs" not in dumps[0]


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    with open_store(tmp_path) as writer, open_store(tmp_path) as reader:
        writer.store.save_articles([samples.article("1")])
        with opening.reading(reader.engine) as connection:
            since = {"since": "2000"}
            assert len(connection.execute(sql.ARTICLES_SINCE, since).all()) == 1
            writer.store.save_articles([samples.article("2")])
            assert len(connection.execute(sql.ARTICLES_SINCE, since).all()) == 1
        assert len(reader.store.articles(LONG_AGO)) == 2


def test_two_writers_of_the_same_entries_wait_for_each_other(tmp_path: Path) -> None:
    entries = [samples.entry(f"{n:03}", position=n) for n in range(300)]
    polls = [samples.poll("wire", *entries[n : n + 20]) for n in range(0, 300, 10)]

    def save(order: int) -> int:
        with open_store(tmp_path) as opened:
            return sum(opened.store.save_polls([poll]) for poll in polls[::order])

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(save, (1, -1))) == 300
    with open_store(tmp_path) as opened:
        assert opened.store.unclaimed_entries() == tuple(entries)


# --- kills -----------------------------------------------------------------------------

WORK = """
import sys
from pathlib import Path
import samples
from newsdesk.store import open_store

with open_store(Path(sys.argv[1])) as opened:
    print("open", flush=True)
    store = opened.store
    for batch in range(25):
        ids = [f"{batch:02}-{n:02}" for n in range(20)]
        candidates = [samples.candidate(of) for of in ids]
        entries = [candidate.entry for candidate in candidates]
        articles = [samples.article(of, text=of * 500) for of in ids]
        whole = samples.story(f"s{batch}", *ids)
        judged = samples.judged(whole, *articles)
        opened.ledger.record(1, [samples.failed(ids[0])], samples.NOW)
        store.save_polls([samples.poll("wire", *entries)])
        store.admit(candidates, [(c.entry.id, c.id) for c in candidates])
        store.save_articles(articles)
        store.save_stories([whole], [(ids[1], ids[0])], [judged])
        store.save_records([samples.published(f"{batch}.md", judged)])
        print(batch, flush=True)
"""


def start_work(folder: Path) -> subprocess.Popen[bytes]:
    tests = Path(samples.__file__).parent
    return subprocess.Popen(
        [sys.executable, "-c", WORK, str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(tests)},
    )


def finish_work(folder: Path) -> None:
    with start_work(folder) as process:
        process.communicate()
        assert process.returncode == 0


def kill_work_after(folder: Path, lines: int) -> None:
    with start_work(folder) as process:
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def test_killed_and_run_again_the_store_is_as_if_nothing_had_been(
    tmp_path: Path,
) -> None:
    finish_work(tmp_path / "undisturbed")
    for lines in (1, 4, 11):
        kill_work_after(tmp_path / "killed", lines)
        with open_store(tmp_path / "killed") as opened:
            counts = dict(opened.archive.totals())
            # Each method is there as a whole or not at all.
            assert counts["entries"] % 20 == counts["articles"] % 20 == 0
            assert 0 <= counts["entries"] - counts["articles"] <= 20
    finish_work(tmp_path / "killed")
    with (
        open_store(tmp_path / "undisturbed") as undisturbed,
        open_store(tmp_path / "killed") as killed,
    ):
        assert killed.store.dump() == undisturbed.store.dump()
        assert killed.store.records() == undisturbed.store.records()
        assert len(killed.store.records()) == 25
