"""The tables. Columns are what queries need; everything else is one JSON document.

A record gets a new field without a migration (`codec` gives old rows its default); a
new column, table or index needs one, in `migrations/versions`. Instants are text in
UTC with microseconds, so that they sort, in SQLite as in PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

REVISION = 4
"""The newest migration; its four digits stand in `alembic_version`."""

metadata = MetaData()

sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("is_listed", Boolean, nullable=False),  # in the site's list now
    Column("url", Text, nullable=False),
    Column("health", Text, nullable=False),
    Column("next_poll_at", Text),
    Column("source", Text, nullable=False),  # Source
    Column("state", Text, nullable=False),  # SourceState without its source
)

entries = Table(
    "entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("first_seen_at", Text, nullable=False),
    Column("article_id", Text),  # the article it speaks of; null: nobody asked yet
    Column("entry", Text, nullable=False),  # Entry without its columns and HTML
    Column("digest", Text),  # of its words; null: of a list, or kept before there were
    Index("entries_of_article", "article_id"),
)

versions = Table(
    "versions",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1, the entry as first seen
    Column("seen_at", Text, nullable=False),
    Column("version", Text, nullable=False),  # Version without its columns
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stage", Text, nullable=False),  # new, archived, refused or read
    Column("url", Text, nullable=False),  # as first met
    Column("url_key", Text),  # see text.urls.key
    Column("entry_id", Text),  # the entry that speaks for it
    Column("source_id", Text, nullable=False),
    Column("first_seen_at", Text, nullable=False),
    Column("candidate", Text),  # Candidate without its columns and entry
    Column("reason", Text),  # why it was refused
    # From here on null until read.
    Column("instant", Text),
    Column("language", Text),
    Column("provider_domain", Text),
    Column("web_key", Text),  # key of the canonical address
    Column("duplicate_of", Text),
    Column("provider", Text),
    Column("topics", Text),
    Column("article", Text),  # Article without its columns and text
    Column("reread_at", Text),  # since when it waits to be read once more
    Index("articles_to_read", "stage", "first_seen_at"),
    Index("articles_to_reread", "reread_at"),
    Index("articles_by_url", "url_key"),
    Index("articles_by_address", "web_key"),
)

bodies = Table(
    "bodies",
    metadata,
    Column("kind", Text, primary_key=True),  # entry or article
    Column("id", Text, primary_key=True),
    Column("packed", LargeBinary, nullable=False),  # zlib
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("lead", Text),
    Column("first_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("merged_into", Text),  # a living story; null: it lives itself
    Column("split_from", Text),
    Column("follows", Text),
    Column("challenger", Text),  # the member that may lead instead, and since when
    Column("challenged_at", Text),
    Index("stories_by_change", "changed_at"),
    Index("stories_merged", "merged_into"),
    Index("stories_begun", "first_at"),
)

story_events = Table(
    "story_events",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("at", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("why", Text, primary_key=True),
)

members = Table(
    "members",
    metadata,
    Column("article_id", Text, primary_key=True),  # in one story at most
    Column("story_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Index("members_of_story", "story_id", "position"),
)

judged = Table(
    "judged",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("is_published", Boolean, nullable=False),
    Column("quality", Integer, nullable=False),
    Column("heat", Integer, nullable=False),
    Column("verdict", Text, nullable=False),  # story_rows.Judgement
)

# Apart from `judged`, whose rows are long: this is asked of thousands at once.
summaries = Table(
    "summaries",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("provider", Text, nullable=False),  # of the lead
    Column("topics", Text, nullable=False),  # of the lead, a JSON list
    Column("quality", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("ruling", Text),  # what editors said; null: nothing
)

visits = Table(
    "visits",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("hour", Text, primary_key=True),  # its start
    Column("visits", Integer, nullable=False),
    Index("visits_by_hour", "hour"),
)

coverage = Table(
    "coverage",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("role", Text, nullable=False),  # lead, related or more
    Column("provider", Text),  # domain; null: judged before it was kept
    Column("is_copy", Boolean),  # whether it has another's text; likewise
    Column("corrects", Boolean),  # whether it says what it put right; likewise
)

records = Table(
    "records",
    metadata,
    Column("path", Text, primary_key=True),
    Column("story_id", Text),  # null: adopted
    Column("published_at", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("records_by_time", "published_at"),
    Index("records_of_story", "story_id"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Text, nullable=False),  # running, done, stopped or crashed
    Column("now", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("counts", Text, nullable=False),  # [[name, count], …]
)

failures = Table(
    "failures",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("tried_at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_final", Boolean, nullable=False),
    Column("failure", Text, nullable=False),  # Failed
)

editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", Integer, nullable=False),
    Column("now", Text, nullable=False),
    Column("as_of", Text),
    Column("version", Text, nullable=False),  # of newsdesk
    Index("editions_by_time", "now"),
)

edition_files = Table(
    "edition_files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("number", Integer, primary_key=True),  # of the edition that changed it
    Column("digest", Text),  # null: it was there no longer
)

edition_texts = Table(
    "edition_texts",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of the file
    Column("size", Integer, nullable=False),
    Column("base", Text),  # the file it is told by; null: it is here whole
    Column("steps", Integer, nullable=False),  # how many bases lie below it
    Column("packed", LargeBinary, nullable=False),  # see store.deltas
)

rule_sets = Table(
    "rule_sets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("run", Integer, nullable=False),  # the first run that judged by it
    Column("last_run", Integer, nullable=False),
    Column("now", Text, nullable=False),  # of the first
    Column("rules", Text, nullable=False),  # RuleSet without its columns
)

newsletter_issues = Table(
    "newsletter_issues",
    metadata,
    Column("newsletter", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("until", Text, nullable=False),  # the newest news that it knew
    Column("is_empty", Boolean, nullable=False),  # no mail went out
    Column("sent", Text, nullable=False),  # Sent of each story
    Column("letter", Text, nullable=False),  # Letter
)

newsletter_subscribers = Table(
    "newsletter_subscribers",
    metadata,
    Column("newsletter", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("bounces", Integer, nullable=False),
    Index("subscribers_by_token", "token", unique=True),
)

newsletter_mails = Table(
    "newsletter_mails",
    metadata,
    Column("newsletter", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
)

changes = Table(
    "changes",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("number", Integer, nullable=False),  # higher than of any change before
    Index("changes_by_number", "number"),
)

memory = Table(
    "memory",
    metadata,
    Column("name", Text, primary_key=True),  # desk, window or site
    Column("packed", LargeBinary, nullable=False),  # for whoever remembers it
)

VOLATILE = frozenset(
    {
        "runs",
        "changes",
        "memory",
        "editions",
        "edition_files",
        "edition_texts",
        "rule_sets",
    }
)
"""Tables that tell when we ran, not what we know."""
