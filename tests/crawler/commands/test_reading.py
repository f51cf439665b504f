"""The commands that ask: what people see in a pipe, what programs get, what bad input is told."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shlex import quote

import pytest

from storage import Archive
from tests.crawler.commands.conftest import NAUGHTY, NAUGHTY_LINE, Shell, fill, story
from views.cells import safe

SITE = "https://news.example"


def test_stories(shell: Shell) -> None:
    answer = shell("stories", "--series", "水乡纪事")
    assert answer.code == 0
    lines = [line.split("\t") for line in answer.out.split("\n")]
    assert lines[0] == ["id", "published", "title", "series_title", "copies", "url"]
    assert lines[1][1:3] == ["2026-03-01", "水乡纪事之三：渡口"]
    assert {len(line) for line in lines[:-1]} == {6}


def test_stories_as_json(shell: Shell) -> None:
    rows = shell("stories", "--json").rows
    assert len(rows) == 3
    assert rows[0]["published_at"] == "2026-03-01T00:00:00+08:00"
    assert rows[0]["series"] == "shuixiang"
    assert "text" not in rows[0]
    assert any("\u202e倒\u200b[bold]" in row["title"] for row in rows)


def test_stories_by_day_and_number(shell: Shell) -> None:
    assert len(shell("stories", "--json", "--since", "2026-03-01", "--until", "2026-03-01").rows) == 1
    assert shell("stories", "--json", "--since", "2026-03-02").rows == []
    assert shell("stories", "--since", "2026-03-02").err == "The archive holds no such story.\n"
    for since, until, count in (
        ("2026", "2026", 1),
        ("2026-03", "2026-03", 1),
        ("2026-04", "2026", 0),
        ("1d", "0d", 0),
    ):
        assert len(shell("stories", "--json", "--since", since, "--until", until).rows) == count
    assert len(shell("stories", "--json", "--limit", "2").rows) == 2


def test_dates_are_shown_on_the_clock_of_the_series(shell: Shell, tmp_path: Path) -> None:
    catalogue = tmp_path / "elsewhere.toml"
    catalogue.write_text(f'[shuixiang]\nstart = "{SITE}/3"\ntimezone = "America/New_York"\n', "utf-8")
    for command in ("stories", "series shuixiang", "show 1", "search 招商"):
        assert "2026-02-28" in shell(*command.split(), CATALOGUE=str(catalogue)).out
        assert "2026-03-01" in shell(*command.split(), CATALOGUE=str(tmp_path / "none.toml")).out


def test_cite(shell: Shell) -> None:
    (cited,) = shell("cite", "1").out.splitlines()
    assert cited.startswith("[1]")
    assert "[EB/OL]" in cited
    assert "@misc{wangqi-1," in shell("cite", "1", "--style", "bibtex").out
    assert [one["id"] for one in json.loads(shell("cite", "1", "2", "--json").out)] == ["wangqi-1", "wangqi-2"]
    assert shell("cite", f"{SITE}/3").out == shell("cite", "水乡纪事之三：渡口").out == f"{cited}\n"
    refused = shell("cite", "1", "--style", "none")
    assert (refused.code, "no style" in refused.err) == (2, True)
    assert shell("cite", "99").code == 1


def test_search(shell: Shell) -> None:
    (row,) = shell("search", "招商", "--json").rows
    assert row["title"] == "水乡纪事之三：渡口"
    assert "招商" in row["snippet"]
    assert "招商" in shell("search", "招商", "船工").out
    cut = shell("search", "series:水乡", "--limit", "1", "--json")  # in a pipe, too, it is said that there are more
    assert (len(cut.rows), "1 of " in cut.err) == (1, True)
    nothing = shell("search", "没有这话")
    assert (nothing.code, nothing.out) == (0, "")
    assert "没有这话" in nothing.err


def test_search_widened_and_counted(shell: Shell) -> None:
    (text,) = shell("search", "招商", "--copies", "--json").rows
    assert (text["revision"], text["url"]) == ("r1", f"{SITE}/3")
    assert "r1\t" in shell("search", "招商", "--revisions").out
    counted = shell("search", "series:水乡", "--facets").out.splitlines()
    assert counted[:3] == ["facet\tvalue\tstories", "all\t\t3", "series\t水乡纪事\t3"]
    assert "year\t2026\t1" in counted
    assert shell("search", "没有", "--facets").err == "No story answers '没有'.\n"
    assert shell("search", "招商", "--facets", "--copies").code == 2


def test_stories_in_another_form_and_order(shell: Shell) -> None:
    listed = shell("stories", "--sort", "length", "--columns", "chars,title", "--limit", "1").out.splitlines()
    assert listed == ["chars\ttitle", "45\t水乡纪事之二：石桥"]
    assert shell("stories", "--columns", "id", "--json", "--reverse", "--sort=seen").rows == [
        {"id": 1},
        {"id": 2},
        {"id": 3},
    ]
    table = list(csv.DictReader(shell("stories", "--csv", "--columns", "published,published_at,text").out.splitlines()))
    assert table[0]["published_at"] == "2026-03-01T00:00:00+08:00"
    assert any(row["text"].startswith("'=HYPERLINK") for row in table)
    assert shell("stories", "--count").out == "3\n"
    assert shell("stories", "--count", "--json", "--query", "招商").rows == [{"stories": 1}]
    for wrong in (("--sort", "size"), ("--columns", "id,chapter"), ("--zone", "Asia/Shangai"), ("--csv", "--json")):
        refused = shell("stories", *wrong)
        assert refused.code == 2, wrong
        assert "Traceback" not in refused.err
    assert "'chapter' is no column" in shell("stories", "--columns", "id,chapter").err
    assert "Did you mean Asia/Shanghai?" in shell("stories", "--zone", "Asia/Shangai").err


def test_times_are_told_on_the_clock_that_is_asked_for(shell: Shell) -> None:
    (row,) = shell("stories", "--zone", "America/New_York", "--query", "招商", "--json").rows
    assert row["published"] == "2026-03-01"  # a day, as the page prints it
    assert row["published_at"] == "2026-02-28T11:00:00-05:00"
    assert shell("changed", "--since", "2020-01-01", "--zone", "UTC").out.split("\n")[1].split("\t")[0].endswith("+00")
    for zone, count in (("Asia/Shanghai", 1), ("UTC", 0)):  # the day begins when it begins there
        assert len(shell("stories", "--json", "--since", "2026-03-01", "--zone", zone).rows) == count
        assert len(shell("stories", "--json", "--query", "after:2026-03-01", "--zone", zone).rows) == count


def test_series(shell: Shell) -> None:
    (row,) = shell("series", "--json").rows
    assert (row["name"], row["stories"], row["missing"]) == ("shuixiang", 3, 2)
    assert "水乡纪事\t3\t2\t" in shell("series").out


def test_one_series(shell: Shell) -> None:
    answer = shell("series", "shuixiang")
    assert "3 of 5 known stories are stored (60 %); 1 failed, 1 title only." in answer.out
    assert "the server says 404" in answer.out
    rows = shell("series", "shuixiang", "--json").rows
    assert [row["title"] for row in rows if row["stored"]][:2] == ["水乡纪事之二：石桥", "水乡纪事之三：渡口"]
    missing = [row for row in rows if not row["stored"]]
    assert shell("series", "shuixiang", "--missing", "--json").rows == missing
    told = shell("series", "shuixiang", "--missing").out
    assert "the server says 404" in told
    assert "石桥" not in told.partition("\n\n")[0]
    assert "3 of 5 known stories" in told
    assert {row["title"]: row["state"] for row in missing} == {
        "水乡纪事之一：源头": "title only",
        NAUGHTY_LINE.replace("\x1b", ""): "failed",
    }


def test_show(shell: Shell) -> None:
    (row,) = shell("search", "招商", "--json").rows
    answer = shell("show", str(row["id"]))
    for words in (
        "《水乡纪事之三：渡口》",
        "水乡纪事, no. 3",
        "2026-03-01 (from: label)",
        "沈一禾",
        "\n船还在。",
        "missing",
    ):
        assert words in answer.out
    assert answer.out.count("沈一禾") == answer.out.count("licence") == 1
    (detail,) = shell("show", str(row["id"]), "--json").rows
    assert detail["story"]["text"].endswith("船还在。")
    assert len(detail["mentions"]) == 3


def test_show_by_address_and_title(shell: Shell) -> None:
    shown = shell("show", "1").out
    assert shell("show", f"{SITE}/3?utm_source=x").out == shell("show", "水乡纪事之三：渡口").out == shown
    unknown = shell("show", "没有这篇")
    assert (unknown.code, unknown.err.startswith("The archive holds no story 没有这篇.")) == (1, True)
    assert shell("show", "1", "--payload").out == "x"
    assert shell("show", "1", "--payload", "--json").code == 2


def test_why(shell: Shell) -> None:
    gone = shell("why", f"{SITE}/0?utm_source=x#top").out
    for words in ("Now: gone: the server says 404", "a line of a 往期 block", "Next: a crawl reads it on"):
        assert words in gone
    stored = shell("why", "水乡纪事之二：石桥").out
    assert f"on {SITE}/3" in stored
    assert "Visits: 1" in stored
    assert "《水乡纪事之一：源头》 is not stored" in shell("why", "水乡纪事之一：源头").out
    (row,) = shell("why", f"{SITE}/2", "--json").rows
    assert row["path"] == [f"{SITE}/3", f"{SITE}/2"]
    assert shell("why", "https://other.example/").code == 1


def test_why_finds_a_title_however_it_is_typed(shell: Shell) -> None:
    assert f"on {SITE}/3" in shell("why", "水乡紀事之二:石橋 ").out
    assert "is not stored" in shell("why", "水乡纪事之一　源头").out


def test_why_of_a_title_that_several_pages_bear_lists_them(shell: Shell) -> None:
    with Archive(shell.archive_url) as archive:
        archive.record(story(f"{SITE}/again", "水乡纪事之二：石桥", "另一座石桥，名字一样，故事不同。" * 3)).result()
    listed = shell("why", "水乡纪事之二：石桥")
    assert listed.code == 0
    assert "2 pages or titles are called so" in listed.out
    assert all(f"{SITE}/{page}" in listed.out for page in ("2", "again"))
    assert len(shell("why", "水乡纪事之二：石桥", "--json").rows) == 2


def test_why_of_an_unknown_title_suggests_the_nearest(shell: Shell) -> None:
    slip = shell("why", "水乡纪事之二：石板桥")
    assert slip.code == 1
    assert "Did you mean 《水乡纪事之二：石桥》" in slip.err
    assert "《水乡纪事之一：源头》" in shell("why", "源头在哪").err + shell("why", "之一：源头").err


def test_runs(shell: Shell) -> None:
    (row,) = shell("runs", "shuixiang", "--json").rows
    assert (row["exit_code"], row["counts"]) == (20, {"stored": 3, "gone": 1})
    assert "1 gone" in shell("runs").out


@pytest.mark.parametrize(
    "command",
    [
        ("stories",),
        ("search", "终端"),
        ("series", "shuixiang"),
        ("why", NAUGHTY),
        ("runs",),
        ("show", "3"),
        ("show", "1"),
    ],
)
@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_no_title_moves_the_cursor(shell: Shell, command: tuple[str, ...], extra: tuple[str, ...]) -> None:
    answer = shell(*command, *extra)
    assert answer.code == 0
    assert answer.out
    assert safe(answer.out.replace("\n", "").replace("\t", "")) == answer.out.replace("\n", "").replace("\t", "")


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (("stories", "--series", "none"), 1, "no series 'none'; it holds: shuixiang"),
        (("series", "none"), 1, "no series 'none'"),
        (("runs", "none"), 1, "no series 'none'"),
        (("series", ""), 1, "no series ''"),
        (("series", "--missing"), 2, "series NAME --missing"),
        (("show", "99"), 1, "no story 99"),
        (("show", ""), 1, "no story ''"),
        (("cite", "1", "99"), 1, "no story 99"),
        (("cite", "没有这篇"), 1, "no story 没有这篇"),
        (("changed",), 2, "required: --since (scrapy changed -h)"),
        (("changed", "--since", "last week"), 2, "or 7d, 2w: so long ago"),
        (("show", "九"), 1, "holds no story 九"),
        (("show", "9" * 30), 1, "holds no story 9999"),
        (("show",), 2, "required"),
        (("search", "……"), 2, "no letter, number or character"),
        (("search",), 2, "Say what to look for"),
        (("search", "-水灾"), 2, "scrapy search -- '-水灾'"),
        (("search", '渡口"'), 2, "A quote stands alone"),
        (("stories", "--limit", "-1"), 2, "--limit"),
        (("stories", "--limit", "x"), 2, "Write a whole number"),
        (("stories", "--since", "yesterday"), 2, "as 2024-03-05"),
        (("stories", "--since", "0001-01-01"), 2, "as 2024-03-05"),
        (("stories", "extra"), 2, "'extra' has no meaning here"),
        (("runs", "--jsn"), 2, "'--jsn' has no meaning here"),
        (("why", "nothing of the kind"), 1, "knows no page"),
        (("export", "stories.txt"), 2, "no format"),
        (("export", "no/such/folder.csv"), 1, "'no/such/folder.csv' cannot be opened: No such file"),
        (("export", "--format", "csv", "/"), 1, "'/' cannot be opened: Is a directory."),
        (("diff", "1", "2", "--html", "/"), 1, "'/' cannot be opened: Is a directory."),
        (("extract", "none.html", "--url", "https://a.example/"), 1, "'none.html' cannot be opened: No such file"),
        (("extract", "/", "--url", "https://a.example/"), 1, "'/' cannot be opened: Is a directory."),
        (("extract", "none.html", "--url", "a.example"), 2, "no URL of a page"),
    ],
)
def test_bad_input_is_one_line_and_a_code(shell: Shell, command: tuple[str, ...], code: int, words: str) -> None:
    answer = shell(*command)
    assert answer.code == code
    assert words in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_an_archive_that_cannot_be_opened(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, only a text of some length " * 50)
    for url, words in [
        ("sqlite:///none.db", "no archive"),
        (
            f"sqlite:///{tmp_path}",
            f"'{tmp_path}' is a folder. Name the archive in it: sqlite:///{tmp_path}/archive.db.",
        ),
        ("sqlite:///text.db", "is no SQLite database"),
        ("postgresql://me:secret@127.0.0.1:9/x", "127.0.0.1"),
        ("nonsense", "no database address"),
    ]:
        answer = shell("stories", ARCHIVE_URL=url)
        assert (answer.code, answer.out) == (1, "")
        assert words in answer.err
        assert answer.err.count("\n") == 1
        assert "secret" not in answer.err
    assert not (tmp_path / "none.db").exists()


ASKED = (
    ("stories",),
    ("search", "渡口"),
    ("show", "1"),
    ("changed", "--since", "7d"),
    ("cite", "1"),
    ("series",),
    ("series", "shuixiang"),
)


@pytest.mark.parametrize("command", ASKED)
def test_what_is_held_newer_or_damaged_is_one_line_for_every_question(
    shell: Shell, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.db.engine.BUSY_MS", 50)
    file = tmp_path / "archive 1.db"

    def told(words: str, code: int = 1) -> None:
        answer = shell(*command)
        assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
        assert words in answer.err

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        told("is held by another process (database is locked). Run again when it has finished.")
        other.execute("ROLLBACK")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE archive_version SET version_num = '9999'")
    told("has schema version '9999'")
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    told("is damaged (database disk image is malformed)")


def test_export_jsonl(shell: Shell, tmp_path: Path) -> None:
    answer = shell("export", "out.jsonl")
    assert (answer.code, answer.out) == (0, "3 stories written to out.jsonl.\n")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert rows == shell("export", "--format", "jsonl", "-").rows
    assert {"渡口的老船工说，招商的人来过两次。\n船还在。"} <= {row["text"] for row in rows}
    assert [file.name for file in tmp_path.glob(".*")] == []


def test_export_csv_guards_the_spreadsheet(shell: Shell, tmp_path: Path) -> None:
    assert shell("export", "--format", "csv", "out").code == 0
    assert shell("export", "--raw", "--json", "raw.csv").rows == [{"written": 3, "file": "raw.csv"}]

    def texts(name: str) -> set[str]:
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as stream:
            return {row["text"] for row in csv.DictReader(stream)}

    assert any(text.startswith("'=HYPERLINK") for text in texts("out"))
    assert any(text.startswith("=HYPERLINK") for text in texts("raw.csv"))


def test_a_failed_export_leaves_the_old_file(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    answer = shell("export", "out.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith(
        "'out.csv' is there already, and stays as it is. Name another file, or add --force to replace it\n"
    )
    assert shell("export", "out.csv", "--series", "none", "--force").code == 1
    assert (tmp_path / "out.csv").read_text() == "old"
    assert shell("export", "out.csv", "--force").code == 0
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith("id,")


def test_extract(shell: Shell, tmp_path: Path) -> None:
    page = "<html><head><title>石桥</title></head><body><h1>石桥</h1>" + "<p>石桥修过三回，第三回用了水泥。</p>" * 9
    (tmp_path / "page.html").write_bytes(page.encode("gb18030"))
    command = ("extract", "page.html", "--url", f"{SITE}/2", "--content-type", "text/html; charset=gbk")
    (row,) = shell(*command, "--json").rows
    assert row["encoding"] == "gb18030"
    assert "title" in row
    assert json.loads(shell(*command).out) == row


def test_list_is_the_catalogue(shell: Shell, tmp_path: Path) -> None:
    assert "no entries" in shell("list").err
    (tmp_path / "series.toml").write_text('["水乡"]\nstart = "https://news.example/3"\n', "utf-8")
    assert shell("list").out == "水乡\n"
    assert shell("list", "--json").rows[0]["start"] == ["https://news.example/3"]
    (tmp_path / "series.toml").write_text('["水乡"]\nstrat = "https://news.example/3"\n', "utf-8")
    broken = shell("list")
    assert broken.code == 2
    assert broken.err == "series.toml, line 2: [水乡] strat: no such key; did you mean 'start'?\n"


def in_a_shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=Path(__file__).parents[3],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_reader_that_leaves_early_is_no_error(archive_url: str) -> None:
    ended = in_a_shell(f'{quote(sys.executable)} -m scrapy stories --json -s "ARCHIVE_URL={archive_url}" | head -c 1')
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "{", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(archive_url: str) -> None:
    ended = in_a_shell(
        f'{quote(sys.executable)} -m scrapy export --format csv -s "ARCHIVE_URL={archive_url}" - > /dev/full'
    )
    assert ended.returncode == 3
    assert ended.stderr.endswith("Make room and run again.\n")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("search",), ("why",), ("series",), ("runs",), ("stories", "--series"), ("show",)])
def test_bytes_that_are_no_text_are_one_line_too(shell: Shell, command: tuple[str, ...]) -> None:
    answer = shell(*command, "河\udcff\x00")
    assert answer.code in {0, 1, 2}
    assert "\udcff" not in answer.err
    assert "\x00" not in answer.err


def test_postgresql_answers_alike(shell: Shell, postgresql_url: str) -> None:
    fill(postgresql_url)
    for command in ("stories", "series", "series shuixiang", "search 招商", "runs", "show 1", f"why {SITE}/0"):
        here, there = (shell(*command.split(), ARCHIVE_URL=url) for url in (shell.archive_url, postgresql_url))
        assert (there.code, there.err) == (0, "")
        assert without_times(there.out) == without_times(here.out)


def without_times(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "then", text)


def test_health_in_a_table_as_json_and_as_monitoring_reads_it(shell: Shell, archive_url: str, tmp_path: Path) -> None:
    well = shell("health")
    assert well.code == 0
    assert "水乡纪事\twell\t3 stories; its last crawl ended with 20, begun " in well.out
    assert " UTC; it is not known to be whole\n" in well.out
    assert well.out.splitlines()[-1].startswith("\twell\tthe archive has ")
    with Archive(archive_url) as archive:
        run = archive.begin_run(1)
        archive.end_run(run, reason="finished", counts={"failed": 2}, exit_code=1, requests=2)
    ill = shell("health", "水乡纪事", "--json")
    assert ill.code == 2
    assert [(row["health"], row["what"]) for row in ill.rows] == [("broken", "nothing_read"), ("look", "failed_runs")]
    assert shell("health", DISK_RESERVE=str(2**60)).code == 2
    (tmp_path / "broken.toml").write_text("[lake", "utf-8")
    broken = shell("health", "--json", CATALOGUE=str(tmp_path / "broken.toml"))
    assert (broken.code, broken.rows[-1]["what"]) == (2, "catalogue")
    (tmp_path / "series.toml").write_text('[lake]\nstart = "https://example.org/1"\nschedule = "0 6 * * *"\n', "utf-8")
    waiting = shell("health", "lake", CATALOGUE=str(tmp_path / "series.toml"))
    told = "lake\tlook\tit was never crawled, though it has a schedule"
    assert (waiting.code, waiting.out.splitlines()[1]) == (1, told)


def test_health_of_what_is_not_there_is_broken(shell: Shell) -> None:
    unknown = shell("health", "nothing")
    assert (unknown.code, unknown.out) == (2, "")
    assert "The archive holds no series 'nothing'" in unknown.err
    assert shell("health", ARCHIVE_URL="sqlite:///none.db").code == 2
