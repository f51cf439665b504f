"""All tables, with the indexes that each database makes in its own way: what a database is held beside.

A question needs none of them, and SQLAlchemy loads both dialects, with all their drivers, to read these lines.
"""

from sqlalchemy import Index

from storage.schema.columns import metadata
from storage.schema.crawling import page
from storage.schema.stories import mention, revision, story

__all__ = ["metadata"]

for _table in (page, revision, mention):
    Index(f"ix_{_table.name}_title", _table.c.title, postgresql_using="hash")
for _name, _columns, _where in (
    ("ix_page_outcome_at", (page.c.outcome_at,), page.c.story_id.is_not(None)),
    ("ix_revision_held", (revision.c.page_id, revision.c.id), revision.c.held.is_not(None)),
    ("ix_story_merged_into", (story.c.merged_into,), story.c.merged_into.is_not(None)),
    ("ix_story_unfit", (story.c.series_id, story.c.id), story.c.status == "only_tampered_copies"),
):
    Index(_name, *_columns, sqlite_where=_where, postgresql_where=_where)
