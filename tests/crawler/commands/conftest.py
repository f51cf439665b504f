"""A small archive, and a way to run our commands on it as `scrapy` does, without a new process each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute

from storage import Archive
from wangqi.copies.ranks import Standing
from wangqi.copies.records import Fingerprint
from wangqi.text.forms import display, match_key
from wangqi.visit import Capture, Discovery, Marks, NamedStory, Reading, Visit

NAUGHTY = "\x1b[2J终端\u202e倒\u200b[bold]=1+1"
NAUGHTY_LINE = NAUGHTY.replace("终端", "河灯")  # of another story


@dataclass
class Answer:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split("\n") if line]


class Shell:
    """Runs `scrapy NAME ARGUMENTS` in this process; the answer has what a person sees."""

    def __init__(self, capsys: pytest.CaptureFixture[str], archive_url: str) -> None:
        self.capsys = capsys
        self.archive_url = archive_url

    def __call__(self, *command: str, **settings: str) -> Answer:
        given = {"ARCHIVE_URL": self.archive_url, **settings}
        assigned = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", command[0], *assigned, *command[1:]])
        seen = self.capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Answer(code, seen.out, seen.err)


def story(url: str, title: str, text: str, named: Sequence[tuple[str, str | None]] = (), **more: Any) -> Visit:
    text = display(text)
    return Visit(
        series_id=1,
        run_id=1,
        url=url,
        outcome="stored",
        reason="has a headline and a body",
        capture=Capture(
            url=url, fetched_at=datetime(2026, 3, 1, 16, 30, tzinfo=UTC), status=200, headers={}, body=b"x"
        ),
        reading=Reading(title=title, text=text, **more),
        marks=Marks(
            match_key=match_key(text),
            title_key=match_key(title),
            fingerprint=Fingerprint(sketch=None, bands=(), sentences=()),
            standing=Standing(1, ""),
        ),
        named=[
            NamedStory(position=at, title=line, title_key=match_key(line), url=link)
            for at, (line, link) in enumerate(named)
        ],
        discoveries=[Discovery(url=link, via="series", title=line, reason="named") for line, link in named if link],
    )


@pytest.fixture
def archive_url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'archive 1.db'}"
    fill(url)
    return url


def fill(url: str) -> None:
    """One series: three stories, of which one is odd; two that are missing; one run."""
    site = "https://news.example"
    with Archive(url) as archive:
        series = archive.series_named("shuixiang", title="水乡纪事", start=[f"{site}/3"])
        run = archive.begin_run(series)
        archive.seed(series, [f"{site}/3"], watch=True)
        archive.claim(series, run)
        third = story(
            f"{site}/3",
            "水乡纪事之三：渡口",
            "渡口的老船工说，招商的人来过两次。\n船还在。",
            [("水乡纪事之二：石桥", f"{site}/2"), ("水乡纪事之一：源头", None), (NAUGHTY_LINE, f"{site}/0")],
            ordinal=3,
            published_at=datetime(2026, 2, 28, 16, tzinfo=UTC),
            published_precision="day",
            published_source="label",
            author="沈一禾",
            details={
                "credits": [
                    {"role": "author", "name": "沈一禾"},
                    {"role": "licence", "name": "浙ICP备00000000号-1 浙公网安备00000000000000号"},
                    {"role": "licence", "name": "浙ICP备00000000号-1"},
                ]
            },
        )
        second = story(
            f"{site}/2", "水乡纪事之二：石桥", "石桥修过三回，第三回用了水泥。" * 3, ordinal=2, subject="石桥"
        )
        odd = story(f"{site}/odd", NAUGHTY, f"=HYPERLINK(1)\n{NAUGHTY}")
        for record in (third, second, odd):
            archive.record(record).result()
        gone = Visit(series_id=series, run_id=run, url=f"{site}/0", outcome="gone", reason="the server says 404")
        archive.record(gone).result()
        archive.end_run(run, reason="finished", counts={"stored": 3, "gone": 1}, exit_code=20, requests=4)


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], archive_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    return Shell(capsys, archive_url)
