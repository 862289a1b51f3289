"""The first tables."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and their indexes."""
    _what_comes_in()
    _what_we_make_of_it()
    _what_runs_leave()


def _what_comes_in() -> None:
    op.create_table(
        "sources",
        Column("id", Text, primary_key=True),
        Column("is_listed", Boolean, nullable=False),
        Column("url", Text, nullable=False),
        Column("health", Text, nullable=False),
        Column("next_poll_at", Text),
        Column("source", Text, nullable=False),
        Column("state", Text, nullable=False),
    )
    op.create_table(
        "entries",
        Column("id", Text, primary_key=True),
        Column("source_id", Text, nullable=False),
        Column("position", Integer, nullable=False),
        Column("first_seen_at", Text, nullable=False),
        Column("article_id", Text),
        Column("entry", Text, nullable=False),
    )
    op.create_index("entries_of_article", "entries", ["article_id"])
    op.create_table(
        "articles",
        Column("id", Text, primary_key=True),
        Column("stage", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("url_key", Text),
        Column("entry_id", Text),
        Column("source_id", Text, nullable=False),
        Column("first_seen_at", Text, nullable=False),
        Column("candidate", Text),
        Column("reason", Text),
        Column("instant", Text),
        Column("language", Text),
        Column("provider_domain", Text),
        Column("web_key", Text),
        Column("duplicate_of", Text),
        Column("provider", Text),
        Column("topics", Text),
        Column("article", Text),
    )
    op.create_index("articles_to_read", "articles", ["stage", "first_seen_at"])
    op.create_index("articles_by_url", "articles", ["url_key"])
    op.create_index("articles_by_address", "articles", ["web_key"])
    op.create_table(
        "bodies",
        Column("kind", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("packed", LargeBinary, nullable=False),
    )


def _what_we_make_of_it() -> None:
    op.create_table(
        "stories",
        Column("id", Text, primary_key=True),
        Column("lead", Text),
        Column("first_at", Text, nullable=False),
        Column("changed_at", Text, nullable=False),
    )
    op.create_index("stories_by_change", "stories", ["changed_at"])
    op.create_table(
        "members",
        Column("article_id", Text, primary_key=True),
        Column("story_id", Text, nullable=False),
        Column("position", Integer, nullable=False),
    )
    op.create_index("members_of_story", "members", ["story_id", "position"])
    op.create_table(
        "judged",
        Column("story_id", Text, primary_key=True),
        Column("is_published", Boolean, nullable=False),
        Column("quality", Integer, nullable=False),
        Column("heat", Integer, nullable=False),
        Column("verdict", Text, nullable=False),
    )
    op.create_table(
        "coverage",
        Column("story_id", Text, primary_key=True),
        Column("article_id", Text, primary_key=True),
        Column("role", Text, nullable=False),
    )
    op.create_table(
        "records",
        Column("path", Text, primary_key=True),
        Column("story_id", Text),
        Column("published_at", Text, nullable=False),
        Column("record", Text, nullable=False),
    )
    op.create_index("records_by_time", "records", ["published_at"])
    op.create_index("records_of_story", "records", ["story_id"])


def _what_runs_leave() -> None:
    op.create_table(
        "runs",
        Column("id", Integer, primary_key=True),
        Column("state", Text, nullable=False),
        Column("now", Text, nullable=False),
        Column("started_at", Text, nullable=False),
        Column("ended_at", Text),
        Column("counts", Text, nullable=False),
    )
    op.create_table(
        "failures",
        Column("stage", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("tried_at", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("is_final", Boolean, nullable=False),
        Column("failure", Text, nullable=False),
    )
