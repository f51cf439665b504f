"""What a person reads at the end of a crawl."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage.rows import FlawedStory, MissingStory, PageRow, RunRow, SeriesRow
from views.run_summary import summary
from wangqi import exit_codes

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SERIES = SeriesRow(
    id=1,
    name="dukou",
    title="渡口人家",
    publisher=None,
    start=["https://news.example/1"],
    cadence_days=None,
    created_at=NOW,
    stories=1,
    pages=3,
    missing=0,
)
RUN = RunRow(
    id=1,
    series_id=1,
    series="dukou",
    pid=7,
    started_at=NOW,
    ended_at=NOW,
    reason="finished",
    counts={"failed": 1, "stored": 1},
    requests=1,
    exit_code=20,
)


def page(number: int, outcome: str, depth: int = 1) -> PageRow:
    return PageRow(
        id=number,
        url=f"https://news.example/{number}",
        series_id=1,
        via="series",
        title=None,
        depth=depth,
        state="done",
        outcome=outcome,
        outcome_at=NOW,
        reason=f"因为{outcome}",
        attempts=1,
        due_at=None,
        watch=False,
        story_id=None,
        relation=None,
        discovered_from=None,
        discovered_at=NOW,
    )


def test_what_failed_is_told_once() -> None:
    missing = [MissingStory(title="渡口人家：老秤", url=page(3, "").url, outcome="failed", reason="断了", named_by=())]
    told = summary(SERIES, RUN, missing, [page(2, "failed"), page(3, "failed"), page(4, "gone")])
    assert told.splitlines() == [
        "渡口人家: 1 story on 3 pages (dukou)",
        "  this run: 1 stored, 1 failed (1 request)",
        "  no story: 1",
        "    https://news.example/2: 因为failed",
        "  missing: 1",
        "    《渡口人家：老秤》: 断了",
        "  exit code 20: the series is not known to be whole; what is open stands above",
    ]


def test_stories_that_were_read_badly_are_counted() -> None:
    flawed = [FlawedStory(id=4, title="渡口人家：老秤", flaws="3 characters could not be decoded")]
    assert "  flaws: 1\n    《渡口人家：老秤》: 3 characters could not be decoded\n" in summary(
        SERIES, RUN, [], flawed=flawed
    )


def test_a_start_page_is_told_of_whatever_became_of_it() -> None:
    told = summary(replace(SERIES, stories=0), replace(RUN, exit_code=1), [], [page(1, "gone", depth=0)])
    assert "    https://news.example/1: 因为gone" in told
    assert told.endswith("exit code 1: no story was found")


def test_many_lines_are_cut_short() -> None:
    told = summary(SERIES, RUN, [], [page(number, "dead") for number in range(30)])
    assert told.count("因为dead") == 10
    assert "    … and 20 more: scrapy why URL" in told


@pytest.mark.parametrize("code", [value for name, value in vars(exit_codes).items() if name.isupper()])
def test_every_code_has_its_words(code: object) -> None:
    if isinstance(code, int) and code not in {exit_codes.USAGE, exit_codes.BUSY}:  # those end before there is a run
        assert "see scrapy crawl --help" not in summary(SERIES, replace(RUN, exit_code=code), [])
