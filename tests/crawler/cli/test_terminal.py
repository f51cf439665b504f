"""What people and programs read: nothing of a page reaches the terminal as a command to it."""

import io
import json
import os
import pty
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from crawler.cli import terminal
from views import cells
from views.language.speech import speak

NAUGHTY = [
    "\x1b[2J",
    "\x9b31m",
    "a\tb\nc",
    "\u202e倒过来",
    "[bold red]标题[/]",
    "\ud800",
    "零\u200b宽",
    "\x00",
    "=1+1",
    "\u2028",
]
WHEN = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


@given(st.text())
def test_what_is_safe_stays_safe_and_can_be_written(text: str) -> None:
    once = cells.safe(text)
    assert cells.safe(once) == once
    once.encode()
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in once)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.text())))
def test_json_loses_nothing_and_moves_no_cursor(record: dict[str, object]) -> None:
    line = cells.json_line(record)
    assert json.loads(line) == record
    assert cells.safe(line) == line


def test_values_as_people_read_them() -> None:
    assert cells.cell(None) == ""
    assert cells.cell(WHEN) == "2026-03-02 00:30+08"
    assert cells.cell("一\n二\t三") == "一 二 三"
    assert cells.cell({"stored": 3, "copy": 1}) == "3 stored, 1 copy"
    assert cells.cell(["甲", "乙"]) == "甲, 乙"
    assert cells.json_line({"at": WHEN}) == '{"at": "2026-03-02T00:30:00+08:00"}'


def test_a_pipe_gets_one_line_a_row_and_the_same_number_of_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_rows([{"id": at, "title": text} for at, text in enumerate(NAUGHTY)], as_json=False, nothing="")
    lines = capsys.readouterr().out.split("\n")
    assert lines[0] == "id\ttitle"
    assert [line.count("\t") for line in lines[1:-1]] == [1] * len(NAUGHTY)
    assert lines[1] == "0\tU+001B[2J"


def test_no_row_is_told_to_people_only(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_rows([], as_json=False, nothing="没有 nothing")
    terminal.print_rows([], as_json=True, nothing="没有 nothing")
    assert capsys.readouterr() == ("", "没有 nothing\n")


def on_a_terminal(
    print_something: Callable[[], None], monkeypatch: pytest.MonkeyPatch, width: int | None = None
) -> bytes:
    ours, theirs = pty.openpty()
    monkeypatch.setenv("COLUMNS", str(width or 80))
    monkeypatch.setenv("TERM", "xterm" if width else "dumb")  # a dumb one has no bold type, and 80 columns
    with os.fdopen(theirs, "w", encoding="gb18030", newline="") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        print_something()
        stream.flush()
    seen = b""
    with suppress(OSError):  # Linux ends with EIO when nothing more is to come; one read may bring a piece only
        while piece := os.read(ours, 65_536):
            seen += piece
    os.close(ours)
    return seen


def test_a_terminal_gets_a_table_in_utf8_without_escapes_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": at, "title": text} for at, text in enumerate([*NAUGHTY, "水乡纪事", "a" * 200])]
    seen = on_a_terminal(lambda: terminal.print_rows(rows, as_json=False, nothing=""), monkeypatch).decode()
    assert "U+001B[2J" in seen
    assert "[bold red]标题[/]" in seen
    assert "水乡纪事" in seen
    assert seen.count("a") >= 200
    assert not [sign for sign in seen if cells.safe(sign) != sign and sign not in "\r\n"]


@pytest.mark.parametrize("width", [*range(30, 60, 5), *range(60, 130), 200])
def test_a_terminal_of_any_width_gets_all_and_no_time_in_two(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    row: dict[str, Any] = {
        "id": 17,
        "published": "2026-03-02 00:30:12",
        "state": "title only",
        "none": None,
        "title": "巷口手记 | 修伞的老人：一把油纸伞要走七十二道工序",
        "url": "".join(chr(0x100 + at) for at in range(60)),
        "reason": "the server answered 404",
    }
    if width % 2:
        del row["reason"]
    seen = on_a_terminal(
        lambda: terminal.print_rows([row, row], as_json=False, nothing=""), monkeypatch, width
    ).decode()
    seen = re.sub("\x1b\\[[0-9;]*m", "", seen)
    assert {*row["title"], *row["url"]} <= {*seen}
    assert seen.count("2026-03-02 00:30:12") == seen.count("title only") == 2
    assert "none" not in seen
    assert max(cell_len(line) for line in seen.splitlines()) <= width


@pytest.mark.parametrize(("language", "word"), [("en", "failed"), ("zh", "未取到")])
def test_a_word_of_state_that_alarms_is_red(language: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": 1, "state": "stored", "title": "failed"}, {"id": 2, "state": "failed", "title": "水乡"}]
    speak(language)
    try:
        seen = on_a_terminal(lambda: terminal.print_rows(rows, as_json=False, nothing=""), monkeypatch, 100).decode()
    finally:
        speak("en")
    assert re.findall("\x1b\\[1;31m(.*?)\x1b", seen) == [word]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_what_has_no_room_beside_stands_below_its_row(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {
        "at": "2026-12-01 13:55+08",
        "what": "tampered",
        "story_id": 11,
        "title": "巷口手记 | 修伞的老人：一把油纸伞要走七十二道工序",
        "reason": "a site that nobody vouches for, strong signs",
        "url": "http://127.0.0.2:40241/yxzx/20240511/3317.html",
    }
    shown = on_a_terminal(
        lambda: terminal.print_rows([row, row | {"reason": ""}], as_json=False, nothing=""), monkeypatch, width
    ).decode()
    lines = [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", shown).splitlines() if line.strip()]
    rows = [line for line in lines if line.strip().startswith("2026-12-01 13:55+08")]
    assert lines[0].split()[:3] == ["at", "what", "title" if width == 60 else "story_id"]
    assert [line.split()[2] for line in rows] == ["tampered"] * 2
    below = [line.strip() for line in lines if line.startswith("    ") and "  http" in line]
    assert below == ([] if width == 200 else [f"url  {row['url']}"] * 2)
    assert sum("reason  a site" in line for line in lines) == (width != 200)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_columns_stand_below_each_other_in_both_languages(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"place": 1, "state": "stored", "title": "巷口手记之一", "reason": ""},
        {"place": 12, "state": "never found", "title": "stored", "reason": "the server answered 404"},
    ]
    speak(language)
    try:
        seen = on_a_terminal(lambda: terminal.print_rows(rows, as_json=False, nothing=""), monkeypatch, 100).decode()
    finally:
        speak("en")
    lines = [line for line in re.sub("\x1b\\[[0-9;]*m", "", seen).splitlines() if re.search(r"\w", line)]
    words = {"zh": ("次序", "状态", "已存", "服务器答 404"), "en": ("place", "state", "never found", "answered 404")}
    assert all(word in seen for word in words[language])
    assert "stored" in lines[2]  # what a page calls itself is no word of ours
    titles = [
        cell_len(line.partition(title)[0]) for line, title in zip(lines[1:], ("巷口手记之一", "stored"), strict=True)
    ]
    heading = {"zh": "标题", "en": "title"}[language]
    assert {*titles, cell_len(lines[0].partition(heading)[0])} == {titles[0]}


def test_another_locale_still_gets_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    terminal.print_text("水乡")
    sys.stdout.flush()
    assert raw.getvalue() == "水乡\n".encode()
