"""How many named stories were not held at the end of each run, so that it shows when they grow."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("missing", sa.Integer))


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
