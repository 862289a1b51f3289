"""What became of stories: merged, split off, carrying another on, led by another; and
their events."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns that lead from story to story, and the table of events."""
    op.add_column("stories", Column("merged_into", Text))
    op.add_column("stories", Column("split_from", Text))
    op.add_column("stories", Column("follows", Text))
    op.add_column("stories", Column("challenger", Text))
    op.add_column("stories", Column("challenged_at", Text))
    op.create_index("stories_merged", "stories", ["merged_into"])
    op.create_table(
        "story_events",
        Column("story_id", Text, primary_key=True),
        Column("at", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("why", Text, primary_key=True),
    )
