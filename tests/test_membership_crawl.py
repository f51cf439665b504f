"""Real crawls: what is taken for the series, what is not, and where a crawl ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story

ANGLERS = ["河口人家｜戴蓑衣的人", "河口人家｜第一条鱼", "河口人家｜冬天的网", "河口人家｜码头上的秤"]
WEAVERS = ["织布手记｜第一台机子", "织布手记｜染缸", "织布手记｜外婆的梭子"]
PLAIN = [
    *("梭子为什么总往左边飞", "一匹布要走多少里路", "染坊门口的两口井"),
    *("没有名字的裁缝铺", "雨天晒不干的蓝", "三代人的顶针"),
]
OTHERS = ["本报今日起扩版至十六个版面", "全市公交线路调整的公告发布", "石桥镇举办春季运动会"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def crawl(site: Site, archive: Path, path: str, *more: str) -> int:
    ended = scrapy(archive, crawl_command(site.url(path), *more))
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.returncode


def titles(archive: Path, site: Site, path: str) -> set[str]:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        return {row.title for row in opened.series_ledger(site.url(path))}


def outcomes(archive: Path, site: Site, paths: list[str]) -> list[tuple[str | None, str]]:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        found = [opened.why(site.url(path)) for path in paths]
    return [(one[0].page.outcome, one[0].page.reason) for one in found if one]


def test_two_series_with_one_column_stay_two_however_late_their_titles_are_learned(site: Site, tmp_path: Path) -> None:
    rows = [
        *((title, f"/a/{n}.html") for n, title in enumerate(ANGLERS)),
        *((title, f"/w/{n}.html") for n, title in enumerate(WEAVERS)),
        *((title, f"/o/{n}.html") for n, title in enumerate(OTHERS)),
    ]
    column_page = column(rows)
    site.pages = {"/column/": column_page}
    site.pages |= {href: story(title, column="/column/") for title, href in rows}
    # Nothing on the page says what the column's rows have to do with it: only its second story does.
    site.pages["/start.html"] = story("夜航船靠岸的时候", [(ANGLERS[0], "/a/0.html")], column="/column/")
    site.pages["/a/0.html"] = story(ANGLERS[0], [(ANGLERS[1], "/a/1.html")], column="/column/")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/start.html") == 0
    assert titles(archive, site, "/start.html") == {"夜航船靠岸的时候", *ANGLERS}
    assert crawl(site, archive, "/w/0.html") == 0
    assert titles(archive, site, "/w/0.html") == set(WEAVERS)
    assert titles(archive, site, "/start.html") == {"夜航船靠岸的时候", *ANGLERS}
    # The column went to the second series; the first still sees what is new there.
    newest = "河口人家｜新的渡船"
    site.pages["/column/"] = column([(newest, "/a/9.html"), *rows])
    site.pages["/a/9.html"] = story(newest, column="/column/")
    assert crawl(site, archive, "/start.html") == 0
    assert newest in titles(archive, site, "/start.html")


def test_a_column_too_short_to_be_known_as_one_is_no_story(site: Site, tmp_path: Path) -> None:
    rows = [(title, f"/a/{n}.html") for n, title in enumerate(ANGLERS)]
    site.pages = {href: story(title, column="/column/") for title, href in rows} | {"/column/": column(rows)}
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/a/0.html") in {0, 20}
    assert "专栏" not in titles(archive, site, "/a/0.html")


def test_a_title_without_a_link_is_found_on_the_column(site: Site, tmp_path: Path) -> None:
    rows = [(title, f"/o/{n}.html") for n, title in enumerate([*OTHERS, *PLAIN[:3]])]
    site.pages = {href: story(title, column="/column/") for title, href in rows}
    site.pages["/column/"] = column(rows)
    site.pages["/start.html"] = story("外婆的织机", [("梭子为什么总往左边飞", None)], column="/column/")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/start.html") == 0
    assert titles(archive, site, "/start.html") == {"外婆的织机", "梭子为什么总往左边飞"}


def test_a_feed_that_a_page_announces_leads_to_newer_stories(site: Site, tmp_path: Path) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    rows = "".join(f"<item><title>{title}</title><link>/{n}.html</link></item>" for n, title in enumerate(ANGLERS))
    others = "".join(f"<item><title>{title}</title><link>/o/{n}.html</link></item>" for n, title in enumerate(OTHERS))
    site.pages = {f"/{n}.html": story(title, head=head) for n, title in enumerate(ANGLERS)}
    site.pages["/feed.xml"] = response(f"<rss><channel>{rows}{others}</channel></rss>", content_type="text/xml")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/0.html") == 0
    assert titles(archive, site, "/0.html") == set(ANGLERS)
    assert site.count("/o/0.html") == 0
    assert site.count("/feed.xml") == 1


def test_neighbours_outside_the_series_are_read_once_or_not_at_all(site: Site, tmp_path: Path) -> None:
    near = [("上一篇", OTHERS[0], "/o/0.html"), ("下一篇", "", "/o/1.html")]
    site.pages = {"/start.html": story(ANGLERS[0], [(ANGLERS[1], "/a/1.html")], near=near)}
    site.pages["/a/1.html"] = story(ANGLERS[1])
    for n in range(9):
        site.pages[f"/o/{n}.html"] = story(f"市政公告之外的消息{n}则", near=[("下一篇", "", f"/o/{n + 1}.html")])
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/start.html") == 0
    assert titles(archive, site, "/start.html") == set(ANGLERS[:2])
    assert site.count("/o/0.html") == 0
    assert site.count("/o/2.html") == 0


def test_a_story_that_one_series_refused_is_the_start_of_its_own(site: Site, tmp_path: Path) -> None:
    near = [("下一篇", "", "/w/0.html")]
    site.pages = {"/a/0.html": story(ANGLERS[0], [(ANGLERS[1], "/a/1.html")], near=near)}
    site.pages |= {"/a/1.html": story(ANGLERS[1]), "/w/0.html": story(WEAVERS[0])}
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/a/0.html") == 0
    assert [outcome for outcome, _ in outcomes(archive, site, ["/w/0.html"])] == ["out_of_scope"]
    assert crawl(site, archive, "/w/0.html") == 20, "it led to no second part"
    assert titles(archive, site, "/w/0.html") == {WEAVERS[0]}
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (start,) = opened.why(site.url("/w/0.html"))
    assert (start.page.depth, start.page.discovered_from) == (0, None)


def test_a_person_may_begin_with_the_column(site: Site, tmp_path: Path) -> None:
    rows = [
        (title, f"/p/{n}.html")
        for n, title in enumerate(
            [
                "梭子为什么总往左边飞",
                "一匹布要走多少里路",
                "染坊门口的两口井",
                "没有名字的裁缝铺",
                "雨天晒不干的蓝",
                "三代人的顶针",
            ]
        )
    ]
    site.pages = {"/column/": column(rows)} | {href: story(title) for title, href in rows}
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/column/") == 0
    assert titles(archive, site, "/column/") == {title for title, _ in rows}


def test_traps_end_and_say_why(site: Site, tmp_path: Path) -> None:
    name = "河口人家｜"
    past = [
        (f"{name}自己", "/start.html?utm_source=x#top"),
        (f"{name}来回", "/b.html"),
        (f"{name}没有尽头", "/trap/0"),
        (f"{name}会话", "/s.html?sid=abcdef0123456789abcdef01"),
        (f"{name}日历", "/calendar/2021/03"),
        (f"{name}叠路", "/x/x/x/x/x.html"),
    ]
    site.pages["/start.html"] = story(ANGLERS[0], past)
    site.pages["/b.html"] = story(f"{name}来回", [(ANGLERS[0], "/start.html"), (f"{name}来回", "/b.html")])
    site.pages["/s.html"] = story(f"{name}会话", [(f"{name}会话", "/s.html?sid=fedcba9876543210fedcba98")])
    for n in range(60):
        further = [(f"{name}没有尽头{n + 1}", f"/trap/{n + 1}")]
        site.pages[f"/trap/{n}"] = story(f"{name}没有尽头", further, seed="the same for ever")
        month = [(f"{name}日历{n}", f"/calendar/{2021 + n}/03")]
        site.pages[f"/calendar/{2021 + n}/03"] = (
            response("<html><body><p>没有活动</p></body></html>") if n else story(f"{name}日历", month)
        )
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/start.html") == 20, "two lines of 往期 lead to no story today"
    assert all(site.count(path) == 1 for path in ("/start.html", "/b.html", "/s.html", "/trap/0"))
    assert sum(path.startswith("/trap/") and path != "/trap/" for _, path, _ in site.hits) <= 21
    (stop,) = outcomes(archive, site, ["/trap/21"])
    assert stop == ("out_of_scope", "20 pages in a row before it brought no new story")


def test_a_limit_is_said_and_the_next_run_goes_on(site: Site, tmp_path: Path) -> None:
    stories = [(f"河口人家｜第{n}条船", f"/{n}.html") for n in range(12)]
    site.pages = {href: story(title, stories[n + 1 : n + 3]) for n, (title, href) in enumerate(stories)}
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/0.html", "-s", "RUN_MAX_PAGES=5") == 14
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (run,) = opened.runs()
    assert (run.reason, sum(run.counts.values())) == ("limit_pages", 5)
    assert crawl(site, archive, "/0.html") == 0
    assert titles(archive, site, "/0.html") == {title for title, _ in stories}


def test_a_member_beyond_the_limits_of_the_catalogue_is_known_and_answered_for(site: Site, tmp_path: Path) -> None:
    site.pages["/start.html"] = story(ANGLERS[0], [(ANGLERS[1], "/a/1.html"), (ANGLERS[2], "/private/2.html")])
    site.pages["/a/1.html"] = story(ANGLERS[1], [(ANGLERS[3], "/a/3.html")])
    archive, catalogue = tmp_path / "archive.db", tmp_path / "series.toml"
    entry = f'[anglers]\nstart = "{site.url("/start.html")}"\nexclude = ["*/private/*"]\nmax_depth = 1\n'
    catalogue.write_text(entry, "utf-8")
    asked = [*crawl_command("")[:4], "anglers", *crawl_command("")[7:], "-s", f"CATALOGUE={catalogue}"]
    ended = scrapy(archive, asked)
    assert ended.returncode == 0, ended.stderr
    assert {path for _, path, _ in site.hits} == {"/robots.txt", "/start.html", "/a/1.html"}
    left_out = ("out_of_scope", "the limits of its series in the catalogue leave it out")
    assert outcomes(archive, site, ["/private/2.html", "/a/3.html"]) == [left_out, left_out]
    catalogue.write_text(entry.replace("max_depth = 1\n", ""), "utf-8")
    site.pages["/a/3.html"] = story(ANGLERS[3])
    with Archive(f"sqlite:///{archive}") as opened:
        opened.make_due(opened.series("anglers")[0].id, site.url("/a/1.html"))
    assert scrapy(archive, asked).returncode == 0
    assert site.count("/a/3.html") == 1
