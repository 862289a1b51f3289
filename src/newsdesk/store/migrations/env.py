"""Run by Alembic, inside the transaction of the connection that `opening` hands over."""

from __future__ import annotations

from alembic import context

from newsdesk.store import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
)
with context.begin_transaction():
    context.run_migrations()
