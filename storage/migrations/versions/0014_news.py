"""Indexes by which the archive tells what is new since a day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_story_first_seen", "story", ["first_seen_at"])
    op.create_index("ix_revision_recorded", "revision", ["recorded_at"])
    carries = sa.text("story_id IS NOT NULL")
    op.create_index("ix_page_outcome_at", "page", ["outcome_at"], sqlite_where=carries, postgresql_where=carries)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
