"""Which series a site has: what is found of twelve that share two templates, beside news that is none."""

from crawler.cli.discovering.site_walk import _listed
from crawler.extraction.page import extract_page
from tests.crawler import twelve_series
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
