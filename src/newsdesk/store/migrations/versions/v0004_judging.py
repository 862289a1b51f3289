"""How stories were judged, and what readers saw of it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns."""
    _keep_editions()
    _remember_changes()
    _keep_verdicts()
    _count_visits()
    _keep_newsletters()


def _remember_changes() -> None:
    """What came in since a run grouped, and what runs remember."""
    op.create_table(
        "changes",
        Column("article_id", Text, primary_key=True),
        Column("number", Integer, nullable=False),
    )
    op.create_index("changes_by_number", "changes", ["number"])
    op.create_table(
        "memory",
        Column("name", Text, primary_key=True),
        Column("packed", LargeBinary, nullable=False),
    )


def _keep_editions() -> None:
    """What `newsdesk replay` rebuilds past front pages from, and rules of the past."""
    op.create_table(
        "editions",
        Column("number", Integer, primary_key=True),
        Column("run", Integer, nullable=False),
        Column("now", Text, nullable=False),
        Column("as_of", Text),
        Column("version", Text, nullable=False),
    )
    op.create_index("editions_by_time", "editions", ["now"])
    op.create_table(
        "edition_files",
        Column("path", Text, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("digest", Text),
    )
    op.create_table(
        "edition_texts",
        Column("digest", Text, primary_key=True),
        Column("size", Integer, nullable=False),
        Column("base", Text),
        Column("steps", Integer, nullable=False),
        Column("packed", LargeBinary, nullable=False),
    )
    op.create_table(
        "rule_sets",
        Column("id", Text, primary_key=True),
        Column("run", Integer, nullable=False),
        Column("last_run", Integer, nullable=False),
        Column("now", Text, nullable=False),
        Column("rules", Text, nullable=False),
    )


def _keep_verdicts() -> None:
    """What decided about a story, where many are asked at once."""
    op.create_table(
        "summaries",
        Column("story_id", Text, primary_key=True),
        Column("provider", Text, nullable=False),
        Column("topics", Text, nullable=False),
        Column("quality", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("rule", Text, nullable=False),
        Column("ruling", Text),
    )
    op.add_column("coverage", Column("provider", Text))
    op.add_column("coverage", Column("is_copy", Boolean))
    op.add_column("coverage", Column("corrects", Boolean))
    op.create_index("stories_begun", "stories", ["first_at"])


def _count_visits() -> None:
    """How often readers asked for a story's page, by hour; no word of who they were."""
    op.create_table(
        "visits",
        Column("story_id", Text, primary_key=True),
        Column("hour", Text, primary_key=True),
        Column("visits", Integer, nullable=False),
    )
    op.create_index("visits_by_hour", "visits", ["hour"])


def _keep_newsletters() -> None:
    """Issues, who gets them, and who was sent what."""
    op.create_table(
        "newsletter_issues",
        Column("newsletter", Text, primary_key=True),
        Column("day", Text, primary_key=True),
        Column("until", Text, nullable=False),
        Column("is_empty", Boolean, nullable=False),
        Column("sent", Text, nullable=False),
        Column("letter", Text, nullable=False),
    )
    op.create_table(
        "newsletter_subscribers",
        Column("newsletter", Text, primary_key=True),
        Column("address", Text, primary_key=True),
        Column("standing", Text, nullable=False),
        Column("token", Text, nullable=False),
        Column("since", Text, nullable=False),
        Column("bounces", Integer, nullable=False),
    )
    op.create_index(
        "subscribers_by_token", "newsletter_subscribers", ["token"], unique=True
    )
    op.create_table(
        "newsletter_mails",
        Column("newsletter", Text, primary_key=True),
        Column("day", Text, primary_key=True),
        Column("address", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("reason", Text),
    )
