"""The example site is what its expectation says, seen with other eyes: over HTTP and through lxml."""

import json
import re
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from lxml import html

from examples import blocks
from examples.compare import differences, fetched_in_vain
from examples.expectation import FILE, LISTINGS, expectation
from examples.serve import ExampleSite
from examples.sheets import load
from storage import Archive

EXPECTED = json.loads(FILE.read_text("utf-8"))
STORIES = [story for crawl in EXPECTED["crawls"] for story in crawl["stories"] + crawl["besides"]]
EDGES = [edge for crawl in EXPECTED["crawls"] for edge in crawl["edges"]]
DEAD = [row["page"] for crawl in EXPECTED["crawls"] for row in crawl["missing"] if row["reason"] == "gone"]
LYING = "/jishi/202311/t20231114_1017.html"


@pytest.fixture(scope="module")
def site():
    with ExampleSite() as served:
        yield served


def fetch(url, **headers) -> tuple[int, HTTPResponse, bytes]:
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as reply:
            return reply.status, reply, reply.read()
    except HTTPError as error:
        with error:
            return error.code, error, error.read()


def tree(site, page):
    body = fetch(site.url(page))[2]
    encoding = "gb18030" if page.endswith(LYING) else "utf-8"
    return html.document_fromstring(body.decode(encoding))


def words(element) -> str:
    return re.sub(r"\s+", "", element.text_content())


def test_the_file_is_what_the_sheets_say():
    assert expectation() == EXPECTED


def test_sizes():
    river, craft = EXPECTED["crawls"]
    assert len(river["stories"]) >= 14
    assert len(craft["stories"]) >= 6
    assert all(350 <= sum(map(len, story.text)) <= 900 for series in load(2).series for story in series.stories)
    assert len({sheet.block.markup for sheet in load(1).pages.values() if sheet.block}) >= 6


@pytest.mark.parametrize("story", STORIES, ids=[story["title"] for story in STORIES])
def test_a_page_says_what_is_expected_of_it(site, story):
    page = tree(site, story["page"])
    shown = words(page)
    assert page.findtext(".//h1") == story["title"]
    assert all(part in shown for part in (story["opens"], story["ends"], story["author"], story["source"]))
    digits = re.sub(r"\D", "", story["published"])
    plain = re.sub(r"(?<=\D)(\d)(?=[月日])", r"0\1", html.tostring(page, encoding="unicode"))
    assert digits in re.sub(r"[-/.:年月日T ]", "", plain)


@pytest.mark.parametrize("edge", EDGES, ids=[f"{edge['page']} {edge['position']}" for edge in EDGES])
def test_an_edge_stands_on_its_page(site, edge):
    page = tree(site, edge["page"])
    for pager in page.find_class("pager"):
        pager.drop_tree()
    linked = {words(node) for node in page.iter("a")} | {
        node.get("alt").replace(" ", "") for node in page.xpath("//a/img")
    }
    line = edge["written"].replace(" ", "")
    assert (line in linked) == edge["linked"]
    assert edge["linked"] or line in words(page)


def test_every_page_answers(site):
    for crawl in EXPECTED["crawls"]:
        for page in crawl["pages"]:
            status, _, body = fetch(site.url(page["page"]))
            assert status == (404 if page["outcome"] == "gone" else 200), page
            assert body


def test_links_resolve_or_are_listed_as_dead_and_stay_on_loopback(site):
    todo, seen = [site.publisher_url + "/", site.mirror_url + "/", *map(site.url, LISTINGS)], set()
    todo += [site.url(page["page"]) for crawl in EXPECTED["crawls"] for page in crawl["pages"]]
    dead = {site.url(page) for page in DEAD}
    while todo:
        url = todo.pop()
        if url in seen or "/calendar/" in url:
            continue
        seen.add(url)
        status, reply, body = fetch(url)
        assert status == (404 if url in dead else 200), url
        if "html" not in reply.headers["Content-Type"]:
            continue
        for node in html.document_fromstring(body).xpath("//*[@href or @src]"):
            link = urldefrag(urljoin(url, node.get("href") or node.get("src")))[0]
            if not link.startswith("javascript:"):
                assert urlsplit(link).hostname in {"127.0.0.1", "127.0.0.2"}, (url, link)
                todo.append(link)
    assert len(seen) > 45


