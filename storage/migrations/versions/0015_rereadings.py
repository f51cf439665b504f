"""By which version a page's kept bytes were read last, and by which each revision."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = {"sqlite": "datetime({0} / 1000000, 'unixepoch')", "postgresql": "to_timestamp({0} / 1000000.0)"}
_REVISIONS = """
    SELECT revision.id, revision.story_id, series.name AS series, page.url, revision.title, revision.change,
        revision.held, revision.parent_id, revision.id = story.canonical_revision_id AS stands, revision.flaws,
        revision.extractor_version, text.chars, text.body AS text, {recorded_at} AS recorded_at
    FROM revision
    JOIN story ON story.id = revision.story_id
    JOIN series ON series.id = story.series_id
    JOIN page ON page.id = revision.page_id
    JOIN text ON text.id = revision.text_id
    WHERE story.merged_into IS NULL AND NOT story.is_foreign"""


def upgrade() -> None:
    op.add_column("page", sa.Column("read_with", sa.Text))
    op.execute("DROP VIEW revisions")
    moment = _MOMENT[op.get_bind().dialect.name].format("revision.recorded_at")
    op.execute(f"CREATE VIEW revisions AS {_REVISIONS.format(recorded_at=moment)}")


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
