"""A seal for each revision, over all that was read; and a manifest for each run."""

import hashlib

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Moment, Whole
from storage.schema.crawling import STRICT
from wangqi.seals import record_of, seal_of

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# As the release of this migration sealed; columns of later ones are empty in these rows.
_REVISIONS = sa.text(
    """
    SELECT revision.id, revision.title, subtitle, ordinal, subject, author, source, published_at, published_precision,
        published_source, language, series_title, original_url, details, extractor_version, recorded_at, page.url,
        text.sha256 AS text_sha256, capture.payload_sha256
    FROM revision
    JOIN page ON page.id = revision.page_id
    JOIN text ON text.id = revision.text_id
    LEFT JOIN capture ON capture.id = revision.capture_id
    WHERE revision.id > :after ORDER BY revision.id LIMIT 500"""
)
_SEAL = sa.text("UPDATE revision SET sha256 = :seal WHERE id = :id")


def upgrade() -> None:
    op.add_column("revision", sa.Column("sha256", sa.LargeBinary()))
    op.create_table(
        "manifest",
        sa.Column("run_id", Whole, sa.ForeignKey("run.id", name="fk_manifest_run_id"), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("time_stamp", sa.LargeBinary()),
        sa.Column("stamped_at", Moment),
        sa.PrimaryKeyConstraint("run_id", name="pk_manifest"),
        **STRICT,
    )
    connection = op.get_bind()
    after = 0
    while rows := connection.execute(_REVISIONS, {"after": after}).mappings().all():
        for row in rows:
            facts = {name: value for name, value in row.items() if name != "id"}
            facts["details"] = hashlib.sha256(row["details"].encode("utf-8", "surrogatepass")).digest()
            after = row["id"]
            connection.execute(_SEAL, {"id": after, "seal": seal_of(record_of(facts))})


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
