"""Stories that no page links: found by a sitemap where their addresses say where to look, and never a whole site."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import story
from tests.test_membership_crawl import crawl, titles

NAME = "河口人家｜"
MEMBERS = {f"/river/20210{n % 9 + 1}/t{n}.html": f"{NAME}第{n}个撑船的人" for n in range(30)}
START = "/river/202101/t0.html"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def sitemap(site: Site, paths: Iterable[str]) -> str:
    rows = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def announce(site: Site, *paths: str) -> None:
    lines = "\n".join(f"Sitemap: {site.url(path)}" for path in paths)
    site.pages["/robots.txt"] = response(f"User-agent: *\nAllow: /\n{lines}\n", content_type="text/plain")


def asked(site: Site) -> list[str]:
    paths = [path for _, path, _ in site.hits]
    site.hits.clear()
    return paths


def test_an_index_of_packed_sitemaps_leads_to_the_series_and_to_nothing_else(site: Site, tmp_path: Path) -> None:
    others = [f"/city/202101/c{n}.html" for n in range(400)]
    parts = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/city.xml", "/river.xml.gz"))
    announce(site, "/map.xml")
    site.pages |= {path: story(title) for path, title in MEMBERS.items()}
    site.pages["/map.xml"] = response(f"<sitemapindex>{parts}</sitemapindex>", content_type="text/xml")
    site.pages["/city.xml"] = response(sitemap(site, others), content_type="text/xml")
    packed = gzip.compress(sitemap(site, MEMBERS).encode())
    site.pages["/river.xml.gz"] = response(packed, content_type="application/gzip")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, START) == 0
    assert titles(archive, site, START) == set(MEMBERS.values())
    assert not [path for path in asked(site) if path in others]
    # Unchanged, the index and its newest part are read; one new story costs one request more.
    assert crawl(site, archive, START) in {0, 21}
    assert set(asked(site)) == {"/map.xml", "/river.xml.gz", START, "/robots.txt"}
    newest = "/river/202112/t99.html"
    site.pages[newest] = story(f"{NAME}新来的人")
    packed = gzip.compress(sitemap(site, [*MEMBERS, newest]).encode())
    site.pages["/river.xml.gz"] = response(packed, content_type="application/gzip")
    assert crawl(site, archive, START) == 0
    assert f"{NAME}新来的人" in titles(archive, site, START)
    assert len(asked(site)) <= 4 + 5


def test_of_a_site_whose_addresses_are_all_alike_a_few_are_tried(site: Site, tmp_path: Path) -> None:
    paths = [f"/news/{n}.html" for n in range(500)]
    site.pages = {path: story(f"市里的第{n}件新鲜事") for n, path in enumerate(paths)}
    site.pages[paths[250]] = story(f"{NAME}撑船的人", [(f"{NAME}摇橹的人", paths[100])])
    site.pages[paths[100]] = story(f"{NAME}摇橹的人")
    site.pages[paths[252]] = story(f"{NAME}谁也没有提起的人")
    site.pages["/map.xml"] = response(sitemap(site, paths), content_type="text/xml")
    announce(site, "/map.xml")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, paths[250]) == 20  # one that nobody names was found by trying: there may be others
    assert len(titles(archive, site, paths[250])) == 3
    assert len(asked(site)) <= 4 + 20 + 10 + 3  # the folder, the front page, the sitemap that is not there
    assert crawl(site, archive, paths[250]) == 20
    assert len(asked(site)) == 3
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (mapped,) = opened.why(site.url("/map.xml"))
    assert mapped.page.outcome == "listing"
    assert "addresses like those of members are not tried" in mapped.page.reason


def test_the_column_of_a_story_speaks_for_it_where_its_title_does_not(site: Site, tmp_path: Path) -> None:
    plain = ["梭子为什么总往左边飞", "一匹布要走多少里路", "染坊门口的两口井", "没有名字的裁缝铺"]
    paths = {f"/w/{n}.html": title for n, title in enumerate(plain)}
    crumb = '<p><a href="/">首页</a> &gt; <a href="/weaving/">织布手记</a> &gt; 正文</p>'
    site.pages = {path: _under(crumb, title) for path, title in paths.items()}
    site.pages |= {f"/w/{n}.html": story(f"别处的第{n}件事") for n in range(10, 14)}
    site.pages["/map.xml"] = response(sitemap(site, site.pages), content_type="text/xml")
    announce(site, "/map.xml")
    archive, catalogue = tmp_path / "archive.db", tmp_path / "series.toml"
    catalogue.write_text(f'[weaving]\ntitle = "织布手记"\nstart = "{site.url("/w/0.html")}"\n', "utf-8")
    command = [*crawl_command("")[:4], "weaving", *crawl_command("")[7:], "-s", f"CATALOGUE={catalogue}"]
    ended = scrapy(archive, command)
    assert ended.returncode == 20, "one 404 of its column is not believed"
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert {row.title for row in opened.series_ledger("weaving")} == set(plain)


def _under(crumb: str, title: str) -> bytes:
    page = story(title).decode().partition("\r\n\r\n")[2]
    return response(page.replace("<h1>", f"{crumb}<h1>"))
