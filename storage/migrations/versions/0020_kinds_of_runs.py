"""What fills a series or is imported into it is a run of its own kind, so that it has a manifest, too."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_LATEST = """CREATE VIEW runs_latest AS
    SELECT series.name AS series, run.id, {run.started_at} AS started_at, {run.ended_at} AS ended_at, run.reason,
        run.counts, run.requests, run.exit_code
    FROM series
    JOIN run ON run.id = (
        SELECT max(latest.id) FROM run AS latest WHERE latest.series_id = series.id AND latest.kind = 'crawl')"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    readable = "datetime({} / 1000000, 'unixepoch')" if is_sqlite else "to_timestamp({} / 1000000.0)"
    op.execute("DROP VIEW runs_latest")
    op.add_column("run", sa.Column("kind", sa.Text, nullable=False, server_default="crawl"))
    query = _LATEST
    for column in ("run.started_at", "run.ended_at"):
        query = query.replace("{" + column + "}", readable.format(column))
    op.execute(query)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
