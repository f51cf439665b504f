"""What people decide about a series: its name, what belongs to it, which series are one."""

import sqlalchemy as sa
from alembic import op

from storage.schema.columns import Flag, Json, Key, Moment, Whole, Words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As migration 0003 made them, without what a person has put out of its series.
_VIEWS = {
    "stories": """
        SELECT story.id, series.name AS series, story.ordinal, story.title, story.subject, story.author, story.source,
            {story.published_at} AS published_at, story.published_precision, story.status, page.url,
            (SELECT count(*) FROM page AS carrier WHERE carrier.story_id = story.id) AS copies,
            text.chars, text.body AS text, {story.first_seen_at} AS first_seen_at
        FROM story
        JOIN series ON series.id = story.series_id
        JOIN revision ON revision.id = story.canonical_revision_id
        JOIN page ON page.id = revision.page_id
        JOIN text ON text.id = revision.text_id
        WHERE story.merged_into IS NULL AND NOT story.is_foreign""",
    "mentions_missing": """
        SELECT series.name AS series, mention.title, mention.url, target.outcome,
            CASE WHEN mention.url IS NULL THEN 'no link' WHEN target.id IS NULL THEN 'never visited'
                WHEN target.outcome IS NULL THEN 'not visited yet' ELSE target.reason END AS reason,
            source.url AS named_by, source.story_id AS named_by_story
        FROM mention
        JOIN series ON series.id = mention.series_id
        JOIN page AS source ON source.id = mention.page_id
        LEFT JOIN page AS target ON target.url_sha256 = mention.url_sha256
        WHERE mention.story_id IS NULL AND mention.current AND coalesce(target.outcome, '') <> 'listing'
            AND NOT EXISTS (SELECT 1 FROM ruling WHERE ruling.page_id = target.id AND ruling.undone_at IS NULL
                AND ruling.series_id = mention.series_id AND ruling.kind = 'foreign')""",
}


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

    is_sqlite = op.get_bind().dialect.name == "sqlite"
    readable = "datetime({} / 1000000, 'unixepoch')" if is_sqlite else "to_timestamp({} / 1000000.0)"
    for name, query in _VIEWS.items():
        for column in ("story.published_at", "story.first_seen_at"):
            query = query.replace("{" + column + "}", readable.format(column))  # noqa: PLW2901 - step by step
        op.execute(f"DROP VIEW {name}")
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
