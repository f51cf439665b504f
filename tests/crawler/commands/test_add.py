"""A series into the catalogue, after a look at it that a test need not take."""

from pathlib import Path
from typing import Any

import pytest

from crawler.commands.add import Command
from tests.crawler.commands.conftest import Shell, fill

OLD = '# mine\n[lake]\nstart = "https://news.example/lake"  # first\n'
URL = "https://news.example/3"


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were looked at; each is a story of a series of three."""
    asked: list[str] = []

    def crawl(_: Command, url: str, archive_url: str, __: Any) -> None:
        asked.append(url)
        if url == URL:
            fill(archive_url)

    monkeypatch.setattr(Command, "_crawl", crawl)
    return asked


def test_it_is_shown_and_then_written(shell: Shell, tmp_path: Path, looked_at: list[str]) -> None:
    file = tmp_path / "series.toml"
    file.write_text(OLD, "utf-8")
    shown = shell("add", URL)
    assert shown.code == 0
    assert "3 stories were read, 2 more are named" in shown.out
    assert "水乡纪事之三：渡口" in shown.out
    assert "Nothing was written: --yes writes it." in shown.err
    assert file.read_text("utf-8") == OLD
    assert shell("add", URL, "--yes").code == 0
    added = f'\n["水乡纪事"]\ntitle = "水乡纪事"\nstart = "{URL}"\nschedule = "auto"\n'
    assert file.read_text("utf-8") == OLD + added
    again = shell("add", URL, "--yes")
    assert (again.code, "has it already, as [水乡纪事]" in again.err) == (2, True)
    assert looked_at == [URL, URL]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["https://news.example/none"], 1),
        (["ftp://news.example/3"], 2),
        ([URL, "--name", "lake"], 2),
        ([URL, "--name", "a b"], 2),
        ([URL, "--schedule", "sometimes"], 2),
    ],
)
def test_what_is_not_written(
    shell: Shell, tmp_path: Path, looked_at: list[str], arguments: list[str], code: int
) -> None:
    file = tmp_path / "series.toml"
    file.write_text(OLD, "utf-8")
    answer = shell("add", "--yes", *arguments)
    assert answer.code == code
    assert answer.err
    assert file.read_text("utf-8") == OLD
    assert len(looked_at) == (code == 1)
