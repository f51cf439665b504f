"""Doubts: what a page showed and nobody followed."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Moment, Whole, Words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubt",
        sa.Column("id", Whole, nullable=False),
        sa.Column("page_id", Whole, nullable=False),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("words", Words, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_doubt_page_id_page")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_doubt_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
        sqlite_strict=True,
    )
    op.create_index("ix_doubt_series_id", "doubt", ["series_id", "page_id"], unique=False)
    op.create_index("ix_doubt_page_id", "doubt", ["page_id", "series_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
