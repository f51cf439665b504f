"""One series has one life: however it was begun, renamed or joined, its stories stay together."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.run.entry import take_over
from storage import Archive
from storage.locks import SeriesBusy, series_lock
from tests.crawler.commands.conftest import Shell, story
from tests.crawler.site import serving
from tests.crawling import AT_HOME, command, run
from tests.story_pages import story as story_page
from wangqi.visit import Visit

ENTRY = SeriesSpec(name="water", start=("https://news.example/3",))


def titles(archive: Archive, series: str) -> list[str]:
    return sorted(one.title for one in archive.stories(series))


def test_a_trial_and_then_an_entry_are_one_series(tmp_path: Path) -> None:
    """The first two steps of docs/adding-a-series.md."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    environment = {**os.environ, "ARCHIVE_URL": "sqlite:///archive.db"}
    lines = [(f"河口人家｜第{number}条船", f"/{number}.html") for number in range(4, 0, -1)]

    def crawl(*words: str) -> str:
        settings = [part for value in AT_HOME for part in ("-s", value)]
        ended = run(command("crawl", *words, *settings), environment, folder=tmp_path)
        assert "Traceback" not in ended.stderr
        assert ended.returncode in {0, 20, 21}, ended.stdout + ended.stderr
        return ended.stdout

    with serving() as site:
        site.pages |= {href: story_page(title, lines) for title, href in lines}
        crawl("series", "-a", f"url={site.url('/4.html')}")
        (tmp_path / "series.toml").write_text(f'[hekou]\nstart = "{site.url("/4.html")}"\n', "utf-8")
        told = crawl("hekou")
    assert f"hekou goes on with the 4 stories that were archived as {site.url('/4.html')}." in told
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        assert [(row.name, row.stories) for row in archive.series()] == [("hekou", 4)]
        assert {run.series for run in archive.runs()} == {"hekou"}


def begun_by_url(archive_url: str) -> Archive:
    """The archive of `fill`, as `-a url=` would have made it."""
    archive = Archive(archive_url)
    archive.rename_series(1, name="https://news.example/3")
    return archive


def test_an_entry_takes_over_what_was_begun_without_one(archive_url: str) -> None:
    with begun_by_url(archive_url) as archive:
        (told,) = take_over(archive, archive_url, ENTRY, ["water"])
        assert told == "water goes on with the 3 stories that were archived as https://news.example/3."
        assert [row.name for row in archive.series()] == ["water"]
        assert list(take_over(archive, archive_url, ENTRY, ["water"])) == []


def test_an_entry_that_was_left_without_stories_gets_them_back(archive_url: str) -> None:
    with begun_by_url(archive_url) as archive:
        archive.series_named("water", start=ENTRY.start)
        assert len(list(take_over(archive, archive_url, ENTRY, ["water"]))) == 1
        assert [(row.name, row.stories) for row in archive.series()] == [("water", 3)]


def test_a_renamed_entry_goes_on_and_two_entries_stay_two(archive_url: str) -> None:
    with Archive(archive_url) as archive:
        assert list(take_over(archive, archive_url, ENTRY, ["water", "shuixiang"])) == []
        assert len(list(take_over(archive, archive_url, ENTRY, ["water"]))) == 1
        assert archive.series_called("shuixiang") == archive.series_called("water") == 1


def test_nothing_is_taken_from_a_running_crawl(archive_url: str) -> None:
    with begun_by_url(archive_url) as archive, series_lock(archive_url, "https://news.example/3"):
        with pytest.raises(SeriesBusy):
            list(take_over(archive, archive_url, ENTRY, ["water"]))
        assert [row.name for row in archive.series()] == ["https://news.example/3"]


