"""What is wrong, told once at its beginning and once at its end; and the notices that wait for their channel."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Key, Moment, Whole, Words
from storage.schema.crawling import STRICT

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", Whole, primary_key=True),
        sa.Column("series", Key, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("fact", Words, nullable=False),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        **STRICT,
    )
    op.create_index("ix_incident_ended_at", "incident", ["ended_at"])
    op.create_table(
        "notice",
        sa.Column("id", Whole, primary_key=True),
        sa.Column("channel", Key, nullable=False),
        sa.Column("address", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", Words, nullable=False),
        sa.Column("body", Words, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("trouble", Words),
        sa.Column("sent_at", Moment),
        **STRICT,
    )
    op.create_index("ix_notice_due_at", "notice", ["due_at"])
    op.create_index("ix_notice_channel", "notice", ["channel", "kind", "made_at"])


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
