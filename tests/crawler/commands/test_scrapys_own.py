"""The commands and options that Scrapy brings, on our spiders and on strangers'."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings, Settings

from crawler.cli.feed_check import check_feeds
from crawler.list_settings import ListSettings, early_list
from tests.crawler.site import Site, response, serving
from tests.crawling import AT_HOME, command, crawl_command, scrapy
from tests.story_pages import story
from wangqi import exit_codes

TITLES = ("渡口旧事（一）：=石阶", "渡口旧事（二）：缆绳", "渡口旧事（三）：水尺")
STRANGER = """
import scrapy
class Stranger(scrapy.Spider):
    name = "stranger"
    def __init__(self, url):
        self.start_urls = [url]
    def parse(self, response):
        yield {"title": response.css("title::text").get()}
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as served:
        past = [(title, f"/{at}.html") for at, title in enumerate(TITLES, 1)]
        served.pages |= {path: story(title, past) for title, path in past}
        served.pages["/2.html"] = response("", "404 Not Found")
        yield served


def run(archive: Path, *arguments: str) -> CompletedProcess[str]:
    done = scrapy(archive, command(*arguments, *(part for value in AT_HOME for part in ("-s", value))))
    assert "Traceback" not in done.stderr
    return done


def test_a_feed_says_what_an_export_says(site: Site, tmp_path: Path) -> None:
    archive, feed, exported = tmp_path / "archive.db", tmp_path / "new" / "feed.jsonl", tmp_path / "export.jsonl"
    done = scrapy(archive, crawl_command(site.url("/1.html"), "-O", str(feed)))
    assert done.returncode == exit_codes.PARTIAL
    assert "Traceback" not in done.stderr
    run(archive, "export", str(exported))
    records = [json.loads(line) for line in feed.read_text("utf-8").splitlines()]
    assert len(records) == 2
    assert sorted(records, key=str) == sorted(map(json.loads, exported.read_text("utf-8").splitlines()), key=str)


def test_a_feed_of_lines_with_the_outcomes_that_were_asked_for(site: Site, tmp_path: Path) -> None:
    feed = tmp_path / "feed.csv"
    scrapy(tmp_path / "archive.db", crawl_command(site.url("/1.html"), "-O", str(feed), "-s", "FEED_OUTCOMES=True"))
    with feed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["url"] for row in rows if row["outcome"] == "gone"} == {site.url("/2.html")}
    stories = [row for row in rows if row["text"]]
    assert {row["title"] for row in stories} == {TITLES[0], TITLES[2]}
    assert not any(row["outcome"] for row in stories)


def test_a_feed_on_stdout_stands_there_alone(site: Site, tmp_path: Path) -> None:
    done = scrapy(tmp_path / "archive.db", crawl_command(site.url("/1.html"), "-O", "-:jsonl"))
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 2
    assert "exit code 20" in done.stderr


