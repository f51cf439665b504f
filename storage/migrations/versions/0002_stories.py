"""The tables of what was read, and of its copies."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Flag, Json, Key, Moment, Score, Whole, Words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text",
        sa.Column("id", Whole, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("key_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("body", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
        sa.UniqueConstraint("sha256", name=op.f("uq_text_sha256")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_text_key_sha256"), "text", ["key_sha256"], unique=False)
    op.create_table(
        "revision",
        sa.Column("id", Whole, nullable=False),
        sa.Column("page_id", Whole, nullable=False),
        sa.Column("story_id", Whole, nullable=False),
        sa.Column("text_id", Whole, nullable=False),
        sa.Column("capture_id", Whole, nullable=True),
        sa.Column("parent_id", Whole, nullable=True),
        sa.Column("title", Words, nullable=False),
        sa.Column("title_key", Key, nullable=False),
        sa.Column("subtitle", Words, nullable=True),
        sa.Column("series_title", Words, nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("subject", Words, nullable=True),
        sa.Column("author", Words, nullable=True),
        sa.Column("source", Words, nullable=True),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("published_precision", Words, nullable=True),
        sa.Column("published_source", Words, nullable=True),
        sa.Column("language", Words, nullable=True),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("standing_reason", Words, nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("details", Json, nullable=False),
        sa.Column("extractor_version", Words, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_revision_capture_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_revision_page_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["revision.id"], name=op.f("fk_revision_parent_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_revision_story_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_revision_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sqlite_strict=True,
    )
    op.create_index("ix_revision_page_id", "revision", ["page_id", "id"], unique=False)
    op.create_index("ix_revision_story_id", "revision", ["story_id", "id"], unique=False)
    op.create_index("ix_revision_text_id", "revision", ["text_id", "id"], unique=False)
    op.create_index("ix_revision_title", "revision", ["title"], unique=False, postgresql_using="hash")
    op.create_table(
        "mention",
        sa.Column("id", Whole, nullable=False),
        sa.Column("page_id", Whole, nullable=False),
        sa.Column("revision_id", Whole, nullable=True),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", Words, nullable=False),
        sa.Column("title_key", Key, nullable=False),
        sa.Column("url", Words, nullable=True),
        sa.Column("url_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("story_id", Whole, nullable=True),
        sa.Column("current", Flag, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_mention_page_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_mention_revision_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_mention_series_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_mention_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sqlite_strict=True,
    )
    op.create_index("ix_mention_open", "mention", ["series_id", "story_id"], unique=False)
    op.create_index("ix_mention_page_id", "mention", ["page_id", "position"], unique=False)
    op.create_index("ix_mention_story_id", "mention", ["story_id"], unique=False)
    op.create_index("ix_mention_title", "mention", ["title"], unique=False, postgresql_using="hash")
    op.create_index("ix_mention_title_key", "mention", ["series_id", "title_key"], unique=False)
    op.create_index("ix_mention_url_sha256", "mention", ["url_sha256"], unique=False)
    op.create_table(
        "image",
        sa.Column("id", Whole, nullable=False),
        sa.Column("revision_id", Whole, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", Words, nullable=False),
        sa.Column("caption", Words, nullable=True),
        sa.Column("credit", Words, nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_image_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sqlite_strict=True,
    )
    op.create_index("ix_image_revision_id", "image", ["revision_id", "position"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", Whole, nullable=False),
        sa.Column("revision_id", Whole, nullable=False),
        sa.Column("detector", Words, nullable=False),
        sa.Column("detector_version", Words, nullable=False),
        sa.Column("label", Words, nullable=False),
        sa.Column("score", Score, nullable=False),
        sa.Column("summary", Words, nullable=False),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("found_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_finding_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sqlite_strict=True,
    )
    op.create_index("ix_finding_revision_id", "finding", ["revision_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("text_id", Whole, autoincrement=False, nullable=False),
        sa.Column("other_text_id", Whole, autoincrement=False, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("score", Score, nullable=False),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("decided_by", Words, nullable=False),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("open", Flag, nullable=False),
        sa.ForeignKeyConstraint(["other_text_id"], ["text.id"], name=op.f("fk_relation_other_text_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_relation_text_id")),
        sa.PrimaryKeyConstraint("text_id", "other_text_id", name=op.f("pk_relation")),
        sqlite_strict=True,
    )
    op.create_index("ix_relation_open", "relation", ["open", "score"], unique=False)
    op.create_index("ix_relation_other_text_id", "relation", ["other_text_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", Whole, nullable=False),
        sa.Column("story_id", Whole, nullable=False),
        sa.Column("other_story_id", Whole, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("decided_by", Words, nullable=False),
        sa.Column("decided_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["other_story_id"], ["story.id"], name=op.f("fk_decision_other_story_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_decision_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_strict=True,
    )
    op.create_index("ix_decision_story_id", "decision", ["story_id", "id"], unique=False)
    op.create_table(
        "spin_sighting",
        sa.Column("spun", Key, nullable=False),
        sa.Column("original", Key, nullable=False),
        sa.Column("text_id", Whole, autoincrement=False, nullable=False),
        sa.Column("other_text_id", Whole, nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["other_text_id"], ["text.id"], name=op.f("fk_spin_sighting_other_text_id")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_spin_sighting_text_id")),
        sa.PrimaryKeyConstraint("spun", "original", "text_id", name=op.f("pk_spin_sighting")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sketch",
        sa.Column("text_id", Whole, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_sketch_text_id")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_sketch")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
