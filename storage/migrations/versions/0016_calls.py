"""Which process is the scheduler, and what it has called: no run is lost or made twice when it dies between steps."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Key, Moment, Whole, Words

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scheduler",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("host", Words, nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("looked_at", Moment, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "call",
        sa.Column("series", Key, primary_key=True),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("called_at", Moment, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("after_run", Whole, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
