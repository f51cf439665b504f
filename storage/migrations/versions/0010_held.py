"""Revisions that a stranger could have made, or a cut: they are kept, and do not stand."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("held", sa.Text()))
    op.add_column("revision", sa.Column("held_visits", sa.Integer(), nullable=False, server_default="0"))
    is_held = sa.text("held IS NOT NULL")
    op.create_index("ix_revision_held", "revision", ["page_id", "id"], sqlite_where=is_held, postgresql_where=is_held)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
