"""The full-text index, and the views for people with a SQL client."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The tokens are ours (see wangqi/text/bigrams.py) and parted by spaces. `ascii` takes every character above ASCII for a
# letter; unicode61 of this SQLite knows only the ideographs of Unicode 6.1.
_SQLITE_INDEX = ["CREATE VIRTUAL TABLE story_fts USING fts5(series, words, content='', tokenize='ascii')"]
_POSTGRESQL_INDEX = [
    """CREATE TABLE story_fts (id bigint CONSTRAINT pk_story_fts PRIMARY KEY, series_id bigint NOT NULL,
        is_long boolean NOT NULL, words tsvector NOT NULL)""",
    "CREATE INDEX ix_story_fts_words ON story_fts USING gin (words)",
]
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
        WHERE story.merged_into IS NULL""",
    "mentions_missing": """
        SELECT series.name AS series, mention.title, mention.url, target.outcome,
            CASE WHEN mention.url IS NULL THEN 'no link' WHEN target.id IS NULL THEN 'never visited'
                WHEN target.outcome IS NULL THEN 'not visited yet' ELSE target.reason END AS reason,
            source.url AS named_by, source.story_id AS named_by_story
        FROM mention
        JOIN series ON series.id = mention.series_id
        JOIN page AS source ON source.id = mention.page_id
        LEFT JOIN page AS target ON target.url_sha256 = mention.url_sha256
        WHERE mention.story_id IS NULL AND mention.current AND coalesce(target.outcome, '') <> 'listing'""",
    "runs_latest": """
        SELECT series.name AS series, run.id, {run.started_at} AS started_at, {run.ended_at} AS ended_at, run.reason,
            run.counts, run.requests, run.exit_code
        FROM series
        JOIN run ON run.id = (SELECT max(latest.id) FROM run AS latest WHERE latest.series_id = series.id)""",
    "pages_outcome": """
        SELECT series.name AS series, coalesce(page.outcome, 'not visited yet') AS outcome, count(*) AS pages
        FROM page JOIN series ON series.id = page.series_id
        GROUP BY series.name, coalesce(page.outcome, 'not visited yet')""",
}


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_INDEX if is_sqlite else _POSTGRESQL_INDEX:
        op.execute(statement)
    readable = "datetime({} / 1000000, 'unixepoch')" if is_sqlite else "to_timestamp({} / 1000000.0)"
    for name, query in _VIEWS.items():
        for column in ("story.published_at", "story.first_seen_at", "run.started_at", "run.ended_at"):
            query = query.replace("{" + column + "}", readable.format(column))  # noqa: PLW2901 - step by step
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
