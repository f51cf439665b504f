"""Alembic's entrance. The archive calls it with an open connection; there is no offline mode."""

from alembic import context

from storage.db.migrate import VERSION_TABLE
from storage.schema.particular import metadata


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    # The full-text index differs by database, so it is made by hand in the migration; SQLite adds shadow tables.
    return kind != "table" or not (name or "").startswith("story_fts")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    include_name=_is_ours,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
