"""docs/tables.md tells the truth."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from storage import Archive
from storage.schema import metadata
from tests.storage.stories import begun, record, story_text, words
from wangqi.copies.records import Finding

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
VIEWS = ["stories", "copies", "revisions", "signs", "mentions_missing", "runs_latest", "pages_outcome"]


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
    first = story_text(9, author="张三", published_at=datetime(2023, 6, 26, 16, tzinfo=UTC))
    archive.record(record(series, run, 9, url="https://example.org/1.html", story=first)).result()
    archive.record(record(series, run, 9, url="https://example.org/2.html")).result()
    sign = Finding(label="spun", score=0.9, detector="words", version=1, summary="swapped")
    changed = story_text(9, words(9) + "\n又过了一年，渡口还在", findings=(sign,))
    archive.record(record(series, run, 9, url="https://example.org/1.html", story=changed)).result()
    questions = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert len(questions) == 10
    for question in questions:
        assert archive._read(lambda c, asked=question: c.execute(text(asked)).all()), question


@pytest.mark.parametrize(
    ("zone", "precision", "printed"),
    [
        ("Asia/Shanghai", "day", "2023-06-27"),
        ("Asia/Tokyo", "day", "2023-06-27"),
        ("America/Los_Angeles", "day", "2023-06-27"),
        ("Pacific/Auckland", "month", "2023-06"),
        ("UTC", "year", "2023"),
        ("Asia/Shanghai", "minute", "2023-06-27 00:00"),
        ("Asia/Shanghai", "second", "2023-06-27 00:00:00"),
    ],
)
def test_a_date_is_shown_as_it_was_printed(archive: Archive, zone: str, precision: str, printed: str) -> None:
    series, run = begun(archive)
    day = datetime(2023, 6, 27, tzinfo=ZoneInfo(zone))
    dated = story_text(1, published_at=day, published_precision=precision)
    archive.record(record(series, run, 1, story=dated)).result()
    archive.record(record(series, run, 2, story=story_text(2, published_at=None, published_precision=None))).result()
    rows = archive._read(lambda c: c.execute(text("SELECT published FROM stories ORDER BY id")).scalars().all())
    assert rows == [printed, None]


def test_the_index_answers_by_hand(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        done = archive.record(record(series, run, 9, text="本镇招商引资的旧事")).result()
        (query,) = re.findall(r"`(SELECT rowid .*?DESC)`", PAGE, re.DOTALL)
        assert archive._read(lambda c: c.exec_driver_sql(query).scalar()) == done.story_id
