"""Files for other programs."""

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS, Format, export, format_of, write
from storage.exports.whole_file import whole_folder, whole_path
from tests.storage.stories import begun, record, story_text, words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Beside which the archive of the test may be."""
    made = tmp_path / "out"
    made.mkdir()
    return made


def chosen(archive: Archive, **given: object) -> Chosen:
    return Chosen(archive=archive, selection=Selection(**given))


def test_json_lines_hold_every_story(archive: Archive, folder: Path) -> None:
    series, run = begun(archive)
    for number in (1, 2):
        archive.record(record(series, run, number)).result()
    file = folder / "stories.jsonl"
    assert export(FORMATS["jsonl"], chosen(archive, series=series), file) == 2
    two, one = [json.loads(line) for line in file.read_text().splitlines()]
    assert (two["title"], one["text"]) == ("河上旧事之2", words(1))
    assert two["published_at"] == "2024-01-15T08:00:00+08:00"
    assert one["series_title"] == one["series"]
    archive.rename_series(series, title="河上旧事")
    out = io.BytesIO()
    assert write(FORMATS["jsonl"], archive, Selection(query="title:之2"), out) == 1
    assert [json.loads(line)["series_title"] for line in out.getvalue().splitlines()] == ["河上旧事"]


@pytest.mark.parametrize("first", list("=+-@＝＋－＠\t"))
def test_csv_cells_run_nothing(archive: Archive, first: str) -> None:
    series, run = begun(archive)
    title = f'{first}cmd|" /C calc"!A0'
    archive.record(record(series, run, 1, story=story_text(1, title=title))).result()

    def cells(*, is_raw: bool) -> dict[str, str]:
        out = io.BytesIO()
        assert FORMATS["csv"].write(Chosen(archive=archive, selection=Selection(), is_raw=is_raw), out) == 1
        (row,) = csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
        return row

    row = cells(is_raw=False)
    assert (row["title"], row["text"], row["ordinal"]) == (f"'{title}", words(1), "1")
    assert cells(is_raw=True)["title"] == title


def test_an_older_file_stays_unless_it_is_to_give_way(archive: Archive, folder: Path) -> None:
    file = folder / "stories.jsonl"
    file.write_text("old")
    with pytest.raises(FileExistsError):
        export(FORMATS["jsonl"], chosen(archive), file)
    assert file.read_text() == "old"
    assert export(FORMATS["jsonl"], chosen(archive), file, replaces=True) == 0
    assert file.read_bytes() == b""
    file.unlink()
    with pytest.raises(FileExistsError), whole_path(file, replaces=False):
        file.write_text("came meanwhile")
    assert [path.read_text() for path in folder.iterdir()] == ["came meanwhile"]


def test_a_broken_export_leaves_the_old_file(archive: Archive, folder: Path) -> None:
    file = folder / "stories.jsonl"
    file.write_text("old")

    def broken(_: Chosen, out: io.BufferedIOBase) -> int:
        out.write(b"begun")
        raise RuntimeError("the archive went away")

    form = Format(name="x", suffixes=("x",), of="stories", media_type="", about="", write=broken)
    with pytest.raises(RuntimeError):
        export(form, chosen(archive), file, replaces=True)
    assert [path.read_text() for path in folder.iterdir()] == ["old"]


_DYING = """
import os, signal, sys
from pathlib import Path
from storage.exports.whole_file import whole_path
with whole_path(Path(sys.argv[1])) as temporary:
    temporary.write_text("half of it")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_export_leaves_is_taken_away_by_the_next(folder: Path) -> None:
    file = folder / "stories[1].jsonl"
    dead = subprocess.run([sys.executable, "-c", _DYING, str(file)], check=False)
    assert dead.returncode == -signal.SIGKILL
    assert not file.exists()
    (left,) = folder.iterdir()
    with whole_path(file) as living, whole_path(file) as other:
        assert not left.exists()
        assert living.exists()  # another export's, which goes on
        other.write_text("whole")
    assert file.exists()
    assert len(list(folder.iterdir())) == 1


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "stories"

    def make(words: str) -> Iterator[None]:
        with whole_folder(folder, replaces=True) as made:
            (made / "deep").mkdir()
            (made / "deep" / "story.md").write_text(words)
            yield

    list(make("one"))
    broken = make("two")
    next(broken)
    with pytest.raises(RuntimeError):
        broken.throw(RuntimeError("stopped"))
    assert (folder / "deep" / "story.md").read_text() == "one"
    list(make("three"))
    assert (folder / "deep" / "story.md").read_text() == "three"
    assert list(tmp_path.iterdir()) == [folder]
    folder.rename(tmp_path / ".stories.old")  # killed between two names
    with pytest.raises(FileExistsError), whole_folder(folder):
        pass
    assert (folder / "deep" / "story.md").read_text() == "three"


def test_formats_go_by_the_end_of_a_name() -> None:
    assert {name: form.name for name in ("a.JSONL", "b.ndjson", "c.csv") if (form := format_of(name))} == {
        "a.JSONL": "jsonl",
        "b.ndjson": "jsonl",
        "c.csv": "csv",
    }
    assert format_of("stories.xlsx") is None
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))
