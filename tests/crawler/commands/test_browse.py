"""`scrapy browse`: where it listens, and to whom it answers."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from tests.crawler.commands.conftest import Shell
from tests.crawling import ROOT
from web.config import Config


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Config]]:
    """What rooms were opened with; they close at once."""
    found: list[Config] = []
    monkeypatch.setattr("web.app.reading_room", found.append)
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
    return found


def test_on_loopback_nobody_has_to_show_a_token(shell: Shell, opened: list[Config]) -> None:
    answer = shell("browse", "--port", "0")
    assert answer.code == 0
    assert "http://127.0.0.1:" in answer.out
    (config,) = opened
    assert config.token is None
    assert config.hosts == {"127.0.0.1", "localhost", "[::1]"}


def test_elsewhere_it_prints_its_token_and_answers_to_the_names_it_was_told(shell: Shell, opened: list[Config]) -> None:
    answer = shell("browse", "--port", "0", "--host", "0.0.0.0", "--name", "Archive.example")
    (config,) = opened
    assert config.token
    assert f"http://Archive.example:{answer.out.split(':')[2].split('/')[0]}/?token={config.token}" in answer.out
    assert "archive.example" in config.hosts


def test_a_port_that_is_taken_is_one_clear_line(shell: Shell, opened: list[Config]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = shell("browse", "--port", str(taken.getsockname()[1]))
    assert (answer.code, opened) == (2, [])
    assert "Name another port: --port N" in answer.err
    assert shell("browse", "--port", "99999").code == 2


def test_without_the_extra_it_says_what_to_install(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    answer = shell("browse")
    assert answer.code == 2
    assert "pip install 'wangqi[web]'" in answer.err


@pytest.mark.torture
def test_the_whole_of_it_listens_answers_and_ends_on_ctrl_c(archive_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crawler", "browse", "--port", "0"]
    surroundings = {**os.environ, "ARCHIVE_URL": archive_url, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=surroundings, stdout=subprocess.PIPE, text=True) as room:
        assert room.stdout is not None
        address = re.search(r"http://127.0.0.1:(\d+)/", room.stdout.readline())
        assert address is not None
        with socket.create_connection(("127.0.0.1", int(address[1])), timeout=60) as asked:
            asked.sendall(
                f"GET /home.json HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\nConnection: close\r\n\r\n".encode()
            )
            assert b"200" in asked.recv(100)
        room.send_signal(signal.SIGINT)
        assert room.wait(60) == 0
