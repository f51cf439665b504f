"""No outcome is final after one visit: what each page is still doubted for, and what its server's word is worth."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Flag, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("unconfirmed_since", Moment, nullable=True))
    op.add_column("page", sa.Column("unchanged_times", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("page", sa.Column("distrusted", Flag, nullable=False, server_default=sa.false()))
    op.add_column("page", sa.Column("row_count", sa.Integer(), nullable=True))
    op.create_index("ix_page_unconfirmed", "page", ["series_id", "unconfirmed_since"], unique=False)
    op.execute("UPDATE page SET row_count = 0 WHERE outcome = 'listing'")
    op.execute(
        "UPDATE page SET unconfirmed_since = outcome_at"
        " WHERE outcome IN ('failed', 'truncated', 'blocked') AND state <> 'done'"
    )
    # One answer was enough for these: they are asked for once more.
    op.execute(
        "UPDATE page SET state = 'due', due_at = outcome_at, attempts = 0, etag = NULL, last_modified = NULL"
        " WHERE state = 'done' AND story_id IS NULL AND via IN ('series', 'entry', 'listing', 'page')"
        " AND outcome IN ('gone', 'soft_404', 'not_story', 'unchanged')"
    )
    op.execute(
        "UPDATE page SET due_at = outcome_at, etag = NULL, last_modified = NULL"
        " WHERE outcome = 'unchanged' AND story_id IS NULL AND state = 'due'"
    )


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
