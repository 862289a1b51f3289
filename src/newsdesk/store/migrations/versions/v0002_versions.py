"""What entries said before they changed, and articles that are to be read once more."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of versions, and the columns that tell when there is a new one."""
    op.create_table(
        "versions",
        Column("entry_id", Text, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("seen_at", Text, nullable=False),
        Column("version", Text, nullable=False),
    )
    op.add_column("entries", Column("digest", Text))
    op.add_column("articles", Column("reread_at", Text))
    op.create_index("articles_to_reread", "articles", ["reread_at"])