def test_one_page_lies_about_its_encoding(site):
    _, reply, body = fetch(site.publisher_url + LYING)
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "鹭嘴坝" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_the_newest_stories_are_reachable_through_the_column_alone():
    river = EXPECTED["crawls"][0]
    older = {story["title"] for story in river["stories"] if story["published"] < "2024-02"}
    newer = {story["title"] for story in river["stories"]} - older
    assert len(newer) >= 4
    assert not [edge for edge in river["edges"] if edge["from"] in older and edge["to"] in newer]


@pytest.mark.parametrize("crawl", EXPECTED["crawls"], ids=[crawl["series"] for crawl in EXPECTED["crawls"]])
def test_a_reader_who_follows_the_series_sees_the_pages_expected_and_no_other(site, crawl):
    todo, seen = [site.url(crawl["start"])], set()
    while todo:
        url = todo.pop().partition("?")[0]
        if url in seen:
            continue
        seen.add(url)
        page = html.document_fromstring(fetch(url)[2], base_url=url)
        page.make_links_absolute()
        if crawl["series"] not in words(page.find(".//title")) and "/column/" not in url:
            continue
        for link in page.xpath("//a[@href]"):
            told = words(link) + link.get("title", "") + "".join(link.xpath("img/@alt"))
            if crawl["series"] in told or re.match("[上下]一[篇页]|砚江纪事$", told) or "/column/" in link.get("href"):
                todo.append(link.get("href"))
    assert seen == {site.url(page["page"]) for page in crawl["pages"]}


def test_the_calendar_has_no_end(site):
    url = site.publisher_url + "/calendar/2024-09.html"
    for _ in range(30):
        status, _, body = fetch(url)
        assert status == 200
        url = urljoin(url, html.document_fromstring(body).xpath("//a[.='下一月']/@href")[0])
    assert url.endswith("/calendar/2027-03.html")


def test_the_second_edition():
    changed = EXPECTED["crawls"][0]["edition_2"]
    revised = [page["page"] for page in changed["pages"] if page["outcome"] == "revised"]
    stored = [page["page"] for page in changed["pages"] if page["outcome"] == "stored"]
    with ExampleSite() as site:
        before = [fetch(site.url(page))[2] for page in revised]
        assert fetch(site.url(stored[0]))[0] == 404
        assert fetch(site.publisher_url + "/_edition/2")[0] == 200
        assert [fetch(site.url(page))[2] for page in revised] != before
        assert fetch(site.url(stored[0]))[0] == 200
        assert not [hit for hit in site.hits["publisher"] if "_edition" in hit]
    assert len(revised) == len(stored) == 1


def test_the_mirror_answers_304_and_the_publisher_does_not(site):
    page = next(page["page"] for page in EXPECTED["crawls"][0]["pages"] if page["outcome"] == "copy")
    etag = fetch(site.url(page))[1].headers["ETag"]
    assert fetch(site.url(page), **{"If-None-Match": etag})[0] == 304
    assert fetch(site.start_url)[1].headers["ETag"] is None


@pytest.mark.parametrize("markup", blocks.MARKUPS)
def test_a_markup_keeps_titles_and_links(markup):
    page = html.fragment_fromstring(
        blocks.render(markup, "往期回顾", [("甲", [("一 < 二", "/1.html"), ("三", None)])]), create_parent="div"
    )
    titles = words(page) + "".join(page.xpath(".//img/@alt")).replace(" ", "")
    assert "一<二" in titles
    assert "往期回顾" in titles
    assert page.xpath(".//a/@href") == ([] if markup == "bare" else ["/1.html"])


def test_an_empty_archive_is_not_right(site, tmp_path):
    with Archive(f"sqlite:///{tmp_path / 'archive.db'}") as archive:
        assert differences(archive, EXPECTED["crawls"][0], site) == ["no series is named 巡河手记, only []"]


def test_an_archive_that_holds_a_page_it_should_not_read_as_a_story_is_told_so(site, tmp_path):
    with Archive(f"sqlite:///{tmp_path / 'archive.db'}") as archive:
        series_id = archive.series_named("巡河手记")
        archive.seed(series_id, [site.url(LISTINGS[0])])
        told = differences(archive, EXPECTED["crawls"][0], site)
    assert f"{LISTINGS[0]} ended None, not listing: " in told
    assert f"{LISTINGS[1]} is not known" in told
    assert "1 pages are known, not 26" in told
    assert any(line.startswith("missing 巡河手记 | 罗松年") for line in told)


def test_a_request_in_vain_is_found():
    with ExampleSite() as site:
        fetch(site.publisher_url + "/calendar/2024-09.html")
        fetch(site.start_url)
        assert fetched_in_vain(EXPECTED["never_fetched"], site) == ["publisher:/calendar/2024-09.html"]
