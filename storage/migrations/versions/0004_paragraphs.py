"""The paragraphs that stories of a host or series share, and what a sketch leaves out."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Whole

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paragraph",
        sa.Column("hash", Whole, autoincrement=False, nullable=False),
        sa.Column("text_id", Whole, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "text_id", name=op.f("pk_paragraph")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.add_column("sketch", sa.Column("left_out", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
