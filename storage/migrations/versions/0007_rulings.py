"""What people decide about a series: its name, what belongs to it, which series are one."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Flag, Json, Key, Moment, Whole, Words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    joined_into = sa.Column(
        "joined_into", Whole, sa.ForeignKey("series.id", name=op.f("fk_series_joined_into")), nullable=True
    )
    op.add_column("series", joined_into, inline_references=True)
    is_foreign = sa.Column("is_foreign", Flag, nullable=False, server_default=sa.false())
    op.add_column("story", is_foreign)
    op.create_table(
        "ruling",
        sa.Column("id", Whole, nullable=False),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("page_id", Whole, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("former_name", Key, nullable=True),
        sa.Column("reason", Words, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("decided_by", Words, nullable=False),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("undone_by", Words, nullable=True),
        sa.Column("undone_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_ruling_series_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_ruling_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sqlite_strict=True,
    )
    op.create_index("ix_ruling_series_id", "ruling", ["series_id", "id"], unique=False)
    op.create_index("ix_ruling_page_id", "ruling", ["page_id", "series_id"], unique=False)
    op.create_index("ix_ruling_former_name", "ruling", ["former_name"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
