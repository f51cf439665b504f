"""The tables of the crawl, and those that nothing refers to."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Flag, Json, Key, Moment, Score, Whole, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", Whole, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("title", Words, nullable=True),
        sa.Column("publisher", Words, nullable=True),
        sa.Column("start", Json, nullable=False),
        sa.Column("cadence_days", Score, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("name", name=op.f("uq_series_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "run",
        sa.Column("id", Whole, nullable=False),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("reason", Words, nullable=True),
        sa.Column("counts", Json, nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_run_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sqlite_strict=True,
    )
    op.create_index("ix_run_series_id", "run", ["series_id", "id"], unique=False)
    op.create_table(
        "payload",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("codec", Words, nullable=False),
        sa.Column("dictionary_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["dictionary_sha256"], ["payload.sha256"], name=op.f("fk_payload_dictionary_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_payload")),
        sqlite_strict=True,
    )
    op.create_table(
        "story",
        sa.Column("id", Whole, nullable=False),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("title", Words, nullable=False),
        sa.Column("title_key", Key, nullable=False),
        sa.Column("subtitle", Words, nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("subject", Words, nullable=True),
        sa.Column("author", Words, nullable=True),
        sa.Column("source", Words, nullable=True),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("published_precision", Words, nullable=True),
        sa.Column("published_source", Words, nullable=True),
        sa.Column("language", Words, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("merged_into", Whole, nullable=True),
        sa.Column("canonical_revision_id", Whole, nullable=True),
        sa.Column("first_seen_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["story.id"], name=op.f("fk_story_merged_into")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_story_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sqlite_strict=True,
    )
    is_merged = sa.literal_column("merged_into").is_not(None)
    op.create_index(
        "ix_story_merged_into", "story", ["merged_into"], sqlite_where=is_merged, postgresql_where=is_merged
    )
    op.create_index("ix_story_published", "story", ["published_at", "id"], unique=False)
    op.create_index("ix_story_series_published", "story", ["series_id", "published_at", "id"], unique=False)
    op.create_index("ix_story_title_key", "story", ["series_id", "title_key"], unique=False)
    op.create_table(
        "page",
        sa.Column("id", Whole, nullable=False),
        sa.Column("url_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("url", Words, nullable=False),
        sa.Column("host", Words, nullable=False),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("via", Words, nullable=False),
        sa.Column("title", Words, nullable=True),
        sa.Column("found_reason", Words, nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("discovered_from", Whole, nullable=True),
        sa.Column("discovered_at", Moment, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("watch", Flag, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("lease_run_id", Whole, nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_at", Moment, nullable=True),
        sa.Column("reason", Words, nullable=False),
        sa.Column("run_id", Whole, nullable=True),
        sa.Column("etag", Words, nullable=True),
        sa.Column("last_modified", Words, nullable=True),
        sa.Column("payload_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("story_id", Whole, nullable=True),
        sa.Column("revision_id", Whole, nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["discovered_from"], ["page.id"], name=op.f("fk_page_discovered_from")),
        sa.ForeignKeyConstraint(["lease_run_id"], ["run.id"], name=op.f("fk_page_lease_run_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_page_run_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_page_series_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_page_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("url_sha256", name=op.f("uq_page_url_sha256")),
        sqlite_strict=True,
    )
    op.create_index("ix_page_due", "page", ["series_id", "state", "due_at", "id"], unique=False)
    op.create_index("ix_page_outcome", "page", ["series_id", "outcome"], unique=False)
    op.create_index("ix_page_story_id", "page", ["story_id"], unique=False)
    op.create_index("ix_page_run_id", "page", ["run_id", "outcome"], unique=False)
    op.create_index("ix_page_title", "page", ["title"], unique=False, postgresql_using="hash")
    op.create_index("ix_page_watch", "page", ["series_id", "watch"], unique=False)
    op.create_table(
        "capture",
        sa.Column("id", Whole, nullable=False),
        sa.Column("page_id", Whole, nullable=False),
        sa.Column("run_id", Whole, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", Words, nullable=False),
        sa.Column("fetched_at", Moment, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", Json, nullable=False),
        sa.Column("payload_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("reason", Words, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_capture_page_id")),
        sa.ForeignKeyConstraint(["payload_sha256"], ["payload.sha256"], name=op.f("fk_capture_payload_sha256")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_capture_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sqlite_strict=True,
    )
    op.create_index("ix_capture_page_id", "capture", ["page_id", "id"], unique=False)
    op.create_index("ix_capture_payload_sha256", "capture", ["payload_sha256"], unique=False)
    op.create_index("ix_capture_run_id", "capture", ["run_id"], unique=False)
    op.create_table(
        "host",
        sa.Column("host", Key, nullable=False),
        sa.Column("registrable", Words, nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.Column("icp", Words, nullable=True),
        sa.Column("owner", Words, nullable=True),
        sa.Column("evidence", Json, nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lsh_band",
        sa.Column("band", Whole, autoincrement=False, nullable=False),
        sa.Column("text_id", Whole, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "text_id", name=op.f("pk_lsh_band")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sentence",
        sa.Column("hash", Whole, autoincrement=False, nullable=False),
        sa.Column("text_id", Whole, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "text_id", name=op.f("pk_sentence")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spin_pair",
        sa.Column("spun", Key, nullable=False),
        sa.Column("original", Key, nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("source", Words, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decided_by", Words, nullable=False),
        sa.PrimaryKeyConstraint("spun", "original", name=op.f("pk_spin_pair")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_spin_pair_status", "spin_pair", ["status", "copies"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
