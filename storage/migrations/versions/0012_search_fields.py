"""The full-text index by fields, and with traditional characters as simplified ones; it is filled anew."""

from alembic import op

from storage.works import search_index

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# As in 0003: the tokens are ours, parted by spaces, and `ascii` takes every character above ASCII for a letter.
_SQLITE = [
    "DROP TABLE story_fts",
    """CREATE VIRTUAL TABLE story_fts
        USING fts5(series, words, title, author, source, subject, content='', tokenize='ascii')""",
]
_POSTGRESQL = [
    "DROP TABLE story_fts",
    """CREATE TABLE story_fts (id bigint NOT NULL, part integer NOT NULL, is_part boolean NOT NULL,
        series_id bigint NOT NULL, words tsvector NOT NULL, title tsvector NOT NULL, author tsvector NOT NULL,
        source tsvector NOT NULL, subject tsvector NOT NULL, CONSTRAINT pk_story_fts PRIMARY KEY (id, part))""",
    "CREATE INDEX ix_story_fts_words ON story_fts USING gin (words)",
    "CREATE INDEX ix_story_fts_facts ON story_fts USING gin (title, author, source, subject)",
    "CREATE INDEX ix_story_fts_parts ON story_fts USING gin (words) WHERE is_part",
]


def upgrade() -> None:
    connection = op.get_bind()
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
    # What the present code writes. A later migration that makes this table anew fills it, and this line goes.
    search_index.fill(connection, with_files=False)


def downgrade() -> None:
    raise NotImplementedError("An archive is restored from a backup, never taken back a version.")
