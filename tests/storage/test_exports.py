"""Files for other programs."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from storage.exports import export
from storage.rows import StoryRow
from tests.storage.stories import begun, record, story_text, words


def test_json_lines_hold_every_story(archive: Archive, tmp_path: Path) -> None:
    series, run = begun(archive)
    for number in (1, 2):
        archive.record(record(series, run, number)).result()
    file = tmp_path / "stories.jsonl"
    assert export(archive.stories(series), file, "jsonl") == 2
    two, one = [json.loads(line) for line in file.read_text().splitlines()]
    assert (two["title"], one["text"]) == ("河上旧事之2", words(1))
    assert two["published_at"] == "2024-01-15T08:00:00+08:00"
    assert one["series_title"] == one["series"]
    archive.rename_series(series, title="河上旧事")
    export(archive.stories(series), file, "jsonl")
    assert {json.loads(line)["series_title"] for line in file.read_text().splitlines()} == {"河上旧事"}


@pytest.mark.parametrize("first", list("=+-@＝＋－＠\t"))
def test_csv_cells_run_nothing(archive: Archive, tmp_path: Path, first: str) -> None:
    series, run = begun(archive)
    title = f'{first}cmd|" /C calc"!A0'
    archive.record(record(series, run, 1, story=story_text(1, title=title))).result()
    file = tmp_path / "stories.csv"
    export(archive.stories(), file, "csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["title"], row["text"], row["ordinal"]) == (f"'{title}", words(1), "1")
    export(archive.stories(), file, "csv", is_raw=True)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.DictReader(lines))["title"] == title


def test_a_broken_export_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_text("old")

    def broken() -> Iterator[StoryRow]:
        raise RuntimeError("the archive went away")
        yield

    with pytest.raises(RuntimeError):
        export(broken(), file, "jsonl")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="choose one of jsonl, csv"):
        export([], tmp_path / "x", "xlsx")
