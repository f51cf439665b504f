"""A page that several readers ask for is made once, and never shown for longer than a moment."""

from threading import Barrier, Thread
from typing import Any

import pytest
from starlette.testclient import TestClient

from storage import Archive
from tests.storage.stories import address, record
from tests.web.conftest import Enter
from web.pages import runs


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every page of runs that is made."""
    paths: list[str] = []
    monkeypatch.setattr(runs, "_row", _counting(runs._row, paths))
    return paths


def _counting(function: Any, paths: list[str]) -> Any:
    def counted(run: Any, titles: Any) -> Any:
        paths.append("/runs")
        return function(run, titles)

    return counted


def test_what_twenty_ask_for_is_made_once(enter: Enter, small: str, made: list[str]) -> None:
    client = enter(small, shared_for=60.0)
    together, told = Barrier(20), []

    def ask() -> None:
        together.wait()
        told.append(client.get("/runs").text)

    readers = [Thread(target=ask) for _ in range(20)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(told) == 20
    assert set(told) == {client.get("/runs").text}
    assert made == ["/runs"]


def test_each_language_colour_and_question_has_its_own(enter: Enter, small: str, made: list[str]) -> None:
    client = enter(small, shared_for=60.0)
    english = client.get("/runs").text
    chinese = client.get("/runs", headers={"accept-language": "zh"}).text
    dark = client.get("/runs", headers={"cookie": "theme=dark"}).text
    assert len({english, chinese, dark, client.get("/runs?series=1").text, client.get("/runs.json").text}) == 5
    assert len(made) == 5
    assert client.get("/runs?lang=zh").headers["set-cookie"] == client.get("/runs?lang=zh").headers["set-cookie"]
    assert len(made) == 7  # who chooses has a cookie of his own


def test_what_has_changed_is_seen_a_moment_later(enter: Enter, tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    with Archive(url) as archive:
        series = archive.series_named("x")
        run = archive.begin_run(series)
        archive.record(record(series, run, 1)).result()
        client = enter(url, shared_for=0.05)
        assert _titles(client) == 1
        archive.record(record(series, run, 2, url=address(2))).result()
        for _ in range(200):
            if _titles(client) == 2:
                break
        assert _titles(client) == 2


def _titles(client: TestClient) -> int:
    return len(client.get("/changes.json").json()["changes"])


def test_bytes_to_be_saved_are_handed_to_each(enter: Enter, small: str) -> None:
    client = enter(small, shared_for=60.0)
    assert client.get("/story/1/kept").content == client.get("/story/1/kept").content != b""
    assert client.get("/series/1/export/jsonl").content == client.get("/series/1/export/jsonl").content != b""


def test_a_page_that_could_not_be_made_is_made_again(enter: Enter, small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(small, shared_for=0.01)
    with monkeypatch.context() as broken:
        broken.setattr(runs, "_row", lambda *_: 1 / 0)
        assert client.get("/runs").status_code == 500
    for _ in range(100):
        if client.get("/runs").status_code == 200:
            break
    assert client.get("/runs").status_code == 200