@pytest.mark.parametrize(
    ("feed", "told"),
    [
        ("/proc/none/feed.csv", "The feed '/proc/none/feed.csv' cannot be written: "),
        ("/proc:csv", "cannot be written: Is a directory."),
        ("gopher://example.org/feed.csv", "'gopher' is none of file, "),
    ],
)
def test_a_feed_that_cannot_be_written(feed: str, told: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    done = run(archive, "crawl", "series", "-a", "url=http://127.0.0.1:1/1.html", "-O", feed)
    (line,) = done.stderr.splitlines()
    assert told in line
    assert done.returncode == exit_codes.USAGE
    assert not archive.exists()


def test_a_feed_whose_format_its_name_tells(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    check_feeds(Settings({"FEEDS": {str(path): {}}}))
    assert not path.exists()
    with pytest.raises(UsageError, match="Leave them out"):
        check_feeds(Settings({"FEEDS": {str(path): {"item_classes": ["wangqi.visit.Visit"]}}}))
    with pytest.raises(UsageError, match="is to be 'docx', which is no format"):
        check_feeds(Settings({"FEEDS": {str(path.with_suffix(".docx")): {}}}))


def test_a_feed_that_failed_is_an_error(site: Site, tmp_path: Path) -> None:
    done = scrapy(tmp_path / "archive.db", crawl_command(site.url("/1.html"), "-O", "/dev/full:csv"))
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr
    assert done.returncode == exit_codes.ERROR


@pytest.mark.parametrize("asked", [["fetch", "--spider=series"], ["shell", "-c", "response.url"], ["runspider", "-a"]])
def test_a_spider_that_is_not_ours_is_left_alone(asked: list[str], site: Site, tmp_path: Path) -> None:
    url, feed, script = site.url("/3.html"), tmp_path / "feed.jsonl", tmp_path / "stranger.py"
    script.write_text(STRANGER, "utf-8")
    more = [f"url={url}", "-O", str(feed), str(script)] if asked[0] == "runspider" else [url]
    done = run(tmp_path / "archive.db", *asked, *more)
    assert not done.returncode
    (line,) = done.stderr.splitlines()
    assert line.endswith("follows no series, and nothing of it is archived.")
    assert (TITLES[2] if asked[0] != "shell" else url) in (feed.read_text("utf-8") if feed.exists() else done.stdout)
    assert not (tmp_path / "archive.db").exists()


def test_bench_measures_this_machine_and_not_our_manners(tmp_path: Path) -> None:
    done = scrapy(tmp_path / "archive.db", command("bench", "-s", "CLOSESPIDER_PAGECOUNT=5"))
    assert not done.returncode
    assert "Closing spider (closespider_pagecount)" in done.stderr


def test_parse_shows_the_visit_of_a_page(site: Site, tmp_path: Path) -> None:
    done = run(tmp_path / "archive.db", "parse", "--spider=series", "--nocolour", site.url("/1.html"))
    assert not done.returncode
    assert f"'title': '{TITLES[0]}'" in done.stdout
    assert f"'url': '{site.url('/3.html')}'" in done.stdout
    assert "'body'" not in done.stdout
    assert not (tmp_path / "archive.db").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["渡口"], "Name one page"), (["--spider=nobody", "http://127.0.0.1:1/"], "has no series 'nobody'")],
)
def test_parse_of_nothing(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = run(tmp_path / "archive.db", "parse", *arguments)
    assert told in done.stderr
    assert done.returncode == exit_codes.USAGE


def test_a_spider_that_does_not_exist(tmp_path: Path) -> None:
    done = run(tmp_path / "archive.db", "fetch", "--spider=nobody", "http://127.0.0.1:1/")
    assert "has no series 'nobody'" in done.stderr
    assert done.returncode == exit_codes.USAGE


def test_a_list_is_written_either_way() -> None:
    for written in ('["127.0.0.0/8", "::1"]', "['127.0.0.0/8', '::1']", "127.0.0.0/8,::1"):
        settings = BaseSettings({"ALLOWED_ADDRESSES": written}, priority="cmdline")
        assert early_list(settings, "ALLOWED_ADDRESSES") == ["127.0.0.0/8", "::1"]
        ListSettings().update_settings(settings)
        assert settings.getlist("ALLOWED_ADDRESSES") == ["127.0.0.0/8", "::1"]


def test_check_reads_what_is_kept(site: Site, tmp_path: Path) -> None:
    archive, catalogue = tmp_path / "archive.db", tmp_path / "series.toml"
    entry = '[dukou]\nstart = "{}"\n[xinwen]\nstart = "{}"\n'
    catalogue.write_text(entry.format(site.url("/1.html"), site.url("/2.html")), "utf-8")
    named = ("-s", f"CATALOGUE={catalogue}")
    before = run(archive, "check", *named)
    assert before.stdout.count("\tmissing\t") == 2
    assert before.returncode == exit_codes.PARTIAL, "nothing was looked at"
    run(archive, "crawl", "dukou", *named)
    asked = len(site.hits)
    held = run(archive, "check", "dukou", *named)
    assert f"dukou\t{site.url('/1.html')}\tok\tstory {TITLES[0]}, names 2 others" in held.stdout
    assert not held.returncode
    assert asked == len(site.hits)
    site.pages["/1.html"] = response("<p>网站正在升级。</p>")
    run(archive, "crawl", "dukou", *named, "-a", "refresh=all")
    assert run(archive, "check", "dukou", *named).returncode == exit_codes.ERROR
    assert "has no series 'nobody'" in run(archive, "check", "nobody", *named).stderr
