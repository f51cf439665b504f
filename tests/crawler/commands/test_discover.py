"""Which series a site has: what is found of twelve that share two templates, beside news that is none."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.cli.discovering.site_walk import _listed
from crawler.extraction.page import extract_page
from examples.serve import ExampleSite
from tests.crawler import twelve_series
from tests.crawler.site import Site, response, serving
from tests.crawling import AT_HOME, ROOT, command, environment
from wangqi.discovery.sighted import Line, ListPage, sighted

HOME = "https://hedong.example/"


def test_twelve_series_of_two_templates() -> None:
    pages = twelve_series.site()
    lists = [
        _listed(HOME[:-1] + path, extract_page(html.encode(), HOME[:-1] + path))
        for path, html in pages.items()
        if path.endswith("/")
    ]
    found = {one.title: len(one.lines) for one in sighted(lists, HOME)}
    wanted = {*twelve_series.NUMBERED, *twelve_series.COLUMNS}
    assert len(found.keys() & wanted) / len(found) >= 0.9, "precision"
    assert len(found.keys() & wanted) / len(wanted) >= 0.9, "recall"


def test_titles_with_a_name_in_common_and_columns_with_a_name_of_their_own() -> None:
    rows = [
        Line(f"渡口人家（{n}）：{what}", f"{HOME}a/{n}") for n, what in enumerate(("早市", "夜航", "旧照"), start=1)
    ]
    plain = [Line(title, f"{HOME}b/{title}") for title in ("雨声", "木匠收工以后", "一把旧算盘")]
    home = ListPage(HOME, "河东网", (), (rows[0], plain[0]))
    column = ListPage(f"{HOME}b/", "墨香亭 - 河东网", tuple(plain), ())
    mixed = ListPage(f"{HOME}c/", "新闻动态", (*rows, *(Line(f"消息{n}日", f"{HOME}c/{n}") for n in range(9))), ())
    own = ListPage(f"{HOME}a/", "渡口人家", tuple(rows), ())
    found = sighted([home, column, mixed, own], HOME)
    assert [(one.title, len(one.lines), one.column) for one in found] == [
        ("渡口人家", 3, f"{HOME}a/"),
        ("墨香亭", 3, f"{HOME}b/"),
    ]
    assert sighted([home], HOME) == []


def test_names_are_whole_words_and_what_counts_on_has_one() -> None:
    def lines(*titles: str) -> tuple[Line, ...]:
        return tuple(Line(title, f"{HOME}{at}.html") for at, title in enumerate(titles))

    def seen(page: ListPage, *others: ListPage) -> list[tuple[str, int]]:
        return [(one.title, len(one.lines)) for one in sighted([page, *others], HOME)]

    own = lines("Loom 织机手记一：经线", "loom 织机手记二：纬线", "Loom 织机手记三：梭子", "另一件事", "第三件小事")
    assert seen(ListPage(f"{HOME}blog/", "博客", own, own)) == [("Loom 织机手记", 3)]
    weekly = lines(*(f"周刊（2019 第 {week} 周）" for week in range(45, 53)))
    assert seen(ListPage(HOME, "灯下", weekly, weekly)) == [("周刊", 8)]
    monthly = lines(*(f"{year}年{month}月分料金のお知らせ" for month in (1, 2, 3) for year in (2021, 2022, 2023)))
    assert seen(ListPage(f"{HOME}news/", "お知らせ", monthly, monthly)) == [("料金のお知らせ", 9)]
    book = lines("第一章 渡口", "第二章 石桥", "第三章 油灯", "第四章 归人", "后记")
    assert seen(ListPage(HOME, "河上旧事", book, book)) == [("河上旧事", 4)]
    plain = lines("雨声", "木匠收工以后", "一把旧算盘")
    menu = ListPage(HOME, "河东网", (), (Line("墨香亭", f"{HOME}b/"), Line("雨声 - 跳到主页", f"{HOME}index.html")))
    assert seen(ListPage(f"{HOME}b/", "雨声", plain, plain), menu) == [("墨香亭", 3)]
    assert seen(ListPage(f"{HOME}b/", "十二月 2015", plain, plain)) == []


def test_a_story_names_itself_its_members_and_its_neighbours() -> None:
    titles = [f"渡口人家（{n}）：{what}" for n, what in enumerate(("早市", "夜航", "旧照"), start=1)]
    block = "".join(f'<li><a href="/a/{n}.html">{title}</a></li>' for n, title in enumerate(titles[:2], start=1))
    text = "<p>清早五点，面馆的灯先亮，老周把骨头汤倒进大锅，再去门口卸面粉。</p>" * 9
    html = f"<h1>{titles[2]}</h1><p>2024-01-03</p>{text}<h3>往期回顾</h3><ul>{block}</ul>"
    page = _listed(f"{HOME}a/3.html", extract_page(f"<html><body>{html}</body></html>".encode(), f"{HOME}a/3.html"))
    assert [(one.title, len(one.lines)) for one in sighted([page], HOME)] == [("渡口人家", 3)]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def test_a_list_that_does_not_come_is_told(site: Site, tmp_path: Path) -> None:
    def html(title: str, body: str) -> bytes:
        return response(f"<html><head><title>{title}</title></head><body>{body}</body></html>")

    titles = [f"渡口人家（{n}）：第{n}天的早市" for n in range(1, 5)]
    rows = "".join(f"<li><a href=/a/{n}.html>{title}</a> 2024-01-0{n}" for n, title in enumerate(titles, start=1))
    site.pages["/"] = html("河东网", "<a href=/a/>渡口人家</a> <a href=/b/>墨香亭</a> <a href=/gone/>旧栏</a>")
    site.pages["/a/"] = html("渡口人家", f"<h1>渡口人家</h1><ul>{rows}</ul>")
    site.pages["/b/"] = response("", "500 Internal Server Error")
    for n, title in enumerate(titles, start=1):
        text = "<p>清早五点，面馆的灯先亮，老周把骨头汤倒进大锅，再去门口卸面粉。</p>" * 9
        site.pages[f"/a/{n}.html"] = html(title, f"<h1>{title}</h1><p>2024-01-0{n}</p>{text}")
    settings = [part for value in (*AT_HOME, "RETRY_PAUSE=0.05", "DOWNLOAD_DELAY=0") for part in ("-s", value)]

    given = command("discover", site.url("/"), *settings)
    env = environment(tmp_path / "archive.db")
    ended = subprocess.run(given, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, "渡口人家\t4" in ended.stdout) == (20, True), ended.stderr
    assert f"Not read, and what it lists is not known: {site.url('/b/')}: the server says 500" in ended.stderr
    assert "/gone/" not in ended.stderr  # the server says that nothing is there


@pytest.mark.torture
def test_the_example_site_from_its_front_page(tmp_path: Path) -> None:
    settings = [part for value in (*AT_HOME, "DOWNLOAD_DELAY=0") for part in ("-s", value)]
    with ExampleSite() as served:
        given = command("discover", f"{served.publisher_url}/", "--json", *settings)
        env = environment(tmp_path / "archive.db")
        ended = subprocess.run(given, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    found = {row["title"]: row["stories"] for row in map(json.loads, ended.stdout.splitlines())}
    assert (ended.returncode, found) == (0, {"巡河手记": 14, "老街匠人": 6}), "precision and recall of 1"
