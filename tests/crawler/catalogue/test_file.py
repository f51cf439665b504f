"""The catalogue: what an entry means, and what a broken one says to the person who wrote it."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.catalogue.file import CatalogueError, SeriesSpec, parse_catalogue, read_catalogue, read_channels
from crawler.catalogue.keys import KEYS
from crawler.catalogue.spider_loader import CatalogueSpiderLoader, settings_of

WHOLE = """\
# 两个系列
[shuixiang]
title = "水乡纪事"
start = "https://news.example/story/12"
watch = ["https://news.example/column/"]
exclude = ["*/video/*"]
max_pages = 500
max_minutes = 2.5
schedule = "0 6 * * mon"
revisit = "30d"
recent = "2w"
"""


def parse(text: str) -> dict[str, SeriesSpec]:
    return parse_catalogue(text.encode())


def test_an_entry_needs_no_more_than_its_start() -> None:
    spec = parse('[lake]\nstart = "https://news.example/1"')["lake"]
    assert spec == SeriesSpec(name="lake", start=("https://news.example/1",))
    assert spec.timezone == "Asia/Shanghai"
    assert spec.follow == ("series", "prev", "next", "listing", "page", "entry")


def test_every_key_is_read() -> None:
    spec = parse(WHOLE)["shuixiang"]
    assert spec.title == "水乡纪事"
    assert spec.watch == ("https://news.example/column/",)
    assert (spec.max_pages, spec.max_minutes, spec.max_depth, spec.delay) == (500, 2.5, None, None)
    assert spec.schedule == "0 6 * * mon"
    assert (spec.revisit, spec.recent) == (timedelta(days=30), timedelta(days=14))
    assert settings_of(spec) == {"RUN_MAX_PAGES": 500, "RUN_MAX_MINUTES": 2.5, "RECENT_DAYS": 14}
    never = parse('[lake]\nstart = "https://news.example/1"\nrecent = "never"')["lake"]
    assert settings_of(never) == {"RECENT_DAYS": 0}


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ('start = "https://a.example/"\nmax_page = 3', 3, ["[lake] max_page", "did you mean 'max_pages'"]),
        ('start = "https://a.example/"\nzzz = 3', 3, ["[lake] zzz", "known are: start, title"]),
        ('title = "湖"', 1, ["[lake]", "no start"]),
        ('start = "example.org/1"', 2, ["[lake] start", "'example.org/1'", "https://"]),
        ('start = "https://a.example:port/"', 2, ["no URL of the web"]),
        ("start = []", 2, ["names no page"]),
        ('start = "https://a.example/"\n\nmax_pages = "50"', 4, ["[lake] max_pages", "without quotes"]),
        ('start = "https://a.example/"\nmax_pages = true', 3, ["whole number"]),
        ('start = "https://a.example/"\nmax_pages = 0', 3, ["from 1 on"]),
        ('start = "https://a.example/"\ndelay = -1', 3, ["seconds"]),
        ('start = "https://a.example/"\ndelay = nan', 3, ["seconds"]),
        ('start = "https://a.example/"\nrender = "yes"', 3, ["[lake] render", "neither true nor false"]),
        ('start = "https://a.example/"\nrender = 1', 3, ["neither true nor false"]),
        ('start = "https://a.example/"\nfollow = ["previous"]', 3, ["'previous'", "prev"]),
        ('start = "https://a.example/"\nschedule = "0 6 * * 1"', 3, ["[lake] schedule", "'1'", "mon, tue"]),
        ('start = "https://a.example/"\nschedule = "0 6 * *"', 3, ["4 of the 5 parts"]),
        ('start = "https://a.example/"\nschedule = "0 26 * * mon"', 3, ["no crontab"]),
        ('start = "https://a.example/"\nschedule = "0 6 * * 周一"', 3, ["no crontab"]),
        ('start = "https://a.example/"\nschedule = "0 6 31 2 *"', 3, ["no calendar"]),
        ('start = "https://a.example/"\nevery = "6 parsecs"', 3, ["length of time", "6h"]),
        ('start = "https://a.example/"\nevery = "6h"\nschedule = "0 6 * * mon"', 3, ["Keep one of the two"]),
        ('start = "https://a.example/"\ntimezone = "Asia/Shangai"', 3, ["did you mean 'Asia/Shanghai'"]),
        ('start = "https://a.example/"\ntimezone = "../etc"', 3, ["no time zone"]),
        ('start = "https://a.example/"\nlanguage = "中文"', 3, ["zh"]),
        ('start = "https://a.example/"\ntitle = 3', 3, ["no text"]),
        ("start = “https://a.example/”", 2, ['Write " in the place of “']),
        ("start = https://a.example/", 2, ["Invalid value", 'key = "value"']),
        ('start = "https://a.example/"\nstart = "https://a.example/"', 3, ["overwrite"]),
    ],
)
def test_a_wrong_entry_is_told_with_file_line_key_and_remedy(entry: str, line: int, words: list[str]) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse(f"[lake]\n{entry}")
    message = str(caught.value)
    assert message.startswith(f"series.toml, line {line}: ")
    assert "\n" not in message
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WHOLE + '\n["老街 故事"]\nstart = "https://a.example/"', ["line 13", "老街 故事", "name for a series"]),
        ('[series]\nstart = "https://a.example/"', ["line 1", "name for a series"]),
        ('title = "湖"', ["line 1", "[entry]"]),
    ],
)
def test_a_wrong_name_is_told(text: str, words: list[str]) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse(text)
    for word in words:
        assert word in str(caught.value)


def test_a_file_of_a_windows_editor_is_read() -> None:
    raw = '\ufeff[lake]\r\ntitle = "湖"\r\nstart = "https://a.example/"\r\n'.encode()
    assert parse_catalogue(raw)["lake"].title == "湖"


def test_another_encoding_is_told_with_its_line() -> None:
    with pytest.raises(CatalogueError, match=r"line 2: not UTF-8"):
        parse_catalogue('[lake]\ntitle = "湖水"'.encode("gb18030"))


def test_the_default_catalogue_may_be_absent_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_catalogue("series.toml") == {}
    with pytest.raises(CatalogueError, match=r"no catalogue 'other\.toml'"):
        read_catalogue("other.toml")
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_catalogue(str(tmp_path))


def test_the_example_catalogue_starts_nothing_and_each_of_its_entries_is_good() -> None:
    text = (Path(__file__).parents[3] / "series.toml").read_text("utf-8")
    assert tomllib.loads(text) == {}
    entries = "\n".join(
        line.removeprefix("#") for line in text.split("\n") if line.startswith("#") and not line.startswith("# ")
    )
    assert parse(entries)


@given(st.text(max_size=200))
def test_any_text_is_a_catalogue_or_an_error_in_one_line(text: str) -> None:
    message = "series.toml, line 1: "
    try:
        parse_catalogue(text.encode("utf-8", "surrogatepass"))
    except CatalogueError as error:
        message = str(error)
    assert message.startswith("series.toml, line ")
    assert "\n" not in message


def test_scope() -> None:
    spec = SeriesSpec(
        name="lake",
        start=("https://a.example/video/1",),
        include=("https://a.example/*",),
        exclude=("*/video/*", "*?print=1"),
    )
    assert spec.in_scope("https://a.example/video/1")
    assert spec.in_scope("https://a.example/story/2")
    assert not spec.in_scope("https://a.example/video/2")
    assert not spec.in_scope("https://a.example/story/2?print=1")
    assert not spec.in_scope("https://b.example/story/2")


def test_a_series_of_a_url() -> None:
    assert SeriesSpec.of_url(" https://a.example/1 ").start == ("https://a.example/1",)
    for wrong in (None, "", "a.example/1", "ftp://a.example/1", "https://[::1", "https://a.example/a b"):
        with pytest.raises(ValueError, match=r"https?://"):
            SeriesSpec.of_url(wrong)


def loader_of(file: Path) -> CatalogueSpiderLoader:
    settings = Settings({"SPIDER_MODULES": ["tests.crawler.spiders_for_the_loader"]})
    settings.set("CATALOGUE", str(file))
    return CatalogueSpiderLoader.from_settings(settings)


def test_an_entry_is_a_spider(tmp_path: Path) -> None:
    file = tmp_path / "series.toml"
    file.write_text('[lake]\nstart = "https://a.example/1"\n["湖"]\nstart = "https://a.example/2"\ndelay = 0', "utf-8")
    loader = loader_of(file)
    assert loader.list() == ["lake", "湖"]
    spider = loader.load("湖")
    assert spider.name == "湖"
    assert spider.custom_settings == {"DOWNLOAD_DELAY": 0.0}
    assert spider.spec.start == ("https://a.example/2",)  # type: ignore[attr-defined]  # made by the loader
    assert issubclass(spider, loader.load("series"))
    with pytest.raises(CatalogueError, match="no series 'river'; it has: lake, 湖"):
        loader.load("river")


def test_a_site_may_have_a_spider_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "series.toml"
    file.write_text('[peculiar]\nstart = "https://a.example/1"\n[lake]\nstart = "https://a.example/2"', "utf-8")
    loader = loader_of(file)
    assert [base.__name__ for base in loader.load("peculiar").__bases__] == ["Peculiar"]
    assert [base.__name__ for base in loader.load("lake").__bases__] == ["General"]


def test_a_broken_catalogue_stops_only_those_who_need_it(tmp_path: Path) -> None:
    file = tmp_path / "series.toml"
    file.write_text("[lake", "utf-8")
    loader = loader_of(file)
    assert loader.load("series").name == "series"
    with pytest.raises(CatalogueError):
        loader.list()


def test_every_entry_of_the_handbook_is_good() -> None:
    text = (Path(__file__).parents[3] / "docs/adding-a-series.md").read_text("utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 3
    assert all(parse(block) for block in blocks)
    schedules = re.findall(r'^\| `("[^`]*")` \|', text, re.MULTILINE)
    assert len(schedules) == 4
    for schedule in schedules:
        assert parse(f'[lake]\nstart = "https://a.example/"\nschedule = {schedule}')
    named = set(
        re.findall(r"`(\w+)`", "".join(line.split("|")[1] for line in text.split("\n") if line.startswith("| `")))
    )
    assert named >= set(KEYS)


SECRET_TOML = 'notify = "json://host.example/k3y"\n'


def test_channels(tmp_path: Path) -> None:
    file = tmp_path / "series.toml"
    entries = '[a]\nstart = "https://a.example/"\nnotify = ["$MAIL"]\ntimezone = "Europe/Berlin"\n'
    file.write_text(f'{SECRET_TOML}digest = "mon 08:00"\n{entries}', "utf-8")
    channels = read_channels(file)
    assert {name: [*map(str, one.addresses)] for name, one in channels.items()} == {
        "a": ["$MAIL"],
        "": ["json://host.example/k3y"],
    }
    assert (channels[""].digest, channels[""].timezone, channels["a"].timezone) == (
        "mon 08:00",
        "Asia/Shanghai",
        "Europe/Berlin",
    )
    assert list(read_catalogue(file)) == ["a"]
    file.write_text('[notify]\nstart = "https://b.example/"\n', "utf-8")  # it may well be the name of a series
    assert (list(read_catalogue(file)), read_channels(file)) == (["notify"], {})
    assert "k3y" not in repr(channels)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('notify = "host.example/k3y"\n', "line 1: notify: is no address"),
        ("notify = []\n", "line 1: notify: [] names no address"),
        ('digest = "mon 08:00"\n', "line 1: digest: nobody would have it"),
        (f"{SECRET_TOML}digest = 8\n", "line 2: digest: 8 is no time"),
        (f'{SECRET_TOML}digest = "monday"\n', "line 2: digest: 'monday' has 1 of the 5 parts"),
        ('[a]\nstart = "https://a.example/"\ndigest = "daily 08:00"\n', "line 3: [a] digest: nobody would have it"),
        ('[a]\nstart = "https://a.example/"\nnotify = "k3y"\n', "line 3: [a] notify: is no address"),
        ("notify = json://host.example/k3y\n", "line 1: Invalid value, in 'notify = …'"),
        ('notify = [\n"json://host.example/k3y"\n"json://host.example/k3y"]\n', "in 'notify = …'"),
        ("notify = “json://host.example/k3y”\n", "in 'notify = …'"),
    ],
)
def test_what_is_wrong_with_a_channel_is_told_without_its_address(toml: str, told: str) -> None:
    with pytest.raises(CatalogueError) as error:
        parse_catalogue(toml.encode())
    assert told in str(error.value)
    assert "k3y" not in str(error.value)
