"""docs/notebook.md runs, as far as what it names is installed; the questions of docs/datasette.json have answers."""

import importlib.util
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage.upkeep.filled import fill

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", (DOCS / "notebook.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
METADATA = json.loads((DOCS / "datasette.json").read_text("utf-8"))["databases"]["archive"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("notebook")
    fill(f"sqlite:///{made / 'archive.db'}", 4)
    return made


@pytest.mark.parametrize("number", range(4))
def test_each_example_runs(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    example = EXAMPLES[number]
    for library in re.findall(r"^import (polars|pandas|duckdb)$", example, re.MULTILINE):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed, and the archive does without it")
    monkeypatch.chdir(folder)
    exec(example, {})  # the page's own example
    assert capsys.readouterr().out.strip()


def asked(folder: Path, query: str, **given: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(f"file:{folder}/archive.db?mode=ro", uri=True)) as archive:
        archive.row_factory = sqlite3.Row
        return archive.execute(METADATA["queries"][query]["sql"], given).fetchall()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("渡口", 4),
        ("渡口 船工", 4),
        ("渡", 4),
        ("口渡", 0),
        ("旧事 没有", 0),
        ('"渡口', 4),
        ("渡口，船工", None),
        ("A渡口", None),
        ("", 0),
    ],
)
def test_the_search_of_datasette_finds_stories(words: str, found: int | None, folder: Path) -> None:
    rows = asked(folder, "search", words=words)
    if found is None:
        assert [row["story"] for row in rows] == [None]
        assert "with blanks between" in rows[0]["title"]
    else:
        assert len(rows) == found
        assert all(row["url"].startswith("https://") and row["text"] for row in rows)


def test_datasette_is_told_of_every_view_and_table(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as archive:
        names = {name for (name,) in archive.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        own = {name for name in names if not name.startswith(("story_fts", "sqlite_"))}
        assert own == METADATA["tables"].keys()
        for name, told in METADATA["tables"].items():
            columns = {column[1] for column in archive.execute(f"PRAGMA table_info({name})")}
            facets = {each if isinstance(each, str) else each["date"] for each in told.get("facets", ())}
            assert facets | ({told["sort_desc"]} if "sort_desc" in told else set()) <= columns
    assert asked(folder, "story", id="1")[0]["id"] == 1
