"""Pages that several series use: each keeps its own account of them."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Flag, Moment, Whole, Words
from storage.schema.crawling import STRICT

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("page_id", Whole, sa.ForeignKey("page.id", name="fk_share_page_id"), nullable=False),
        sa.Column("series_id", Whole, sa.ForeignKey("series.id", name="fk_share_series_id"), nullable=False),
        sa.Column("via", Words, nullable=False),
        sa.Column("title", Words),
        sa.Column("found_reason", Words, nullable=False),
        sa.Column("discovered_from", Whole, sa.ForeignKey("page.id", name="fk_share_discovered_from")),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("watch", Flag, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("unconfirmed_since", Moment),
        sa.Column("outcome", sa.Text()),
        sa.Column("outcome_at", Moment),
        sa.Column("reason", Words, nullable=False),
        sa.Column("run_id", Whole, sa.ForeignKey("run.id", name="fk_share_run_id")),
        sa.Column("etag", Words),
        sa.Column("last_modified", Words),
        sa.Column("unchanged_times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("page_id", "series_id", name="pk_share"),
        **STRICT,
    )
    op.create_index("ix_share_series_id", "share", ["series_id", "due_at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
