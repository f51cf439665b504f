"""SELECT lists that are made from the row classes they fill."""

from dataclasses import fields

import pytest
from sqlalchemy import func

from storage.rows import RevisionRow, StoryRow
from storage.schema import metadata, page, revision, text
from storage.schema.selecting import columns_of
from wangqi.bibliography import FACTS


def test_a_field_is_the_first_table_s_column_unless_it_is_computed() -> None:
    found = columns_of(RevisionRow, revision, page, text, chars=func.length(text.c.body))
    assert [column.name for column in found] == [field.name for field in fields(RevisionRow)]
    by_name = {column.name: column for column in found}
    assert by_name["title"] is revision.c.title
    assert by_name["url"] is page.c.url
    assert by_name["chars"] is not text.c.chars


def test_a_field_that_no_table_has_is_named() -> None:
    with pytest.raises(LookupError, match=r"StoryRow\.series is a column of none of page, text"):
        columns_of(StoryRow, page, text)


@pytest.mark.parametrize("table", ["story", "revision"])
def test_every_fact_of_a_story_is_a_column(table: str) -> None:
    assert set(FACTS) <= set(metadata.tables[table].columns.keys())


def test_rows_and_exports_keep_the_order_of_their_columns() -> None:
    names = [field.name for field in fields(StoryRow)]
    assert names[:4] == ["id", "series_id", "series", "series_title"]
    assert tuple(names[4 : 4 + len(FACTS)]) == FACTS
