"""Why a copy stands for its story: when its column showed it, what others call the original, how well it was read."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Moment, Whole, Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("listed_at", Moment, nullable=True))
    op.add_column("page", sa.Column("listed_on", Whole, nullable=True))
    op.add_column("revision", sa.Column("original_url", Words, nullable=True))
    op.add_column("revision", sa.Column("flaws", Words, nullable=True))
    op.add_column("story", sa.Column("canonical_reason", Words, nullable=True))
    op.add_column("story", sa.Column("sought_at", Moment, nullable=True))
    op.create_index("ix_page_host", "page", ["host", "id"], unique=False)
    is_unfit = sa.text("status = 'only_tampered_copies'")
    op.create_index("ix_story_unfit", "story", ["series_id", "id"], sqlite_where=is_unfit, postgresql_where=is_unfit)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
