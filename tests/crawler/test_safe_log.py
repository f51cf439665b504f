"""Row 14 of issue 12: nothing that a site says reaches a terminal that would obey it."""

import json
import logging
import sys
from datetime import datetime
from types import SimpleNamespace

import pytest

from crawler.catalogue.file import CatalogueError, parse_catalogue
from crawler.safe_log import JsonRecord, SafeRecord, ToldRecord


def test_an_escape_is_shown_as_its_number() -> None:
    record = SafeRecord("a", logging.DEBUG, "a.py", 1, "Disallow: %s\n%s", ("\x1b[31m", "\u202e"), None)
    assert record.getMessage() == "Disallow: U+001B[31m\nU+202E"


def test_an_escape_in_a_traceback_is_shown_as_its_number() -> None:
    def fail() -> None:
        raise ValueError("\x1b[31mred")

    try:
        fail()
    except ValueError:
        record = SafeRecord("a", logging.ERROR, "a.py", 1, "it failed", (), sys.exc_info())
    said = logging.Formatter().format(record)
    assert "\x1b" not in said
    assert "ValueError: U+001B[31mred" in said


def test_an_answer_that_is_quoted_whole_fills_no_log() -> None:
    record = SafeRecord("a", logging.ERROR, "a.py", 1, "no status: %r", (b"<p>" * 10_000,), None)
    assert len(record.getMessage()) < 2_100
    assert record.getMessage().endswith("28,014 characters more)")


def test_brackets_in_brackets_are_told_in_a_line() -> None:
    with pytest.raises(CatalogueError, match="too deeply"):
        parse_catalogue(b"a = " + b"[" * 100_000)


def test_an_event_is_one_line_of_json() -> None:
    spider = SimpleNamespace(name="lake")
    try:
        int("\x1b[31mred\nand more")
    except ValueError:
        record = JsonRecord("a", logging.ERROR, "a.py", 1, "it %s\nhere", ("failed",), sys.exc_info())
    record.__dict__["spider"] = spider
    (line,) = logging.Formatter("%(json)s").format(record).split("\n")
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"], said["series"]) == ("ERROR", "a", "it failed\nhere", "lake")
    assert "Traceback" in said["traceback"]
    assert datetime.fromisoformat(said["time"]).tzinfo is not None


def test_what_is_ours_is_logged_in_the_language_of_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "%s: crawl begins (process %d)", ("河上旧事", 7)
    ours = ToldRecord("crawler.scheduling", logging.INFO, "a.py", 1, *said, None)
    theirs = ToldRecord("scrapy.core", logging.INFO, "a.py", 1, *said, None)
    monkeypatch.setenv("WANGQI_LANG", "zh")
    assert ours.getMessage() == "河上旧事：采集开始（进程 7）"
    assert theirs.getMessage() == "河上旧事: crawl begins (process 7)"
    monkeypatch.setenv("WANGQI_LANG", "en")
    assert ours.getMessage() == "河上旧事: crawl begins (process 7)"
