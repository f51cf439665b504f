"""docs/tables.md tells the truth."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Archive
from storage.schema import metadata
from tests.storage.stories import begun, record

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
VIEWS = ["stories", "mentions_missing", "runs_latest", "pages_outcome"]


@pytest.mark.parametrize("name", list(metadata.tables))
def test_every_table_and_column_is_explained(name: str) -> None:
    heading = re.search(rf"^### .*`{name}`.*$", PAGE, re.MULTILINE)
    assert heading, f"docs/tables.md has no section on {name}"
    section = PAGE[heading.end() :].split("\n### ")[0]
    missing = [column.name for column in metadata.tables[name].columns if f"`{column.name}`" not in section]
    assert missing == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_and_its_columns_are_explained(archive: Archive, view: str) -> None:
    section = PAGE.split(f"### `{view}`\n")[1].split("\n### ")[0]
    columns = archive._read(lambda c: list(c.execute(text(f"SELECT * FROM {view}")).keys()))
    assert [column for column in columns if f"`{column}`" not in section] == []


def test_the_questions_have_answers(archive: Archive) -> None:
    series, run = begun(archive, "水乡纪事")
    archive.record(record(series, run, 9, url="https://example.org/1.html")).result()
    archive.record(record(series, run, 9, url="https://example.org/2.html")).result()
    questions = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert len(questions) == 3
    for question in questions:
        assert archive._read(lambda c, asked=question: c.execute(text(asked)).all())


def test_the_index_answers_by_hand(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        done = archive.record(record(series, run, 9, text="本镇招商引资的旧事")).result()
        (query,) = re.findall(r"`(SELECT rowid .*?DESC)`", PAGE, re.DOTALL)
        assert archive._read(lambda c: c.exec_driver_sql(query).scalar()) == done.story_id
