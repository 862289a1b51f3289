"""The ledger on SQLite: when we ran, what came of it, and what stands failed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from newsdesk.model.run import Failed, RunSummary
from newsdesk.store import codec, opening, rows, sql


class SqliteLedger:
    """Implements `model.ports.Ledger`; made by `newsdesk.store.open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, now: datetime, started_at: datetime) -> int:
        """Open a run and return its number; runs left open before are marked crashed."""
        values = {
            "now": codec.instant_text(now),
            "started_at": codec.instant_text(started_at),
        }
        with opening.writing(self._engine) as connection, connection.begin():
            connection.execute(sql.MARK_CRASHED)
            return int(connection.execute(sql.BEGIN_RUN, values).scalar_one())

    def count(self, run: int, counts: Sequence[tuple[str, int]]) -> None:
        """Keep the counts of a run so far: a name known takes the new count, a new one
        comes last."""
        with opening.writing(self._engine) as connection, connection.begin():
            known = connection.execute(sql.COUNTS, {"id": run}).scalar_one()
            merged = {**dict(json.loads(known)), **dict(counts)}
            values = {"id": run, "counts": codec.text_of(list(merged.items()))}
            connection.execute(sql.SAVE_COUNTS, values)

    def finish(self, run: int, state: str, ended_at: datetime) -> None:
        """Close a run."""
        values = {"id": run, "state": state, "ended_at": codec.instant_text(ended_at)}
        with opening.writing(self._engine) as connection, connection.begin():
            connection.execute(sql.FINISH_RUN, values)

    def record(self, run: int, failures: Sequence[Failed], now: datetime) -> None:
        """Keep failures; one that is known by stage and key is replaced."""
        tried_at = codec.instant_text(now)
        kept = {(failed.stage, failed.key): failed for failed in failures}
        values = [rows.failure_row(kept[key], tried_at) for key in sorted(kept)]
        if values:
            with opening.writing(self._engine) as connection, connection.begin():
                connection.execute(sql.SAVE_FAILURE, values)

    def clear(self, stage: str, keys: Sequence[str]) -> None:
        """These items made it through the stage after all."""
        values = [
            {"stage": stage, "key": rows.failure_key(key)} for key in sorted(set(keys))
        ]
        if values:
            with opening.writing(self._engine) as connection, connection.begin():
                connection.execute(sql.CLEAR_FAILURE, values)

    def failures(self) -> tuple[tuple[Failed, datetime], ...]:
        """What stands failed now and since when it was last tried, newest first."""
        with opening.reading(self._engine) as connection:
            return tuple(
                (codec.loads(Failed, failure), codec.instant(tried_at))
                for failure, tried_at in connection.execute(sql.FAILURES)
            )

    def runs(self, limit: int) -> tuple[RunSummary, ...]:
        """The last runs, newest first."""
        with opening.reading(self._engine) as connection:
            found = connection.execute(sql.RUNS, {"limit": limit})
            return tuple(map(rows.run, found))
