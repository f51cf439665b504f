"""`scrapy browse`: where it listens, and to whom it answers."""

import socket
import sys
from collections.abc import Iterator

import pytest
import uvicorn

from tests.crawler.commands.conftest import Shell
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
