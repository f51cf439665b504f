"""Views with dates as their pages print them, and one for every question of docs/tables.md."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# A day is kept as its midnight on the clock of its series, which no table names: the day whose midnight is nearest, and
# so right from eleven hours behind Greenwich to twelve before it. A time of day is told on Shanghai's clock.
_PRINTED = {
    "sqlite": """CASE
            WHEN {0}.published_precision IN ('year', 'month', 'day') THEN
                substr(date({0}.published_at / 1000000 + 43200, 'unixepoch'), 1,
                    CASE {0}.published_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)
            ELSE substr(datetime({0}.published_at / 1000000 + 28800, 'unixepoch'), 1,
                CASE {0}.published_precision WHEN 'second' THEN 19 ELSE 16 END)
        END""",
    "postgresql": """CASE
            WHEN {0}.published_precision IN ('year', 'month', 'day') THEN
                to_char(to_timestamp({0}.published_at / 1000000.0 + 43200) AT TIME ZONE 'UTC',
                    CASE {0}.published_precision WHEN 'year' THEN 'YYYY' WHEN 'month' THEN 'YYYY-MM'
                        ELSE 'YYYY-MM-DD' END)
            ELSE to_char(to_timestamp({0}.published_at / 1000000.0) AT TIME ZONE 'Asia/Shanghai',
                CASE {0}.published_precision WHEN 'second' THEN 'YYYY-MM-DD HH24:MI:SS' ELSE 'YYYY-MM-DD HH24:MI' END)
        END""",
}
_MOMENT = {"sqlite": "datetime({0} / 1000000, 'unixepoch')", "postgresql": "to_timestamp({0} / 1000000.0)"}
_COUNTED = "story.merged_into IS NULL AND NOT story.is_foreign"
_VIEWS = {
    "stories": """
        SELECT story.id, series.name AS series, coalesce(series.title, series.name) AS series_title, story.ordinal,
            story.title, story.subtitle, story.subject, story.author, story.source, printed(story) AS published,
            moment(story.published_at) AS published_at, story.published_precision, story.language, story.status,
            page.url, (SELECT count(*) FROM page AS carrier
                WHERE carrier.story_id = story.id AND carrier.revision_id IS NOT NULL) AS copies,
            text.chars, text.body AS text, moment(story.first_seen_at) AS first_seen_at
        FROM story
        JOIN series ON series.id = story.series_id
        JOIN revision ON revision.id = story.canonical_revision_id
        JOIN page ON page.id = revision.page_id
        JOIN text ON text.id = revision.text_id""",
    "copies": """
        SELECT story.id AS story_id, series.name AS series, story.title, page.url, page.host, page.outcome,
            page.relation, newest.title AS title_there, newest.standing_reason,
            newest.page_id = canonical.page_id AS stands, moment(page.outcome_at) AS visited_at
        FROM page
        JOIN story ON story.id = page.story_id
        JOIN series ON series.id = story.series_id
        JOIN revision AS newest ON newest.id = page.revision_id
        JOIN revision AS canonical ON canonical.id = story.canonical_revision_id""",
    "revisions": """
        SELECT revision.id, revision.story_id, series.name AS series, page.url, revision.title, revision.change,
            revision.held, revision.parent_id, revision.id = story.canonical_revision_id AS stands, revision.flaws,
            text.chars, text.body AS text, moment(revision.recorded_at) AS recorded_at
        FROM revision
        JOIN story ON story.id = revision.story_id
        JOIN series ON series.id = story.series_id
        JOIN page ON page.id = revision.page_id
        JOIN text ON text.id = revision.text_id""",
    "signs": """
        SELECT story.id AS story_id, series.name AS series, story.title, page.url, finding.label, finding.detector,
            finding.score, finding.summary, finding.revision_id
        FROM finding
        JOIN revision ON revision.id = finding.revision_id
        JOIN page ON page.id = revision.page_id
        JOIN story ON story.id = revision.story_id
        JOIN series ON series.id = story.series_id""",
}


def upgrade() -> None:
    name = op.get_bind().dialect.name
    op.execute("DROP VIEW stories")
    for view, query in _VIEWS.items():
        written = query.replace("printed(story)", _PRINTED[name].format("story"))
        for column in ("story.published_at", "story.first_seen_at", "page.outcome_at", "revision.recorded_at"):
            written = written.replace(f"moment({column})", _MOMENT[name].format(column))
        op.execute(f"CREATE VIEW {view} AS {written} WHERE {_COUNTED}")


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