def test_rename_and_join_are_told_kept_and_taken_back(shell: Shell, archive_url: str) -> None:
    told = shell("series", "水乡纪事", "--rename", "water", "--by", "林")
    assert (told.code, told.err) == (0, "")
    assert "林 renamed 'shuixiang' to 'water'. To take it back: scrapy review undo 1" in told.out
    with Archive(archive_url) as archive:
        other = archive.series_named("other")
        run = archive.begin_run(other)
        record = story("https://other.example/1", "桥上的灯", "灯在桥上亮了三十年，没有一晚是黑的。" * 3)
        archive.record(replace(record, series_id=other, run_id=run)).result()
    assert "joined 'other' to 'water'" in shell("series", "shuixiang", "--join", "other", "--by", "林").out
    assert [row["name"] for row in shell("series", "--json").rows] == ["water"]
    assert "桥上的灯" in shell("stories", "--series", "other", "--json").out
    assert "taken back" in shell("review", "undo", "2", "--by", "赵").out
    decisions = shell("review", "decisions", "--json").rows
    assert [(row["id"], row["kind"], row["undone_by"]) for row in decisions] == [(2, "join", "赵"), (1, "rename", None)]
    assert [row["stories"] for row in shell("series", "--json").rows] == [1, 3]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("series", "nobody", "--rename", "x"), 1, "holds no series 'nobody'"),
        (("series", "--rename", "x"), 2, "Name one series"),
        (("series", "shuixiang", "--rename", "x", "--join", "y"), 2, "one change of it"),
        (("series", "shuixiang", "--rename", "a/b"), 2, "'a/b' is no name for a series"),
        (("series", "shuixiang", "--rename", "series"), 2, "not `series` itself"),
        (("series", "shuixiang", "--rename", "shuixiang"), 1, "called so already"),
        (("series", "shuixiang", "--join", "shuixiang"), 1, "one series already"),
        (("series", "shuixiang", "--join", "nobody"), 1, "holds no series 'nobody'"),
        (("review", "undo", "9"), 1, "is not there"),
        (("review", "undo", "x"), 2, "has no meaning here"),
        (("review", "foreign", "https://news.example/none"), 1, "knows no page"),
        (("review", "foreign", "https://news.example/3"), 1, "Take it out of series.toml first"),
        (("review", "belongs", "https://news.example/none"), 1, "--series NAME"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(shell: Shell, words: tuple[str, ...], code: int, said: str) -> None:
    told = shell(*words, "--by", "林")
    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_running_crawl_is_not_disturbed(shell: Shell, archive_url: str) -> None:
    with series_lock(archive_url, "shuixiang"):
        told = [
            shell("series", "shuixiang", "--rename", "water", "--by", "林"),
            shell("review", "foreign", "https://news.example/2", "--by", "林"),
        ]
    assert [(answer.code, "running already" in answer.err) for answer in told] == [(75, True)] * 2


def test_a_false_member_leaves_the_ledger_and_comes_back(shell: Shell) -> None:
    assert "is not of this series" in shell("review", "foreign", "2", "--by", "林").out
    ledger = shell("series", "shuixiang", "--json").rows
    assert "水乡纪事之二：石桥" not in [row["title"] for row in ledger]
    shown = json.loads(shell("show", "2", "--json").out)["story"]
    assert (shown["status"], "石桥修过三回" in shown["text"]) == ("foreign", True)
    assert "taken back" in shell("review", "undo", "1", "--by", "林").out
    assert "水乡纪事之二：石桥" in [row["title"] for row in shell("series", "shuixiang", "--json").rows]


def test_a_whole_block_is_of_another_series(shell: Shell) -> None:
    told = shell("review", "foreign", "1", "--block", "--by", "林")
    assert [line.partition(" said that ")[2].partition(" is not")[0] for line in told.out.splitlines()] == [
        "https://news.example/2",
        "https://news.example/0",
    ]
    addresses = {row["url"] for row in shell("series", "shuixiang", "--json").rows}
    assert addresses.isdisjoint({"https://news.example/2", "https://news.example/0"})
    told = shell("review", "foreign", "2", "--block", "--by", "林")
    assert (told.code, "leads anywhere" in told.err) == (2, True)


def test_what_a_run_left_out_is_listed_and_may_be_let_in(shell: Shell, archive_url: str) -> None:
    url = "https://news.example/stranger"
    with Archive(archive_url) as archive:
        archive.record(Visit(series_id=1, run_id=1, url=url, outcome="out_of_scope", reason="no sign")).result()
    (row,) = shell("review", "members", "--json").rows
    assert (row["series"], row["url"], row["story_id"], row["reason"]) == ("shuixiang", url, None, "no sign")
    assert "is of this series" in shell("review", "belongs", url, "--by", "林").out
    with Archive(archive_url) as archive:
        run = archive.begin_run(1)
        assert url in [page.url for page in archive.claim(1, run)]


def test_texts_with_nothing_in_common_are_not_joined_by_a_slip(shell: Shell) -> None:
    told = shell("review", "same", "1", "2", "--by", "林")
    assert (told.code, "nothing in common" in told.err, "--yes" in told.err) == (2, True, True)
    assert "merged into story 1" in shell("review", "same", "1", "2", "--by", "林", "--yes").out
