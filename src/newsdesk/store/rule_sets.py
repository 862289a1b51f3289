"""The rules that stories were judged by, each set once, with the runs that used it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, text

from newsdesk.model.receipt import RuleSet
from newsdesk.store import codec

_SAVE = text(
    """
    INSERT INTO rule_sets (id, run, last_run, now, rules)
    VALUES (:id, :run, :run, :now, :rules)
    ON CONFLICT (id) DO UPDATE SET last_run = excluded.last_run
    """
)
_ALL = text("SELECT id, run, now, rules FROM rule_sets ORDER BY last_run DESC, id")


def save(connection: Connection, given: RuleSet, run: int, now: datetime) -> None:
    """Keep a set of rules that a run judges by; one that is known is only noted."""
    bare = replace(given, id="", run=0, now=None)
    values = {
        "id": given.id, "run": run, "now": codec.instant_text(now),
        "rules": codec.dumps(bare),
    }  # fmt: skip
    connection.execute(_SAVE, values)


def every(connection: Connection) -> tuple[RuleSet, ...]:
    """All sets of rules, the one that was used last first."""
    return tuple(
        replace(codec.loads(RuleSet, rules), id=of, run=run, now=codec.instant(now))
        for of, run, now, rules in connection.execute(_ALL)
    )
