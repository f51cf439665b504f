"""Pictures and attachments: what became of each, its bytes, and what it says. The table `image` was empty so far."""

import sqlalchemy as sa
from alembic import op

from storage.files import shown
from storage.schema.columns import Json, Moment, Number, Place, Whole, Words
from storage.schema.crawling import STRICT

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("image")
    op.create_table(
        "file",
        sa.Column("id", Whole, nullable=False),
        sa.Column("series_id", Whole, nullable=False),
        sa.Column("url_sha256", sa.LargeBinary, nullable=False),
        sa.Column("url", Words, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", Words, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("run_id", Whole),
        sa.Column("answered_url", Words),
        sa.Column("fetched_at", Moment),
        sa.Column("status", Number),
        sa.Column("headers", Json),
        sa.Column("media_type", Words),
        sa.Column("size", sa.Integer),
        sa.Column("payload_sha256", sa.LargeBinary),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_file_series_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_file_run_id")),
        sa.ForeignKeyConstraint(["payload_sha256"], ["payload.sha256"], name=op.f("fk_file_payload_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        **STRICT,
    )
    op.create_index("ix_file_url_sha256", "file", ["url_sha256", "series_id"], unique=True)
    op.create_index("ix_file_wanted", "file", ["series_id", "kind", "outcome", "id"])
    op.create_index("ix_file_payload_sha256", "file", ["payload_sha256"])
    op.create_table(
        "image",
        sa.Column("id", Whole, nullable=False),
        sa.Column("revision_id", Whole, nullable=False),
        sa.Column("position", Place, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("url", Words, nullable=False),
        sa.Column("caption", Words),
        sa.Column("credit", Words),
        sa.Column("file_id", Whole, nullable=False),
        sa.Column("file_sha256", sa.LargeBinary),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_image_revision_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_image_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        **STRICT,
    )
    op.create_index("ix_image_revision_id", "image", ["revision_id", "position"])
    op.create_index("ix_image_file_id", "image", ["file_id"])
    op.create_index("ix_image_file_sha256", "image", ["file_sha256"])
    op.create_table(
        "file_text",
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("body", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("reader", Words, nullable=False),
        sa.Column("read_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["payload.sha256"], name=op.f("fk_file_text_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_text")),
        **STRICT,
    )
    shown.fill(op.get_bind())


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
