"""`scrapy extract`: a page from a file, a pipe, the archive and its site; and what a rule changes of it."""

import io
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage import Archive
from tests.crawler.commands.conftest import Shell, story
from tests.crawler.site import response, serving
from tests.crawling import AT_HOME, command, scrapy

DOCS = (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")
URL = "https://www.shiqiao.example/byr/t0305.html"


def block(language: str) -> str:
    """The first such block of the page about rules."""
    found = re.search(rf"^```{language}\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


PAGE, RULE, SHOWN = block("html"), block("toml"), block("text")


@pytest.fixture
def catalogue(tmp_path: Path) -> str:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "series.toml").write_text(RULE, "utf-8")
    return str(tmp_path / "series.toml")


def test_the_example_of_the_docs_is_what_the_command_prints(shell: Shell, catalogue: str) -> None:
    answer = shell("extract", "page.html", "--url", URL, "--rules", CATALOGUE=catalogue)
    assert (answer.code, answer.out, answer.err) == (0, SHOWN, "")


def test_an_extract_is_what_the_archive_would_take_rules_and_all(shell: Shell, catalogue: str) -> None:
    (row,) = shell("extract", "page.html", "--url", URL, "--json", CATALOGUE=catalogue).rows
    assert (row["title"], row["author"]) == ("摆渡人说｜老渡口的最后一班船", "沈一禾")
    assert row["rule"]["name"] == "rule of www.shiqiao.example"


def test_a_page_out_of_a_pipe(shell: Shell, catalogue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PAGE.encode())))
    assert shell("extract", "-", "--url", URL, "--rules", CATALOGUE=catalogue).out == SHOWN


def test_a_key_that_finds_nothing_is_marked(shell: Shell, catalogue: str) -> None:
    Path(catalogue).write_text(RULE.replace('"#zoom"', '"#content"'), "utf-8")
    answer = shell("extract", "page.html", "--url", URL, "--rules", CATALOGUE=catalogue)
    assert answer.code == 20
    assert "\n! body      it finds nothing (#content); without it: 154 characters in 4 lines\n" in answer.out
    (row,) = shell("extract", "page.html", "--url", URL, "--rules", "--json", CATALOGUE=catalogue).rows
    assert row["flaws"] == ["the rule of www.shiqiao.example has read no body: it finds nothing"]
    assert [change["key"] for change in row["changes"] if change["missed"]] == ["body"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--url", "https://other.example/1"), "no rule for https://other.example/1. It has rules for: www.shiqiao"),
        (("--url", URL, "--fetched", "2023-12-31"), "fetched on 2023-12-31. It has rules for"),
    ],
)
def test_a_page_without_a_rule_is_told(shell: Shell, catalogue: str, more: tuple[str, ...], words: str) -> None:
    answer = shell("extract", "page.html", "--rules", *more, CATALOGUE=catalogue)
    assert (answer.code, answer.out) == (20, "")
    assert words in answer.err
    assert shell("extract", "page.html", "--rules", "--url", URL, "--fetched", "2024-01-01", CATALOGUE=catalogue).out


def test_what_is_wrong_with_the_catalogue_or_the_arguments_is_one_line(shell: Shell, catalogue: str) -> None:
    Path(catalogue).write_text(RULE.replace('"#zoom"', '"#"'), "utf-8")
    broken = shell("extract", "page.html", "--url", URL, "--rules", CATALOGUE=catalogue)
    assert (broken.code, broken.out) == (2, "")
    assert broken.err.startswith("series.toml, line 12: [[rules]] www.shiqiao.example body: '#' is no CSS selector")
    assert broken.err.count("\n") == 1
    Path(catalogue).write_text(RULE, "utf-8")
    without = shell("extract", "page.html", "--rules")
    assert (without.code, without.out) == (2, "")
    assert "Add: --url https://" in without.err


def test_a_url_is_read_as_the_archive_keeps_it(shell: Shell, catalogue: str) -> None:
    record = story(URL, "老渡口", "船还在。")
    assert record.capture
    with Archive(shell.archive_url) as archive:
        archive.record(replace(record, capture=replace(record.capture, body=PAGE.encode()))).result()
    answer = shell("extract", f"{URL}?utm_source=x", "--rules", CATALOGUE=catalogue)
    assert (answer.code, answer.out) == (0, SHOWN)
    assert answer.err == f"{URL}, as the archive keeps it; --fetch asks its site (fetched 2026-03-01).\n"


def test_a_url_that_nobody_keeps_is_asked_of_its_site(tmp_path: Path) -> None:
    (tmp_path / "series.toml").write_text(RULE.replace("www.shiqiao.example", "127.0.0.1"), "utf-8")
    settings = [part for value in (*AT_HOME, f"CATALOGUE={tmp_path / 'series.toml'}") for part in ("-s", value)]
    with serving() as site:
        site.pages = {"/byr/t0305.html": response(PAGE)}
        url = site.url("/byr/t0305.html")
        ended = scrapy(tmp_path / "none.db", command("extract", url, "--rules", *settings))
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.startswith("rule of 127.0.0.1 from 2024-01-01 on; the page is a story")
        assert ended.stderr.startswith(f"{url}, from its site (fetched ")
        assert site.count("/robots.txt") == 1
        assert not (tmp_path / "none.db").exists()


def test_no_more_of_a_file_is_read_than_a_crawl_would_take(shell: Shell) -> None:
    endless = shell("extract", "/dev/zero", "--url", URL, "-s", "DOWNLOAD_MAXSIZE=1000000")
    assert endless.code == 1
    assert "/dev/zero was not read: it is larger than DOWNLOAD_MAXSIZE (1000000 bytes)." in endless.err
