"""`verify`, as a person and a program ask for it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from crawler.commands.verify import part_of
from storage import Archive
from storage.db.migrate import HEAD
from tests.crawler.commands.conftest import Shell
from wangqi import exit_codes


def damage(archive_url: str) -> None:
    with Archive(archive_url) as archive:
        archive._write(lambda c: c.execute(text("UPDATE text SET body = body || '。' WHERE body LIKE '%石桥%'")))


def test_verify_says_that_all_is_sound(shell: Shell) -> None:
    answer = shell("verify")
    assert answer.code == 0
    assert answer.out.startswith("The archive was verified (")
    assert answer.out.endswith("all is sound.\n")
    assert "texts: 3 read" in answer.err
    assert shell("verify", "--json").out == ""


def test_verify_names_the_story_of_a_damage_and_what_to_do(shell: Shell, archive_url: str) -> None:
    damage(archive_url)
    answer = shell("verify")
    line = answer.out.splitlines()[0]
    assert answer.code == exit_codes.DAMAGED == 4
    assert line.startswith("text 2: its words have another digest than when they were stored. It is of story 2 《")
    assert "To do: `scrapy repair`" in line
    row = next(row for row in shell("verify", "--json").rows if row["check"] == "texts")
    assert (row["thing"], row["stories"][0]["id"]) == ("text 2", 2)


def test_verify_reads_the_part_that_is_asked_for(shell: Shell, archive_url: str) -> None:
    damage(archive_url)
    codes = [shell("verify", "--subset", f"{night}/3").code for night in (1, 2, 3)]
    assert sorted(set(codes)) == [0, exit_codes.DAMAGED]
    assert shell("verify", "--subset", "today/3").out.splitlines()[-1].startswith("Part ")


@pytest.mark.parametrize("words", ["0/3", "4/3", "1", "3/", "/3", "x/3", "today/0", "1/99999999"])
def test_a_part_that_is_none_is_wrong_usage(shell: Shell, words: str) -> None:
    answer = shell("verify", "--subset", words)
    assert answer.code == exit_codes.USAGE
    assert "Write 3/30" in answer.err


def test_thirty_days_bring_thirty_parts() -> None:
    assert part_of("today/30").of == 30
    assert 1 <= part_of("today/30").number <= 30


def test_what_a_migration_would_run_is_shown_and_makes_the_tables(shell: Shell, tmp_path: Path) -> None:
    assert shell("migrate", "--sql").out == f"-- Nothing would run: schema {HEAD} is up to date.\n"
    empty = tmp_path / "new.db"
    empty.touch()
    shown = shell("migrate", "--sql", ARCHIVE_URL=f"sqlite:///{empty}")
    assert (shown.code, empty.stat().st_size) == (0, 0), shown.err
    tables = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
    with closing(sqlite3.connect(":memory:")) as made, closing(sqlite3.connect(tmp_path / "archive 1.db")) as held:
        made.executescript(shown.out)
        missing = {*held.execute(tables)} - {*made.execute(tables)}
    assert missing <= {("archive_version",)}


def test_a_file_that_is_no_archive_is_an_error_and_no_damage(shell: Shell, tmp_path: Path) -> None:
    answer = shell("verify", ARCHIVE_URL=f"sqlite:///{tmp_path / 'none.db'}")
    assert (answer.code, answer.out) == (exit_codes.ERROR, "")
    assert "There is no archive" in answer.err


def test_backup_writes_a_sound_copy_and_replaces_none_unasked(shell: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "copy 1.db"
    answer = shell("backup", str(copy))
    assert answer.code == 0
    assert answer.out.startswith(f"{copy} is a sound copy of the archive, ")
    again = shell("backup", str(copy))
    assert again.code == exit_codes.USAGE
    assert "is there already" in again.err
    (row,) = shell("backup", str(copy), "--force", "--json").rows
    assert row["bytes"] == copy.stat().st_size
    assert shell("stories", "--json", ARCHIVE_URL=f"sqlite:///{copy}").rows == shell("stories", "--json").rows


def test_backup_tells_where_no_copy_can_be_written(shell: Shell, archive_url: str, tmp_path: Path) -> None:
    for name, said in {"": "is empty", str(tmp_path / "none" / "copy.db"): "No such file or directory"}.items():
        answer = shell("backup", name)
        assert answer.code in {exit_codes.ERROR, exit_codes.USAGE}
        assert said in answer.err
    damage(archive_url)
    answer = shell("backup", str(tmp_path / "copy.db"))
    assert answer.code == exit_codes.DAMAGED
    assert "is not written" in answer.err


def test_row_37_an_export_to_an_empty_name_is_one_line(shell: Shell) -> None:
    answer = shell("export", "--format", "csv", "")
    assert answer.code == exit_codes.USAGE
    assert "The name of the file is empty" in answer.err


def test_a_proof_is_written_for_the_story_that_is_named(shell: Shell, tmp_path: Path) -> None:
    answer = shell("verify", "--proof", "1")
    assert answer.code == 0
    assert "story-1.proof.json proves what run 1 has stored of story 1, without a time stamp" in answer.out
    (row,) = shell("verify", "--proof", "1", "--output", str(tmp_path / "p.json"), "--json").rows
    assert row["root"] in (tmp_path / "p.json").read_text("utf-8")
    assert shell("verify", "--proof", "77").code == exit_codes.ERROR


def test_repair_says_first_and_mends_then(shell: Shell, archive_url: str) -> None:
    with Archive(archive_url) as archive:
        archive._write(lambda c: c.execute(text("UPDATE text SET chars = 1 WHERE id = 1")))
    foreseen = shell("repair", "--dry-run")
    assert foreseen.code == exit_codes.DAMAGED
    assert foreseen.out.splitlines()[-1] == "Nothing is changed."
    assert shell("verify").code == exit_codes.DAMAGED
    done = shell("repair")
    assert done.code == 0, done.out
    assert done.out.splitlines()[-1] == "All 1 damages are mended."
    assert shell("verify").code == 0
    assert shell("repair").out == "Nothing was damaged.\n"


def test_repair_names_what_it_cannot_mend(shell: Shell, archive_url: str) -> None:
    damage(archive_url)
    answer = shell("repair")
    assert answer.code == exit_codes.DAMAGED
    assert "NOT done" in answer.out
    assert "Still damaged: text 2:" in answer.out
    rows = shell("repair", "--json").rows
    assert any(row.get("done") is False for row in rows)
    assert any(row.get("check") == "texts" for row in rows)
